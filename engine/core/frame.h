#pragma once
// One active function on a task's kernel stack, and the stack. Plain bytes of fixed size, so that a World copies them.

#include <algorithm>
#include <array>
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

/// An active function: which one, at which stage, its arguments, locals and the last result it was given. 64 bytes.
struct Frame {
    FunctionId function = kNoFunction;
    std::uint8_t stage = 0;
    FrameState state = FrameState::pushed;
    Context context = Context::process;
    bool interrupt = false;  ///< put here by an interrupt: its return gives the frame below no result
    std::uint8_t pad[2]{};
    std::uint64_t result = 0;                       ///< of the function last called; when returning, its own
    alignas(8) std::array<std::byte, 48> locals{};  ///< the struct in linux/ that describes the function
};
static_assert(sizeof(Frame) == 64);

/// A task's kernel stack, user mode at the bottom. Copying copies only what is used.
struct Stack {
    static constexpr std::size_t kDepth = 96;
    std::size_t size = 0;
    std::array<Frame, kDepth> frames;

    Stack() {}  // NOLINT(modernize-use-equals-default): frames above size are never read
    Stack(const Stack& other) : size(other.size) { std::copy_n(other.frames.begin(), size, frames.begin()); }
    Stack& operator=(const Stack& other) {
        size = other.size;
        std::copy_n(other.frames.begin(), size, frames.begin());
        return *this;
    }
    ~Stack() = default;
    Frame& top() { return frames[size - 1]; }
    [[nodiscard]] const Frame& top() const { return frames[size - 1]; }
    Frame& push() {
        RS_ASSERT(size < kDepth);
        return frames[size++] = Frame{};
    }
};

}  // namespace ringside
