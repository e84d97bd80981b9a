#include "engine/world/machine/cpu_mask.h"

namespace ringside {

CpuMask CpuMask::first(std::size_t count) {
    CpuMask mask;
    for (std::size_t n = 0; n < count; ++n) mask.set(static_cast<CpuNo>(n));
    return mask;
}

CpuMask CpuMask::of(CpuNo cpu) {
    CpuMask mask;
    mask.set(cpu);
    return mask;
}

void CpuMask::clear(CpuNo cpu) {
    if (cpu < 64) {
        m_low &= ~(std::uint64_t{1} << cpu);
        return;
    }
    const std::size_t word = cpu / 64U - 1;
    if (word >= m_more.size()) return;
    m_more[word] &= ~(std::uint64_t{1} << (cpu % 64U));
    while (!m_more.empty() && m_more.back() == 0) m_more.pop_back();
}

void CpuMask::set(CpuNo cpu) {
    if (cpu < 64) {
        m_low |= std::uint64_t{1} << cpu;
        return;
    }
    const std::size_t word = cpu / 64U - 1;
    if (m_more.size() <= word) m_more.resize(word + 1);
    m_more[word] |= std::uint64_t{1} << (cpu % 64U);
}

CpuNo CpuMask::lowest() const {
    if (m_low != 0) return static_cast<CpuNo>(__builtin_ctzll(m_low));
    for (std::size_t i = 0; i < m_more.size(); ++i) {
        if (m_more[i] != 0)
            return static_cast<CpuNo>(64 * (i + 1) + static_cast<std::size_t>(__builtin_ctzll(m_more[i])));
    }
    return kNoCpu;
}

std::string CpuMask::toString() const {
    std::string text;
    const std::size_t end = 64 * (m_more.size() + 1);
    for (std::size_t n = 0; n < end; ++n) {
        if (!test(static_cast<CpuNo>(n))) continue;
        std::size_t last = n;
        while (last + 1 < end && test(static_cast<CpuNo>(last + 1))) ++last;
        if (!text.empty()) text += ',';
        text += std::to_string(n);
        if (last > n) text += "-" + std::to_string(last);
        n = last;
    }
    return text;
}

}  // namespace ringside
