// Follows kernel/time/timer.c of Linux 6.1.192. Modelled: the TIMER softirq and schedule_timeout(), in whole jiffies
// (HZ=250). Left out: the wheel's levels (the agenda holds the timers), migration of timers.
#include <vector>

#include "engine/hardware/hardware.h"
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// The queue of the oldest incomplete datagram that has run out of time; nullptr: none. The queues stand in the order of
/// their age.
const FragmentQueue* expiredFragments(const K& k) {
    for (const FragmentQueue& q : *k.net().fragments) {
        if (q.expires != kNever) return q.expires <= k.now() ? &q : nullptr;
    }
    return nullptr;
}

/// Accounts the tick to the running task.
struct update_process_times : args::update_process_times {
    using Self = update_process_times;

    Next timers(K& k) {
        if (!k.cpu.timers_expired.empty() || expiredFragments(k) != nullptr) {
            k.raiseSoftirq(Softirq::TIMER);
            k.trace(Tracepoint::softirq_raise, static_cast<std::uint32_t>(Softirq::TIMER));
        }
        return k.call<&Self::tick>(fn::rcu_sched_clock_irq);
    }
    Next tick(K& k) { return k.returns(fn::scheduler_tick); }

    using stages =
        Stages<Stage<"raise the TIMER softirq if a timer of the wheel has run out", &Self::timers, cost::check>,
               Stage<"the scheduler's part of the tick", &Self::tick, cost::check>>;
};

/// The TIMER softirq.
struct run_timer_softirq : args::run_timer_softirq {
    using Self = run_timer_softirq;

    Next each(K& k) {
        if (const FragmentQueue* q = expiredFragments(k))
            return k.call<&Self::each>(q->saddr.version == 6 ? fn::ip6_frag_expire : fn::ip_expire, q->generation);
        if (k.cpu.timers_expired.empty()) return ret();
        const TaskId sleeper = k.cpu.timers_expired.front();
        k.cpu.timers_expired.erase(k.cpu.timers_expired.begin());
        return k.call<&Self::each>(fn::process_timeout, sleeper);
    }

    using stages = Stages<Stage<"run the next timer that has run out", &Self::each, cost::list_step>>;
};

/// The timer of schedule_timeout().
struct process_timeout : args::process_timeout {
    using Self = process_timeout;

    Next wake(K& k) {
        k.write(task).timeout_at = kNever;
        return k.returns(fn::try_to_wake_up, task);
    }

    using stages = Stages<Stage<"the time is up: wake the task", &Self::wake, cost::field>>;
};

/// schedule() with a time limit; returns what is left of it.
struct schedule_timeout : args::schedule_timeout {
    using Self = schedule_timeout;
    Time expire;

    Next begin(K& k) {
        if (timeout == kNever) return k.call<&Self::untimed>(fn::schedule);
        expire = (jiffiesAt(k.now()) + jiffiesFor(timeout)) * kJiffy;
        // The wheel rounds up by one jiffy, so that no timer fires early.
        armTimer(k.world, k.machine, k.current_id, expire + kJiffy, true, k.event.seq);
        return k.call<&Self::woken>(fn::schedule);
    }
    Next untimed(K&) { return ret(kNever); }
    Next woken(K& k) {
        k.current.timeout_at = kNever;
        std::erase(k.cpu.timers_expired, k.current_id);
        const Time left = expire - jiffiesAt(k.now()) * kJiffy;
        return ret(left > 0 ? left : Time{0});
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("expire", s.expire, Unit::nanoseconds, "when the time is up");
    }
    using stages = Stages<Stage<"give the CPU away", &Self::begin, cost::check>,
                          Stage<"woken: no limit was set", &Self::untimed, cost::check>,
                          Stage<"woken: stop the timer", &Self::woken, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(update_process_times, "kernel/time/timer.c", "The tick's accounting to the running task."),
    RS_DEFINE(run_timer_softirq, "kernel/time/timer.c",
              "The TIMER softirq: runs timers of the wheel that have run out."),
    RS_DEFINE(process_timeout, "kernel/time/timer.c", "Wakes a task whose time limit is over."),
    RS_DEFINE(schedule_timeout, "kernel/time/timer.c", "Sleeps with a time limit."),
};

}  // namespace

std::span<const FunctionInfo> timerFunctions() { return kFunctions; }

}  // namespace ringside
