#pragma once
// What a user names on the command line becomes a starting point: a lesson by id or folder, a scenario file, a capture.

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "app/commands.h"
#include "engine/capture/capture.h"
#include "engine/scenario/scenario.h"
#include "lessons/lesson.h"

namespace ringside {

struct OpenedCapture {
    std::shared_ptr<const Capture> capture;
    Scenario scenario;
};

/// Anything that can be run.
struct OpenedInput {
    Scenario scenario;
    std::shared_ptr<const Capture> capture;   ///< set for a capture
    std::optional<Lesson> lesson;             ///< set for a lesson
};

/// A capture with its replay; says on `err` which host was guessed.
Result<OpenedCapture> openCapture(const InputOptions& options, std::FILE* err);

/// A lesson, scenario or capture, with --set applied.
Result<OpenedInput> openInput(const InputOptions& options, std::FILE* err);

/// Where lessons and samples lie: beside the sources of a build tree, or in the data folder beside an installed program.
std::string dataDirectory();

}  // namespace ringside
