// Follows net/ipv4/tcp_ipv4.c of Linux 6.1.192, the door only. Modelled: the checks of a segment with their reasons and
// counters, closed ports. Left out: connections (a segment to a port in tcp_ports is consumed), the reset that a closed
// port sends (counted, not built).

#include "engine/linux/net/ipv4/tcp_rcv.h"

namespace ringside {

template <>
struct TcpFamily<false> {
    static constexpr auto do_rcv = fn::tcp_v4_do_rcv;
    static constexpr auto send_reset = fn::tcp_v4_send_reset;
    static std::uint32_t pseudo(const K& k, SkbId skb) {
        return csumTcpUdpNofold(net::ipSaddr(k, skb), net::ipDaddr(k, skb), k.skb(skb).len, IPPROTO_TCP, 0);
    }
};

namespace {

using tcp_v4_early_demux = TcpEarlyDemux<false>;
using tcp_v4_rcv = TcpRcv<false>;
using tcp_v4_do_rcv = TcpDoRcv<false>;
using tcp_v4_send_reset = TcpSendReset<false>;

constexpr const char* kSource = "net/ipv4/tcp_ipv4.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(tcp_v4_early_demux, kSource, "Lets a connection save the route lookup."),
    RS_DEFINE(tcp_v4_rcv, kSource, "TCP's handler: checks the segment and finds its socket."),
    RS_DEFINE(tcp_v4_do_rcv, kSource, "Gives a segment to its socket; the model takes it here."),
    RS_DEFINE(tcp_v4_send_reset, kSource, "Tells a sender that nobody is there (counted only)."),
};

}  // namespace

std::span<const FunctionInfo> tcpIpv4Functions() { return kFunctions; }

}  // namespace ringside
