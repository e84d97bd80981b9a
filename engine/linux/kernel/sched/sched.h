#pragma once
// What the files of kernel/sched share: flags of a wake-up and of queueing, and what a run queue says. Follows
// kernel/sched/sched.h of Linux 6.1.192.

#include <algorithm>
#include <bit>

#include "engine/linux/kernel.h"

namespace ringside::sched {

/// From which sleep a task is woken: any (TASK_NORMAL), or one that a signal may end (TASK_INTERRUPTIBLE).
inline constexpr std::uint32_t kTaskNormal = 3, kTaskInterruptible = 1;

/// Flags of a wake-up (wake_flags).
inline constexpr std::uint32_t kWfFork = 0x04;      ///< WF_FORK: the task is new
inline constexpr std::uint32_t kWfTtwu = 0x08;      ///< WF_TTWU: try_to_wake_up() asks
inline constexpr std::uint32_t kWfSync = 0x10;      ///< WF_SYNC: the waker goes to sleep soon
inline constexpr std::uint32_t kWfMigrated = 0x20;  ///< WF_MIGRATED: the task got another CPU

/// Flags of enqueue_task().
inline constexpr std::uint32_t kEnqueueWakeup = 0x01;    ///< ENQUEUE_WAKEUP: after a sleep
inline constexpr std::uint32_t kEnqueueMigrated = 0x40;  ///< ENQUEUE_MIGRATED: on another CPU than before

/// Flag of dequeue_task(): the task goes to sleep (DEQUEUE_SLEEP).
inline constexpr std::uint32_t kDequeueSleep = 0x01;

inline constexpr std::uint32_t kNice0Load = 1024;
inline constexpr std::uint32_t kSchedNrLatency = 8;

/// Whether the task's affinity has this CPU.
inline bool allowed(const Task& task, CpuNo n) { return task.cpus_mask.test(n); }

/// Whether the task may run on one CPU only (nr_cpus_allowed is 1).
inline bool pinned(const Machine& machine, const Task& task) {
    std::size_t count = 0;
    for (CpuNo n = 0; n < machine.cpus.size() && count < 2; ++n) count += task.cpus_mask.test(n) ? 1 : 0;
    return count < 2;
}

/// idle_cpu(): the idle task runs there, nobody waits, and nobody is on the way.
inline bool idleCpu(const Cpu& cpu) {
    return cpu.rq.curr == cpu.rq.idle && cpu.rq.nr_running == 0 && !cpu.rq.ttwu_pending;
}

/// The task's scheduling class.
inline const SchedClass& classOf(const Machine& machine, TaskId task) {
    return (*machine.sched_class)[machine.tasks[task].sched_class];
}

/// Differences of vruntime are signed, so that the counter may wrap.
inline bool before(std::uint64_t a, std::uint64_t b) { return static_cast<std::int64_t>(a - b) < 0; }
inline std::uint64_t later(std::uint64_t a, std::uint64_t b) { return before(a, b) ? b : a; }

/// Granularities grow with 1 + log2 of the CPUs, at most 8 (get_update_sysctl_factor).
inline std::uint64_t scaled(const Machine& machine, std::uint32_t ns) {
    const std::size_t cpus = std::min<std::size_t>(machine.cpus.size(), 8);
    return std::uint64_t{ns} * static_cast<std::uint64_t>(std::bit_width(cpus));
}

/// calc_delta_fair(): time as this weight sees it.
inline std::uint64_t deltaFair(std::uint64_t delta, std::uint32_t weight) {
    return weight == kNice0Load ? delta : delta * kNice0Load / weight;
}

/// sched_slice(): a task's share, by weight, of the period of `nr_running` tasks that weigh `load`; at least the
/// granularity.
inline std::uint64_t slice(const Machine& machine, std::uint32_t nr_running, std::uint64_t load, std::uint32_t weight) {
    const std::uint64_t granularity = scaled(machine, machine.sysctl->sched_min_granularity_ns);
    const std::uint64_t period =
        nr_running > kSchedNrLatency ? nr_running * granularity : scaled(machine, machine.sysctl->sched_latency_ns);
    return std::max(period * weight / std::max<std::uint64_t>(load, 1), granularity);
}

/// get_sd_balance_interval(): jiffies from one look at the loads to the next. The interval is the longest of the domain
/// (max_interval, 2 ms for each CPU), to which it grows as long as all is balanced; a busy CPU looks more seldom.
inline std::uint64_t balanceInterval(const Machine& machine, bool busy) {
    constexpr Time kBusyFactor = 16;
    const auto cpus = static_cast<Time>(machine.cpus.size());
    const Time length = 2 * kMillisecond * cpus * (busy ? kBusyFactor : 1);
    const Time most = cpus * kSecond / kJiffy / 10;  // max_load_balance_interval
    return static_cast<std::uint64_t>(std::clamp<Time>(jiffiesFor(length) - (busy ? 1 : 0), 1, most));
}

/// __enqueue_entity(): behind those with the same vruntime.
inline void insert(const Machine& machine, CfsRunQueue& cfs, TaskId task) {
    const std::uint64_t own = machine.tasks[task].se.vruntime;
    const auto place =
        std::upper_bound(cfs.timeline.begin(), cfs.timeline.end(), own,
                         [&](std::uint64_t v, TaskId other) { return before(v, machine.tasks[other].se.vruntime); });
    cfs.timeline.insert(place, task);
}

}  // namespace ringside::sched
