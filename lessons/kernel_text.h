#pragma once
// The engine's short texts (stages, one-sentence docs, field docs) in the learner's language. The engine speaks English
// only; the translations are tables in assets/translations/LANG/, one for each folder that says something: a key, a
// tab, the translation. A text that has a name stands under it (engine_texts.h), another under its English.

#include <map>
#include <string>
#include <string_view>

#include "engine/core/function.h"
#include "engine/core/result.h"

namespace ringside {

class KernelText {
  public:
    /// English: every text stays as it is.
    KernelText() = default;
    /// The tables of a language ("zh_CN") in this folder. English needs none. An Error names file and line of what
    /// cannot be used.
    static Result<KernelText> load(const std::string& folder, const std::string& language);

    /// The text in this language; the English one where there is none (a test sees to it that there is). Where several
    /// keys have the same English, the first key's translation.
    [[nodiscard]] std::string_view operator()(std::string_view english) const;
    /// A stage of a function, by its key.
    [[nodiscard]] std::string_view stage(const FunctionInfo& function, std::size_t stage) const;
    [[nodiscard]] bool knows(std::string_view english) const { return m_english.find(english) != m_english.end(); }
    /// The translation filed under a key, or null.
    [[nodiscard]] const std::string* find(std::string_view key) const;
    /// Rows in all.
    [[nodiscard]] std::size_t size() const { return m_keys.size(); }

  private:
    std::map<std::string, std::string, std::less<>> m_keys;
    std::map<std::string, std::string, std::less<>> m_english;
};

}  // namespace ringside
