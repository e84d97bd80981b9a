// Follows net/ipv4/udp.c of Linux 6.1.192 from udp_rcv() to the socket: header checks, the two socket searches,
// multicast delivery, the receive buffer's accounting. The reader is in udp_recvmsg.cpp. Left out: UDP-Lite,
// encapsulation, socket filters, IPsec; the hash tables are the list of sockets. A packet that
// __udp_enqueue_schedule_skb() refuses is handed back as its result (functions.def).

#include "engine/linux/net/ipv4/udp_rcv.h"

namespace ringside {
namespace {

using udp_v4_early_demux = UdpEarlyDemux<false, args::udp_v4_early_demux>;

struct udp_sk_rx_dst_set : args::udp_sk_rx_dst_set {
    using Self = udp_sk_rx_dst_set;

    Next keep(K& k) {
        ++k.write(dst).refcnt;
        const DstId old = std::exchange(k.write(sk).sk_rx_dst, dst);
        return old ? k.call<&Self::done>(fn::dst_release, old) : done(k);
    }
    Next done(K&) { return ret(true); }
    using stages = Stages<Stage<"the socket keeps the route, with a reference", &Self::keep, cost::field>,
                          Stage<"the one before is given up", &Self::done, cost::check>>;
};

struct udp_rcv : args::udp_rcv {
    using Self = udp_rcv;

    Next receive(K& k) { return k.returns(fn::__udp4_lib_rcv, std::exchange(skb, {}), std::uint32_t{IPPROTO_UDP}); }
    using stages = Stages<Stage<"UDP, not UDP-Lite", &Self::receive, cost::check>>;
};

using __udp4_lib_rcv = UdpLibRcv<false, args::__udp4_lib_rcv>;

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

using udp4_lib_lookup2 = UdpLookup2<false, args::udp4_lib_lookup2>;
using inet_lookup_reuseport = LookupReuseport<false, args::inet_lookup_reuseport>;
using __udp4_lib_mcast_deliver = UdpMcastDeliver<false, args::__udp4_lib_mcast_deliver>;
using udp_unicast_rcv_skb = UdpUnicastRcv<false, args::udp_unicast_rcv_skb>;
using udp_queue_rcv_skb = UdpQueueRcv<false, args::udp_queue_rcv_skb>;
using udp_queue_rcv_one_skb = UdpQueueRcvOne<false, args::udp_queue_rcv_one_skb>;

struct ipv4_pktinfo_prepare : args::ipv4_pktinfo_prepare {
    using Self = ipv4_pktinfo_prepare;

    Next prepare(K& k) {
        if (const DstId dst = net::dstTake(k.write(skb))) return k.returns(fn::dst_release, dst);
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
        return k.call<&Self::done>(k.socket(sk).sk_data_ready, sk);
    }
    Next done(K&) { return ret(SkbId{}); }
    using stages = Stages<Stage<"room in the receive buffer? charge truesize", &Self::room, cost::check>,
                          Stage<"onto sk_receive_queue", &Self::queue, cost::list_step>,
                          Stage<"return: the packet is queued", &Self::done, cost::check>>;
};

constexpr const char* kSource = "net/ipv4/udp.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(udp_v4_early_demux, kSource, "Lets a connected socket save the route lookup."),
    RS_DEFINE(udp_sk_rx_dst_set, kSource, "Has a socket keep the route of its packets for early demultiplexing."),
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
