// Follows net/ipv6/{icmp,ndisc,tcp_ipv6}.c of Linux 6.1.192, simplified as IPv4's icmp.cpp is: these protocols take
// their packets and account for them. Left out: everything that would be sent, the neighbour table, connections.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct icmp6_send : args::icmp6_send {
    using Self = icmp6_send;

    Next send(K& k) {
        if (k.skb(skb).pkt_type != PacketType::PACKET_HOST || net::ipv6Header(k, skb).daddr.isMulticast()) return ret();
        IcmpCounters& icmp = k.counters().icmp6;
        ++icmp.OutMsgs;
        if (type == ICMPV6_DEST_UNREACH) ++icmp.OutDestUnreachs;
        return ret();
    }
    using stages = Stages<Stage<"count the error message (sending is left out)", &Self::send, cost::check>>;
};

struct icmpv6_rcv : args::icmpv6_rcv {
    using Self = icmpv6_rcv;

    Next verify(K& k) {
        IcmpCounters& icmp = k.counters().icmp6;
        ++icmp.InMsgs;
        const SkBuff& s = k.skb(skb);
        const ipv6hdr h = net::ipv6Header(k, skb);
        const std::uint32_t psum = csumIpv6Nofold(h.saddr, h.daddr, s.len, IPPROTO_ICMPV6, 0);
        k.spend(net::perByte(s.len));
        if (!net::csumUnnecessary(s) && csumFold(csumAdd(psum, net::csumSkb(k, skb, 0, s.len))) != 0) {
            ++icmp.InCsumErrors;
            return error(k, Drop::ICMP_CSUM);
        }
        return next<&Self::message>();
    }
    Next message(K& k) {
        const SkBuff& old = k.skb(skb);
        if (!net::mayPull(old, icmp6hdr::kSize)) return error(k, Drop::NOT_SPECIFIED);
        const std::uint8_t type = net::at(k, skb, old.data, 1)[0];
        SkBuff& s = k.write(skb);
        net::pull(s, icmp6hdr::kSize);
        IcmpCounters& icmp = k.counters().icmp6;
        if (type == ICMPV6_DEST_UNREACH) ++icmp.InDestUnreachs;
        if (type == ICMPV6_ECHO_REPLY) ++icmp.InEchoReps;
        if (type == ICMPV6_ECHO_REQUEST) {
            // icmpv6_echo_reply(): the reply is counted only
            ++icmp.InEchos;
            ++icmp.OutMsgs;
            ++icmp.OutEchoReps;
        }
        if (type >= NDISC_ROUTER_SOLICITATION && type <= 137) return k.call<&Self::handled>(fn::ndisc_rcv, skb);
        return next<&Self::consume>();
    }
    Next handled(K& k, std::int32_t) { return consume(k); }
    Next consume(K& k) {
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::icmpv6_rcv.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }

    Next error(K& k, Drop reason) {
        ++k.counters().icmp6.InErrors;
        return k.drop<&Self::done>(std::exchange(skb, {}), reason);
    }
    using stages =
        Stages<Stage<"verify the checksum", &Self::verify, cost::checksum>,
               Stage<"which message is it?", &Self::message, cost::check>,
               Stage<"neighbour discovery has seen it", &Self::handled, cost::check>,
               Stage<"the message is taken", &Self::consume, cost::check>, Stage<"done", &Self::done, cost::check>>;
};

struct ndisc_rcv : args::ndisc_rcv {
    using Self = ndisc_rcv;

    Next check(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"neighbours and routers are left out", &Self::check, cost::check>>;
};

struct tcp_v6_rcv : args::tcp_v6_rcv {
    using Self = tcp_v6_rcv;

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
        const ipv6hdr h = net::ipv6Header(k, skb);
        const std::uint32_t psum = csumIpv6Nofold(h.saddr, h.daddr, s.len, IPPROTO_TCP, 0);
        if (!net::csumUnnecessary(s) && csumFold(csumAdd(psum, net::csumSkb(k, skb, 0, s.len))) != 0) {
            ++k.counters().tcp.InCsumErrors;
            ++k.counters().tcp.InErrs;
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::TCP_CSUM);
        }
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::tcp_v6_rcv.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages =
        Stages<Stage<"check the header, count the segment", &Self::header, cost::check>,
               Stage<"verify the checksum, take the segment (connections are left out)", &Self::verify, cost::checksum>,
               Stage<"done", &Self::done, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(icmp6_send, "net/ipv6/icmp.c", "Tells the sender of a packet what went wrong (counted only)."),
    RS_DEFINE(icmpv6_rcv, "net/ipv6/icmp.c", "ICMPv6's handler."),
    RS_DEFINE(ndisc_rcv, "net/ipv6/ndisc.c", "Takes neighbour discovery messages (not acted on)."),
    RS_DEFINE(tcp_v6_rcv, "net/ipv6/tcp_ipv6.c",
              "TCP's handler for IPv6; the model checks the segment and takes it, without connections."),
};

}  // namespace

std::span<const FunctionInfo> icmp6Functions() { return kFunctions; }

}  // namespace ringside
