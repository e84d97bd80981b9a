#pragma once
// What the kernel keeps per CPU: pending interrupts and softirqs, softnet_data, the run queue. Follows
// include/linux/netdevice.h (softnet_data), include/linux/interrupt.h and kernel/sched/sched.h.

#include <array>
#include <string>
#include <vector>

#include "engine/core/fields.h"
#include "engine/core/types.h"
#include "engine/world/machine/rcu.h"
#include "engine/world/machine/timer.h"
#include "engine/world/net/napi.h"

namespace ringside {

/// Softirq vectors in the kernel's order.
enum class Softirq : std::uint8_t { HI, TIMER, NET_TX, NET_RX, BLOCK, IRQ_POLL, TASKLET, SCHED, HRTIMER, RCU, count_ };
std::string_view nameOf(Softirq vector);
inline constexpr std::size_t kSoftirqs = static_cast<std::size_t>(Softirq::count_);

/// Why one CPU interrupts another, and the CPU's own timer: the vectors of arch/x86/include/asm/irq_vectors.h.
enum class Ipi : std::uint8_t { timer = 0xec, call_function_single = 0xfb, reschedule = 0xfd };

/// An interrupt that the local APIC holds for its CPU.
struct PendingInterrupt {
    std::uint8_t vector = 0;
    Position cause = 0;  ///< seq of the event that raised it

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("vector", s.vector, Unit::hex, "entry of the IDT that it goes to");
        v("cause", s.cause, Unit::index, "number of the event that raised it");
    }
};

/// Fields of preempt_count (include/linux/preempt.h): bits 0-7 preemption disabled, 8-15 softirqs, 16-19 hard
/// interrupts, 20-23 NMI. Bit 8 alone says that a softirq is being served; local_bh_disable() counts in twos above it.
inline constexpr std::uint32_t kPreemptOffset = 1, kPreemptMask = 0xff, kSoftirqOffset = 0x100,
                               kSoftirqDisableOffset = 2 * kSoftirqOffset, kSoftirqMask = 0xff00,
                               kHardirqOffset = 0x10000, kHardirqMask = 0xf0000, kNmiMask = 0xf00000;

/// struct softnet_data.
struct SoftnetData {
    NapiList poll_list;       ///< NAPI instances that wait to be polled
    SkbList input_pkt_queue;  ///< backlog
    std::uint64_t processed = 0, dropped = 0, time_squeeze = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("poll_list", s.poll_list, Unit::none, "NAPI instances that wait to be polled");
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
    TaskId next{}, last{};         ///< buddies: who preempted at its wake-up, and whom it preempted
    TaskId skip{};                 ///< buddy that is passed over: it yielded

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("timeline", s.timeline, Unit::none, "waiting tasks, least vruntime first");
        v("min_vruntime", s.min_vruntime, Unit::nanoseconds, "never goes back; newcomers are placed near it");
        v("load", s.load, Unit::count, "sum of weights");
        v("nr_running", s.nr_running, Unit::count, "runnable tasks");
        v("curr", s.curr, Unit::none, "the running one");
        v("next", s.next, Unit::none, "next buddy: it preempted at its wake-up and is preferred");
        v("last", s.last, Unit::none, "last buddy: it was preempted among many and is to come back");
        v("skip", s.skip, Unit::none, "skip buddy: it yielded and is passed over once");
    }
};

/// struct rq: what a CPU has to run, for all scheduling classes.
struct RunQueue {
    TaskId curr{};                 ///< who runs, or has just been chosen to run
    TaskId idle{};                 ///< the CPU's idle task (swapper)
    std::uint32_t nr_running = 0;  ///< runnable tasks of all classes, the running one included
    bool ttwu_pending = false;     ///< tasks stand on the wake list, or leave it now
    Time clock = 0;                ///< the time as of the last look (update_rq_clock); what tasks used is counted by it
    bool clock_skip = false;       ///< schedule() comes next and need not look again (RQCF_REQ_SKIP)
    std::uint64_t next_balance = 0;  ///< jiffy from which the tick has loads looked at
    std::uint64_t last_balance = 0;  ///< jiffy at which they were (sd->last_balance)
    CfsRunQueue cfs;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("curr", s.curr, Unit::none, "who runs, or has just been chosen to run");
        v("idle", s.idle, Unit::none, "the CPU's idle task");
        v("nr_running", s.nr_running, Unit::count, "runnable tasks of all classes");
        v("ttwu_pending", s.ttwu_pending, Unit::none, "woken tasks are on the way to this queue");
        v("clock", s.clock, Unit::nanoseconds, "time by which the running task is accounted");
        v.hidden("clock_skip", s.clock_skip);
        v("next_balance", s.next_balance, Unit::count, "jiffy from which the tick has loads looked at");
        v("last_balance", s.last_balance, Unit::count, "jiffy at which they were");
        v("cfs", s.cfs, Unit::none, "run queue of CFS");
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
    TaskId ksoftirqd{};                 ///< its softirq daemon
    std::vector<PendingInterrupt> irr;  ///< interrupt request register, by vector: the last is taken first
    std::uint32_t softirq_pending = 0;  ///< bit per Softirq vector
    std::uint16_t irqs_disabled = 0;    ///< local_irq_disable() nesting, beside being in a hard interrupt
    std::uint32_t preempt_count = 1;    ///< see kPreemptMask and the others
    bool preempt_need_resched =
        false;             ///< TIF_NEED_RESCHED folded into this CPU's word; x86 keeps it inverted in bit 31
    bool waiting = false;  ///< halted, or user space computing: nothing to step until an interrupt or a time
    std::uint32_t wait_generation = 0;  ///< tells a stale cpu_ready from the current one
    Time interrupted_at = 0;            ///< when a wait was last cut short
    Time wait_since = 0;
    CpuTimers timers;
    RcuData rcu;
    std::vector<TaskId> wake_list;  ///< tasks another CPU queued here (ttwu_queue_wakelist)
    Position last_seq = 0;          ///< seq of its last event: the default cause of the next
    SoftnetData softnet;
    RunQueue rq;
    CpuTimes times;

    [[nodiscard]] std::uint32_t softirqCount() const { return preempt_count & kSoftirqMask; }
    [[nodiscard]] bool inServingSoftirq() const { return (preempt_count & kSoftirqOffset) != 0; }
    /// in_interrupt(): serving an interrupt or a softirq, or bottom halves are disabled.
    [[nodiscard]] bool inInterrupt() const { return (preempt_count & (kSoftirqMask | kHardirqMask | kNmiMask)) != 0; }
    /// in_task()
    [[nodiscard]] bool inTask() const { return (preempt_count & (kSoftirqOffset | kHardirqMask | kNmiMask)) == 0; }
    /// The local APIC takes an interrupt; one that is pending already stays as it is.
    void raise(std::uint8_t vector, Position cause);
    /// Takes back one that is pending, if it is.
    void withdraw(std::uint8_t vector);

    [[nodiscard]] std::string fieldKey() const { return std::to_string(id); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("id", s.id);
        v("current", s.current, Unit::none, "the current task");
        v("irr", s.irr, Unit::none, "interrupts pending in the local APIC; the highest vector is taken first");
        v("softirq_pending", s.softirq_pending, Unit::flags, "softirq vectors pending (0x8 is NET_RX)");
        v("irqs_disabled", s.irqs_disabled, Unit::count, "nesting of disabled interrupts");
        v("preempt_count", s.preempt_count, Unit::hex,
          "0xff preemption disabled, 0xff00 softirqs (0x100 serving one), 0xf0000 hard interrupts");
        v("preempt_need_resched", s.preempt_need_resched, Unit::none, "need_resched, as cond_resched() looks at it");
        const std::uint32_t softirqs = s.softirqCount();
        v("softirq_count", softirqs, Unit::hex, "0x100 serving softirqs, 0x200 each time bottom halves are disabled");
        const bool serving = s.inServingSoftirq();
        v("in_serving_softirq", serving, Unit::none, "a softirq is being served, not only kept off");
        v("waiting", s.waiting, Unit::none, "halted or computing");
        v("timers", s.timers, Unit::none, "timers, the tick and the clock");
        v("rcu_data", s.rcu, Unit::none, "what RCU keeps of this CPU");
        v("wake_list", s.wake_list, Unit::none, "tasks that another CPU woke for this one");
        v("softnet_data", s.softnet, Unit::none, "per-CPU network state");
        v("rq", s.rq, Unit::none, "run queue");
        v("times", s.times, Unit::none, "how its time was spent");
        v.hidden("ksoftirqd", s.ksoftirqd);
        v.hidden("wait_generation", s.wait_generation);
        v.hidden("interrupted_at", s.interrupted_at);
        v.hidden("wait_since", s.wait_since);
        v.hidden("last_seq", s.last_seq);
    }
};

}  // namespace ringside
