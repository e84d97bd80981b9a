#pragma once
// Inputs of the path scene for tests: packet 2 of a burst as it reaches UDP.

#include "views/scene/path_scene.h"

namespace ringside {

inline PathStation station(const char* name, const char* file, std::initializer_list<const char*> stops) {
    PathStation made{QString::fromUtf8(name), QLatin1String(file), {}};
    for (const char* stop : stops)
        made.stops.push_back({QLatin1String(stop),
                              std::string_view(stop).starts_with("NF_") ? StopKind::hook : StopKind::call,
                              StopState::next,
                              {}});
    return made;
}

/// The followed packet has come as far as stop `at` (counted over all stations), from `from`.
inline PathInput samplePath(int at = 11, int from = 10) {
    PathInput in;
    in.stations = {
        station("Driver", "e1000", {"e1000_clean_rx_irq", "napi_gro_receive", "napi_complete_done"}),
        station("Core", "dev.c", {"netif_receive_skb_list_internal", "__netif_receive_skb_core"}),
        station("IPv4", "ip_input.c",
                {"ip_rcv_core", "NF_INET_PRE_ROUTING", "ip_rcv_finish_core", "ip_local_deliver", "NF_INET_LOCAL_IN",
                 "ip_local_deliver_finish"}),
        station("UDP", "udp.c", {"udp_rcv", "__udp4_lib_lookup", "udp_queue_rcv_skb", "__udp_enqueue_schedule_skb"}),
        station("Socket", "sock.c", {"sock_def_readable"}),
    };
    in.stations.back().queue = true;
    int n = 0;
    for (PathStation& s : in.stations) {
        for (PathStop& stop : s.stops) {
            stop.state = n < at ? StopState::done : n == at ? StopState::current : StopState::next;
            if (n == at) s.current = true;
            ++n;
        }
    }
    in.followed = 2;
    in.followedFrom = {PathPlace::At::stop, from, 0};
    in.followedTo = {PathPlace::At::stop, at, 0};
    in.packets = {
        {5,
         CapsuleKind::other,
         {PathPlace::At::wire, 0, 0},
         {PathPlace::At::wire, 0, 0},
         QStringLiteral("on the wire")},
        {2, CapsuleKind::followed, in.followedFrom, in.followedTo, QStringLiteral("at udp_rcv, softirq on CPU 0")}};
    const auto line = [](const char* function, Tone tone) {
        return StackLine{QLatin1String(function), tone, {}, false};
    };
    StackCard busy{0, Tone::softirq, {}, QStringLiteral("cc1"), true};
    for (const char* f :
         {"udp_rcv", "ip_protocol_deliver_rcu", "ip_local_deliver_finish", "ip_local_deliver", "ip_sublist_rcv_finish",
          "ip_sublist_rcv", "ip_list_rcv", "__netif_receive_skb_list_core", "netif_receive_skb_list_internal",
          "napi_complete_done", "e1000_clean", "__napi_poll", "net_rx_action", "handle_softirqs"}) {
        busy.lines.push_back(line(f, Tone::softirq));
    }
    busy.lines.front().packet = QStringLiteral("2");
    busy.lines.push_back({QStringLiteral("cc1, interrupted"), Tone::user, {}, true});
    in.cpus = {busy, {1, Tone::idle, {line("do_idle", Tone::idle)}, {}, false}};
    in.tasks = {
        {QStringLiteral("cc1"), 388, QStringLiteral("TASK_RUNNING"), true, QStringLiteral("interrupted on CPU 0")},
        {QStringLiteral("udp-echo"), 412, QStringLiteral("TASK_INTERRUPTIBLE"), false,
         QStringLiteral("recvfrom(3, buf, 2048, 0, …)")}};
    in.reader = 1;
    in.cards.resize(1);
    PathCard& card = in.cards[0];
    card.nic = {QStringLiteral("eth0"), QStringLiteral("e1000"), {4}, 2};
    card.ring.nic = QStringLiteral("eth0");
    card.ring.followed = 2;
    for (int i = 0; i < 256; ++i) card.ring.cells.push_back({i, CellState::ready, 0, 0.5});
    card.ring.cells[0].state = CellState::no_buffer;
    card.ring.cells[1] = {1, CellState::cleaning, 2, 0};
    card.ring.cells[2] = {2, CellState::used, 3, 0};
    card.ring.cells[3] = {3, CellState::dma, 4, 0.5};
    card.ring.next_to_use = 0;
    card.ring.next_to_clean = 1;
    card.ring.old_next_to_clean = 0;
    card.ring.rdh = 3;
    card.ring.rdt = 255;
    card.dmaActive = true;
    card.irq = IrqState::masked;
    in.queue = {QStringLiteral("udp:7000"), {}, 2, 2, 0, 8192, 1280, {}};
    return in;
}

}  // namespace ringside
