#include "engine/history/timeline.h"

#include <gtest/gtest.h>

#include "engine/step/step.h"
#include "tests/support/hash_here.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

using test::hashHere;
using test::toyStart;

/// The fingerprint after each event of a run played by step() alone; the last one is the end's, with nothing left to
/// happen.
std::vector<std::uint64_t> forwardHashes(const Start& start) {
    World world = start.world;
    std::vector<std::uint64_t> hashes{fingerprint(world, *start.inputs)};
    Event event;
    while (step(world, *start.inputs, event)) hashes.push_back(fingerprint(world, *start.inputs));
    hashes.back() = fingerprint(world, *start.inputs);
    return hashes;
}

TEST(Timeline, SeekIsForwardAtEveryPosition) {
    const Start start = toyStart(60);
    const std::vector<std::uint64_t> expected = forwardHashes(start);
    ASSERT_GT(expected.size(), 1000U);
    Timeline timeline(start);
    for (Position p = expected.size(); p-- > 0;) {
        ASSERT_EQ(timeline.seek(p), p);
        ASSERT_EQ(hashHere(timeline), expected[p]) << "at position " << p;
    }
    EXPECT_EQ(timeline.end(), expected.size() - 1);
}

TEST(Timeline, TheEndIsSettledHoweverItIsReached) {
    const Start start = toyStart(20);
    const std::vector<std::uint64_t> expected = forwardHashes(start);
    const Position end = expected.size() - 1;
    {
        Timeline timeline(start);
        timeline.seek(end);  // exactly there, not beyond
        EXPECT_EQ(timeline.end(), end);
        EXPECT_EQ(hashHere(timeline), expected[end]);
        timeline.seek(3);
        timeline.seek(end);
        EXPECT_EQ(hashHere(timeline), expected[end]);
    }
    Timeline timeline(start);
    timeline.seek(end);
    ASSERT_FALSE(timeline.intervene(SetSysctl{"net.core.netdev_budget", 16}));
    EXPECT_EQ(timeline.end(), end) << "a setting makes nothing happen";
    const std::uint64_t after = hashHere(timeline);
    timeline.seek(Place{end, 0});
    EXPECT_EQ(hashHere(timeline), expected[end]);
    timeline.seek(0);
    timeline.seek(Place{end, 0});
    EXPECT_EQ(hashHere(timeline), expected[end]);
    timeline.seek(0);
    timeline.seek(end);
    EXPECT_EQ(hashHere(timeline), after);
}

TEST(Timeline, StepsForwardAsStepDoes) {
    const Start start = toyStart(60);
    const std::vector<std::uint64_t> expected = forwardHashes(start);
    Timeline timeline(start);
    for (int round = 0; round < 2; ++round) {  // the second time everything is known already
        timeline.seek(0);
        EXPECT_FALSE(timeline.event());
        Position p = 0;
        while (const std::optional<Event> event = timeline.stepForward()) {
            ASSERT_EQ(event->seq, ++p);
            ASSERT_EQ(timeline.event()->seq, p);
            ASSERT_EQ(hashHere(timeline), expected[p]) << "at position " << p;
        }
        EXPECT_EQ(p, expected.size() - 1);
    }
    EXPECT_TRUE(timeline.stepBack());
    EXPECT_EQ(hashHere(timeline), expected[expected.size() - 2]);
    timeline.seek(0);
    EXPECT_FALSE(timeline.stepBack());
}

TEST(Timeline, SeekBeyondTheEndStopsThere) {
    Timeline timeline(toyStart(10));
    const Position end = timeline.seek(1'000'000);
    EXPECT_EQ(end, timeline.position());
    EXPECT_EQ(timeline.end(), end);
    EXPECT_FALSE(timeline.stepForward());
    EXPECT_FALSE(timeline.event(end + 1));
    EXPECT_EQ(timeline.event(end)->seq, end);
}

TEST(Timeline, LooksElsewhereWithoutMoving) {
    const Start start = toyStart(50);
    const std::vector<std::uint64_t> expected = forwardHashes(start);
    Timeline timeline(start);
    timeline.seek(100);
    EXPECT_EQ(fingerprint(timeline.at(700), timeline.inputs()), expected[700]);
    EXPECT_EQ(fingerprint(timeline.at(3), timeline.inputs()), expected[3]);
    EXPECT_EQ(timeline.event(500)->seq, 500U);
    EXPECT_EQ(timeline.position(), 100U);
    EXPECT_EQ(hashHere(timeline), expected[100]);
}

TEST(Timeline, KeepsItsBudgetAndStaysExact) {
    const Start start = toyStart(60'000);
    TimelineOptions options;
    options.checkpoint_bytes = 600'000;
    options.log_bytes = 2U << 20;
    options.spacing = kChunkEvents;
    Timeline timeline(start, options);
    timeline.seek(~Position{0});
    ASSERT_GT(timeline.position(), 60 * kChunkEvents);
    EXPECT_LE(timeline.checkpointBytes(), options.checkpoint_bytes);
    EXPECT_GT(timeline.spacing(), options.spacing) << "the budget was meant to be too small for the first spacing";
    EXPECT_GT(timeline.checkpointCount(), 3U);
    World world = start.world;
    Event event;
    const Position end = timeline.position();
    for (Position p = 0; p < end; ++p) {
        step(world, *start.inputs, event);
        if (p % 40'009 != 0) continue;
        timeline.seek(p + 1);
        ASSERT_EQ(hashHere(timeline), fingerprint(world, *start.inputs)) << "at position " << p + 1;
        ASSERT_EQ(timeline.event()->time, event.time);
        ASSERT_LE(timeline.logBytes(), options.log_bytes);
    }
}

TEST(Timeline, WhatIsPlayedElsewhereIsThinnedLittleByLittle) {
    TimelineOptions options;
    options.spacing = kChunkEvents;
    options.checkpoint_bytes = 8'000'000;
    Timeline timeline(toyStart(300'000), options);
    Exploration elsewhere = timeline.exploration();
    std::size_t fewest = 0;
    while (!elsewhere.ended()) {
        const std::size_t before = timeline.checkpointCount();
        ASSERT_TRUE(timeline.adopt(elsewhere.run(20'000)));
        const std::size_t after = timeline.checkpointCount();
        if (before > after) fewest = std::max(fewest, before - after);
    }
    ASSERT_GT(timeline.spacing(), options.spacing);
    EXPECT_GT(fewest, 0U);
    EXPECT_LE(fewest, 16U) << "at one time";
    EXPECT_LE(timeline.checkpointBytes(), options.checkpoint_bytes) << "in the end";
    Timeline whole(toyStart(300'000));
    whole.seek(~Position{0});
    ASSERT_EQ(timeline.explored(), whole.explored());
    for (const Position at : {whole.explored(), whole.explored() / 2, whole.explored() / 3, Position{1}})
        EXPECT_EQ(fingerprint(timeline.at(at), timeline.inputs()), fingerprint(whole.at(at), whole.inputs())) << at;
}

TEST(Timeline, ExploringElsewhereIsTheSame) {
    const Start start = toyStart(20'000);
    Timeline timeline(start), plain(start);
    timeline.seek(5'000);
    Exploration worker = timeline.exploration();
    Findings first = worker.run(100'000);
    timeline.stepForward();
    Findings second = worker.run(~std::uint64_t{0});
    EXPECT_TRUE(timeline.adopt(std::move(first)));
    EXPECT_EQ(timeline.explored(), 105'000U);
    EXPECT_TRUE(timeline.adopt(std::move(second)));
    plain.seek(~Position{0});
    EXPECT_EQ(timeline.end(), plain.end());
    EXPECT_EQ(timeline.position(), 5'001U);
    ASSERT_EQ(timeline.chunkCount(), plain.chunkCount());
    for (std::size_t c = 0; c < plain.chunkCount(); ++c)
        ASSERT_EQ(timeline.summary(c), plain.summary(c)) << "chunk " << c;
    timeline.seek(200'000);
    plain.seek(200'000);
    EXPECT_EQ(hashHere(timeline), hashHere(plain));
}

TEST(Timeline, FindingsFromBeforeAnActAreNotTaken) {
    Timeline timeline(toyStart(2'000));
    timeline.seek(100);
    Exploration worker = timeline.exploration();
    Findings findings = worker.run(1'000);
    ASSERT_FALSE(timeline.intervene(SetSysctl{"net.core.netdev_budget", 16}));
    EXPECT_FALSE(timeline.adopt(std::move(findings)));
    EXPECT_EQ(timeline.explored(), 100U);
}

TEST(Timeline, StopTokenEndsASeek) {
    Timeline timeline(toyStart(20'000));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(timeline.seek(100'000, stop.get_token()), 0U);
    EXPECT_EQ(timeline.seek(100), 100U);
    const Found found =
        timeline.find(EventFilter::function(3), Direction::forward, 0, ~std::uint64_t{0}, stop.get_token());
    EXPECT_EQ(found.how, Found::How::stopped);
}

}  // namespace
}  // namespace ringside
