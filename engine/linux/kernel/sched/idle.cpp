// Follows kernel/sched/idle.c of Linux 6.1.192. Modelled: the idle loop, halting until an interrupt, the idle class.
// Left out: cpuidle and its states, polling idle.
#include "engine/linux/kernel/time/timer.h"
#include "engine/linux/start_stages.h"

namespace ringside {
namespace {

/// The loop of a CPU that nobody wants.
struct do_idle : args::do_idle {
    using Self = do_idle;

    Next look(K& k) {
        if (!k.current.needResched()) {
            timers::stopTick(k);
            return wait<&Self::look>(kNever);
        }
        timers::restartTick(k.world, k.machine, k.cpu.id, k.now(), k.event.seq);
        return k.call<&Self::schedule>(fn::flush_smp_call_function_queue);
    }
    Next schedule(K& k) { return k.call<&Self::look>(fn::schedule_idle); }

    using stages = Stages<
        Stage<"stop the tick and halt until an interrupt, unless somebody wants the CPU", &Self::look, cost::check>,
        Stage<"call the scheduler", &Self::schedule, cost::check>>;
};
static_assert(stageIndex<&do_idle::look>() == kDoIdleLook);

/// The idle class always has a task.
struct pick_next_task_idle : args::pick_next_task_idle {
    using Self = pick_next_task_idle;

    Next pick(K& k) { return k.call<&Self::picked>(fn::set_next_task_idle, k.cpu.rq.idle); }
    Next picked(K& k) { return ret(k.cpu.rq.idle); }

    using stages = Stages<Stage<"take the CPU's idle task", &Self::pick, cost::check>,
                          Stage<"return it", &Self::picked, cost::check>>;
};

/// The idle task becomes the current one.
struct set_next_task_idle : args::set_next_task_idle {
    using Self = set_next_task_idle;

    Next set(K& k) {
        k.cpu.rq.curr = k.cpu.rq.idle;
        return ret();
    }

    using stages = Stages<Stage<"the core is idle", &Self::set, cost::field>>;
};

/// The idle task is no longer the current one.
struct put_prev_task_idle : args::put_prev_task_idle {
    using Self = put_prev_task_idle;

    Next put(K&) { return ret(); }

    using stages = Stages<Stage<"the core is not idle any more", &Self::put, cost::field>>;
};

/// A tick that an idle CPU kept.
struct task_tick_idle : args::task_tick_idle {
    using Self = task_tick_idle;

    Next tick(K&) { return ret(); }

    using stages = Stages<Stage<"an idle task has no slice to use up", &Self::tick, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(do_idle, "kernel/sched/idle.c", "The idle loop: halts the CPU until somebody wants it."),
    RS_DEFINE(pick_next_task_idle, "kernel/sched/idle.c", "Gives the idle task when no other is runnable."),
    RS_DEFINE(set_next_task_idle, "kernel/sched/idle.c", "Makes the idle task current."),
    RS_DEFINE(put_prev_task_idle, "kernel/sched/idle.c", "Ends the idle task's turn."),
    RS_DEFINE(task_tick_idle, "kernel/sched/idle.c", "The tick on an idle CPU: nothing to do."),
};

}  // namespace

std::span<const FunctionInfo> schedIdleFunctions() { return kFunctions; }

}  // namespace ringside
