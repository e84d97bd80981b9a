#pragma once
// The lesson: where the learner is in it, what is said here, what is asked. Without a lesson, the list of lessons.

#include <QWidget>
#include <optional>

#include "lessons/catalog.h"
#include "views/lesson/lesson_page.h"
#include "views/session/acting.h"
#include "views/session/background.h"
#include "views/session/opening.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/travel.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ringside {

class LessonPanel : public QWidget {
    Q_OBJECT
  public:
    LessonPanel(const RunState& run, const Texts& texts, Travel& travel, Opening& opening, Acting& acting,
                NoteBook& notes, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// The page of the open lesson; made when the first lesson is opened, or now.
    [[nodiscard]] LessonPage& page();
    [[nodiscard]] bool hasPage() const { return m_page != nullptr; }
    /// The lessons whose end was reached, by id; marked in the list.
    void setDone(const QStringList& ids);

  signals:
    void labWanted(std::shared_ptr<const ringside::Lesson> lesson, std::size_t exercise);
    void sceneWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void refreshList();
    void readCatalog();
    /// What is shown while the run of an exercise is watched.
    void refreshWatched();
    void offerNext();

    const RunState& m_run;
    const Texts& m_texts;
    Travel& m_travel;
    Opening& m_opening;
    Acting& m_acting;
    NoteBook& m_notes;
    Theme m_theme;
    Background m_reading{this};
    std::optional<Catalog> m_catalog;  ///< once it is read
    QVBoxLayout *m_column, *m_lessons;
    QWidget *m_list, *m_watched;
    QLabel *m_listTitle, *m_watchedTitle;
    MarkdownView* m_watchedGoal;
    QPushButton* m_toExercise;
    QStringList m_done;
    LessonPage* m_page = nullptr;
};

}  // namespace ringside
