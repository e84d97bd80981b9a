// A small open-addressing table for counting while a capture is read: a lookup is a hash and mostly one comparison.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ringside {

/// Rows by key; Key has hash() and ==. Rows keep the order in which they came.
template <class Key, class Row>
class CountTable {
  public:
    static constexpr std::size_t kMostRows = 65536;

    /// The row of `key`, made where there is none; null where the table is full.
    Row* row(const Key& key) {
        if (m_slots.empty()) m_slots.resize(kFirstSlots);
        std::size_t slot = key.hash() & (m_slots.size() - 1);
        for (; m_slots[slot] != 0; slot = (slot + 1) & (m_slots.size() - 1)) {
            if (m_keys[m_slots[slot] - 1] == key) return &m_rows[m_slots[slot] - 1];
        }
        if (m_rows.size() == kMostRows) return nullptr;
        m_keys.push_back(key);
        m_rows.emplace_back();
        m_slots[slot] = static_cast<std::uint32_t>(m_rows.size());
        if (m_rows.size() * 2 > m_slots.size()) grow();
        return &m_rows.back();
    }

    /// The row of `key`, or null.
    const Row* find(const Key& key) const {
        if (m_slots.empty()) return nullptr;
        std::size_t slot = key.hash() & (m_slots.size() - 1);
        for (; m_slots[slot] != 0; slot = (slot + 1) & (m_slots.size() - 1)) {
            if (m_keys[m_slots[slot] - 1] == key) return &m_rows[m_slots[slot] - 1];
        }
        return nullptr;
    }

    const std::vector<Row>& rows() const { return m_rows; }

  private:
    static constexpr std::size_t kFirstSlots = 256;

    void grow() {
        std::vector<std::uint32_t> buckets(m_slots.size() * 2);
        for (std::size_t i = 0; i < m_keys.size(); ++i) {
            std::size_t slot = m_keys[i].hash() & (buckets.size() - 1);
            while (buckets[slot] != 0) slot = (slot + 1) & (buckets.size() - 1);
            buckets[slot] = static_cast<std::uint32_t>(i + 1);
        }
        m_slots = std::move(buckets);
    }

    std::vector<Key> m_keys;
    std::vector<Row> m_rows;
    std::vector<std::uint32_t> m_slots;  // number of the row, from 1
};

}  // namespace ringside
