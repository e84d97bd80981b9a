#pragma once
// Packet bytes: a block of fixed size behind a counted handle, copied when written while shared.

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "engine/core/cow.h"
#include "engine/core/types.h"

namespace ringside {

/// A block of bytes whose size is set once. Copying the handle is O(1); the first write after that copies the block.
class Bytes {
  public:
    Bytes() = default;
    /// `size` zero bytes.
    explicit Bytes(std::size_t size) : m_block(std::vector<std::uint8_t>(size)) {}

    [[nodiscard]] std::size_t size() const { return m_block->size(); }
    [[nodiscard]] std::span<const std::uint8_t> read() const { return *m_block; }
    /// `length` bytes from `offset`; both must lie inside.
    [[nodiscard]] std::span<const std::uint8_t> read(std::size_t offset, std::size_t length) const {
        RS_ASSERT(offset + length <= size());
        return std::span(*m_block).subspan(offset, length);
    }
    std::span<std::uint8_t> write() { return m_block.write(); }
    std::span<std::uint8_t> write(std::size_t offset, std::size_t length) {
        RS_ASSERT(offset + length <= size());
        return std::span(m_block.write()).subspan(offset, length);
    }
    /// Whether both are the very same block (not merely equal).
    [[nodiscard]] bool same(const Bytes& other) const { return m_block.same(other.m_block); }

  private:
    Cow<std::vector<std::uint8_t>> m_block;
};

}  // namespace ringside
