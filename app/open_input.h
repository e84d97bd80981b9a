#pragma once
// What a user names on the command line becomes a starting point: a lesson by id or folder, a scenario file, a capture.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "engine/capture/capture.h"
#include "engine/scenario/scenario.h"
#include "lessons/lesson.h"

namespace ringside {

/// Anything that can be run.
struct OpenedInput {
    ScenarioFile scenario;
    std::shared_ptr<const Capture> capture;  ///< set where a capture is replayed
    std::shared_ptr<const Lesson> lesson;    ///< set for a lesson
};

/// A lesson, scenario or capture, with --set applied. Says on `err` which host of a capture was guessed.
Result<OpenedInput> openInput(const InputOptions& options, std::FILE* err);

/// A capture with its replay.
Result<OpenedInput> openCapture(const InputOptions& options, std::FILE* err);

/// Says what went wrong while a capture was read: damage in it, or a change of the file since it was opened. Whether
/// there was something to say.
bool readingProblem(const OpenedInput& opened, Output& out, std::FILE* err);

/// Where lessons, samples and translations lie: the sources of a build tree, or the data folder beside an installed
/// program.
std::filesystem::path dataFolder();

}  // namespace ringside
