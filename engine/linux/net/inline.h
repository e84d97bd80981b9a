#pragma once
// What the kernel has as inline functions in its headers (include/linux/skbuff.h, ip.h, ipv6.h, udp.h,
// include/net/dst.h of Linux 6.1.192): reading and moving an sk_buff's offsets. They are no functions of the table
// because they are none in the kernel's symbol table either; the stage that uses one names it.

#include "engine/linux/kernel.h"
#include "engine/protocol/byte_order.h"
#include "engine/protocol/checksum.h"
#include "engine/protocol/headers.h"

namespace ringside::net {

inline constexpr std::uint32_t kSkbPad = kNetSkbPad;
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
/// pskb_may_pull() where the bytes are in the linear part; see mustPull() for the others.
inline bool mayPull(const SkBuff& s, std::uint32_t length) { return length <= s.headlen(); }
/// Whether pskb_may_pull() has to call __pskb_pull_tail(): the bytes are there, but not all in the linear part.
inline bool mustPull(const SkBuff& s, std::uint32_t length) { return length <= s.len && length > s.headlen(); }
/// __skb_pull(): the caller has made sure of the length.
inline void pull(SkBuff& s, std::uint32_t length) {
    s.data += length;
    s.len -= length;
}

/// pskb_trim(): cuts the packet to `length`. What lies in frag_list is not cut.
inline void trim(K& k, SkbId skb, std::uint32_t length) {
    const std::uint32_t headlen = k.skb(skb).headlen();
    std::uint32_t paged = length > headlen ? length - headlen : 0;
    const std::size_t held = k.buffer(k.skb(skb).head).frags.size();
    if (held != 0) {
        std::vector<SkbFrag>& frags = k.write(k.skb(skb).head).frags;
        std::size_t kept = 0;
        for (std::uint32_t left = paged; left > 0; ++kept) {
            frags[kept].size = std::min(frags[kept].size, left);
            left -= frags[kept].size;
        }
        const std::vector<SkbFrag> cut(frags.begin() + static_cast<std::ptrdiff_t>(kept), frags.end());
        frags.resize(kept);
        for (const SkbFrag& frag : cut) {
            if (--k.write(frag.page).dataref == 0) k.machine.buffers.free(frag.page);
        }
    }
    SkBuff& s = k.write(skb);
    s.len = length;
    s.data_len = paged;
    s.tail = s.data + length - paged;
}

/// inet_protos[protocol]->handler, or inet6_protos: none where nobody has registered.
inline SkbHandler protocolHandler(const std::vector<NetProtocol>& protocols, std::uint8_t protocol) {
    for (const NetProtocol& p : protocols) {
        if (p.protocol == protocol) return p.handler;
    }
    return {};
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

/// ip_check_mc_rcu(): whether a device is in the group of IPv4: that of all hosts always, others by a socket's
/// IP_ADD_MEMBERSHIP.
inline bool checkMc(const Machine& machine, const IpAddr& group, std::int32_t dev) {
    if (group.v4().value == 0xe000'0001U) return true;
    bool found = false;
    machine.sockets.each([&](SocketId, const Socket& s) { found = found || (!s.closed && s.joined(group, dev)); });
    return found;
}

/// LOOPBACK_IFINDEX: lo, the device of routes that end on this host.
inline constexpr std::int32_t kLoopbackIfindex = 1;

/// skb_rtable(skb)->rt_type; RTN_UNSPEC where no route is attached.
inline RouteType rtType(const K& k, const SkBuff& s) { return s.dst ? k.dst(s.dst).rt_type : RouteType::RTN_UNSPEC; }
/// skb_dst_set(): the caller's reference is the packet's now.
inline void dstSet(SkBuff& s, DstId dst) {
    s.dst = dst;
    s.dst_noref = false;
}
/// skb_dst_set_noref(): good as long as the caller is under RCU.
inline void dstSetNoref(SkBuff& s, DstId dst) {
    s.dst = dst;
    s.dst_noref = true;
}
/// skb_dst_copy(): a reference is taken where `from` has one.
inline void dstCopy(K& k, SkbId to, SkbId from) {
    const SkBuff& f = k.skb(from);
    SkBuff& t = k.write(to);
    t.dst = f.dst;
    t.dst_noref = f.dst_noref;
    if (t.dst && !t.dst_noref) ++k.write(t.dst).refcnt;
}
/// skb_dst_drop() up to dst_release(), which the caller has to call for what comes back: the dst_entry that the packet
/// held a reference to, or none.
[[nodiscard]] inline DstId dstTake(SkBuff& s) {
    const DstId dst = std::exchange(s.dst, {});
    return std::exchange(s.dst_noref, false) ? DstId{} : dst;
}

/// skb_csum_unnecessary(): nobody has to look at the transport checksum any more.
inline bool csumUnnecessary(const SkBuff& s) { return s.ip_summed == IpSummed::CHECKSUM_UNNECESSARY || s.csum_valid; }

/// skb_cloned(): the data is shared with another sk_buff.
inline bool cloned(const K& k, const SkBuff& s) { return s.cloned && k.buffer(s.head).dataref != 1; }

/// Calls `f(bytes)` for each piece of the packet from data on: the linear part, frags, frag_list (whose sk_buffs have
/// frags at most). As skb_walk_frags() and skb_frag_address() are used.
template <class F>
void eachPiece(const K& k, SkbId skb, F f) {
    const SkBuff& s = k.skb(skb);
    if (s.headlen() != 0) f(k.bytes(skb, s.data, s.headlen()));
    for (const SkbFrag& frag : k.buffer(s.head).frags) f(k.buffer(frag.page).bytes.read(frag.offset, frag.size));
    for (SkbId part = k.buffer(s.head).frag_list; part; part = k.skb(part).next) {
        const SkBuff& p = k.skb(part);
        if (p.headlen() != 0) f(k.bytes(part, p.data, p.headlen()));
        for (const SkbFrag& frag : k.buffer(p.head).frags) f(k.buffer(frag.page).bytes.read(frag.offset, frag.size));
    }
}

/// skb_checksum(): sum of `length` bytes from `offset` (from data) on, over all pieces.
inline std::uint32_t csumSkb(const K& k, SkbId skb, std::uint32_t offset, std::uint32_t length) {
    std::uint32_t sum = 0, done = 0, start = 0;
    eachPiece(k, skb, [&](std::span<const std::uint8_t> bytes) {
        const auto size = static_cast<std::uint32_t>(bytes.size());
        const std::uint32_t from = offset + done - start;  // inside this piece; it may begin behind it
        if (done < length && from < size) {
            const std::uint32_t take = std::min(length - done, size - from);
            sum = csumBlockAdd(sum, csumPartial(bytes.subspan(from, take), 0), done);
            done += take;
        }
        start += size;
    });
    return sum;
}

/// pskb_trim_rcsum(): cuts a packet that is longer to `length`; the sum of what goes leaves CHECKSUM_COMPLETE.
inline void trimRcsum(K& k, SkbId skb, std::uint32_t length) {
    const SkBuff& old = k.skb(skb);
    if (length >= old.len) return;
    if (old.ip_summed == IpSummed::CHECKSUM_COMPLETE) {
        const std::uint32_t cut = csumSkb(k, skb, length, old.len - length);
        k.write(skb).csum = csumBlockSub(old.csum, cut, length);
    }
    trim(k, skb, length);
}

/// IPSTATS_MIB_NOECTPKTS and the three behind it: what the congestion bits of a header say.
inline void countEcn(IpCounters& ip, std::uint8_t tos) {
    std::uint64_t IpCounters::*const by[] = {&IpCounters::InNoECTPkts, &IpCounters::InECT1Pkts, &IpCounters::InECT0Pkts,
                                             &IpCounters::InCEPkts};
    ++(ip.*by[tos & 3U]);
}

/// The time that summing or copying so many bytes takes beside the stage's own cost: 1 ns for 16 bytes (illustrative,
/// cost.h).
inline Time perByte(std::uint32_t bytes) { return bytes / 16; }

}  // namespace ringside::net
