// Follows kernel/sched/fair.c of Linux 6.1.192, the Completely Fair Scheduler. Modelled: vruntime by weight,
// min_vruntime, placing of sleepers and of new tasks, wake-up preemption, slices at the tick, sched_yield(), the choice
// of the next entity with its three buddies (next, last, skip). Simplified: one flat run queue a CPU, the tree is a
// sorted list; put_prev_entity() accounts nothing of its own, for what called it has just done so. Left out: groups and
// autogroups (Debian has SCHED_AUTOGROUP: nice values of two sessions do not compare there, here they do), bandwidth
// control, load tracking, NUMA. The choice of a CPU is in fair_select.cpp, balancing in fair_balance.cpp.
#include "engine/linux/kernel/sched/sched.h"

namespace ringside {
namespace {

using namespace sched;

constexpr std::uint64_t kLongSleep = (std::uint64_t{1} << 63) / kNice0Load;  // about 104 days

RunQueue& rqOf(K& k, TaskId task) { return k.machine.cpu(k.task(task).cpu).rq; }

std::uint32_t cpuOf(const K& k, TaskId task) { return k.task(task).cpu; }
CfsRunQueue& cfsOf(K& k, std::uint32_t cpu) { return k.machine.cpu(static_cast<CpuNo>(cpu)).rq.cfs; }

/// What the running task has used since the last time.
struct update_curr : args::update_curr {
    using Self = update_curr;

    Next account(K& k) {
        const RunQueue& rq = std::as_const(k.machine).cpu(static_cast<CpuNo>(cpu)).rq;
        if (!rq.cfs.curr) return ret();
        SchedEntity& se = k.write(rq.cfs.curr).se;
        const auto now = static_cast<std::uint64_t>(rq.clock);
        if (now <= se.exec_start) return ret();
        const std::uint64_t delta = now - se.exec_start;
        se.exec_start = now;
        se.sum_exec_runtime += delta;
        se.vruntime += deltaFair(delta, se.weight);
        return k.returns(fn::update_min_vruntime, cpu);
    }

    using stages = Stages<Stage<"add what the running task has used, by its weight", &Self::account, cost::field>>;
};

/// The floor of the run queue follows its leftmost task, and never goes back.
struct update_min_vruntime : args::update_min_vruntime {
    using Self = update_min_vruntime;

    Next follow(K& k) {
        CfsRunQueue& cfs = cfsOf(k, cpu);
        const bool running = cfs.curr && k.task(cfs.curr).on_rq;
        std::uint64_t vruntime = running ? k.task(cfs.curr).se.vruntime : cfs.min_vruntime;
        if (!cfs.timeline.empty()) {
            const std::uint64_t left = k.task(cfs.timeline.front()).se.vruntime;
            vruntime = running && before(vruntime, left) ? vruntime : left;
        }
        cfs.min_vruntime = later(cfs.min_vruntime, vruntime);
        return ret();
    }

    using stages = Stages<Stage<"move min_vruntime up to the least vruntime", &Self::follow, cost::field>>;
};

/// How long a task may run before the tick looks for another one.
struct sched_slice : args::sched_slice {
    using Self = sched_slice;

    Next share(K& k) {
        const CfsRunQueue& cfs = cfsOf(k, cpuOf(k, se));
        return ret(slice(k.machine, cfs.nr_running, cfs.load, k.task(se).se.weight));
    }

    using stages = Stages<Stage<"its share of the period, by weight", &Self::share, cost::field>>;
};

/// clear_buddies(): it is chosen, gone, or has had enough.
void clearBuddies(CfsRunQueue& cfs, TaskId task) {
    if (cfs.last == task) cfs.last = {};
    if (cfs.next == task) cfs.next = {};
    if (cfs.skip == task) cfs.skip = {};
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

/// pick_next_entity(): the leftmost one, unless it yielded or a buddy is nearly as far left. `curr` is the running task
/// if it stays runnable.
TaskId pickNext(const K& k, const CfsRunQueue& cfs, TaskId curr) {
    const auto waiting = [&](std::size_t n) { return n < cfs.timeline.size() ? cfs.timeline[n] : TaskId{}; };
    const auto leftOf = [&](TaskId a, TaskId b) { return before(k.task(a).se.vruntime, k.task(b).se.vruntime); };
    TaskId left = waiting(0);
    if (!left || (curr && leftOf(curr, left))) left = curr;
    TaskId chosen = left;
    if (cfs.skip && cfs.skip == left) {
        TaskId second = waiting(left == curr ? 0 : 1);
        if (left != curr && (!second || (curr && leftOf(curr, second)))) second = curr;
        if (second && wakeupPreempt(k, second, left) < 1) chosen = second;
    }
    if (cfs.next && wakeupPreempt(k, cfs.next, left) < 1) return cfs.next;
    if (cfs.last && wakeupPreempt(k, cfs.last, left) < 1) return cfs.last;
    return chosen;
}

/// place_entity() of a sleeper: up to half a period of credit, so that it comes on soon, but not all the time it slept.
void placeSleeper(const K& k, const RunQueue& rq, SchedEntity& se) {
    const std::uint64_t placed = rq.cfs.min_vruntime - scaled(k.machine, k.sysctl().sched_latency_ns) / 2;
    const auto now = static_cast<std::uint64_t>(rq.clock);
    // entity_is_long_sleeper(): its own vruntime is so old that the comparison could be turned round
    const bool slept_long = se.exec_start != 0 && now > se.exec_start && now - se.exec_start > kLongSleep;
    se.vruntime = slept_long ? placed : later(se.vruntime, placed);
}

/// set_next_entity(): off the timeline, on the CPU.
void setNext(K& k, RunQueue& rq, TaskId task) {
    CfsRunQueue& cfs = rq.cfs;
    clearBuddies(cfs, task);
    const auto place = std::find(cfs.timeline.begin(), cfs.timeline.end(), task);
    if (place != cfs.timeline.end()) cfs.timeline.erase(place);
    SchedEntity& se = k.write(task).se;
    se.exec_start = static_cast<std::uint64_t>(rq.clock);
    se.prev_sum_exec_runtime = se.sum_exec_runtime;
    cfs.curr = task;
}

/// put_prev_entity(): back on the timeline if it is still runnable.
void putPrev(K& k, CfsRunQueue& cfs, TaskId task) {
    if (k.task(task).on_rq) insert(k.machine, cfs, task);
    cfs.curr = {};
}

/// A task becomes runnable.
struct enqueue_task_fair : args::enqueue_task_fair {
    using Self = enqueue_task_fair;

    Next account(K& k) { return k.call<&Self::place>(fn::update_curr, cpuOf(k, p)); }
    Next place(K& k) {
        const RunQueue& rq = rqOf(k, p);
        SchedEntity& se = k.write(p).se;
        // A task that comes from elsewhere is counted from the floor of its old queue.
        if ((flags & kEnqueueWakeup) == 0 || (flags & kEnqueueMigrated) != 0) se.vruntime += rq.cfs.min_vruntime;
        if ((flags & kEnqueueWakeup) != 0) placeSleeper(k, rq, se);
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

    using stages = Stages<Stage<"account the task that runs there", &Self::account, cost::check>,
                          Stage<"place its vruntime near min_vruntime", &Self::place, cost::field>,
                          Stage<"insert it into the timeline by vruntime", &Self::queue, cost::lookup>>;
};

/// A task sleeps.
struct dequeue_task_fair : args::dequeue_task_fair {
    using Self = dequeue_task_fair;

    Next account(K& k) { return k.call<&Self::remove>(fn::update_curr, cpuOf(k, p)); }
    Next remove(K& k) {
        RunQueue& rq = rqOf(k, p);
        CfsRunQueue& cfs = rq.cfs;
        clearBuddies(cfs, p);
        const auto place = std::find(cfs.timeline.begin(), cfs.timeline.end(), p);
        if (place != cfs.timeline.end()) cfs.timeline.erase(place);
        cfs.load -= k.task(p).se.weight;
        --cfs.nr_running;
        --rq.nr_running;
        k.write(p).on_rq = false;
        return k.returns(fn::update_min_vruntime, cpuOf(k, p));
    }

    using stages = Stages<Stage<"account its run time", &Self::account, cost::check>,
                          Stage<"take it off the run queue", &Self::remove, cost::lookup>>;
};

/// Chooses the task with the least vruntime, or a buddy that is nearly as far left.
struct pick_next_task_fair : args::pick_next_task_fair {
    using Self = pick_next_task_fair;

    Next runnable(K& k) {
        RunQueue& rq = k.cpu.rq;
        if (rq.cfs.nr_running == 0) {
            // newidle_balance(): a CPU that idles looks at the loads sooner
            rq.next_balance = std::min(rq.next_balance, rq.last_balance + balanceInterval(k.machine, false));
            return ret(TaskId{});
        }
        // A task of this class is looked at first: it may go on.
        if (rq.cfs.curr && k.task(rq.cfs.curr).on_rq)
            return k.call<&Self::pick>(fn::update_curr, std::uint32_t{k.cpu.id});
        if (!prev || prev == rq.cfs.curr) return next<&Self::pick>();
        return k.call<&Self::pick>(classOf(k.machine, prev).put_prev_task, prev);
    }
    Next pick(K& k) {
        CfsRunQueue& cfs = k.cpu.rq.cfs;
        const bool stays = cfs.curr && k.task(cfs.curr).on_rq;
        const TaskId chosen = pickNext(k, cfs, stays ? cfs.curr : TaskId{});
        if (chosen != cfs.curr) {
            if (cfs.curr) putPrev(k, cfs, cfs.curr);
            setNext(k, k.cpu.rq, chosen);
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

    Next look(K& k) {
        const CpuNo n = k.task(p).cpu;
        const CfsRunQueue& cfs = std::as_const(k.machine).cpu(n).rq.cfs;
        if (!cfs.curr || cfs.curr == p || k.task(cfs.curr).needResched()) return ret();
        return k.call<&Self::compare>(fn::update_curr, std::uint32_t{n});
    }
    Next compare(K& k) {
        const CpuNo n = k.task(p).cpu;
        CfsRunQueue& cfs = k.machine.cpu(n).rq.cfs;
        if (!cfs.curr || cfs.curr == p) return ret();
        if (wakeupPreempt(k, cfs.curr, p) != 1) return ret();
        cfs.next = p;  // pick_next_entity() prefers it
        // LAST_BUDDY: among many, the preempted one is to come back soon
        if (cfs.nr_running >= kSchedNrLatency && k.task(cfs.curr).on_rq) cfs.last = cfs.curr;
        return k.returns(fn::resched_curr, n);
    }

    using stages = Stages<
        Stage<"look whether a task of this class runs there; account it", &Self::look, cost::check>,
        Stage<"compare vruntimes: preempt if the lead is more than the granularity", &Self::compare, cost::check>>;
};

/// The running task lets others go first: it is passed over at the next choice, if that is not too unfair to it.
struct yield_task_fair : args::yield_task_fair {
    using Self = yield_task_fair;

    Next account(K& k) {
        if (k.cpu.rq.nr_running == 1) return ret();
        clearBuddies(k.cpu.rq.cfs, curr);
        k.cpu.rq.clock = k.now();
        k.cpu.rq.clock_skip = true;
        return k.call<&Self::skip>(fn::update_curr, std::uint32_t{k.cpu.id});
    }
    Next skip(K& k) {
        k.cpu.rq.cfs.skip = curr;
        return ret();
    }

    using stages = Stages<Stage<"look whether anybody else is runnable; account the task", &Self::account, cost::check>,
                          Stage<"pass it over at the next choice", &Self::skip, cost::field>>;
};

/// The tick: has the running task had its slice?
struct task_tick_fair : args::task_tick_fair {
    using Self = task_tick_fair;

    Next account(K& k) { return k.call<&Self::tick>(fn::update_curr, std::uint32_t{k.cpu.id}); }
    Next tick(K& k) {
        const CfsRunQueue& cfs = k.cpu.rq.cfs;
        if (cfs.nr_running < 2 || cfs.curr != curr) return ret();
        return k.call<&Self::compare>(fn::sched_slice, curr);
    }
    /// check_preempt_tick()
    Next compare(K& k, std::uint64_t ideal) {
        CfsRunQueue& cfs = k.cpu.rq.cfs;
        const SchedEntity& se = k.task(curr).se;
        const std::uint64_t ran = se.sum_exec_runtime - se.prev_sum_exec_runtime;
        if (ran > ideal) {
            clearBuddies(cfs, curr);
            return k.returns(fn::resched_curr, k.cpu.id);
        }
        if (ran < scaled(k.machine, k.sysctl().sched_min_granularity_ns) || cfs.timeline.empty()) return ret();
        // Somebody may have missed wake-up preemption by little.
        const auto lead = static_cast<std::int64_t>(se.vruntime - k.task(cfs.timeline.front()).se.vruntime);
        return lead > static_cast<std::int64_t>(ideal) ? k.returns(fn::resched_curr, k.cpu.id) : ret();
    }

    using stages = Stages<Stage<"account the running task", &Self::account, cost::check>,
                          Stage<"does another task wait?", &Self::tick, cost::check>,
                          Stage<"preempt the task if it has had its slice", &Self::compare, cost::check>>;
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
    RS_DEFINE(yield_task_fair, "kernel/sched/fair.c", "Has the running task passed over at the next choice."),
    RS_DEFINE(update_curr, "kernel/sched/fair.c", "Accounts to the running task what it has used of the CPU."),
    RS_DEFINE(update_min_vruntime, "kernel/sched/fair.c", "Moves the floor of a run queue's vruntimes up."),
    RS_DEFINE(sched_slice, "kernel/sched/fair.c", "Computes how long a task may run in a row."),
};

}  // namespace

std::span<const FunctionInfo> schedFairFunctions() { return kFunctions; }

}  // namespace ringside
