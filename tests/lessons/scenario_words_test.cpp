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

Played ran(const std::string& yaml, std::uint64_t most = 300'000) {
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
    const Played run = ran("nics: [{addresses: [10.0.0.1/24]}]\nsockets: [{udp: {port: 5000}}]\ntraffic:\n" + kBurst);
    ASSERT_FALSE(run.polled.empty());
    EXPECT_LT(run.polled[0], 20) << "the card is still moving frames to memory when the first poll looks";
    EXPECT_EQ(run.world.machine().nics[0]->interrupts, 1U) << "the poll goes on until the ring is empty";
}

TEST(ScenarioWords, ABurstBehindAThrottledInterruptStandsInTheRingAtThePoll) {
    const Played run =
        ran("nics: [{addresses: [10.0.0.1/24], itr: 500us}]\nsockets: [{udp: {port: 5000}}]\ntraffic:\n"
            "  - {at: 1ms, udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 5000, payload: 100 B}}\n" +
            kBurst);
    EXPECT_EQ(run.polled, (std::vector<std::int64_t>{1, 20}))
        << "the first frame interrupts at once; the next interrupt waits 500 us for the whole burst";
}

}  // namespace
}  // namespace ringside
