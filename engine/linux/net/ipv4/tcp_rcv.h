#pragma once
// What tcp_v4_rcv() and tcp_v6_rcv() of Linux 6.1.192 have in common here: the same checks, counters and reasons in the
// same order. The kernel has them twice.

#include <algorithm>

#include "engine/linux/net/ipv4/udp_sum.h"

namespace ringside {

/// The functions of one family.
template <bool kV6>
struct TcpFamily;

/// Its data stands at the TCP header.
template <bool kV6>
struct TcpRcv : args::tcp_v4_rcv {
    using Self = TcpRcv;
    using F = TcpFamily<kV6>;

    Next count(K& k) {
        if (k.skb(skb).pkt_type != PacketType::PACKET_HOST) return drop(k, Drop::NOT_SPECIFIED);
        ++k.counters().tcp.InSegs;  // the bad ones too
        return next<&Self::header>();
    }
    Next header(K& k) {
        const SkBuff& s = k.skb(skb);
        if (net::mustPull(s, tcphdr::kSize)) return pull(k, tcphdr::kSize);
        if (!net::mayPull(s, tcphdr::kSize)) return drop(k, Drop::NOT_SPECIFIED);
        const std::uint32_t doff = net::at(k, skb, s.data + 12, 1)[0] >> 4U;
        if (doff * 4 < tcphdr::kSize) return bad(k, Drop::PKT_TOO_SMALL);
        if (net::mustPull(s, doff * 4)) return pull(k, doff * 4);
        if (!net::mayPull(s, doff * 4)) return drop(k, Drop::NOT_SPECIFIED);
        return next<&Self::checksum>();
    }
    Next checksum(K& k) {
        if (!net::checksumInit(k, skb, false, F::pseudo(k, skb))) return badChecksum(k);
        return next<&Self::lookup>();
    }
    Next lookup(K& k) {
        const std::uint16_t port = loadBe16(net::at(k, skb, k.skb(skb).data + 2, 2));
        const std::vector<std::uint16_t>& ports = *k.net().tcp_ports;
        if (std::binary_search(ports.begin(), ports.end(), port)) return k.returns(F::do_rcv, std::exchange(skb, {}));
        if (!net::checksumComplete(k, skb)) return badChecksum(k);
        return k.call<&Self::nobody>(F::send_reset, skb);
    }
    Next nobody(K& k) { return drop(k, Drop::NO_SOCKET); }
    Next done(K&) { return ret(std::int32_t{0}); }

    Next pull(K& k, std::uint32_t length) {
        return k.call<&Self::header>(fn::__pskb_pull_tail, skb, length - k.skb(skb).headlen());
    }
    Next badChecksum(K& k) {
        ++k.counters().tcp.InCsumErrors;
        return bad(k, Drop::TCP_CSUM);
    }
    Next bad(K& k, Drop reason) {
        ++k.counters().tcp.InErrs;
        return drop(k, reason);
    }
    Next drop(K& k, Drop reason) { return k.drop<&Self::done>(std::exchange(skb, {}), reason); }
    using stages = Stages<Stage<"is it for this host? count the segment", &Self::count, cost::check>,
                          Stage<"check the header", &Self::header, cost::check>,
                          Stage<"skb_checksum_init: is the checksum settled?", &Self::checksum, cost::check>,
                          Stage<"__inet_lookup_skb: is there a connection or a listener?", &Self::lookup, cost::lookup>,
                          Stage<"no socket", &Self::nobody, cost::check>,
                          Stage<"return: the segment was dropped", &Self::done, cost::check>>;
};

template <bool kV6>
struct TcpDoRcv : args::tcp_v4_do_rcv {
    using Self = TcpDoRcv;
    using F = TcpFamily<kV6>;

    Next verify(K& k) {
        if (!net::checksumComplete(k, skb)) {
            ++k.counters().tcp.InCsumErrors;
            ++k.counters().tcp.InErrs;
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::TCP_CSUM);
        }
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, F::do_rcv.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages =
        Stages<Stage<"verify the checksum, take the segment (connections are left out)", &Self::verify, cost::checksum>,
               Stage<"done", &Self::done, cost::check>>;
};

template <bool kV6>
struct TcpSendReset : args::tcp_v4_send_reset {
    using Self = TcpSendReset;

    Next send(K& k) {
        const SkBuff& s = k.skb(skb);
        const bool reset = (net::at(k, skb, s.data + 13, 1)[0] & TCPHDR_RST) != 0;
        // a reset is never answered, nor what came to an address that is not this host's own
        if (!reset && net::rtType(k, s) == RouteType::RTN_LOCAL) ++k.counters().tcp.OutRsts;
        return ret();
    }
    using stages = Stages<Stage<"count the reset (it is not built, and not sent)", &Self::send, cost::check>>;
};

template <bool kV6>
struct TcpEarlyDemux : args::tcp_v4_early_demux {
    using Self = TcpEarlyDemux;

    Next look(K&) { return ret(); }
    using stages = Stages<
        Stage<"is there a connection that knows the route? (connections are left out)", &Self::look, cost::lookup>>;
};

}  // namespace ringside
