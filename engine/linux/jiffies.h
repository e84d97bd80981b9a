#pragma once
// The kernel's coarse time. HZ is that of the recorded machine (CONFIG_HZ=250).

#include "engine/core/types.h"

namespace ringside {

inline constexpr std::int64_t HZ = 250;
/// A jiffy in nanoseconds: from one tick to the next.
inline constexpr Time kJiffy = kSecond / HZ;
/// The jiffies that have passed at a time.
constexpr std::int64_t jiffiesAt(Time time) { return time / kJiffy; }
/// A length of time in jiffies, rounded up: nsecs_to_jiffies() and its like.
constexpr std::int64_t jiffiesFor(Time length) { return (length + kJiffy - 1) / kJiffy; }
/// When the tick after a time comes.
constexpr Time nextTickAfter(Time time) { return (jiffiesAt(time) + 1) * kJiffy; }

}  // namespace ringside
