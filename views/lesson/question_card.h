#pragma once
// A prediction: the question, its answers, Check and Skip; afterwards what is right and why.

#include <QFrame>
#include <vector>

#include "views/lesson/markdown_view.h"
#include "views/session/acting.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"

class QAbstractButton;
class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ringside {

class QuestionCard : public QFrame {
    Q_OBJECT
  public:
    QuestionCard(const RunState& run, const Texts& texts, Acting& acting, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// The words that its texts mark.
    void setWords(const LessonWords* words);
    /// Shows the question of the present step, or hides.
    void refresh();
    void retranslate();

  signals:
    /// The reply is there.
    void answered();
    void wordClicked(const QString& key, QPoint screen);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Row;
    void rebuild();
    void check();
    void showGrade(const Grade& grade);
    void updateCheck();

    const RunState& m_run;
    const Texts& m_texts;
    Acting& m_acting;
    Theme m_theme;
    QLabel *m_heading, *m_state;
    MarkdownView *m_prompt, *m_reply;
    QVBoxLayout* m_answers;
    QButtonGroup* m_group;
    QLineEdit* m_number;
    QPushButton *m_check, *m_skip;
    std::vector<QFrame*> m_rows;
    std::string m_shown;  ///< id of the question that is built
    std::string m_lang, m_chosen;
};

}  // namespace ringside
