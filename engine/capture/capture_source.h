// The open file of a capture, and the index of the packets in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace ringside {

enum class CaptureFormat : std::uint8_t { pcap, pcapng };

/// The greatest time that nanoseconds in 64 bits hold, rounded to whole seconds: in the year 2261.
inline constexpr std::int64_t kMostCaptureSeconds = 9'200'000'000;

/// What the index knows of a packet.
struct PacketTimes {
    std::int64_t tsNs = 0;
    std::uint32_t caplen = 0;
    std::uint32_t len = 0;
};

/// The open file, which readers share: it can still be read when it was deleted meanwhile.
struct CaptureSource {
    std::string path;  ///< as people know it: what messages name
    std::uint64_t size = 0;
    CaptureFormat format = CaptureFormat::pcap;
    int fd = -1;
    bool pipe = false;  ///< it came through one: the file that is read is our own

    CaptureSource() = default;
    CaptureSource(const CaptureSource&) = delete;
    CaptureSource& operator=(const CaptureSource&) = delete;
    ~CaptureSource();
    /// Reads from another file from now on, and owns it.
    void replaceFile(int other, std::uint64_t bytes);

    /// Reads up to `size` bytes at `offset`; fewer only at the end of the file or on an error.
    std::size_t readAt(std::uint64_t offset, std::uint8_t* to, std::size_t bytes) const;
};

/// Times and lengths of each packet, and where every kGroup-th one begins.
struct CaptureIndex {
    static constexpr std::uint64_t kGroup = 64;
    /// The latest time before packet 1.
    static constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

    /// A section of a pcapng, whose numbers have a byte order of their own.
    struct Section {
        std::uint64_t position = 0;
        bool bigEndian = false;
    };

    std::vector<PacketTimes> times;
    std::vector<std::uint64_t> positions;   ///< before packets 1, 65, 129, …
    std::vector<std::int64_t> latest;       ///< the latest time before those packets
    std::vector<Section> sections;          ///< of a pcapng, in the order of the file
    std::vector<int> linktypes;             ///< DLT_* that occur; one, but for a pcapng of several interfaces
    std::vector<std::uint16_t> linktypeOf;  ///< of each packet, into `linktypes`; empty where there is only one

    int linktype(std::uint64_t number) const {
        return linktypes[linktypeOf.empty() ? 0 : linktypeOf[static_cast<std::size_t>(number - 1)]];
    }
    /// The byte order of the section that `position` lies in.
    bool bigEndianAt(std::uint64_t position) const;
};

}  // namespace ringside
