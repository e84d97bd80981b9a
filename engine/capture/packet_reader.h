// Random access to the packets of an opened capture.
//
// For pcap, libpcap itself reads: a packet stands alone, so seeking to a known position and reading on from there is
// safe. In pcapng a packet refers to interfaces described before it, which a handle that has just been opened does not
// know; there the index already has what depends on them (time and lengths), and the bytes are found by walking the
// blocks of one group.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/capture/decode.h"
#include "engine/core/result.h"

struct pcap;

namespace ringside {

enum class CaptureFormat : std::uint8_t { pcap, pcapng };

/// What the index knows of a packet.
struct PacketTimes {
    std::int64_t tsNs = 0;
    std::uint32_t caplen = 0;
    std::uint32_t len = 0;
};

/// The open file, which readers share: it can still be read when it was deleted meanwhile.
struct CaptureSource {
    std::string path;
    std::uint64_t size = 0;
    CaptureFormat format = CaptureFormat::pcap;
    bool bigEndian = false;  ///< byte order of the file
    int fd = -1;

    CaptureSource() = default;
    CaptureSource(const CaptureSource&) = delete;
    CaptureSource& operator=(const CaptureSource&) = delete;
    ~CaptureSource();

    /// Reads up to `size` bytes at `offset`; fewer only at the end of the file or on an error.
    std::size_t readAt(std::uint64_t offset, std::uint8_t* to, std::size_t bytes) const;
};

/// Times and lengths of each packet, and where every kGroup-th one begins.
struct CaptureIndex {
    static constexpr std::uint64_t kGroup = 64;
    std::vector<PacketTimes> times;
    std::vector<std::uint64_t> positions;  ///< before packets 1, 65, 129, …
};

/// Reads packets of one capture in any order; forwards is fastest. For one thread at a time.
class PacketReader {
  public:
    PacketReader(std::shared_ptr<const CaptureSource> source, std::shared_ptr<const CaptureIndex> index, int linktype);
    PacketReader(PacketReader&&) noexcept;
    PacketReader& operator=(PacketReader&&) noexcept;
    ~PacketReader();

    std::uint64_t count() const { return m_index->times.size(); }

    /// Packet `number`, 1 to count(). The view's bytes stay until the next call. An Error where there is no such
    /// packet, or where the file no longer holds what it did when it was opened.
    Result<PacketView> packet(std::uint64_t number);

  private:
    bool readClassic(std::uint64_t number, PacketView& view);
    bool readBlocks(std::uint64_t number, PacketView& view);
    const std::uint8_t* window(std::uint64_t offset, std::size_t bytes);
    bool seekClassic(std::uint64_t position);

    std::shared_ptr<const CaptureSource> m_source;
    std::shared_ptr<const CaptureIndex> m_index;
    int m_linktype;
    struct ClosePcap {
        void operator()(pcap* p) const;
    };
    std::unique_ptr<pcap, ClosePcap> m_pcap;  // classic files only, opened at the first use
    std::uint64_t m_next = 0;                 // the packet that reading on would give; 0: seek first
    std::uint64_t m_position = 0;             // pcapng: of the next block
    std::vector<std::uint8_t> m_window;       // pcapng: bytes of the file from m_windowAt on
    std::uint64_t m_windowAt = 0;
};

}  // namespace ringside
