// Follows kernel/time/tick-sched.c of Linux 6.1.192. Modelled: the tick, an hrtimer of each CPU every 4 ms (HZ=250), on
// all CPUs at the same times; a CPU that goes idle stops it (NO_HZ_IDLE) unless RCU or the timer wheel needs it, and
// goes on with it when a task comes. Left out: full dynticks, the CPU that keeps the time for all, skewed ticks.
#include "engine/linux/kernel/time/timer.h"

namespace ringside {

namespace timers {

void stopTick(K& k) {
    CpuTimers& timers = k.cpu.timers;
    // can_stop_idle_tick(), rcu_needs_cpu()
    if (k.cpu.softirq_pending != 0 || !k.cpu.rcu.cblist.empty())
        return restartTick(k.world, k.machine, k.cpu.id, k.now(), k.event.seq);
    Time next = kNever;
    if (!timers.wheel.empty())
        next = static_cast<Time>(std::as_const(k.machine.timers)[timers.wheel.front()].bucket) * kJiffy;
    if (next <= nextTickAfter(k.now())) return restartTick(k.world, k.machine, k.cpu.id, k.now(), k.event.seq);
    const Hrtimer& tick = std::as_const(k.machine.hrtimers)[timers.sched_timer];
    if (timers.tick_stopped && (tick.queued ? tick.expires : kNever) == next) return;
    timers.tick_stopped = true;
    cancel(k, timers.sched_timer);
    if (next != kNever) start(k, timers.sched_timer, next, 0);
}

void restartTick(World& world, Machine& machine, CpuNo n, Time now, Position cause) {
    CpuTimers& timers = machine.cpu(n).timers;
    if (!timers.tick_stopped) return;
    timers.tick_stopped = false;
    Hrtimer& tick = machine.hrtimers.write(timers.sched_timer);
    if (tick.queued) std::erase(timers.hrtimers, timers.sched_timer);
    tick.softexpires = tick.expires = nextTickAfter(now);
    enqueue(world, machine, n, timers.sched_timer, cause);
}

}  // namespace timers

namespace {

/// Where the CPU was when the interrupt came.
Context interrupted(const K& k) {
    for (std::size_t i = k.stack.size(); i-- > 1;) {
        if (k.stack[i].interrupt) return k.stack[i - 1].context;
    }
    return Context::process;
}

/// The hrtimer that emulates the periodic tick.
struct tick_sched_timer : args::tick_sched_timer {
    using Self = tick_sched_timer;

    Next handle(K& k) { return k.call<&Self::forward>(fn::tick_sched_handle); }
    Next forward(K& k) {
        if (k.cpu.timers.tick_stopped) return ret(HrtimerRestart::HRTIMER_NORESTART);
        return k.call<&Self::again>(fn::hrtimer_forward, timer, k.now(), kJiffy);
    }
    Next again(K&) { return ret(HrtimerRestart::HRTIMER_RESTART); }

    using stages = Stages<Stage<"advance jiffies", &Self::handle, cost::field>,
                          Stage<"the next tick, unless it is stopped", &Self::forward, cost::check>,
                          Stage<"the timer is wanted again", &Self::again, cost::check>>;
};

/// What each tick does.
struct tick_sched_handle : args::tick_sched_handle {
    using Self = tick_sched_handle;

    Next handle(K& k) { return k.returns(fn::update_process_times, interrupted(k) == Context::user); }

    using stages = Stages<Stage<"account the tick", &Self::handle, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(tick_sched_timer, "kernel/time/tick-sched.c", "The timer behind the periodic tick."),
    RS_DEFINE(tick_sched_handle, "kernel/time/tick-sched.c", "Does what each tick does."),
};

}  // namespace

std::span<const FunctionInfo> tickFunctions() { return kFunctions; }

}  // namespace ringside
