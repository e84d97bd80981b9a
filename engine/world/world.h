#pragma once
// Everything that can change, as one value: copied, compared, hashed, branched. No pointers, no closures, no Qt.

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/agenda.h"
#include "engine/core/cow.h"
#include "engine/core/event.h"
#include "engine/core/fields.h"
#include "engine/core/log.h"
#include "engine/core/min_tree.h"
#include "engine/core/pool.h"
#include "engine/core/rng.h"
#include "engine/world/machine/cpu.h"
#include "engine/world/machine/nic.h"
#include "engine/world/net/counters.h"
#include "engine/world/net/netdev.h"
#include "engine/world/net/route.h"
#include "engine/world/net/skb.h"
#include "engine/world/net/socket.h"
#include "engine/world/task.h"

namespace ringside {

/// What became of a packet.
enum class Fate : std::uint8_t { delivered, dropped, forwarded, consumed, ignored };
std::string_view nameOf(Fate fate);

/// The end of one packet's way, logged when it is reached.
struct PacketFate {
    std::uint32_t packet = 0;           ///< number on the wire, from 1
    FunctionId function = kNoFunction;  ///< where it ended
    Fate fate = Fate::ignored;
    Drop reason = Drop::NOT_DROPPED;
    Time time = 0;
    friend bool operator==(const PacketFate&, const PacketFate&) = default;
};

/// sysctl values that the modelled functions read, with the defaults of the recorded machine.
struct Sysctl {
    std::uint32_t netdev_budget = 300;
    std::uint32_t netdev_budget_usecs = 8000;  ///< 2 jiffies at HZ=250
    std::uint32_t dev_weight = 64;
    std::uint32_t netdev_max_backlog = 1000;
    std::uint32_t rmem_default = 212992;
    std::uint32_t gro_normal_batch = 8;
    bool ip_forward = false;
    std::uint8_t rp_filter = 0;
    std::uint32_t ipfrag_time = 30;  ///< seconds
    std::uint32_t sched_latency_ns = 6'000'000, sched_min_granularity_ns = 750'000,
                  sched_wakeup_granularity_ns = 1'000'000;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("net.core.netdev_budget", s.netdev_budget, Unit::count, "packets that one net_rx_action may take");
        v("net.core.netdev_budget_usecs", s.netdev_budget_usecs, Unit::count, "microseconds it may take");
        v("net.core.dev_weight", s.dev_weight, Unit::count, "weight of the backlog device");
        v("net.core.netdev_max_backlog", s.netdev_max_backlog, Unit::count, "length of the backlog queue");
        v("net.core.rmem_default", s.rmem_default, Unit::bytes, "receive buffer of a new socket");
        v("net.core.gro_normal_batch", s.gro_normal_batch, Unit::count, "packets after which the list goes up early");
        v("net.ipv4.ip_forward", s.ip_forward, Unit::none, "packets for others are forwarded");
        v("net.ipv4.conf.all.rp_filter", s.rp_filter, Unit::none, "source validation: 0 off, 1 strict, 2 loose");
        v("net.ipv4.ipfrag_time", s.ipfrag_time, Unit::count, "seconds an incomplete datagram is kept");
        v("debug.sched.latency_ns", s.sched_latency_ns, Unit::nanoseconds,
          "period in which every task should run once, before scaling by CPUs");
        v("debug.sched.min_granularity_ns", s.sched_min_granularity_ns, Unit::nanoseconds,
          "least slice, before scaling");
        v("debug.sched.wakeup_granularity_ns", s.sched_wakeup_granularity_ns, Unit::nanoseconds,
          "least lead in vruntime for wake-up preemption, before scaling");
    }
};

/// The traffic's place in the World: the frames themselves are Inputs.
struct Wire {
    std::uint64_t next = 0;            ///< index of the next frame to arrive
    bool pending = false;              ///< its arrival stands in the agenda
    bool held = false;                 ///< it waits until ring and receive buffers have room (pace `unlost`)
    Time shift = 0;                    ///< how far the traffic was delayed by that
    Cow<std::vector<Bytes>> injected;  ///< frames a learner put on the wire; numbered after the traffic's own

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("next", s.next, Unit::index, "index of the next frame");
        v("held", s.held, Unit::none, "the next frame waits for room");
        v("shift", s.shift, Unit::nanoseconds, "delay added so that nothing is lost by the model's own slowness");
    }
};

/// The whole state. Vectors hold parts behind copy-on-write handles; plain members are small.
struct World {
    Time now = 0;           ///< time of the last event
    Position position = 0;  ///< events so far
    Agenda agenda;
    Rng rng;
    MinTree clock;  ///< local time of each CPU; kNever: nothing to do
    std::vector<Cow<Cpu>> cpus;
    Pool<Task, TaskId> tasks;
    std::vector<Cow<Nic>> nics;
    std::vector<Cow<NetDevice>> devices;  ///< devices[i] goes with nics[i]
    Pool<SkBuff, SkbId> skbs;
    Pool<Buffer, BufferId> buffers;
    Pool<Socket, SocketId> sockets;
    Cow<std::vector<Route>> routes;
    Cow<std::vector<FragmentQueue>> fragments;
    Cow<Counters> counters;
    Cow<Sysctl> sysctl;
    Wire wire;
    std::uint32_t next_skb_id = 1;
    std::string oops;  ///< the line the kernel would print before BUG(); empty: all is well
    Log<PacketFate> fates;

    Cpu& cpu(CpuNo n) { return cpus[n].write(); }
    [[nodiscard]] const Cpu& cpu(CpuNo n) const { return *cpus[n]; }
    /// Index into nics and devices; ifindex must exist.
    [[nodiscard]] std::size_t deviceIndex(std::uint8_t ifindex) const;
    /// A CPU that waits goes on at `time` (an interrupt came, or its wait is over). Does nothing to one that is
    /// running.
    void resumeCpu(CpuNo n, Time time);
    /// The slot of the living sk_buff with this serial; none if it was freed.
    [[nodiscard]] SkbId findSkb(std::uint32_t id) const;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("time", s.now, Unit::nanoseconds, "model time");
        v("position", s.position, Unit::count, "events so far");
        v("cpu", s.cpus, Unit::none, "per-CPU state");
        v("task", s.tasks, Unit::none, "tasks");
        v("nic", s.nics, Unit::none, "network cards");
        v("dev", s.devices, Unit::none, "net_device");
        v("skb", s.skbs, Unit::none, "living sk_buffs");
        v("buffer", s.buffers, Unit::none, "data buffers");
        v("socket", s.sockets, Unit::none, "sockets");
        v("route", s.routes, Unit::none, "routing tables");
        v("fragment", s.fragments, Unit::none, "incomplete datagrams");
        v("counters", s.counters, Unit::none, "protocol counters");
        v("sysctl", s.sysctl, Unit::none, "kernel settings");
        v("wire", s.wire, Unit::none, "traffic");
        v("oops", s.oops, Unit::none, "kernel panic line");
        const std::uint64_t fates = s.fates.size();
        v("packets_done", fates, Unit::count, "packets whose way has ended");
    }
};

/// What a World hashes to: every described field, the call stacks and the pending future. Equal Worlds have equal
/// fingerprints in every build type.
std::uint64_t worldHash(const World& world);

}  // namespace ringside
