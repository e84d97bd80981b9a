// A capture of a million packets: opening it beside a loop that only reads it, and simulating it to its end.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "engine/capture/capture.h"
#include "engine/capture/replay.h"
#include "tests/bench/figures.h"
#include "tests/bench/temporary_capture.h"

namespace ringside::bench {
namespace {

constexpr std::uint32_t kPackets = 1'000'000;
std::shared_ptr<const Capture> opened(const std::string& path) {
    Result<Capture> capture = Capture::open(path);
    if (!capture) {
        std::fprintf(stderr, "%s\n", capture.error().message().c_str());
        std::abort();
    }
    return std::make_shared<const Capture>(*std::move(capture));
}

void openCapture(benchmark::State& state) {
    const TemporaryCapture file(100'000);
    for (auto _ : state) benchmark::DoNotOptimize(opened(file.path()));
    state.SetItemsProcessed(state.iterations() * 100'000);
}
BENCHMARK(openCapture)->Unit(benchmark::kMillisecond);

}  // namespace

void captureFigures(Figures& figures) {
    const TemporaryCapture file(kPackets);
    double bare = 1e9, index = 1e9;
    for (int i = 0; i < 5; ++i) {
        bare = std::min(bare, bareLoop(file.path()));
        const Clock::time_point begin = Clock::now();
        benchmark::DoNotOptimize(opened(file.path()));
        index = std::min(index, secondsSince(begin));
    }
    const std::shared_ptr<const Capture> capture = opened(file.path());
    figures.push_back({"opening a capture of 1 M packets (650 MB), beside a bare pcap_next_ex loop", "≤ 1.5 ×",
                       number(index / bare, 2) + " × (" + number(index, 2) + " s, " + number(bare, 2) + " s)",
                       index <= 1.5 * bare});
    const double per_packet = static_cast<double>(capture->indexBytes()) / kPackets;
    figures.push_back({"its index", "≤ 32 bytes a packet", number(per_packet) + " bytes", per_packet <= 32});

    resetPeak();
    Result<Scenario> scenario = replayScenario(capture, {});
    Start start = *build(*scenario);
    const Clock::time_point begin = Clock::now();
    Timeline timeline(std::move(start));
    timeline.seek(~Position{0});
    const double seconds = secondsSince(begin);
    const double peak = static_cast<double>(peakBytes()) / 1e6;
    const double events = static_cast<double>(timeline.position());
    const std::uint64_t fates = timeline.world().fates.size();
    figures.push_back(
        {"simulating it to the end, with checkpoints (" + number(events / 1e6, 0) + " M events, " +
             number(events / kPackets, 0) + " a packet), beside that loop",
         "≤ 42 ×",
         number(seconds / bare) + " × (" + number(seconds) + " s, " + number(events / seconds / 1e6) + " M events/s)",
         seconds <= 42 * bare && fates == kPackets});
    figures.push_back({"resident memory meanwhile, at most", "≤ 400 MB", number(peak, 0) + " MB", peak <= 400});
}

}  // namespace ringside::bench
