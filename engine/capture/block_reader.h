// pcapng read block by block, for the files that libpcap refuses though nothing is wrong with them: interfaces of
// different link types or snap lengths, sections of different byte order. After draft-ietf-opsawg-pcapng.
//
// Left to libpcap's verdict: a BSD loopback interface (NULL, LOOP) beside others, which no Linux host writes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/capture/capture_source.h"
#include "engine/protocol/byte_order.h"

namespace ringside {

/// The types of blocks that are looked at.
namespace pcapng {
inline constexpr std::uint32_t kSection = 0x0a0d0d0a;  ///< the same in both byte orders
inline constexpr std::uint32_t kInterface = 1;
inline constexpr std::uint32_t kPacket = 2;  ///< obsolete, still written
inline constexpr std::uint32_t kSimplePacket = 3;
inline constexpr std::uint32_t kEnhancedPacket = 6;
inline constexpr std::uint32_t kBlockHeader = 8;    ///< type and length
inline constexpr std::uint32_t kPacketHeader = 20;  ///< of kPacket and kEnhancedPacket, before the bytes
inline constexpr std::uint32_t kSimpleHeader = 4;

std::uint32_t load32(const std::uint8_t* p, bool bigEndian);
std::uint16_t load16(const std::uint8_t* p, bool bigEndian);
/// Whether a section header block is in big-endian order; `p` is its first 12 bytes.
bool sectionIsBigEndian(const std::uint8_t* p);
}  // namespace pcapng

class FileWindow;

/// Goes through the packets of a file once.
class BlockReader {
  public:
    explicit BlockReader(const std::shared_ptr<const CaptureSource>& source);
    ~BlockReader();
    BlockReader(const BlockReader&) = delete;
    BlockReader& operator=(const BlockReader&) = delete;

    struct Packet {
        std::uint64_t position = 0;  ///< of its block
        std::int64_t tsNs = 0;
        std::uint32_t caplen = 0;
        std::uint32_t len = 0;
        int linktype = 0;
        ByteView data;  ///< good until the next call
    };
    enum class Next : std::uint8_t { packet, end, damage };

    /// The next packet. After `end` or `damage` nothing more comes.
    Next next(Packet& packet);

    const std::string& damage() const { return m_damage; }
    const std::vector<CaptureIndex::Section>& sections() const { return m_sections; }
    std::uint64_t position() const { return m_position; }
    /// Link type and snap length of the first interface; 0 before it was read.
    int firstLinktype() const { return m_firstLinktype; }
    std::uint32_t firstSnaplen() const { return m_firstSnaplen; }

  private:
    struct Interface {
        int linktype = 0;
        std::uint32_t snaplen = 0;
        std::uint64_t units = 1'000'000;  ///< of a time stamp in a second; 0: more than 64 bits hold
        std::int64_t offset = 0;          ///< seconds added to each time
    };

    Next fail(std::string why);
    bool readSection();
    bool readInterface(const std::uint8_t* body, std::uint32_t size);
    void readOptions(Interface& interface, const std::uint8_t* p, std::uint32_t size) const;
    Next readPacket(std::uint32_t type, std::uint32_t length, Packet& packet);
    std::int64_t time(const Interface& interface, std::uint64_t stamp) const;

    std::uint64_t m_size;
    std::unique_ptr<FileWindow> m_window;
    std::uint64_t m_position = 0;
    bool m_bigEndian = false;
    std::vector<Interface> m_interfaces;  // of this section
    std::vector<CaptureIndex::Section> m_sections;
    int m_firstLinktype = 0;
    bool m_anyInterface = false;
    std::uint32_t m_firstSnaplen = 0;
    std::string m_damage;
};

}  // namespace ringside
