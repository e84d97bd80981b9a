#pragma once
// What stays of the lesson panel in a room: the step's title and its first sentences under the scene.

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

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void refresh();
    const RunState& m_run;
    const Texts& m_texts;
    QLabel *m_title, *m_step;
    MarkdownView* m_text;
};

}  // namespace ringside
