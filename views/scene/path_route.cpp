#include "views/scene/path_route.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "engine/linux/functions.h"
#include "engine/protocol/byte_order.h"
#include "engine/protocol/constants.h"

namespace ringside {
namespace {

enum class Way : std::uint8_t { udp4, icmp4, tcp4, udp6, icmp6, tcp6, arp, count_ };

RouteLayer driver() {
    return {QT_TRANSLATE_NOOP("Scene", "Driver"),
            "e1000",
            {{"e1000_clean_rx_irq", {fn::k_e1000_clean_rx_irq}},
             {"napi_gro_receive", {fn::k_napi_gro_receive}},
             {"napi_complete_done", {fn::k_napi_complete_done}}}};
}
RouteLayer core() {
    return {QT_TRANSLATE_NOOP("Scene", "Core"),
            "dev.c",
            {{"netif_receive_skb_list_internal",
              {fn::k_netif_receive_skb_list_internal, fn::k___netif_receive_skb_list_core}},
             {"__netif_receive_skb_core", {fn::k___netif_receive_skb_core}}}};
}
RouteLayer ipv4() {
    return {QT_TRANSLATE_NOOP("Scene", "IPv4"),
            "ip_input.c",
            {{"ip_list_rcv", {fn::k_ip_list_rcv}},
             {"ip_rcv_core", {fn::k_ip_rcv_core}},
             {"NF_INET_PRE_ROUTING", {fn::k_ip_sublist_rcv}},
             {"ip_rcv_finish_core", {fn::k_ip_rcv_finish_core}},
             {"ip_local_deliver", {fn::k_ip_sublist_rcv_finish, fn::k_ip_local_deliver}},
             {"NF_INET_LOCAL_IN", {}},
             {"ip_local_deliver_finish", {fn::k_ip_local_deliver_finish}}}};
}
RouteLayer ipv6() {
    return {QT_TRANSLATE_NOOP("Scene", "IPv6"),
            "ip6_input.c",
            {{"ipv6_list_rcv", {fn::k_ipv6_list_rcv}},
             {"ip6_rcv_core", {fn::k_ip6_rcv_core}},
             {"NF_INET_PRE_ROUTING", {fn::k_ip6_sublist_rcv}},
             {"ip6_rcv_finish_core", {fn::k_ip6_rcv_finish_core}},
             {"ip6_input", {fn::k_ip6_sublist_rcv_finish, fn::k_ip6_input}},
             {"NF_INET_LOCAL_IN", {}},
             {"ip6_input_finish", {fn::k_ip6_input_finish}}}};
}
RouteLayer socket() {
    return {QT_TRANSLATE_NOOP("Scene", "Socket"), "sock.c", {{"sock_def_readable", {fn::k_sock_def_readable}}}, true};
}
RouteLayer udp4() {
    return {
        QT_TRANSLATE_NOOP("Scene", "UDP"),
        "udp.c",
        {{"udp_rcv", {fn::k_udp_rcv}},
         {"__udp4_lib_lookup", {fn::k___udp4_lib_lookup}},
         {"udp_queue_rcv_skb", {fn::k_udp_unicast_rcv_skb, fn::k___udp4_lib_mcast_deliver, fn::k_udp_queue_rcv_skb}},
         {"__udp_enqueue_schedule_skb", {fn::k___udp_enqueue_schedule_skb}}}};
}
RouteLayer udp6() {
    return {QT_TRANSLATE_NOOP("Scene", "UDP"),
            "udp.c",
            {{"udpv6_rcv", {fn::k_udpv6_rcv}},
             {"__udp6_lib_lookup", {fn::k___udp6_lib_lookup}},
             {"udpv6_queue_rcv_skb",
              {fn::k_udp6_unicast_rcv_skb, fn::k___udp6_lib_mcast_deliver, fn::k_udpv6_queue_rcv_skb}},
             {"__udp_enqueue_schedule_skb", {fn::k___udp_enqueue_schedule_skb}}}};
}

PacketRoute build(Way way) {
    switch (way) {
        case Way::udp4:
        case Way::count_:
            return {driver(), core(), ipv4(), udp4(), socket()};
        case Way::icmp4:
            return {driver(),
                    core(),
                    ipv4(),
                    {"ICMP", "icmp.c", {{"icmp_rcv", {fn::k_icmp_rcv}}, {"icmp_echo", {fn::k_icmp_echo}}}}};
        case Way::tcp4:
            return {driver(), core(), ipv4(), {"TCP", "tcp_ipv4.c", {{"tcp_v4_rcv", {fn::k_tcp_v4_rcv}}}}};
        case Way::udp6:
            return {driver(), core(), ipv6(), udp6(), socket()};
        case Way::icmp6:
            return {driver(),
                    core(),
                    ipv6(),
                    {"ICMPv6", "icmp.c", {{"icmpv6_rcv", {fn::k_icmpv6_rcv}}, {"ndisc_rcv", {fn::k_ndisc_rcv}}}}};
        case Way::tcp6:
            return {driver(), core(), ipv6(), {"TCP", "tcp_ipv6.c", {{"tcp_v6_rcv", {fn::k_tcp_v6_rcv}}}}};
        case Way::arp:
            return {driver(),
                    core(),
                    {"ARP", "arp.c", {{"arp_rcv", {fn::k_arp_rcv}}, {"arp_process", {fn::k_arp_process}}}}};
    }
    return {};
}

Way wayOf(std::span<const std::uint8_t> frame) {
    constexpr std::size_t kTypeAt = 12, kProtocol4 = 9, kNextHeader6 = 6;
    std::size_t at = kTypeAt;
    const auto type = [&]() -> unsigned {
        return frame.size() >= at + 2 ? static_cast<unsigned>(frame[at] << 8 | frame[at + 1]) : 0;
    };
    while (type() == ETH_P_8021Q || type() == ETH_P_8021AD) at += 4;
    const std::size_t header = at + 2;
    const auto byte = [&](std::size_t i) -> unsigned { return header + i < frame.size() ? frame[header + i] : 0; };
    switch (type()) {
        case ETH_P_ARP:
            return Way::arp;
        case ETH_P_IPV6:
            return byte(kNextHeader6) == IPPROTO_ICMPV6 ? Way::icmp6
                   : byte(kNextHeader6) == IPPROTO_TCP  ? Way::tcp6
                                                        : Way::udp6;
        default:
            return byte(kProtocol4) == IPPROTO_ICMP  ? Way::icmp4
                   : byte(kProtocol4) == IPPROTO_TCP ? Way::tcp4
                                                     : Way::udp4;
    }
}

}  // namespace

const PacketRoute& routeOf(std::span<const std::uint8_t> frame) {
    static const auto routes = [] {
        std::array<PacketRoute, static_cast<std::size_t>(Way::count_)> made;
        for (std::size_t i = 0; i < made.size(); ++i) made[i] = build(static_cast<Way>(i));
        return made;
    }();
    return routes[static_cast<std::size_t>(wayOf(frame))];
}

int stopOf(const PacketRoute& route, FunctionId function) {
    int index = 0;
    for (const RouteLayer& layer : route) {
        for (const RouteStop& stop : layer.stops) {
            if (std::find(stop.functions.begin(), stop.functions.end(), function) != stop.functions.end()) return index;
            ++index;
        }
    }
    return -1;
}

QString layerName(const RouteLayer& layer) { return QCoreApplication::translate("Scene", layer.name); }

}  // namespace ringside
