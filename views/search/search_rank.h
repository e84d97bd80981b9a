#pragma once
// How well a name answers what was typed. The same for every kind of thing, so that an order can be foretold.

#include <QString>
#include <optional>

namespace ringside {

/// The ways to match, the best first.
enum class SearchTier : std::uint8_t {
    exact,     ///< it is what was typed
    begins,    ///< it begins with it
    word,      ///< one of its words does
    inside,    ///< it is somewhere in it
    words,     ///< each word that was typed is somewhere in it
    initials,  ///< the letters in this order, each beginning a word or going on with one: "nrs", "netrecskb"
    about,     ///< each word that was typed is somewhere in what is said of it
};

/// A text made ready to be searched in: small letters, one space for many.
QString searchFolded(const QString& text);

/// `query`, `name` and `about` are folded. Nothing: it is no answer. An empty query is answered by everything.
std::optional<SearchTier> searchTier(const QString& query, const QString& name, const QString& about);

}  // namespace ringside
