// Follows kernel/sched/fair.c of Linux 6.1.192, the Completely Fair Scheduler. Modelled: vruntime by weight,
// min_vruntime, placing of sleepers, wake-up preemption, slices at the tick, the choice of the leftmost task.
// Simplified: one flat run queue a CPU, the tree is a sorted list. Left out: groups and autogroups, bandwidth control,
// buddies (with fewer than eight tasks only the next buddy has a say, and it is then the leftmost task too), load
// tracking, balancing, NUMA.
#include <algorithm>
#include <bit>

#include "engine/linux/kernel.h"

namespace ringside {
namespace {

constexpr std::uint32_t kNice0Load = 1024;
constexpr std::uint32_t kSchedNrLatency = 8;

/// Differences of vruntime are signed, so that the counter may wrap.
bool before(std::uint64_t a, std::uint64_t b) { return static_cast<std::int64_t>(a - b) < 0; }
std::uint64_t later(std::uint64_t a, std::uint64_t b) { return before(a, b) ? b : a; }

/// Granularities grow with 1 + log2 of the CPUs, at most 8 (get_update_sysctl_factor).
std::uint64_t scaled(const K& k, std::uint32_t ns) {
    const std::size_t cpus = k.machine.cpus.size() < 8 ? k.machine.cpus.size() : 8;
    return std::uint64_t{ns} * static_cast<std::uint64_t>(std::bit_width(cpus));
}

/// calc_delta_fair(): time as this weight sees it.
std::uint64_t deltaFair(std::uint64_t delta, std::uint32_t weight) {
    return weight == kNice0Load ? delta : delta * kNice0Load / weight;
}

Cpu& rqOf(K& k, TaskId task) { return k.machine.cpu(k.task(task).cpu); }

void updateMinVruntime(const K& k, CfsRunQueue& cfs) {
    const bool running = cfs.curr && k.task(cfs.curr).on_rq;
    std::uint64_t vruntime = running ? k.task(cfs.curr).se.vruntime : cfs.min_vruntime;
    if (!cfs.timeline.empty()) {
        const std::uint64_t left = k.task(cfs.timeline.front()).se.vruntime;
        vruntime = running && before(vruntime, left) ? vruntime : left;
    }
    cfs.min_vruntime = later(cfs.min_vruntime, vruntime);
}

/// update_curr(): what the running task has used since the last time.
void updateCurr(K& k, CfsRunQueue& cfs) {
    if (!cfs.curr) return;
    SchedEntity& se = k.write(cfs.curr).se;
    const auto now = static_cast<std::uint64_t>(k.now());
    if (now <= se.exec_start) return;
    const std::uint64_t delta = now - se.exec_start;
    se.exec_start = now;
    se.sum_exec_runtime += delta;
    se.vruntime += deltaFair(delta, se.weight);
    updateMinVruntime(k, cfs);
}

/// __enqueue_entity(): behind those with the same vruntime.
void insert(const K& k, CfsRunQueue& cfs, TaskId task) {
    const std::uint64_t own = k.task(task).se.vruntime;
    const auto place =
        std::upper_bound(cfs.timeline.begin(), cfs.timeline.end(), own,
                         [&](std::uint64_t v, TaskId other) { return before(v, k.task(other).se.vruntime); });
    cfs.timeline.insert(place, task);
}

/// set_next_entity(): off the timeline, on the CPU.
void setNext(K& k, CfsRunQueue& cfs, TaskId task) {
    const auto place = std::find(cfs.timeline.begin(), cfs.timeline.end(), task);
    if (place != cfs.timeline.end()) cfs.timeline.erase(place);
    SchedEntity& se = k.write(task).se;
    se.exec_start = static_cast<std::uint64_t>(k.now());
    se.prev_sum_exec_runtime = se.sum_exec_runtime;
    cfs.curr = task;
}

/// put_prev_entity(): back on the timeline if it is still runnable.
void putPrev(K& k, CfsRunQueue& cfs, TaskId task) {
    if (k.task(task).on_rq) {
        updateCurr(k, cfs);
        insert(k, cfs, task);
    }
    cfs.curr = {};
}

/// sched_slice(): the task's share of the period, at least the granularity.
std::uint64_t slice(const K& k, const CfsRunQueue& cfs, const SchedEntity& se) {
    const Sysctl& s = k.sysctl();
    const std::uint64_t granularity = scaled(k, s.sched_min_granularity_ns);
    const std::uint64_t period =
        cfs.nr_running > kSchedNrLatency ? cfs.nr_running * granularity : scaled(k, s.sched_latency_ns);
    return std::max(period * se.weight / std::max<std::uint64_t>(cfs.load, 1), granularity);
}

/// A task becomes runnable.
struct enqueue_task_fair : args::enqueue_task_fair {
    using Self = enqueue_task_fair;

    Next place(K& k) {
        CfsRunQueue& cfs = rqOf(k, p).cfs;
        updateCurr(k, cfs);
        // A sleeper gets up to half a period of credit, so that it comes on soon, but not all the time it slept.
        const std::uint64_t credit = scaled(k, k.sysctl().sched_latency_ns) / 2;
        SchedEntity& se = k.write(p).se;
        se.vruntime = later(se.vruntime, cfs.min_vruntime - credit);
        return next<&Self::queue>();
    }
    Next queue(K& k) {
        Cpu& rq = rqOf(k, p);
        Task& t = k.write(p);
        insert(k, rq.cfs, p);
        rq.cfs.load += t.se.weight;
        ++rq.cfs.nr_running;
        t.on_rq = true;
        if (rq.cfs.nr_running > 1 && !rq.tick_armed) {
            rq.tick_armed = true;
            k.later(nextTickAfter(k.now()), Due::tick, rq.id, 0);
        }
        return ret();
    }

    using stages = Stages<Stage<"place its vruntime near min_vruntime", &Self::place, cost::field>,
                          Stage<"insert it into the timeline by vruntime", &Self::queue, cost::lookup>>;
};

/// A task sleeps.
struct dequeue_task_fair : args::dequeue_task_fair {
    using Self = dequeue_task_fair;

    Next remove(K& k) {
        CfsRunQueue& cfs = rqOf(k, p).cfs;
        updateCurr(k, cfs);
        const auto place = std::find(cfs.timeline.begin(), cfs.timeline.end(), p);
        if (place != cfs.timeline.end()) cfs.timeline.erase(place);
        cfs.load -= k.task(p).se.weight;
        --cfs.nr_running;
        k.write(p).on_rq = false;
        updateMinVruntime(k, cfs);
        return ret();
    }

    using stages = Stages<Stage<"account its run time; take it off the run queue", &Self::remove, cost::lookup>>;
};

/// Chooses the task with the least vruntime.
struct pick_next_task_fair : args::pick_next_task_fair {
    using Self = pick_next_task_fair;

    Next runnable(K& k) {
        if (k.cpu.cfs.nr_running == 0) return ret(TaskId{});
        if (prev == k.cpu.idle) return k.call<&Self::pick>(fn::put_prev_task_idle, prev);
        return next<&Self::pick>();
    }
    Next pick(K& k) {
        CfsRunQueue& cfs = k.cpu.cfs;
        const bool stays = cfs.curr && k.task(cfs.curr).on_rq;
        if (stays) updateCurr(k, cfs);
        TaskId chosen = cfs.timeline.empty() ? TaskId{} : cfs.timeline.front();
        if (stays && (!chosen || before(k.task(cfs.curr).se.vruntime, k.task(chosen).se.vruntime))) chosen = cfs.curr;
        if (chosen != cfs.curr) {
            if (cfs.curr) putPrev(k, cfs, cfs.curr);
            setNext(k, cfs, chosen);
        }
        return ret(chosen);
    }

    using stages = Stages<Stage<"look whether any task is runnable", &Self::runnable, cost::check>,
                          Stage<"take the task with the least vruntime", &Self::pick, cost::lookup>>;
};

/// The task that ran leaves the CPU to another class.
struct put_prev_task_fair : args::put_prev_task_fair {
    using Self = put_prev_task_fair;

    Next put(K& k) {
        if (k.cpu.cfs.curr == prev) putPrev(k, k.cpu.cfs, prev);
        return ret();
    }

    using stages = Stages<Stage<"the task that ran is no longer current in CFS", &Self::put, cost::field>>;
};

/// Wake-up preemption: has the woken task earned the CPU by more than the granularity?
struct check_preempt_wakeup : args::check_preempt_wakeup {
    using Self = check_preempt_wakeup;

    Next compare(K& k) {
        const CpuNo n = k.task(p).cpu;
        CfsRunQueue& cfs = k.machine.cpu(n).cfs;
        if (!cfs.curr || cfs.curr == p || k.task(cfs.curr).need_resched) return ret();
        updateCurr(k, cfs);
        const SchedEntity& woken = k.task(p).se;
        const auto lead = static_cast<std::int64_t>(k.task(cfs.curr).se.vruntime - woken.vruntime);
        const std::uint64_t granularity = deltaFair(scaled(k, k.sysctl().sched_wakeup_granularity_ns), woken.weight);
        if (lead <= static_cast<std::int64_t>(granularity)) return ret();
        return k.returns(fn::resched_curr, n);
    }

    using stages = Stages<
        Stage<"compare vruntimes: preempt if the lead is more than the granularity", &Self::compare, cost::check>>;
};

/// The tick: has the running task had its slice?
struct task_tick_fair : args::task_tick_fair {
    using Self = task_tick_fair;

    Next tick(K& k) {
        CfsRunQueue& cfs = k.cpu.cfs;
        updateCurr(k, cfs);
        if (cfs.nr_running < 2 || cfs.curr != curr) return ret();
        const SchedEntity& se = k.task(curr).se;
        const std::uint64_t ideal = slice(k, cfs, se), ran = se.sum_exec_runtime - se.prev_sum_exec_runtime;
        if (ran > ideal) return k.returns(fn::resched_curr, k.cpu.id);
        if (ran < scaled(k, k.sysctl().sched_min_granularity_ns) || cfs.timeline.empty()) return ret();
        // Somebody may have missed wake-up preemption by little.
        const auto lead = static_cast<std::int64_t>(se.vruntime - k.task(cfs.timeline.front()).se.vruntime);
        return lead > static_cast<std::int64_t>(ideal) ? k.returns(fn::resched_curr, k.cpu.id) : ret();
    }

    using stages = Stages<Stage<"account; preempt the task if it has had its slice", &Self::tick, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(enqueue_task_fair, "kernel/sched/fair.c", "Puts a runnable task on the CFS run queue."),
    RS_DEFINE(dequeue_task_fair, "kernel/sched/fair.c", "Takes a task that sleeps off the run queue."),
    RS_DEFINE(pick_next_task_fair, "kernel/sched/fair.c", "Chooses the runnable task with the least vruntime."),
    RS_DEFINE(put_prev_task_fair, "kernel/sched/fair.c", "Puts the task that ran aside."),
    RS_DEFINE(check_preempt_wakeup, "kernel/sched/fair.c",
              "Decides whether a woken task preempts the running one, by vruntime."),
    RS_DEFINE(task_tick_fair, "kernel/sched/fair.c", "Preempts the running task when its slice is used up."),
};

}  // namespace

std::span<const FunctionInfo> schedFairFunctions() { return kFunctions; }

}  // namespace ringside
