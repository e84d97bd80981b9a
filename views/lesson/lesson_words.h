#pragma once
// What the words of a lesson's text mean: entries of the glossary, and functions of the model by their one sentence.
// The glossary is read when the first text asks.

#include <QString>
#include <QStringList>
#include <filesystem>
#include <optional>
#include <vector>

#include "lessons/glossary.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"

namespace ringside {

/// What is said of a word.
struct WordEntry {
    QString key;  ///< "glossary:wait-queue", "function:ip_rcv_core"; of a link
    QString title, says;
    QString code;     ///< how it stands in code; empty: a word of the language
    QStringList see;  ///< keys
};

class LessonWords {
  public:
    /// `data` is the folder with lessons/.
    LessonWords(const RunState& run, const Texts& texts, std::filesystem::path data)
        : m_run(run), m_texts(texts), m_data(std::move(data)) {}

    /// A word of a text without marks, in characters.
    struct Mark {
        int from = 0, length = 0;
        QString key;
    };
    [[nodiscard]] std::vector<Mark> marks(const QString& text) const;
    /// The key of what a piece of code names; empty: nothing that is explained.
    [[nodiscard]] QString keyOfCode(const QString& code) const;
    [[nodiscard]] std::optional<WordEntry> entry(const QString& key) const;
    /// Why the glossary cannot be read; empty: it can.
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }

  private:
    [[nodiscard]] const Glossary& glossary() const;

    const RunState& m_run;
    const Texts& m_texts;
    std::filesystem::path m_data;
    mutable std::optional<Glossary> m_glossary;
    mutable std::optional<Error> m_problem;
};

}  // namespace ringside
