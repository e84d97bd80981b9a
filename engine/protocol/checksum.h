// The Internet checksum (RFC 1071) in the kernel's vocabulary. Follows include/net/checksum.h and lib/checksum.c of
// Linux 6.1.192, with one difference: the kernel's __wsum holds sums of words as they lie in memory, here a sum is of
// big-endian words, so it is the same number on every machine and csumFold() gives the value a header's `check` shows.
#pragma once

#include <cstdint>

#include "engine/protocol/addresses.h"
#include "engine/protocol/byte_order.h"

namespace ringside {

/// Adds the bytes to a running 32-bit one's complement sum; an odd last byte counts as the high half of a word.
/// The result is not folded; two results are equal as checksums when their csumFold() is equal.
std::uint32_t csumPartial(ByteView bytes, std::uint32_t sum);

/// a + b in one's complement.
constexpr std::uint32_t csumAdd(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t s = a + b;
    return s + (s < b ? 1U : 0U);
}

/// a - b in one's complement: takes a part out of a sum, as skb_postpull_rcsum() does under CHECKSUM_COMPLETE.
constexpr std::uint32_t csumSub(std::uint32_t a, std::uint32_t b) { return csumAdd(a, ~b); }

/// Adds the sum of a block that begins at byte `offset` of the whole: at an odd offset its bytes change places.
constexpr std::uint32_t csumBlockAdd(std::uint32_t sum, std::uint32_t block, std::uint32_t offset) {
    return csumAdd(sum, (offset & 1U) != 0 ? (block >> 8) | (block << 24) : block);
}

/// Takes the sum of a block at byte `offset` out of the whole.
constexpr std::uint32_t csumBlockSub(std::uint32_t sum, std::uint32_t block, std::uint32_t offset) {
    return csumBlockAdd(sum, ~block, offset);
}

/// Folds a sum to 16 bits and inverts it: the value of a header's check field. Over data that contains its own
/// right checksum the result is 0.
constexpr std::uint16_t csumFold(std::uint32_t sum) {
    sum = (sum & 0xffffU) + (sum >> 16);
    sum = (sum & 0xffffU) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

/// The sum of the IPv4 pseudo header (csum_tcpudp_nofold()); `len` is the length of the transport header and payload.
std::uint32_t csumTcpUdpNofold(Ipv4Addr saddr, Ipv4Addr daddr, std::uint32_t len, std::uint8_t proto,
                               std::uint32_t sum);

/// The same for IPv6 (the part of csum_ipv6_magic() before the fold).
std::uint32_t csumIpv6Nofold(const Ipv6Addr& saddr, const Ipv6Addr& daddr, std::uint32_t len, std::uint8_t proto,
                             std::uint32_t sum);

/// csum_tcpudp_magic(): pseudo header and sum, folded and inverted.
std::uint16_t csumTcpUdpMagic(Ipv4Addr saddr, Ipv4Addr daddr, std::uint32_t len, std::uint8_t proto, std::uint32_t sum);

/// csum_ipv6_magic().
std::uint16_t csumIpv6Magic(const Ipv6Addr& saddr, const Ipv6Addr& daddr, std::uint32_t len, std::uint8_t proto,
                            std::uint32_t sum);

/// ip_fast_csum(): the check value of an IPv4 header (0 over a header that carries its right checksum).
std::uint16_t ipFastCsum(ByteView header);

}  // namespace ringside
