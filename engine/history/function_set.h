#pragma once
// A set of functions, by number.

#include <cstdint>
#include <vector>

#include "engine/core/event.h"

namespace ringside {

/// As large as the greatest number in it needs. Equal sets are equal however they came about.
class FunctionSet {
  public:
    void set(FunctionId id) {
        if (id == kNoFunction) return;
        const std::size_t word = id / 64U;
        if (word >= m_words.size()) [[unlikely]]
            m_words.resize(word + 1);
        m_words[word] |= std::uint64_t{1} << (id % 64U);
    }
    [[nodiscard]] bool test(FunctionId id) const {
        return id / 64U < m_words.size() && (m_words[id / 64U] >> (id % 64U) & 1U) != 0;
    }
    [[nodiscard]] bool none() const { return m_words.empty(); }
    [[nodiscard]] bool meets(const FunctionSet& other) const {
        for (std::size_t i = 0; i < m_words.size() && i < other.m_words.size(); ++i) {
            if ((m_words[i] & other.m_words[i]) != 0) return true;
        }
        return false;
    }
    /// Keeps what is in both.
    FunctionSet& operator&=(const FunctionSet& other) {
        if (m_words.size() > other.m_words.size()) m_words.resize(other.m_words.size());
        for (std::size_t i = 0; i < m_words.size(); ++i) m_words[i] &= other.m_words[i];
        while (!m_words.empty() && m_words.back() == 0) m_words.pop_back();
        return *this;
    }
    friend bool operator==(const FunctionSet&, const FunctionSet&) = default;

  private:
    std::vector<std::uint64_t> m_words;  // the last is never 0
};

}  // namespace ringside
