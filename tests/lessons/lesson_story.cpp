#include "tests/lessons/lesson_story.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/step/tracepoint.h"
#include "lessons/player.h"
#include "lessons/state_value.h"

namespace ringside {
namespace {

/// An error without its place, which names the folder the test runs in.
std::string said(const Error& error) { return fmt::format("expected {}, found {}", error.expected, error.found); }

class Story {
  public:
    Story(std::shared_ptr<const Lesson> lesson, Start start)
        : m_lesson(std::move(lesson)), m_timeline(std::move(start)), m_run(m_timeline) {}

    std::string tell() {
        LabPlayer lab(m_timeline);
        if (const auto error = lab.play(m_lesson->lab)) return said(*error) + "\n";
        Player player(m_lesson, m_run);
        for (std::size_t i = 0; i < player.stepCount(); ++i) step(player, i);
        const Position end = m_timeline.seek(m_timeline.position() + Matcher::kBudget);
        m_run.forget();
        const World world = m_run.world(end);
        m_out += fmt::format("(end)\n  {}\n", eventText(end, world));
        for (std::uint64_t back = world.fates.size(); back-- > 0;) {
            const PacketFate& fate = world.fates.fromEnd(back);
            m_out +=
                fmt::format("  packet {}: {} in {}{}\n", fate.packet, nameOf(fate.fate),
                            fate.function == kNoFunction ? "nothing" : m_timeline.inputs().function(fate.function).name,
                            fate.reason == Drop::NOT_DROPPED ? "" : fmt::format(", {}", nameOf(fate.reason)));
        }
        if (!world.machine().oops.empty()) m_out += fmt::format("  {}\n", world.machine().oops);
        for (const Exercise& e : m_lesson->exercises) exercise(e);
        return std::move(m_out);
    }

  private:
    std::string eventText(Position at, const World& world) {
        const std::optional<Event> event = at ? m_run.event(at) : std::nullopt;
        if (!event) return fmt::format("{}: the start", at);
        const FunctionInfo& function = m_timeline.inputs().function(event->function);
        std::string text = fmt::format("{}: {} ns, ", event->seq, event->time);
        if (event->kind == EventKind::hardware)
            text += "hardware";
        else
            text += fmt::format("cpu {} {} {}", event->cpu, nameOf(event->context),
                                world.machine().tasks[event->task].comm);
        text += fmt::format(", {}", function.name);
        if (event->kind != EventKind::enter) text += fmt::format(": {}", function.stages[event->stage].name);
        if (event->packet) text += fmt::format(", packet {}", event->packet);
        if (event->drop != Drop::NOT_DROPPED) text += fmt::format(", dropped {}", nameOf(event->drop));
        if (event->tracepoint != Tracepoint::none)
            text +=
                fmt::format(", {} {}", nameOf(event->tracepoint), tracepointText(world, m_timeline.inputs(), *event));
        return text;
    }

    void step(Player& player, std::size_t i) {
        const LessonStep& step = m_lesson->steps[i];
        m_out += step.id + "\n";
        const Result<Position> at = player.moment(i);
        if (!at) {
            m_out += fmt::format("  {}\n", said(at.error()));
            return;
        }
        const World world = m_run.world(*at);
        m_out += fmt::format("  {}\n", eventText(*at, world));
        const std::optional<Event> event = *at ? m_run.event(*at) : std::nullopt;
        for (const std::string& name : step.focus) {
            const Result<Value> value = stateValue(world, m_timeline.inputs(), event.value_or(Event{}), name);
            m_out += fmt::format("  {} = {}\n", name, value ? shown(*value) : said(value.error()));
        }
        if (step.question) question(i, *at);
    }

    static std::string shown(const Value& value) {
        if (value.leaf()) return value.show();
        std::vector<std::string> parts;
        for (const Value& child : value.children)
            parts.push_back(value.kind == Value::Kind::list ? shown(child) : child.name + " " + shown(child));
        const auto [open, close] = value.kind == Value::Kind::list ? std::pair{"[", "]"} : std::pair{"{", "}"};
        return fmt::format("{}{}{}", open, fmt::join(parts, ", "), close);
    }

    void question(std::size_t i, Position asked) {
        const Question& q = *m_lesson->steps[i].question;
        const std::string any = q.kind == Question::Kind::choice ? q.choices.front().id : "0";
        const Result<Grade> grade = gradeAnswer(*m_lesson, i, any, m_run, asked, "en");
        if (!grade) {
            m_out += fmt::format("  ? {}: {}\n", q.id, said(grade.error()));
            return;
        }
        m_out += fmt::format("  ? {}, decided at {}: {}\n", q.id, grade->until,
                             q.kind == Question::Kind::choice ? fmt::format("{}", fmt::join(grade->right_ids, ", "))
                                                              : grade->right_text);
        for (const QuestionTrap& trap : q.traps) {
            Lesson turned = *m_lesson;
            turned.steps[i].question->answer = trap.value;
            turned.steps[i].question->traps.clear();
            const Result<Grade> value = gradeAnswer(turned, i, "0", m_run, asked, "en");
            m_out += fmt::format("    trap {}: {}\n", trap.id, value ? value->right_text : said(value.error()));
        }
    }

    void exercise(const Exercise& e) {
        m_out += fmt::format("exercise {}\n", e.id);
        if (!e.lab_solution.empty()) {
            const Result<ScenarioFile> scenario = exerciseScenario(*m_lesson, e);
            Result<Start> start = scenario ? scenario->start() : Result<Start>(scenario.error());
            if (!start) {
                m_out += fmt::format("  {}\n", said(start.error()));
                return;
            }
            Timeline timeline(std::move(*start));
            LabPlayer lab(timeline);
            TimelineRun run(timeline);
            goal("start", e, run, timeline, lab.play(e.lab));
            run.forget();
            goal("solution", e, run, timeline, lab.play(e.lab_solution));
            return;
        }
        std::map<std::string, std::string> solution;
        for (const Override& o : e.solution) {
            for (const Knob& k : e.knobs) {
                if (k.key == o.key) solution[k.id] = o.value;
            }
        }
        tried("start", e, {});
        tried("solution", e, solution);
    }
    void goal(std::string_view what, const Exercise& e, TimelineRun& run, Timeline& timeline,
              const std::optional<Error>& error) {
        if (error) {
            m_out += fmt::format("  {}: {}\n", what, said(*error));
            return;
        }
        const Result<bool> reached = goalReached(e, run, timeline.position());
        m_out += fmt::format("  {}: {}, {} events\n", what, reached ? reachedText(*reached) : said(reached.error()),
                             timeline.position());
    }
    void tried(std::string_view what, const Exercise& e, const std::map<std::string, std::string>& settings) {
        const Result<ExerciseTry> result = tryExercise(*m_lesson, e, settings);
        if (!result)
            m_out += fmt::format("  {}: {}\n", what, said(result.error()));
        else
            m_out += fmt::format("  {}: {}, {} events\n", what, reachedText(result->reached), result->events);
    }
    static std::string reachedText(bool reached) { return reached ? "reached" : "not reached"; }

    std::shared_ptr<const Lesson> m_lesson;
    Timeline m_timeline;
    TimelineRun m_run;
    std::string m_out;
};

}  // namespace

std::string lessonStory(const std::shared_ptr<const Lesson>& lesson) {
    Result<Start> start = lesson->scenario.start();
    if (!start) return said(start.error()) + "\n";
    return Story(lesson, std::move(*start)).tell();
}

}  // namespace ringside
