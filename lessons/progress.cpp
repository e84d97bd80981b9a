#include "lessons/progress.h"

namespace ringside {

const LessonProgress& Progress::of(std::string_view id) const {
    static const LessonProgress none;
    const auto it = lessons.find(std::string(id));
    return it == lessons.end() ? none : it->second;
}

LessonProgress progressOf(const Player& player, const LessonProgress& before) {
    const Lesson& lesson = player.lesson();
    LessonProgress now;
    now.step = lesson.steps[player.step()].id;
    bool open = false;
    for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
        if (const std::string* given = player.given(i)) now.answers[lesson.steps[i].id] = *given;
        open |= lesson.steps[i].question && player.questionState(i) == QuestionState::open;
    }
    for (const Exercise& exercise : lesson.exercises) {
        if (player.isSolved(exercise.id) || before.solved.contains(exercise.id)) now.solved.insert(exercise.id);
    }
    now.done = before.done || player.finished() || (player.step() + 1 == player.stepCount() && !open);
    return now;
}

void resume(Player& player, const LessonProgress& progress, std::string_view language) {
    for (const std::string& exercise : progress.solved) player.solved(exercise);
    const Lesson& lesson = player.lesson();
    const auto target = lesson.stepIndex(progress.step);
    if (!target) return;
    // a learner who went back has answers beyond the step
    std::size_t last = *target;
    for (std::size_t i = last; i < lesson.steps.size(); ++i)
        if (progress.answers.contains(lesson.steps[i].id)) last = i;
    for (std::size_t i = 0; i <= last; ++i) {
        if (!player.goTo(i)) break;
        if (!player.openQuestion()) continue;
        const auto given = progress.answers.find(lesson.steps[i].id);
        if (given != progress.answers.end()) {
            if (!player.answer(given->second, language)) break;
        } else if (i < last) {
            player.skip();
        }
    }
    // where a question is open before it, the player stops there by itself
    static_cast<void>(player.goTo(*target));
}

}  // namespace ringside
