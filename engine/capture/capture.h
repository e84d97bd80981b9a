// A capture file as an index: packet n without reading from the start, the file as large as it likes. libpcap is the
// judge of what can be loaded: counts, times, lengths and errors are its own. Where it gives up a pcapng that is whole,
// the blocks are read here (block_reader.h). The index has 16 bytes a packet (time,
// lengths) and a file position every 64th packet, because asking for the position costs more than reading a packet.
//
// A Capture does not change after opening and may be shared by threads; each thread makes a PacketReader of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/capture/census.h"
#include "engine/capture/decode.h"
#include "engine/capture/packet_reader.h"
#include "engine/core/result.h"

namespace ringside {

/// How far opening has come.
struct OpenProgress {
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0;
    std::uint64_t packets = 0;
};

/// What ended the reading of a damaged file.
struct CaptureDamage {
    std::uint64_t afterPacket = 0;  ///< the packets before it are usable
    std::string reason;             ///< libpcap's text, or block_reader's
};

class Capture {
  public:
    /// Reads the whole file once. `progress` is called on this thread about two hundred times; when `stop` is requested
    /// the result is an Error that says so. A file that is damaged further on opens: see damage().
    /// What comes from a pipe, and what gzip or zstd packed, is put into a temporary file first (unpack.h); where that
    /// ends early so does the capture. Errors: missing, unreadable, a directory, a device, empty, packed by something
    /// else, not a capture. Messages name the file `shownAs` where that is not empty.
    static Result<Capture> open(const std::string& path, const std::function<void(const OpenProgress&)>& progress = {},
                                const std::stop_token& stop = {}, const std::string& shownAs = {});

    const std::string& path() const { return m_source->path; }
    CaptureFormat format() const { return m_source->format; }
    int linktype() const { return m_linktype; }  ///< DLT_* of libpcap, of the first interface; packets tell their own
    std::uint32_t snaplen() const { return m_snaplen; }
    std::uint64_t fileSize() const { return m_source->size; }

    std::uint64_t count() const { return m_index->times.size(); }
    /// Time and lengths of packet `number`, 1 to count().
    PacketTimes times(std::uint64_t number) const;

    /// What ended the reading early, or nothing.
    const std::optional<CaptureDamage>& damage() const { return m_damage; }
    /// One line for a person: file, after which packet, why. Empty where nothing is damaged.
    std::string damageLine() const;

    const AddressCensus& census() const { return m_census; }
    std::vector<AddressUse> addresses() const { return m_census.addresses(); }
    std::optional<IpAddr> guessHost() const { return m_census.guessHost(); }
    std::vector<std::uint16_t> udpPortsTo(const IpAddr& host) const {
        return m_census.udpPortsTo(m_census.hostAddresses(host));
    }

    /// Bytes of memory the index holds.
    std::size_t indexBytes() const;

    /// A reader for one thread; it keeps the file open by itself and may outlive the Capture.
    PacketReader reader() const { return {m_source, m_index}; }

  private:
    Capture() = default;
    struct Reading;
    static Reading readWithLibpcap(const std::shared_ptr<const CaptureSource>& source, const std::string& head,
                                   const std::function<void(const OpenProgress&)>& progress,
                                   const std::stop_token& stop);
    static Reading readBlocks(const std::shared_ptr<const CaptureSource>& source,
                              const std::function<void(const OpenProgress&)>& progress, const std::stop_token& stop);

    std::shared_ptr<const CaptureSource> m_source;
    std::shared_ptr<const CaptureIndex> m_index;
    int m_linktype = 0;
    std::uint32_t m_snaplen = 0;
    std::optional<CaptureDamage> m_damage;
    AddressCensus m_census;
};

}  // namespace ringside
