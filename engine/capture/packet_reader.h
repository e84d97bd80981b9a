// Random access to the packets of an opened capture.
//
// For pcap, libpcap itself reads: a packet stands alone, so seeking to a known position and reading on from there is
// safe. In pcapng a packet refers to interfaces described before it, which a handle that has just been opened does not
// know; there the index already has what depends on them (time, lengths, link type), and the bytes are found by walking
// the blocks of one group.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/capture/capture_source.h"
#include "engine/capture/decode.h"
#include "engine/capture/file_window.h"
#include "engine/core/result.h"

struct pcap;

namespace ringside {

/// Reads packets of one capture in any order; forwards is fastest. For one thread at a time.
class PacketReader {
  public:
    PacketReader(std::shared_ptr<const CaptureSource> source, std::shared_ptr<const CaptureIndex> index);
    PacketReader(PacketReader&&) noexcept;
    PacketReader& operator=(PacketReader&&) noexcept;
    ~PacketReader();

    std::uint64_t count() const { return m_index->times.size(); }

    /// Packet `number`, 1 to count(). The view's bytes stay until the next call. An Error where there is no such
    /// packet, or where the file no longer holds what it did when it was opened.
    Result<PacketView> packet(std::uint64_t number);

  private:
    bool readClassic(std::uint64_t number, PacketView& view);
    std::int64_t latestBefore(std::uint64_t number);
    bool readBlocks(std::uint64_t number, PacketView& view);
    bool seekClassic(std::uint64_t position);

    std::shared_ptr<const CaptureSource> m_source;
    std::shared_ptr<const CaptureIndex> m_index;
    struct ClosePcap {
        void operator()(pcap* p) const;
    };
    std::unique_ptr<pcap, ClosePcap> m_pcap;        // classic files only, opened at the first use
    std::uint64_t m_next = 0;                       // the packet that reading on would give; 0: seek first
    FileWindow m_window;                            // pcapng
    std::uint64_t m_position = 0;                   // pcapng: of the next block
    bool m_bigEndian = false;                       // pcapng: of the section that m_position is in
    std::uint64_t m_latestBefore = 1;               // the packet that m_latest is for
    std::int64_t m_latest = CaptureIndex::kNoTime;  // the latest time of the packets before it
};

}  // namespace ringside
