// Follows net/ipv6/tcp_ipv6.c of Linux 6.1.192, the door only. Modelled: the checks of a segment with their reasons and
// counters, closed ports. Left out: connections (a segment to a port in tcp_ports is consumed), the reset that a closed
// port sends (counted, not built).

#include "engine/linux/net/ipv4/tcp_rcv.h"

namespace ringside {

template <>
struct TcpFamily<true> {
    static constexpr auto do_rcv = fn::tcp_v6_do_rcv;
    static constexpr auto send_reset = fn::tcp_v6_send_reset;
    static std::uint32_t pseudo(const K& k, SkbId skb) {
        const ipv6hdr h = net::ipv6Header(k, skb);
        return csumIpv6Nofold(h.saddr, h.daddr, k.skb(skb).len, IPPROTO_TCP, 0);
    }
};

namespace {

using tcp_v6_early_demux = TcpEarlyDemux<true>;
using tcp_v6_rcv = TcpRcv<true>;
using tcp_v6_do_rcv = TcpDoRcv<true>;
using tcp_v6_send_reset = TcpSendReset<true>;

constexpr const char* kSource = "net/ipv6/tcp_ipv6.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(tcp_v6_early_demux, kSource, "Lets a connection save the route lookup."),
    RS_DEFINE(tcp_v6_rcv, kSource, "TCP's handler for IPv6: checks the segment and finds its socket."),
    RS_DEFINE(tcp_v6_do_rcv, kSource, "Gives a segment to its socket; the model takes it here."),
    RS_DEFINE(tcp_v6_send_reset, kSource, "Tells a sender that nobody is there (counted only)."),
};

}  // namespace

std::span<const FunctionInfo> tcpIpv6Functions() { return kFunctions; }

}  // namespace ringside
