#pragma once
// A learner's way through a lesson: which step, what may be seen, which questions were answered. No Qt, no clock; the
// Session asks it.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lessons/expression.h"
#include "lessons/lesson.h"
#include "lessons/run_access.h"

namespace ringside {

/// What became of a question.
enum class QuestionState : std::uint8_t { open, answered, skipped };

/// The judgement of one answer.
struct Grade {
    bool right = false;
    std::string reply;                   ///< what to say to it, filled in
    std::vector<std::string> right_ids;  ///< the choices that were right
    std::string right_text;              ///< their labels, or the number
    Position until = 0;                  ///< the moment that decided it
};

/// Judges an answer to the question of a step asked at `asked`. `answer` is a choice's id, or a number as text. Errors:
/// an unknown choice, a text that is no number, an expression or moment that fails (with its place).
Result<Grade> gradeAnswer(const Lesson& lesson, std::size_t step, const std::string& answer, RunAccess& run,
                          Position asked, std::string_view language);

/// The right answer, judged as if it had been given.
Result<Grade> rightAnswer(const Lesson& lesson, std::size_t step, RunAccess& run, Position asked,
                          std::string_view language);

/// Whether an exercise's goal holds in the run up to `at`: all its parts.
Result<bool> goalReached(const Exercise& exercise, RunAccess& run, Position at);

/// How one condition of a goal stands.
struct GoalState {
    bool holds = false;
    std::string text;  ///< what it asks, with its value; "–" for a value that is not there yet
};
/// The conditions that have words, in the order of lesson.yaml. One that cannot be told does not hold.
std::vector<GoalState> goalStates(const Lesson& lesson, const Exercise& exercise, RunAccess& run, Position at,
                                  std::string_view language);

/// The starting point of an exercise with the learner's settings (knob id -> value) applied.
Result<ScenarioFile> exerciseScenario(const Lesson& lesson, const Exercise& exercise,
                                      const std::map<std::string, std::string>& settings = {});

/// What came of a run with some settings.
struct ExerciseTry {
    bool reached = false;
    Position events = 0;
    bool ended = true;  ///< false: the run went on beyond the events that were looked at
    std::vector<GoalState> parts;
};
/// Builds the exercise's scenario with these settings and runs it to its end.
Result<ExerciseTry> tryExercise(const Lesson& lesson, const Exercise& exercise,
                                const std::map<std::string, std::string>& settings, std::string_view language = "en");

class Player {
  public:
    /// `run` is the lesson's run and must outlive the player.
    Player(std::shared_ptr<const Lesson> lesson, RunAccess& run);

    [[nodiscard]] const Lesson& lesson() const { return *m_lesson; }
    [[nodiscard]] std::size_t stepCount() const { return m_lesson->steps.size(); }
    /// The step the learner is at.
    [[nodiscard]] std::size_t step() const { return m_step; }
    /// The position of a step's moment, found once. The error is the selector's.
    Result<Position> moment(std::size_t step);
    /// Makes a step the current one and returns its position; not beyond a question that is open: then the step that
    /// asks it.
    Result<Position> goTo(std::size_t step);
    Result<Position> next();
    Result<Position> previous();
    /// Goes to a step that was asked for by its address: the questions before it are skipped.
    Result<Position> openAt(std::size_t step);
    /// The last step is behind the learner: what was learned is said. Any other move leaves it.
    void finish();
    [[nodiscard]] bool finished() const { return m_finished; }
    /// Whether there is a moment of the lesson to go on to, or its end.
    [[nodiscard]] bool hasNext() const { return !m_finished; }
    /// Whether a step back leads to a moment of the lesson: from `position`, which may lie behind the step's.
    [[nodiscard]] bool hasPrevious(Position position);
    /// The learner moved by other means: the current step becomes the last one whose moment is not after `position`.
    void movedTo(Position position);

    /// The last position that may be shown; none: everything may. It is the moment of the first question that is
    /// neither answered nor skipped, so that scrubber, event list and stepping cannot give its answer away.
    std::optional<Position> horizon();
    /// `position`, or the horizon where it lies beyond.
    Position allowed(Position position);

    /// The step whose question is open and may be asked now: the current one.
    [[nodiscard]] const Question* openQuestion() const;
    /// The current step's question if it can be answered: it is open, or was skipped.
    [[nodiscard]] const Question* unanswered() const;
    [[nodiscard]] QuestionState questionState(std::size_t step) const;
    /// Answers the current step's question, open or skipped; afterwards it is answered, rightly or not.
    Result<Grade> answer(const std::string& answer, std::string_view language);
    /// What the learner was told, if the step's question was answered.
    [[nodiscard]] const Grade* grade(std::size_t step) const;
    /// The answer itself, as it was given; null where there is none.
    [[nodiscard]] const std::string* given(std::size_t step) const;
    /// What is right at the question of a step, and what is said to it; the question stays as it is.
    Result<Grade> solution(std::size_t step, std::string_view language);
    void skip();
    /// Lets the learner look at everything.
    void skipAll();
    /// Questions answered rightly, and asked in all.
    [[nodiscard]] std::pair<std::size_t, std::size_t> score() const;

    /// The narration of a step with its values filled in, from its own moment.
    Result<std::string> narration(std::size_t step, std::string_view language);
    [[nodiscard]] std::string title(std::size_t step, std::string_view language) const;
    /// The prompt of a step's question, filled in.
    Result<std::string> prompt(std::size_t step, std::string_view language);

    /// Remembers that an exercise was done.
    void solved(const std::string& exercise) { m_solved[exercise] = true; }
    [[nodiscard]] bool isSolved(const std::string& exercise) const { return m_solved.contains(exercise); }
    /// Uncovers one more hint; returns how many are visible.
    std::size_t moreHints(const Exercise& exercise);
    [[nodiscard]] std::size_t hints(const std::string& exercise) const;

  private:
    Result<std::string> filled(std::size_t step, const std::string& text, const std::string& place);

    std::shared_ptr<const Lesson> m_lesson;
    RunAccess& m_run;
    std::size_t m_step = 0;
    bool m_finished = false;
    std::vector<std::optional<Position>> m_moments;
    std::map<std::size_t, QuestionState> m_questions;
    std::map<std::size_t, Grade> m_grades;
    std::map<std::size_t, std::string> m_given;
    std::map<std::string, bool> m_solved;
    std::map<std::string, std::size_t> m_hints;
};

}  // namespace ringside
