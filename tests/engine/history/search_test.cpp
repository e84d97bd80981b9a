#include <gtest/gtest.h>

#include "engine/history/timeline.h"
#include "engine/step/step.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

using test::toyStart;
namespace toy = test::toy;

std::vector<Event> allEvents(const Start& start) {
    World world = start.world;
    std::vector<Event> events;
    Event event;
    while (step(world, *start.inputs, event)) events.push_back(event);
    return events;
}

TimelineOptions smallLog() {
    TimelineOptions options;
    options.log_bytes = 0;  // the least there is: two chunks
    options.spacing = kChunkEvents;
    return options;
}

class Search : public testing::Test {
  protected:
    Start start = toyStart(10'000);
    std::vector<Event> events = allEvents(start);
    Timeline timeline{start, smallLog()};

    /// What find() must say, looked up in the whole list.
    std::optional<Position> expected(const EventFilter& filter, Direction direction, Position from) {
        if (direction == Direction::forward) {
            for (Position seq = from + 1; seq <= events.size(); ++seq) {
                if (filter.matches(events[seq - 1])) return seq;
            }
        } else {
            for (Position seq = std::min<Position>(from, events.size() + 1); seq-- > 1;) {
                if (filter.matches(events[seq - 1])) return seq;
            }
        }
        return std::nullopt;
    }
    void check(const EventFilter& filter, const char* what) {
        Rng rng{7};
        for (int i = 0; i < 12; ++i) {
            const Position from = rng.below(events.size() + 10);
            for (const Direction direction : {Direction::forward, Direction::backward}) {
                const Found found = timeline.find(filter, direction, from);
                const auto want = expected(filter, direction, from);
                ASSERT_EQ(static_cast<bool>(found), want.has_value()) << what << " from " << from;
                if (want) {
                    ASSERT_EQ(found.position, *want) << what << " from " << from;
                }
                if (!want) {
                    ASSERT_EQ(found.how, Found::How::none);
                }
            }
        }
    }
};

TEST_F(Search, FindsWhatTheWholeListHas) {
    ASSERT_GT(events.size(), 10 * kChunkEvents);
    check(EventFilter::function(toy::work.id), "function");
    check(EventFilter::function(toy::touch.id), "a function that never runs");
    EventFilter drop;
    drop.any_drop = true;
    check(drop, "any drop");
    EventFilter reason;
    reason.drop = Drop::NO_SOCKET;
    check(reason, "a reason");
    EventFilter packet;
    packet.packet = events[events.size() / 2].packet ? events[events.size() / 2].packet : 500;
    check(packet, "packet");
    EventFilter cpu;
    cpu.cpu = 1;
    cpu.kind = EventKind::enter;
    check(cpu, "CPU and kind");
    EventFilter stage = EventFilter::function(toy::work.id);
    stage.stage = 2;
    check(stage, "stage");
    EventFilter at_checkpoint;
    at_checkpoint.also = [](const Event& e) { return e.seq == 4 * kChunkEvents || e.seq == 7 * kChunkEvents + 1; };
    check(at_checkpoint, "the events on both sides of a checkpoint");
    EventFilter rare;
    const Time last = events.back().time;
    rare.also = [last](const Event& e) { return e.time > last - 1000 || e.seq == 5; };
    check(rare, "predicate");
}

TEST_F(Search, ASummaryNeverHidesAnEvent) {
    ChunkSummary chunk;
    for (Position p = 1'000; p < 1'300; ++p) chunk.add(events[p]);
    int impossible = 0;
    for (Position p = 1'000; p < 1'300; ++p) {
        const Event& e = events[p];
        std::vector<EventFilter> filters(9);
        filters[0] = EventFilter::function(e.function);
        filters[1].cpu = e.cpu;
        filters[2].kind = e.kind;
        filters[3].context = e.context;
        filters[4].task = e.task;
        filters[5].packet = e.packet;
        filters[6].skb = e.skb;
        filters[7].drop = e.drop;
        filters[8].tracepoint = e.tracepoint;
        for (std::size_t i = 0; i < filters.size(); ++i) {
            ASSERT_TRUE(filters[i].matches(e)) << "filter " << i;
            ASSERT_TRUE(filters[i].possible(chunk)) << "filter " << i << ", event " << p;
        }
        EventFilter elsewhere;
        elsewhere.packet = events[p + 5'000].packet;
        impossible += !elsewhere.possible(chunk);
    }
    EXPECT_GT(impossible, 0) << "a summary that allows everything is of no use";
    EXPECT_FALSE(EventFilter{}.possible(ChunkSummary{}));
}

TEST_F(Search, EventsAreTheSameInAnyOrder) {
    timeline.seek(~Position{0});
    Rng rng{3};
    for (int i = 0; i < 200; ++i) {
        const Position p = 1 + rng.below(events.size());
        const Event event = *timeline.event(p);
        ASSERT_EQ(event.seq, p);
        ASSERT_EQ(event.time, events[p - 1].time);
        ASSERT_EQ(event.function, events[p - 1].function);
        ASSERT_EQ(event.skb, events[p - 1].skb);
        ASSERT_EQ(event.cause, events[p - 1].cause);
    }
    EXPECT_LE(timeline.logBytes(), 2 * kChunkEvents * sizeof(Event));
}

TEST_F(Search, SummariesAreThoseOfTheEvents) {
    // a part by steps, a part in slices, the rest by a seek: the summaries must not tell
    for (int i = 0; i < 20'000; ++i) timeline.stepForward();
    while (timeline.explored() < 90'000) timeline.explore(777);
    timeline.seek(~Position{0});
    ASSERT_EQ(timeline.chunkCount(), (events.size() + kChunkEvents - 1) / kChunkEvents);
    for (std::size_t c = 0; c < timeline.chunkCount(); ++c) {
        ChunkSummary summary;
        for (Position p = c * kChunkEvents; p < events.size() && p < (c + 1) * kChunkEvents; ++p)
            summary.add(events[p]);
        ASSERT_EQ(timeline.summary(c), summary) << "chunk " << c;
    }
}

TEST_F(Search, MatchesOfAChunk) {
    timeline.seek(~Position{0});
    EventFilter filter;
    filter.any_drop = true;
    std::vector<Position> want, have;
    for (const Event& e : events) {
        if (filter.matches(e)) want.push_back(e.seq);
    }
    for (std::size_t c = 0; c < timeline.chunkCount(); ++c) {
        const std::vector<Position> part = timeline.matches(c, filter);
        have.insert(have.end(), part.begin(), part.end());
    }
    ASSERT_FALSE(want.empty());
    EXPECT_EQ(have, want);
}

TEST_F(Search, BudgetStopsASearch) {
    const Found found = timeline.find(EventFilter::function(toy::touch.id), Direction::forward, 0, 5'000);
    EXPECT_EQ(found.how, Found::How::stopped);
    EXPECT_EQ(timeline.explored(), 5'000U);
    EXPECT_EQ(found.position, 5'000U);
}

}  // namespace
}  // namespace ringside
