#pragma once
// The lesson that is open: its steps, what the present one says and asks, the exercise at its end.

#include <QWidget>
#include <string>

#include "views/lesson/exercise_card.h"
#include "views/lesson/markdown_view.h"
#include "views/lesson/note_editor.h"
#include "views/lesson/progress_dots.h"
#include "views/lesson/question_card.h"

class QLabel;
class QPushButton;
class QScrollArea;

namespace ringside {

class LessonPage : public QWidget {
    Q_OBJECT
  public:
    LessonPage(const RunState& run, const Texts& texts, Travel& travel, Opening& opening, Acting& acting,
               NoteBook& notes, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    [[nodiscard]] QuestionCard& question() { return *m_question; }
    [[nodiscard]] ExerciseCard& exercise() { return *m_exercise; }
    [[nodiscard]] NoteEditor& note() { return *m_note; }
    [[nodiscard]] QString narration() const { return m_body->markdownText(); }
    /// The lesson that the end page offers next; empty id: none.
    void setNextLesson(const std::string& id, const QString& title);

  signals:
    void labWanted(std::shared_ptr<const ringside::Lesson> lesson, std::size_t exercise);
    /// A question was answered: the arrows belong to the scene again.
    void sceneWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void refreshStep();
    void refreshEnd();
    /// The card of a word, at a place of the screen.
    void explain(const QString& key, QPoint screen);

    const RunState& m_run;
    const Texts& m_texts;
    Travel& m_travel;
    Opening& m_opening;
    Acting& m_acting;
    LessonWords m_words;
    QWidget* m_simplified;
    QLabel *m_number, *m_title, *m_step, *m_stepTitle, *m_simplifiedTitle;
    ProgressDots* m_dots;
    QWidget* m_endPage;
    QLabel *m_endTitle, *m_score;
    QPushButton *m_nextLesson, *m_again;
    Theme m_theme = makeTheme(ThemeKind::light);
    std::string m_nextId;
    QString m_nextTitle;
    QScrollArea* m_scroll;
    MarkdownView *m_body, *m_end, *m_simplifiedText;
    QuestionCard* m_question;
    ExerciseCard* m_exercise;
    NoteEditor* m_note;
    QPushButton *m_back, *m_next;
    std::string m_shownStep;
};

}  // namespace ringside
