#pragma once
// What the benchmarks share: how a figure is held against what DESIGN.md §8 wants, and the traffic they run on.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/history/timeline.h"
#include "engine/scenario/scenario.h"
#include "engine/world/inputs.h"

namespace ringside::bench {

/// One line of the table: what was measured in this run, beside what is to be reached.
struct Figure {
    std::string what;
    std::string reach;
    std::string measured;
    bool held = false;
};
using Figures = std::vector<Figure>;

/// Each measures its part; minutes for all of them together.
void engineFigures(Figures& figures);
void captureFigures(Figures& figures);
void historyFigures(Figures& figures);
void viewsFigures(Figures& figures);
void indexingFigures(Figures& figures);
/// The program as a whole, beside the bare loop and tshark; nothing where it is not built beside the benchmark.
void programFigures(Figures& figures);

/// What the figures depend on: processor, caches, memory, compiler.
struct Processor {
    std::string name;                     ///< "AMD EPYC (family 26, model 2)"
    std::size_t l1d = 0, l2 = 0, l3 = 0;  ///< bytes; 0: not told
    unsigned cpus = 0;
    /// Of the slower kind, for which less is asked: 32 KiB of L1, 512 KiB of L2 or less.
    [[nodiscard]] bool small() const { return l2 != 0 && l2 <= 512U * 1024; }
    [[nodiscard]] std::string sentence() const;
};
Processor processor();

/// Opens "empty" or "ringside", a window, and ends when it was painted; exit status.
int paintOnce(const char* which);
/// Opens the capture in the window and types while it is played on; prints what that took. Exit status.
int typeWhileIndexing(const char* capture);

/// "62.5", with so many digits behind the point.
std::string number(double value, int digits = 1);

/// CPU time of this thread, so that what else the machine does counts as little as it can.
struct Clock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<Clock>;
    static time_point now();
};
/// CPU time since `begin`, in seconds.
double secondsSince(Clock::time_point begin);
/// Resident memory of this process, bytes, now; and the most there was since resetPeak().
std::size_t residentBytes();
void resetPeak();
std::size_t peakBytes();

/// UDP datagrams to one port of 10.0.0.2, made when they are asked for: `count` of them, `gap` apart, with `payload`
/// bytes.
std::shared_ptr<const FrameSource> udpTraffic(std::uint64_t count, Time gap = 4 * kMicrosecond,
                                              std::size_t payload = 64);
/// The bytes of such a datagram from its Ethernet header on.
std::vector<std::uint8_t> udpFrame(std::uint32_t number, std::size_t payload);

/// A machine of two CPUs whose one process reads all of that traffic.
Start receiver(std::shared_ptr<const FrameSource> traffic);
/// A machine of 64 CPUs with 1,000 tasks that compute and sleep.
Start manyTasks();

}  // namespace ringside::bench
