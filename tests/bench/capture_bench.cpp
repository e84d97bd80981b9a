// A capture of a million packets: opening it beside a loop that only reads it, and simulating it to its end.

#include <benchmark/benchmark.h>
#include <pcap/pcap.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "engine/capture/capture.h"
#include "engine/capture/replay.h"
#include "tests/bench/figures.h"

namespace ringside::bench {
namespace {

constexpr std::uint32_t kPackets = 1'000'000;
constexpr std::size_t kPayload = 608;          // 650 bytes on the wire: 650 MB in all
constexpr std::uint32_t kGapMicroseconds = 5;  // about what they take on a gigabit link

/// A capture in a temporary file, gone with this object.
class TemporaryCapture {
  public:
    explicit TemporaryCapture(std::uint32_t packets)
        : m_path(std::filesystem::temp_directory_path() / ("ringside-bench-" + std::to_string(getpid()) + ".pcap")) {
        pcap_t* link = pcap_open_dead(DLT_EN10MB, 65535);
        pcap_dumper_t* file = pcap_dump_open(link, m_path.c_str());
        if (!file) {
            std::fprintf(stderr, "%s: %s\n", m_path.c_str(), pcap_geterr(link));
            std::abort();
        }
        std::vector<std::vector<std::uint8_t>> frames;
        for (std::uint32_t i = 0; i < 64; ++i) frames.push_back(udpFrame(i, kPayload));
        for (std::uint32_t i = 0; i < packets; ++i) {
            const std::vector<std::uint8_t>& frame = frames[i % frames.size()];
            pcap_pkthdr header{};
            const std::uint64_t microseconds = std::uint64_t{i} * kGapMicroseconds;
            header.ts.tv_sec = 1'700'000'000 + static_cast<long>(microseconds / 1'000'000);
            header.ts.tv_usec = static_cast<long>(microseconds % 1'000'000);
            header.caplen = header.len = static_cast<bpf_u_int32>(frame.size());
            pcap_dump(reinterpret_cast<u_char*>(file), &header, frame.data());
        }
        pcap_dump_close(file);
        pcap_close(link);
    }
    ~TemporaryCapture() { std::filesystem::remove(m_path); }
    TemporaryCapture(const TemporaryCapture&) = delete;
    TemporaryCapture& operator=(const TemporaryCapture&) = delete;
    [[nodiscard]] const std::string& path() const { return m_path; }

  private:
    std::string m_path;
};

double bareLoop(const std::string& path) {
    const Clock::time_point begin = Clock::now();
    char error[PCAP_ERRBUF_SIZE];
    pcap_t* file = pcap_open_offline(path.c_str(), error);
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    std::uint64_t n = 0;
    while (pcap_next_ex(file, &header, &bytes) == 1) ++n;
    pcap_close(file);
    benchmark::DoNotOptimize(n);
    return secondsSince(begin);
}

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
    figures.push_back({"simulating it to the end, with checkpoints (" + number(events / 1e6, 0) + " M events, " +
                           number(events / kPackets, 0) + " a packet)",
                       "≤ 5 s", number(seconds) + " s (" + number(events / seconds / 1e6) + " M events/s)",
                       seconds <= 5 && fates == kPackets});
    figures.push_back({"resident memory meanwhile, at most", "≤ 400 MB", number(peak, 0) + " MB", peak <= 400});
}

}  // namespace ringside::bench
