// What the scenario language can say, tried on runs.

#include <gtest/gtest.h>

#include "engine/step/step.h"
#include "engine/step/tracepoint.h"
#include "lessons/scenario_yaml.h"

namespace ringside {
namespace {

struct Played {
    World world;
    std::shared_ptr<const Inputs> inputs;
    std::vector<std::int64_t> polled;  ///< packets taken by each poll
};

Played played(const std::string& yaml, std::uint64_t most = 300'000) {
    const Result<ScenarioFile> file = parseScenario(yaml, "s.yaml");
    EXPECT_TRUE(file.ok()) << file.error().message();
    Result<Start> start = file->start();
    EXPECT_TRUE(start.ok()) << start.error().message();
    Played run{start->world, start->inputs, {}};
    Event event;
    for (std::uint64_t n = 0; n < most && step(run.world, *run.inputs, event); ++n) {
        if (event.tracepoint != Tracepoint::napi_poll) continue;
        for (const TraceArgument& argument : tracepointArguments(run.world, *run.inputs, event)) {
            if (std::string_view(argument.name) == "work") run.polled.push_back(argument.number);
        }
    }
    return run;
}

const std::string kBurst =
    "  - {at: 1100us, burst: {bursts: 1, size: 20, gap: 1ms}, udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: "
    "5000, "
    "payload: 100 B}}\n";

TEST(ScenarioWords, APlainBurstFindsThePollFasterThanTheWire) {
    const Played run =
        played("nics: [{addresses: [10.0.0.1/24]}]\nsockets: [{udp: {port: 5000}}]\ntraffic:\n" + kBurst);
    ASSERT_FALSE(run.polled.empty());
    EXPECT_LT(run.polled[0], 20) << "the card is still moving frames to memory when the first poll looks";
}

TEST(ScenarioWords, ABurstBehindAThrottledInterruptStandsInTheRingAtThePoll) {
    const Played run = played(
        "nics: [{addresses: [10.0.0.1/24], itr: 500us}]\nsockets: [{udp: {port: 5000}}]\ntraffic:\n"
        "  - {at: 1ms, udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 5000, payload: 100 B}}\n" +
        kBurst);
    EXPECT_EQ(run.polled, (std::vector<std::int64_t>{1, 20}))
        << "the first frame interrupts at once; the next interrupt waits 500 us for the whole burst";
}

TEST(ScenarioWords, ARunEndsWhenTheScenarioSaysSo) {
    const std::string machine =
        "nics: [{addresses: [10.0.0.1/24]}]\nsockets: [{udp: {port: 5000}}]\n"
        "tasks: [{name: hog, program: [{compute: 1s}, exit]}]\ntraffic:\n"
        "  - {at: 2ms, udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 5000, payload: 100 B}}\n";
    const Played at = played(machine + "until: 2ms\n"), behind = played(machine + "until: 2000001ns\n");
    EXPECT_EQ(at.world.wire.next, 0U) << "the frame would come at that very time";
    EXPECT_EQ(behind.world.wire.next, 1U);
    EXPECT_TRUE(at.world.stopped());
    EXPECT_EQ(at.world.now, 2 * kMillisecond);
    // the hog would run on
    EXPECT_GT(played(machine).world.now, kSecond);
    // made many at once it ends at the same place
    Result<ScenarioFile> file = parseScenario(machine + "until: 2000001ns\n", "s.yaml");
    Result<Start> start = file->start();
    std::vector<Event> events(1000);
    EXPECT_EQ(stepMany(start->world, *start->inputs, events), behind.world.position);
    EXPECT_EQ(fingerprint(start->world, *start->inputs), fingerprint(behind.world, *behind.inputs));
}

const Socket& socketCalled(const World& world, const std::string& name) {
    static const Socket kNone;
    const Socket* found = nullptr;
    world.machine().sockets.each([&](SocketId, const Socket& s) {
        if (s.fieldKey() == name) found = &s;
    });
    EXPECT_NE(found, nullptr) << name;
    return found ? *found : kNone;
}
std::uint32_t queued(const World& world, const std::string& name) {
    return socketCalled(world, name).sk_receive_queue.qlen;
}
PacketFate fateOf(const World& world, std::uint32_t packet) {
    for (std::uint64_t back = 0; back < world.fates.size(); ++back) {
        if (world.fates.fromEnd(back).packet == packet) return world.fates.fromEnd(back);
    }
    return {};
}

TEST(ScenarioWords, AGroupIsJoinedByTheSocketNotByItsBinding) {
    const std::string machine = "nics: [{addresses: [10.0.0.1/24]}]\nsockets:\n";
    const std::string packet =
        "traffic: [{at: 1ms, udp: {eth_dst: \"01:00:5e:01:02:03\", src: 10.0.0.2, sport: 1, dst: 224.1.2.3, dport: "
        "5000}}]\n";
    const Played bound = played(machine + "  - udp: {address: 224.1.2.3, port: 5000}\n" + packet);
    EXPECT_EQ(queued(bound.world, "udp:5000"), 0U);
    EXPECT_EQ(fateOf(bound.world, 1).fate, Fate::dropped);
    const Played joined = played(machine + "  - udp: {address: 224.1.2.3, port: 5000, groups: [224.1.2.3]}\n" + packet);
    EXPECT_EQ(queued(joined.world, "udp:5000"), 1U);
    const Played other = played(machine + "  - udp: {port: 5000, groups: [224.1.2.4]}\n" + packet);
    EXPECT_EQ(queued(other.world, "udp:5000"), 0U) << "another group";
}

TEST(ScenarioWords, SocketsWithReuseportShareTheirPort) {
    const Played run = played(
        "nics: [{addresses: [10.0.0.1/24]}]\n"
        "sockets: [{udp: {port: 5000, reuseport: true}}, {udp: {port: 5000, reuseport: true}}]\ntraffic:\n" +
        [] {
            std::string flows;
            for (int i = 0; i < 16; ++i)
                flows += "  - {at: 1ms, udp: {src: 10.0.0.2, sport: " + std::to_string(4000 + i) +
                         ", dst: 10.0.0.1, dport: 5000}}\n";
            return flows;
        }());
    const std::uint32_t first = queued(run.world, "udp:5000"), second = queued(run.world, "udp:5000#2");
    EXPECT_EQ(first + second, 16U) << "each packet to one of them";
    EXPECT_GT(first, 0U);
    EXPECT_GT(second, 0U);
    const Result<ScenarioFile> one =
        parseScenario("sockets: [{udp: {port: 5000, reuseport: true}}, {udp: {port: 5000}}]\n", "s.yaml");
    ASSERT_TRUE(one.ok());
    EXPECT_EQ(one->start().error().message(), "s.yaml:1:62: expected a port that is free, found 5000 a second time")
        << "both must say so";
}

TEST(ScenarioWords, ASocketBoundToACardTakesNothingFromAnother) {
    const Played run = played(
        "nics:\n  - {name: eth0, addresses: [10.0.0.1/24]}\n  - {name: eth1, addresses: [10.0.1.1/24]}\n"
        "sockets: [{udp: {port: 5000, device: eth1}}]\ntraffic:\n"
        "  - {at: 1ms, udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 5000}}\n"
        "  - {at: 2ms, udp: {eth_dst: \"52:54:00:12:34:57\", src: 10.0.1.2, sport: 1, dst: 10.0.1.1, dport: 5000}}\n");
    EXPECT_EQ(queued(run.world, "udp:5000"), 1U);
    EXPECT_EQ(fateOf(run.world, 1).reason, Drop::NO_SOCKET);
    EXPECT_EQ(fateOf(run.world, 2).packet, 0U) << "it waits in the socket";
    EXPECT_EQ(parseScenario("nics: [{name: eth0}]\nsockets: [{udp: {port: 5000, device: eth1}}]\n", "s.yaml")
                  .error()
                  .message(),
              "s.yaml:2:38: expected one of eth0, found \"eth1\" (did you mean \"eth0\"?)");
}

TEST(ScenarioWords, TcpPortsThatNobodyHasRefuse) {
    const Played run = played(
        "nics: [{addresses: [10.0.0.1/24]}]\ntcp_ports: [80]\ntraffic:\n"
        "  - {at: 1ms, tcp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 80, flags: [syn]}}\n"
        "  - {at: 2ms, tcp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 81, flags: syn}}\n");
    EXPECT_EQ(fateOf(run.world, 1).fate, Fate::consumed);
    EXPECT_EQ(fateOf(run.world, 2).reason, Drop::NO_SOCKET);
}

}  // namespace
}  // namespace ringside
