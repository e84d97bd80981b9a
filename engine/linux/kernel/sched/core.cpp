// Follows kernel/sched/core.c of Linux 6.1.192: __schedule() as schedule(), schedule_idle() and
// preempt_schedule_common() come to it (it is inlined into them in recordings), the switch, and the tick. Modelled: CFS
// and the idle class. Left out: real-time and deadline classes, core scheduling, load balancing and CPU hotplug, and
// the run-queue lock: where another CPU would wait for it, the code here looks again. Wake-ups are in core_wakeup.cpp.
#include "engine/linux/kernel.h"
#include "engine/linux/start_stages.h"

namespace ringside {
namespace {

/// __schedule(): the current task gives the CPU to the next one. Its frame stays until the task comes back.
struct schedule : args::schedule {
    using Self = schedule;
    TaskId task;           // the next one
    TaskState prev_state;  // why the current one goes, for the tracepoint

    Next begin(K& k) {
        RS_ASSERT(k.cpu.softirq_count == 0);
        ++k.cpu.irqs_disabled;
        return k.call<&Self::deactivate>(fn::rcu_note_context_switch, false);
    }
    Next deactivate(K& k) {
        // A task that was woken before it came here stays runnable.
        const TaskState state = k.current.state;
        prev_state = TaskState::TASK_RUNNING;
        if (state == TaskState::TASK_RUNNING || state == TaskState::TASK_WAKING || !k.current.on_rq)
            return next<&Self::pick>();
        prev_state = state;
        k.current.on_rq = false;  // from here on a waker queues it anew
        return k.call<&Self::pick>(fn::dequeue_task_fair, k.current_id);
    }
    Next pick(K& k) { return k.call<&Self::pickIdle>(fn::pick_next_task_fair, k.current_id); }
    Next pickIdle(K& k, TaskId chosen) {
        if (chosen) return take(k, chosen);
        if (k.current_id == k.cpu.idle) return k.call<&Self::nobody>(fn::put_prev_task_idle, k.current_id);
        return k.call<&Self::nobody>(fn::put_prev_task_fair, k.current_id);
    }
    Next nobody(K& k) { return k.call<&Self::chosenIdle>(fn::pick_next_task_idle); }
    Next chosenIdle(K& k, TaskId idle) {
        // Another CPU has queued a task meanwhile; in the kernel the run-queue lock would have made one of the two
        // wait.
        if (k.cpu.cfs.nr_running != 0) return next<&Self::pick>();
        return take(k, idle);
    }
    /// The task is back: switch_to() returns who ran before it.
    Next switched(K& k, TaskId last) { return k.call<&Self::back>(fn::finish_task_switch, last); }
    Next back(K& k) { return k.current.need_resched ? next<&Self::begin>() : ret(); }
    Next switchMm(K& k) {
        const Task& to = k.task(task);
        if (to.kthread || to.idle()) return next<&Self::go>();
        return k.call<&Self::go>(fn::switch_mm_irqs_off, task);
    }
    Next go(K& k) {
        // Stack and registers change here: the next stage in this frame is for the task that comes back.
        Frame& resumed = k.write(task).stack.write().top();
        resumed.result = detail::toResult(k.current_id);
        return switchTo<&Self::switched>(task);
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("next", s.task, Unit::none, "the task that was chosen");
        v("prev_state", s.prev_state, Unit::none, "state in which the current task goes");
    }
    using stages = Stages<Stage<"interrupts off", &Self::begin, cost::check>,
                          Stage<"a task that is to sleep leaves the run queue", &Self::deactivate, cost::check>,
                          Stage<"ask CFS for the next task", &Self::pick, cost::check>,
                          Stage<"take what CFS chose", &Self::pickIdle, cost::check>,
                          Stage<"nobody wants the CPU: take the idle task", &Self::nobody, cost::check>,
                          Stage<"the idle task is next", &Self::chosenIdle, cost::check>,
                          Stage<"back on the CPU", &Self::switched, cost::check>,
                          Stage<"look whether schedule() is wanted again", &Self::back, cost::check>,
                          Stage<"change the address space if the next task has one", &Self::switchMm, cost::check>,
                          Stage<"switch to the next task's stack", &Self::go, cost::context_switch>>;

  private:
    Next take(K& k, TaskId chosen) {
        task = chosen;
        k.current.need_resched = false;
        if (chosen == k.current_id) {
            --k.cpu.irqs_disabled;
            return next<&Self::back>();
        }
        const auto letter = std::uint32_t{static_cast<unsigned char>(letterOf(prev_state))};
        k.trace(Tracepoint::sched_switch, k.current_id.slot | letter << 24, chosen.slot);
        return next<&Self::switchMm>();
    }
};
static_assert(stageIndex<&schedule::switched>() == kScheduleSwitched);
using schedule_idle = schedule;
using preempt_schedule_common = schedule;

/// RCU: a context switch is a quiescent state of this CPU.
struct rcu_note_context_switch : args::rcu_note_context_switch {
    using Self = rcu_note_context_switch;

    Next note(K&) { return ret(); }

    using stages = Stages<Stage<"report a quiescent state to RCU", &Self::note, cost::field>>;
};

/// The first thing a task does after a switch: the run queue is unlocked, interrupts are on again.
struct finish_task_switch : args::finish_task_switch {
    using Self = finish_task_switch;

    Next finish(K& k) {
        RS_ASSERT(k.cpu.irqs_disabled > 0);
        --k.cpu.irqs_disabled;
        return ret();
    }

    using stages = Stages<Stage<"the switch is complete: interrupts on", &Self::finish, cost::field>>;
};

/// The same for a task that has never run.
struct schedule_tail : args::schedule_tail {
    using Self = schedule_tail;

    Next finish(K& k) { return k.returns(fn::finish_task_switch, prev); }

    using stages = Stages<Stage<"finish the switch to a new task", &Self::finish, cost::check>>;
};

/// The tick's part of the scheduler.
struct scheduler_tick : args::scheduler_tick {
    using Self = scheduler_tick;

    Next tick(K& k) {
        const TaskId curr = k.cpu.cfs.curr;
        return curr ? k.returns(fn::task_tick_fair, curr) : ret();
    }

    using stages = Stages<Stage<"the running task's class looks at the tick", &Self::tick, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(schedule, "kernel/sched/core.c", "Gives the CPU to the task that should run next."),
    RS_DEFINE(schedule_idle, "kernel/sched/core.c", "schedule() for the idle task, which never sleeps."),
    RS_DEFINE(preempt_schedule_common, "kernel/sched/core.c",
              "schedule() for kernel code that lets others run (cond_resched)."),
    RS_DEFINE(rcu_note_context_switch, "kernel/rcu/tree_plugin.h", "Tells RCU that this CPU switches context."),
    RS_DEFINE(finish_task_switch, "kernel/sched/core.c", "Completes a switch, in the context of the new task."),
    RS_DEFINE(schedule_tail, "kernel/sched/core.c", "Completes the switch to a task that has never run."),
    RS_DEFINE(scheduler_tick, "kernel/sched/core.c", "Called by the tick: may the running task go on?"),
};

}  // namespace

std::span<const FunctionInfo> schedCoreFunctions() { return kFunctions; }

}  // namespace ringside
