#pragma once
// Timers of the kernel as the World has them: of the wheel, in jiffies (timer_list), and of high resolution (hrtimer).
// Follows include/linux/timer.h and include/linux/hrtimer.h.

#include <string_view>
#include <vector>

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/types.h"

namespace ringside {

/// What the function of an hrtimer returns: whether it runs again.
enum class HrtimerRestart : std::uint8_t { HRTIMER_NORESTART, HRTIMER_RESTART };
constexpr std::string_view nameOf(HrtimerRestart restart) {
    return restart == HrtimerRestart::HRTIMER_RESTART ? "HRTIMER_RESTART" : "HRTIMER_NORESTART";
}

/// struct timer_list. The kernel has it inside another struct (from_timer()); `arg` says which that is.
struct TimerList {
    Fn<void(TimerId)> function;
    std::uint32_t arg = 0;      ///< what the function knows it by: a task's slot, a queue's generation
    CpuNo cpu = 0;              ///< whose wheel it is in
    bool pending = false;       ///< in the wheel
    std::uint64_t expires = 0;  ///< jiffy asked for
    std::uint64_t bucket = 0;   ///< jiffy of its bucket: not earlier, and coarser the later

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("function", s.function, Unit::none, "what is called in the TIMER softirq");
        v("arg", s.arg, Unit::index, "what it is about: a task's slot, a datagram's queue");
        v("cpu", s.cpu, Unit::index, "whose wheel it is in");
        v("pending", s.pending, Unit::none, "in the wheel");
        v("expires", s.expires, Unit::count, "jiffy asked for");
        v("bucket", s.bucket, Unit::count, "jiffy at which its bucket is due");
    }
};

/// struct hrtimer, and the task of an hrtimer_sleeper.
struct Hrtimer {
    Fn<HrtimerRestart(HrtimerId)> function;
    TaskId task{};         ///< who sleeps on it; none once it has run
    CpuNo cpu = 0;         ///< whose timers it is among
    bool queued = false;   ///< HRTIMER_STATE_ENQUEUED
    Time softexpires = 0;  ///< not before this
    Time expires = 0;      ///< and an interrupt is programmed for this; between them lies the slack

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("function", s.function, Unit::none, "what is called in the timer interrupt");
        v("task", s.task, Unit::none, "who sleeps on it");
        v("cpu", s.cpu, Unit::index, "whose timers it is among");
        v("queued", s.queued, Unit::none, "waits to run out");
        v("softexpires", s.softexpires, Unit::nanoseconds, "earliest time");
        v("expires", s.expires, Unit::nanoseconds, "latest time; the clock is programmed for it");
    }
};

/// What a CPU has of both: struct timer_base, struct hrtimer_cpu_base and struct tick_sched.
struct CpuTimers {
    std::vector<TimerId> wheel;       ///< by the jiffy of their buckets, first queued first
    std::vector<HrtimerId> hrtimers;  ///< by `expires`
    TimerId running_timer{};          ///< whose function runs in the softirq
    HrtimerId running_hrtimer{};      ///< whose function runs in the interrupt
    HrtimerId sched_timer{};          ///< the tick
    bool tick_stopped = false;        ///< the CPU is idle and has no tick
    Time event = kNever;              ///< what the CPU's clock event device is programmed for
    std::vector<Time> armed;  ///< items of the agenda for it, latest first; the last one stands for all later times

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("wheel", s.wheel, Unit::none, "timers in jiffies, earliest first");
        v("hrtimers", s.hrtimers, Unit::none, "timers of high resolution, earliest first");
        v("running_timer", s.running_timer, Unit::none, "whose function runs in the softirq");
        v("running_hrtimer", s.running_hrtimer, Unit::none, "whose function runs in the interrupt");
        v("sched_timer", s.sched_timer, Unit::none, "the hrtimer that is the tick");
        v("tick_stopped", s.tick_stopped, Unit::none, "the CPU is idle and has no tick");
        v("event", s.event, Unit::nanoseconds, "when the CPU's clock interrupts next");
        v.hidden("armed", s.armed);
    }
};

}  // namespace ringside
