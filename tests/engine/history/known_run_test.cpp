// Searches in what is known of a run, held against a look at every position.

#include "engine/history/known_run.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>

#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

using test::toyStart;
namespace toy = test::toy;

/// How many sk_buffs live: it goes up and down all along a toy run.
std::uint64_t living(const World& world) { return world.machine().skbs.size(); }

/// Met where a number becomes more than `limit`.
Quarry rises(std::function<std::uint64_t(const World&)> number, std::uint64_t limit) {
    auto held = std::make_shared<bool>(false);
    Quarry quarry;
    quarry.every = true;
    quarry.begin = [held, number, limit](const World& w, const Event&) { *held = number(w) > limit; };
    quarry.sees = [held, number, limit](const World& w, const Event&) {
        const bool now = number(w) > limit;
        return !std::exchange(*held, now) && now;
    };
    return quarry;
}

class Known : public testing::Test {
  protected:
    explicit Known(std::uint32_t rounds = 6'000) : timeline(toyStart(rounds), options()) {
        timeline.seek(~Position{0});
    }
    static TimelineOptions options() {
        TimelineOptions o;
        o.spacing = kChunkEvents;
        return o;
    }
    /// Every position at which one of them is met, with the first that is.
    std::map<Position, std::size_t> all(const std::vector<Quarry>& quarries) {
        std::map<Position, std::size_t> met;
        timeline.seek(0);
        World before = timeline.world();
        while (const std::optional<Event> made = timeline.stepForward()) {
            const Position p = timeline.position();
            const World now = timeline.world();
            const Event event = *made;
            for (std::size_t i = 0; i < quarries.size() && !met.contains(p); ++i) {
                const Quarry& q = quarries[i];
                if (q.every) q.begin(before, event);
                if (q.every ? q.sees(now, event) : q.filter.matches(event) && (!q.sees || q.sees(now, event)))
                    met.emplace(p, i);
            }
            before = now;
        }
        return met;
    }
    void check(const std::vector<Quarry>& quarries, const std::vector<Position>& from, const char* what) {
        const auto met = all(quarries);
        const KnownRun known = timeline.known();
        for (const Position p : from) {
            const auto after = met.upper_bound(p);
            const Hit next = known.search(quarries, Direction::forward, p);
            ASSERT_EQ(next.how, after == met.end() ? Found::How::none : Found::How::found) << what << " after " << p;
            if (next) {
                ASSERT_EQ(next.position, after->first) << what << " after " << p;
                ASSERT_EQ(next.which, after->second) << what << " after " << p;
            }
            auto before = met.lower_bound(p);
            const Hit last = known.search(quarries, Direction::backward, p);
            ASSERT_EQ(last.how, before == met.begin() ? Found::How::none : Found::How::found)
                << what << " before " << p;
            if (last) {
                --before;
                ASSERT_EQ(last.position, before->first) << what << " before " << p;
                ASSERT_EQ(last.which, before->second) << what << " before " << p;
            }
        }
    }
    /// Places on both sides of checkpoints, of the ends, and of what is met.
    [[nodiscard]] std::vector<Position> places() const {
        const Position last = timeline.explored();
        std::vector<Position> all{0, 1, 2, last - 1, last, last + 5, last / 2};
        for (Position c = kChunkEvents; c < last; c += kChunkEvents)
            for (const Position by : {Position{0}, Position{1}, Position{2}}) all.push_back(c + by - 1);
        return all;
    }
    Timeline timeline;
};

TEST_F(Known, FindsWhatALookAtEveryPositionFinds) {
    ASSERT_GT(timeline.explored(), 3 * kChunkEvents);
    Quarry never;
    never.filter = EventFilter::function(toy::touch.id);
    Quarry drop;
    drop.filter.any_drop = true;
    Quarry late;
    late.filter.also = [](const Event& e) { return e.seq == kChunkEvents || e.seq == 2 * kChunkEvents + 1; };
    Quarry conditional;
    conditional.filter = EventFilter::function(toy::work.id);
    conditional.sees = [](const World& w, const Event&) { return living(w) % 7 == 3; };
    check({never}, places(), "never");
    check({drop}, places(), "drop");
    check({never, late}, places(), "beside a checkpoint");
    check({conditional}, places(), "a function, if");
    check({rises(living, 2)}, places(), "rises");
    check({rises(living, 100'000)}, places(), "rises never");
    check({late, rises(living, 2), conditional}, places(), "several");
}

TEST_F(Known, ThePlaceItselfIsNotMetAgain) {
    Quarry drop;
    drop.filter.any_drop = true;
    const KnownRun known = timeline.known();
    const std::vector<Quarry> quarries{drop};
    const Hit first = known.search(quarries, Direction::forward, 0);
    ASSERT_TRUE(first);
    const Hit second = known.search(quarries, Direction::forward, first.position);
    ASSERT_TRUE(second);
    EXPECT_GT(second.position, first.position);
    EXPECT_EQ(known.search(quarries, Direction::backward, second.position).position, first.position);
    EXPECT_EQ(known.search(quarries, Direction::backward, first.position).how, Found::How::none);
    EXPECT_EQ(known.search({}, Direction::forward, 0).how, Found::How::none);
}

class KnownBranch : public Known {
  protected:
    KnownBranch() : Known(300) {
        timeline.seek(700);
        EXPECT_FALSE(timeline.intervene(SetSysctl{"net.core.netdev_budget", 16}));
        timeline.seek(1'500);
        EXPECT_FALSE(timeline.intervene(SetSysctl{"net.core.netdev_budget", 400}));
        timeline.seek(~Position{0});
    }
};

TEST_F(KnownBranch, WhatWasDoneOnTheWayIsDone) {
    const auto budget = [](const World& w) { return std::uint64_t{w.machine().sysctl->netdev_budget}; };
    const std::vector<Position> from{0, 1, 699, 700, 701, 1'499, 1'500, 1'501, timeline.explored()};
    check({rises(budget, 300)}, from, "the second act");
    Quarry low;
    low.sees = [budget](const World& w, const Event&) { return budget(w) == 16; };
    check({low}, from, "between the acts");
    // at the position of an act the learner sees it done
    EXPECT_EQ(timeline.known().search(std::vector{low}, Direction::forward, 0).position, 700U);
}

TEST_F(Known, AStopIsObeyedAndTheWayIsTold) {
    std::stop_source source;
    std::vector<Position> told;
    const KnownRun known = timeline.known();
    const std::vector<Quarry> quarries{rises(living, 100'000)};
    const auto tell = [&](Position p) {
        told.push_back(p);
        if (told.size() == 2) source.request_stop();
    };
    const Hit hit = known.search(quarries, Direction::backward, timeline.explored(), source.get_token(), tell);
    EXPECT_EQ(hit.how, Found::How::stopped);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_GT(told[0], told[1]);
    // going on from where it stopped comes to the same as without a stop
    EXPECT_EQ(known.search(quarries, Direction::backward, hit.position).how, Found::How::none);
}

}  // namespace
}  // namespace ringside
