#pragma once
// What the learner did in the lessons, followed while they are played. Whoever keeps it between two starts sets it and
// listens to changed().

#include <QObject>

#include "lessons/progress.h"

namespace ringside {

class ProgressBook : public QObject {
    Q_OBJECT
  public:
    explicit ProgressBook(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const Progress& progress() const { return m_progress; }
    void set(Progress progress);
    /// Where to go on in a lesson that is opened; one that was left at its end begins again, and so does one that
    /// startAgain() named.
    [[nodiscard]] LessonProgress opening(const Lesson& lesson);
    /// The next opening of this lesson begins at its first step; what was solved and that it was done are kept.
    void startAgain(const std::string& lesson) { m_again = lesson; }
    /// The player of the open lesson is somewhere else, or something was answered or solved.
    void note(const Player& player);

  signals:
    void changed();

  private:
    Progress m_progress;
    std::string m_again;
};

}  // namespace ringside
