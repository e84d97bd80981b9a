#pragma once
// The command line's subcommands, each a function from its options to an exit status (0 done, 1 bad input, 2 wrong
// usage). Whether all output could be written is asked once, where they are called.

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "app/output.h"

namespace ringside {

/// What a run is made of: a lesson's id, a scenario file or a capture, with the changes asked for.
struct InputOptions {
    std::string input;                ///< "-": a capture from standard input
    std::vector<std::string> set;     ///< KEY=VALUE
    std::optional<std::string> host;  ///< of a capture
    bool no_sockets = false;
    std::string pace = "unlost";  ///< of a capture
};

struct RunOptions {
    InputOptions input;
    std::optional<std::uint64_t> events;
    std::string until;
    std::uint64_t seek = 0;
    std::string format = "text";
    std::string lang;  ///< empty: the environment's
    std::string write_pcap;
    bool fingerprint = false;
    std::string state;
    bool wants_state = false;
    std::vector<std::string> watch;
};

struct PacketsOptions {
    InputOptions input;
    std::string format = "text";
    std::string lang;  ///< empty: the environment's
};

struct ExportOptions {
    InputOptions input;
    std::string step;
    std::string out;
    std::string scene;
    std::string lang;  ///< empty: the environment's
    std::string theme = "light";
    std::string handout, animation;
};

struct ListOptions {
    bool json = false;
    std::string lang;  ///< empty: the environment's
};

struct CheckOptions {
    std::vector<std::string> paths;
    std::string lang;  ///< empty: the environment's
};

struct ReferenceOptions {
    std::string format = "md";
    bool scenario = false;  ///< the scenario language instead of the functions
    std::string lang;       ///< empty: the environment's
};

struct StepOptions {
    InputOptions input;
    std::string lang;  ///< empty: the environment's
};

int runCommand(const RunOptions& options, Output& out, std::FILE* err);
int packetsCommand(const PacketsOptions& options, Output& out, std::FILE* err);
int listCommand(const ListOptions& options, Output& out, std::FILE* err);
int checkCommand(const CheckOptions& options, Output& out, std::FILE* err);
int exportCommand(const ExportOptions& options, std::FILE* err);
int referenceCommand(const ReferenceOptions& options, Output& out, std::FILE* err);
/// The lesson stepped as text in a terminal: Enter goes on, b back, a number answers, q ends. Without a terminal prints
/// every step.
int textLesson(const StepOptions& options, std::FILE* in, Output& out, std::FILE* err);

}  // namespace ringside
