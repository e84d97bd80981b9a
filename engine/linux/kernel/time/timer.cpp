// Follows kernel/time/timer.c of Linux 6.1.192. Modelled: the wheel's buckets with their granularity, the TIMER softirq
// that runs a CPU's timers through their functions, schedule_timeout(), in whole jiffies (HZ=250). Left out: deferrable
// timers, moving of timers to busy CPUs. The wheel is a list sorted by buckets.
#include "engine/linux/kernel/time/timer.h"

#include <algorithm>

#include "engine/linux/kernel.h"

namespace ringside {

namespace timers {
namespace {

/// calc_wheel_index(): the jiffy of the bucket for a timer of jiffy `expires`. Level n has buckets of 8^n jiffies and
/// begins 63 * 8^(n-1) jiffies ahead.
std::uint64_t bucketOf(std::uint64_t expires, std::uint64_t now) {
    constexpr unsigned kLevels = 9, kShift = 3;
    if (expires < now) return now;
    const std::uint64_t delta = expires - now;
    unsigned level = 0;
    while (level + 1 < kLevels && delta >= std::uint64_t{63} << (level * kShift)) ++level;
    return ((expires >> (level * kShift)) + 1) << (level * kShift);
}

/// Whether the wheel has a timer that is due.
bool due(const K& k) {
    const std::vector<TimerId>& wheel = k.cpu.timers.wheel;
    return !wheel.empty() && std::as_const(k.machine.timers)[wheel.front()].bucket <= jiffies(k.now());
}

}  // namespace

void add(K& k, TimerId id, std::uint64_t expires) {
    TimerList& timer = k.machine.timers.write(id);
    RS_ASSERT(!timer.pending);
    timer.cpu = k.cpu.id;
    timer.pending = true;
    timer.expires = expires;
    timer.bucket = bucketOf(expires, jiffies(k.now()));
    std::vector<TimerId>& wheel = k.cpu.timers.wheel;
    const auto place = std::upper_bound(
        wheel.begin(), wheel.end(), timer.bucket,
        [&](std::uint64_t bucket, TimerId other) { return bucket < std::as_const(k.machine.timers)[other].bucket; });
    wheel.insert(place, id);
}

bool remove(K& k, TimerId id) {
    TimerList& timer = k.machine.timers.write(id);
    if (!timer.pending) return false;
    timer.pending = false;
    std::erase(k.machine.cpu(timer.cpu).timers.wheel, id);
    return true;
}

bool running(const K& k, TimerId id) {
    return std::as_const(k.machine).cpu(std::as_const(k.machine.timers)[id].cpu).timers.running_timer == id;
}

}  // namespace timers

namespace {

/// Accounts the tick to the running task.
struct update_process_times : args::update_process_times {
    using Self = update_process_times;

    Next timers(K& k) {
        if (timers::due(k)) {
            k.raiseSoftirq(Softirq::TIMER);
            k.trace(Tracepoint::softirq_raise, static_cast<std::uint32_t>(Softirq::TIMER));
        }
        return k.call<&Self::tick>(fn::rcu_sched_clock_irq, user_tick);
    }
    Next tick(K& k) { return k.call<&Self::posix>(fn::scheduler_tick); }
    Next posix(K& k) { return k.returns(fn::run_posix_cpu_timers); }

    using stages =
        Stages<Stage<"raise the TIMER softirq if a timer of the wheel has run out", &Self::timers, cost::check>,
               Stage<"the scheduler's part of the tick", &Self::tick, cost::check>,
               Stage<"look at the task's own limits of CPU time", &Self::posix, cost::check>>;
};

/// CPU-time timers of the running task.
struct run_posix_cpu_timers : args::run_posix_cpu_timers {
    using Self = run_posix_cpu_timers;

    Next look(K&) { return ret(); }

    using stages = Stages<Stage<"the task has no timer of its CPU time", &Self::look, cost::check>>;
};

/// The TIMER softirq.
struct run_timer_softirq : args::run_timer_softirq {
    using Self = run_timer_softirq;

    Next each(K& k) {
        k.cpu.timers.running_timer = {};
        if (!timers::due(k)) return ret();
        std::vector<TimerId>& wheel = k.cpu.timers.wheel;
        const TimerId first = wheel.front();
        wheel.erase(wheel.begin());
        TimerList& timer = k.machine.timers.write(first);
        timer.pending = false;
        k.cpu.timers.running_timer = first;
        return k.call<&Self::each>(timer.function, first);
    }

    using stages = Stages<Stage<"run the next timer that has run out", &Self::each, cost::list_step>>;
};

/// The timer of schedule_timeout().
struct process_timeout : args::process_timeout {
    using Self = process_timeout;

    Next wake(K& k) { return k.returns(fn::wake_up_process, TaskId{std::as_const(k.machine.timers)[t].arg}); }

    using stages = Stages<Stage<"the time is up: wake the task", &Self::wake, cost::field>>;
};

/// schedule() with a time limit; returns what is left of it.
struct schedule_timeout : args::schedule_timeout {
    using Self = schedule_timeout;
    Time expire;
    TimerId timer;

    Next begin(K& k) {
        if (timeout == kNever) return k.call<&Self::untimed>(fn::schedule);
        expire = (jiffiesAt(k.now()) + jiffiesFor(timeout)) * kJiffy;
        timer = k.machine.timers.alloc();
        TimerList& t = k.machine.timers.write(timer);
        t.function = fn::process_timeout;
        t.arg = k.current_id.slot;
        timers::add(k, timer, timers::jiffies(expire));
        return k.call<&Self::woken>(fn::schedule);
    }
    Next untimed(K&) { return ret(kNever); }
    Next woken(K& k) {
        if (timers::running(k, timer)) return next<&Self::woken>();  // del_timer_sync() spins: it runs on another CPU
        timers::remove(k, timer);
        k.machine.timers.free(std::exchange(timer, {}));
        const Time left = expire - jiffiesAt(k.now()) * kJiffy;
        return ret(left > 0 ? left : Time{0});
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("expire", s.expire, Unit::nanoseconds, "when the time is up");
        v("timer", s.timer, Unit::none, "the timer, on the stack");
    }
    using stages = Stages<Stage<"give the CPU away", &Self::begin, cost::check>,
                          Stage<"woken: no limit was set", &Self::untimed, cost::check>,
                          Stage<"woken: stop the timer", &Self::woken, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(update_process_times, "kernel/time/timer.c", "The tick's accounting to the running task."),
    RS_DEFINE(run_posix_cpu_timers, "kernel/time/posix-cpu-timers.c",
              "Looks whether the task has used up a limit of its CPU time (none has one here)."),
    RS_DEFINE(run_timer_softirq, "kernel/time/timer.c",
              "The TIMER softirq: runs timers of the wheel that have run out."),
    RS_DEFINE(process_timeout, "kernel/time/timer.c", "Wakes a task whose time limit is over."),
    RS_DEFINE(schedule_timeout, "kernel/time/timer.c", "Sleeps with a time limit."),
};

}  // namespace

std::span<const FunctionInfo> timerFunctions() { return kFunctions; }

}  // namespace ringside
