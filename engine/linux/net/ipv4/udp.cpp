// Follows net/ipv4/udp.c of Linux 6.1.192 from udp_rcv() to the socket: header checks, the two socket searches,
// multicast delivery, the receive buffer's accounting. The reader is in udp_recvmsg.cpp. Left out: UDP-Lite,
// encapsulation, socket filters, IPsec, SO_REUSEPORT groups; the hash tables are the list of sockets. A packet that
// __udp_enqueue_schedule_skb() refuses is handed back as its result (functions.def).

#include "engine/linux/net/ipv4/udp_sum.h"

namespace ringside {
namespace {

struct udp_v4_early_demux : args::udp_v4_early_demux {
    using Self = udp_v4_early_demux;

    Next look(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!net::linearHas(s, s.transport_header, udphdr::kSize) || s.pkt_type != PacketType::PACKET_HOST)
            return ret(std::int32_t{0});
        const udphdr uh = net::udpHeader(k, skb);
        const Ipv4Addr saddr = net::ipSaddr(k, skb), daddr = net::ipDaddr(k, skb);
        SocketId found{};
        k.machine.sockets.each([&](SocketId id, const Socket& sk) {
            if (sk.closed || sk.sport != uh.dest || sk.daddr.version != 4 || sk.dport != uh.source) return;
            if (sk.daddr.v4() == saddr && sk.saddr.version == 4 && sk.saddr.v4() == daddr) found = id;
        });
        if (found) k.write(skb).sk = found;
        return ret(std::int32_t{0});
    }
    using stages = Stages<Stage<"is there a connected socket for it?", &Self::look, cost::lookup>>;
};

struct udp_rcv : args::udp_rcv {
    using Self = udp_rcv;

    Next receive(K& k) { return k.returns(fn::__udp4_lib_rcv, std::exchange(skb, {}), std::uint32_t{IPPROTO_UDP}); }
    using stages = Stages<Stage<"UDP, not UDP-Lite", &Self::receive, cost::check>>;
};

struct __udp4_lib_rcv : args::__udp4_lib_rcv {
    using Self = __udp4_lib_rcv;

    Next validate(K& k) {
        const SkBuff& old = k.skb(skb);
        if (!net::mayPull(old, udphdr::kSize)) return discard(k, Drop::NOT_SPECIFIED);
        const std::uint32_t ulen = net::udpHeader(k, skb).len;
        if (ulen > old.len || ulen < udphdr::kSize) return discard(k, Drop::PKT_TOO_SMALL);
        if (ulen < old.len) {
            if (old.data_len != 0) return discard(k, Drop::PKT_TOO_SMALL);  // cutting a frag_list is left out
            SkBuff& s = k.write(skb);
            s.len = ulen;
            s.tail = s.data + ulen;
        }
        return next<&Self::checksum>();
    }
    Next checksum(K& k) {
        const SkBuff& s = k.skb(skb);
        const bool zero = net::udpHeader(k, skb).check == 0;
        const std::uint32_t psum = csumTcpUdpNofold(net::ipSaddr(k, skb), net::ipDaddr(k, skb), s.len, IPPROTO_UDP, 0);
        if (!net::checksumInit(k, skb, zero, psum)) return badChecksum(k);
        return next<&Self::lookup>();
    }
    Next lookup(K& k) {
        if (k.skb(skb).sk) {
            const SocketId stolen = std::exchange(k.write(skb).sk, SocketId{});
            return k.returns(fn::udp_unicast_rcv_skb, stolen, std::exchange(skb, {}));
        }
        const RouteType type = net::dst(k.skb(skb)).type;
        if (type == RouteType::RTN_BROADCAST || type == RouteType::RTN_MULTICAST) {
            return k.returns(fn::__udp4_lib_mcast_deliver, std::exchange(skb, {}));
        }
        const udphdr uh = net::udpHeader(k, skb);
        return k.call<&Self::found>(fn::__udp4_lib_lookup, net::ipSaddr(k, skb).value, uh.source,
                                    net::ipDaddr(k, skb).value, uh.dest, std::uint32_t{k.skb(skb).dev}, skb);
    }
    Next found(K& k, SocketId sk) {
        if (sk) return k.returns(fn::udp_unicast_rcv_skb, sk, std::exchange(skb, {}));
        // nobody listens; a bad checksum is dropped silently, otherwise the sender is told
        if (!net::checksumComplete(k, skb)) return badChecksum(k);
        ++k.counters().udp.NoPorts;
        return k.call<&Self::nobody>(fn::__icmp_send, skb, std::uint32_t{ICMP_DEST_UNREACH},
                                     std::uint32_t{ICMP_PORT_UNREACH});
    }
    Next nobody(K& k) { return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NO_SOCKET); }
    Next dropped(K&) { return ret(std::int32_t{0}); }

    Next badChecksum(K& k) {
        ++k.counters().udp.InCsumErrors;
        return discard(k, Drop::UDP_CSUM);
    }
    Next discard(K& k, Drop reason) {
        ++k.counters().udp.InErrors;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), reason);
    }
    using stages = Stages<Stage<"check the length, cut what is beyond it", &Self::validate, cost::check>,
                          Stage<"udp4_csum_init: is the checksum settled?", &Self::checksum, cost::check>,
                          Stage<"look for a socket", &Self::lookup, cost::check>,
                          Stage<"hand it to the socket", &Self::found, cost::check>,
                          Stage<"no socket", &Self::nobody, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

struct __udp4_lib_lookup : args::__udp4_lib_lookup {
    using Self = __udp4_lib_lookup;

    Next exact(K& k) {
        return k.call<&Self::wildcard>(fn::udp4_lib_lookup2, saddr, sport, daddr, dport, dif, skb, false);
    }
    Next wildcard(K& k, SocketId result) {
        if (result) return ret(result);
        return k.returns(fn::udp4_lib_lookup2, saddr, sport, daddr, dport, dif, skb, true);
    }
    using stages = Stages<Stage<"sockets bound to this very address", &Self::exact, cost::check>,
                          Stage<"else sockets bound to any address", &Self::wildcard, cost::check>>;
};

struct udp4_lib_lookup2 : args::udp4_lib_lookup2 {
    using Self = udp4_lib_lookup2;
    SocketId sk;

    /// compute_score(): -1 no match; more for a socket that says more about its peer.
    int score(const Socket& s) const {
        if (s.closed || s.sport != hnum) return -1;
        if (any ? s.saddr.version != 0 : s.saddr.version != 4 || s.saddr.v4().value != daddr) return -1;
        int points = s.version == 4 ? 2 : 1;
        if (s.daddr.version != 0) {
            if (s.daddr.version != 4 || s.daddr.v4().value != saddr) return -1;
            points += 4;
        }
        if (s.dport != 0) {
            if (s.dport != sport) return -1;
            points += 4;
        }
        return points;
    }
    Next search(K& k) {
        int best = 0;
        k.machine.sockets.each([&](SocketId id, const Socket& s) {
            const int points = score(s);
            if (points > best) {
                best = points;
                sk = id;
            }
        });
        if (!sk || k.socket(sk).daddr.version != 0) return ret(sk);
        return k.call<&Self::group>(fn::inet_lookup_reuseport, sk, skb);
    }
    Next group(K&, SocketId other) { return ret(other ? other : sk); }
    using stages = Stages<Stage<"score the sockets of the hash chain", &Self::search, cost::lookup>,
                          Stage<"the best one, or one of its group", &Self::group, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("sk", s.sk, Unit::none, "the best socket");
    }
};

struct inet_lookup_reuseport : args::inet_lookup_reuseport {
    using Self = inet_lookup_reuseport;

    Next look(K&) { return ret(SocketId{}); }
    using stages = Stages<Stage<"the socket shares its port with nobody", &Self::look, cost::check>>;
};

struct __udp4_lib_mcast_deliver : args::__udp4_lib_mcast_deliver {
    using Self = __udp4_lib_mcast_deliver;
    SocketId first, sk;
    std::uint16_t port;

    bool takes(const K& k, const Socket& s) const {
        if (s.closed || s.sport != port) return false;
        if (s.saddr.version != 0 && (s.saddr.version != 4 || s.saddr.v4() != net::ipDaddr(k, skb))) return false;
        if (s.daddr.version != 0 && (s.daddr.version != 4 || s.daddr.v4() != net::ipSaddr(k, skb))) return false;
        return s.dport == 0 || s.dport == net::udpHeader(k, skb).source;
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
        return k.call<&Self::queued>(fn::udp_queue_rcv_skb, sk, clone);
    }
    Next queued(K& k, std::int32_t) { return each(k); }
    Next last(K& k) {
        if (first) return k.returns(fn::udp_queue_rcv_skb, first, std::exchange(skb, {}));
        ++k.counters().udp.IgnoredMulti;
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

struct udp_unicast_rcv_skb : args::udp_unicast_rcv_skb {
    using Self = udp_unicast_rcv_skb;

    Next queue(K& k) { return k.returns(fn::udp_queue_rcv_skb, sk, std::exchange(skb, {})); }
    using stages = Stages<Stage<"one receiver", &Self::queue, cost::check>>;
};

struct udp_queue_rcv_skb : args::udp_queue_rcv_skb {
    using Self = udp_queue_rcv_skb;

    Next segments(K& k) { return k.returns(fn::udp_queue_rcv_one_skb, sk, std::exchange(skb, {})); }
    using stages = Stages<Stage<"one datagram, not a GSO packet", &Self::segments, cost::check>>;
};

struct udp_queue_rcv_one_skb : args::udp_queue_rcv_one_skb {
    using Self = udp_queue_rcv_one_skb;

    Next filter(K& k) { return k.call<&Self::pull>(fn::sk_filter_trim_cap, sk, skb, std::uint32_t{udphdr::kSize}); }
    Next pull(K& k, std::int32_t) {
        const SkBuff& s = k.skb(skb);
        if (!s.csum_valid && s.ip_summed == IpSummed::CHECKSUM_NONE) {
            // udp_csum_pull_header(): the header's part of the sum is kept, the reader adds the data's
            const std::uint32_t sum = csumPartial(k.bytes(skb, s.data, udphdr::kSize), s.csum);
            k.write(skb).csum = sum;
        }
        return k.call<&Self::info>(fn::skb_pull_rcsum, skb, std::uint32_t{udphdr::kSize});
    }
    Next info(K& k, std::uint32_t) { return k.call<&Self::queue>(fn::ipv4_pktinfo_prepare, sk, skb); }
    Next queue(K& k) { return k.call<&Self::queued>(fn::__udp_enqueue_schedule_skb, sk, std::exchange(skb, {})); }
    Next queued(K& k, SkbId refused) {
        if (!refused) return ret(std::int32_t{0});
        UdpCounters& udp = k.counters().udp;
        ++udp.RcvbufErrors;
        ++udp.InErrors;
        return k.drop<&Self::dropped>(refused, Drop::SOCKET_RCVBUFF);
    }
    Next dropped(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"run the socket's filter", &Self::filter, cost::check>,
                          Stage<"take the UDP header off", &Self::pull, cost::check>,
                          Stage<"keep what recvmsg may ask for", &Self::info, cost::check>,
                          Stage<"__udp_queue_rcv_skb: charge it to the socket", &Self::queue, cost::check>,
                          Stage<"was there room?", &Self::queued, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

struct ipv4_pktinfo_prepare : args::ipv4_pktinfo_prepare {
    using Self = ipv4_pktinfo_prepare;

    Next prepare(K& k) {
        net::dropDst(k.write(skb));
        return ret();
    }
    using stages = Stages<Stage<"let go of the route: the queue may be long", &Self::prepare, cost::field>>;
};

struct __udp_enqueue_schedule_skb : args::__udp_enqueue_schedule_skb {
    using Self = __udp_enqueue_schedule_skb;

    Next room(K& k) {
        Socket& s = k.write(sk);
        // full means: more is charged than allowed. One packet always fits, whatever its size.
        if (s.sk_rmem_alloc > s.sk_rcvbuf) {
            ++s.sk_drops;
            return ret(std::exchange(skb, {}));
        }
        const auto size = static_cast<std::int32_t>(k.skb(skb).truesize);
        s.sk_rmem_alloc += size;
        if (size < s.sk_forward_alloc) return queue(k, true);
        return k.call<&Self::queue>(fn::__sk_mem_raise_allocated, sk, static_cast<std::uint32_t>(size));
    }
    Next queue(K& k, bool) {
        Socket& s = k.write(sk);
        s.sk_forward_alloc -= static_cast<std::int32_t>(k.skb(skb).truesize);
        k.pushBack(s.sk_receive_queue, std::exchange(skb, {}), SkbOwner::receive_queue);
        return k.call<&Self::done>(fn::sock_def_readable, sk);
    }
    Next done(K&) { return ret(SkbId{}); }
    using stages = Stages<Stage<"room in the receive buffer? charge truesize", &Self::room, cost::check>,
                          Stage<"onto sk_receive_queue", &Self::queue, cost::list_step>,
                          Stage<"return: the packet is queued", &Self::done, cost::check>>;
};

constexpr const char* kSource = "net/ipv4/udp.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(udp_v4_early_demux, kSource, "Lets a connected socket save the route lookup."),
    RS_DEFINE(udp_rcv, kSource, "UDP's handler."),
    RS_DEFINE(__udp4_lib_rcv, kSource, "Checks the UDP header and finds the socket."),
    RS_DEFINE(__udp4_lib_lookup, kSource, "Finds the socket for a pair of addresses and ports."),
    RS_DEFINE(udp4_lib_lookup2, kSource, "Scores the sockets that are bound to one address and port."),
    RS_DEFINE(inet_lookup_reuseport, "net/ipv4/inet_hashtables.c",
              "Chooses among sockets that share a port (SO_REUSEPORT)."),
    RS_DEFINE(__udp4_lib_mcast_deliver, kSource,
              "Gives a multicast or broadcast packet to every socket that wants it."),
    RS_DEFINE(udp_unicast_rcv_skb, kSource, "Hands a packet to its one socket."),
    RS_DEFINE(udp_queue_rcv_skb, kSource, "Splits a GSO packet into datagrams, if it is one."),
    RS_DEFINE(udp_queue_rcv_one_skb, kSource, "Queues one datagram at the socket, or drops it."),
    RS_DEFINE(ipv4_pktinfo_prepare, "net/ipv4/ip_sockglue.c",
              "Keeps what a reader may ask of the packet's way, and lets go of the route."),
    RS_DEFINE(__udp_enqueue_schedule_skb, kSource,
              "Charges a packet to the receive buffer, queues it and wakes the reader."),
};

}  // namespace

std::span<const FunctionInfo> udpFunctions() { return kFunctions; }

}  // namespace ringside
