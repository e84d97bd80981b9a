#include "app/open_input.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/capture/replay.h"
#include "lessons/catalog.h"

namespace ringside {
namespace fs = std::filesystem;

namespace {

bool hasEnding(const std::string& name, std::initializer_list<const char*> endings) {
    return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

Result<std::vector<Override>> overridesOf(const InputOptions& options) {
    std::vector<Override> all;
    for (const std::string& text : options.set) {
        Result<Override> parsed = parseOverride(text);
        if (!parsed) return parsed.error();
        all.push_back(*parsed);
    }
    return all;
}

Result<ReplayOptions> replayOptions(const InputOptions& options) {
    ReplayOptions replay;
    replay.sockets = !options.no_sockets;
    replay.pace = options.pace == "recorded" ? Pace::recorded : Pace::unlost;
    if (options.host) {
        replay.host = IpAddr::parse(*options.host);
        if (!replay.host) return Error{"--host", "an IPv4 or IPv6 address", "\"" + *options.host + "\""};
    }
    return replay;
}

/// The traffic of a scenario that names a capture: machine, sockets and tasks stay the scenario's where it has any.
std::optional<Error> takeCapture(OpenedInput& input, const InputOptions& options) {
    const CaptureTraffic& wanted = *input.scenario.capture;
    InputOptions own = options;
    own.input = wanted.file.string();
    own.set.clear();
    if (!own.host && !wanted.host.empty()) own.host = wanted.host;
    if (!wanted.sockets) own.no_sockets = true;
    Result<OpenedInput> opened = openCapture(own, stderr);
    if (!opened) return opened.error();
    Scenario& here = input.scenario.scenario;
    Scenario& replay = opened->scenario.scenario;
    if (here.nics.empty()) here.nics = replay.nics;
    if (here.sockets.empty() && here.tasks.empty()) {
        here.sockets = replay.sockets;
        here.tasks = replay.tasks;
        for (TaskSpec& task : here.tasks) task.cpu = static_cast<CpuNo>(task.cpu % here.cpus);
    }
    here.traffic = replay.traffic;
    here.pace = replay.pace;
    input.capture = opened->capture;
    return std::nullopt;
}

}  // namespace

fs::path dataFolder() {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    if (!failed) {
        fs::path installed = program.parent_path().parent_path() / RINGSIDE_DATA_DIR;
        if (fs::is_directory(installed, failed)) return installed;
    }
    return RINGSIDE_SOURCE_DIR;
}

Result<OpenedInput> openCapture(const InputOptions& options, std::FILE* err) {
    const Result<std::vector<Override>> overrides = overridesOf(options);
    if (!overrides) return overrides.error();
    const Result<ReplayOptions> replay = replayOptions(options);
    if (!replay) return replay.error();
    Result<Capture> capture = Capture::open(options.input);
    if (!capture) return capture.error();
    OpenedInput opened;
    opened.capture = std::make_shared<const Capture>(std::move(*capture));
    Result<Scenario> scenario = replayScenario(opened.capture, *replay);
    if (!scenario) return scenario.error();
    // what --set changes of a capture's replay are the kernel's settings; the machine is made for the capture
    if (!overrides->empty()) {
        std::string yaml = "sysctl: {}\n";
        Result<ScenarioFile> settings = parseScenario(yaml, "--set", *overrides);
        if (!settings) return settings.error();
        scenario->sysctl = settings->scenario.sysctl;
        scenario->net_sysctl = settings->scenario.net_sysctl;
    }
    if (!replay->host) {
        const std::optional<IpAddr> host = opened.capture->guessHost();
        if (host) fmt::print(err, "ringside: our host is taken to be {} (--host chooses another)\n", host->toString());
    }
    opened.scenario.scenario = std::move(*scenario);
    opened.scenario.file = options.input;
    return opened;
}

Result<OpenedInput> openInput(const InputOptions& options, std::FILE* err) {
    std::error_code failed;
    const fs::path path(options.input);
    const bool folder = fs::is_directory(path, failed);
    if (!folder && hasEnding(options.input, {".pcap", ".pcapng", ".cap", ".dmp"})) return openCapture(options, err);
    const Result<std::vector<Override>> overrides = overridesOf(options);
    if (!overrides) return overrides.error();
    OpenedInput opened;
    if (!folder && hasEnding(options.input, {".yaml", ".yml"}) && path.filename() != "lesson.yaml") {
        Result<ScenarioFile> scenario = loadScenario(path, *overrides);
        if (!scenario) return scenario.error();
        opened.scenario = std::move(*scenario);
    } else if (!folder && fs::exists(path, failed) && path.filename() != "lesson.yaml") {
        return openCapture(options, err);
    } else {
        Result<Lesson> lesson = openLesson(options.input, catalogFolder(dataFolder()), *overrides);
        if (!lesson) return lesson.error();
        opened.scenario = lesson->scenario;
        opened.lesson = std::make_shared<const Lesson>(std::move(*lesson));
    }
    if (opened.scenario.capture) {
        if (std::optional<Error> error = takeCapture(opened, options)) return *error;
    }
    return opened;
}

}  // namespace ringside
