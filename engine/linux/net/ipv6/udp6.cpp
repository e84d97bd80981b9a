// Follows net/ipv6/udp.c of Linux 6.1.192 from udpv6_rcv() to the socket. What it does as IPv4 does is in
// ipv4/udp_rcv.h; the queue and its accounting are IPv4's (ipv4/udp.cpp). Left out: as in IPv4.

#include "engine/linux/net/ipv4/udp_rcv.h"

namespace ringside {
namespace {

using udp_v6_early_demux = UdpEarlyDemux<true, args::udp_v6_early_demux>;

struct udpv6_rcv : args::udpv6_rcv {
    using Self = udpv6_rcv;

    Next receive(K& k) { return k.returns(fn::__udp6_lib_rcv, std::exchange(skb, {}), std::uint32_t{IPPROTO_UDP}); }
    using stages = Stages<Stage<"UDP, not UDP-Lite", &Self::receive, cost::check>>;
};

using __udp6_lib_rcv = UdpLibRcv<true, args::__udp6_lib_rcv>;

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

using udp6_lib_lookup2 = UdpLookup2<true, args::udp6_lib_lookup2>;
using inet6_lookup_reuseport = LookupReuseport<true, args::inet6_lookup_reuseport>;
using __udp6_lib_mcast_deliver = UdpMcastDeliver<true, args::__udp6_lib_mcast_deliver>;
using udp6_unicast_rcv_skb = UdpUnicastRcv<true, args::udp6_unicast_rcv_skb>;
using udpv6_queue_rcv_skb = UdpQueueRcv<true, args::udpv6_queue_rcv_skb>;
using udpv6_queue_rcv_one_skb = UdpQueueRcvOne<true, args::udpv6_queue_rcv_one_skb>;

constexpr const char* kSource = "net/ipv6/udp.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(udp_v6_early_demux, kSource, "Lets a connected socket save the route lookup."),
    RS_DEFINE(udpv6_rcv, kSource, "UDP's handler for IPv6."),
    RS_DEFINE(__udp6_lib_rcv, kSource, "Checks the UDP header and finds the socket."),
    RS_DEFINE(__udp6_lib_lookup, kSource, "Finds the socket for a pair of addresses and ports."),
    RS_DEFINE(udp6_lib_lookup2, kSource, "Scores the sockets that are bound to one address and port."),
    RS_DEFINE(inet6_lookup_reuseport, "net/ipv6/inet6_hashtables.c",
              "Chooses among sockets of IPv6 that share a port (SO_REUSEPORT)."),
    RS_DEFINE(__udp6_lib_mcast_deliver, kSource, "Gives a multicast packet to every socket that wants it."),
    RS_DEFINE(udp6_unicast_rcv_skb, kSource, "Hands a packet to its one socket."),
    RS_DEFINE(udpv6_queue_rcv_skb, kSource, "Splits a GSO packet into datagrams, if it is one."),
    RS_DEFINE(udpv6_queue_rcv_one_skb, kSource, "Queues one datagram at the socket, or drops it."),
};

}  // namespace

std::span<const FunctionInfo> udp6Functions() { return kFunctions; }

}  // namespace ringside
