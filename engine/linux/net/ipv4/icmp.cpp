// Follows net/ipv4/icmp.c and net/ipv4/ping.c of Linux 6.1.192. Modelled: checksums, the checks that drop with a
// reason, the handlers of icmp_pointers, the counters. Left out: everything that would be sent (replies and errors are
// counted, not built; rate limits are not applied), telling sockets of errors, ping sockets (none is ever open).

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

constexpr std::uint8_t kMaxIcmpType = 18;  // NR_ICMP_TYPES

/// __icmp_send() answers no message of these types (icmp_pointers[].error): 1 to 7, 9 to 12.
constexpr std::uint32_t kIcmpErrors = 0x1efeU;

struct __icmp_send : args::__icmp_send {
    using Self = __icmp_send;

    Next send(K& k) {
        const SkBuff& s = k.skb(skb);
        const RouteType route = net::rtType(k, s);
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
        if (net::mustPull(k.skb(skb), icmphdr::kSize))
            return k.call<&Self::message>(fn::__pskb_pull_tail, skb, icmphdr::kSize - k.skb(skb).headlen());
        if (!net::mayPull(k.skb(skb), icmphdr::kSize)) return error(k, Drop::NOT_SPECIFIED);
        SkBuff& s = k.write(skb);
        net::pull(s, icmphdr::kSize);
        const std::uint8_t type = net::at(k, skb, s.transport_header, 1)[0];
        IcmpCounters& icmp = k.counters().icmp;
        if (type == ICMP_DEST_UNREACH) ++icmp.InDestUnreachs;
        if (type == ICMP_ECHOREPLY) ++icmp.InEchoReps;
        if (type == ICMP_ECHO) ++icmp.InEchos;
        if (type == ICMP_EXT_ECHO) return k.call<&Self::handled>(fn::icmp_echo, skb);
        if (type == ICMP_EXT_ECHOREPLY) return k.call<&Self::handled>(fn::ping_rcv, skb);
        if (type > kMaxIcmpType) return error(k, Drop::UNHANDLED_PROTO);
        const RouteType route = net::rtType(k, s);
        if (route == RouteType::RTN_BROADCAST || route == RouteType::RTN_MULTICAST) {
            // echoes are ignored (icmp_echo_ignore_broadcasts), of the others only the address mask is known
            if (type != ICMP_ADDRESS && type != ICMP_ADDRESSREPLY) return error(k, Drop::INVALID_PROTO);
        }
        return k.call<&Self::handled>(handler(type), skb);
    }
    Next handled(K& k, Drop reason) {
        if (reason != Drop::NOT_DROPPED) return k.drop<&Self::done>(std::exchange(skb, {}), reason);
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::icmp_rcv.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }

    /// icmp_pointers[]
    static Fn<Drop(SkbId)> handler(std::uint8_t type) {
        switch (type) {
            case ICMP_ECHOREPLY:
                return fn::ping_rcv;
            case ICMP_DEST_UNREACH:
            case ICMP_SOURCE_QUENCH:
            case ICMP_TIME_EXCEEDED:
            case ICMP_PARAMETERPROB:
                return fn::icmp_unreach;
            case ICMP_REDIRECT:
                return fn::icmp_redirect;
            case ICMP_ECHO:
                return fn::icmp_echo;
            case ICMP_TIMESTAMP:
                return fn::icmp_timestamp;
            default:
                return fn::icmp_discard;
        }
    }
    Next error(K& k, Drop reason) {
        ++k.counters().icmp.InErrors;
        return k.drop<&Self::done>(std::exchange(skb, {}), reason);
    }
    using stages = Stages<Stage<"verify the checksum", &Self::verify, cost::checksum>,
                          Stage<"which message is it? icmp_pointers has its handler", &Self::message, cost::lookup>,
                          Stage<"the handler has said what becomes of it", &Self::handled, cost::check>,
                          Stage<"done", &Self::done, cost::check>>;
};

struct icmp_echo : args::icmp_echo {
    using Self = icmp_echo;

    Next reply(K& k) {
        // icmp_echo_enable_probe is off: an extended echo gets no answer
        if (net::at(k, skb, k.skb(skb).transport_header, 1)[0] != ICMP_ECHO) return ret(Drop::NOT_DROPPED);
        IcmpCounters& icmp = k.counters().icmp;
        ++icmp.OutMsgs;
        ++icmp.OutEchoReps;
        return ret(Drop::NOT_DROPPED);
    }
    using stages = Stages<Stage<"count the reply (sending is left out)", &Self::reply, cost::check>>;
};

/// icmp_socket_deliver(): looks whether the header it quotes is all there. Telling the socket is left out.
void socketDeliver(K& k, SkbId skb) {
    const SkBuff& s = k.skb(skb);
    const std::uint32_t header = (net::at(k, skb, s.data, 1)[0] & 15U) * 4U;
    if (!net::mayPull(s, header + 8)) ++k.counters().icmp.InErrors;
}

struct icmp_unreach : args::icmp_unreach {
    using Self = icmp_unreach;

    Next deliver(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!net::mayPull(s, iphdr::kSize)) return error(k, Drop::NOT_SPECIFIED);
        if ((net::at(k, skb, s.data, 1)[0] & 15U) < 5) return error(k, Drop::IP_INHDR);
        const std::uint8_t* icmp = net::at(k, skb, s.transport_header, 2);
        const bool known = icmp[0] != ICMP_DEST_UNREACH || icmp[1] <= kMaxUnreachCode;
        if (known && !(icmp[0] == ICMP_TIME_EXCEEDED && icmp[1] == ICMP_EXC_FRAGTIME)) socketDeliver(k, skb);
        return ret(Drop::NOT_DROPPED);
    }

    static constexpr std::uint8_t kMaxUnreachCode = 15;  // NR_ICMP_UNREACH
    Next error(K& k, Drop reason) {
        ++k.counters().icmp.InErrors;
        return ret(reason);
    }
    using stages =
        Stages<Stage<"does it quote the packet it is about? (sockets are not told)", &Self::deliver, cost::check>>;
};

struct icmp_redirect : args::icmp_redirect {
    using Self = icmp_redirect;

    Next deliver(K& k) {
        if (k.skb(skb).len < iphdr::kSize) {
            ++k.counters().icmp.InErrors;
            return ret(Drop::PKT_TOO_SMALL);
        }
        if (!net::mayPull(k.skb(skb), iphdr::kSize)) return ret(Drop::NOMEM);
        socketDeliver(k, skb);
        return ret(Drop::NOT_DROPPED);
    }
    using stages = Stages<Stage<"another way for a route (routes are not changed)", &Self::deliver, cost::check>>;
};

struct icmp_timestamp : args::icmp_timestamp {
    using Self = icmp_timestamp;

    Next reply(K& k) {
        IcmpCounters& icmp = k.counters().icmp;
        if (k.skb(skb).len < 4) {
            ++icmp.InErrors;
            return ret(Drop::PKT_TOO_SMALL);
        }
        ++icmp.OutMsgs;
        return ret(Drop::NOT_DROPPED);
    }
    using stages = Stages<Stage<"count the reply (sending is left out)", &Self::reply, cost::check>>;
};

struct icmp_discard : args::icmp_discard {
    using Self = icmp_discard;

    Next ignore(K&) { return ret(Drop::NOT_DROPPED); }
    using stages = Stages<Stage<"nothing is done with it", &Self::ignore, cost::check>>;
};

struct ping_rcv : args::ping_rcv {
    using Self = ping_rcv;

    Next push(K& k) {
        const SkBuff& s = k.skb(skb);
        return k.call<&Self::lookup>(fn::skb_push, skb, s.data - s.transport_header);
    }
    Next lookup(K&, std::uint32_t) { return ret(Drop::NO_SOCKET); }
    using stages = Stages<Stage<"back to the ICMP header", &Self::push, cost::field>,
                          Stage<"no ping socket waits for it", &Self::lookup, cost::lookup>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(__icmp_send, "net/ipv4/icmp.c", "Tells the sender of a packet what went wrong (counted only)."),
    RS_DEFINE(icmp_rcv, "net/ipv4/icmp.c", "ICMP's handler."),
    RS_DEFINE(icmp_echo, "net/ipv4/icmp.c", "Answers an echo request (counted only)."),
    RS_DEFINE(icmp_unreach, "net/ipv4/icmp.c", "Takes an error that a packet of this host met with."),
    RS_DEFINE(icmp_redirect, "net/ipv4/icmp.c", "Takes a router's advice to use another router."),
    RS_DEFINE(icmp_timestamp, "net/ipv4/icmp.c", "Answers a timestamp request (counted only)."),
    RS_DEFINE(icmp_discard, "net/ipv4/icmp.c", "Takes messages that mean nothing to this host."),
    RS_DEFINE(ping_rcv, "net/ipv4/ping.c", "Gives an echo reply to the ping socket that asked."),
};

}  // namespace

std::span<const FunctionInfo> icmpFunctions() { return kFunctions; }

}  // namespace ringside
