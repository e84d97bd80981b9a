// Follows net/ipv6/udp.c of Linux 6.1.192 from udpv6_rcv() to the socket; the queue and its accounting are IPv4's
// (net/ipv4/udp.cpp). Modelled: header checks, the checksum that IPv6 demands, the two socket searches, multicast
// delivery. Left out: as in IPv4.

#include "engine/linux/net/ipv4/udp_sum.h"

namespace ringside {
namespace {

struct udp_v6_early_demux : args::udp_v6_early_demux {
    using Self = udp_v6_early_demux;

    Next look(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!net::linearHas(s, s.transport_header, udphdr::kSize) || s.pkt_type != PacketType::PACKET_HOST)
            return ret();
        const udphdr uh = net::udpHeader(k, skb);
        const ipv6hdr h = net::ipv6Header(k, skb);
        SocketId found{};
        k.machine.sockets.each([&](SocketId id, const Socket& sk) {
            if (sk.closed || sk.sport != uh.dest || sk.daddr.version != 6 || sk.dport != uh.source) return;
            if (sk.daddr.v6() == h.saddr && sk.saddr.version == 6 && sk.saddr.v6() == h.daddr) found = id;
        });
        if (found) k.write(skb).sk = found;
        return ret();
    }
    using stages = Stages<Stage<"is there a connected socket for it?", &Self::look, cost::lookup>>;
};

struct udpv6_rcv : args::udpv6_rcv {
    using Self = udpv6_rcv;

    Next receive(K& k) { return k.returns(fn::__udp6_lib_rcv, std::exchange(skb, {}), std::uint32_t{IPPROTO_UDP}); }
    using stages = Stages<Stage<"UDP, not UDP-Lite", &Self::receive, cost::check>>;
};

struct __udp6_lib_rcv : args::__udp6_lib_rcv {
    using Self = __udp6_lib_rcv;

    Next validate(K& k) {
        const SkBuff& old = k.skb(skb);
        if (!net::mayPull(old, udphdr::kSize)) return discard(k, Drop::NOT_SPECIFIED);
        std::uint32_t ulen = net::udpHeader(k, skb).len;
        if (ulen > old.len) return discard(k, Drop::PKT_TOO_SMALL);
        if (ulen == 0) ulen = old.len;  // a jumbogram says its length elsewhere
        if (ulen < udphdr::kSize) return discard(k, Drop::PKT_TOO_SMALL);
        if (ulen < old.len) {
            if (old.data_len != 0) return discard(k, Drop::PKT_TOO_SMALL);  // cutting a frag_list is left out
            SkBuff& s = k.write(skb);
            s.len = ulen;
            s.tail = s.data + ulen;
        }
        return next<&Self::checksum>();
    }
    Next checksum(K& k) {
        const ipv6hdr h = net::ipv6Header(k, skb);
        const std::uint32_t psum = csumIpv6Nofold(h.saddr, h.daddr, k.skb(skb).len, IPPROTO_UDP, 0);
        if (!net::checksumInit(k, skb, net::udpHeader(k, skb).check == 0, psum)) return badChecksum(k, Drop::UDP_CSUM);
        return next<&Self::lookup>();
    }
    Next lookup(K& k) {
        if (k.skb(skb).sk) return found(k, std::exchange(k.write(skb).sk, SocketId{}));
        if (net::ipv6Header(k, skb).daddr.isMulticast())
            return k.returns(fn::__udp6_lib_mcast_deliver, std::exchange(skb, {}));
        return k.call<&Self::found>(fn::__udp6_lib_lookup, skb);
    }
    Next found(K& k, SocketId sk) {
        const bool zero = net::udpHeader(k, skb).check == 0;
        if (sk) {
            if (zero) return badChecksum(k, Drop::UDP_CSUM);  // IPv6 has no header checksum, so UDP's is a must
            return k.returns(fn::udp6_unicast_rcv_skb, sk, std::exchange(skb, {}));
        }
        if (zero || !net::checksumComplete(k, skb)) return badChecksum(k, Drop::NO_SOCKET);
        ++k.counters().udp6.NoPorts;
        return k.call<&Self::nobody>(fn::icmp6_send, skb, std::uint32_t{ICMPV6_DEST_UNREACH},
                                     std::uint32_t{ICMPV6_PORT_UNREACH});
    }
    Next nobody(K& k) { return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NO_SOCKET); }
    Next dropped(K&) { return ret(std::int32_t{0}); }

    Next badChecksum(K& k, Drop reason) {
        ++k.counters().udp6.InCsumErrors;
        return discard(k, reason);
    }
    Next discard(K& k, Drop reason) {
        ++k.counters().udp6.InErrors;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), reason);
    }
    using stages = Stages<Stage<"check the length, cut what is beyond it", &Self::validate, cost::check>,
                          Stage<"udp6_csum_init: is the checksum settled?", &Self::checksum, cost::check>,
                          Stage<"look for a socket", &Self::lookup, cost::check>,
                          Stage<"hand it to the socket", &Self::found, cost::check>,
                          Stage<"no socket", &Self::nobody, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

struct __udp6_lib_lookup : args::__udp6_lib_lookup {
    using Self = __udp6_lib_lookup;

    Next exact(K& k) { return k.call<&Self::wildcard>(fn::udp6_lib_lookup2, skb, false); }
    Next wildcard(K& k, SocketId result) {
        if (result) return ret(result);
        return k.returns(fn::udp6_lib_lookup2, skb, true);
    }
    using stages = Stages<Stage<"sockets bound to this very address", &Self::exact, cost::check>,
                          Stage<"else sockets bound to any address", &Self::wildcard, cost::check>>;
};

struct udp6_lib_lookup2 : args::udp6_lib_lookup2 {
    using Self = udp6_lib_lookup2;
    SocketId sk;

    Next search(K& k) {
        const udphdr uh = net::udpHeader(k, skb);
        const ipv6hdr h = net::ipv6Header(k, skb);
        int best = -1;
        k.machine.sockets.each([&](SocketId id, const Socket& s) {
            if (s.closed || s.version != 6 || s.sport != uh.dest) return;
            if (any ? s.saddr.version != 0 : s.saddr.version != 6 || s.saddr.v6() != h.daddr) return;
            int points = 0;
            if (s.daddr.version != 0) {
                if (s.daddr.version != 6 || s.daddr.v6() != h.saddr) return;
                ++points;
            }
            if (s.dport != 0) {
                if (s.dport != uh.source) return;
                ++points;
            }
            if (points > best) {
                best = points;
                sk = id;
            }
        });
        return ret(sk);
    }
    using stages = Stages<Stage<"score the sockets of the hash chain", &Self::search, cost::lookup>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("sk", s.sk, Unit::none, "the best socket");
    }
};

struct __udp6_lib_mcast_deliver : args::__udp6_lib_mcast_deliver {
    using Self = __udp6_lib_mcast_deliver;
    SocketId first, sk;
    std::uint16_t port;

    bool takes(const K& k, const Socket& s) const {
        if (s.closed || s.version != 6 || s.sport != port ||
            (s.saddr.version == 6 && s.saddr.v6() != net::ipv6Header(k, skb).daddr))
            return false;
        if (s.daddr.version == 6 && s.daddr.v6() != net::ipv6Header(k, skb).saddr) return false;
        // a checksum of 0 is refused by every socket that did not ask for it
        return net::udpHeader(k, skb).check != 0 && (s.dport == 0 || s.dport == net::udpHeader(k, skb).source);
    }
    Next each(K& k) {
        port = net::udpHeader(k, skb).dest;
        SocketId next_one{};
        for (std::uint32_t slot = sk.slot + 1; slot <= k.machine.sockets.top() && !next_one; ++slot) {
            if (k.machine.sockets.live(SocketId{slot}) && takes(k, k.socket(SocketId{slot}))) next_one = SocketId{slot};
        }
        sk = next_one;
        if (!sk) return next<&Self::last>();
        if (!first) {
            first = sk;
            return next<&Self::each>();
        }
        return k.call<&Self::cloned>(fn::skb_clone, skb);
    }
    Next cloned(K& k, SkbId clone) {
        k.write(clone).packet = 0;  // the fate of the wire packet is that of the original
        return k.call<&Self::queued>(fn::udp6_unicast_rcv_skb, sk, clone);
    }
    Next queued(K& k, std::int32_t) { return each(k); }
    Next last(K& k) {
        if (first) return k.returns(fn::udp6_unicast_rcv_skb, first, std::exchange(skb, {}));
        ++k.counters().udp6.IgnoredMulti;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next dropped(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"which socket wants it too?", &Self::each, cost::lookup>,
                          Stage<"a clone for that socket", &Self::cloned, cost::check>,
                          Stage<"and the next one?", &Self::queued, cost::lookup>,
                          Stage<"the packet itself for the first", &Self::last, cost::check>,
                          Stage<"nobody wanted it", &Self::dropped, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("first", s.first, Unit::none, "the first socket that wants it");
        v("sk", s.sk, Unit::none, "the socket looked at");
        v.hidden("port", s.port);
    }
};

struct udp6_unicast_rcv_skb : args::udp6_unicast_rcv_skb {
    using Self = udp6_unicast_rcv_skb;

    Next queue(K& k) { return k.returns(fn::udpv6_queue_rcv_skb, sk, std::exchange(skb, {})); }
    using stages = Stages<Stage<"one receiver", &Self::queue, cost::check>>;
};

struct udpv6_queue_rcv_skb : args::udpv6_queue_rcv_skb {
    using Self = udpv6_queue_rcv_skb;

    Next segments(K& k) { return k.returns(fn::udpv6_queue_rcv_one_skb, sk, std::exchange(skb, {})); }
    using stages = Stages<Stage<"one datagram, not a GSO packet", &Self::segments, cost::check>>;
};

struct udpv6_queue_rcv_one_skb : args::udpv6_queue_rcv_one_skb {
    using Self = udpv6_queue_rcv_one_skb;

    Next filter(K& k) { return k.call<&Self::pull>(fn::sk_filter_trim_cap, sk, skb, std::uint32_t{udphdr::kSize}); }
    Next pull(K& k, std::int32_t) {
        const SkBuff& s = k.skb(skb);
        if (!s.csum_valid && s.ip_summed == IpSummed::CHECKSUM_NONE) {
            const std::uint32_t sum = csumPartial(k.bytes(skb, s.data, udphdr::kSize), s.csum);
            k.write(skb).csum = sum;
        }
        return k.call<&Self::queue>(fn::skb_pull_rcsum, skb, std::uint32_t{udphdr::kSize});
    }
    Next queue(K& k, std::uint32_t) {
        net::dropDst(k.write(skb));
        return k.call<&Self::queued>(fn::__udp_enqueue_schedule_skb, sk, std::exchange(skb, {}));
    }
    Next queued(K& k, SkbId refused) {
        if (!refused) return ret(std::int32_t{0});
        UdpCounters& udp = k.counters().udp6;
        ++udp.RcvbufErrors;
        ++udp.InErrors;
        return k.drop<&Self::dropped>(refused, Drop::SOCKET_RCVBUFF);
    }
    Next dropped(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"run the socket's filter", &Self::filter, cost::check>,
                          Stage<"take the UDP header off", &Self::pull, cost::check>,
                          Stage<"let go of the route, charge it to the socket", &Self::queue, cost::check>,
                          Stage<"was there room?", &Self::queued, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

constexpr const char* kSource = "net/ipv6/udp.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(udp_v6_early_demux, kSource, "Lets a connected socket save the route lookup."),
    RS_DEFINE(udpv6_rcv, kSource, "UDP's handler for IPv6."),
    RS_DEFINE(__udp6_lib_rcv, kSource, "Checks the UDP header and finds the socket."),
    RS_DEFINE(__udp6_lib_lookup, kSource, "Finds the socket for a pair of addresses and ports."),
    RS_DEFINE(udp6_lib_lookup2, kSource, "Scores the sockets that are bound to one address and port."),
    RS_DEFINE(__udp6_lib_mcast_deliver, kSource, "Gives a multicast packet to every socket that wants it."),
    RS_DEFINE(udp6_unicast_rcv_skb, kSource, "Hands a packet to its one socket."),
    RS_DEFINE(udpv6_queue_rcv_skb, kSource, "Splits a GSO packet into datagrams, if it is one."),
    RS_DEFINE(udpv6_queue_rcv_one_skb, kSource, "Queues one datagram at the socket, or drops it."),
};

}  // namespace

std::span<const FunctionInfo> udp6Functions() { return kFunctions; }

}  // namespace ringside
