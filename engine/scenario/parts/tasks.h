#pragma once
// Processes (one thread each) with their programs.

#include <optional>
#include <string>
#include <vector>

#include "engine/core/keys.h"
#include "engine/core/result.h"
#include "engine/world/program.h"

namespace ringside {

struct Scenario;
struct Building;

inline constexpr std::size_t kLongestProgram = 60000;  ///< operations: Task::pc is 16 bits wide
inline constexpr std::uint8_t kMostLoops = 4;          ///< inside each other: the loop counters of a Task

/// A process.
struct TaskSpec {
    std::string name;
    std::optional<std::uint32_t> pid;  ///< none: the next free one
    std::optional<CpuNo> cpu;          ///< where it starts; none: the first of its affinity
    std::vector<CpuNo> affinity;       ///< CPUs it may use; empty: all
    int nice = 0;
    std::vector<std::size_t> sockets;  ///< indices into Scenario::sockets, from descriptor 3 on
    std::vector<Op> program;

    [[nodiscard]] CpuNo startCpu() const {
        if (cpu) return *cpu;
        return affinity.empty() ? CpuNo{0} : affinity.front();
    }

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "name", .doc = "its name (comm)", .least = 1, .most = 15, .required = true}, s.name);
        v({.name = "pid", .doc = "its pid", .least = 1, .most = 4194304, .fallback = "the next free one from 401 on"},
          s.pid);
        v({.name = "cpu", .doc = "CPU it starts on", .most = kNoCpu - 1, .fallback = "the first of its affinity"},
          s.cpu);
        v({.name = "affinity", .doc = "CPUs it may run on", .most = kNoCpu - 1, .fallback = "all"}, s.affinity);
        v({.name = "nice", .doc = "weight in the scheduler: a lower one gets more", .least = -20, .most = 19}, s.nice);
        v({.name = "files",
           .doc = "sockets it has open, by their names; their descriptors are 3, 4, …",
           .longest = 1024,
           .refers = Refers::socket},
          s.sockets);
        v({.name = "program", .doc = "what it does", .longest = kLongestProgram, .required = true}, s.program);
    }
};

/// The loop of the scenario language: compiled to a jump.
struct RepeatSpec {
    static constexpr std::string_view kName = "repeat", kDoc = "do operations again and again";
    static constexpr Key kTimes{
        .name = "times", .doc = "how often", .least = 1, .most = 1'000'000'000, .fallback = "for ever"};
    static constexpr Key kDo{
        .name = "do", .doc = "the operations; at most four loops inside each other", .required = true};
    std::optional<std::uint32_t> times;
    std::vector<Op> body;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v(kTimes, s.times);
        v(kDo, s.body);
    }
};

std::optional<Error> checkTasks(const Scenario& scenario);
void buildTasks(Building& building);

}  // namespace ringside
