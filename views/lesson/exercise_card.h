#pragma once
// A goal to reach by acting: settings to choose and try, or calls to make in the sk_buff lab; hints that get more
// direct.

#include <QFrame>
#include <map>

#include "views/lesson/markdown_view.h"
#include "views/session/opening.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace ringside {

class ExerciseCard : public QFrame {
    Q_OBJECT
  public:
    ExerciseCard(const RunState& run, const Texts& texts, Opening& opening, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setWords(const LessonWords* words);
    /// Shows exercise `index` of the lesson, or hides.
    void show(std::shared_ptr<const Lesson> lesson, std::size_t index);
    void clear();
    void retranslate();
    /// What the lab found: the goal holds.
    void setSolved();

  signals:
    /// The exercise is done in the lab: open it there.
    void labWanted(std::shared_ptr<const ringside::Lesson> lesson, std::size_t exercise);
    void wordClicked(const QString& key, QPoint screen);

  private:
    void rebuild();
    void tryIt();
    void watch();
    void hint();
    [[nodiscard]] const Exercise& exercise() const { return m_lesson->exercises[m_index]; }
    [[nodiscard]] const ExerciseText* texts() const;
    [[nodiscard]] std::map<std::string, std::string> settings() const;
    /// What came of the last try, in the present language.
    void showResult();

    const RunState& m_run;
    const Texts& m_texts;
    Opening& m_opening;
    Theme m_theme;
    std::shared_ptr<const Lesson> m_lesson;
    std::size_t m_index = 0;
    Background m_work;
    QLabel *m_heading, *m_title, *m_result;
    MarkdownView *m_body, *m_hints, *m_done;
    QWidget* m_form;
    QFormLayout* m_knobs;
    std::map<std::string, QComboBox*> m_boxes;
    QPushButton *m_try, *m_watch, *m_lab, *m_hint;
    std::size_t m_shownHints = 0;
    enum class Outcome : std::uint8_t { none, running, missed, solved } m_outcome = Outcome::none;
    std::vector<GoalState> m_parts;  ///< of the try that missed
    std::optional<Error> m_trouble;  ///< why it could not be tried
};

}  // namespace ringside
