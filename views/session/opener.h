#pragma once
// What a learner names becomes a run: a lesson, a scenario file, a capture. Done off the GUI thread; nothing here is a
// QObject.

#include <QString>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "engine/capture/capture.h"
#include "engine/capture/replay.h"
#include "engine/history/saved_run.h"
#include "lessons/lesson.h"
#include "lessons/progress.h"
#include "views/session/run_samples.h"

namespace ringside {

/// What is to be opened.
struct OpenRequest {
    enum class Kind : std::uint8_t { lesson, scenario, capture, exercise };
    Kind kind = Kind::lesson;
    std::string name;                             ///< lesson id or path
    std::string step;                             ///< lesson: id of the step to open it at; empty: the first
    ReplayOptions replay;                         ///< of a capture
    std::shared_ptr<const Capture> capture;       ///< a capture that was indexed before
    std::shared_ptr<const Lesson> lesson;         ///< exercise: of this lesson
    std::string exercise;                         ///< its id
    std::map<std::string, std::string> settings;  ///< its knobs
    LessonProgress progress;                      ///< exercise: of the lesson; lesson: go on with it
    bool at_end = false;                          ///< lesson: open it at its end page, where the exercises are
    std::string text = {};                       ///< scenario: as it was read; given: read from here, not from the file
    std::shared_ptr<const SavedRun> saved = {};  ///< what was done in it, to be done again
};

/// A run that can be looked at.
struct OpenedRun {
    OpenRequest request;
    std::unique_ptr<Timeline> timeline;  ///< at position 0
    std::shared_ptr<const Lesson> lesson;
    std::shared_ptr<const Capture> capture;
    ScenarioFile scenario;
    SampleRecorder samples;                        ///< of the part that is known already
    std::optional<NotRestored> not_restored = {};  ///< the saved run could not be made again
};

/// Decides by the name what a path or id is: a capture's or scenario's ending, a folder with a lesson, else a lesson's
/// id, perhaps with a step ("wire-to-recvfrom#ip"); a file with another ending is tried as a capture.
OpenRequest requestFor(const std::string& name);

/// Opens it. `progress` is called on this thread.
Result<OpenedRun> openRun(const OpenRequest& request, const std::filesystem::path& data,
                          const std::function<void(const OpenProgress&)>& progress, std::stop_token stop);

}  // namespace ringside
