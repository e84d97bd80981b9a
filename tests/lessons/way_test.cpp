// The way from one moment to a later one: short, bounded, and along what can be seen.

#include "lessons/way.h"

#include <gtest/gtest.h>

#include "lessons/catalog.h"
#include "lessons/player.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

class WayTest : public ::testing::Test {
  protected:
    WayTest()
        : lesson(std::make_shared<const Lesson>(*openLesson("wire-to-recvfrom", catalogFolder(sourceDir())))),
          timeline(*lesson->scenario.start()),
          run(timeline),
          player(lesson, run) {}
    std::shared_ptr<const Lesson> lesson;
    Timeline timeline;
    TimelineRun run;
    Player player;
};

TEST_F(WayTest, EveryStepOfALessonIsTravelledWithinBounds) {
    for (std::size_t i = 1; i < player.stepCount(); ++i) {
        const Position from = *player.moment(i - 1), to = *player.moment(i);
        const std::vector<WayStop> way = planWay(run, from, to);
        ASSERT_FALSE(way.empty());
        EXPECT_EQ(way.back().position, to);
        EXPECT_EQ(way.back().ms, 0) << "the reader decides how long it stays";
        EXPECT_LE(way.size(), 25U);
        int total = 0;
        Position before = from;
        for (const WayStop& stop : way) {
            EXPECT_GT(stop.position, before) << lesson->steps[i].id;
            before = stop.position;
            total += stop.ms;
        }
        EXPECT_LE(total, 2400) << lesson->steps[i].id;
        EXPECT_GT(way.size(), to - from > 10 ? 4U : 0U) << lesson->steps[i].id << " is travelled";
    }
}

TEST_F(WayTest, TooManyStopsAreSpreadAndTimeIsNotPressed) {
    const Position from = *player.moment(1), to = *player.moment(12);
    const std::vector<WayStop> two =
        planWay(run, from, to, {.stops = 2, .total_ms = 1000, .least_ms = 60, .most_ms = 240});
    ASSERT_EQ(two.size(), 3U);
    EXPECT_EQ(two[0].ms, 240) << "no longer than a stop may last";
    const std::vector<WayStop> hurried =
        planWay(run, from, to, {.stops = 24, .total_ms = 300, .least_ms = 60, .most_ms = 240});
    EXPECT_EQ(hurried.size(), 6U) << "five stops of 60 ms, and the target";
    EXPECT_EQ(planWay(run, from, to, {.stops = 24, .total_ms = 0, .least_ms = 60, .most_ms = 240}).size(), 1U);
}

TEST_F(WayTest, BackAndNextDoorAreNoWay) {
    const Position at = *player.moment(3);
    for (const Position to : {at, at + 1, at - 5}) {
        const std::vector<WayStop> way = planWay(run, at, to);
        ASSERT_EQ(way.size(), 1U);
        EXPECT_EQ(way[0].position, to);
    }
    EXPECT_LE(planWay(run, at, at + 2).size(), 2U);
}

TEST_F(WayTest, FromTheStartAndBeyondTheEnd) {
    const std::vector<WayStop> way = planWay(run, 0, 50);
    EXPECT_EQ(way.back().position, 50U);
    const std::vector<WayStop> beyond = planWay(run, 0, 100'000);
    EXPECT_LE(beyond.size(), 25U);
    for (std::size_t i = 0; i + 1 < beyond.size(); ++i) EXPECT_LE(beyond[i].position, 625U) << "the run has no more";
}

}  // namespace
}  // namespace ringside
