#pragma once
// cpumask_t: a set of CPUs of one machine, of any size. Follows include/linux/cpumask.h.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/types.h"

namespace ringside {

/// A set of CPUs. The first 64 are held in place; a larger machine's further CPUs take memory of their own.
class CpuMask {
  public:
    /// No CPU.
    CpuMask() = default;
    /// CPUs 0 to count - 1 (cpu_possible_mask).
    static CpuMask first(std::size_t count);
    /// One CPU (cpumask_of).
    static CpuMask of(CpuNo cpu);
    void set(CpuNo cpu);
    void clear(CpuNo cpu);
    [[nodiscard]] bool test(CpuNo cpu) const {
        if (cpu < 64) return (m_low >> cpu & 1U) != 0;
        return cpu / 64U - 1 < m_more.size() && (m_more[cpu / 64U - 1] >> (cpu % 64U) & 1U) != 0;
    }
    [[nodiscard]] bool empty() const { return m_low == 0 && m_more.empty(); }
    /// The lowest CPU of the set (cpumask_first); kNoCpu when it is empty.
    [[nodiscard]] CpuNo lowest() const;
    /// As the kernel prints a list of CPUs: "0-3,8"; "" when it is empty.
    [[nodiscard]] std::string toString() const;
    /// Bytes that it holds outside itself.
    [[nodiscard]] std::size_t heapBytes() const { return m_more.capacity() * sizeof(std::uint64_t); }
    friend bool operator==(const CpuMask&, const CpuMask&) = default;

  private:
    std::uint64_t m_low = 0;
    std::vector<std::uint64_t> m_more;  // of CPUs 64 and up; the last word is not 0
};

}  // namespace ringside
