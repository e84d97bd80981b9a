#include "engine/capture/block_reader.h"

#include <pcap/pcap.h>

#include <algorithm>

#include "engine/capture/file_window.h"
#include "engine/core/types.h"

namespace ringside {

namespace pcapng {

std::uint32_t load32(const std::uint8_t* p, bool bigEndian) {
    if (bigEndian) return loadBe32(p);
    return std::uint32_t{p[3]} << 24 | std::uint32_t{p[2]} << 16 | std::uint32_t{p[1]} << 8 | p[0];
}

std::uint16_t load16(const std::uint8_t* p, bool bigEndian) {
    return bigEndian ? loadBe16(p) : static_cast<std::uint16_t>(p[1] << 8 | p[0]);
}

bool sectionIsBigEndian(const std::uint8_t* p) { return p[8] == 0x1a; }

}  // namespace pcapng

namespace {

constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::uint32_t kLongestBlock = 16 * 1024 * 1024;  // libpcap's limit too
constexpr std::uint16_t kOptionResolution = 9;
constexpr std::uint16_t kOptionOffset = 14;

bool isBsdLoopback(int linktype) { return linktype == DLT_NULL || linktype == DLT_LOOP; }

}  // namespace

BlockReader::BlockReader(const std::shared_ptr<const CaptureSource>& source)
    : m_size(source->size), m_window(std::make_unique<FileWindow>(source)) {}
BlockReader::~BlockReader() = default;

BlockReader::Next BlockReader::fail(std::string why) {
    m_damage = std::move(why);
    return Next::damage;
}

BlockReader::Next BlockReader::next(Packet& packet) {
    for (;;) {
        if (m_position == m_size) return Next::end;
        const std::uint8_t* const header = m_window->at(m_position, pcapng::kBlockHeader);
        if (header == nullptr) return fail("truncated pcapng file: it ends inside the header of a block");
        const std::uint32_t type = pcapng::load32(header, m_bigEndian);
        if (type == pcapng::kSection && !readSection()) return Next::damage;
        const std::uint8_t* const again = m_window->at(m_position, pcapng::kBlockHeader);
        const std::uint32_t length = pcapng::load32(again + 4, m_bigEndian);
        if (length < pcapng::kBlockHeader + 4 || length % 4 != 0 || length > kLongestBlock)
            return fail("a block of " + std::to_string(length) + " bytes");
        if (m_size - m_position < length) return fail("truncated pcapng file: it ends inside a block");
        const std::uint8_t* const block = m_window->at(m_position, length);
        if (block == nullptr) return fail("truncated pcapng file: it ends inside a block");
        if (pcapng::load32(block + length - 4, m_bigEndian) != length) return fail("a block whose two lengths differ");
        const bool isPacket =
            type == pcapng::kEnhancedPacket || type == pcapng::kPacket || type == pcapng::kSimplePacket;
        if (type == pcapng::kInterface && !readInterface(block + pcapng::kBlockHeader, length - 12))
            return Next::damage;
        const Next what = isPacket ? readPacket(type, length, packet) : Next::end;
        if (what == Next::damage) return what;
        m_position += length;
        if (what == Next::packet) return what;
    }
}

bool BlockReader::readSection() {
    const std::uint8_t* const p = m_window->at(m_position, 12);
    if (p == nullptr) {
        fail("truncated pcapng file: it ends inside a section header");
        return false;
    }
    m_bigEndian = pcapng::sectionIsBigEndian(p);
    if (pcapng::load32(p + 8, m_bigEndian) != kByteOrderMagic) {
        fail("a section without the byte-order magic number");
        return false;
    }
    m_sections.push_back({m_position, m_bigEndian});
    m_interfaces.clear();
    return true;
}

bool BlockReader::readInterface(const std::uint8_t* body, std::uint32_t size) {
    if (size < 8) {
        fail("an interface without link type and snap length");
        return false;
    }
    Interface interface;
    interface.linktype = pcapng::load16(body, m_bigEndian);
    if (interface.linktype == 101 || interface.linktype == 12) interface.linktype = DLT_RAW;  // LINKTYPE_RAW
    if (interface.linktype == 108) interface.linktype = DLT_LOOP;
    interface.snaplen = pcapng::load32(body + 4, m_bigEndian);
    readOptions(interface, body + 8, size - 8);
    if (!m_anyInterface) {
        m_anyInterface = true;
        m_firstLinktype = interface.linktype;
        m_firstSnaplen = interface.snaplen;
    }
    const bool mixed = interface.linktype != m_firstLinktype;
    if (mixed && (isBsdLoopback(interface.linktype) || isBsdLoopback(m_firstLinktype))) {
        fail("a BSD loopback interface beside others");
        return false;
    }
    m_interfaces.push_back(interface);
    return true;
}

void BlockReader::readOptions(Interface& interface, const std::uint8_t* p, std::uint32_t size) const {
    while (size >= 4) {
        const std::uint16_t code = pcapng::load16(p, m_bigEndian);
        const std::uint16_t length = pcapng::load16(p + 2, m_bigEndian);
        const std::uint32_t padded = (length + 3U) / 4U * 4U;
        if (code == 0 || size - 4 < padded) return;
        const std::uint8_t* const value = p + 4;
        if (code == kOptionResolution && length == 1) {
            const unsigned power = *value & 0x7fU;
            const bool binary = (*value & 0x80U) != 0;
            interface.units = power < (binary ? 64U : 20U) ? 1 : 0;
            if (binary && interface.units != 0) interface.units <<= power;
            for (unsigned i = 0; !binary && interface.units != 0 && i < power; ++i) interface.units *= 10;
        }
        if (code == kOptionOffset && length == 8) {
            const std::uint64_t low = pcapng::load32(value + (m_bigEndian ? 4 : 0), m_bigEndian);
            const std::uint64_t high = pcapng::load32(value + (m_bigEndian ? 0 : 4), m_bigEndian);
            interface.offset = static_cast<std::int64_t>(high << 32 | low);
        }
        p += 4 + padded;
        size -= 4 + padded;
    }
}

std::int64_t BlockReader::time(const Interface& interface, std::uint64_t stamp) const {
    if (interface.units == 0) return std::clamp(interface.offset, -kMostCaptureSeconds, kMostCaptureSeconds) * kSecond;
    const std::uint64_t whole = stamp / interface.units;
    __extension__ using Wide = unsigned __int128;
    const Wide part = Wide{stamp % interface.units} * static_cast<std::uint64_t>(kSecond);
    const auto nanoseconds = static_cast<std::int64_t>(part / interface.units);
    // Both are cut before they are added, so that the sum cannot overflow.
    const auto seconds =
        static_cast<std::int64_t>(std::min<std::uint64_t>(whole, 4 * std::uint64_t{kMostCaptureSeconds}));
    const std::int64_t offset = std::clamp(interface.offset, -4 * kMostCaptureSeconds, 4 * kMostCaptureSeconds);
    const std::int64_t sum = std::clamp(seconds + offset, -kMostCaptureSeconds, kMostCaptureSeconds);
    return sum * kSecond + nanoseconds;
}

BlockReader::Next BlockReader::readPacket(std::uint32_t type, std::uint32_t length, Packet& packet) {
    const bool simple = type == pcapng::kSimplePacket;
    const std::uint32_t head = pcapng::kBlockHeader + (simple ? pcapng::kSimpleHeader : pcapng::kPacketHeader);
    if (length < head + 4) return fail("a packet block of " + std::to_string(length) + " bytes");
    const std::uint8_t* const block = m_window->at(m_position, length);
    const std::uint8_t* const p = block + pcapng::kBlockHeader;
    std::uint32_t number = 0;
    if (type == pcapng::kEnhancedPacket) number = pcapng::load32(p, m_bigEndian);
    if (type == pcapng::kPacket) number = pcapng::load16(p, m_bigEndian);
    if (number >= m_interfaces.size())
        return fail("a packet of interface " + std::to_string(number) + ", which the file does not describe");
    const Interface& interface = m_interfaces[number];
    packet.position = m_position;
    packet.linktype = interface.linktype;
    packet.tsNs = 0;  // a simple packet has no time
    if (simple) {
        packet.len = pcapng::load32(p, m_bigEndian);
        packet.caplen = packet.len;
        if (interface.snaplen != 0) packet.caplen = std::min(packet.caplen, interface.snaplen);
        packet.caplen = std::min(packet.caplen, length - head - 4);
    } else {
        const std::uint64_t stamp =
            std::uint64_t{pcapng::load32(p + 4, m_bigEndian)} << 32 | pcapng::load32(p + 8, m_bigEndian);
        packet.tsNs = time(interface, stamp);
        packet.caplen = pcapng::load32(p + 12, m_bigEndian);
        packet.len = pcapng::load32(p + 16, m_bigEndian);
    }
    if (packet.caplen > length - head - 4)
        return fail("a packet of " + std::to_string(packet.caplen) + " bytes in a block of " + std::to_string(length));
    packet.data = ByteView(block + head, packet.caplen);
    return Next::packet;
}

}  // namespace ringside
