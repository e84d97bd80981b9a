#pragma once
// Where the World keeps what is allocated and freed: fixed slots in chunks, each chunk copy-on-write.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/core/cow.h"
#include "engine/core/types.h"

namespace ringside {

/// Slots of T addressed by Id; slot 0 is none. Freed slots are reused, last freed first, so the order is deterministic.
/// References are good until the pool is copied; slots never move otherwise.
template <class T, class IdType, std::size_t kChunk = 32>
class Pool {
  public:
    /// A fresh T in a free slot.
    IdType alloc() {
        std::uint32_t slot = m_free;
        if (slot == 0) {
            slot = ++m_top;
            if ((slot - 1) / kChunk >= m_chunks.size()) m_chunks.emplace_back();
        } else {
            m_free = cell(slot).next_free;
        }
        Cell& c = cell(slot);
        c.value = T{};
        c.live = true;
        ++m_live;
        return IdType{slot};
    }
    void free(IdType id) {
        Cell& c = cell(id.slot);
        RS_ASSERT(c.live);
        c.value = T{};
        c.live = false;
        c.next_free = m_free;
        m_free = id.slot;
        --m_live;
    }
    [[nodiscard]] bool live(IdType id) const {
        return id.slot != 0 && id.slot <= m_top && m_chunks[(id.slot - 1) / kChunk]->cells[(id.slot - 1) % kChunk].live;
    }
    /// The T, or null where there is none (any more).
    [[nodiscard]] const T* find(IdType id) const {
        if (id.slot == 0 || id.slot > m_top) return nullptr;
        const Cell& c = m_chunks[(id.slot - 1) / kChunk]->cells[(id.slot - 1) % kChunk];
        return c.live ? &c.value : nullptr;
    }
    const T& operator[](IdType id) const {
        const Cell& c = m_chunks[(id.slot - 1) / kChunk]->cells[(id.slot - 1) % kChunk];
        RS_ASSERT(c.live);
        return c.value;
    }
    T& write(IdType id) {
        Cell& c = cell(id.slot);
        RS_ASSERT(c.live);
        return c.value;
    }
    [[nodiscard]] std::uint32_t size() const { return m_live; }
    /// Highest slot ever used; walk 1..top() and ask live().
    [[nodiscard]] std::uint32_t top() const { return m_top; }
    template <class F>
    void each(F&& f) const {
        for (std::uint32_t slot = 1; slot <= m_top; ++slot) {
            const Cell& c = m_chunks[(slot - 1) / kChunk]->cells[(slot - 1) % kChunk];
            if (c.live) f(IdType{slot}, c.value);
        }
    }

    /// Bytes of the chunks that `before` (another state of this pool, or null) does not share. For each live slot of
    /// such a chunk, `extra(value, value before or null)` tells what the value holds besides.
    template <class F>
    [[nodiscard]] std::size_t bytesBeyond(const Pool* before, F&& extra) const {
        std::size_t bytes = m_chunks.capacity() * sizeof(Cow<Chunk>);
        for (std::size_t i = 0; i < m_chunks.size(); ++i) {
            const Cow<Chunk>* old = before && i < before->m_chunks.size() ? &before->m_chunks[i] : nullptr;
            if (old && old->same(m_chunks[i])) continue;
            bytes += Cow<Chunk>::nodeBytes();
            for (std::size_t n = 0; n < kChunk; ++n) {
                const Cell& c = m_chunks[i]->cells[n];
                if (c.live) bytes += extra(c.value, old && (*old)->cells[n].live ? &(*old)->cells[n].value : nullptr);
            }
        }
        return bytes;
    }

  private:
    struct Cell {
        T value{};
        std::uint32_t next_free = 0;
        bool live = false;
    };
    struct Chunk {
        std::array<Cell, kChunk> cells{};
    };
    Cell& cell(std::uint32_t slot) {
        RS_ASSERT(slot != 0 && slot <= m_top);
        return m_chunks[(slot - 1) / kChunk].write().cells[(slot - 1) % kChunk];
    }
    std::vector<Cow<Chunk>> m_chunks;
    std::uint32_t m_free = 0, m_top = 0, m_live = 0;
};

}  // namespace ringside
