// Capture files written byte by byte for the tests, in either byte order, right or damaged.
#pragma once

#include <gtest/gtest.h>
#include <pcap/pcap.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "engine/capture/decode.h"
#include "engine/protocol/build.h"

namespace ringside {

/// Packet 1 of a capture, as a reader would show it; without `len` nothing was cut.
inline PacketView packetView(ByteView bytes, int linktype = DLT_EN10MB, std::uint32_t len = 0) {
    PacketView v;
    v.number = 1;
    v.caplen = static_cast<std::uint32_t>(bytes.size());
    v.len = len != 0 ? len : v.caplen;
    v.linktype = linktype;
    v.data = bytes;
    return v;
}

enum class ByteOrder : std::uint8_t { little, big };

/// Bytes of a file under construction.
class FileBytes {
  public:
    explicit FileBytes(ByteOrder order = ByteOrder::little) : m_order(order) {}

    FileBytes& u16(std::uint16_t v) {
        std::uint8_t b[2];
        storeBe16(b, v);
        return number(b, 2);
    }
    FileBytes& u32(std::uint32_t v) {
        std::uint8_t b[4];
        storeBe32(b, v);
        return number(b, 4);
    }
    FileBytes& raw(ByteView bytes) {
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
        return *this;
    }

    // --- pcap ---

    /// The header; `magic` 0xa1b2c3d4 for microseconds, 0xa1b23c4d for nanoseconds.
    FileBytes& pcapHeader(std::uint32_t magic = 0xa1b2c3d4, std::uint32_t linktype = 1,
                          std::uint32_t snaplen = 262144) {
        return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(snaplen).u32(linktype);
    }
    FileBytes& pcapPacket(std::uint32_t sec, std::uint32_t fraction, ByteView bytes, std::uint32_t len = 0) {
        const auto caplen = static_cast<std::uint32_t>(bytes.size());
        return u32(sec).u32(fraction).u32(caplen).u32(len != 0 ? len : caplen).raw(bytes);
    }

    // --- pcapng ---

    FileBytes& section() { return u32(0x0a0d0d0a).u32(28).u32(0x1a2b3c4d).u16(1).u16(0).u32(~0U).u32(~0U).u32(28); }
    /// An interface; `tsresol` is a power of ten (6: microseconds, 9: nanoseconds).
    FileBytes& interface(std::uint16_t linktype = 1, std::uint32_t snaplen = 262144, std::uint8_t tsresol = 6) {
        u32(1).u32(32).u16(linktype).u16(0).u32(snaplen);
        u16(9).u16(1).raw(ByteVector{tsresol, 0, 0, 0}).u16(0).u16(0);
        return u32(32);
    }
    FileBytes& enhancedPacket(std::uint32_t interface, std::uint64_t ts, ByteView bytes,
                              std::string_view comment = {}) {
        const auto caplen = static_cast<std::uint32_t>(bytes.size());
        const auto commentSize = static_cast<std::uint32_t>(comment.size());
        const std::uint32_t options = comment.empty() ? 0 : 4 + padded(commentSize) + 4;
        const std::uint32_t length = 32 + padded(caplen) + options;
        u32(6).u32(length).u32(interface).u32(static_cast<std::uint32_t>(ts >> 32)).u32(static_cast<std::uint32_t>(ts));
        u32(caplen).u32(caplen).raw(bytes).pad(caplen);
        if (!comment.empty()) {
            u16(1).u16(static_cast<std::uint16_t>(commentSize));
            raw(ByteVector(comment.begin(), comment.end())).pad(commentSize).u16(0).u16(0);
        }
        return u32(length);
    }
    FileBytes& simplePacket(ByteView bytes) {
        const auto len = static_cast<std::uint32_t>(bytes.size());
        return u32(3).u32(16 + padded(len)).u32(len).raw(bytes).pad(len).u32(16 + padded(len));
    }
    /// A block of a type that readers skip.
    FileBytes& unknownBlock(std::uint32_t words = 5) {
        u32(0x0badcafe).u32(12 + words * 4);
        for (std::uint32_t i = 0; i < words; ++i) u32(i);
        return u32(12 + words * 4);
    }

    ByteVector& bytes() { return m_bytes; }

  private:
    static std::uint32_t padded(std::uint32_t n) { return (n + 3) / 4 * 4; }
    FileBytes& pad(std::uint32_t n) { return raw(ByteVector(padded(n) - n)); }
    FileBytes& number(const std::uint8_t* big, int size) {
        for (int i = 0; i < size; ++i) m_bytes.push_back(big[m_order == ByteOrder::big ? i : size - 1 - i]);
        return *this;
    }

    ByteOrder m_order;
    ByteVector m_bytes;
};

/// A folder for one test, removed with it.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
        m_path = std::filesystem::temp_directory_path() / ("ringside-" + std::string(test->test_suite_name()) + "-" +
                                                           test->name() + "-" + std::to_string(getpid()));
        std::filesystem::create_directories(m_path);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::string path() const { return m_path.string(); }
    /// Writes a file and gives its path.
    std::string write(const std::string& name, ByteView bytes) const {
        const std::string file = (m_path / name).string();
        std::ofstream out(file, std::ios::binary);
        out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        return file;
    }
    std::string write(const std::string& name, std::string_view text) const {
        return write(name, ByteVector(text.begin(), text.end()));
    }

  private:
    std::filesystem::path m_path;
};

/// A UDP frame whose size and content tell its number, so that a wrong packet is seen.
inline ByteVector numberedFrame(std::uint32_t number) {
    FrameSpec frame;
    frame.srcMac = *MacAddr::parse("02:00:00:00:00:01");
    frame.dstMac = *MacAddr::parse("52:54:00:12:34:56");
    frame.src = *IpAddr::parse("192.0.2.1");
    frame.dst = *IpAddr::parse("192.0.2.2");
    UdpSpec udp;
    udp.source = 40000;
    udp.dest = 5000;
    udp.payload.resize(4 + number * 7 % 120);
    storeBe32(udp.payload.data(), number);
    return udpFrame(frame, udp);
}

/// The number of a numberedFrame().
inline std::uint32_t numberOf(ByteView frame) { return frame.size() >= 46 ? loadBe32(frame.data() + 42) : ~0U; }

}  // namespace ringside
