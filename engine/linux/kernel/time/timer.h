#pragma once
// Starting and stopping timers. Follows include/linux/timer.h, hrtimer.h and tick.h of Linux 6.1.192. The functions
// that run them are in timer.cpp, hrtimer.cpp and tick.cpp.

#include "engine/linux/kernel.h"

namespace ringside::timers {

/// jiffies at that time.
inline std::uint64_t jiffies(Time now) { return static_cast<std::uint64_t>(jiffiesAt(now)); }

/// add_timer(): into this CPU's wheel, to run not before jiffy `expires`. The wheel rounds up by a bucket, so no timer
/// runs early; buckets are coarser the later it is (1, 8, 64, 512 … jiffies).
void add(K& k, TimerId timer, std::uint64_t expires);
/// del_timer(): out of the wheel; false where it was not in it.
bool remove(K& k, TimerId timer);
/// Whether its function runs on some CPU, so that del_timer_sync() would spin.
bool running(const K& k, TimerId timer);

/// hrtimer_start_range_ns(): among this CPU's timers, to run between `time` and `time + slack`.
void start(K& k, HrtimerId timer, Time time, Time slack);
/// hrtimer_try_to_cancel() of one that does not run.
void cancel(K& k, HrtimerId timer);
/// Whether its function runs on some CPU, so that hrtimer_cancel() would spin.
bool running(const K& k, HrtimerId timer);

/// The same on CPU `n`, without a stage that does it.
void enqueue(World& world, Machine& machine, CpuNo n, HrtimerId timer, Position cause);

/// tick_nohz_idle_stop_tick(): an idle CPU needs no tick, unless RCU or a timer of the wheel does within a jiffy.
void stopTick(K& k);
/// tick_nohz_idle_exit(): the tick goes on at the next jiffy.
void restartTick(World& world, Machine& machine, CpuNo n, Time now, Position cause);

}  // namespace ringside::timers
