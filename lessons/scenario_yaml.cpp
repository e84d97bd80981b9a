#include "lessons/scenario_yaml.h"

#include <fmt/format.h>

#include <algorithm>

#include "lessons/key_reader.h"

namespace ringside {
namespace {

/// What the program is to open, from the scenario's folder.
CaptureTraffic captureOf(const CaptureSpec& spec, const std::filesystem::path& folder) {
    return {folder / spec.file, spec.host.toString(), spec.sockets};
}

}  // namespace

Error ScenarioFile::locate(Error error) const {
    std::string path = error.place;
    const std::string known = path;
    while (!path.empty()) {
        if (const auto it = places.find(path); it != places.end()) {
            error.place = it->second;
            if (path != known) error.expected = known + ": " + error.expected;
            return error;
        }
        const std::size_t cut = path.find_last_of(".[");
        path.resize(cut == std::string::npos ? 0 : cut);
    }
    error.place = known.empty() ? file : file + ": " + known;
    return error;
}

Result<Start> ScenarioFile::start() const {
    Result<Start> built = build(scenario);
    if (!built) return locate(built.error());
    return built;
}

Result<Override> parseOverride(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        return Error{"--set", "KEY=VALUE, as net.core.netdev_budget=16 or nics.eth0.ring=64", "\"" + text + "\""};
    return Override{text.substr(0, equals), text.substr(equals + 1)};
}

std::vector<std::string> sysctlNames() {
    const std::vector<std::string_view> names = keyNames(SysctlSpec<>{kDefaultSysctl, kDefaultNetSysctl});
    return {names.begin(), names.end()};
}

std::optional<Error> applyOverrides(const YamlView& root, const std::vector<Override>& overrides) {
    const std::vector<std::string> sysctls = sysctlNames();
    const std::vector<std::string_view> tops = keyNames<Scenario>();
    std::vector<std::string> known(tops.begin(), tops.end());
    known.insert(known.end(), sysctls.begin(), sysctls.end());
    for (const Override& o : overrides) {
        const bool sysctl = std::find(sysctls.begin(), sysctls.end(), o.key) != sysctls.end();
        const std::string top = o.key.substr(0, o.key.find_first_of(".["));
        if (!sysctl && std::find(tops.begin(), tops.end(), top) == tops.end()) {
            std::string near = nearestName(o.key, known);
            if (near.empty()) near = nearestName(top, known);
            return Error{"--set " + o.key + "=" + o.value, "a value of the scenario (nics.eth0.ring) or a sysctl",
                         "\"" + o.key + "\"" + (near.empty() ? std::string{} : " (did you mean \"" + near + "\"?)")};
        }
        if (auto error = setValue(root, sysctl ? "sysctl." + o.key : o.key, o.value)) return error;
    }
    return std::nullopt;
}

Result<ScenarioFile> readScenario(const YamlView& yaml, const std::filesystem::path& folder) {
    return loading(yaml.file(), [&] {
        ScenarioFile out;
        out.file = yaml.file();
        KeyReader::structure(yaml, {out.scenario, out.places}, "", out.scenario);
        sortTraffic(out.scenario);
        if (out.scenario.capture) {
            if (!out.scenario.frames.empty()) yaml.need("capture").fail("either `capture` or `traffic`", "both");
            out.capture = captureOf(*out.scenario.capture, folder);
        }
        return out;
    });
}

Result<ScenarioFile> parseScenario(const std::string& text, const std::string& file,
                                   const std::vector<Override>& overrides) {
    Result<YamlView> yaml = parseYaml(text, file);
    if (!yaml) return yaml.error();
    if (const auto error = applyOverrides(*yaml, overrides)) return *error;
    return readScenario(*yaml, std::filesystem::path(file).parent_path());
}

Result<ScenarioFile> loadScenario(const std::filesystem::path& path, const std::vector<Override>& overrides) {
    Result<std::string> text = readTextFile(path);
    if (!text) return text.error();
    return parseScenario(*text, path.string(), overrides);
}

}  // namespace ringside
