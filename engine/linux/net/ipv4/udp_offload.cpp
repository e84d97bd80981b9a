// Follows net/ipv4/{af_inet,udp_offload,tcp_offload}.c and net/ipv6/{ip6_offload,udp_offload,tcpv6_offload}.c of
// Linux 6.1.192: the protocols' part of GRO. Modelled: which packets are looked at, the software checksum, which
// headers get set. Left out: merging (see gro.cpp), IPv6 extension headers.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

/// skb_gro_incr_csum_unnecessary() for a packet the card has not verified.
void markVerified(K& k, SkbId skb) {
    SkBuff& s = k.write(skb);
    if (s.ip_summed == IpSummed::CHECKSUM_NONE) {
        s.ip_summed = IpSummed::CHECKSUM_UNNECESSARY;
        s.csum_level = 0;
    }
}

/// Arguments of the receive functions: the packet, where their header stands (from data), and whether the packet will
/// not wait anyway.
struct inet_gro_receive : args::inet_gro_receive {
    using Self = inet_gro_receive;

    Next check(K& k) {
        const SkBuff& old = k.skb(skb);
        const std::uint32_t start = old.data + offset;
        if (!net::linearHas(old, start, iphdr::kSize)) return ret();
        const std::uint8_t* iph = net::at(k, skb, start, iphdr::kSize);
        const std::uint8_t protocol = iph[9];
        if (protocol != IPPROTO_UDP && protocol != IPPROTO_TCP) return ret();
        const std::uint16_t fragOff = loadBe16(iph + 6);
        if (iph[0] != 0x45 || (fragOff & (IP_MF | IP_OFFSET)) != 0) return ret();
        if (ipFastCsum({iph, iphdr::kSize}) != 0) return ret();
        const bool flush = loadBe16(iph + 2) != old.len - offset || (fragOff & ~unsigned{IP_DF}) != 0;
        SkBuff& s = k.write(skb);
        s.network_header = static_cast<std::uint16_t>(start);
        s.transport_header = static_cast<std::uint16_t>(start + iphdr::kSize);
        const auto next = static_cast<std::uint32_t>(offset + iphdr::kSize);
        return k.returns(protocol == IPPROTO_UDP ? fn::udp4_gro_receive : fn::tcp4_gro_receive, skb, next, flush);
    }
    using stages = Stages<Stage<"a plain, whole IPv4 packet with a good header?", &Self::check, cost::checksum>>;
};

struct ipv6_gro_receive : args::ipv6_gro_receive {
    using Self = ipv6_gro_receive;

    Next check(K& k) {
        const SkBuff& old = k.skb(skb);
        const std::uint32_t start = old.data + offset;
        if (!net::linearHas(old, start, ipv6hdr::kSize)) return ret();
        const std::uint8_t* iph = net::at(k, skb, start, ipv6hdr::kSize);
        SkBuff& s = k.write(skb);
        s.network_header = static_cast<std::uint16_t>(start);
        s.transport_header = static_cast<std::uint16_t>(start + ipv6hdr::kSize);
        const std::uint8_t protocol = iph[6];
        if (protocol != IPPROTO_UDP && protocol != IPPROTO_TCP) return ret();
        const auto next = static_cast<std::uint32_t>(offset + ipv6hdr::kSize);
        const bool flush = loadBe16(iph + 4) != s.len - next;
        return k.returns(protocol == IPPROTO_UDP ? fn::udp6_gro_receive : fn::tcp6_gro_receive, skb, next, flush);
    }
    using stages = Stages<Stage<"a plain IPv6 packet?", &Self::check, cost::check>>;
};

std::uint32_t pseudoSum(const K& k, SkbId skb, std::uint32_t offset, std::uint8_t protocol, bool v6) {
    const std::uint32_t length = k.skb(skb).len - offset;
    if (v6) {
        const ipv6hdr iph = net::ipv6Header(k, skb);
        return csumIpv6Nofold(iph.saddr, iph.daddr, length, protocol, 0);
    }
    return csumTcpUdpNofold(net::ipSaddr(k, skb), net::ipDaddr(k, skb), length, protocol, 0);
}

template <bool kV6>
struct UdpGro : args::udp4_gro_receive {
    using Self = UdpGro;

    Next check(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!net::linearHas(s, s.data + offset, udphdr::kSize)) return ret();
        if (flush) return next<&Self::receive>();
        const bool zero = loadBe16(net::at(k, skb, s.data + offset + 6, 2)) == 0;
        // over IPv6 a checksum of 0 is only for tunnels: the receiver refuses it later
        if (zero || s.ip_summed == IpSummed::CHECKSUM_UNNECESSARY) {
            markVerified(k, skb);
            return next<&Self::receive>();
        }
        return k.call<&Self::verified>(fn::__skb_gro_checksum_complete, skb, offset,
                                       pseudoSum(k, skb, offset, IPPROTO_UDP, kV6));
    }
    Next verified(K& k, std::uint16_t sum) {
        if (sum != 0) return ret();
        markVerified(k, skb);
        return receive(k);
    }
    Next receive(K& k) { return k.returns(fn::udp_gro_receive, skb); }
    using stages = Stages<Stage<"does the checksum need verifying?", &Self::check, cost::check>,
                          Stage<"CHECKSUM_UNNECESSARY if the sum is right", &Self::verified, cost::check>,
                          Stage<"may datagrams be merged?", &Self::receive, cost::check>>;
};

template <bool kV6>
struct TcpGro : args::tcp4_gro_receive {
    using Self = TcpGro;

    Next check(K& k) {
        const SkBuff& s = k.skb(skb);
        if (flush || s.ip_summed != IpSummed::CHECKSUM_NONE || !net::linearHas(s, s.data + offset, tcphdr::kSize))
            return ret();
        return k.call<&Self::verified>(fn::__skb_gro_checksum_complete, skb, offset,
                                       pseudoSum(k, skb, offset, IPPROTO_TCP, kV6));
    }
    Next verified(K& k, std::uint16_t sum) {
        if (sum == 0) markVerified(k, skb);
        return ret();
    }
    using stages = Stages<Stage<"does the checksum need verifying?", &Self::check, cost::check>,
                          Stage<"CHECKSUM_UNNECESSARY if the sum is right", &Self::verified, cost::check>>;
};

struct udp_gro_receive : args::udp_gro_receive {
    using Self = udp_gro_receive;

    Next refuse(K&) { return ret(); }
    using stages = Stages<Stage<"no tunnel and no UDP GRO: it goes up alone", &Self::refuse, cost::check>>;
};

using udp4_gro_receive = UdpGro<false>;
using udp6_gro_receive = UdpGro<true>;
using tcp4_gro_receive = TcpGro<false>;
using tcp6_gro_receive = TcpGro<true>;

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(inet_gro_receive, "net/ipv4/af_inet.c",
              "Looks at an IPv4 packet for GRO: only plain, whole ones with a good header can be merged."),
    RS_DEFINE(ipv6_gro_receive, "net/ipv6/ip6_offload.c", "Looks at an IPv6 packet for GRO."),
    RS_DEFINE(udp4_gro_receive, "net/ipv4/udp_offload.c",
              "Verifies the checksum of a UDP packet before it could be merged."),
    RS_DEFINE(udp6_gro_receive, "net/ipv6/udp_offload.c",
              "Verifies the checksum of a UDP packet over IPv6 before it could be merged."),
    RS_DEFINE(udp_gro_receive, "net/ipv4/udp_offload.c",
              "Merges datagrams of tunnels and of sockets that ask for it; others go up alone."),
    RS_DEFINE(tcp4_gro_receive, "net/ipv4/tcp_offload.c",
              "Verifies the checksum of a TCP segment; the model leaves merging out."),
    RS_DEFINE(tcp6_gro_receive, "net/ipv6/tcpv6_offload.c",
              "Verifies the checksum of a TCP segment over IPv6; the model leaves merging out."),
};

}  // namespace

std::span<const FunctionInfo> offloadFunctions() { return kFunctions; }

}  // namespace ringside
