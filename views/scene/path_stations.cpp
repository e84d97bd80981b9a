#include "views/scene/path_stations.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "engine/linux/driver.h"
#include "engine/protocol/constants.h"
#include "engine/protocol/header_walk.h"

namespace ringside {
namespace {

constexpr auto kUp = PathLeg::receive;
constexpr auto kCall = StopKind::call, kHook = StopKind::hook, kQueue = StopKind::queue;
constexpr std::uint16_t kGro = queueBit(SkbOwner::gro_list) | queueBit(SkbOwner::rx_list);
constexpr std::uint16_t kSocket = queueBit(SkbOwner::receive_queue) | queueBit(SkbOwner::reader_queue);

constexpr const char *kDriver = QT_TRANSLATE_NOOP("Scene", "Driver"), *kCore = QT_TRANSLATE_NOOP("Scene", "Core"),
                     *kIpv4 = QT_TRANSLATE_NOOP("Scene", "IPv4"), *kIpv6 = QT_TRANSLATE_NOOP("Scene", "IPv6"),
                     *kUdp = QT_TRANSLATE_NOOP("Scene", "UDP"), *kSock = QT_TRANSLATE_NOOP("Scene", "Socket");

// A row: leg, layer and file, kind, name as drawn, functions that mean it, packets that pass it, queues that stand
// there, driver whose packets pass it. The rows of a layer stand together. A hook is run by the functions named. The
// first stop is the function by which the card's own driver takes frames out of the ring.
// clang-format off
constexpr StationRow kRows[] = {
    {kUp, kDriver, "", kCall, "", kCleanRx.data()},
    {kUp, kDriver, "", kCall, "napi_gro_receive", "napi_gro_receive", way::all, kGro},
    {kUp, kDriver, "", kCall, "napi_complete_done", "napi_complete_done"},
    {kUp, kCore, "dev.c", kCall, "netif_receive_skb_list_internal", "netif_receive_skb_list_internal __netif_receive_skb_list_core", way::all, queueBit(SkbOwner::backlog)},
    {kUp, kCore, "dev.c", kCall, "__netif_receive_skb_core", "__netif_receive_skb_core"},

    {kUp, kIpv4, "ip_input.c", kCall, "ip_list_rcv", "ip_list_rcv", way::ip4},
    {kUp, kIpv4, "ip_input.c", kCall, "ip_rcv_core", "ip_rcv_core", way::ip4},
    {kUp, kIpv4, "ip_input.c", kHook, "NF_INET_PRE_ROUTING", "ip_sublist_rcv", way::ip4},
    {kUp, kIpv4, "ip_input.c", kCall, "ip_rcv_finish_core", "ip_rcv_finish_core", way::ip4},
    {kUp, kIpv4, "ip_input.c", kCall, "ip_local_deliver", "ip_sublist_rcv_finish ip_local_deliver", way::ip4, queueBit(SkbOwner::fragment_queue)},
    {kUp, kIpv4, "ip_input.c", kHook, "NF_INET_LOCAL_IN", "", way::ip4},
    {kUp, kIpv4, "ip_input.c", kCall, "ip_local_deliver_finish", "ip_local_deliver_finish", way::ip4},
    {kUp, kIpv6, "ip6_input.c", kCall, "ipv6_list_rcv", "ipv6_list_rcv", way::ip6},
    {kUp, kIpv6, "ip6_input.c", kCall, "ip6_rcv_core", "ip6_rcv_core", way::ip6},
    {kUp, kIpv6, "ip6_input.c", kHook, "NF_INET_PRE_ROUTING", "ip6_sublist_rcv", way::ip6},
    {kUp, kIpv6, "ip6_input.c", kCall, "ip6_rcv_finish_core", "ip6_rcv_finish_core", way::ip6},
    {kUp, kIpv6, "ip6_input.c", kCall, "ip6_input", "ip6_sublist_rcv_finish ip6_input", way::ip6},
    {kUp, kIpv6, "ip6_input.c", kHook, "NF_INET_LOCAL_IN", "", way::ip6},
    {kUp, kIpv6, "ip6_input.c", kCall, "ip6_input_finish", "ip6_input_finish", way::ip6, queueBit(SkbOwner::fragment_queue)},

    {kUp, kUdp, "udp.c", kCall, "udp_rcv", "udp_rcv", way::udp4},
    {kUp, kUdp, "udp.c", kCall, "__udp4_lib_lookup", "__udp4_lib_lookup", way::udp4},
    {kUp, kUdp, "udp.c", kCall, "udp_queue_rcv_skb", "udp_unicast_rcv_skb __udp4_lib_mcast_deliver udp_queue_rcv_skb", way::udp4},
    {kUp, kUdp, "udp.c", kCall, "udpv6_rcv", "udpv6_rcv", way::udp6},
    {kUp, kUdp, "udp.c", kCall, "__udp6_lib_lookup", "__udp6_lib_lookup", way::udp6},
    {kUp, kUdp, "udp.c", kCall, "udpv6_queue_rcv_skb", "udp6_unicast_rcv_skb __udp6_lib_mcast_deliver udpv6_queue_rcv_skb", way::udp6},
    {kUp, kUdp, "udp.c", kCall, "__udp_enqueue_schedule_skb", "__udp_enqueue_schedule_skb", way::udp},
    {kUp, "ICMP", "icmp.c", kCall, "icmp_rcv", "icmp_rcv", way::icmp4},
    {kUp, "ICMP", "icmp.c", kCall, "icmp_echo", "icmp_echo", way::icmp4},
    {kUp, "ICMPv6", "icmp.c", kCall, "icmpv6_rcv", "icmpv6_rcv", way::icmp6},
    {kUp, "ICMPv6", "icmp.c", kCall, "ndisc_rcv", "ndisc_rcv", way::icmp6},
    {kUp, "TCP", "tcp_ipv4.c", kCall, "tcp_v4_rcv", "tcp_v4_rcv", way::tcp4},
    {kUp, "TCP", "tcp_ipv6.c", kCall, "tcp_v6_rcv", "tcp_v6_rcv", way::tcp6},
    {kUp, "ARP", "arp.c", kCall, "arp_rcv", "arp_rcv", way::arp},
    {kUp, "ARP", "arp.c", kCall, "arp_process", "arp_process", way::arp},

    {kUp, kSock, "sock.c", kQueue, "sk_receive_queue", "", way::udp, kSocket},
    {kUp, kSock, "sock.c", kCall, "sock_def_readable", "sock_def_readable", way::udp},
};
// clang-format on
std::vector<FunctionId> idsOf(std::string_view names, std::span<const FunctionInfo> functions) {
    std::vector<FunctionId> ids;
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(' '), names.size());
        const std::string_view name = names.substr(0, end);
        names.remove_prefix(std::min(end + 1, names.size()));
        const auto row = std::find_if(functions.begin(), functions.end(),
                                      [&](const FunctionInfo& info) { return info.name && info.name == name; });
        if (row != functions.end()) ids.push_back(row->id);
    }
    return ids;
}

/// Where packets leave the ring: the functions of all drivers, that of the card's own driver last and as its name.
RouteStop cleanRxStop(const StationRow& row, std::string_view driver, std::span<const FunctionInfo> functions) {
    RouteStop stop{&row, {}, {}};
    for (const Driver* one : drivers()) {
        if (one->name != driver) stop.functions.push_back(one->clean_rx);
    }
    const Driver* own = findDriver(driver);
    if (own) stop.functions.push_back(own->clean_rx);
    if (!stop.functions.empty()) stop.name = functions[stop.functions.back()].name;
    return stop;
}

}  // namespace

std::span<const StationRow> stationRows() { return kRows; }

PacketRoute::PacketRoute(std::span<const StationRow> rows, Ways ways, std::string_view driver,
                         std::span<const FunctionInfo> functions) {
    for (const StationRow& row : rows) {
        if ((row.ways & ways) == 0) continue;
        if (*row.driver != '\0' && row.driver != driver) continue;
        const bool same = !m_layers.empty() && m_layers.back().row->leg == row.leg &&
                          std::string_view(m_layers.back().row->layer) == row.layer;
        if (!same) m_layers.push_back({&row, false, {}});
        if (row.kind == StopKind::queue && (row.queues & kSocket) != 0) {
            m_layers.back().queue = true;  // drawn as the socket's queue, not as a stop
            continue;
        }
        m_layers.back().stops.push_back(row.functions == kCleanRx
                                            ? cleanRxStop(row, driver, functions)
                                            : RouteStop{&row, row.name, idsOf(row.functions, functions)});
        ++m_count;
    }
}

int PacketRoute::stopOf(FunctionId function) const {
    int index = 0;
    for (const RouteLayer& layer : m_layers) {
        for (const RouteStop& stop : layer.stops) {
            if (std::find(stop.functions.begin(), stop.functions.end(), function) != stop.functions.end()) return index;
            ++index;
        }
    }
    return -1;
}

int PacketRoute::stopOfQueue(SkbOwner owner) const {
    int index = 0;
    for (const RouteLayer& layer : m_layers) {
        for (const RouteStop& stop : layer.stops) {
            if ((stop.row->queues & queueBit(owner)) != 0) return index;
            ++index;
        }
    }
    return -1;
}

Ways waysOf(std::span<const std::uint8_t> frame) {
    const FrameHeaders headers = frameHeaders(frame);
    if (headers.network == HeaderKind::arp) return way::arp;
    if (headers.network == HeaderKind::ipv6) {
        return headers.protocol == IPPROTO_ICMPV6 ? way::icmp6
               : headers.protocol == IPPROTO_TCP  ? way::tcp6
                                                  : way::udp6;
    }
    return headers.protocol == IPPROTO_ICMP ? way::icmp4 : headers.protocol == IPPROTO_TCP ? way::tcp4 : way::udp4;
}

const PacketRoute& routeFor(Ways way, std::string_view driver, std::span<const FunctionInfo> functions) {
    // routes are made of the table alone, which lives as long as the program
    static std::map<std::tuple<const FunctionInfo*, Ways, std::string>, PacketRoute> made;
    auto key = std::tuple(functions.data(), way, std::string(driver));
    const auto known = made.find(key);
    if (known != made.end()) return known->second;
    return made.emplace(std::move(key), PacketRoute(kRows, way, driver, functions)).first->second;
}

QString layerName(const StationRow& row) { return QCoreApplication::translate("Scene", row.layer); }

}  // namespace ringside
