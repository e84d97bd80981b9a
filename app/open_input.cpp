#include "app/open_input.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/speech.h"
#include "engine/capture/replay.h"
#include "engine/capture/unpack.h"
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

/// What --set changes of a capture's replay: the kernel's settings, the card and the number of CPUs. The rest of the
/// machine is made for the capture.
std::optional<Error> changeReplay(ReplayOptions& replay, const std::vector<Override>& overrides) {
    constexpr std::string_view kCard = "nics.eth0.";
    for (const Override& o : overrides) {
        const bool card = o.key.starts_with(kCard) && o.key != "nics.eth0.name" && o.key != "nics.eth0.mac" &&
                          !o.key.starts_with("nics.eth0.addresses");
        if (card || o.key.starts_with("sysctl.") || o.key == "cpus") continue;
        return Error{"--set",
                     "of a capture only sysctl.NAME, nics.eth0.NAME (mtu, ring, fifo, irq, affinity, itr, promisc) or "
                     "cpus",
                     "\"" + o.key + "\""};
    }
    if (overrides.empty()) return std::nullopt;
    const std::string yaml = "cpus: " + std::to_string(replay.cpus) + "\nsysctl: {}\nnics:\n  - name: eth0\n";
    const Result<ScenarioFile> changed = parseScenario(yaml, "--set", overrides);
    if (!changed) return changed.error();
    replay.cpus = changed->scenario.cpus;
    replay.sysctl = changed->scenario.sysctl;
    replay.net_sysctl = changed->scenario.net_sysctl;
    replay.nic = changed->scenario.nics.front();
    return std::nullopt;
}

/// Standard input as a capture: kept in a file without a name, because packets are read in any order.
Result<Capture> openStandardInput() {
    const Result<Unpacked> kept = unpack(STDIN_FILENO, Packing::none, "-", {}, {});
    if (!kept) return kept.error();
    Result<Capture> capture = Capture::open("/proc/self/fd/" + std::to_string(kept->fd), {}, {}, "-");
    ::close(kept->fd);
    return capture;
}

/// The traffic of a scenario that names a capture: machine, sockets and tasks stay the scenario's where it has any,
/// its pace always.
std::optional<Error> takeCapture(OpenedInput& input, const InputOptions& options) {
    const CaptureTraffic& wanted = *input.scenario.capture;
    InputOptions own = options;
    own.input = wanted.file.string();
    own.set.clear();
    // Which frames the wire brings depends on what the card takes.
    const std::vector<NicSpec>& cards = input.scenario.scenario.nics;
    if (!cards.empty()) own.set.push_back("nics.eth0.mtu=" + std::to_string(cards.front().mtu));
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
        for (TaskSpec& task : here.tasks) task.cpu = static_cast<CpuNo>(task.startCpu() % here.cpus);
    }
    here.traffic = replay.traffic;
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
    Result<ReplayOptions> replay = replayOptions(options);
    if (!replay) return replay.error();
    if (const std::optional<Error> error = changeReplay(*replay, *overrides)) return *error;
    Result<Capture> capture = options.input == "-" ? openStandardInput() : Capture::open(options.input);
    if (!capture) return capture.error();
    OpenedInput opened;
    opened.capture = std::make_shared<const Capture>(std::move(*capture));
    if (opened.capture->count() == 0 && !opened.capture->damage()) complain(err, saidOfEmpty(*opened.capture));
    Result<Scenario> scenario = replayScenario(opened.capture, *replay);
    if (!scenario) return scenario.error();
    if (!replay->host) {
        const std::optional<IpAddr> host = opened.capture->guessHost();
        if (host) complain(err, saidOfHost(*host));
    }
    opened.scenario.scenario = std::move(*scenario);
    opened.scenario.file = opened.capture->path();
    return opened;
}

bool readingProblem(const OpenedInput& opened, Output& out, std::FILE* err) {
    std::string problem;
    if (opened.capture && opened.capture->damage()) problem = saidOfDamage(*opened.capture);
    const FrameSource* const traffic = opened.scenario.scenario.traffic.get();
    // A file that was changed while it was read says more than the damage found when it was opened.
    if (traffic != nullptr && !traffic->problem().empty()) problem = traffic->problem();
    if (problem.empty()) return false;
    out.flush();
    complain(err, problem);
    return true;
}

Result<OpenedInput> openInput(const InputOptions& options, std::FILE* err) {
    std::error_code failed;
    const fs::path path(options.input);
    const bool folder = fs::is_directory(path, failed);
    if (options.input == "-") return openCapture(options, err);
    if (!folder && hasEnding(options.input, {".pcap", ".pcapng", ".cap", ".dmp", ".gz", ".zst"}))
        return openCapture(options, err);
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
