// Answers and goals, judged from the run's state; what a lesson's author wrote are expressions, never the answers
// themselves.

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "lessons/player.h"

namespace ringside {
namespace {

/// The moment that decides a question: its own `until`, or the next step's, or the end of the run.
Result<Position> decidingMoment(const Lesson& lesson, std::size_t step, RunAccess& run, Position asked) {
    Selector end;
    end.kind = Selector::Kind::end;
    const Question& question = *lesson.steps[step].question;
    const Selector& selector = question.until                   ? *question.until
                               : step + 1 < lesson.steps.size() ? lesson.steps[step + 1].at
                                                                : end;
    const Result<Matcher> matcher = Matcher::compile(selector, run.inputs());
    if (!matcher) return matcher.error();
    return matcher->find(run, asked);
}

struct Judge {
    RunAccess& run;
    Position asked, until;
    std::optional<Event> event;
    World world;

    Result<double> value(const std::string& text, const std::string& place) {
        const Result<Expression> expression = Expression::parse(text, place);
        if (!expression) return expression.error();
        return expression->evaluate(scope());
    }
    ExpressionScope scope() {
        static const Event kNone{};
        return {world, run.inputs(), event ? *event : kNone, {&run, asked, until}};
    }
};

/// The inserts of a text as values; "–" for one that has none at this moment.
std::string filledAsFarAsKnown(const std::string& text, const ExpressionScope& scope) {
    const auto inserts = insertsOf(text, {});
    if (!inserts) return text;
    std::string out;
    std::size_t from = 0;
    for (const auto& [source, at] : *inserts) {
        const Result<std::string> value = fillIn("{{" + source + "}}", scope, {});
        out += text.substr(from, at - from) + (value ? *value : std::string("–"));
        from = at + source.size() + 4;
    }
    return out + text.substr(from);
}

std::string showNumber(double value) {
    return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

}  // namespace

Result<Grade> gradeAnswer(const Lesson& lesson, std::size_t step, const std::string& answer, RunAccess& run,
                          Position asked, std::string_view language) {
    RS_ASSERT(step < lesson.steps.size() && lesson.steps[step].question);
    const Question& question = *lesson.steps[step].question;
    const LessonText& text = lesson.text(language);
    QuestionText words;
    if (const auto s = text.steps.find(lesson.steps[step].id); s != text.steps.end()) {
        if (const auto q = s->second.questions.find(question.id); q != s->second.questions.end()) words = q->second;
    }
    const Result<Position> until = decidingMoment(lesson, step, run, asked);
    if (!until) return until.error();
    Judge judge{run, asked, *until, *until ? run.event(*until) : std::nullopt, run.world(*until)};
    Grade grade;
    grade.until = *until;
    std::string reply;
    if (question.kind == Question::Kind::choice) {
        bool known = false;
        for (const QuestionChoice& choice : question.choices) {
            const Result<double> holds = judge.value(choice.when, choice.place);
            if (!holds) return holds.error();
            known = known || choice.id == answer;
            if (*holds == 0) continue;
            grade.right = grade.right || choice.id == answer;
            grade.right_ids.push_back(choice.id);
            if (!grade.right_text.empty()) grade.right_text += " / ";
            grade.right_text += words.replies[choice.id].label;
        }
        if (!known) return Error{question.place, "one of the question's choices", "\"" + answer + "\""};
        reply = words.replies[answer].reply;
    } else {
        double given = 0;
        const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), given);
        if (error != std::errc{} || end != answer.data() + answer.size() || !std::isfinite(given))
            return Error{"", "a number", "\"" + answer + "\""};
        const Result<double> right = judge.value(question.answer, question.place);
        if (!right) return right.error();
        grade.right = std::abs(given - *right) <= question.tolerance;
        grade.right_text = showNumber(*right);
        reply = words.replies[grade.right ? "right" : "wrong"].reply;
        for (const QuestionTrap& trap : question.traps) {
            const Result<double> value = judge.value(trap.value, trap.place);
            if (!value) return value.error();
            if (!grade.right && std::abs(given - *value) <= question.tolerance) reply = words.replies[trap.id].reply;
        }
    }
    const Result<std::string> filled =
        fillIn(reply, judge.scope(), text.file + ":" + std::to_string(words.line) + ":1");
    if (!filled) return filled.error();
    grade.reply = *filled;
    return grade;
}

Result<bool> goalReached(const Exercise& exercise, RunAccess& run, Position at) {
    Judge judge{run, 0, at, at ? run.event(at) : std::nullopt, run.world(at)};
    bool reached = true;
    for (const GoalPart& part : exercise.goal) {
        const Result<double> value = judge.value(part.when, part.place);
        if (!value) return value.error();
        reached = reached && *value != 0;
    }
    return reached;
}

std::vector<GoalState> goalStates(const Lesson& lesson, const Exercise& exercise, RunAccess& run, Position at,
                                  std::string_view language) {
    const auto words = lesson.text(language).exercises.find(exercise.id);
    if (words == lesson.text(language).exercises.end()) return {};
    Judge judge{run, 0, at, at ? run.event(at) : std::nullopt, run.world(at)};
    std::vector<GoalState> states;
    for (const GoalPart& part : exercise.goal) {
        const auto label = words->second.labels.find(part.id);
        if (label == words->second.labels.end()) continue;
        const Result<double> value = judge.value(part.when, part.place);
        states.push_back({value && *value != 0, filledAsFarAsKnown(label->second.label, judge.scope())});
    }
    return states;
}

Result<ScenarioFile> exerciseScenario(const Lesson& lesson, const Exercise& exercise,
                                      const std::map<std::string, std::string>& settings) {
    std::vector<Override> overrides;
    for (const auto& [id, value] : settings) {
        const Knob* knob = nullptr;
        for (const Knob& k : exercise.knobs) knob = k.id == id ? &k : knob;
        if (!knob) return Error{exercise.place, "a setting of the exercise", "\"" + id + "\""};
        overrides.push_back({knob->key, value});
    }
    const bool own = !exercise.scenario_text.empty();
    return parseScenario(own ? exercise.scenario_text : lesson.scenario_text,
                         own ? exercise.scenario_file : lesson.scenario_file, overrides);
}

Result<ExerciseTry> tryExercise(const Lesson& lesson, const Exercise& exercise,
                                const std::map<std::string, std::string>& settings, std::string_view language) {
    const Result<ScenarioFile> scenario = exerciseScenario(lesson, exercise, settings);
    if (!scenario) return scenario.error();
    Result<Start> start = scenario->start();
    if (!start) return start.error();
    Timeline timeline(std::move(*start));
    LabPlayer lab(timeline);
    if (const auto error = lab.play(exercise.lab)) return *error;
    const Position end = timeline.seek(timeline.position() + Matcher::kBudget);
    TimelineRun run(timeline);
    const Result<bool> reached = goalReached(exercise, run, end);
    if (!reached) return reached.error();
    return ExerciseTry{*reached, end, timeline.end().has_value(), goalStates(lesson, exercise, run, end, language)};
}

Result<Grade> rightAnswer(const Lesson& lesson, std::size_t step, RunAccess& run, Position asked,
                          std::string_view language) {
    RS_ASSERT(step < lesson.steps.size() && lesson.steps[step].question);
    const Question& question = *lesson.steps[step].question;
    const bool number = question.kind == Question::Kind::number;
    // any answer tells which one is right
    const Result<Grade> any =
        gradeAnswer(lesson, step, number ? "0" : question.choices.front().id, run, asked, language);
    if (!any) return any.error();
    return gradeAnswer(lesson, step, number ? any->right_text : any->right_ids.front(), run, asked, language);
}

}  // namespace ringside
