#include "engine/protocol/checksum.h"

#include <bit>
#include <cstring>

namespace ringside {

std::uint32_t csumPartial(ByteView bytes, std::uint32_t sum) {
    // The sum is taken over 64-bit words as they lie in memory and put into network order at the end: one's complement
    // addition does not care which byte of a word is called the first (RFC 1071, section 2 (B)).
    const std::uint8_t* p = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    const auto word = [](const std::uint8_t* at) {
        std::uint64_t v;
        std::memcpy(&v, at, sizeof v);
        return v;
    };
    const auto plus = [](std::uint64_t x, std::uint64_t y) {
        x += y;
        return x + (x < y ? 1U : 0U);
    };
    for (; left >= 32; left -= 32, p += 32) {
        a = plus(plus(a, word(p)), word(p + 8));
        b = plus(plus(b, word(p + 16)), word(p + 24));
    }
    for (; left >= 8; left -= 8, p += 8) a = plus(a, word(p));
    if (left > 0) {
        std::uint64_t rest = 0;
        std::memcpy(&rest, p, left);
        b = plus(b, rest);
    }
    a = plus(a, b);
    std::uint64_t folded = (a & 0xffffffffU) + (a >> 32);
    folded = (folded & 0xffffU) + ((folded >> 16) & 0xffffU) + (folded >> 32);
    folded = (folded & 0xffffU) + (folded >> 16);  // of at most 0x1fffe: what is carried does not carry again
    auto half = static_cast<std::uint32_t>(folded);
    if constexpr (std::endian::native == std::endian::little) half = ((half & 0xffU) << 8) | (half >> 8);
    return csumAdd(sum, half);
}

std::uint32_t csumTcpUdpNofold(Ipv4Addr saddr, Ipv4Addr daddr, std::uint32_t len, std::uint8_t proto,
                               std::uint32_t sum) {
    return csumAdd(csumAdd(csumAdd(sum, saddr.value), daddr.value), len + proto);
}

std::uint32_t csumIpv6Nofold(const Ipv6Addr& saddr, const Ipv6Addr& daddr, std::uint32_t len, std::uint8_t proto,
                             std::uint32_t sum) {
    return csumAdd(csumAdd(csumPartial(daddr.bytes, csumPartial(saddr.bytes, sum)), len), proto);
}

std::uint16_t csumTcpUdpMagic(Ipv4Addr saddr, Ipv4Addr daddr, std::uint32_t len, std::uint8_t proto,
                              std::uint32_t sum) {
    return csumFold(csumTcpUdpNofold(saddr, daddr, len, proto, sum));
}

std::uint16_t csumIpv6Magic(const Ipv6Addr& saddr, const Ipv6Addr& daddr, std::uint32_t len, std::uint8_t proto,
                            std::uint32_t sum) {
    return csumFold(csumIpv6Nofold(saddr, daddr, len, proto, sum));
}

std::uint16_t ipFastCsum(ByteView header) { return csumFold(csumPartial(header, 0)); }

}  // namespace ringside
