// Follows kernel/sched/core.c of Linux 6.1.192: __schedule() in its modes (it is inlined into schedule(),
// schedule_idle() and preempt_schedule_common() in recordings), the switch, and the tick. Modelled: CFS and the idle
// class. Left out: real-time and deadline classes, core scheduling, moving tasks between CPUs, CPU hotplug, and the
// run-queue lock: where another CPU would wait for it, the code here looks again. Wake-ups are in core_wakeup.cpp.
#include "engine/linux/kernel/sched/sched.h"
#include "engine/linux/start_stages.h"

namespace ringside {
namespace {

/// Who called __schedule(): a task that may sleep, the kernel that preempts one, or the idle loop (SM_NONE for both
/// others).
enum class SchedMode : std::uint8_t { none, preempt, idle };

/// __schedule(): the current task gives the CPU to the next one. Its frame stays until the task comes back.
template <SchedMode Mode>
struct Schedule : args::schedule {
    using Self = Schedule;
    static constexpr bool kPreempt = Mode == SchedMode::preempt;  // SM_MASK_PREEMPT
    TaskId task;                                                  // the next one
    TaskState prev_state;                                         // why the current one goes, for the tracepoint
    std::uint8_t index;                                           // of the class that is asked
    bool put;                                                     // the current task has been put aside

    Next begin(K& k) {
        if (Mode != SchedMode::idle) k.cpu.preempt_count += kPreemptOffset;  // the idle task runs with preemption off
        RS_ASSERT(k.cpu.preempt_count == kPreemptOffset);                    // else "scheduling while atomic"
        k.cpu.preempt_count += kPreemptOffset;                               // the run queue's lock
        ++k.cpu.irqs_disabled;
        return k.call<&Self::deactivate>(fn::rcu_note_context_switch, kPreempt);
    }
    Next deactivate(K& k) {
        // A task that was woken before it came here stays runnable. So does one that is preempted: it may have set its
        // state and not have looked yet whether it must sleep at all.
        RunQueue& rq = k.cpu.rq;
        if (!std::exchange(rq.clock_skip, false)) rq.clock = k.now();
        const TaskState state = k.current.state;
        prev_state = TaskState::TASK_RUNNING;
        if (kPreempt || state == TaskState::TASK_RUNNING || state == TaskState::TASK_WAKING || !k.current.on_rq)
            return next<&Self::pick>();
        if (k.current.signalPending() && state == TaskState::TASK_INTERRUPTIBLE) {
            k.current.state = TaskState::TASK_RUNNING;  // signal_pending_state(): it has no reason to sleep
            return next<&Self::pick>();
        }
        prev_state = state;
        k.current.on_rq = false;  // from here on a waker queues it anew
        return k.call<&Self::pick>(sched::classOf(k.machine, k.current_id).dequeue_task, k.current_id,
                                   sched::kDequeueSleep);
    }
    Next pick(K& k) {
        index = 0;
        put = false;
        return ask(k);
    }
    /// Each class in the order of priority, until one has a task; the idle class always has.
    Next ask(K& k) {
        return k.call<&Self::picked>((*k.machine.sched_class)[index].pick_next_task, put ? TaskId{} : k.current_id);
    }
    Next picked(K& k, TaskId chosen) {
        const bool last = index + 1U == k.machine.sched_class->size();
        // Another CPU has queued a task meanwhile; in the kernel the run-queue lock would have made one of the two
        // wait.
        if (chosen && last && k.cpu.rq.nr_running != 0) {
            index = 0;
            return next<&Self::ask>();
        }
        if (chosen) return take(k, chosen);
        ++index;
        if (put) return next<&Self::ask>();
        put = true;
        return k.call<&Self::ask>(sched::classOf(k.machine, k.current_id).put_prev_task, k.current_id);
    }
    /// The task is back: switch_to() returns who ran before it.
    Next switched(K& k, TaskId last) { return k.call<&Self::back>(fn::finish_task_switch, last); }
    Next back(K& k) {
        if (Mode != SchedMode::idle) k.cpu.preempt_count -= kPreemptOffset;
        return k.current.needResched() ? next<&Self::begin>() : ret();
    }
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
        v("class", s.index, Unit::index, "the scheduling class that is asked for a task");
        v("put", s.put, Unit::none, "the current task has been put aside");
    }
    using stages =
        Stages<Stage<"interrupts off", &Self::begin, cost::check>,
               Stage<"a task that is to sleep leaves the run queue", &Self::deactivate, cost::check>,
               Stage<"ask the highest class for the next task", &Self::pick, cost::check>,
               Stage<"ask the next class", &Self::ask, cost::check>,
               Stage<"take the task; if there is none, put the current one aside", &Self::picked, cost::check>,
               Stage<"back on the CPU", &Self::switched, cost::check>,
               Stage<"look whether schedule() is wanted again", &Self::back, cost::check>,
               Stage<"change the address space if the next task has one", &Self::switchMm, cost::check>,
               Stage<"switch to the next task's stack", &Self::go, cost::context_switch>>;

  private:
    Next take(K& k, TaskId chosen) {
        task = chosen;
        k.current.flags &= ~kTifNeedResched;
        k.cpu.preempt_need_resched = false;
        if (chosen == k.current_id) {
            k.cpu.preempt_count -= kPreemptOffset;
            --k.cpu.irqs_disabled;
            return next<&Self::back>();
        }
        const auto letter = std::uint32_t{static_cast<unsigned char>(kPreempt ? '+' : letterOf(prev_state))};
        k.trace(Tracepoint::sched_switch, k.current_id.slot | letter << 24, chosen.slot);
        return next<&Self::switchMm>();
    }
};
using schedule = Schedule<SchedMode::none>;
using schedule_idle = Schedule<SchedMode::idle>;
using preempt_schedule_common = Schedule<SchedMode::preempt>;
static_assert(stageIndex<&schedule::switched>() == kScheduleSwitched);
static_assert(stageIndex<&schedule_idle::switched>() == kScheduleSwitched);

/// The first thing a task does after a switch: the run queue is unlocked, interrupts are on again.
struct finish_task_switch : args::finish_task_switch {
    using Self = finish_task_switch;

    Next finish(K& k) {
        RS_ASSERT(k.cpu.irqs_disabled > 0 && k.cpu.preempt_count == 2 * kPreemptOffset);
        k.cpu.preempt_count -= kPreemptOffset;
        --k.cpu.irqs_disabled;
        return ret();
    }

    using stages = Stages<Stage<"the switch is complete: interrupts on", &Self::finish, cost::field>>;
};

/// The same for a task that has never run.
struct schedule_tail : args::schedule_tail {
    using Self = schedule_tail;

    Next finish(K& k) { return k.call<&Self::enable>(fn::finish_task_switch, prev); }
    Next enable(K& k) {
        k.cpu.preempt_count -= kPreemptOffset;
        return ret();
    }

    using stages = Stages<Stage<"finish the switch to a new task", &Self::finish, cost::check>,
                          Stage<"preemption is on: the task is one like others", &Self::enable, cost::field>>;
};

/// sched_yield() enters the kernel.
struct __x64_sys_sched_yield : args::__x64_sys_sched_yield {
    using Self = __x64_sys_sched_yield;

    Next begin(K& k) { return k.call<&Self::done>(fn::do_sched_yield); }
    Next done(K&) { return ret(std::int64_t{0}); }

    using stages = Stages<Stage<"give the CPU away if another task wants it", &Self::begin, cost::check>,
                          Stage<"the task has the CPU again", &Self::done, cost::check>>;
};

/// The current task stays runnable, but lets others go first.
struct do_sched_yield : args::do_sched_yield {
    using Self = do_sched_yield;

    Next yield(K& k) {
        ++k.cpu.irqs_disabled;
        return k.call<&Self::leave>(sched::classOf(k.machine, k.current_id).yield_task, k.current_id);
    }
    Next leave(K& k) {
        --k.cpu.irqs_disabled;
        return k.returns(fn::schedule);
    }

    using stages = Stages<Stage<"interrupts off; the class marks the task", &Self::yield, cost::check>,
                          Stage<"interrupts on; choose who runs", &Self::leave, cost::check>>;
};

/// The tick's part of the scheduler.
struct scheduler_tick : args::scheduler_tick {
    using Self = scheduler_tick;

    Next tick(K& k) {
        k.cpu.rq.clock = k.now();
        const TaskId curr = k.cpu.rq.curr;
        return k.call<&Self::balance>(sched::classOf(k.machine, curr).task_tick, curr);
    }
    Next balance(K& k) { return k.returns(fn::trigger_load_balance, std::uint32_t{k.cpu.id}); }

    using stages = Stages<Stage<"the running task's class looks at the tick", &Self::tick, cost::check>,
                          Stage<"is it time to look at the CPUs' loads?", &Self::balance, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(schedule, "kernel/sched/core.c", "Gives the CPU to the task that should run next."),
    RS_DEFINE(schedule_idle, "kernel/sched/core.c", "schedule() for the idle task, which never sleeps."),
    RS_DEFINE(preempt_schedule_common, "kernel/sched/core.c",
              "schedule() for kernel code that lets others run (cond_resched)."),
    RS_DEFINE(finish_task_switch, "kernel/sched/core.c", "Completes a switch, in the context of the new task."),
    RS_DEFINE(schedule_tail, "kernel/sched/core.c", "Completes the switch to a task that has never run."),
    RS_DEFINE(__x64_sys_sched_yield, "kernel/sched/core.c", "System call: let others run."),
    RS_DEFINE(do_sched_yield, "kernel/sched/core.c", "Lets others of the current task's class run."),
    RS_DEFINE(scheduler_tick, "kernel/sched/core.c", "Called by the tick: may the running task go on?"),
};

}  // namespace

std::span<const FunctionInfo> schedCoreFunctions() { return kFunctions; }

}  // namespace ringside
