// Follows net/ipv4/{icmp,igmp,arp,tcp_ipv4,ip_forward}.c of Linux 6.1.192, simplified: these protocols take their
// packets and account for them. Modelled: checksums, the checks that drop with a reason, the counters. Left out:
// everything that would be sent (replies and errors are counted, not built; error rate limits are not applied),
// connections (TCP segments are consumed by their handler), the neighbour table, forwarding itself.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

constexpr std::uint8_t kMaxIcmpType = 18;  // NR_ICMP_TYPES

/// Bit n: messages of this type report an error, so nobody answers them with an error.
constexpr std::uint32_t kIcmpErrors = 1U << 3U | 1U << 4U | 1U << 5U | 1U << 11U | 1U << 12U;

struct __icmp_send : args::__icmp_send {
    using Self = __icmp_send;

    Next send(K& k) {
        const SkBuff& s = k.skb(skb);
        const RouteType route = net::dst(s).type;
        const iphdr iph = net::ipHeader(k, skb);
        if (!s.dst || s.pkt_type != PacketType::PACKET_HOST || route == RouteType::RTN_BROADCAST ||
            route == RouteType::RTN_MULTICAST)
            return ret();
        if (iph.fragmentOffset() != 0) return ret();
        if (iph.protocol == IPPROTO_ICMP) {
            const auto at = static_cast<std::uint32_t>(s.network_header + iph.headerLength());
            if (!net::linearHas(s, at, 1)) return ret();
            const std::uint8_t inner = net::at(k, skb, at, 1)[0];
            if (inner > kMaxIcmpType || (kIcmpErrors >> inner & 1U) != 0) return ret();
        }
        IcmpCounters& icmp = k.counters().icmp;
        ++icmp.OutMsgs;
        if (type == ICMP_DEST_UNREACH) ++icmp.OutDestUnreachs;
        return ret();
    }
    using stages = Stages<Stage<"count the error message (sending is left out)", &Self::send, cost::check>>;
};

struct icmp_rcv : args::icmp_rcv {
    using Self = icmp_rcv;

    Next verify(K& k) {
        IcmpCounters& icmp = k.counters().icmp;
        ++icmp.InMsgs;
        const SkBuff& s = k.skb(skb);
        k.spend(net::perByte(s.len));
        if (!net::csumUnnecessary(s) && csumFold(net::csumSkb(k, skb, 0, s.len)) != 0) {
            ++icmp.InCsumErrors;
            return error(k, Drop::ICMP_CSUM);
        }
        return next<&Self::message>();
    }
    Next message(K& k) {
        const SkBuff& old = k.skb(skb);
        if (!net::mayPull(old, icmphdr::kSize)) return error(k, Drop::NOT_SPECIFIED);
        const std::uint8_t type = net::at(k, skb, old.data, 1)[0];
        SkBuff& s = k.write(skb);
        net::pull(s, icmphdr::kSize);
        if (type > kMaxIcmpType) return error(k, Drop::UNHANDLED_PROTO);
        const RouteType route = net::dst(s).type;
        if (route == RouteType::RTN_BROADCAST || route == RouteType::RTN_MULTICAST) {
            // broadcast echoes are ignored (icmp_echo_ignore_broadcasts), of the others only the address mask is known
            if (type != 17 && type != 18) return error(k, Drop::INVALID_PROTO);
        }
        IcmpCounters& icmp = k.counters().icmp;
        if (type == ICMP_DEST_UNREACH) ++icmp.InDestUnreachs;
        if (type == ICMP_ECHOREPLY) ++icmp.InEchoReps;
        if (type == ICMP_ECHO) return k.call<&Self::handled>(fn::icmp_echo, skb);
        return next<&Self::consume>();
    }
    Next handled(K& k, Drop reason) {
        if (reason != Drop::NOT_DROPPED) return k.drop<&Self::dropped>(std::exchange(skb, {}), reason);
        return consume(k);
    }
    Next consume(K& k) {
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::icmp_rcv.id);
        k.about(skb);
        return k.call<&Self::dropped>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next dropped(K&) { return ret(std::int32_t{0}); }

    Next error(K& k, Drop reason) {
        ++k.counters().icmp.InErrors;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), reason);
    }
    using stages =
        Stages<Stage<"verify the checksum", &Self::verify, cost::checksum>,
               Stage<"which message is it?", &Self::message, cost::check>,
               Stage<"the echo is answered", &Self::handled, cost::check>,
               Stage<"the message is taken", &Self::consume, cost::check>, Stage<"done", &Self::dropped, cost::check>>;
};

struct icmp_echo : args::icmp_echo {
    using Self = icmp_echo;

    Next reply(K& k) {
        IcmpCounters& icmp = k.counters().icmp;
        ++icmp.InEchos;
        ++icmp.OutMsgs;
        ++icmp.OutEchoReps;
        return ret(Drop::NOT_DROPPED);
    }
    using stages = Stages<Stage<"count the reply (sending is left out)", &Self::reply, cost::check>>;
};

struct igmp_rcv : args::igmp_rcv {
    using Self = igmp_rcv;

    Next verify(K& k) {
        const SkBuff& s = k.skb(skb);
        k.spend(net::perByte(s.len));
        const bool good =
            net::mayPull(s, 8) && (net::csumUnnecessary(s) || csumFold(net::csumSkb(k, skb, 0, s.len)) == 0);
        if (!good) return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::igmp_rcv.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"verify the checksum, take the report", &Self::verify, cost::checksum>,
                          Stage<"done", &Self::done, cost::check>>;
};

struct tcp_v4_rcv : args::tcp_v4_rcv {
    using Self = tcp_v4_rcv;

    Next header(K& k) {
        const SkBuff& s = k.skb(skb);
        if (s.pkt_type != PacketType::PACKET_HOST)
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        TcpCounters& tcp = k.counters().tcp;
        ++tcp.InSegs;
        if (!net::mayPull(s, tcphdr::kSize)) return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        const std::uint32_t doff = net::at(k, skb, s.data + 12, 1)[0] >> 4U;
        if (doff < 5 || !net::mayPull(s, doff * 4)) {
            ++tcp.InErrs;
            return k.drop<&Self::done>(std::exchange(skb, {}), doff < 5 ? Drop::PKT_TOO_SMALL : Drop::NOT_SPECIFIED);
        }
        return next<&Self::verify>();
    }
    Next verify(K& k) {
        const SkBuff& s = k.skb(skb);
        const std::uint32_t psum = csumTcpUdpNofold(net::ipSaddr(k, skb), net::ipDaddr(k, skb), s.len, IPPROTO_TCP, 0);
        if (!net::csumUnnecessary(s) && csumFold(csumAdd(psum, net::csumSkb(k, skb, 0, s.len))) != 0) {
            ++k.counters().tcp.InCsumErrors;
            ++k.counters().tcp.InErrs;
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::TCP_CSUM);
        }
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::tcp_v4_rcv.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages =
        Stages<Stage<"check the header, count the segment", &Self::header, cost::check>,
               Stage<"verify the checksum, take the segment (connections are left out)", &Self::verify, cost::checksum>,
               Stage<"done", &Self::done, cost::check>>;
};

struct arp_rcv : args::arp_rcv {
    using Self = arp_rcv;

    Next check(K& k) {
        const SkBuff& s = k.skb(skb);
        if (s.pkt_type == PacketType::PACKET_OTHERHOST) {
            ++k.counters().arp.ignored;
            k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::arp_rcv.id);
            k.about(skb);
            return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
        }
        const bool whole = net::mayPull(s, arphdr::kSize + arp_addresses::kSize);
        const arphdr arp = whole ? arphdr::load(net::at(k, skb, s.data, arphdr::kSize)) : arphdr{};
        if (!whole || arp.ar_hln != ETH_ALEN || arp.ar_pln != 4)
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        return k.returns(fn::arp_process, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"a whole ARP packet, and not for another host?", &Self::check, cost::check>,
                          Stage<"done", &Self::done, cost::check>>;
};

struct arp_process : args::arp_process {
    using Self = arp_process;

    Next operation(K& k) {
        const SkBuff& s = k.skb(skb);
        const arphdr arp = arphdr::load(net::at(k, skb, s.data, arphdr::kSize));
        const arp_addresses a = arp_addresses::load(net::at(k, skb, s.data + 8, arp_addresses::kSize));
        bool mine = false;
        for (const InterfaceAddress& address : std::as_const(k.machine).device(s.dev).addresses) {
            mine = mine || (address.address.version == 4 && address.address.v4() == a.ar_tip);
        }
        ArpCounters& count = k.counters().arp;
        if (arp.ar_op == ARPOP_REQUEST && mine)
            ++count.requests;
        else if (arp.ar_op == ARPOP_REPLY)
            ++count.replies;
        else
            ++count.ignored;
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::arp_process.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"request or reply? count it (neighbours are left out)", &Self::operation, cost::check>,
                          Stage<"done", &Self::done, cost::check>>;
};

struct ip_forward : args::ip_forward {
    using Self = ip_forward;

    Next check(K& k) {
        const SkBuff& s = k.skb(skb);
        if (s.pkt_type != PacketType::PACKET_HOST)
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        if (net::ipHeader(k, skb).ttl <= 1) {
            ++k.counters().ip.InHdrErrors;
            return k.call<&Self::expired>(fn::__icmp_send, skb, std::uint32_t{ICMP_TIME_EXCEEDED}, 0U);
        }
        ++k.counters().ip.ForwDatagrams;
        k.fate(skb, Fate::forwarded, Drop::NOT_DROPPED, fn::ip_forward.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next expired(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), Drop::IP_INHDR); }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages =
        Stages<Stage<"may it live on? (sending is left out)", &Self::check, cost::check>,
               Stage<"its time to live is over", &Self::expired, cost::check>, Stage<"done", &Self::done, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(__icmp_send, "net/ipv4/icmp.c", "Tells the sender of a packet what went wrong (counted only)."),
    RS_DEFINE(icmp_rcv, "net/ipv4/icmp.c", "ICMP's handler."),
    RS_DEFINE(icmp_echo, "net/ipv4/icmp.c", "Answers an echo request (counted only)."),
    RS_DEFINE(igmp_rcv, "net/ipv4/igmp.c", "Takes reports and queries of multicast groups."),
    RS_DEFINE(tcp_v4_rcv, "net/ipv4/tcp_ipv4.c",
              "TCP's handler; the model checks the segment and takes it, without connections."),
    RS_DEFINE(arp_rcv, "net/ipv4/arp.c", "ARP's handler."),
    RS_DEFINE(arp_process, "net/ipv4/arp.c", "Takes an ARP request or reply (counted only)."),
    RS_DEFINE(ip_forward, "net/ipv4/ip_forward.c", "Forwards a packet; the model ends its way here."),
};

}  // namespace

std::span<const FunctionInfo> icmpFunctions() { return kFunctions; }

}  // namespace ringside
