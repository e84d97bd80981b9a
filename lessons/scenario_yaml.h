#pragma once
// A scenario as YAML. The language is the key lists of engine/scenario; `ringside reference --scenario` prints them.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/result.h"
#include "engine/scenario/scenario.h"
#include "lessons/yaml.h"

namespace ringside {

/// One "--set KEY=VALUE": a path into the scenario ("nics.eth0.ring") or a sysctl name ("net.core.netdev_budget").
struct Override {
    std::string key, value;
    friend bool operator==(const Override&, const Override&) = default;
};

/// Splits "KEY=VALUE"; the error names the option.
Result<Override> parseOverride(const std::string& text);

/// Traffic that comes from a capture; the program opens it, this library does not read captures.
struct CaptureTraffic {
    std::filesystem::path file;  ///< as written, made relative to the scenario's folder
    std::string host;            ///< address of "our" machine; empty: guess
    bool sockets = true;         ///< open sockets for the ports that traffic goes to
};

/// A scenario that was read.
struct ScenarioFile {
    Scenario scenario;
    std::optional<CaptureTraffic> capture;
    std::string file;
    std::map<std::string, std::string> places;  ///< "tasks[1].cpu" -> file:line:column, for what build() finds wrong

    /// The same error at the place in the file where it was written.
    [[nodiscard]] Error locate(Error error) const;
    /// build(scenario), with errors that point into the file.
    [[nodiscard]] Result<Start> start() const;
};

/// Reads a scenario from an already parsed document or part of one.
Result<ScenarioFile> readScenario(const YamlView& yaml, const std::filesystem::path& folder = {});
/// Parses a text; `file` is its name in messages.
Result<ScenarioFile> parseScenario(const std::string& text, const std::string& file,
                                   const std::vector<Override>& overrides = {});
/// Loads a file.
Result<ScenarioFile> loadScenario(const std::filesystem::path& path, const std::vector<Override>& overrides = {});

/// Applies overrides to a document before it is read.
std::optional<Error> applyOverrides(const YamlView& root, const std::vector<Override>& overrides);

/// The names of all sysctls the model has.
std::vector<std::string> sysctlNames();

}  // namespace ringside
