// Time travel: how long a seek takes far into a long run, and what checkpoints and the event list hold.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>

#include "lessons/stop_condition.h"
#include "tests/bench/figures.h"

namespace ringside::bench {
namespace {

constexpr Position kLong = 100'000'000;
constexpr double kMebibyte = 1 << 20;

/// A run that is known for `events` events.
Timeline explored(Start start, Position events, const TimelineOptions& options = {}) {
    Timeline timeline(std::move(start), options);
    timeline.explore(events);
    return timeline;
}

struct Latency {
    double p50 = 0, p99 = 0, worst = 0;  ///< milliseconds
};

/// Seeks to random places and steps back from each, as a learner does.
Latency seeks(Timeline& timeline, int count) {
    Rng rng{42};
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        const Position target = rng.below(timeline.explored());
        const Clock::time_point begin = Clock::now();
        timeline.seek(target);
        times.push_back(secondsSince(begin) * 1e3);
        const Clock::time_point back = Clock::now();
        timeline.stepBack();
        times.push_back(secondsSince(back) * 1e3);
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

void seekInALongRun(benchmark::State& state) {
    Timeline timeline = explored(receiver(udpTraffic(10'000'000)), 10'000'000);
    Rng rng{1};
    for (auto _ : state) timeline.seek(rng.below(timeline.explored()));
}
BENCHMARK(seekInALongRun)->Unit(benchmark::kMillisecond);

void stepForwardAndBack(benchmark::State& state) {
    Timeline timeline = explored(receiver(udpTraffic(1'000'000)), 1'000'000);
    timeline.seek(500'000);
    for (auto _ : state) {
        timeline.stepForward();
        timeline.stepBack();
    }
}
BENCHMARK(stepForwardAndBack)->Unit(benchmark::kMicrosecond);

void eventFarAway(benchmark::State& state) {
    Timeline timeline = explored(receiver(udpTraffic(10'000'000)), 10'000'000);
    Rng rng{1};
    for (auto _ : state) benchmark::DoNotOptimize(timeline.event(1 + rng.below(timeline.explored())));
}
BENCHMARK(eventFarAway)->Unit(benchmark::kMillisecond);

/// The list's own work with ten million rows: a look at rows everywhere, then at the last screen.
void eventListFigure(Figures& figures) {
    malloc_trim(0);  // what was freed before would be used again and not be seen
    const std::size_t before = residentBytes();
    TimelineOptions options;
    options.checkpoint_bytes = std::size_t{48} << 20;
    Timeline timeline = explored(receiver(udpTraffic(10'000'000)), 10'000'000, options);
    Rng rng{9};
    for (int i = 0; i < 200; ++i) static_cast<void>(timeline.event(1 + rng.below(timeline.explored())));
    timeline.event(1);
    const Clock::time_point begin = Clock::now();
    for (Position row = timeline.explored() - 50; row <= timeline.explored(); ++row)
        static_cast<void>(timeline.event(row));
    const double milliseconds = secondsSince(begin) * 1e3;
    const double held = static_cast<double>(residentBytes() - before) / kMebibyte;
    figures.push_back(
        {"event list, 10 M rows: last screen of rows", "≤ 16 ms", number(milliseconds, 2) + " ms", milliseconds <= 16});
    figures.push_back(
        {"the same: memory, log and checkpoints included", "≤ 100 MiB", number(held, 0) + " MiB", held <= 100});
}

/// A search backwards through ten million events for what never happened, though every stretch could have it; and for
/// an expression, which every World is asked.
void searchFigures(Figures& figures) {
    Timeline timeline = explored(receiver(udpTraffic(10'000'000)), 10'000'000);
    const auto search = [&](const char* text, double& seconds) {
        StopError error;
        const StopCondition condition = StopCondition::read(text, timeline.world(), timeline.inputs(), error);
        RS_ASSERT(error.kind == StopError::Kind::none);
        const Clock::time_point begin = Clock::now();
        const KnownRun known = timeline.known();
        const std::vector<Quarry> quarries{condition.quarry(timeline.sharedInputs())};
        const Hit hit = known.search(quarries, Direction::backward, timeline.explored());
        seconds = secondsSince(begin);
        return hit.how == Found::How::none;
    };
    double events = 0, worlds = 0;
    const bool none = search("udp_rcv hardirq", events);
    figures.push_back({"search backwards over 10 M events, by events, nothing found", "≤ 1 s", number(events, 2) + " s",
                       none && events <= 1});
    const bool still = search("sum(socket[*].sk_rmem_alloc) > 1000000000", worlds);
    figures.push_back(
        {"the same by an expression over every state (in the background)", "told", number(worlds, 1) + " s", still});
}

}  // namespace

void historyFigures(Figures& figures) {
    {
        Timeline timeline = explored(receiver(udpTraffic(10'000'000)), kLong);
        const Latency latency = seeks(timeline, 1000);
        const std::string all =
            number(latency.p50) + " / " + number(latency.p99) + " / " + number(latency.worst) + " ms";
        figures.push_back({"seek and step back at 100 M events: median / p99 / worst (" +
                               std::to_string(timeline.checkpointCount()) + " checkpoints, " +
                               number(static_cast<double>(timeline.checkpointBytes()) / kMebibyte, 0) + " MiB)",
                           "p99 ≤ 8 ms, worst ≤ 16 ms", all, latency.p99 <= 8 && latency.worst <= 16});
    }
    {
        TimelineOptions options;
        options.checkpoint_bytes = 200'000'000;
        Timeline timeline = explored(manyTasks(), 20'000'000, options);
        const double held = static_cast<double>(timeline.checkpointBytes()) / 1e6;
        const Latency latency = seeks(timeline, 200);
        figures.push_back({"1,000 tasks on 64 CPUs, 20 M events: checkpoints (seek p99 " + number(latency.p99) + " ms)",
                           "≤ 200 MB", number(held, 0) + " MB", held <= 200});
    }
    eventListFigure(figures);
    searchFigures(figures);
}

}  // namespace ringside::bench
