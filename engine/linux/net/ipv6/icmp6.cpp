// Follows net/ipv6/{icmp,ndisc}.c of Linux 6.1.192. Modelled: the checksum, which messages a host takes, the counters.
// This kernel frees nearly every message by kfree_skb(), those it has answered too; their fate is that they were
// consumed. Left out: everything that would be sent, the neighbour table, MLD, telling sockets of errors.

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
        if (net::mustPull(k.skb(skb), icmp6hdr::kSize))
            return k.call<&Self::message>(fn::__pskb_pull_tail, skb, icmp6hdr::kSize - k.skb(skb).headlen());
        if (!net::mayPull(k.skb(skb), icmp6hdr::kSize)) return error(k, Drop::NOT_SPECIFIED);
        SkBuff& s = k.write(skb);
        net::pull(s, icmp6hdr::kSize);
        const std::uint8_t type = net::at(k, skb, s.transport_header, 1)[0];
        IcmpCounters& icmp = k.counters().icmp6;
        if (type == ICMPV6_DEST_UNREACH) ++icmp.InDestUnreachs;
        if (type == ICMPV6_ECHO_REPLY) ++icmp.InEchoReps;
        switch (type) {
            case ICMPV6_ECHO_REQUEST:
                // icmpv6_echo_reply(): the reply is counted only
                ++icmp.InEchos;
                ++icmp.OutMsgs;
                ++icmp.OutEchoReps;
                return taken(k);
            case ICMPV6_ECHO_REPLY:
            case ICMPV6_EXT_ECHO_REPLY:
                return k.call<&Self::pinged>(fn::ping_rcv, skb);
            case ICMPV6_MGM_QUERY:
            case ICMPV6_MGM_REPORT:
                // kept for a work item of MLD
                k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::icmpv6_rcv.id);
                k.about(skb);
                return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
            case ICMPV6_PKT_TOOBIG:
                if (!net::mayPull(s, ipv6hdr::kSize)) return error(k, Drop::NOT_SPECIFIED);
                return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
            default:
                break;
        }
        if (type >= NDISC_ROUTER_SOLICITATION && type <= NDISC_REDIRECT)
            return k.call<&Self::discovered>(fn::ndisc_rcv, skb);
        return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next pinged(K& k, Drop reason) { return k.drop<&Self::done>(std::exchange(skb, {}), reason); }
    Next discovered(K& k, std::int32_t) { return taken(k); }
    Next done(K&) { return ret(std::int32_t{0}); }

    /// The host has acted on it; that it is freed as a drop is all that is left of `reason`, which nothing has reset.
    Next taken(K& k) {
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::icmpv6_rcv.id);
        k.write(skb).fate_told = true;
        return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next error(K& k, Drop reason) {
        ++k.counters().icmp6.InErrors;
        return k.drop<&Self::done>(std::exchange(skb, {}), reason);
    }
    using stages = Stages<Stage<"verify the checksum", &Self::verify, cost::checksum>,
                          Stage<"which message is it?", &Self::message, cost::check>,
                          Stage<"an echo reply: did a ping socket want it?", &Self::pinged, cost::check>,
                          Stage<"neighbour discovery has seen it", &Self::discovered, cost::check>,
                          Stage<"done", &Self::done, cost::check>>;
};

struct icmpv6_param_prob_reason : args::icmpv6_param_prob_reason {
    using Self = icmpv6_param_prob_reason;

    Next tell(K& k) { return k.call<&Self::free>(fn::icmp6_send, skb, std::uint32_t{ICMPV6_PARAMPROB}, code); }
    Next free(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), reason); }
    Next done(K&) { return ret(); }
    using stages = Stages<Stage<"tell the sender which part of the header is wrong", &Self::tell, cost::check>,
                          Stage<"free the packet", &Self::free, cost::check>, Stage<"done", &Self::done, cost::check>>;
};

struct ndisc_rcv : args::ndisc_rcv {
    using Self = ndisc_rcv;

    Next check(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"neighbours and routers are left out", &Self::check, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(icmp6_send, "net/ipv6/icmp.c", "Tells the sender of a packet what went wrong (counted only)."),
    RS_DEFINE(icmpv6_param_prob_reason, "net/ipv6/icmp.c",
              "Tells the sender that a header is wrong, and frees the packet."),
    RS_DEFINE(icmpv6_rcv, "net/ipv6/icmp.c", "ICMPv6's handler."),
    RS_DEFINE(ndisc_rcv, "net/ipv6/ndisc.c", "Takes neighbour discovery messages (not acted on)."),
};

}  // namespace

std::span<const FunctionInfo> icmp6Functions() { return kFunctions; }

}  // namespace ringside
