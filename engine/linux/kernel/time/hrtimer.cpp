// Follows kernel/time/hrtimer.c of Linux 6.1.192. Modelled: the timer interrupt that runs a CPU's timers through their
// functions, the range between soft and hard expiry (timer slack, 50 µs for ordinary tasks), nanosleep(). Left out:
// clock bases beside CLOCK_MONOTONIC, softirq timers, moving of timers to busy CPUs, restart after signals. The
// red-black tree is a sorted list.
#include <algorithm>

#include "engine/hardware/hardware.h"
#include "engine/linux/kernel/time/timer.h"

namespace ringside {

namespace timers {
namespace {

/// The latest time that the first timer may wait for.
Time nextExpiry(const Machine& machine, const Cpu& cpu) {
    return cpu.timers.hrtimers.empty() ? kNever : machine.hrtimers[cpu.timers.hrtimers.front()].expires;
}

}  // namespace

void enqueue(World& world, Machine& machine, CpuNo n, HrtimerId id, Position cause) {
    Hrtimer& timer = machine.hrtimers.write(id);
    timer.cpu = n;
    timer.queued = true;
    Cpu& cpu = machine.cpu(n);
    std::vector<HrtimerId>& queue = cpu.timers.hrtimers;
    const auto place = std::upper_bound(queue.begin(), queue.end(), timer.expires, [&](Time expires, HrtimerId other) {
        return expires < std::as_const(machine.hrtimers)[other].expires;
    });
    const bool first = place == queue.begin();
    queue.insert(place, id);
    if (first) programClock(world, machine, n, timer.expires, cause);
}

void start(K& k, HrtimerId id, Time time, Time slack) {
    Hrtimer& timer = k.machine.hrtimers.write(id);
    timer.softexpires = time;
    timer.expires = time + slack;
    enqueue(k.world, k.machine, k.cpu.id, id, k.event.seq);
}

void cancel(K& k, HrtimerId id) {
    Hrtimer& timer = k.machine.hrtimers.write(id);
    if (!timer.queued) return;
    timer.queued = false;
    Cpu& cpu = k.machine.cpu(timer.cpu);
    const bool first = cpu.timers.hrtimers.front() == id;
    std::erase(cpu.timers.hrtimers, id);
    if (first) programClock(k.world, k.machine, timer.cpu, nextExpiry(k.machine, cpu), k.event.seq);
}

bool running(const K& k, HrtimerId id) {
    return std::as_const(k.machine).cpu(std::as_const(k.machine.hrtimers)[id].cpu).timers.running_hrtimer == id;
}

}  // namespace timers

namespace {

constexpr Time kTimerSlack = 50 * kMicrosecond;  // timer_slack_ns of an ordinary task

/// Runs the high-resolution timers that have run out.
struct hrtimer_interrupt : args::hrtimer_interrupt {
    using Self = hrtimer_interrupt;

    Next each(K& k) {
        CpuTimers& timers = k.cpu.timers;
        if (!timers.hrtimers.empty()) {
            const HrtimerId first = timers.hrtimers.front();
            Hrtimer& timer = k.machine.hrtimers.write(first);
            if (timer.softexpires <= k.now()) {
                timers.hrtimers.erase(timers.hrtimers.begin());
                timer.queued = false;
                timers.running_hrtimer = first;
                return k.call<&Self::ran>(timer.function, first);
            }
        }
        return k.returns(fn::tick_program_event, timers::nextExpiry(k.machine, k.cpu));
    }
    Next ran(K& k, HrtimerRestart restart) {
        const HrtimerId timer = std::exchange(k.cpu.timers.running_hrtimer, HrtimerId{});
        if (restart == HrtimerRestart::HRTIMER_RESTART)
            timers::enqueue(k.world, k.machine, k.cpu.id, timer, k.event.seq);
        return next<&Self::each>();
    }

    using stages = Stages<Stage<"run the next timer that has run out", &Self::each, cost::list_step>,
                          Stage<"the timer has run; queue it again if it asks for that", &Self::ran, cost::list_step>>;
};

/// Programs the CPU's clock for the next timer.
struct tick_program_event : args::tick_program_event {
    using Self = tick_program_event;

    Next program(K& k) {
        programClock(k.world, k.machine, k.cpu.id, expires, k.event.seq);
        return ret();
    }

    using stages = Stages<Stage<"program the clock for the next timer", &Self::program, cost::field>>;
};

/// Moves a timer's expiry on by whole intervals until it lies in the future.
struct hrtimer_forward : args::hrtimer_forward {
    using Self = hrtimer_forward;

    Next forward(K& k) {
        Hrtimer& t = k.machine.hrtimers.write(timer);
        if (now < t.expires) return ret(std::uint64_t{0});
        const Time overruns = (now - t.expires) / interval + 1;
        t.expires += overruns * interval;
        t.softexpires = t.expires;
        return ret(static_cast<std::uint64_t>(overruns));
    }

    using stages = Stages<Stage<"move the expiry on by whole intervals", &Self::forward, cost::field>>;
};

/// The timer of a sleeping task.
struct hrtimer_wakeup : args::hrtimer_wakeup {
    using Self = hrtimer_wakeup;

    Next wake(K& k) {
        const TaskId task = std::exchange(k.machine.hrtimers.write(timer).task, TaskId{});
        if (!task) return ret(HrtimerRestart::HRTIMER_NORESTART);
        return k.call<&Self::woken>(fn::wake_up_process, task);
    }
    Next woken(K&) { return ret(HrtimerRestart::HRTIMER_NORESTART); }

    using stages = Stages<Stage<"the sleep is over: wake the task", &Self::wake, cost::field>,
                          Stage<"the timer is not wanted again", &Self::woken, cost::check>>;
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
    HrtimerId timer;

    Next arm(K& k) {
        k.current.state = TaskState::TASK_INTERRUPTIBLE;
        timer = k.machine.hrtimers.alloc();
        Hrtimer& t = k.machine.hrtimers.write(timer);
        t.function = fn::hrtimer_wakeup;
        t.task = k.current_id;
        timers::start(k, timer, k.now() + duration, kTimerSlack);
        return next<&Self::sleep>();
    }
    Next sleep(K& k) {
        if (!std::as_const(k.machine.hrtimers)[timer].task) return next<&Self::cancel>();
        return k.call<&Self::cancel>(fn::schedule);
    }
    Next cancel(K& k) {
        if (timers::running(k, timer)) return next<&Self::cancel>();  // on another CPU: spin
        timers::cancel(k, timer);
        const Hrtimer& t = std::as_const(k.machine.hrtimers)[timer];
        if (t.task && !k.current.signalPending()) {
            k.current.state = TaskState::TASK_INTERRUPTIBLE;
            timers::start(k, timer, t.softexpires, t.expires - t.softexpires);
            return next<&Self::sleep>();
        }
        k.machine.hrtimers.free(std::exchange(timer, {}));
        k.current.state = TaskState::TASK_RUNNING;
        return ret(std::int64_t{0});
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("timer", s.timer, Unit::none, "the timer, on the stack");
    }
    using stages = Stages<Stage<"state TASK_INTERRUPTIBLE, start the timer", &Self::arm, cost::lookup>,
                          Stage<"sleep unless the timer has run out", &Self::sleep, cost::check>,
                          Stage<"awake: stop the timer; sleep on if it had not run out", &Self::cancel, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(hrtimer_interrupt, "kernel/time/hrtimer.c", "Runs the high-resolution timers that have run out."),
    RS_DEFINE(tick_program_event, "kernel/time/tick-oneshot.c", "Programs the CPU's clock for the next timer."),
    RS_DEFINE(hrtimer_forward, "kernel/time/hrtimer.c", "Moves a periodic timer's expiry into the future."),
    RS_DEFINE(hrtimer_wakeup, "kernel/time/hrtimer.c", "Wakes the task that slept on a timer."),
    RS_DEFINE(__x64_sys_clock_nanosleep, "kernel/time/posix-timers.c", "System call: sleep for a time."),
    RS_DEFINE(do_nanosleep, "kernel/time/hrtimer.c", "Starts a timer and sleeps until it has run out."),
};

}  // namespace

std::span<const FunctionInfo> hrtimerFunctions() { return kFunctions; }

}  // namespace ringside
