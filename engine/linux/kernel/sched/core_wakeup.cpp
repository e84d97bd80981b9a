// Follows kernel/sched/core.c of Linux 6.1.192, the half that wakes tasks: try_to_wake_up() and what it calls.
// Modelled: a wake-up on this CPU, on an idle one through its wake list and an interrupt, on a busy one directly.
// Simplified: select_task_rq() keeps the task's CPU (all CPUs share a cache; no balancing); where the kernel spins
// until a task has left its CPU, the wake list is used, which comes to the same.
#include "engine/hardware/hardware.h"
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// rq->curr: who runs, or has just been chosen to run, on the CPU.
TaskId rqCurr(const Cpu& cpu) { return cpu.cfs.curr ? cpu.cfs.curr : cpu.idle; }

/// Makes a sleeping task runnable, wherever it is.
struct try_to_wake_up : args::try_to_wake_up {
    using Self = try_to_wake_up;
    std::uint32_t target;
    bool woken;

    Next match(K& k) {
        Task& t = k.write(p);
        if (t.state != TaskState::TASK_INTERRUPTIBLE && t.state != TaskState::TASK_UNINTERRUPTIBLE) return ret(false);
        ++k.cpu.irqs_disabled;
        k.trace(Tracepoint::sched_waking, p.slot, t.cpu);
        t.woken_by = k.event.seq;
        if (t.on_rq) {
            // It has not left its CPU yet (or is this very task): that it runs on is all there is to do.
            t.state = TaskState::TASK_RUNNING;
            return k.call<&Self::done>(fn::ttwu_do_wakeup, p);
        }
        t.state = TaskState::TASK_WAKING;
        return next<&Self::select>();
    }
    Next select(K& k) {
        Task& t = k.write(p);
        if (!t.cpus_mask.test(t.cpu)) t.cpu = t.cpus_mask.lowest();
        target = t.cpu;
        return k.call<&Self::queue>(fn::ttwu_queue_wakelist, p, target);
    }
    Next queue(K& k, bool queued) {
        if (queued) return done(k);
        return k.call<&Self::done>(fn::ttwu_do_activate, p);
    }
    Next done(K& k) {
        --k.cpu.irqs_disabled;
        return ret(true);
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("cpu", s.target, Unit::index, "the CPU chosen for it");
        v.hidden("woken", s.woken);
    }
    using stages = Stages<Stage<"look whether the task sleeps; interrupts off", &Self::match, cost::lookup>,
                          Stage<"choose a CPU for it: the one it ran on", &Self::select, cost::check>,
                          Stage<"wake it here, unless its CPU does that itself", &Self::queue, cost::check>,
                          Stage<"interrupts on", &Self::done, cost::field>>;
};

/// Leaves the wake-up to the task's own CPU, by its wake list and an interrupt.
struct ttwu_queue_wakelist : args::ttwu_queue_wakelist {
    using Self = ttwu_queue_wakelist;

    Next look(K& k) {
        const auto other = static_cast<CpuNo>(cpu);
        if (other == k.cpu.id) return ret(false);
        const Cpu& there = std::as_const(k.machine).cpu(other);
        if (there.cfs.nr_running != 0 && !k.task(p).on_cpu) return ret(false);
        const bool first = there.wake_list.empty();
        k.machine.cpu(other).wake_list.push_back(p);
        if (!first) return ret(true);
        return k.call<&Self::queued>(fn::send_call_function_single_ipi, cpu);
    }
    Next queued(K&) { return ret(true); }

    using stages =
        Stages<Stage<"an idle CPU elsewhere wakes its tasks itself: put it on the wake list", &Self::look, cost::check>,
               Stage<"leave the rest to that CPU", &Self::queued, cost::check>>;
};

/// The CPU wakes the tasks that others have put on its wake list.
struct sched_ttwu_pending : args::sched_ttwu_pending {
    using Self = sched_ttwu_pending;

    Next each(K& k) {
        if (k.cpu.wake_list.empty()) return ret();
        const TaskId first = k.cpu.wake_list.front();
        k.cpu.wake_list.erase(k.cpu.wake_list.begin());
        return k.call<&Self::each>(fn::ttwu_do_activate, first);
    }

    using stages = Stages<Stage<"take the next task of the wake list", &Self::each, cost::list_step>>;
};

/// Puts the task on its run queue.
struct ttwu_do_activate : args::ttwu_do_activate {
    using Self = ttwu_do_activate;

    Next activate(K& k) { return k.call<&Self::wakeup>(fn::enqueue_task_fair, p); }
    Next wakeup(K& k) { return k.returns(fn::ttwu_do_wakeup, p); }

    using stages = Stages<Stage<"put the task on the run queue", &Self::activate, cost::check>,
                          Stage<"it is runnable", &Self::wakeup, cost::check>>;
};

/// Looks whether the woken task should run at once, and calls it running.
struct ttwu_do_wakeup : args::ttwu_do_wakeup {
    using Self = ttwu_do_wakeup;

    Next preempt(K& k) { return k.call<&Self::running>(fn::check_preempt_curr, p); }
    Next running(K& k) {
        Task& t = k.write(p);
        if (t.state == TaskState::TASK_WAKING) t.state = TaskState::TASK_RUNNING;
        k.trace(Tracepoint::sched_wakeup, p.slot, t.cpu);
        return ret();
    }

    using stages = Stages<Stage<"should it take the CPU at once?", &Self::preempt, cost::check>,
                          Stage<"state TASK_RUNNING", &Self::running, cost::field>>;
};

/// Compares the woken task with the one that runs on its CPU.
struct check_preempt_curr : args::check_preempt_curr {
    using Self = check_preempt_curr;

    Next compare(K& k) {
        const CpuNo n = k.task(p).cpu;
        const Cpu& rq = std::as_const(k.machine).cpu(n);
        if (rqCurr(rq) == rq.idle) return k.returns(fn::resched_curr, n);
        return k.returns(fn::check_preempt_wakeup, p);
    }

    using stages =
        Stages<Stage<"an idle CPU is given at once, a busy one's task is compared", &Self::compare, cost::check>>;
};

/// Marks the CPU's current task: schedule() at the next chance.
struct resched_curr : args::resched_curr {
    using Self = resched_curr;

    Next mark(K& k) {
        const auto n = static_cast<CpuNo>(cpu);
        Task& curr = k.write(rqCurr(std::as_const(k.machine).cpu(n)));
        if (curr.need_resched) return ret();
        curr.need_resched = true;
        if (n != k.cpu.id) sendIpi(k.world, k.machine, n, Ipi::reschedule, k.now(), k.event.seq);
        return ret();
    }

    using stages = Stages<Stage<"set need_resched; interrupt the CPU if it is another one", &Self::mark, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(try_to_wake_up, "kernel/sched/core.c", "Makes a sleeping task runnable."),
    RS_DEFINE(ttwu_queue_wakelist, "kernel/sched/core.c",
              "Leaves a wake-up to the CPU the task belongs to, if that is idle."),
    RS_DEFINE(sched_ttwu_pending, "kernel/sched/core.c", "Wakes the tasks that other CPUs have queued here."),
    RS_DEFINE(ttwu_do_activate, "kernel/sched/core.c", "Puts a woken task on its run queue."),
    RS_DEFINE(ttwu_do_wakeup, "kernel/sched/core.c", "Marks a woken task runnable and looks whether it preempts."),
    RS_DEFINE(check_preempt_curr, "kernel/sched/core.c", "Decides whether a woken task preempts the running one."),
    RS_DEFINE(resched_curr, "kernel/sched/core.c", "Asks a CPU's current task to call schedule()."),
};

}  // namespace

std::span<const FunctionInfo> schedWakeupFunctions() { return kFunctions; }

}  // namespace ringside
