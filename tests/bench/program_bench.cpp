// The program as somebody runs it: whole processes on a capture, by the CPU time that the system charges to them.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "tests/bench/figures.h"
#include "tests/bench/temporary_capture.h"

namespace ringside::bench {
namespace {

constexpr std::uint32_t kMany = 1'000'000, kSome = 100'000;

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// CPU time of a process and of what it waited for, with its output thrown away; nothing where it did not run or
/// failed.
std::optional<double> cpuTime(std::vector<std::string> command) {
    std::vector<char*> words;
    for (std::string& word : command) words.push_back(word.data());
    words.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, words[0], &files, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) return std::nullopt;
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void ratio(Figures& figures, const std::string& what, double most, std::optional<double> one,
           std::optional<double> beside) {
    const std::string reach = "≤ " + number(most, most == 1 || most > 9 ? 0 : 1) + " ×";
    if (!one || !beside || *beside <= 0) {
        figures.push_back({what, reach, "failed", false});
        return;
    }
    figures.push_back({what, reach,
                       number(*one / *beside, 2) + " × (" + number(*one, 2) + " s, " + number(*beside, 2) + " s)",
                       *one <= most * *beside});
}

}  // namespace

void programFigures(Figures& figures) {
    std::error_code none;
    const std::string program = std::filesystem::read_symlink("/proc/self/exe", none).parent_path() / "ringside";
    if (!std::filesystem::exists(program)) return;
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    {
        const TemporaryCapture file(kMany);
        double bare = bareLoop(file.path());
        const std::optional<double> run = cpuTime({program, "run", file.path(), "--fingerprint"});
        bare = std::min(bare, bareLoop(file.path()));
        ratio(figures, "`run CAPTURE --fingerprint`, 1 M packets, the whole process beside a bare pcap_next_ex loop",
              42, run, bare);
    }
    const TemporaryCapture file(kSome);
    std::optional<double> run, text, jsonl, tshark;
    const auto less = [](std::optional<double>& best, std::optional<double> now) {
        if (now && (!best || *now < *best)) best = now;
    };
    // In turn, so that all see the same state of the machine.
    for (int i = 0; i < 3; ++i) {
        less(run, cpuTime({program, "run", file.path(), "--fingerprint"}));
        less(text, cpuTime({program, "packets", file.path()}));
        less(jsonl, cpuTime({program, "packets", file.path(), "--format", "jsonl"}));
        less(tshark, cpuTime({"tshark", "-r", file.path()}));
    }
    ratio(figures, "`packets` as text, 100 k packets, beside `run --fingerprint`", 1.5, text, run);
    ratio(figures, "`packets --format jsonl`, the same", 1.5, jsonl, run);
    if (tshark) ratio(figures, "`packets` as text, beside `tshark -r`", 1, text, tshark);
}

}  // namespace ringside::bench
