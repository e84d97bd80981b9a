// Follows kernel/time/tick-sched.c of Linux 6.1.192. Modelled: the tick's way to the scheduler, every 4 ms (HZ=250).
// Simplified: a CPU has a tick only while two tasks want it; with one or none nothing would come of it (the kernel
// stops it on idle CPUs only).
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// The hrtimer that emulates the periodic tick.
struct tick_sched_timer : args::tick_sched_timer {
    using Self = tick_sched_timer;

    Next handle(K& k) { return k.returns(fn::tick_sched_handle); }

    using stages = Stages<Stage<"advance jiffies", &Self::handle, cost::field>>;
};

/// What each tick does.
struct tick_sched_handle : args::tick_sched_handle {
    using Self = tick_sched_handle;

    Next handle(K& k) { return k.returns(fn::update_process_times); }

    using stages = Stages<Stage<"account the tick", &Self::handle, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(tick_sched_timer, "kernel/time/tick-sched.c", "The timer behind the periodic tick."),
    RS_DEFINE(tick_sched_handle, "kernel/time/tick-sched.c", "Does what each tick does."),
};

}  // namespace

std::span<const FunctionInfo> tickFunctions() { return kFunctions; }

}  // namespace ringside
