#pragma once
// A kernel of five small functions, for tests of what is generic: step, history, log. That it runs at all shows that
// the function table is data.

#include <cstdint>

#include "engine/history/timeline.h"
#include "engine/scenario/scenario.h"

namespace ringside::test {

namespace toy {
inline constexpr Fn<void()> program{0};                     ///< bottom of each stack: calls work() `rounds` times
inline constexpr Fn<std::uint32_t(std::uint32_t)> work{1};  ///< allocates an skb, frees an old one
inline constexpr Fn<void(SkbId)> put_away{2};               ///< drops or keeps an skb
inline constexpr Fn<SkbId(std::uint32_t)> make{3};          ///< for LabCall: an sk_buff with a buffer of that size
inline constexpr Fn<SkbId(SkbId, std::uint32_t)> touch{4};  ///< for LabCall: writes a byte of an skb's buffer
}  // namespace toy

/// A World with `cpus` CPUs, each running `program` until it has called work() `rounds` times (about 11 events each).
/// With rounds 0 the CPUs are at rest and nothing happens until a LabCall.
Start toyStart(std::uint32_t rounds, std::uint16_t cpus = 2, std::uint64_t seed = 1);

}  // namespace ringside::test
