#pragma once
// A kernel of five small functions, for tests of what is generic: step, history, log. That it runs at all shows that
// the function table is data.

#include <cstdint>

#include "engine/history/timeline.h"
#include "engine/linux/arguments.h"
#include "engine/scenario/scenario.h"

namespace ringside::test {

// program: bottom of each stack, calls work() `rounds` times; work: allocates an skb, frees an old one; put_away: drops
// or keeps an skb; make, for LabCall: an sk_buff with a buffer of that size; touch, for LabCall: writes a byte of an
// skb's buffer.
// clang-format off
#define RS_TOY_FUNCTIONS(X)                                             \
    X(program, void)                                                    \
    X(work, std::uint32_t, (std::uint32_t, n, Unit::count, "rounds left")) \
    X(put_away, void, (SkbId, skb))                                     \
    X(make, SkbId, (std::uint32_t, size, Unit::bytes, "of the buffer")) \
    X(touch, SkbId, (SkbId, skb), (std::uint32_t, value, Unit::count, "what to write"))
// clang-format on

namespace toy_args {
using args::argumentText;
RS_TOY_FUNCTIONS(RS_ARGUMENTS)
}  // namespace toy_args

namespace toy {
enum Number : FunctionId {
#define RS_NUMBER(name, ...) k_##name,
    RS_TOY_FUNCTIONS(RS_NUMBER)
#undef RS_NUMBER
};
#define RS_TOY(name, ...) inline constexpr toy_args::name::Function name{k_##name};
RS_TOY_FUNCTIONS(RS_TOY)
#undef RS_TOY
}  // namespace toy

/// A World with `cpus` CPUs, each running `program` until it has called work() `rounds` times (about 11 events each).
/// With rounds 0 the CPUs are at rest and nothing happens until a LabCall.
Start toyStart(std::uint32_t rounds, std::uint16_t cpus = 2, std::uint64_t seed = 1, MachineNo machines = 1);

}  // namespace ringside::test
