#pragma once
// The words of the lessons explained, one list for both languages (catalog/glossary.yaml), and where they stand in a
// text. Read once, when the first text is shown.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace ringside {

/// An entry in one language.
struct GlossaryWords {
    std::vector<std::string> words;  ///< the first is its title; empty: its code is
    std::string says;
};

struct GlossaryEntry {
    std::string id;
    std::vector<std::string> code;  ///< as it stands in code: "sk_buff", "napi->rx_list"
    std::map<std::string, GlossaryWords> text;
    std::vector<std::string> see;  ///< ids
    std::string place;

    /// The words of a language; English where it is missing.
    [[nodiscard]] const GlossaryWords& in(std::string_view language) const;
    [[nodiscard]] const std::string& title(std::string_view language) const;
};

/// Where a word of the glossary stands in a text, in bytes.
struct GlossaryMark {
    std::size_t from = 0, length = 0;
    const GlossaryEntry* entry = nullptr;
};

class Glossary {
  public:
    Glossary() = default;
    /// Errors: what is no list of entries, an id or a word that stands twice, an entry without words or without a
    /// sentence in one of the languages, a `see` that leads nowhere.
    static Result<Glossary> parse(const std::string& yaml, const std::string& file);
    static Result<Glossary> load(const std::filesystem::path& file);

    [[nodiscard]] const std::vector<GlossaryEntry>& entries() const { return m_entries; }
    [[nodiscard]] const GlossaryEntry* find(std::string_view id) const;
    /// The entry for a piece of code: "skb->len", "recvfrom()", "alloc_skb(256)". Null: none.
    [[nodiscard]] const GlossaryEntry* ofCode(std::string_view code) const;
    /// The words that stand in a text without marks, the longest where several begin at one place, from left to right.
    /// English words are whole words, in any case unless they have capitals themselves.
    [[nodiscard]] std::vector<GlossaryMark> marks(std::string_view text, std::string_view language) const;

  private:
    std::vector<GlossaryEntry> m_entries;
};

/// What a piece of code names: "skb_put" of "skb_put(skb, 100)".
std::string codeName(std::string_view code);

/// Where the glossary lies beside the lessons of a catalog.
std::filesystem::path glossaryFile(const std::filesystem::path& catalog);

}  // namespace ringside
