#pragma once
// The ground everything stands on: model time, ids and the assertion that stays on in release builds.

#include <cstddef>
#include <cstdint>
#include <limits>

namespace ringside {

/// Model time in nanoseconds since the start of the run. Never wall time, never animation time.
using Time = std::int64_t;
/// A time that never comes: the local time of a CPU that has nothing to do.
inline constexpr Time kNever = std::numeric_limits<Time>::max();
inline constexpr Time kMicrosecond = 1'000;
inline constexpr Time kMillisecond = 1'000'000;
inline constexpr Time kSecond = 1'000'000'000;

/// Number of events that have happened; position p is the World after p events, and an event's `seq` is the position
/// after it.
using Position = std::uint64_t;

/// Index into one of the World's pools; 0 is none. A slot is reused after a free, so an id means something only within
/// one World. The tag keeps an SkbId from being passed where a SocketId is meant.
template <class Tag>
struct Id {
    std::uint32_t slot = 0;
    explicit operator bool() const { return slot != 0; }
    friend bool operator==(Id, Id) = default;
    friend auto operator<=>(Id, Id) = default;
};

using SkbId = Id<struct SkBuff>;
using BufferId = Id<struct Buffer>;
using SocketId = Id<struct Socket>;
using TaskId = Id<struct Task>;
using TimerId = Id<struct TimerList>;
using WaitQueueHeadId = Id<struct WaitQueueHead>;
using HrtimerId = Id<struct Hrtimer>;
using NapiId = Id<struct Napi>;
using DstId = Id<struct DstEntry>;
using PtypeId = Id<struct PacketHandler>;
using CpuNo = std::uint16_t;
inline constexpr CpuNo kNoCpu = 0xffff;
using MachineNo = std::uint8_t;  ///< index into World::machines
using NetNo = std::uint8_t;      ///< index into Machine::nets

[[noreturn, gnu::cold]] void assertionFailed(const char* what, const char* file, int line);

}  // namespace ringside

/// A broken invariant of the model is a bug; it stops the program in every build type rather than show something
/// untrue.
#define RS_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::ringside::assertionFailed(#condition, __FILE__, __LINE__))
