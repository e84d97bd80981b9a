// Follows kernel/sched/core.c of Linux 6.1.192, the half that wakes tasks: try_to_wake_up() and what it calls.
// Modelled: a wake-up on this CPU, on an idle one through its wake list and an interrupt, on a busy one directly; the
// task's class chooses the CPU. Left out: the locks. Where the kernel spins until a task has left its CPU, the wake-up
// goes to that CPU's wake list.
#include "engine/hardware/hardware.h"
#include "engine/linux/kernel/sched/sched.h"

namespace ringside {
namespace {

using namespace sched;

/// Makes a sleeping task runnable, wherever it is.
struct try_to_wake_up : args::try_to_wake_up {
    using Self = try_to_wake_up;
    std::uint32_t target;

    Next match(K& k) {
        Task& t = k.write(p);
        if ((static_cast<std::uint32_t>(t.state) & state) == 0) return ret(false);
        k.trace(Tracepoint::sched_waking, p.slot, t.cpu);
        t.woken_by = k.event.seq;
        if (p == k.current_id) {
            t.state = TaskState::TASK_RUNNING;
            return next<&Self::self>();
        }
        k.cpu.preempt_count += kPreemptOffset;
        ++k.cpu.irqs_disabled;
        if (t.on_rq) {
            // It has not left its CPU yet: that it runs on is all there is to do (ttwu_runnable).
            t.state = TaskState::TASK_RUNNING;
            k.machine.cpu(t.cpu).rq.clock = k.now();
            return k.call<&Self::done>(fn::ttwu_do_wakeup, p, wake_flags);
        }
        t.state = TaskState::TASK_WAKING;
        return next<&Self::select>();
    }
    Next self(K& k) {
        k.trace(Tracepoint::sched_wakeup, p.slot, k.current.cpu);
        return ret(true);
    }
    Next select(K& k) {
        const Task& t = k.task(p);
        target = t.cpu;
        if (t.on_cpu) return k.call<&Self::queue>(fn::ttwu_queue_wakelist, p, target, wake_flags);
        wake_flags |= kWfTtwu;
        if (!pinned(k.machine, t))
            return k.call<&Self::chosen>(classOf(k.machine, p).select_task_rq, p, target, wake_flags);
        return chosen(k, std::uint32_t{t.cpus_mask.lowest()});
    }
    Next chosen(K& k, std::uint32_t cpu) {
        const Task& t = k.task(p);
        target = cpu;
        if (!allowed(t, static_cast<CpuNo>(cpu))) target = t.cpus_mask.lowest();
        if (target == t.cpu) return k.call<&Self::queue>(fn::ttwu_queue_wakelist, p, target, wake_flags);
        wake_flags |= kWfMigrated;
        return k.call<&Self::moved>(classOf(k.machine, p).migrate_task_rq, p, target);
    }
    /// set_task_cpu()
    Next moved(K& k) {
        k.write(p).cpu = static_cast<CpuNo>(target);
        return k.call<&Self::queue>(fn::ttwu_queue_wakelist, p, target, wake_flags);
    }
    Next queue(K& k, bool queued) {
        if (queued) return done(k);
        return k.call<&Self::done>(fn::ttwu_do_activate, p, wake_flags);
    }
    Next done(K& k) {
        k.cpu.preempt_count -= kPreemptOffset;
        --k.cpu.irqs_disabled;
        return ret(true);
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("cpu", s.target, Unit::index, "the CPU chosen for it");
    }
    using stages = Stages<Stage<"look whether the task sleeps; interrupts off", &Self::match, cost::lookup>,
                          Stage<"it is the current task: it goes on", &Self::self, cost::field>,
                          Stage<"choose a CPU for it", &Self::select, cost::check>,
                          Stage<"look whether that is another CPU than before", &Self::chosen, cost::check>,
                          Stage<"the task belongs to its new CPU", &Self::moved, cost::field>,
                          Stage<"wake it here, unless its CPU does that itself", &Self::queue, cost::check>,
                          Stage<"interrupts on", &Self::done, cost::field>>;
};

/// Wakes a task that sleeps, in whatever way.
struct wake_up_process : args::wake_up_process {
    using Self = wake_up_process;

    Next wake(K& k) { return k.returns(fn::try_to_wake_up, p, kTaskNormal, 0U); }

    using stages = Stages<Stage<"wake the task from either kind of sleep", &Self::wake, cost::check>>;
};

/// Leaves the wake-up to the task's own CPU, by its wake list and an interrupt.
struct ttwu_queue_wakelist : args::ttwu_queue_wakelist {
    using Self = ttwu_queue_wakelist;

    Next look(K& k) {
        const auto other = static_cast<CpuNo>(cpu);
        if (other == k.cpu.id) return ret(false);
        const Cpu& there = std::as_const(k.machine).cpu(other);
        if (there.rq.nr_running != 0 && !k.task(p).on_cpu) return ret(false);
        k.write(p).sched_remote_wakeup = (wake_flags & kWfMigrated) != 0;
        const bool first = there.wake_list.empty();
        Cpu& owner = k.machine.cpu(other);
        owner.wake_list.push_back(p);
        owner.rq.ttwu_pending = true;
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
        if (k.cpu.wake_list.empty()) {
            k.cpu.rq.ttwu_pending = false;
            return ret();
        }
        const TaskId first = k.cpu.wake_list.front();
        k.cpu.wake_list.erase(k.cpu.wake_list.begin());
        const std::uint32_t migrated = k.task(first).sched_remote_wakeup ? kWfMigrated : 0;
        return k.call<&Self::each>(fn::ttwu_do_activate, first, migrated);
    }

    using stages = Stages<Stage<"take the next task of the wake list", &Self::each, cost::list_step>>;
};

/// Puts the task on its run queue.
struct ttwu_do_activate : args::ttwu_do_activate {
    using Self = ttwu_do_activate;

    Next activate(K& k) {
        k.machine.cpu(k.task(p).cpu).rq.clock = k.now();
        const std::uint32_t flags = kEnqueueWakeup | ((wake_flags & kWfMigrated) != 0 ? kEnqueueMigrated : 0);
        return k.call<&Self::wakeup>(classOf(k.machine, p).enqueue_task, p, flags);
    }
    Next wakeup(K& k) { return k.returns(fn::ttwu_do_wakeup, p, wake_flags); }

    using stages = Stages<Stage<"put the task on the run queue", &Self::activate, cost::check>,
                          Stage<"it is runnable", &Self::wakeup, cost::check>>;
};

/// Looks whether the woken task should run at once, and calls it running.
struct ttwu_do_wakeup : args::ttwu_do_wakeup {
    using Self = ttwu_do_wakeup;

    Next preempt(K& k) { return k.call<&Self::running>(fn::check_preempt_curr, p, wake_flags); }
    Next running(K& k) {
        Task& t = k.write(p);
        if (t.state == TaskState::TASK_WAKING) t.state = TaskState::TASK_RUNNING;
        RunQueue& rq = k.machine.cpu(t.cpu).rq;
        const Task& curr = k.task(rq.curr);
        if ((curr.on_rq || curr.idle()) && curr.needResched())
            rq.clock_skip = true;  // schedule() comes next: no second look
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
        const TaskId curr = std::as_const(k.machine).cpu(n).rq.curr;
        const std::uint8_t own = k.task(p).sched_class, other = k.task(curr).sched_class;
        if (own == other) return k.returns(classOf(k.machine, p).check_preempt_curr, p, wake_flags);
        return own < other ? k.returns(fn::resched_curr, std::uint32_t{n}) : ret();
    }

    using stages = Stages<
        Stage<"a higher class takes the CPU at once; of two of one class that decides", &Self::compare, cost::check>>;
};

/// Marks the CPU's current task: schedule() at the next chance.
struct resched_curr : args::resched_curr {
    using Self = resched_curr;

    Next mark(K& k) {
        const auto n = static_cast<CpuNo>(cpu);
        Task& curr = k.write(std::as_const(k.machine).cpu(n).rq.curr);
        if (curr.needResched()) return ret();
        curr.flags |= kTifNeedResched;
        if (n == k.cpu.id)
            k.cpu.preempt_need_resched = true;
        else
            sendIpi(k.world, k.machine, n, Ipi::reschedule, k.now(), k.event.seq);
        return ret();
    }

    using stages = Stages<Stage<"set need_resched; interrupt the CPU if it is another one", &Self::mark, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(wake_up_process, "kernel/sched/core.c", "Wakes a sleeping task, whoever it waits for."),
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
