// Follows kernel/time/hrtimer.c of Linux 6.1.192. Modelled: the timer interrupt running the tick and sleepers' timers,
// and nanosleep(). Left out: the red-black trees (the agenda holds the timers), timer slack (50 µs for ordinary tasks),
// restart after signals.
#include "engine/hardware/hardware.h"
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// Runs the high-resolution timers that have run out.
struct hrtimer_interrupt : args::hrtimer_interrupt {
    using Self = hrtimer_interrupt;

    Next each(K& k) {
        if (k.cpu.tick_due) {
            k.cpu.tick_due = false;
            return k.call<&Self::each>(fn::tick_sched_timer);
        }
        if (k.cpu.hrtimers_expired.empty()) return ret();
        const TaskId sleeper = k.cpu.hrtimers_expired.front();
        k.cpu.hrtimers_expired.erase(k.cpu.hrtimers_expired.begin());
        return k.call<&Self::each>(fn::hrtimer_wakeup, sleeper);
    }

    using stages = Stages<Stage<"run the next timer that has run out", &Self::each, cost::list_step>>;
};

/// The timer of a sleeping task.
struct hrtimer_wakeup : args::hrtimer_wakeup {
    using Self = hrtimer_wakeup;

    Next wake(K& k) {
        k.write(task).timeout_at = kNever;
        return k.returns(fn::try_to_wake_up, task);
    }

    using stages = Stages<Stage<"the sleep is over: wake the task", &Self::wake, cost::field>>;
};

/// nanosleep() enters the kernel.
struct __x64_sys_clock_nanosleep : args::__x64_sys_clock_nanosleep {
    using Self = __x64_sys_clock_nanosleep;

    Next begin(K& k) { return k.returns(fn::do_nanosleep, rqtp); }

    using stages = Stages<Stage<"copy the request from user space", &Self::begin, cost::copy>>;
};

/// Arms the timer and sleeps until it has run out.
struct do_nanosleep : args::do_nanosleep {
    using Self = do_nanosleep;

    Next arm(K& k) {
        k.current.state = TaskState::TASK_INTERRUPTIBLE;
        armTimer(k.world, k.machine, k.current_id, k.now() + duration, false, k.event.seq);
        return next<&Self::sleep>();
    }
    Next sleep(K& k) {
        if (k.current.timeout_at == kNever || k.current.sigkill_pending) {
            k.current.timeout_at = kNever;
            k.current.state = TaskState::TASK_RUNNING;
            return ret(std::int64_t{0});
        }
        k.current.state = TaskState::TASK_INTERRUPTIBLE;
        return k.call<&Self::sleep>(fn::schedule);
    }

    using stages = Stages<Stage<"state TASK_INTERRUPTIBLE, start the timer", &Self::arm, cost::lookup>,
                          Stage<"sleep unless the timer has run out", &Self::sleep, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(hrtimer_interrupt, "kernel/time/hrtimer.c", "Runs the high-resolution timers that have run out."),
    RS_DEFINE(hrtimer_wakeup, "kernel/time/hrtimer.c", "Wakes the task that slept on a timer."),
    RS_DEFINE(__x64_sys_clock_nanosleep, "kernel/time/posix-timers.c", "System call: sleep for a time."),
    RS_DEFINE(do_nanosleep, "kernel/time/hrtimer.c", "Starts a timer and sleeps until it has run out."),
};

}  // namespace

std::span<const FunctionInfo> hrtimerFunctions() { return kFunctions; }

}  // namespace ringside
