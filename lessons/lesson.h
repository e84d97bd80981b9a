#pragma once
// A lesson: a scenario, the moments to stop at, what to say there, what to ask. lessons/README.md describes the format.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "lessons/lab_script.h"
#include "lessons/scenario_yaml.h"
#include "lessons/selector.h"

namespace ringside {

/// The languages every lesson has.
inline constexpr std::string_view kLanguages[] = {"en", "zh_CN"};

/// A choice of a question: right when `when` holds at the moment the question is about.
struct QuestionChoice {
    std::string id;
    std::string when;  ///< expression
    std::string place;
};

/// A wrong number that somebody who holds a certain belief would give, with its own reply.
struct QuestionTrap {
    std::string id;
    std::string value;  ///< expression
    std::string place;
};

/// A prediction, asked at its step's moment about what comes next.
struct Question {
    enum class Kind : std::uint8_t { choice, number };
    std::string id;
    Kind kind = Kind::choice;
    std::vector<QuestionChoice> choices;  ///< kind choice
    std::string answer;                   ///< kind number: expression
    double tolerance = 0;
    std::vector<QuestionTrap> traps;  ///< kind number
    std::optional<Selector>
        until;  ///< the moment it is graded at, counted from the step's; none: the next step's moment
    std::string place;
};

/// One stop of a lesson.
struct LessonStep {
    std::string id;
    Selector at;
    std::string scene;               ///< name of the picture: path, skb, ring, cpu
    std::vector<std::string> focus;  ///< names of the state to bring forward ("nic.eth0.rx.next_to_clean", "skb.data")
    std::optional<Question> question;
    std::string place;
};

/// A value of the scenario that an exercise lets the learner change.
struct Knob {
    std::string id;
    std::string key;  ///< as in --set
    std::vector<std::string> values;
    std::string place;
};

/// One condition of a goal, so that a learner is told which is missing. Its words stand in the texts under its id.
struct GoalPart {
    std::string id;    ///< empty where the goal is one expression without words of its own
    std::string when;  ///< expression, over the run so far
    std::string place;
};

/// A goal the learner reaches by acting.
struct Exercise {
    std::string id;
    std::vector<GoalPart> goal;  ///< all must hold; at least one
    std::string scenario_text;   ///< YAML of its starting point; empty: the lesson's
    std::string scenario_file;
    std::vector<Knob> knobs;            ///< what may be changed; empty for an exercise in the sk_buff lab
    std::vector<LabStep> lab;           ///< calls made before the learner begins
    std::vector<Override> solution;     ///< one way to the goal, for the checker: knobs …
    std::vector<LabStep> lab_solution;  ///< … or calls
    std::size_t hints = 0;
    std::string place;
};

/// Texts of one language, keyed by the ids of lesson.yaml. Markdown; {{expression}} stands for a value.
struct ReplyText {
    std::string label, reply;
    int line = 0;
};
struct QuestionText {
    std::string prompt;
    std::map<std::string, ReplyText> replies;  ///< by choice or trap id; "right" and "wrong" for numbers
    int line = 0;
};
struct StepText {
    std::string title, body;
    std::map<std::string, QuestionText> questions;
    int line = 0;
};
struct ExerciseText {
    std::string title, body;
    std::vector<std::string> hints;
    std::map<std::string, ReplyText> labels;  ///< of knobs, their values ("knob.1"), the goal's parts; "done"
    int line = 0;
};
struct LessonText {
    std::string file;
    std::string title, intro;
    std::map<std::string, StepText> steps;
    std::map<std::string, ExerciseText> exercises;
    std::map<std::string, ReplyText> simplified;  ///< by id: what the model leaves out here
    std::string end;                              ///< what was learned, in a sentence
    int end_line = 0;
    std::vector<std::string> order;  ///< ids of the steps in the order of the file
};

struct Lesson {
    std::string id;
    int order = 0;
    std::string part;
    std::string kernel = "6.1.192";
    std::filesystem::path folder;
    std::string file;  ///< of lesson.yaml
    std::vector<std::string> scenes;
    ScenarioFile scenario;
    std::string scenario_text, scenario_file;  ///< its YAML as written, for exercises that change it
    std::vector<LabStep> lab;                  ///< calls that belong to the run
    std::vector<LessonStep> steps;
    std::vector<Exercise> exercises;
    std::vector<std::string> simplified;
    std::map<std::string, LessonText> texts;  ///< by language

    /// The texts of a language; English where it is missing.
    [[nodiscard]] const LessonText& text(std::string_view language) const;
    /// Index of a step.
    [[nodiscard]] std::optional<std::size_t> stepIndex(std::string_view id) const;
};

/// Loads the lesson in a folder, overrides applied to its scenario. What is broken in one of its files is an error with
/// file, line and column; whether languages, selectors and expressions fit together is the checker's business.
Result<Lesson> loadLesson(const std::filesystem::path& folder, const std::vector<Override>& overrides = {});

/// The same from texts; `texts` by language. For tests and fuzzing.
Result<Lesson> parseLesson(const std::string& yaml, const std::map<std::string, std::string>& texts,
                           const std::string& name, const std::vector<Override>& overrides = {});

/// Parses the Markdown of one language.
Result<LessonText> parseLessonText(const std::string& markdown, const std::string& file, const Lesson& lesson);

}  // namespace ringside
