#pragma once
// The learner's own note beside a step: a few lines of plain text, kept by the note book as they are typed.

#include <QWidget>
#include <string>

#include "views/session/note_book.h"
#include "views/session/run_state.h"
#include "views/theme/theme.h"

class QLabel;
class QPlainTextEdit;

namespace ringside {

class NoteEditor : public QWidget {
    Q_OBJECT
  public:
    NoteEditor(const RunState& run, NoteBook& notes, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void retranslate();
    /// Shows the note of the present step; hidden on the end page, which is no step.
    void refresh();
    /// The keys are the note's.
    void edit();

  private:
    /// As high as its lines, from two to eight of them.
    void fit();

    const RunState& m_run;
    NoteBook& m_notes;
    QLabel* m_label;
    QPlainTextEdit* m_text;
    std::string m_lesson, m_step;  ///< of the note that is shown
    bool m_writing = false;
};

}  // namespace ringside
