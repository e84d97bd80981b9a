#pragma once
// What net/ipv4/udp.c and net/ipv6/udp.c of Linux 6.1.192 do alike, from the handler to the socket: one text for both
// families, kV6 where they differ. A hash chain is walked from the socket that was bound last, as the kernel's are.

#include "engine/linux/net/ipv4/udp_sum.h"

namespace ringside {

/// For whom a datagram is, as the searches compare it.
struct UdpTuple {
    IpAddr saddr, daddr;
    std::uint16_t sport = 0, dport = 0;
    std::int32_t dif = 0;
    NetNo net = 0;
};

inline NetNo netOfDevice(const K& k, std::int32_t dev) {
    return k.machine.nets.size() == 1 ? NetNo{0} : k.machine.netOf(dev);
}

template <bool kV6>
UdpTuple udpTuple(const K& k, SkbId skb) {
    const udphdr uh = net::udpHeader(k, skb);
    const std::int32_t dev = k.skb(skb).dev;
    UdpTuple t{{}, {}, uh.source, uh.dest, dev, netOfDevice(k, dev)};
    if constexpr (kV6) {
        const ipv6hdr h = net::ipv6Header(k, skb);
        t.saddr = IpAddr::of(h.saddr);
        t.daddr = IpAddr::of(h.daddr);
    } else {
        t.saddr = IpAddr::of(net::ipSaddr(k, skb));
        t.daddr = IpAddr::of(net::ipDaddr(k, skb));
    }
    return t;
}

/// compute_score(): -1 no match; more for a socket that says more about its peer. `any`: among sockets bound to any
/// address, else among those bound to this one.
template <bool kV6>
int computeScore(const Socket& s, const UdpTuple& t, bool any) {
    constexpr int step = kV6 ? 1 : 4;
    if (s.sport != t.dport || s.closed || s.net != t.net || (kV6 && s.version != 6)) return -1;
    if (any ? s.saddr.version != 0 : s.saddr != t.daddr) return -1;
    int points = kV6 ? 0 : s.version == 4 ? 2 : 1;
    if (s.daddr.version != 0) {
        if (s.daddr != t.saddr) return -1;
        points += step;
    }
    if (s.dport != 0) {
        if (s.dport != t.sport) return -1;
        points += step;
    }
    if (s.sk_bound_dev_if != 0) {
        if (s.sk_bound_dev_if != t.dif) return -1;
        points += step;
    }
    return points;
}

/// __udp_is_mcast_sock(): whether a socket takes a packet for many. It need not have joined the group itself
/// (IP_MULTICAST_ALL is on).
template <bool kV6>
bool isMcastSock(const Socket& s, const UdpTuple& t) {
    if (s.sport != t.dport || s.closed || s.net != t.net || (kV6 && s.version != 6)) return false;
    if (s.saddr.version != 0 && s.saddr != t.daddr) return false;
    if (s.daddr.version != 0 && s.daddr != t.saddr) return false;
    if (s.sk_bound_dev_if != 0 && s.sk_bound_dev_if != t.dif) return false;
    return s.dport == 0 || s.dport == t.sport;
}

/// The socket bound next before `from` for which `wanted` holds; from none: the last one.
template <class F>
SocketId socketBefore(const K& k, SocketId from, F wanted) {
    const auto& sockets = std::as_const(k.machine.sockets);
    for (std::uint32_t slot = from ? from.slot : sockets.top() + 1; slot-- > 1;) {
        if (sockets.live(SocketId{slot}) && wanted(sockets[SocketId{slot}])) return SocketId{slot};
    }
    return {};
}

template <bool kV6, class Args>
struct UdpEarlyDemux : Args {
    using Self = UdpEarlyDemux;
    using Args::ret, Args::skb;

    Next look(K& k) {
        const SkBuff& s = k.skb(skb);
        SocketId found{};
        bool group = false;
        if (net::linearHas(s, s.transport_header, udphdr::kSize)) {
            if (s.pkt_type == PacketType::PACKET_HOST) found = connected(k);
            group = !kV6 && s.pkt_type == PacketType::PACKET_MULTICAST;
            if (group) found = onlyOne(k);
        }
        if (found) {
            SkBuff& taken = k.write(skb);
            taken.sk = found;
            taken.destructor = fn::sock_efree;
            const Socket& sk = k.socket(found);
            if (sk.sk_rx_dst) net::dstSetNoref(taken, sk.sk_rx_dst);
            if constexpr (!kV6) {
                // who is not connected to the sender has it validated for each packet
                if (sk.sk_rx_dst && group && sk.daddr.version == 0)
                    return k.returns(fn::ip_mc_validate_source, skb, taken.dev);
            }
        }
        if constexpr (kV6)
            return ret();
        else
            return ret(std::int32_t{0});
    }

    /// __udp4_lib_demux_lookup(): only the first socket of the chain is looked at.
    SocketId connected(const K& k) const {
        const UdpTuple t = udpTuple<kV6>(k, skb);
        const SocketId first = socketBefore(k, {}, [&](const Socket& s) {
            return s.sport == t.dport && !s.closed && s.net == t.net && s.saddr == t.daddr;
        });
        if (!first) return {};
        const Socket& s = k.socket(first);
        const bool match =
            s.daddr == t.saddr && s.dport == t.sport && (s.sk_bound_dev_if == 0 || s.sk_bound_dev_if == t.dif);
        return match ? first : SocketId{};
    }
    /// __udp4_lib_mcast_demux_lookup(): the one socket that takes the group, if it is the only one.
    SocketId onlyOne(const K& k) const {
        const UdpTuple t = udpTuple<false>(k, skb);
        if (!net::checkMc(k.machine, t.daddr, t.dif)) return {};
        const auto takes = [&](const Socket& s) { return isMcastSock<false>(s, t); };
        const SocketId one = socketBefore(k, {}, takes);
        return one && !socketBefore(k, one, takes) ? one : SocketId{};
    }
    using stages = Stages<Stage<"is there a connected socket for it?", &Self::look, cost::lookup>>;
};

/// What the handler calls: checks the UDP header and finds the socket.
template <bool kV6, class Args>
struct UdpLibRcv : Args {
    using Self = UdpLibRcv;
    using Args::ret, Args::skb;
    SocketId stolen;

    Next validate(K& k) {
        const SkBuff& old = k.skb(skb);
        if (net::mustPull(old, udphdr::kSize))
            return k.call<&Self::validate>(fn::__pskb_pull_tail, skb, udphdr::kSize - old.headlen());
        if (!net::mayPull(old, udphdr::kSize)) return discard(k, Drop::NOT_SPECIFIED);
        std::uint32_t ulen = net::udpHeader(k, skb).len;
        if (ulen > old.len) return discard(k, Drop::PKT_TOO_SMALL);
        if (kV6 && ulen == 0) ulen = old.len;  // a jumbogram says its length elsewhere
        if (ulen < udphdr::kSize) return discard(k, Drop::PKT_TOO_SMALL);
        if (ulen < old.len) {
            if (k.buffer(old.head).frag_list) return discard(k, Drop::PKT_TOO_SMALL);  // cutting that is left out
            net::trimRcsum(k, skb, ulen);
        }
        return next<&Self::checksum>();
    }
    Next checksum(K& k) {
        if (!net::checksumInit(k, skb, zero(k), pseudo(k))) return badChecksum(k, Drop::UDP_CSUM);
        return next<&Self::lookup>();
    }
    Next lookup(K& k) {
        if (k.skb(skb).sk) {
            // skb_steal_sock(): the reference that early demultiplexing took goes over
            k.write(skb).destructor = {};
            stolen = std::exchange(k.write(skb).sk, SocketId{});
            if (k.socket(stolen).sk_rx_dst == k.skb(skb).dst) return found(k, stolen);
            return k.call<&Self::kept>(fn::udp_sk_rx_dst_set, stolen, k.skb(skb).dst);
        }
        if constexpr (kV6) {
            if (net::ipv6Header(k, skb).daddr.isMulticast())
                return k.returns(fn::__udp6_lib_mcast_deliver, std::exchange(skb, {}));
            return k.call<&Self::found>(fn::__udp6_lib_lookup, skb);
        } else {
            const RouteType type = net::rtType(k, k.skb(skb));
            if (type == RouteType::RTN_BROADCAST || type == RouteType::RTN_MULTICAST)
                return k.returns(fn::__udp4_lib_mcast_deliver, std::exchange(skb, {}));
            const udphdr uh = net::udpHeader(k, skb);
            return k.call<&Self::found>(fn::__udp4_lib_lookup, net::ipSaddr(k, skb).value, uh.source,
                                        net::ipDaddr(k, skb).value, uh.dest, k.skb(skb).dev, skb);
        }
    }
    Next kept(K& k, bool) { return found(k, std::exchange(stolen, {})); }
    Next found(K& k, SocketId sk) {
        if (sk) {
            if (kV6 && zero(k)) return badChecksum(k, Drop::UDP_CSUM);  // IPv6 has no header checksum: UDP's is a must
            return k.returns(kV6 ? fn::udp6_unicast_rcv_skb : fn::udp_unicast_rcv_skb, sk, std::exchange(skb, {}));
        }
        // nobody listens; a bad checksum is dropped silently, otherwise the sender is told
        if ((kV6 && zero(k)) || !net::checksumComplete(k, skb))
            return badChecksum(k, kV6 ? Drop::NO_SOCKET : Drop::UDP_CSUM);
        ++udp(k).NoPorts;
        if constexpr (kV6)
            return k.call<&Self::nobody>(fn::icmp6_send, skb, std::uint32_t{ICMPV6_DEST_UNREACH},
                                         std::uint32_t{ICMPV6_PORT_UNREACH});
        else
            return k.call<&Self::nobody>(fn::__icmp_send, skb, std::uint32_t{ICMP_DEST_UNREACH},
                                         std::uint32_t{ICMP_PORT_UNREACH});
    }
    Next nobody(K& k) { return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NO_SOCKET); }
    Next dropped(K&) { return ret(std::int32_t{0}); }

    static UdpCounters& udp(K& k) { return kV6 ? k.counters().udp6 : k.counters().udp; }
    bool zero(const K& k) const { return net::udpHeader(k, skb).check == 0; }
    std::uint32_t pseudo(const K& k) const {
        const std::uint32_t len = k.skb(skb).len;
        if constexpr (kV6) {
            const ipv6hdr h = net::ipv6Header(k, skb);
            return csumIpv6Nofold(h.saddr, h.daddr, len, IPPROTO_UDP, 0);
        } else {
            return csumTcpUdpNofold(net::ipSaddr(k, skb), net::ipDaddr(k, skb), len, IPPROTO_UDP, 0);
        }
    }
    Next badChecksum(K& k, Drop reason) {
        ++udp(k).InCsumErrors;
        return discard(k, reason);
    }
    Next discard(K& k, Drop reason) {
        ++udp(k).InErrors;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), reason);
    }
    using stages =
        Stages<Stage<"check the length, cut what is beyond it", &Self::validate, cost::check>,
               Stage<"skb_checksum_init: is the checksum settled?", &Self::checksum, cost::check>,
               Stage<"look for a socket", &Self::lookup, cost::check>,
               Stage<"early demultiplexing found it: the next packet gets this route", &Self::kept, cost::check>,
               Stage<"hand it to the socket", &Self::found, cost::check>,
               Stage<"no socket", &Self::nobody, cost::check>,
               Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("stolen", s.stolen);
    }
};

/// The search in one hash chain: the best score wins, the socket bound last among equals; a socket that shares its port
/// gives the choice to its group at once.
template <bool kV6, class Args>
struct UdpLookup2 : Args {
    using Self = UdpLookup2;
    using Args::ret, Args::skb, Args::any;
    SocketId sk, result;
    std::int8_t badness;

    Next search(K& k) {
        const UdpTuple t = udpTuple<kV6>(k, skb);
        if (!sk) badness = kV6 ? -1 : 0;
        for (;;) {
            int points = 0;
            const SocketId better = socketBefore(k, sk, [&](const Socket& s) {
                points = computeScore<kV6>(s, t, any);
                return points > badness;
            });
            if (!better) return ret(result);
            sk = better;
            badness = static_cast<std::int8_t>(points);
            if (k.socket(sk).daddr.version == 0) break;
            result = sk;  // a connected socket
        }
        return k.call<&Self::group>(kV6 ? fn::inet6_lookup_reuseport : fn::inet_lookup_reuseport, sk, skb);
    }
    Next group(K& k, SocketId other) {
        if (other) return ret(other);
        result = sk;
        return search(k);
    }
    using stages =
        Stages<Stage<"score the sockets of the hash chain", &Self::search, cost::lookup>,
               Stage<"does its group choose another? else look for a better one", &Self::group, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("sk", s.sk, Unit::none, "the socket looked at");
        v("result", s.result, Unit::none, "the best so far");
        v("badness", s.badness, Unit::count, "its score");
    }
};

template <bool kV6, class Args>
struct UdpMcastDeliver : Args {
    using Self = UdpMcastDeliver;
    using Args::ret, Args::skb;
    SocketId first, sk;

    Next each(K& k) {
        const UdpTuple t = udpTuple<kV6>(k, skb);
        // over IPv6 a checksum of 0 is refused by every socket that did not ask for it
        const bool refused = kV6 && net::udpHeader(k, skb).check == 0;
        sk = socketBefore(k, sk, [&](const Socket& s) { return !refused && isMcastSock<kV6>(s, t); });
        if (!sk) return next<&Self::last>();
        if (first) return k.call<&Self::cloned>(fn::skb_clone, skb);
        first = sk;
        return next<&Self::each>();
    }
    Next cloned(K& k, SkbId clone) {
        k.write(clone).packet = 0;  // the fate of the wire packet is that of the original
        return k.call<&Self::each>(kQueue, sk, clone);
    }
    Next last(K& k) {
        if (first) return k.returns(kQueue, first, std::exchange(skb, {}));
        ++(kV6 ? k.counters().udp6 : k.counters().udp).IgnoredMulti;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next dropped(K&) { return ret(std::int32_t{0}); }

    static constexpr auto kQueue = kV6 ? fn::udpv6_queue_rcv_skb : fn::udp_queue_rcv_skb;
    using stages = Stages<Stage<"which socket wants it too?", &Self::each, cost::lookup>,
                          Stage<"a clone for that socket", &Self::cloned, cost::check>,
                          Stage<"the packet itself for the first", &Self::last, cost::check>,
                          Stage<"nobody wanted it", &Self::dropped, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("first", s.first, Unit::none, "the first socket that wants it");
        v("sk", s.sk, Unit::none, "the socket looked at");
    }
};

template <bool kV6, class Args>
struct UdpUnicastRcv : Args {
    using Self = UdpUnicastRcv;
    using Args::sk, Args::skb;

    Next queue(K& k) {
        return k.returns(kV6 ? fn::udpv6_queue_rcv_skb : fn::udp_queue_rcv_skb, sk, std::exchange(skb, {}));
    }
    using stages = Stages<Stage<"one receiver", &Self::queue, cost::check>>;
};

template <bool kV6, class Args>
struct UdpQueueRcv : Args {
    using Self = UdpQueueRcv;
    using Args::sk, Args::skb;

    Next segments(K& k) {
        return k.returns(kV6 ? fn::udpv6_queue_rcv_one_skb : fn::udp_queue_rcv_one_skb, sk, std::exchange(skb, {}));
    }
    using stages = Stages<Stage<"one datagram, not a GSO packet", &Self::segments, cost::check>>;
};

template <bool kV6, class Args>
struct UdpQueueRcvOne : Args {
    using Self = UdpQueueRcvOne;
    using Args::ret, Args::sk, Args::skb;

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
    Next info(K& k, std::uint32_t) {
        if constexpr (kV6) {
            if (const DstId dst = net::dstTake(k.write(skb))) return k.call<&Self::queue>(fn::dst_release, dst);
            return queue(k);
        } else {
            return k.call<&Self::queue>(fn::ipv4_pktinfo_prepare, sk, skb);
        }
    }
    Next queue(K& k) { return k.call<&Self::queued>(fn::__udp_enqueue_schedule_skb, sk, std::exchange(skb, {})); }
    Next queued(K& k, SkbId refused) {
        if (!refused) return ret(std::int32_t{0});
        UdpCounters& udp = kV6 ? k.counters().udp6 : k.counters().udp;
        ++udp.RcvbufErrors;
        ++udp.InErrors;
        return k.drop<&Self::dropped>(refused, Drop::SOCKET_RCVBUFF);
    }
    Next dropped(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"run the socket's filter", &Self::filter, cost::check>,
                          Stage<"take the UDP header off", &Self::pull, cost::check>,
                          Stage<"keep what recvmsg may ask for, let go of the route", &Self::info, cost::check>,
                          Stage<"__udp_queue_rcv_skb: charge it to the socket", &Self::queue, cost::check>,
                          Stage<"was there room?", &Self::queued, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

/// inet_lookup_reuseport() and inet6_lookup_reuseport(): the group's socket for this sender, by a hash of addresses and
/// ports (udp_ehashfn; the kernel's secret is random, the model's is 0). Connected sockets of the group are passed
/// over.
template <bool kV6, class Args>
struct LookupReuseport : Args {
    using Self = LookupReuseport;
    using Args::ret, Args::sk, Args::skb;

    Next look(K& k) {
        if (!k.socket(sk).reuseport) return ret(SocketId{});
        return next<&Self::select>();
    }
    Next select(K& k) {
        std::vector<SocketId> group;
        const Socket& mine = k.socket(sk);
        std::as_const(k.machine.sockets).each([&](SocketId id, const Socket& s) {
            const bool same = s.reuseport && !s.closed && s.net == mine.net && s.version == mine.version &&
                              s.saddr == mine.saddr && s.sport == mine.sport &&
                              s.sk_bound_dev_if == mine.sk_bound_dev_if;
            if (same) group.push_back(id);
        });
        const UdpTuple t = udpTuple<kV6>(k, skb);
        const std::uint32_t hash =
            jhash3(lastWord(t.daddr), lastWord(t.saddr), std::uint32_t{t.dport} << 16U | t.sport);
        std::size_t i = static_cast<std::size_t>(std::uint64_t{hash} * group.size() >> 32U);  // reciprocal_scale()
        for (std::size_t n = 0; n < group.size(); ++n, i = (i + 1) % group.size()) {
            if (k.socket(group[i]).daddr.version == 0) return ret(group[i]);
        }
        return ret(SocketId{});
    }

    static std::uint32_t lastWord(const IpAddr& a) {
        return a.version == 4 ? a.v4().value : loadBe32(a.v6().bytes.data() + 12);
    }
    /// jhash_3words() with 0 for a secret.
    static std::uint32_t jhash3(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
        const auto rol = [](std::uint32_t word, unsigned by) { return word << by | word >> (32U - by); };
        constexpr std::uint32_t initial = 0xdeadbeefU + 12;
        a += initial, b += initial, c += initial;
        c = (c ^ b) - rol(b, 14);
        a = (a ^ c) - rol(c, 11);
        b = (b ^ a) - rol(a, 25);
        c = (c ^ b) - rol(b, 16);
        a = (a ^ c) - rol(c, 4);
        b = (b ^ a) - rol(a, 14);
        return (c ^ b) - rol(b, 24);
    }
    using stages = Stages<Stage<"does the socket share its port?", &Self::look, cost::check>,
                          Stage<"the group's socket for this sender", &Self::select, cost::lookup>>;
};

}  // namespace ringside
