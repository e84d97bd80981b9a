#pragma once
// What only grows: packet fates, printed lines, what the wire carried. Earlier Worlds share the older part.

#include <atomic>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/core/types.h"

namespace ringside {

/// An append-only list whose copies share everything that is full; a copy is O(1). Full chunks are immutable, the last
/// one is copied when two Worlds go on from it. Reading from the end is quick, the whole is read with each(). Copies
/// may live in several threads; one Log may not be used by two threads at once.
template <class T, std::size_t kChunk = 512>
class Log {
  public:
    Log() = default;
    Log(const Log& other) noexcept : m_last(hold(other.m_last)), m_size(other.m_size) {}
    Log(Log&& other) noexcept : m_last(std::exchange(other.m_last, nullptr)), m_size(std::exchange(other.m_size, 0)) {}
    Log& operator=(const Log& other) noexcept {
        Log copy(other);
        swap(copy);
        return *this;
    }
    Log& operator=(Log&& other) noexcept {
        Log taken(std::move(other));
        swap(taken);
        return *this;
    }
    ~Log() { release(m_last); }

    void append(T value) {
        if (!m_last || m_last->items.size() == kChunk) {
            auto* next = new Chunk;
            next->items.reserve(kChunk);
            next->before = m_last;
            m_last = next;
        } else if (m_last->users.load(std::memory_order_acquire) != 1) {
            auto* own = new Chunk;
            own->items.reserve(kChunk);
            own->items = m_last->items;
            own->before = hold(m_last->before);
            release(std::exchange(m_last, own));
        }
        m_last->items.push_back(std::move(value));
        ++m_size;
    }
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// The newest item but `back`; back < size().
    const T& fromEnd(std::uint64_t back) const {
        RS_ASSERT(back < m_size);
        const Chunk* chunk = m_last;
        while (back >= chunk->items.size()) {
            back -= chunk->items.size();
            chunk = chunk->before;
        }
        return chunk->items[chunk->items.size() - 1 - back];
    }
    const T& operator[](std::uint64_t index) const { return fromEnd(m_size - 1 - index); }
    /// Calls f(item) from `first` on, oldest first.
    template <class F>
    void each(F&& f, std::uint64_t first = 0) const {
        std::vector<const Chunk*> chain;
        std::uint64_t start = m_size;
        for (const Chunk* c = m_last; c && start > first; c = c->before) {
            chain.push_back(c);
            start -= c->items.size();
        }
        for (std::size_t i = chain.size(); i-- > 0;) {
            for (const T& item : chain[i]->items) {
                if (start++ >= first) f(item);
            }
        }
    }

  private:
    struct Chunk {
        std::atomic<unsigned> users{1};
        std::vector<T> items;
        Chunk* before = nullptr;
    };
    static Chunk* hold(Chunk* chunk) {
        if (chunk) chunk->users.fetch_add(1, std::memory_order_relaxed);
        return chunk;
    }
    /// Frees a long chain in a loop: a destructor that recurses would need a stack as deep as the log.
    static void release(Chunk* chunk) {
        while (chunk && chunk->users.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            Chunk* before = chunk->before;
            delete chunk;
            chunk = before;
        }
    }
    void swap(Log& other) noexcept {
        std::swap(m_last, other.m_last);
        std::swap(m_size, other.m_size);
    }
    Chunk* m_last = nullptr;
    std::uint64_t m_size = 0;
};

}  // namespace ringside
