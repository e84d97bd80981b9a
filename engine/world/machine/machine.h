#pragma once
// One computer: CPUs, memory, cards, tasks, and the network namespaces of its kernel.

#include <array>
#include <string>
#include <vector>

#include "engine/core/cow.h"
#include "engine/core/fields.h"
#include "engine/core/pool.h"
#include "engine/world/machine/cpu.h"
#include "engine/world/machine/irq.h"
#include "engine/world/machine/nic.h"
#include "engine/world/machine/sched_class.h"
#include "engine/world/net/dst.h"
#include "engine/world/net/net.h"
#include "engine/world/net/skb.h"
#include "engine/world/net/socket.h"
#include "engine/world/sysctl.h"
#include "engine/world/task.h"

namespace ringside {

struct Machine {
    std::string name;      ///< empty: it has none and is called by its number
    MachineNo number = 0;  ///< index into World::machines
    CpuNo first_cpu = 0;   ///< place of its CPU 0 in World::clock
    std::vector<Cow<Cpu>> cpus;
    Pool<Task, TaskId> tasks;
    std::vector<Cow<Nic>> nics;
    std::vector<Cow<IrqDesc>> irqs;
    Pool<Napi, NapiId, 8> napis;
    Pool<SkBuff, SkbId> skbs;
    Pool<Buffer, BufferId> buffers;
    Pool<Socket, SocketId> sockets;
    Pool<DstEntry, DstId> dsts;
    Pool<PacketHandler, PtypeId, 8> ptypes;
    Cow<std::vector<NetProtocol>> inet_protos, inet6_protos;
    Pool<TimerList, TimerId> timers;
    Pool<Hrtimer, HrtimerId> hrtimers;
    Pool<WaitQueueHead, WaitQueueHeadId, 8> wait_queues;  ///< those that stand in no other noun
    RcuState rcu;
    std::array<Fn<void()>, kSoftirqs> softirq_vec{};  ///< what each vector does (open_softirq)
    Cow<std::vector<SchedClass>> sched_class;         ///< highest first
    std::vector<Net> nets = std::vector<Net>(1);      ///< the first is init_net
    Cow<Sysctl> sysctl;
    std::uint32_t next_skb_id = 1;
    std::string oops;  ///< the line the kernel would print before BUG(); empty: all is well

    Cpu& cpu(CpuNo n) { return cpus[n].write(); }
    [[nodiscard]] const Cpu& cpu(CpuNo n) const { return *cpus[n]; }
    Net& net(NetNo n = 0) { return nets[n]; }
    [[nodiscard]] const Net& net(NetNo n = 0) const { return nets[n]; }
    /// The namespace in which a device is.
    [[nodiscard]] NetNo netOf(std::int32_t ifindex) const;
    // A device, or the card behind it; the ifindex must exist. The kernel follows a pointer, this looks through lists.
    NetDevice& device(std::int32_t ifindex);
    [[nodiscard]] const NetDevice& device(std::int32_t ifindex) const;
    /// The descriptor of an interrupt line, which must exist.
    IrqDesc& irq(std::uint32_t number);
    [[nodiscard]] const IrqDesc& irq(std::uint32_t number) const;
    Nic& nic(std::int32_t ifindex);
    [[nodiscard]] const Nic& nic(std::int32_t ifindex) const;
    /// The slot of the living sk_buff with this serial; none if it was freed.
    [[nodiscard]] SkbId findSkb(std::uint32_t id) const;

    [[nodiscard]] std::string fieldKey() const { return name.empty() ? std::to_string(number) : name; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("name", s.name);
        v.hidden("number", s.number);
        v.hidden("first_cpu", s.first_cpu);
        v("cpu", s.cpus, Unit::none, "per-CPU state");
        v("task", s.tasks, Unit::none, "tasks");
        v("nic", s.nics, Unit::none, "network cards");
        v("irq", s.irqs, Unit::none, "interrupt lines");
        v("napi", s.napis, Unit::none, "napi_struct");
        v("skb", s.skbs, Unit::none, "living sk_buffs");
        v("buffer", s.buffers, Unit::none, "data buffers");
        v("socket", s.sockets, Unit::none, "sockets");
        v("dst", s.dsts, Unit::none, "dst_entries");
        v("ptype", s.ptypes, Unit::none, "handlers of network protocols, and taps (packet_type)");
        v("inet_protos", s.inet_protos, Unit::none, "who takes packets of which protocol over IPv4");
        v("inet6_protos", s.inet6_protos, Unit::none, "who takes packets of which protocol over IPv6");
        v("timer", s.timers, Unit::none, "timers of the wheels");
        v("hrtimer", s.hrtimers, Unit::none, "timers of high resolution");
        v("wait_queue", s.wait_queues, Unit::none, "wait queues that stand by themselves");
        v("rcu_state", s.rcu, Unit::none, "grace periods");
        v("softirq_vec", s.softirq_vec, Unit::none, "what each softirq vector does");
        v("sched_class", s.sched_class, Unit::none, "scheduling classes, highest first");
        v("sysctl", s.sysctl, Unit::none, "kernel settings");
        v.spread("net", s.nets, "network namespaces");
        v.hidden("next_skb_id", s.next_skb_id);
        v("oops", s.oops, Unit::none, "kernel panic line");
    }
};

}  // namespace ringside
