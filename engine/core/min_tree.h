#pragma once
// Which CPU goes next: a tournament over the CPUs' local times.

#include <cstdint>
#include <vector>

#include "engine/core/types.h"

namespace ringside {

/// Winner tree over n keys: the smallest key's index in O(1), one key changed in O(log n). Ties go to the lower index.
/// Idle CPUs have the key kNever and cost nothing but their leaf.
class MinTree {
  public:
    explicit MinTree(std::size_t n = 1) : m_count(n) {
        while (m_leaves < n) m_leaves *= 2;
        m_keys.assign(m_leaves, kNever);
        m_winner.assign(2 * m_leaves, 0);
        for (std::size_t i = 0; i < m_leaves; ++i) m_winner[m_leaves + i] = static_cast<std::uint16_t>(i);
        for (std::size_t i = m_leaves; i-- > 1;) replay(i);
    }
    [[nodiscard]] std::size_t size() const { return m_count; }
    [[nodiscard]] std::uint16_t min() const { return m_leaves == 1 ? std::uint16_t{0} : m_winner[1]; }
    [[nodiscard]] Time minKey() const { return m_keys[min()]; }
    [[nodiscard]] Time key(std::size_t i) const { return m_keys[i]; }
    void set(std::size_t i, Time key) {
        m_keys[i] = key;
        // Up the tree with the winner so far in hand: only the other side of each match is looked up.
        std::size_t node = m_leaves + i;
        std::uint16_t winner = static_cast<std::uint16_t>(i);
        while (node > 1) {
            const std::uint16_t other = m_winner[node ^ 1];
            const Time other_key = m_keys[other];
            const bool right = (node & 1) != 0;  // a tie is the left side's
            const bool beaten = right ? other_key <= key : other_key < key;
            winner = beaten ? other : winner;
            key = beaten ? other_key : key;
            node /= 2;
            m_winner[node] = winner;
        }
    }

  private:
    void replay(std::size_t node) {
        const std::uint16_t a = m_winner[2 * node], b = m_winner[2 * node + 1];
        m_winner[node] = m_keys[b] < m_keys[a] ? b : a;
    }
    std::size_t m_leaves = 1, m_count = 1;
    std::vector<Time> m_keys;
    std::vector<std::uint16_t> m_winner;
};

}  // namespace ringside
