#pragma once
// Which CPU goes next: a tournament over the CPUs' local times.

#include <cstdint>
#include <vector>

#include "engine/core/types.h"

namespace ringside {

/// Winner tree over n keys from 0 on: the smallest key's index in O(1), one key changed in O(log n). Ties go to the
/// lower index. Idle CPUs have the key kNever and cost nothing but their leaf.
class MinTree {
  public:
    explicit MinTree(std::size_t n = 1) : m_count(n) {
        while (m_leaves < n) m_leaves *= 2;
        m_keys.assign(2 * m_leaves, kNever);
        m_winners.assign(2 * m_leaves, 0);
        for (std::size_t i = 0; i < m_leaves; ++i) m_winners[m_leaves + i] = static_cast<std::uint16_t>(i);
        for (std::size_t i = m_leaves; i-- > 1;) m_winners[i] = m_winners[2 * i];
    }
    [[nodiscard]] std::size_t size() const { return m_count; }
    [[nodiscard]] std::uint16_t min() const { return m_winners[1]; }
    [[nodiscard]] Time minKey() const { return m_keys[1]; }
    [[nodiscard]] Time key(std::size_t i) const { return m_keys[m_leaves + i]; }
    void set(std::size_t i, Time key) {
        // Up the tree with the winner so far in hand: only the other side of each match is looked up.
        std::size_t node = m_leaves + i;
        auto winner = static_cast<std::uint16_t>(i);
        m_keys[node] = key;
        while (node > 1) {
            const Time other = m_keys[node ^ 1];
            const bool beaten = other - static_cast<Time>(node & 1) < key;  // a tie is the left side's
            winner = beaten ? m_winners[node ^ 1] : winner;
            key = beaten ? other : key;
            node /= 2;
            m_keys[node] = key;
            m_winners[node] = winner;
        }
    }
    /// Whether i would be the smallest with this key, the others as they are.
    [[nodiscard]] bool wouldLead(std::size_t i, Time key) const {
        bool leads = true;  // no way out early: which match is lost first cannot be guessed
        for (std::size_t node = m_leaves + i; node > 1; node /= 2)
            leads &= m_keys[node ^ 1] - static_cast<Time>(node & 1) >= key;
        return leads;
    }

  private:
    std::size_t m_leaves = 1, m_count = 1;
    // by node: from 1 on; the children of i are 2i and 2i + 1, the leaves come last
    std::vector<Time> m_keys;
    std::vector<std::uint16_t> m_winners;
};

}  // namespace ringside
