#pragma once
// The engine's short texts (stages, one-sentence docs, field docs) in the learner's language. The engine speaks English
// only; the translations are a table of pairs, assets/translations/kernel_LANG.tsv, one pair a line, English and
// translation divided by a tab.

#include <map>
#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace ringside {

class KernelText {
  public:
    /// English: every text stays as it is.
    KernelText() = default;
    /// The table of a language ("zh_CN") in this folder. English needs no file. An Error names file and line of what
    /// cannot be used.
    static Result<KernelText> load(const std::string& folder, const std::string& language);

    /// The text in this language; the English one where there is none (a test sees to it that there is).
    [[nodiscard]] std::string_view operator()(std::string_view english) const;
    [[nodiscard]] bool knows(std::string_view english) const { return m_pairs.find(english) != m_pairs.end(); }
    [[nodiscard]] std::size_t size() const { return m_pairs.size(); }

  private:
    std::map<std::string, std::string, std::less<>> m_pairs;
};

}  // namespace ringside
