// How fast the model runs: the receive path beside a bare loop over a priority queue, and a machine with many tasks.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <queue>
#include <span>

#include "engine/step/step.h"
#include "tests/bench/figures.h"

namespace ringside::bench {
namespace {

/// Plays at most `events` events; how many there were.
std::uint64_t play(Start& start, std::uint64_t events) {
    static Event batch[128];
    std::uint64_t n = 0;
    Stepper stepper(start.world, *start.inputs);
    while (n < events) {
        const std::size_t made = stepper.many(std::span(batch).first(std::min<std::uint64_t>(128, events - n)));
        if (made == 0) break;
        n += made;
    }
    return n;
}

/// Events a second of `events` events from the start of a run.
double receivePath(std::uint64_t events, std::uint64_t packets) {
    Start start = receiver(udpTraffic(packets));
    const Clock::time_point begin = Clock::now();
    const std::uint64_t n = play(start, events);
    const double seconds = secondsSince(begin);
    benchmark::DoNotOptimize(fingerprint(start.world, *start.inputs));
    return static_cast<double>(n) / seconds;
}

/// Events a second of a simulator that does nothing: take the first of 64 pending, put one back.
double queueLoop(std::uint64_t events) {
    struct Empty {
        Time time;
        std::uint64_t seq;
        bool operator>(const Empty& o) const { return time != o.time ? time > o.time : seq > o.seq; }
    };
    std::priority_queue<Empty, std::vector<Empty>, std::greater<>> queue;
    Rng rng;
    std::uint64_t seq = 0;
    for (int i = 0; i < 64; ++i) queue.push({static_cast<Time>(rng.below(1000)), ++seq});
    const Clock::time_point begin = Clock::now();
    for (std::uint64_t n = 0; n < events; ++n) {
        const Empty event = queue.top();
        queue.pop();
        queue.push({event.time + static_cast<Time>(rng.next() % 1000), ++seq});
    }
    benchmark::DoNotOptimize(queue.top());
    return static_cast<double>(events) / secondsSince(begin);
}

double manyTasksRate(std::uint64_t events) {
    Start start = manyTasks();
    const Clock::time_point begin = Clock::now();
    const std::uint64_t n = play(start, events);
    return static_cast<double>(n) / secondsSince(begin);
}

/// The best of several runs: what the machine can do when nothing else runs on it.
template <class F>
double best(int runs, F&& rate) {
    double most = 0;
    for (int i = 0; i < runs; ++i) most = std::max(most, rate());
    return most;
}

void receive(benchmark::State& state) {
    Start start = receiver(udpTraffic(~std::uint64_t{0} >> 16));
    for (auto _ : state) play(start, 10'000);
    state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(receive)->Unit(benchmark::kMicrosecond);

void many(benchmark::State& state) {
    Start start = manyTasks();
    for (auto _ : state) play(start, 10'000);
    state.SetItemsProcessed(state.iterations() * 10'000);
}
BENCHMARK(many)->Unit(benchmark::kMicrosecond);

void copyOfAWorld(benchmark::State& state) {
    Start start = receiver(udpTraffic(1000));
    play(start, 10'000);
    for (auto _ : state) {
        World copy = start.world;
        benchmark::DoNotOptimize(copy);
    }
}
BENCHMARK(copyOfAWorld);

}  // namespace

void engineFigures(Figures& figures) {
    constexpr double million = 1e6;
    // in turn, so that both see the same state of the machine
    double receive_rate = 0, queue_rate = 0;
    for (int i = 0; i < 5; ++i) {
        receive_rate = std::max(receive_rate, receivePath(20'000'000, 1'000'000));
        queue_rate = std::max(queue_rate, queueLoop(10'000'000));
    }
    const double ratio = receive_rate / queue_rate;
    // What a loop of empty events makes on the same processor tells how fast it is.
    const double wanted = processor().small() ? 1.4 : 1.8;
    figures.push_back({"engine, receive path, one core, beside a priority-queue loop of empty events, 64 pending",
                       "≥ " + number(wanted) + " ×",
                       number(ratio, 2) + " × (" + number(receive_rate / million) + " M events/s, " +
                           number(queue_rate / million) + " M/s)",
                       ratio >= wanted});
    const double tasks_rate = best(3, [] { return manyTasksRate(10'000'000); });
    // Nothing is asked of a processor with small caches: the state of 64 CPUs is larger than they are.
    const bool asked = !processor().small();
    figures.push_back({"1,000 tasks on 64 CPUs, and beside that loop", asked ? "≥ 40 M events/s" : "nothing here",
                       number(tasks_rate / million) + " M events/s (" + number(tasks_rate / queue_rate, 2) + " ×)",
                       !asked || tasks_rate >= 40 * million});
    const double small = best(20, [] { return receivePath(100'000, 1'000'000); });
    const double large = best(3, [] { return receivePath(10'000'000, 1'000'000); });
    figures.push_back({"growth: events/s at 10 M beside 100 k", "within 10 %", number(100 * large / small - 100) + " %",
                       large >= 0.9 * small});
}

}  // namespace ringside::bench
