// Both sides of the limits of the scenario language: what is refused is refused when the scenario is checked, what is
// accepted runs.

#include <gtest/gtest.h>

#include <limits>

#include "engine/linux/driver.h"
#include "engine/scenario/scenario.h"
#include "engine/step/step.h"
#include "lessons/scenario_yaml.h"
#include "lessons/state_value.h"

namespace ringside {
namespace {

Start started(const std::string& yaml) {
    const Result<ScenarioFile> file = parseScenario(yaml, "s.yaml");
    EXPECT_TRUE(file.ok()) << file.error().message();
    Result<Start> start = file->start();
    EXPECT_TRUE(start.ok()) << start.error().message();
    return *start;
}

/// The World after all events, or after so many.
World ran(const Start& start, std::uint64_t most = 200'000) {
    World world = start.world;
    Event event;
    for (std::uint64_t n = 0; n < most && step(world, *start.inputs, event); ++n) {
    }
    return world;
}
World ran(const std::string& yaml) { return ran(started(yaml)); }

double valueOf(const World& world, const Start& start, const std::string& name) {
    const Result<Value> value = stateValue(world, *start.inputs, Event{}, name);
    EXPECT_TRUE(value.ok()) << value.error().message();
    return value ? static_cast<double>(value->number) : -1;
}

std::string machine(const std::string& nic) {
    return "cpus: 1\nnics: [{name: eth0, addresses: [10.0.0.1/24], " + nic +
           "}]\nsockets: [{udp: {port: 5000}}]\n"
           "tasks: [{name: a, files: [udp:5000], program: [{repeat: {do: [recvfrom]}}]}]\ntraffic:\n";
}
std::string datagram(int at, int payload) {
    return "  - {at: " + std::to_string(at) +
           "ms, udp: {src: 10.0.0.2, sport: 4000, dst: 10.0.0.1, dport: 5000, payload: " + std::to_string(payload) +
           " B}}\n";
}

TEST(ScenarioLimits, AReceiveBufferIsWhatSetsockoptMakesOfIt) {
    UdpSocketSpec socket;
    Sysctl sysctl;
    EXPECT_EQ(receiveBuffer(socket, sysctl), 212992) << "rmem_default, not doubled";
    const auto with = [&](std::uint32_t rcvbuf) {
        socket.rcvbuf = rcvbuf;
        return receiveBuffer(socket, sysctl);
    };
    EXPECT_EQ(with(0), 2304) << "SOCK_MIN_RCVBUF";
    EXPECT_EQ(with(1), 2304);
    EXPECT_EQ(with(1151), 2304);
    EXPECT_EQ(with(1152), 2304);
    EXPECT_EQ(with(1153), 2306);
    EXPECT_EQ(with(212992), 425984);
    EXPECT_EQ(with(212993), 425984) << "no more than rmem_max";
    sysctl.rmem_max = 0x7fffffff;
    EXPECT_EQ(with(212993), 425986);
    EXPECT_EQ(with(0x7fffffff), 0x7ffffffe) << "no overflow";
}

TEST(ScenarioLimits, ATinyReceiveBufferTakesTwoDatagrams) {
    const World world =
        ran("nics: [{addresses: [10.0.0.1/24]}]\nsockets: [{udp: {port: 5000, rcvbuf: 1 B}}]\ntraffic:\n"
            "  - {at: 1ms, constant: {count: 5, gap: 100us}, udp: {src: 10.0.0.2, sport: 4000, dst: 10.0.0.1, "
            "dport: 5000, payload: 100 B}}\n");
    const Socket* socket = nullptr;
    world.machine().sockets.each([&](SocketId, const Socket& s) { socket = &s; });
    ASSERT_NE(socket, nullptr);
    EXPECT_EQ(socket->sk_rcvbuf, 2304);
    EXPECT_EQ(socket->sk_rmem_alloc, 2 * 1280) << "1280 is not above 2304, 2560 is";
    EXPECT_EQ(socket->sk_drops, 3U);
}

TEST(ScenarioLimits, FramesUpToTheMtuAreTakenAtEveryMtu) {
    for (const int mtu : {68, 576, 1500, 1518, 1519, 2000, 9000, 16110}) {
        SCOPED_TRACE("mtu " + std::to_string(mtu));
        const int largest = mtu - 28;
        // what the card has room for: without long frames 1500 bytes of IP and a tag, with them buffers of 2048 bytes
        const int room = std::max(largest + 4, (mtu <= 1500 ? 1522 : 2048) - 14 - 4 - 28);
        const World world =
            ran(machine("mtu: " + std::to_string(mtu)) + datagram(1, largest) + datagram(2, 1) + datagram(3, room + 1));
        ASSERT_EQ(world.fates.size(), 3U);
        EXPECT_EQ(world.fates.fromEnd(2).fate, Fate::delivered);
        EXPECT_EQ(world.fates.fromEnd(1).fate, Fate::delivered);
        EXPECT_EQ(world.fates.fromEnd(0).fate, Fate::dropped) << "longer than card and MTU allow";
    }
}

TEST(ScenarioLimits, TwoSocketsOnOnePortHaveNamesOfTheirOwn) {
    const Start start = started(
        "nics: [{addresses: [10.0.0.1/24, \"2001:db8::1/64\"]}]\n"
        "sockets: [{udp: {port: 5000}}, {udp: {port: 5000, address: 10.0.0.1}}, {udp: {port: 5000, address: \"::\"}},\n"
        "  {udp: {port: 5000, address: \"2001:db8::1\"}}, {udp: {port: 53}}, {name: mine, udp: {port: 54}}]\n"
        "tasks: [{name: t, files: [\"udp:10.0.0.1:5000\", mine, \"udp6:5000\"], program: [recvfrom]}]\n"
        "traffic: [{at: 1ms, udp: {src: 10.0.0.2, sport: 4000, dst: 10.0.0.1, dport: 5000, payload: hello}}]\n");
    const World world = ran(start);
    EXPECT_EQ(valueOf(world, start, "socket[udp:5000].delivered"), 0);
    EXPECT_EQ(valueOf(world, start, "socket[udp:10.0.0.1:5000].delivered"), 1) << "the bound one wins";
    EXPECT_EQ(valueOf(world, start, "socket[udp6:5000].sport"), 5000);
    EXPECT_EQ(valueOf(world, start, "socket[udp6:2001:db8::1:5000].sport"), 5000);
    EXPECT_EQ(valueOf(world, start, "socket[udp:53].sport"), 53);
    EXPECT_EQ(valueOf(world, start, "socket.mine.sport"), 54);
}

/// Sets the key with this number to its least or most; the others keep their default.
struct Edge {
    std::size_t wanted;
    bool most;
    std::size_t count = 0;
    std::string name{};

    template <class T>
    void operator()(const Key& key, T& out) {
        if constexpr (kIsOptional<T>) {
            if (count == wanted) return (*this)(key, out.emplace());
            ++count;
        } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
            if (count++ != wanted || !key.choices.empty() || key.refers != Refers::nothing) return;
            name = std::string(key.name) + (most ? " most" : " least");
            std::int64_t limit = most ? key.most : key.least;
            if (sizeof(T) < 8) limit = std::min(limit, static_cast<std::int64_t>(std::numeric_limits<T>::max()));
            if (key.unit == Unit::nanoseconds) limit = std::min(limit, 3600 * kSecond);
            out = static_cast<T>(limit);
        } else {
            ++count;
        }
    }
    template <class T, class Sink>
    void each(const Key&, const Sink&) {
        ++count;
    }
};

/// Runs the scenario with each limit of each key of a part; returns how many there were.
template <class F>
int tryLimits(F&& part, std::size_t keys) {
    int tried = 0;
    for (std::size_t key = 0; key < keys; ++key) {
        for (const bool most : {false, true}) {
            Result<ScenarioFile> file =
                parseScenario(machine("ring: 64") + datagram(1, 100) + datagram(2, 1472), "s.yaml");
            Scenario& s = file->scenario;
            Edge edge{key, most};
            auto&& spec = part(s);
            std::remove_cvref_t<decltype(spec)>::keys(edge, spec);
            if (edge.name.empty()) continue;
            SCOPED_TRACE(edge.name);
            const Result<Start> start = build(s);
            if (!start) continue;  // a CPU that the machine does not have
            ++tried;
            ran(*start, 20'000);
        }
    }
    return tried;
}

TEST(ScenarioLimits, EveryLimitThatIsAcceptedRuns) {
    EXPECT_GE(tryLimits([](Scenario& s) -> Scenario& { return s; }, keyNames<Scenario>().size()), 4);
    EXPECT_GE(tryLimits([](Scenario& s) -> NicSpec& { return s.nics[0]; }, keyNames<NicSpec>().size()), 8);
    EXPECT_GE(tryLimits([](Scenario& s) -> UdpSocketSpec& { return s.sockets[0]; }, keyNames<UdpSocketSpec>().size()),
              4);
    EXPECT_GE(tryLimits([](Scenario& s) -> TaskSpec& { return s.tasks[0]; }, keyNames<TaskSpec>().size()), 5);
    const SysctlSpec<> settings{kDefaultSysctl, kDefaultNetSysctl};
    EXPECT_GE(tryLimits([](Scenario& s) { return SysctlSpec{s.sysctl, s.net_sysctl}; }, keyNames(settings).size()), 20);
}

TEST(ScenarioLimits, EachDriversOwnLimitsHold) {
    for (const Driver* driver : drivers()) {
        SCOPED_TRACE(driver->name);
        const auto accepted = [&](const std::string& more) {
            const std::string nic = "nics: [{driver: " + std::string(driver->name) + ", " + more + "}]";
            const Result<ScenarioFile> file = parseScenario(nic, "s.yaml");
            return file.ok() && file->start().ok();
        };
        const auto ring = [&](std::uint32_t n) { return accepted("ring: " + std::to_string(n)); };
        const auto mtu = [&](std::uint32_t n) { return accepted("mtu: " + std::to_string(n)); };
        EXPECT_TRUE(ring(driver->ring.least));
        EXPECT_TRUE(ring(driver->ring.most));
        EXPECT_FALSE(ring(driver->ring.least - driver->ring.step));
        EXPECT_FALSE(ring(driver->ring.most + driver->ring.step));
        EXPECT_EQ(ring(driver->ring.least + 1), driver->ring.step == 1);
        EXPECT_TRUE(mtu(std::max(driver->mtu.least, kLeastMtu)));
        EXPECT_TRUE(mtu(driver->mtu.most));
        EXPECT_FALSE(mtu(std::max(driver->mtu.least, kLeastMtu) - 1));
        EXPECT_FALSE(mtu(driver->mtu.most + 1));
        // the largest frame and the fullest ring are taken
        const std::string most = "driver: " + std::string(driver->name) +
                                 ", ring: " + std::to_string(driver->ring.most) +
                                 ", mtu: " + std::to_string(driver->mtu.most);
        const World world = ran(machine(most) + datagram(1, static_cast<int>(driver->mtu.most) - 28));
        ASSERT_EQ(world.fates.size(), 1U);
        EXPECT_EQ(world.fates.fromEnd(0).fate, Fate::delivered);
    }
}

TEST(ScenarioLimits, WhatIsOneBeyondIsRefused) {
    const std::pair<const char*, const char*> kBeyond[] = {
        {"cpus: 0", "cpus: 257"},
        {"nics: [{mtu: 67}]", "nics: [{mtu: 4294967296}]"},
        {"nics: [{ring: 0}]", "nics: [{ring: 65536}]"},
        {"nics: [{irq: -1}]", "nics: [{irq: 1024}]"},
        {"nics: [{fifo: -1}]", "nics: [{fifo: 1048577}]"},
        {"nics: [{addresses: [10.0.0.1/-1]}]", "nics: [{addresses: [10.0.0.1/33]}]"},
        {"nics: [{itr: -1us}]", "nics: [{itr: 3601s}]"},
        {"sockets: [{udp: {port: 0}}]", "sockets: [{udp: {port: 65536}}]"},
        {"sockets: [{udp: {port: 1, rcvbuf: -1}}]", "sockets: [{udp: {port: 1, rcvbuf: 2147483648}}]"},
        {"tasks: [{name: a, nice: -21, program: [exit]}]", "tasks: [{name: a, nice: 20, program: [exit]}]"},
        {"tasks: [{name: a, pid: 0, program: [exit]}]", "tasks: [{name: a, pid: 4194305, program: [exit]}]"},
        {"tasks: [{name: '', program: [exit]}]", "tasks: [{name: abcdefghijklmnop, program: [exit]}]"},
        {"tasks: [{name: a, program: [compute: 0]}]", "tasks: [{name: a, program: [compute: 3601s]}]"},
        {"tasks: [{name: a, program: [repeat: {times: 0, do: [exit]}]}]",
         "tasks: [{name: a, program: [repeat: {times: 1000000001, do: [exit]}]}]"},
        {"sysctl: {net.ipv4.conf.all.rp_filter: -1}", "sysctl: {net.ipv4.conf.all.rp_filter: 3}"},
        {"sysctl: {net.core.rmem_default: 2303}", "sysctl: {net.core.rmem_default: 2147483648}"},
        {"traffic: [{raw: 00112233445566778899aabbcc}]", "traffic: [{constant: {count: 1000001, gap: 1us}, raw: 00}]"},
    };
    for (const auto& [below, above] : kBeyond) {
        for (const char* yaml : {below, above}) {
            const Result<ScenarioFile> file = parseScenario(yaml, "s.yaml");
            EXPECT_FALSE(file.ok()) << yaml;
            EXPECT_TRUE(file.ok() || file.error().place.starts_with("s.yaml:1:")) << file.error().message();
        }
    }
}

}  // namespace
}  // namespace ringside
