#pragma once
// sysctl values that the modelled functions read, with the defaults of the recorded machine: those of the whole machine
// and those of one network namespace.

#include <cstdint>

#include "engine/core/fields.h"

namespace ringside {

/// Values of the machine.
struct Sysctl {
    std::uint32_t netdev_budget = 300;
    std::uint32_t netdev_budget_usecs = 8000;  ///< 2 jiffies at HZ=250
    std::uint32_t dev_weight = 64;
    std::uint32_t netdev_max_backlog = 1000;
    std::uint32_t rmem_default = 212992;
    std::uint32_t rmem_max = 212992;
    std::uint32_t gro_normal_batch = 8;
    std::uint32_t sched_latency_ns = 6'000'000, sched_min_granularity_ns = 750'000,
                  sched_wakeup_granularity_ns = 1'000'000;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("net.core.netdev_budget", s.netdev_budget, Unit::count, "packets that one net_rx_action may take");
        v("net.core.netdev_budget_usecs", s.netdev_budget_usecs, Unit::count, "microseconds it may take");
        v("net.core.dev_weight", s.dev_weight, Unit::count, "weight of the backlog device");
        v("net.core.netdev_max_backlog", s.netdev_max_backlog, Unit::count, "length of the backlog queue");
        v("net.core.rmem_default", s.rmem_default, Unit::bytes, "receive buffer of a new socket");
        v("net.core.rmem_max", s.rmem_max, Unit::bytes, "largest value that SO_RCVBUF takes");
        v("net.core.gro_normal_batch", s.gro_normal_batch, Unit::count, "packets after which the list goes up early");
        v("debug.sched.latency_ns", s.sched_latency_ns, Unit::nanoseconds,
          "period in which every task should run once, before scaling by CPUs");
        v("debug.sched.min_granularity_ns", s.sched_min_granularity_ns, Unit::nanoseconds,
          "least slice, before scaling");
        v("debug.sched.wakeup_granularity_ns", s.sched_wakeup_granularity_ns, Unit::nanoseconds,
          "least lead in vruntime for wake-up preemption, before scaling");
    }
};

/// Values of a network namespace.
struct NetSysctl {
    bool ip_forward = false;
    std::uint8_t rp_filter = 0;
    bool drop_unicast_in_l2_multicast = false;
    std::uint32_t ipfrag_time = 30;  ///< seconds

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("net.ipv4.ip_forward", s.ip_forward, Unit::none, "packets for others are forwarded");
        v("net.ipv4.conf.all.rp_filter", s.rp_filter, Unit::none, "source validation: 0 off, 1 strict, 2 loose");
        v("net.ipv4.conf.all.drop_unicast_in_l2_multicast", s.drop_unicast_in_l2_multicast, Unit::none,
          "a packet for one host that came in a frame for many is dropped");
        v("net.ipv4.ipfrag_time", s.ipfrag_time, Unit::count, "seconds an incomplete datagram is kept");
    }
};

/// Both as one list, as `sysctl -a` shows them; for those who set one by its name.
template <class V, class S, class N>
void describeSysctls(V& v, S& machine, N& net) {
    std::remove_const_t<S>::describe(v, machine);
    std::remove_const_t<N>::describe(v, net);
}

}  // namespace ringside
