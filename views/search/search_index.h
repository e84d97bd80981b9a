#pragma once
// What can be found: things with a name, what is said of them, and where they are. A value without widgets; whoever
// fills it knows where to go for each.

#include <QString>
#include <cstddef>
#include <functional>
#include <vector>

#include "views/search/search_rank.h"

namespace ringside {

/// In the order in which groups of equally good answers stand.
enum class SearchGroup : std::uint8_t { lesson, step, function, field, glossary, command, file };
inline constexpr std::size_t kSearchGroups = 7;

struct SearchItem {
    SearchGroup group = SearchGroup::lesson;
    QString name;
    bool code = false;              ///< the name is the kernel's, or a file's
    QString about;                  ///< one line
    QString more;                   ///< words that also find it, not shown: in the other language, a file in the kernel
    QString right;                  ///< a key, a step's number
    std::function<void()> go = {};  ///< what choosing it does
};

class SearchIndex {
  public:
    void add(SearchItem item);
    [[nodiscard]] const std::vector<SearchItem>& items() const { return m_items; }

    /// An answer: index into items().
    struct Hit {
        std::size_t item = 0;
        SearchTier tier = SearchTier::about;
    };
    /// The best answers, together by group: groups by their best answer, then as they are declared; in a group by tier,
    /// then the shorter name, then as they were added. At most `each` of a group.
    [[nodiscard]] std::vector<Hit> find(const QString& query, std::size_t each) const;

  private:
    struct Folded {
        QString name, about;
    };
    std::vector<SearchItem> m_items;
    std::vector<Folded> m_folded;
};

}  // namespace ringside
