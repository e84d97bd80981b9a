#pragma once
// What the kernel has as inline functions in its headers (include/linux/skbuff.h, ip.h, ipv6.h, udp.h,
// include/net/dst.h of Linux 6.1.192): reading and moving an sk_buff's offsets. They are no functions of the table
// because they are none in the kernel's symbol table either; the stage that uses one names it.

#include "engine/linux/kernel.h"
#include "engine/protocol/byte_order.h"
#include "engine/protocol/checksum.h"
#include "engine/protocol/headers.h"

namespace ringside::net {

/// NET_SKB_PAD + NET_IP_ALIGN of x86-64: headroom in front of every received frame.
inline constexpr std::uint32_t kSkbPad = 64;
/// SKB_TRUESIZE(size): what a socket is charged for a packet with that much linear room.
constexpr std::uint32_t skbTruesize(std::uint32_t size) { return skbDataAlign(size) + kSkBuffSize + kSharedInfoSize; }
/// CHECKSUM_BREAK: up to this length the receiver verifies at once instead of leaving it to the reader.
inline constexpr std::uint32_t kChecksumBreak = 76;

// errno values that decide something on the modelled ways, negative as functions return them
inline constexpr std::int32_t kEAGAIN = -11, kENOMEM = -12, kEINVAL = -22, kEXDEV = -18, kENETUNREACH = -101,
                              kEHOSTUNREACH = -113;

/// `length` linear bytes from `offset` (from head); they must be there.
inline const std::uint8_t* at(const K& k, SkbId skb, std::uint32_t offset, std::uint32_t length) {
    return k.bytes(skb, offset, length).data();
}
/// Whether `length` bytes from `offset` (from head) are in the linear part.
inline bool linearHas(const SkBuff& s, std::uint32_t offset, std::uint32_t length) { return offset + length <= s.tail; }
/// pskb_may_pull() where the bytes are in the linear part; packets of which a header lies in frag_list are refused.
inline bool mayPull(const SkBuff& s, std::uint32_t length) { return length <= s.headlen(); }
/// __skb_pull(): the caller has made sure of the length.
inline void pull(SkBuff& s, std::uint32_t length) {
    s.data += length;
    s.len -= length;
}

// headers, read where they stand
inline iphdr ipHeader(const K& k, SkbId skb) {
    return iphdr::load(at(k, skb, k.skb(skb).network_header, iphdr::kSize));
}
inline ipv6hdr ipv6Header(const K& k, SkbId skb) {
    return ipv6hdr::load(at(k, skb, k.skb(skb).network_header, ipv6hdr::kSize));
}
inline udphdr udpHeader(const K& k, SkbId skb) {
    return udphdr::load(at(k, skb, k.skb(skb).transport_header, udphdr::kSize));
}
inline Ipv4Addr ipDaddr(const K& k, SkbId skb) {
    return Ipv4Addr::load(at(k, skb, k.skb(skb).network_header + 16U, 4));
}
inline Ipv4Addr ipSaddr(const K& k, SkbId skb) {
    return Ipv4Addr::load(at(k, skb, k.skb(skb).network_header + 12U, 4));
}

/// What hangs at skb->dst: which input function, and the type of the route (rt_type, from which RTCF_BROADCAST and
/// RTCF_MULTICAST follow).
struct Dst {
    RouteInput input = RouteInput::none;
    RouteType type = RouteType::RTN_UNSPEC;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("input", s.input, Unit::none, "input function");
        v("type", s.type, Unit::none, "type of the route");
    }
};
inline Dst dst(const SkBuff& s) {
    return {static_cast<RouteInput>(s.dst_input & 15U), static_cast<RouteType>(s.dst_input >> 4U)};
}
inline void setDst(SkBuff& s, Dst d) {
    s.dst = true;
    s.dst_input = static_cast<std::uint8_t>(static_cast<unsigned>(d.input) | static_cast<unsigned>(d.type) << 4U);
}
inline void dropDst(SkBuff& s) {
    s.dst = false;
    s.dst_input = 0;
}

/// skb_csum_unnecessary(): nobody has to look at the transport checksum any more.
inline bool csumUnnecessary(const SkBuff& s) { return s.ip_summed == IpSummed::CHECKSUM_UNNECESSARY || s.csum_valid; }

/// skb_checksum(): sum of `length` bytes from `offset` (from data) on, over the linear part and frag_list.
inline std::uint32_t csumSkb(const K& k, SkbId skb, std::uint32_t offset, std::uint32_t length) {
    const SkBuff& s = k.skb(skb);
    std::uint32_t sum = 0, done = 0;
    const std::uint32_t head = s.headlen();
    if (offset < head) {
        done = std::min(length, head - offset);
        sum = csumPartial(k.bytes(skb, s.data + offset, done), 0);
    }
    std::uint32_t start = head;
    for (SkbId part = k.buffer(s.head).frag_list; part && done < length; part = k.skb(part).next) {
        const SkBuff& p = k.skb(part);
        const std::uint32_t from = offset + done - start;  // inside this part; it may begin behind it
        if (from < p.len) {
            const std::uint32_t take = std::min(length - done, p.len - from);
            sum = csumBlockAdd(sum, csumPartial(k.bytes(part, p.data + from, take), 0), done);
            done += take;
        }
        start += p.len;
    }
    return sum;
}

/// The time that summing or copying so many bytes takes beside the stage's own cost: 1 ns for 16 bytes (illustrative,
/// cost.h).
inline Time perByte(std::uint32_t bytes) { return bytes / 16; }

}  // namespace ringside::net
