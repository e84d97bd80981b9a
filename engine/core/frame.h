#pragma once
// One active function on a task's kernel stack: plain bytes of fixed size, so that a World copies them. The stack
// itself is in stack.h.

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/core/event.h"
#include "engine/core/types.h"

namespace ringside {

/// What a frame is waiting for.
enum class FrameState : std::uint8_t {
    pushed,     ///< called, not yet entered; call stacks in pictures leave it out
    entered,    ///< running its stages
    tail,       ///< "return f(x)": f is above; when it returns, so does this
    returning,  ///< returned; popped silently before the CPU's next step, so that the last stage is seen with its frame
};

/// An active function: which one, at which stage, its arguments, locals and the last result it was given. 64 bytes; the
/// locals of a function that needs more than 48 stand in its Stack's overflow area (Stack::locals() finds them).
struct Frame {
    FunctionId function = kNoFunction;
    std::uint8_t stage = 0;
    FrameState state = FrameState::pushed;
    Context context = Context::process;
    bool interrupt = false;      ///< put here by an interrupt: its return gives the frame below no result
    std::uint16_t overflow = 0;  ///< where the overflow area has its locals, in units of 16 bytes, from 1; 0: here
    std::uint64_t result = 0;    ///< of the function last called; when returning, its own
    alignas(8) std::array<std::byte, 48> locals{};  ///< the struct in linux/ that describes the function
};
static_assert(sizeof(Frame) == 64);

}  // namespace ringside
