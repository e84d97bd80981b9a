#include <time.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "engine/protocol/build.h"
#include "tests/bench/figures.h"

namespace ringside::bench {
namespace {

constexpr MacAddr kOurs{{0x52, 0x54, 0, 0, 0, 2}};
constexpr MacAddr kPeer{{0x52, 0x54, 0, 0, 0, 1}};
const IpAddr kOurAddress = IpAddr::of(Ipv4Addr{0x0a000002});
const IpAddr kPeerAddress = IpAddr::of(Ipv4Addr{0x0a000001});
constexpr std::uint16_t kPort = 5000;

/// A few different datagrams, over and over.
class UdpTraffic final : public FrameSource {
  public:
    UdpTraffic(std::uint64_t count, Time gap, std::size_t payload) : m_count(count), m_gap(gap) {
        for (std::uint32_t i = 0; i < 64; ++i) m_frames.push_back(udpFrame(i, payload));
    }
    [[nodiscard]] std::uint64_t count() const override { return m_count; }
    [[nodiscard]] Time time(std::uint64_t i) const override { return static_cast<Time>(i + 1) * m_gap; }
    std::span<const std::uint8_t> frame(std::uint64_t i, std::vector<std::uint8_t>&) const override {
        return m_frames[i % m_frames.size()];
    }
    [[nodiscard]] std::uint64_t identity() const override { return m_count; }

  private:
    std::uint64_t m_count;
    Time m_gap;
    std::vector<std::vector<std::uint8_t>> m_frames;
};

Start built(const Scenario& scenario) {
    Result<Start> start = build(scenario);
    if (!start) {
        std::fprintf(stderr, "%s\n", start.error().message().c_str());
        std::abort();
    }
    return *std::move(start);
}

/// A line of /proc/self/status, in bytes.
std::size_t status(const std::string& key) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(key + ":")) return std::stoull(line.substr(key.size() + 1)) * 1024;
    }
    return 0;
}

}  // namespace

std::string number(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

Clock::time_point Clock::now() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return time_point(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}
double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }
std::size_t residentBytes() { return status("VmRSS"); }
std::size_t peakBytes() { return status("VmHWM"); }
void resetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

std::vector<std::uint8_t> udpFrame(std::uint32_t number, std::size_t payload) {
    FrameSpec frame;
    frame.srcMac = kPeer;
    frame.dstMac = kOurs;
    frame.src = kPeerAddress;
    frame.dst = kOurAddress;
    frame.id = static_cast<std::uint16_t>(number);
    frame.padding = Padding::toMinimum;
    UdpSpec udp;
    udp.source = static_cast<std::uint16_t>(40000 + number % 1000);
    udp.dest = kPort;
    udp.payload.resize(payload);
    for (std::size_t i = 0; i < payload; ++i) udp.payload[i] = static_cast<std::uint8_t>(number + i);
    return ringside::udpFrame(frame, udp);
}

std::shared_ptr<const FrameSource> udpTraffic(std::uint64_t count, Time gap, std::size_t payload) {
    return std::make_shared<UdpTraffic>(count, gap, payload);
}

Start receiver(std::shared_ptr<const FrameSource> traffic) {
    Scenario scenario;
    scenario.pace = Pace::unlost;
    scenario.traffic = std::move(traffic);
    NicSpec nic;
    nic.mac = kOurs;
    nic.addresses.push_back({kOurAddress, 24});
    scenario.nics.push_back(nic);
    SocketSpec socket;
    socket.port = kPort;
    scenario.sockets.push_back(socket);
    TaskSpec reader;
    reader.name = "reader";
    reader.cpu = 1;
    reader.sockets = {0};
    reader.program = {op::recvfrom{}, op::jump{}};
    scenario.tasks.push_back(reader);
    return built(scenario);
}

Start manyTasks() {
    Scenario scenario;
    scenario.cpus = 64;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        TaskSpec task;
        task.name = "worker-" + std::to_string(i);
        task.cpu = static_cast<CpuNo>(i % 64);
        task.program = {op::compute{50 * kMicrosecond + static_cast<Time>(i) * 100},
                        op::sleep{200 * kMicrosecond + static_cast<Time>(i % 7) * 10 * kMicrosecond}, op::jump{}};
        scenario.tasks.push_back(std::move(task));
    }
    return built(scenario);
}

}  // namespace ringside::bench
