#pragma once
// The lesson: where the learner is in it, what is said here, what is asked. Without a lesson, the list of lessons.

#include <QWidget>
#include <optional>
#include <vector>

#include "lessons/catalog.h"
#include "views/lesson/exercise_card.h"
#include "views/lesson/progress_dots.h"
#include "views/lesson/question_card.h"
#include "views/session/background.h"
#include "views/session/session.h"

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace ringside {

class LessonPanel : public QWidget {
    Q_OBJECT
  public:
    explicit LessonPanel(Session& session, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    [[nodiscard]] QuestionCard& question() { return *m_question; }
    [[nodiscard]] ExerciseCard& exercise() { return *m_exercise; }
    [[nodiscard]] QString narration() const { return m_body->markdownText(); }

  signals:
    void labWanted(std::shared_ptr<const ringside::Lesson> lesson, std::size_t exercise);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void refreshStep();
    void refreshList();

    Session& m_session;
    Theme m_theme;
    Background m_reading{this};
    std::optional<Catalog> m_catalog;  ///< once it is read
    QWidget *m_lesson, *m_list, *m_simplified;
    QLabel *m_number, *m_title, *m_step, *m_stepTitle, *m_simplifiedTitle, *m_listTitle;
    ProgressDots* m_dots;
    QScrollArea* m_scroll;
    MarkdownView *m_body, *m_end, *m_simplifiedText;
    QuestionCard* m_question;
    ExerciseCard* m_exercise;
    QPushButton *m_back, *m_next;
    QVBoxLayout* m_lessons;
    std::string m_shownStep;
};

}  // namespace ringside
