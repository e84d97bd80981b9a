#include "engine/linux/register.h"

#include "engine/linux/functions.h"
#include "engine/protocol/constants.h"

namespace ringside {
namespace {

// One line a handler; nothing else has to know of it.
constexpr PacketHandler kPacketHandlers[] = {
    {ETH_P_IP, 0, fn::ip_rcv, fn::ip_list_rcv},
    {ETH_P_ARP, 0, fn::arp_rcv, {}},
    {ETH_P_IPV6, 0, fn::ipv6_rcv, fn::ipv6_list_rcv},
};
constexpr NetProtocol kInetProtocols[] = {
    {IPPROTO_ICMP, fn::icmp_rcv}, {IPPROTO_UDP, fn::udp_rcv}, {IPPROTO_TCP, fn::tcp_v4_rcv},
    {IPPROTO_IGMP, fn::igmp_rcv}, {IPPROTO_PIM, fn::pim_rcv},
};
constexpr NetProtocol kInet6Protocols[] = {
    {IPPROTO_UDP, fn::udpv6_rcv},
    {IPPROTO_TCP, fn::tcp_v6_rcv},
    {IPPROTO_ICMPV6, fn::icmpv6_rcv},
    {IPPROTO_FRAGMENT, fn::ipv6_frag_rcv},
    {IPPROTO_DSTOPTS, fn::ipv6_destopt_rcv},
    {IPPROTO_ROUTING, fn::ipv6_rthdr_rcv},
    {IPPROTO_NONE, fn::dst_discard_out},
    {IPPROTO_PIM, fn::pim6_rcv},
};

}  // namespace

PtypeId devAddPack(Machine& machine, NetNo net, const PacketHandler& handler) {
    const PtypeId id = machine.ptypes.alloc();
    machine.ptypes.write(id) = handler;
    const bool all = handler.type == ETH_P_ALL;
    Net& own = machine.net(net);
    if (handler.dev != 0) {
        NetDevice& dev = machine.device(handler.dev);
        std::vector<PtypeId>& list = all ? dev.ptype_all : dev.ptype_specific;
        list.insert(list.begin(), id);
    } else {
        std::vector<PtypeId>& list = (all ? own.ptype_all : own.ptype_base).write();
        list.insert(list.begin(), id);
    }
    return id;
}

void initNet(Machine& machine, NetNo net) {
    for (const PacketHandler& handler : kPacketHandlers) devAddPack(machine, net, handler);
    const DstId id = machine.dsts.alloc();
    machine.net(net).ip6_null_entry = id;
    DstEntry& null = machine.dsts.write(id);
    null.refcnt = 1;
    null.input = fn::ip6_pkt_discard;
    null.error = -101;  // ENETUNREACH
    null.dev = 1;       // lo
    null.rt_type = RouteType::RTN_UNREACHABLE;
    null.net = net;
}

void registerProtocols(Machine& machine) {
    machine.inet_protos.write().assign(std::begin(kInetProtocols), std::end(kInetProtocols));
    machine.inet6_protos.write().assign(std::begin(kInet6Protocols), std::end(kInet6Protocols));
    for (std::size_t n = 0; n < machine.nets.size(); ++n) initNet(machine, static_cast<NetNo>(n));
}

void initSocket(Socket& socket) {
    const bool v6 = socket.version == 6;
    socket.ops_recvmsg = v6 ? fn::inet6_recvmsg : fn::inet_recvmsg;
    socket.prot_recvmsg = v6 ? fn::udpv6_recvmsg : fn::udp_recvmsg;
    socket.sk_data_ready = fn::sock_def_readable;
}

}  // namespace ringside
