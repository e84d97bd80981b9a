#pragma once
// What a learner did in the lessons, as it is kept from one time to the next. Steps, questions and exercises are named
// by ids: a lesson that grew still finds what was done in it, and what it no longer has is passed over.

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "lessons/player.h"

namespace ringside {

/// What was done in one lesson.
struct LessonProgress {
    std::string step;                            ///< id of the step where the learner was; empty: not begun
    std::map<std::string, std::string> answers;  ///< by the id of the step that asks: the answer as it was given
    std::set<std::string> solved;                ///< ids of exercises
    bool done = false;                           ///< its end was reached once; stays when it is begun again

    [[nodiscard]] bool begun() const { return !step.empty(); }
    friend bool operator==(const LessonProgress&, const LessonProgress&) = default;
};

/// What was done in all of them.
struct Progress {
    std::map<std::string, LessonProgress> lessons;  ///< by the lesson's id
    std::string last;                               ///< id of the lesson that was open last; empty: none yet

    /// Of one lesson; one that was never opened gives an empty value.
    [[nodiscard]] const LessonProgress& of(std::string_view id) const;
    friend bool operator==(const Progress&, const Progress&) = default;
};

/// What the player's learner did so far. `before`: what was known already; an end that was reached stays reached.
LessonProgress progressOf(const Player& player, const LessonProgress& before);

/// Brings a player that is at its first step to where the learner was: the answers are judged again, questions that
/// were passed without one are skipped. What cannot be done any more (a step that is gone, an answer that is no
/// choice now) ends it there. Cost: a search for each step's moment, and the judgements.
void resume(Player& player, const LessonProgress& progress, std::string_view language);

}  // namespace ringside
