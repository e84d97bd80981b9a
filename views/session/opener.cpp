#include "views/session/opener.h"

#include <algorithm>

#include "lessons/catalog.h"
#include "lessons/lab_script.h"
#include "lessons/player.h"
#include "views/session/series_table.h"

namespace ringside {
namespace fs = std::filesystem;

namespace {

bool hasEnding(const std::string& name, std::initializer_list<const char*> endings) {
    return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

/// What of a replay a scenario takes that names a capture: its own machine and sockets stay where it has any, and its
/// pace always.
void mergeReplay(Scenario& own, const Scenario& replay) {
    if (own.nics.empty()) own.nics = replay.nics;
    if (own.sockets.empty() && own.tasks.empty()) {
        own.sockets = replay.sockets;
        own.tasks = replay.tasks;
        for (TaskSpec& task : own.tasks) task.cpu = static_cast<CpuNo>(task.startCpu() % own.cpus);
    }
    own.traffic = replay.traffic;
}

std::optional<Error> openTraffic(OpenedRun& run, const std::string& path, const ReplayOptions& options,
                                 const std::function<void(const OpenProgress&)>& progress, std::stop_token stop) {
    if (!run.capture) {
        Result<Capture> capture = Capture::open(path, progress, std::move(stop));
        if (!capture) return capture.error();
        run.capture = std::make_shared<const Capture>(std::move(*capture));
    }
    Result<Scenario> replay = replayScenario(run.capture, options);
    if (!replay) return replay.error();
    if (run.request.kind == OpenRequest::Kind::capture) {
        run.scenario.scenario = std::move(*replay);
        run.scenario.file = path;
    } else {
        mergeReplay(run.scenario.scenario, *replay);
    }
    return std::nullopt;
}

}  // namespace

OpenRequest requestFor(const std::string& name) {
    OpenRequest request;
    request.name = name;
    std::error_code failed;
    const LessonAddress address = lessonAddress(name);
    const bool step = !address.step.empty() && (fs::is_directory(address.lesson, failed) ||
                                                address.lesson.find_first_of("/.") == std::string::npos);
    if (step) {
        request.name = address.lesson;
        request.step = address.step;
        return request;
    }
    const fs::path path(name);
    const bool folder = fs::is_directory(path, failed);
    if (folder || path.filename() == "lesson.yaml") {
        request.kind = OpenRequest::Kind::lesson;
    } else if (hasEnding(name, {".pcap", ".pcapng", ".cap", ".dmp", ".gz", ".zst"})) {
        request.kind = OpenRequest::Kind::capture;
    } else if (hasEnding(name, {".yaml", ".yml"})) {
        request.kind = OpenRequest::Kind::scenario;
    } else if (fs::exists(path, failed) || name.find('/') != std::string::npos) {
        request.kind = OpenRequest::Kind::capture;
    }
    return request;
}

Result<OpenedRun> openRun(const OpenRequest& request, const fs::path& data,
                          const std::function<void(const OpenProgress&)>& progress, std::stop_token stop) {
    OpenedRun run;
    run.request = request;
    run.capture = request.capture;
    switch (request.kind) {
        case OpenRequest::Kind::lesson: {
            Result<Lesson> lesson = openLesson(request.name, catalogFolder(data));
            if (!lesson) return lesson.error();
            if (!request.step.empty()) {
                const Result<std::size_t> step = stepOf(*lesson, request.step);
                if (!step) return step.error();
            }
            run.scenario = lesson->scenario;
            run.lesson = std::make_shared<const Lesson>(std::move(*lesson));
            break;
        }
        case OpenRequest::Kind::scenario: {
            if (run.request.text.empty()) {
                Result<std::string> text = readTextFile(request.name);
                if (!text) return text.error();
                run.request.text = std::move(*text);
            }
            Result<ScenarioFile> scenario = parseScenario(run.request.text, request.name);
            if (!scenario) return scenario.error();
            run.scenario = std::move(*scenario);
            break;
        }
        case OpenRequest::Kind::exercise: {
            if (!request.lesson) {
                Result<Lesson> lesson = openLesson(request.name, catalogFolder(data));
                if (!lesson) return lesson.error();
                run.request.lesson = std::make_shared<const Lesson>(std::move(*lesson));
            }
            const Lesson& lesson = *run.request.lesson;
            const auto& all = lesson.exercises;
            const auto found =
                std::find_if(all.begin(), all.end(), [&](const Exercise& e) { return e.id == request.exercise; });
            if (found == all.end()) return Error{lesson.file, "an exercise", "\"" + request.exercise + "\""};
            Result<ScenarioFile> scenario = exerciseScenario(lesson, *found, request.settings);
            if (!scenario) return scenario.error();
            run.scenario = std::move(*scenario);
            break;
        }
        case OpenRequest::Kind::capture:
            if (auto error = openTraffic(run, request.name, request.replay, progress, stop)) return *error;
            break;
    }
    if (run.scenario.capture) {
        ReplayOptions options = request.replay;
        options.sockets = run.scenario.capture->sockets;
        if (!run.scenario.capture->host.empty()) options.host = IpAddr::parse(run.scenario.capture->host);
        if (auto error = openTraffic(run, run.scenario.capture->file.string(), options, progress, stop)) return *error;
    }
    Result<Start> start = run.scenario.start();
    if (!start) return start.error();
    run.timeline = std::make_unique<Timeline>(std::move(*start));
    if (run.lesson) {
        LabPlayer lab(*run.timeline);
        if (std::optional<Error> error = lab.play(run.lesson->lab)) return *error;
    }
    run.timeline->seek(Place{0, 0});
    run.samples = SampleRecorder(seriesExpressions(run.timeline->world(), {}));
    run.samples.record(run.timeline->world(), run.timeline->inputs(), Event{});
    if (request.saved) run.not_restored = restoreRun(*run.timeline, *request.saved, stop);
    return run;
}

}  // namespace ringside
