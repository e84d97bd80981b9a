#include "engine/history/fate_book.h"

#include <algorithm>

namespace ringside {

void FateBook::learn(const Log<PacketFate>& log) {
    if (log.size() <= m_fates.size()) return;
    log.each(
        [&](const PacketFate& fate) {
            if (fate.packet >= m_last.size()) m_last.resize(std::max<std::size_t>(fate.packet + 1, m_last.size() * 2));
            m_fates.push_back({fate, m_last[fate.packet]});
            m_last[fate.packet] = static_cast<std::uint32_t>(m_fates.size());
        },
        m_fates.size());
}

void FateBook::cutAfter(Position position) {
    while (!m_fates.empty() && m_fates.back().fate.position > position) {
        m_last[m_fates.back().fate.packet] = m_fates.back().before;
        m_fates.pop_back();
    }
}

void FateBook::clear() {
    m_fates.clear();
    m_last.clear();
}

const PacketFate* FateBook::find(std::uint32_t packet, Position position) const {
    std::uint32_t at = packet < m_last.size() ? m_last[packet] : 0;
    while (at != 0 && m_fates[at - 1].fate.position > position) at = m_fates[at - 1].before;
    return at ? &m_fates[at - 1].fate : nullptr;
}

}  // namespace ringside
