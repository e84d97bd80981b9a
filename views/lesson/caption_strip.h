#pragma once
// What stays of the lesson panel in a room: the step's title and its first sentences under the scene; where it asks,
// the question with its choices, the answer hidden until it is revealed; at the end, the exercise.

#include <QFrame>

#include "views/lesson/markdown_view.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"

class QLabel;

namespace ringside {

class CaptionStrip : public QFrame {
    Q_OBJECT
  public:
    CaptionStrip(const RunState& run, const Texts& texts, QWidget* parent = nullptr);
    /// The projector's theme: drawn larger, to be read from the back of a room.
    void setTheme(const Theme& scenes);
    /// Shows the answer of the step's question; false: it asks nothing, or the answer is there already.
    bool reveal();
    [[nodiscard]] bool revealed() const { return m_revealed; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void refresh();
    /// The question of the step, with its answer once that is revealed.
    [[nodiscard]] QString question(Player& player);
    [[nodiscard]] QString exercise(const Player& player);

    const RunState& m_run;
    const Texts& m_texts;
    QLabel *m_title, *m_step;
    MarkdownView *m_text, *m_question;
    bool m_room = false;      ///< for a room: questions and exercises have no other place there
    bool m_revealed = false;  ///< the answer of the step that is shown
    std::string m_shown;      ///< lesson and step
};

}  // namespace ringside
