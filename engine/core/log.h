#pragma once
// What only grows: packet fates, printed lines, what the wire carried. Earlier Worlds share the older part.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/types.h"

namespace ringside {

/// An append-only list whose copies share everything that is full; a copy is O(1). Full chunks are immutable, the last one is
/// copied when two Worlds go on from it. Reading from the end is quick, the whole is read with each().
template <class T, std::size_t kChunk = 512>
class Log {
  public:
    Log() = default;
    Log(const Log&) = default;
    Log(Log&&) noexcept = default;
    Log& operator=(const Log&) = default;
    Log& operator=(Log&&) noexcept = default;
    ~Log() { unlink(std::move(m_last)); }

    void append(T value) {
        if (!m_last || m_last->items.size() == kChunk) {
            auto next = std::make_shared<Chunk>();
            next->items.reserve(kChunk);
            next->before = std::move(m_last);
            m_last = std::move(next);
        } else if (m_last.use_count() != 1) {
            auto own = std::make_shared<Chunk>();
            own->items.reserve(kChunk);
            own->items = m_last->items;
            own->before = m_last->before;
            m_last = std::move(own);
        }
        m_last->items.push_back(std::move(value));
        ++m_size;
    }
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// The newest item but `back`; back < size().
    const T& fromEnd(std::uint64_t back) const {
        RS_ASSERT(back < m_size);
        const Chunk* chunk = m_last.get();
        while (back >= chunk->items.size()) {
            back -= chunk->items.size();
            chunk = chunk->before.get();
        }
        return chunk->items[chunk->items.size() - 1 - back];
    }
    const T& operator[](std::uint64_t index) const { return fromEnd(m_size - 1 - index); }
    /// Calls f(item) from `first` on, oldest first.
    template <class F>
    void each(F&& f, std::uint64_t first = 0) const {
        std::vector<const Chunk*> chain;
        std::uint64_t start = m_size;
        for (const Chunk* c = m_last.get(); c && start > first; c = c->before.get()) {
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
        std::vector<T> items;
        std::shared_ptr<Chunk> before;
    };
    /// Frees a long chain in a loop: a destructor that recurses would need a stack as deep as the log.
    static void unlink(std::shared_ptr<Chunk> chunk) {
        while (chunk && chunk.use_count() == 1) chunk = std::exchange(chunk->before, nullptr);
    }
    std::shared_ptr<Chunk> m_last;
    std::uint64_t m_size = 0;
};

}  // namespace ringside
