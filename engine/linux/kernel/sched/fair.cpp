// Follows kernel/sched/fair.c of Linux 6.1.192, the Completely Fair Scheduler. Modelled: vruntime by weight,
// min_vruntime, placing of sleepers and of new tasks, wake-up preemption with the next and the last buddy, slices at
// the tick, the choice of the next entity. Simplified: one flat run queue a CPU, the tree is a sorted list. Left out:
// groups and autogroups (Debian has SCHED_AUTOGROUP: nice values of two sessions do not compare there, here they do),
// bandwidth control, the skip buddy (sched_yield), load tracking, balancing, NUMA. The choice of a CPU is in
// fair_select.cpp.
#include "engine/linux/kernel/sched/sched.h"

namespace ringside {
namespace {

using namespace sched;

constexpr std::uint64_t kLongSleep = (std::uint64_t{1} << 63) / kNice0Load;  // about 104 days

RunQueue& rqOf(K& k, TaskId task) { return k.machine.cpu(k.task(task).cpu).rq; }

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

/// clear_buddies(): it is chosen, gone, or has had enough.
void clearBuddies(CfsRunQueue& cfs, TaskId task) {
    if (cfs.last == task) cfs.last = {};
    if (cfs.next == task) cfs.next = {};
}

/// wakeup_preempt_entity(): 1 where `task` may preempt `curr`, 0 where its lead is within the granularity, -1 where it
/// has none.
int wakeupPreempt(const K& k, TaskId curr, TaskId task) {
    const SchedEntity& se = k.task(task).se;
    const auto lead = static_cast<std::int64_t>(k.task(curr).se.vruntime - se.vruntime);
    if (lead <= 0) return -1;
    const std::uint64_t granularity = deltaFair(scaled(k.machine, k.sysctl().sched_wakeup_granularity_ns), se.weight);
    return lead > static_cast<std::int64_t>(granularity) ? 1 : 0;
}

/// pick_next_entity(): the leftmost one, unless a buddy is nearly as far left. `curr` is the running task if it stays
/// runnable.
TaskId pickNext(const K& k, const CfsRunQueue& cfs, TaskId curr) {
    TaskId left = cfs.timeline.empty() ? TaskId{} : cfs.timeline.front();
    if (!left || (curr && before(k.task(curr).se.vruntime, k.task(left).se.vruntime))) left = curr;
    if (cfs.next && wakeupPreempt(k, cfs.next, left) < 1) return cfs.next;
    if (cfs.last && wakeupPreempt(k, cfs.last, left) < 1) return cfs.last;
    return left;
}

/// place_entity() of a sleeper: up to half a period of credit, so that it comes on soon, but not all the time it slept.
void placeSleeper(const K& k, const CfsRunQueue& cfs, SchedEntity& se) {
    const std::uint64_t placed = cfs.min_vruntime - scaled(k.machine, k.sysctl().sched_latency_ns) / 2;
    const auto now = static_cast<std::uint64_t>(k.now());
    // entity_is_long_sleeper(): its own vruntime is so old that the comparison could be turned round
    const bool slept_long = se.exec_start != 0 && now > se.exec_start && now - se.exec_start > kLongSleep;
    se.vruntime = slept_long ? placed : later(se.vruntime, placed);
}

/// set_next_entity(): off the timeline, on the CPU.
void setNext(K& k, CfsRunQueue& cfs, TaskId task) {
    clearBuddies(cfs, task);
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
        insert(k.machine, cfs, task);
    }
    cfs.curr = {};
}

/// A task becomes runnable.
struct enqueue_task_fair : args::enqueue_task_fair {
    using Self = enqueue_task_fair;

    Next place(K& k) {
        CfsRunQueue& cfs = rqOf(k, p).cfs;
        updateCurr(k, cfs);
        SchedEntity& se = k.write(p).se;
        // A task that comes from elsewhere is counted from the floor of its old queue.
        if ((flags & kEnqueueWakeup) == 0 || (flags & kEnqueueMigrated) != 0) se.vruntime += cfs.min_vruntime;
        if ((flags & kEnqueueWakeup) != 0) placeSleeper(k, cfs, se);
        if ((flags & kEnqueueMigrated) != 0) se.exec_start = 0;
        return next<&Self::queue>();
    }
    Next queue(K& k) {
        RunQueue& rq = rqOf(k, p);
        Task& t = k.write(p);
        insert(k.machine, rq.cfs, p);
        rq.cfs.load += t.se.weight;
        ++rq.cfs.nr_running;
        ++rq.nr_running;
        t.on_rq = true;
        return ret();
    }

    using stages = Stages<Stage<"place its vruntime near min_vruntime", &Self::place, cost::field>,
                          Stage<"insert it into the timeline by vruntime", &Self::queue, cost::lookup>>;
};

/// A task sleeps.
struct dequeue_task_fair : args::dequeue_task_fair {
    using Self = dequeue_task_fair;

    Next remove(K& k) {
        RunQueue& rq = rqOf(k, p);
        CfsRunQueue& cfs = rq.cfs;
        updateCurr(k, cfs);
        clearBuddies(cfs, p);
        const auto place = std::find(cfs.timeline.begin(), cfs.timeline.end(), p);
        if (place != cfs.timeline.end()) cfs.timeline.erase(place);
        cfs.load -= k.task(p).se.weight;
        --cfs.nr_running;
        --rq.nr_running;
        k.write(p).on_rq = false;
        updateMinVruntime(k, cfs);
        return ret();
    }

    using stages = Stages<Stage<"account its run time; take it off the run queue", &Self::remove, cost::lookup>>;
};

/// Chooses the task with the least vruntime, or a buddy that is nearly as far left.
struct pick_next_task_fair : args::pick_next_task_fair {
    using Self = pick_next_task_fair;

    Next runnable(K& k) {
        if (k.cpu.rq.cfs.nr_running == 0) return ret(TaskId{});
        // A task of this class is looked at first: it may go on.
        if (!prev || prev == k.cpu.rq.cfs.curr) return next<&Self::pick>();
        return k.call<&Self::pick>(classOf(k.machine, prev).put_prev_task, prev);
    }
    Next pick(K& k) {
        CfsRunQueue& cfs = k.cpu.rq.cfs;
        const bool stays = cfs.curr && k.task(cfs.curr).on_rq;
        if (stays) updateCurr(k, cfs);
        const TaskId chosen = pickNext(k, cfs, stays ? cfs.curr : TaskId{});
        if (chosen != cfs.curr) {
            if (cfs.curr) putPrev(k, cfs, cfs.curr);
            setNext(k, cfs, chosen);
            k.cpu.rq.curr = chosen;  // from here on a waker elsewhere compares with it
        }
        return ret(chosen);
    }

    using stages = Stages<Stage<"look whether any task is runnable", &Self::runnable, cost::check>,
                          Stage<"take the leftmost task, or a buddy close to it", &Self::pick, cost::lookup>>;
};

/// The task that ran leaves the CPU to another class.
struct put_prev_task_fair : args::put_prev_task_fair {
    using Self = put_prev_task_fair;

    Next put(K& k) {
        CfsRunQueue& cfs = k.cpu.rq.cfs;
        if (cfs.curr == prev) putPrev(k, cfs, prev);
        return ret();
    }

    using stages = Stages<Stage<"the task that ran is no longer current in CFS", &Self::put, cost::field>>;
};

/// Wake-up preemption: has the woken task earned the CPU by more than the granularity?
struct check_preempt_wakeup : args::check_preempt_wakeup {
    using Self = check_preempt_wakeup;

    Next compare(K& k) {
        const CpuNo n = k.task(p).cpu;
        CfsRunQueue& cfs = k.machine.cpu(n).rq.cfs;
        if (!cfs.curr || cfs.curr == p || k.task(cfs.curr).needResched()) return ret();
        updateCurr(k, cfs);
        if (wakeupPreempt(k, cfs.curr, p) != 1) return ret();
        cfs.next = p;  // pick_next_entity() prefers it
        // LAST_BUDDY: among many, the preempted one is to come back soon
        if (cfs.nr_running >= kSchedNrLatency && k.task(cfs.curr).on_rq) cfs.last = cfs.curr;
        return k.returns(fn::resched_curr, n);
    }

    using stages = Stages<
        Stage<"compare vruntimes: preempt if the lead is more than the granularity", &Self::compare, cost::check>>;
};

/// The tick: has the running task had its slice?
struct task_tick_fair : args::task_tick_fair {
    using Self = task_tick_fair;

    Next tick(K& k) {
        CfsRunQueue& cfs = k.cpu.rq.cfs;
        updateCurr(k, cfs);
        if (cfs.nr_running < 2 || cfs.curr != curr) return ret();
        const SchedEntity& se = k.task(curr).se;
        const std::uint64_t ideal = slice(k.machine, cfs.nr_running, cfs.load, se.weight),
                            ran = se.sum_exec_runtime - se.prev_sum_exec_runtime;
        if (ran > ideal) {
            clearBuddies(cfs, curr);
            return k.returns(fn::resched_curr, k.cpu.id);
        }
        if (ran < scaled(k.machine, k.sysctl().sched_min_granularity_ns) || cfs.timeline.empty()) return ret();
        // Somebody may have missed wake-up preemption by little.
        const auto lead = static_cast<std::int64_t>(se.vruntime - k.task(cfs.timeline.front()).se.vruntime);
        return lead > static_cast<std::int64_t>(ideal) ? k.returns(fn::resched_curr, k.cpu.id) : ret();
    }

    using stages = Stages<Stage<"account; preempt the task if it has had its slice", &Self::tick, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(enqueue_task_fair, "kernel/sched/fair.c", "Puts a runnable task on the CFS run queue."),
    RS_DEFINE(dequeue_task_fair, "kernel/sched/fair.c", "Takes a task that sleeps off the run queue."),
    RS_DEFINE(pick_next_task_fair, "kernel/sched/fair.c",
              "Chooses the runnable task with the least vruntime, or a buddy close to it."),
    RS_DEFINE(put_prev_task_fair, "kernel/sched/fair.c", "Puts the task that ran aside."),
    RS_DEFINE(check_preempt_wakeup, "kernel/sched/fair.c",
              "Decides whether a woken task preempts the running one, by vruntime."),
    RS_DEFINE(task_tick_fair, "kernel/sched/fair.c", "Preempts the running task when its slice is used up."),
};

}  // namespace

std::span<const FunctionInfo> schedFairFunctions() { return kFunctions; }

}  // namespace ringside
