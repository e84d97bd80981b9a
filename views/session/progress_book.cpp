#include "views/session/progress_book.h"

#include <utility>

namespace ringside {

void ProgressBook::set(Progress progress) {
    if (progress == m_progress) return;
    m_progress = std::move(progress);
    emit changed();
}

LessonProgress ProgressBook::opening(const Lesson& lesson) {
    LessonProgress kept = m_progress.of(lesson.id);
    const bool again = std::exchange(m_again, {}) == lesson.id;
    if (again || (kept.done && !lesson.steps.empty() && kept.step == lesson.steps.back().id)) {
        kept.step.clear();
        kept.answers.clear();
    }
    return kept;
}

void ProgressBook::note(const Player& player) {
    const std::string& id = player.lesson().id;
    LessonProgress now = progressOf(player, m_progress.of(id));
    if (now == m_progress.of(id) && m_progress.last == id) return;
    m_progress.lessons[id] = std::move(now);
    m_progress.last = id;
    emit changed();
}

}  // namespace ringside
