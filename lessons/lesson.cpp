#include "lessons/lesson.h"

#include <fmt/format.h>

#include <set>

namespace ringside {
namespace {

/// An id: letters, digits and hyphens, so that it can be a heading, a file name and an argument.
std::string readId(const YamlView& v) {
    std::string id = v.text();
    bool good = !id.empty() && id.size() <= 60;
    for (const char c : id) good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    if (!good) v.fail("an id of small letters, digits and hyphens");
    return id;
}

/// Ids that must differ from each other within a lesson.
class Ids {
  public:
    void add(const YamlView& v, const std::string& id) {
        if (!m_seen.insert(id).second) v.fail("an id of its own", "\"" + id + "\" a second time");
    }

  private:
    std::set<std::string> m_seen;
};

Question readQuestion(const YamlView& v, Ids& ids) {
    v.keys({"id", "kind", "choices", "answer", "tolerance", "traps", "until"});
    Question q;
    q.place = v.place();
    q.id = readId(v.need("id"));
    ids.add(v.need("id"), q.id);
    if (const auto x = v.find("kind"))
        q.kind = x->oneOf<Question::Kind>({{"choice", Question::Kind::choice}, {"number", Question::Kind::number}});
    if (const auto x = v.find("until")) q.until = readSelector(*x);
    if (q.kind == Question::Kind::choice) {
        const YamlView choices = v.need("choices");
        Ids own;
        for (const YamlView& c : choices.list()) {
            c.keys({"id", "when"});
            q.choices.push_back({readId(c.need("id")), c.need("when").text(), c.need("when").place()});
            own.add(c.need("id"), q.choices.back().id);
        }
        if (q.choices.size() < 2 || q.choices.size() > 6)
            choices.fail("two to six choices", fmt::format("{}", q.choices.size()));
        for (const char* key : {"answer", "tolerance", "traps"}) {
            if (const auto x = v.find(key))
                x->fail("choices only", fmt::format("`{}`, which is for kind: number", key));
        }
        return q;
    }
    if (const auto x = v.find("choices")) x->fail("an answer", "choices, which are for kind: choice");
    q.answer = v.need("answer").text();
    if (const auto x = v.find("tolerance")) q.tolerance = static_cast<double>(x->integer(0, 1'000'000));
    if (const auto x = v.find("traps")) {
        Ids own;
        for (const YamlView& t : x->list()) {
            t.keys({"id", "value"});
            q.traps.push_back({readId(t.need("id")), t.need("value").text(), t.need("value").place()});
            own.add(t.need("id"), q.traps.back().id);
        }
    }
    return q;
}

LessonStep readStep(const YamlView& v, Ids& ids) {
    v.keys({"id", "at", "scene", "focus", "question"});
    LessonStep step;
    step.place = v.place();
    step.id = readId(v.need("id"));
    ids.add(v.need("id"), step.id);
    step.at = readSelector(v.need("at"));
    if (const auto x = v.find("scene"))
        step.scene = x->oneOf<std::string>({{"path", "path"}, {"skb", "skb"}, {"ring", "ring"}, {"cpu", "cpu"}});
    if (const auto x = v.find("focus")) {
        for (const YamlView& f : x->list()) step.focus.push_back(f.text());
    }
    if (const auto x = v.find("question")) step.question = readQuestion(*x, ids);
    return step;
}

/// A scenario: the text of the map as written, or a file beside lesson.yaml.
struct ScenarioSource {
    std::string text, file;
};
ScenarioSource scenarioSource(const YamlView& v, const std::filesystem::path& folder) {
    if (v.isMap()) {
        YAML::Emitter out;
        out << v.node();
        if (!out.good()) v.fail("a scenario", out.GetLastError());
        return {out.c_str(), v.file()};
    }
    const std::filesystem::path path = folder / v.text();
    Result<std::string> text = readTextFile(path);
    if (!text) {
        Error error = text.error();
        v.fail("a scenario file: " + error.place + ": " + error.expected, error.found);
    }
    return {*text, path.string()};
}

Exercise readExercise(const YamlView& v, const std::filesystem::path& folder, Ids& ids) {
    v.keys({"id", "goal", "scenario", "knobs", "lab", "solution", "lab_solution", "hints"});
    Exercise e;
    e.place = v.place();
    e.id = readId(v.need("id"));
    ids.add(v.need("id"), e.id);
    const YamlView goal = v.need("goal");
    if (goal.isList()) {
        for (const YamlView& part : goal.list()) {
            part.keys({"id", "when"});
            e.goal.push_back({readId(part.need("id")), part.need("when").text(), part.need("when").place()});
            ids.add(part.need("id"), e.goal.back().id);
        }
        if (e.goal.empty()) goal.fail("at least one condition", "none");
    } else {
        e.goal.push_back({{}, goal.text(), goal.place()});
    }
    if (const auto x = v.find("scenario")) {
        ScenarioSource source = scenarioSource(*x, folder);
        e.scenario_text = std::move(source.text);
        e.scenario_file = std::move(source.file);
    }
    if (const auto x = v.find("knobs")) {
        Ids own;
        for (const YamlView& k : x->list()) {
            k.keys({"id", "key", "values"});
            Knob knob{readId(k.need("id")), k.need("key").text(), {}, k.place()};
            own.add(k.need("id"), knob.id);
            for (const YamlView& value : k.need("values").list()) knob.values.push_back(value.text());
            if (knob.values.size() < 2) k.need("values").fail("two values or more");
            e.knobs.push_back(std::move(knob));
        }
    }
    if (const auto x = v.find("lab")) e.lab = readLabScript(*x);
    if (const auto x = v.find("lab_solution")) e.lab_solution = readLabScript(*x);
    if (const auto x = v.find("solution")) {
        for (const auto& [key, value] : x->entries()) {
            const std::string id = key.text();
            std::vector<std::pair<std::string_view, const Knob*>> known;
            for (const Knob& k : e.knobs) known.emplace_back(k.id, &k);
            const Knob* knob = key.oneOf(known);
            std::vector<std::pair<std::string_view, std::string>> values;
            for (const std::string& choice : knob->values) values.emplace_back(choice, choice);
            e.solution.push_back({knob->key, value.oneOf(values)});
        }
    }
    if (e.solution.empty() && e.lab_solution.empty())
        v.fail("a solution or a lab_solution, so that the checker can prove the goal", "neither");
    e.hints = v.need("hints").integer<std::size_t>(1, 6);
    return e;
}

Lesson readLesson(const YamlView& yaml, const std::filesystem::path& folder, const std::vector<Override>& overrides) {
    yaml.keys({"id", "order", "part", "kernel", "scenario", "lab", "scenes", "steps", "exercises", "simplified"});
    Lesson lesson;
    lesson.folder = folder;
    lesson.file = yaml.file();
    Ids ids;
    lesson.id = readId(yaml.need("id"));
    lesson.order = yaml.need("order").integer<int>(0, 9999);
    lesson.part = readId(yaml.need("part"));
    if (const auto x = yaml.find("kernel")) lesson.kernel = x->text();
    if (const auto x = yaml.find("scenes")) {
        for (const YamlView& scene : x->list()) {
            lesson.scenes.push_back(
                scene.oneOf<std::string>({{"path", "path"}, {"skb", "skb"}, {"ring", "ring"}, {"cpu", "cpu"}}));
        }
    }
    const YamlView scenario = yaml.need("scenario");
    ScenarioSource source = scenarioSource(scenario, folder);
    // an inline scenario is read in place, so that its errors point into lesson.yaml
    Result<ScenarioFile> read = [&]() -> Result<ScenarioFile> {
        if (!scenario.isMap() || !overrides.empty()) return parseScenario(source.text, source.file, overrides);
        return readScenario(scenario, folder);
    }();
    if (!read) throw YamlFailure{read.error()};
    lesson.scenario = std::move(*read);
    lesson.scenario_text = std::move(source.text);
    lesson.scenario_file = std::move(source.file);
    if (const auto x = yaml.find("lab")) lesson.lab = readLabScript(*x);
    for (const YamlView& step : yaml.need("steps").list()) lesson.steps.push_back(readStep(step, ids));
    if (lesson.steps.empty()) yaml.need("steps").fail("at least one step", "none");
    if (const auto x = yaml.find("exercises")) {
        for (const YamlView& e : x->list()) lesson.exercises.push_back(readExercise(e, folder, ids));
    }
    if (const auto x = yaml.find("simplified")) {
        for (const YamlView& s : x->list()) {
            lesson.simplified.push_back(readId(s));
            ids.add(s, lesson.simplified.back());
        }
    }
    return lesson;
}

}  // namespace

const LessonText& Lesson::text(std::string_view language) const {
    static const LessonText kNone;
    if (const auto it = texts.find(std::string(language)); it != texts.end()) return it->second;
    if (const auto it = texts.find("en"); it != texts.end()) return it->second;
    return texts.empty() ? kNone : texts.begin()->second;
}

std::optional<std::size_t> Lesson::stepIndex(std::string_view wanted) const {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].id == wanted) return i;
    }
    return std::nullopt;
}

Result<Lesson> parseLesson(const std::string& yaml, const std::map<std::string, std::string>& texts,
                           const std::string& name, const std::vector<Override>& overrides) {
    Result<YamlView> document = parseYaml(yaml, name);
    if (!document) return document.error();
    const std::filesystem::path folder = std::filesystem::path(name).parent_path();
    Result<Lesson> lesson = loading(name, [&] { return readLesson(*document, folder, overrides); });
    if (!lesson) return lesson;
    for (const auto& [language, markdown] : texts) {
        Result<LessonText> text = parseLessonText(markdown, (folder / (language + ".md")).string(), *lesson);
        if (!text) return text.error();
        lesson->texts.emplace(language, std::move(*text));
    }
    return lesson;
}

Result<Lesson> loadLesson(const std::filesystem::path& folder, const std::vector<Override>& overrides) {
    const std::filesystem::path file = folder / "lesson.yaml";
    Result<std::string> yaml = readTextFile(file);
    if (!yaml) return yaml.error();
    std::map<std::string, std::string> texts;
    for (const std::string_view language : kLanguages) {
        const std::filesystem::path path = folder / (std::string(language) + ".md");
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) continue;  // the checker asks for it
        Result<std::string> markdown = readTextFile(path);
        if (!markdown) return markdown.error();
        texts.emplace(language, std::move(*markdown));
    }
    return parseLesson(*yaml, texts, file.string(), overrides);
}

}  // namespace ringside
