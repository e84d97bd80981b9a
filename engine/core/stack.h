#pragma once
// A task's kernel stack.

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/frame.h"

namespace ringside {

/// Frames, user mode at the bottom. Memory and the time of a copy follow what is used: frames stand in chunks of 32,
/// each in a cache line of its own, and never move. A reference to a frame is good until the frame is popped; what
/// locals() gives for a frame with overflow also until another is entered.
class Stack {
  public:
    static constexpr std::size_t kDepth = 255, kChunk = 32;
    static_assert(kDepth <= 0xff, "Event::depth");

    Stack() = default;
    Stack(const Stack& other) { *this = other; }
    Stack& operator=(const Stack& other) {
        if (this == &other) return *this;
        m_size = other.m_size;
        m_top = nullptr;
        for (std::size_t i = 0; i * kChunk < m_size; ++i) {
            if (!m_chunks[i]) m_chunks[i] = std::make_unique_for_overwrite<Chunk>();
            const std::size_t used = std::min(kChunk, m_size - i * kChunk);
            std::memcpy(m_chunks[i]->bytes, other.m_chunks[i]->bytes, used * sizeof(Frame));
            m_top = m_chunks[i]->frame(used - 1);
        }
        m_overflow = other.m_overflow;
        return *this;
    }
    Stack(Stack&& other) noexcept
        : m_top(std::exchange(other.m_top, nullptr)),
          m_size(std::exchange(other.m_size, 0)),
          m_chunks(std::move(other.m_chunks)),
          m_overflow(std::move(other.m_overflow)) {}
    Stack& operator=(Stack&& other) noexcept {
        std::swap(m_top, other.m_top);
        std::swap(m_size, other.m_size);
        std::swap(m_chunks, other.m_chunks);
        std::swap(m_overflow, other.m_overflow);
        return *this;
    }
    ~Stack() = default;

    [[nodiscard]] std::size_t size() const { return m_size; }
    /// Frame i from the bottom; i < size().
    Frame& operator[](std::size_t i) { return *m_chunks[i / kChunk]->frame(i % kChunk); }
    const Frame& operator[](std::size_t i) const { return *m_chunks[i / kChunk]->frame(i % kChunk); }
    Frame& top() { return *m_top; }
    [[nodiscard]] const Frame& top() const { return *m_top; }

    Frame& push() {
        RS_ASSERT(m_size < kDepth);
        if (m_size % kChunk == 0) [[unlikely]]
            m_top = chunk(m_size / kChunk);
        else
            ++m_top;
        ++m_size;
        return *m_top = Frame{};
    }
    void pop() {
        if (m_top->overflow != 0) [[unlikely]]
            m_overflow.resize((m_top->overflow - std::size_t{1}) * kUnit);
        --m_size;
        if (m_size % kChunk == 0) [[unlikely]]
            m_top = m_size == 0 ? nullptr : m_chunks[m_size / kChunk - 1]->frame(kChunk - 1);
        else
            --m_top;
    }
    /// Frames whose function has returned go away; the result moves to the caller, through tail calls too. An interrupt
    /// was called by nobody: the frame below keeps the result it may be waiting to use.
    void popReturned() {
        while (m_top->state == FrameState::returning) {
            RS_ASSERT(m_size > 1);
            const std::uint64_t result = m_top->result;
            const bool interrupt = m_top->interrupt;
            pop();
            // NOLINTBEGIN(clang-analyzer-core.NullDereference): a frame is left, as asserted
            if (!interrupt) m_top->result = result;
            if (m_top->state == FrameState::tail) m_top->state = FrameState::returning;
            // NOLINTEND(clang-analyzer-core.NullDereference)
        }
    }

    /// Gives the top frame `size` zero bytes of overflow, its arguments first. It has none yet.
    void overflowTop(std::size_t size) {
        const std::size_t at = m_overflow.size(), units = at / kUnit + 1;
        RS_ASSERT(units <= 0xffff);
        m_overflow.resize(at + (size + kUnit - 1) / kUnit * kUnit);
        std::memcpy(m_overflow.data() + at, m_top->locals.data(), std::min(size, sizeof m_top->locals));
        m_top->locals = {};
        m_top->overflow = static_cast<std::uint16_t>(units);
    }
    /// The struct of a frame of this stack, arguments and locals; perhaps with more bytes behind it.
    [[nodiscard]] std::span<const std::byte> locals(const Frame& frame) const {
        if (frame.overflow == 0) return frame.locals;
        return std::span(m_overflow).subspan((frame.overflow - std::size_t{1}) * kUnit);
    }
    /// The same for writing, of a frame whose locals stand in the overflow area.
    std::byte* overflowOf(const Frame& frame) { return m_overflow.data() + (frame.overflow - std::size_t{1}) * kUnit; }
    /// Bytes of memory behind a stack, beside itself.
    [[nodiscard]] std::size_t heapBytes() const {
        std::size_t bytes = m_overflow.capacity();
        for (const auto& c : m_chunks) bytes += c ? sizeof(Chunk) : 0;
        return bytes;
    }

  private:
    static constexpr std::size_t kUnit = 16;
    struct Chunk {
        alignas(64) std::byte bytes[kChunk * sizeof(Frame)];  // written before they are read: no frame above the top is
        Frame* frame(std::size_t i) { return reinterpret_cast<Frame*>(bytes) + i; }
    };
    Frame* chunk(std::size_t i) {
        if (!m_chunks[i]) m_chunks[i] = std::make_unique_for_overwrite<Chunk>();
        return m_chunks[i]->frame(0);
    }

    Frame* m_top = nullptr;
    std::size_t m_size = 0;
    std::array<std::unique_ptr<Chunk>, (kDepth + kChunk - 1) / kChunk> m_chunks;
    std::vector<std::byte> m_overflow;
};

}  // namespace ringside
