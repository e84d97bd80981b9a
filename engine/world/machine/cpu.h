#pragma once
// What the kernel keeps per CPU: pending interrupts and softirqs, softnet_data, the run queue. Follows
// include/linux/netdevice.h (softnet_data), include/linux/interrupt.h and kernel/sched/sched.h.

#include <array>
#include <string>
#include <vector>

#include "engine/core/fields.h"
#include "engine/core/types.h"
#include "engine/world/net/skb.h"

namespace ringside {

/// Softirq vectors in the kernel's order.
enum class Softirq : std::uint8_t { HI, TIMER, NET_TX, NET_RX, BLOCK, IRQ_POLL, TASKLET, SCHED, HRTIMER, RCU };
std::string_view nameOf(Softirq vector);
inline constexpr std::size_t kSoftirqs = 10;

/// Why one CPU interrupts another, and the CPU's own timer.
enum class Ipi : std::uint8_t { reschedule = 1, call_function_single = 2, timer = 4 };

/// struct softnet_data.
struct SoftnetData {
    std::vector<std::uint8_t> poll_list;  ///< ifindex of each device whose NAPI waits to be polled
    SkbList input_pkt_queue;              ///< backlog
    std::uint64_t processed = 0, dropped = 0, time_squeeze = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("poll_list", s.poll_list, Unit::index, "ifindex of the devices that wait to be polled");
        v("input_pkt_queue", s.input_pkt_queue, Unit::none, "backlog queue");
        v("processed", s.processed, Unit::count, "packets (softnet_stat, first column)");
        v("dropped", s.dropped, Unit::count, "backlog was full (second column)");
        v("time_squeeze", s.time_squeeze, Unit::count, "budget or time ran out (third column)");
    }
};

/// struct cfs_rq: the tasks that wait for the CPU, ordered by vruntime. The tree is kept as a sorted list: leftmost
/// first.
struct CfsRunQueue {
    std::vector<TaskId> timeline;
    std::uint64_t min_vruntime = 0;
    std::uint64_t load = 0;        ///< weights of all runnable tasks, the running one included
    std::uint32_t nr_running = 0;  ///< the running one included
    TaskId curr{};                 ///< running entity, if it is a CFS task

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("timeline", s.timeline, Unit::none, "waiting tasks, least vruntime first");
        v("min_vruntime", s.min_vruntime, Unit::nanoseconds, "never goes back; newcomers are placed near it");
        v("load", s.load, Unit::count, "sum of weights");
        v("nr_running", s.nr_running, Unit::count, "runnable tasks");
        v("curr", s.curr, Unit::none, "the running one");
    }
};

/// How the time of a CPU was spent, for charts.
struct CpuTimes {
    std::array<Time, 5> in{};  ///< by Context: idle, process, softirq, hardirq, user

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("idle", s.in[0], Unit::nanoseconds, "idle");
        v("system", s.in[1], Unit::nanoseconds, "in the kernel for a process");
        v("softirq", s.in[2], Unit::nanoseconds, "in softirqs");
        v("irq", s.in[3], Unit::nanoseconds, "in hard interrupts");
        v("user", s.in[4], Unit::nanoseconds, "in user space");
    }
};

struct Cpu {
    CpuNo id = 0;                       ///< its number in its machine
    TaskId current{};                   ///< whose stack it runs on
    TaskId idle{};                      ///< its idle task (swapper)
    TaskId ksoftirqd{};                 ///< its softirq daemon
    std::uint32_t irq_pending = 0;      ///< bit n: the NIC of ifindex n asks
    std::uint32_t ipi_pending = 0;      ///< Ipi bits
    std::uint32_t softirq_pending = 0;  ///< bit per Softirq vector
    std::uint16_t irqs_disabled = 0;    ///< local_irq_disable() nesting, beside being in a hard interrupt
    std::uint16_t softirq_count = 0;    ///< serving softirqs, or bottom halves disabled
    bool waiting = false;  ///< halted, or user space computing: nothing to step until an interrupt or a time
    std::uint32_t wait_generation = 0;  ///< tells a stale cpu_ready from the current one
    Time interrupted_at = 0;            ///< when a wait was last cut short
    Time wait_since = 0;
    bool tick_armed = false;               ///< a scheduler tick is due
    bool tick_due = false;                 ///< the pending timer interrupt is (also) the tick
    std::vector<TaskId> hrtimers_expired;  ///< sleepers whose hrtimer has run out, for the timer interrupt
    std::vector<TaskId> timers_expired;    ///< sleepers whose wheel timer has run out, for the TIMER softirq
    std::vector<SocketId> rcu_ready;       ///< closed sockets whose grace period is over, for the RCU softirq
    std::vector<TaskId> wake_list;         ///< tasks another CPU queued here (ttwu_queue_wakelist)
    Position last_seq = 0;                 ///< seq of its last event: the default cause of the next
    Position irq_cause = 0;                ///< seq of the event that raised what is pending
    SoftnetData softnet;
    CfsRunQueue cfs;
    CpuTimes times;

    [[nodiscard]] std::string fieldKey() const { return std::to_string(id); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("current", s.current, Unit::none, "the current task");
        v("irq_pending", s.irq_pending, Unit::flags, "device interrupts pending");
        v("ipi_pending", s.ipi_pending, Unit::flags, "inter-processor and timer interrupts pending");
        v("softirq_pending", s.softirq_pending, Unit::flags, "softirq vectors pending (0x8 is NET_RX)");
        v("irqs_disabled", s.irqs_disabled, Unit::count, "nesting of disabled interrupts");
        v("softirq_count", s.softirq_count, Unit::count, "serving softirqs, or bottom halves disabled");
        v("waiting", s.waiting, Unit::none, "halted or computing");
        v("hrtimers_expired", s.hrtimers_expired, Unit::none, "tasks whose hrtimer has run out");
        v("timers_expired", s.timers_expired, Unit::none, "tasks whose timer of the wheel has run out");
        v("rcu_ready", s.rcu_ready, Unit::none, "closed sockets that RCU may destroy");
        v("wake_list", s.wake_list, Unit::none, "tasks that another CPU woke for this one");
        v("softnet_data", s.softnet, Unit::none, "per-CPU network state");
        v("cfs", s.cfs, Unit::none, "run queue of CFS");
        v("times", s.times, Unit::none, "how its time was spent");
    }
};

}  // namespace ringside
