#include "views/search/search_index.h"

#include <algorithm>
#include <array>

namespace ringside {

void SearchIndex::add(SearchItem item) {
    m_folded.push_back({searchFolded(item.name), searchFolded(item.about + QLatin1Char(' ') + item.more)});
    m_items.push_back(std::move(item));
}

std::vector<SearchIndex::Hit> SearchIndex::find(const QString& query, std::size_t each) const {
    const QString folded = searchFolded(query);
    std::array<std::vector<Hit>, kSearchGroups> groups;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (const auto tier = searchTier(folded, m_folded[i].name, m_folded[i].about))
            groups[static_cast<std::size_t>(m_items[i].group)].push_back({i, *tier});
    }
    const auto before = [&](const Hit& a, const Hit& b) {
        if (a.tier != b.tier) return a.tier < b.tier;
        // an empty query asks for things in their own order
        return !folded.isEmpty() && m_items[a.item].name.size() < m_items[b.item].name.size();
    };
    for (auto& group : groups) {
        std::stable_sort(group.begin(), group.end(), before);
        if (group.size() > each) group.resize(each);
    }
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
        return !a.empty() && (b.empty() || a.front().tier < b.front().tier);
    });
    std::vector<Hit> hits;
    for (const auto& group : groups) hits.insert(hits.end(), group.begin(), group.end());
    return hits;
}

}  // namespace ringside
