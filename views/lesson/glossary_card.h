#pragma once
// An entry of the glossary beside the word that was clicked: what it means, and the entries to see also.

#include <QFrame>

#include "views/lesson/lesson_words.h"
#include "views/theme/theme.h"

class QLabel;

namespace ringside {

class GlossaryCard : public QFrame {
    Q_OBJECT
  public:
    GlossaryCard(const LessonWords& words, const Theme& theme, QWidget* parent);
    /// Shows the entry at a place of the screen; closes by itself when one clicks elsewhere or presses Esc.
    void open(const QString& key, QPoint at);

  private:
    void show(const QString& key);
    const LessonWords& m_words;
    Theme m_theme;
    QLabel *m_title, *m_says, *m_see;
};

}  // namespace ringside
