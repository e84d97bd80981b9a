#include "lessons/checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lessons/glossary.h"
#include "lessons/player.h"

namespace ringside {
namespace {

class Checker {
  public:
    explicit Checker(const Lesson& lesson) : m_lesson(lesson) {}

    std::vector<Problem> run() {
        languages();
        if (m_lesson.kernel != "6.1.192") add({m_lesson.file, "the kernel 6.1.192", "\"" + m_lesson.kernel + "\""});
        Result<Start> start = m_lesson.scenario.start();
        if (!start) {
            add(start.error());
            return std::move(m_problems);
        }
        Timeline timeline(std::move(*start));
        LabPlayer lab(timeline);
        if (const auto error = lab.play(m_lesson.lab)) {
            add(*error);
            return std::move(m_problems);
        }
        TimelineRun access(timeline);
        steps(access);
        for (const Exercise& exercise : m_lesson.exercises) checkExercise(exercise);
        return std::move(m_problems);
    }

  private:
    void add(Error error, Problem::Severity severity = Problem::Severity::error) {
        // a question is judged once a language: what is wrong with it is said once
        const bool known =
            std::any_of(m_problems.begin(), m_problems.end(), [&](const Problem& p) { return p.error == error; });
        if (!known) m_problems.push_back({std::move(error), severity});
    }
    template <class T>
    bool good(const Result<T>& result) {
        if (!result) add(result.error());
        return result.ok();
    }

    // ---- the run ----

    void steps(RunAccess& run) {
        Player player(std::make_shared<const Lesson>(m_lesson), run);
        Position before = 0;
        for (std::size_t i = 0; i < m_lesson.steps.size(); ++i) {
            const LessonStep& step = m_lesson.steps[i];
            const Result<Position> at = player.moment(i);
            if (!good(at)) return;  // later ones are counted from it
            if (*at < before)
                add({step.at.place, "a moment after the step before",
                     fmt::format("position {} after {}", *at, before)});
            before = *at;
            focus(step, run, *at);
            for (const auto& [language, text] : m_lesson.texts) {
                if (text.steps.contains(step.id)) good(player.narration(i, language));
                if (step.question && text.steps.contains(step.id) &&
                    text.steps.at(step.id).questions.contains(step.question->id)) {
                    good(player.prompt(i, language));
                    question(i, run, *at, language);
                }
            }
        }
    }

    void focus(const LessonStep& step, RunAccess& run, Position at) {
        const std::optional<Event> event = at ? run.event(at) : std::nullopt;
        const Event none{};
        const World world = run.world(at);
        for (const std::string& name : step.focus) {
            const std::string place = step.place + ", focus";
            Result<Expression> expression = Expression::parse("exists(" + name + ")", place);
            if (!good(expression)) continue;
            const Result<double> there = expression->evaluate({world, run.inputs(), event ? *event : none});
            if (good(there) && *there == 0) add({place, "a name the state has at this moment", "\"" + name + "\""});
        }
    }

    void question(std::size_t i, RunAccess& run, Position asked, const std::string& language) {
        const Question& q = *m_lesson.steps[i].question;
        std::vector<std::string> answers;
        for (const QuestionChoice& c : q.choices) answers.push_back(c.id);
        if (q.kind == Question::Kind::number) answers.emplace_back("0");
        for (const std::string& answer : answers) {
            const Result<Grade> grade = gradeAnswer(m_lesson, i, answer, run, asked, language);
            if (!good(grade)) return;
            if (q.kind == Question::Kind::choice && grade->right_ids.size() != 1) {
                add({q.place, "exactly one choice that is right",
                     fmt::format("{} in the question \"{}\"", grade->right_ids.size(), q.id)});
                return;
            }
            functionsExist(q, run.inputs());
            if (q.kind == Question::Kind::number) traps(i, q, run, asked, language, grade->right_text);
        }
    }
    void traps(std::size_t i, const Question& q, RunAccess& run, Position asked, const std::string& language,
               const std::string& right) {
        const Result<Grade> correct = gradeAnswer(m_lesson, i, right, run, asked, language);
        if (good(correct) && !correct->right) add({q.place, "an answer that can be given", right});
        for (const QuestionTrap& trap : q.traps) {
            Question only = q;
            only.answer = trap.value;
            Lesson copy = m_lesson;
            copy.steps[i].question = only;
            const Result<Grade> value = gradeAnswer(copy, i, "0", run, asked, language);
            if (good(value) && value->right_text == right)
                add({trap.place, "a value that is wrong", trap.id + " is the right answer"});
        }
    }
    void functionsExist(const Question& q, const Inputs& inputs) {
        for (const QuestionChoice& c : q.choices) countedExist(c.when, c.place, inputs);
        if (!q.answer.empty()) countedExist(q.answer, q.place, inputs);
    }
    void countedExist(const std::string& text, const std::string& place, const Inputs& inputs) {
        const Result<Expression> expression = Expression::parse(text, place);
        if (!expression) return;
        for (const std::string& name : expression->countedFunctions()) {
            if (!m_counted.insert(place + name).second) continue;
            std::vector<std::string> known;
            for (const FunctionInfo& f : inputs.functions) known.emplace_back(f.name);
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            const std::string near = nearestName(name, known);
            add({place,
                 "a function of the model" + (near.empty() ? std::string{} : fmt::format(" (did you mean {}?)", near)),
                 "\"" + name + "\""});
        }
    }

    // ---- exercises ----

    void checkExercise(const Exercise& e) {
        std::map<std::string, std::string> solution;
        for (const Override& o : e.solution) {
            for (const Knob& k : e.knobs) {
                if (k.key == o.key) solution[k.id] = o.value;
            }
        }
        const Result<ScenarioFile> scenario = exerciseScenario(m_lesson, e);
        if (!good(scenario)) return;
        if (e.lab_solution.empty()) {
            const Result<ExerciseTry> start = tryExercise(m_lesson, e, {});
            if (!good(start)) return;
            if (start->reached) add({e.goal.front().place, "a goal that is not reached at the start", "one that is"});
            const Result<ExerciseTry> solved = tryExercise(m_lesson, e, solution);
            if (good(solved) && !solved->reached)
                add({e.goal.front().place, "a goal that the solution reaches", "one that it does not"});
            for (const Knob& k : e.knobs) {
                for (const std::string& value : k.values) good(tryExercise(m_lesson, e, {{k.id, value}}));
            }
        } else {
            labExercise(e, *scenario);
        }
        Result<Start> inputs = scenario->start();
        if (!good(inputs)) return;
        for (const GoalPart& part : e.goal) countedExist(part.when, part.place, *inputs->inputs);
    }
    void labExercise(const Exercise& e, const ScenarioFile& scenario) {
        Result<Start> start = scenario.start();
        if (!good(start)) return;
        Timeline timeline(std::move(*start));
        LabPlayer lab(timeline);
        if (const auto error = lab.play(e.lab)) return add(*error);
        TimelineRun run(timeline);
        const Result<bool> early = goalReached(e, run, timeline.position());
        if (early && *early) add({e.goal.front().place, "a goal that is not reached at the start", "one that is"});
        if (const auto error = lab.play(e.lab_solution)) return add(*error);
        run.forget();
        const Result<bool> reached = goalReached(e, run, timeline.position());
        if (good(reached) && !*reached)
            add({e.goal.front().place, "a goal that the solution reaches", "one that it does not"});
    }

    // ---- languages ----

    void languages() {
        for (const std::string_view language : kLanguages) {
            const auto it = m_lesson.texts.find(std::string(language));
            if (it == m_lesson.texts.end()) {
                add({(m_lesson.folder / (std::string(language) + ".md")).string(),
                     fmt::format("the lesson in {}", language), "no such file"});
                continue;
            }
            texts(it->second, language);
        }
    }
    static std::string at(const LessonText& text, int line) { return fmt::format("{}:{}:1", text.file, line); }

    void texts(const LessonText& text, std::string_view language) {
        const auto missing = [&](const std::string& what) { add({text.file, what, "none"}); };
        if (text.intro.empty()) missing("an introduction below the title");
        std::vector<std::string> order;
        for (const LessonStep& step : m_lesson.steps) {
            const auto it = text.steps.find(step.id);
            if (it == text.steps.end()) {
                missing(fmt::format("the heading \"## {}\"", step.id));
                continue;
            }
            order.push_back(step.id);
            length(it->second.body, at(text, it->second.line), language);
            if (!step.question) continue;
            const auto q = it->second.questions.find(step.question->id);
            if (q == it->second.questions.end())
                missing(fmt::format("the heading \"### {}\" in step \"{}\"", step.question->id, step.id));
            else
                questionText(*step.question, q->second, text);
        }
        if (order != text.order)
            add({text.file, "the steps in the order of lesson.yaml",
                 fmt::format("\"{}\" and others in another", text.order.empty() ? "" : text.order.front())});
        for (const Exercise& e : m_lesson.exercises) {
            const auto it = text.exercises.find(e.id);
            if (it == text.exercises.end())
                missing(fmt::format("the heading \"## {}\"", e.id));
            else
                exerciseText(e, it->second, text);
        }
        for (const std::string& note : m_lesson.simplified) {
            if (!text.simplified.contains(note)) missing(fmt::format("\"- {}: …\" below \"## simplified\"", note));
        }
        known(text, text.simplified, {m_lesson.simplified.begin(), m_lesson.simplified.end()});
        if (text.end.empty()) missing("the heading \"## end\" with what was learned");
        if (const std::size_t most = language.starts_with("zh") ? 120 : 60, count = textLength(text.end, language);
            count > most)
            add({at(text, text.end_line),
                 fmt::format("what was learned in at most {} {}", most,
                             language.starts_with("zh") ? "characters" : "words"),
                 fmt::format("{}", count)},
                Problem::Severity::warning);
    }
    void questionText(const Question& q, const QuestionText& words, const LessonText& text) {
        if (words.prompt.empty()) add({at(text, words.line), "what is asked", "nothing"});
        std::set<std::string> ids;
        for (const QuestionChoice& c : q.choices) ids.insert(c.id);
        if (q.kind == Question::Kind::number) {
            ids = {"right", "wrong"};
            for (const QuestionTrap& t : q.traps) ids.insert(t.id);
        }
        for (const std::string& id : ids) {
            const auto it = words.replies.find(id);
            if (it == words.replies.end()) {
                add({at(text, words.line), fmt::format("\"- {}: …\"", id), "none"});
                continue;
            }
            if (q.kind == Question::Kind::choice && it->second.label.empty())
                add({at(text, it->second.line), "what the choice says", "nothing"});
            if (it->second.reply.empty())
                add({at(text, it->second.line), fmt::format("a reply to \"{}\" (a line with >)", id), "none"});
        }
        known(text, words.replies, ids);
    }
    void exerciseText(const Exercise& e, const ExerciseText& words, const LessonText& text) {
        if (words.hints.size() != e.hints)
            add({at(text, words.line), fmt::format("{} hints", e.hints), fmt::format("{}", words.hints.size())});
        if (words.body.empty()) add({at(text, words.line), "the exercise's goal in words", "nothing"});
        std::set<std::string> ids{"done"};
        for (const Knob& k : e.knobs) ids.insert(k.id);
        for (const GoalPart& part : e.goal) {
            if (!part.id.empty()) ids.insert(part.id);
        }
        for (const std::string& id : ids) {
            if (!words.labels.contains(id)) add({at(text, words.line), fmt::format("\"- {}: …\"", id), "none"});
        }
        for (const Knob& k : e.knobs) {
            for (std::size_t i = 1; i <= k.values.size(); ++i) ids.insert(fmt::format("{}.{}", k.id, i));
        }
        known(text, words.labels, ids);
        for (const auto& [id, label] : words.labels) {
            if (id != "done" && label.label.find('`') != std::string::npos)
                add({at(text, label.line), "a label without marks: it stands in a form", label.label});
        }
    }
    void known(const LessonText& text, const std::map<std::string, ReplyText>& items,
               const std::set<std::string>& ids) {
        for (const auto& [id, item] : items) {
            if (!ids.contains(id)) add({at(text, item.line), "an id of lesson.yaml", "\"" + id + "\""});
        }
    }
    void length(const std::string& body, const std::string& place, std::string_view language) {
        const bool chinese = language.starts_with("zh");
        const std::size_t least = chinese ? 80 : 40, most = chinese ? 220 : 120;
        const std::size_t count = textLength(body, language);
        if (count >= least && count <= most) return;
        add({place, fmt::format("{} to {} {}", least, most, chinese ? "characters" : "words"),
             fmt::format("{}", count)},
            Problem::Severity::warning);
    }

    const Lesson& m_lesson;
    std::vector<Problem> m_problems;
    std::set<std::string> m_counted;
};

}  // namespace

bool CheckReport::ok() const {
    return std::none_of(problems.begin(), problems.end(),
                        [](const Problem& p) { return p.severity == Problem::Severity::error; });
}

std::size_t textLength(const std::string& markdown, std::string_view language) {
    std::string text;
    for (std::size_t i = 0; i < markdown.size(); ++i) {
        if (markdown.compare(i, 2, "{{") == 0) {
            const std::size_t end = markdown.find("}}", i);
            text += "0000";
            i = end == std::string::npos ? markdown.size() : end + 1;
        } else if (markdown[i] != '*' && markdown[i] != '`') {
            text += markdown[i];
        }
    }
    std::size_t words = 0, characters = 0;
    bool inside = false;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n';
        words += !blank && !inside;
        inside = !blank;
        characters += !blank && (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;  // not the rest of a UTF-8 character
    }
    return language.starts_with("zh") ? characters : words;
}

std::vector<Problem> checkLesson(const Lesson& lesson) { return Checker(lesson).run(); }

std::vector<Problem> checkScenario(const std::filesystem::path& file) {
    const Result<ScenarioFile> scenario = loadScenario(file);
    if (!scenario) return {{scenario.error(), Problem::Severity::error}};
    const Result<Start> start = scenario->start();
    if (!start) return {{start.error(), Problem::Severity::error}};
    std::error_code ignored;
    if (scenario->capture && !std::filesystem::exists(scenario->capture->file, ignored)) {
        return {{{file.string(), "the capture " + scenario->capture->file.string(), "no such file"},
                 Problem::Severity::error}};
    }
    return {};
}

CheckReport checkPath(const std::filesystem::path& path) {
    CheckReport report;
    std::error_code error;
    std::set<std::string> ids;
    const auto lesson = [&](const std::filesystem::path& folder) {
        ++report.lessons;
        const Result<Lesson> loaded = loadLesson(folder);
        if (!loaded) {
            report.problems.push_back({loaded.error(), Problem::Severity::error});
            return;
        }
        if (!ids.insert(loaded->id).second) {
            report.problems.push_back(
                {{(folder / "lesson.yaml").string(), "an id of its own", "\"" + loaded->id + "\" a second time"},
                 Problem::Severity::error});
        }
        for (Problem& p : checkLesson(*loaded)) report.problems.push_back(std::move(p));
    };
    const auto scenario = [&](const std::filesystem::path& file) {
        ++report.scenarios;
        for (Problem& p : checkScenario(file)) report.problems.push_back(std::move(p));
    };
    const auto denied = [&] {
        report.problems.push_back({{path.string(), "a lesson, a scenario or a folder of them",
                                    "one that may not be read (permission denied)"},
                                   Problem::Severity::error});
    };
    if (!std::filesystem::exists(path, error) && error == std::errc::permission_denied) {
        denied();
    } else if (!std::filesystem::exists(path, error)) {
        report.problems.push_back(
            {{path.string(), "a lesson, a scenario or a folder of them", "no such file"}, Problem::Severity::error});
    } else if (path.filename() == "lesson.yaml") {
        lesson(path.parent_path());
    } else if (!std::filesystem::is_directory(path, error)) {
        scenario(path);
    } else if (std::filesystem::exists(path / "lesson.yaml", error)) {
        lesson(path);
    } else {
        std::vector<std::filesystem::path> entries;
        error.clear();
        for (const auto& entry : std::filesystem::directory_iterator(path, error)) entries.push_back(entry.path());
        if (error == std::errc::permission_denied) {
            denied();
            return report;
        }
        std::sort(entries.begin(), entries.end());
        for (const auto& entry : entries) {
            if (std::filesystem::exists(entry / "lesson.yaml", error)) {
                lesson(entry);
            } else if (entry == glossaryFile(path)) {
                const Result<Glossary> glossary = Glossary::load(entry);
                if (!glossary) report.problems.push_back({glossary.error(), Problem::Severity::error});
            } else if (entry.extension() == ".yaml" && !std::filesystem::is_directory(entry, error)) {
                scenario(entry);
            }
        }
        if (report.lessons + report.scenarios == 0) {
            report.problems.push_back(
                {{path.string(), "lessons or scenarios (*.yaml)", "none in this folder"}, Problem::Severity::error});
        }
    }
    return report;
}

}  // namespace ringside
