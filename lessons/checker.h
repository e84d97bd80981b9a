#pragma once
// What `ringside check` finds: moments that are not reached, expressions that fail, languages that do not fit, texts of
// the wrong length.

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "lessons/lesson.h"

namespace ringside {

struct Problem {
    enum class Severity : std::uint8_t { error, warning };
    Error error;
    Severity severity = Severity::error;
};

struct CheckReport {
    std::vector<Problem> problems;
    std::size_t lessons = 0, scenarios = 0;

    [[nodiscard]] bool ok() const;
};

/// Runs a lesson through: every selector is reached, every expression evaluates at its moment, each question has
/// exactly one right choice (or a number that no trap equals), each goal is not reached at the start and is reached by
/// its solution, every language has the same steps, questions, hints and notes, texts have the length of CURRICULUM's
/// measure (40 to 120 words, 80 to 220 characters: a warning).
std::vector<Problem> checkLesson(const Lesson& lesson);
/// Loads and builds a scenario.
std::vector<Problem> checkScenario(const std::filesystem::path& file);
/// Checks a lesson's folder or lesson.yaml, a scenario, or every lesson and scenario (*.yaml) in a folder.
CheckReport checkPath(const std::filesystem::path& path);

/// Length of a text as CURRICULUM counts: words, or for Chinese characters without blanks and marks; an insert counts
/// as one word or four characters.
std::size_t textLength(const std::string& markdown, std::string_view language);

}  // namespace ringside
