// The Internet checksum against a plain word-by-word sum and against frames whose checksums are known.
#include "engine/protocol/checksum.h"

#include <gtest/gtest.h>

#include <random>

namespace ringside {
namespace {

// RFC 1071, section 4.1, as slow as it is written there.
std::uint16_t plain(ByteView bytes) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) sum += i % 2 == 0 ? std::uint32_t{bytes[i]} << 8 : bytes[i];
    while (sum >> 16 != 0) sum = (sum & 0xffffU) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

ByteVector random(std::size_t size, unsigned seed) {
    std::mt19937 generator(seed);
    ByteVector bytes(size);
    for (std::uint8_t& b : bytes) b = static_cast<std::uint8_t>(generator());
    return bytes;
}

TEST(Checksum, ExampleOfRfc1071) {
    const ByteVector bytes{0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
    EXPECT_EQ(csumFold(csumPartial(bytes, 0)), static_cast<std::uint16_t>(~0xddf2U));
}

TEST(Checksum, EveryLengthAndPlaceEqualsThePlainSum) {
    const ByteVector bytes = random(400, 1);
    for (std::size_t start = 0; start < 9; ++start) {
        for (std::size_t size = 0; start + size <= bytes.size(); ++size) {
            const ByteView part = ByteView(bytes).subspan(start, size);
            ASSERT_EQ(csumFold(csumPartial(part, 0)), plain(part)) << start << " " << size;
        }
    }
}

TEST(Checksum, LongRunsOfOnesDoNotOverflow) {
    const ByteVector ones(65535, 0xff);
    EXPECT_EQ(csumFold(csumPartial(ones, 0)), plain(ones));
}

TEST(Checksum, PartsAddUpAtEvenAndOddPlaces) {
    const ByteVector bytes = random(101, 2);
    const std::uint16_t whole = plain(bytes);
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        const std::uint32_t head = csumPartial(ByteView(bytes).first(cut), 0);
        const std::uint32_t tail = csumPartial(ByteView(bytes).subspan(cut), 0);
        const std::uint32_t both = csumBlockAdd(head, tail, static_cast<std::uint32_t>(cut));
        ASSERT_EQ(csumFold(both), whole) << cut;
        // Taking the tail out again leaves the head, as pulling a header under CHECKSUM_COMPLETE does.
        // (In one's complement the sum of nothing has two forms, so an empty head is left out.)
        if (cut > 0) {
            ASSERT_EQ(csumFold(csumBlockSub(both, tail, static_cast<std::uint32_t>(cut))), csumFold(head)) << cut;
        }
    }
}

TEST(Checksum, SubtractionUndoesAddition) {
    EXPECT_EQ(csumFold(csumSub(csumAdd(0x12345678, 0xfedcba98), 0xfedcba98)), csumFold(0x12345678));
    EXPECT_EQ(csumAdd(0xffffffffU, 1), 1U);
}

TEST(Checksum, AnIpHeaderWithItsChecksumSumsToZero) {
    // From Wikipedia's "Internet checksum": 4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7.
    ByteVector header{0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11,
                      0xb8, 0x61, 0xc0, 0xa8, 0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7};
    EXPECT_EQ(ipFastCsum(header), 0);
    header[10] = header[11] = 0;
    EXPECT_EQ(ipFastCsum(header), 0xb861);
    header[8] = 0x3f;
    EXPECT_EQ(ipFastCsum(header), 0xb961);  // ttl - 1 raises the checksum by 0x100
}

TEST(Checksum, PseudoHeadersAreTheAddressesLengthAndProtocol) {
    const Ipv4Addr a = *Ipv4Addr::parse("192.0.2.1");
    const Ipv4Addr b = *Ipv4Addr::parse("198.51.100.7");
    const ByteVector v4{192, 0, 2, 1, 198, 51, 100, 7, 0, 17, 0x12, 0x34};
    EXPECT_EQ(csumTcpUdpMagic(a, b, 0x1234, 17, 0), plain(v4));
    const Ipv6Addr c = *Ipv6Addr::parse("2001:db8::1");
    const Ipv6Addr d = *Ipv6Addr::parse("fe80::dead:beef");
    ByteVector v6(c.bytes.begin(), c.bytes.end());
    v6.insert(v6.end(), d.bytes.begin(), d.bytes.end());
    v6.insert(v6.end(), {0x00, 0x01, 0x23, 0x45, 0, 0, 0, 58});
    EXPECT_EQ(csumIpv6Magic(c, d, 0x12345, 58, 0), plain(v6));
}

}  // namespace
}  // namespace ringside
