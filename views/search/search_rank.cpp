#include "views/search/search_rank.h"

#include <QStringList>
#include <algorithm>

namespace ringside {
namespace {

/// Whether a word begins at `at`: after anything that is neither letter nor digit.
bool beginsWord(const QString& text, qsizetype at) { return at == 0 || !text[at - 1].isLetterOrNumber(); }

bool wordBegins(const QString& text, const QString& query) {
    for (qsizetype at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + 1))
        if (beginsWord(text, at)) return true;
    return false;
}

bool allInside(const QStringList& words, const QString& text) {
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word); });
}

/// From `at` in the name, all of the query from `from` on. Each of its letters goes on where the last one was, or
/// begins a word further on.
bool initialsFrom(const QString& query, qsizetype from, const QString& name, qsizetype at) {
    if (from == query.size()) return true;
    if (at < name.size() && name[at] == query[from] && initialsFrom(query, from + 1, name, at + 1)) return true;
    for (qsizetype next = at; next < name.size(); ++next) {
        if (name[next] == query[from] && beginsWord(name, next) && (next != at) &&
            initialsFrom(query, from + 1, name, next + 1))
            return true;
    }
    return false;
}

bool initials(const QString& query, const QString& name) {
    // two letters begin words nearly everywhere, and nobody types so many initials
    if (query.size() < 3 || query.size() > 12 || query.contains(QLatin1Char(' '))) return false;
    for (qsizetype at = name.indexOf(query[0]); at >= 0; at = name.indexOf(query[0], at + 1))
        if (beginsWord(name, at) && initialsFrom(query, 1, name, at + 1)) return true;
    return false;
}

}  // namespace

QString searchFolded(const QString& text) { return text.toCaseFolded().simplified(); }

std::optional<SearchTier> searchTier(const QString& query, const QString& name, const QString& about) {
    if (query.isEmpty()) return SearchTier::about;
    if (name == query) return SearchTier::exact;
    if (name.startsWith(query)) return SearchTier::begins;
    if (wordBegins(name, query)) return SearchTier::word;
    if (name.contains(query)) return SearchTier::inside;
    const QStringList words = query.split(QLatin1Char(' '));
    if (words.size() > 1 && allInside(words, name)) return SearchTier::words;
    if (initials(query, name)) return SearchTier::initials;
    if (allInside(words, name + QLatin1Char(' ') + about)) return SearchTier::about;
    return std::nullopt;
}

}  // namespace ringside
