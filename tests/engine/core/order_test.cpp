// The two containers that decide what happens next: agenda and clock.

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/core/agenda.h"
#include "engine/core/min_tree.h"
#include "engine/core/rng.h"
#if __has_include(<rapidcheck/gtest.h>)
#include <rapidcheck/gtest.h>
#endif

namespace ringside {
namespace {

TEST(Agenda, EqualTimesKeepTheirOrder) {
    Rng rng{5};
    Agenda agenda;
    std::vector<std::pair<Time, std::uint32_t>> expected;
    for (std::uint32_t i = 0; i < 1'000; ++i) {
        const Time time = static_cast<Time>(rng.below(10));
        agenda.add(time, Due::clock_event, 0, i, 0, 0);
        expected.emplace_back(time, i);
    }
    std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    const std::vector<AgendaItem> sorted = agenda.sorted();
    for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_EQ(agenda.nextTime(), expected[i].first);
        ASSERT_EQ(sorted[i].arg, expected[i].second);
        ASSERT_EQ(agenda.pop().arg, expected[i].second);
    }
    EXPECT_TRUE(agenda.empty());
    EXPECT_EQ(agenda.nextTime(), kNever);
}

TEST(MinTree, TiesGoToTheLowerIndex) {
    MinTree tree(5);
    EXPECT_EQ(tree.minKey(), kNever);
    tree.set(3, 10);
    EXPECT_EQ(tree.min(), 3);
    tree.set(1, 10);
    EXPECT_EQ(tree.min(), 1);
    tree.set(4, 9);
    EXPECT_EQ(tree.min(), 4);
    tree.set(4, kNever);
    EXPECT_EQ(tree.min(), 1);
    EXPECT_EQ(tree.key(3), 10);
    EXPECT_EQ(tree.size(), 5U);
    MinTree one(1);
    one.set(0, 4);
    EXPECT_EQ(one.min(), 0);
    EXPECT_EQ(one.minKey(), 4);
}

TEST(MinTree, AgreesWithALookAtAll) {
    for (const std::size_t n : {1U, 2U, 3U, 7U, 8U, 64U}) {
        Rng rng{n};
        MinTree tree(n);
        std::vector<Time> keys(n, kNever);
        for (int i = 0; i < 2'000; ++i) {
            const std::size_t at = rng.below(n);
            const Time key = rng.below(6) == 0 ? kNever : static_cast<Time>(rng.below(20));
            std::vector<Time> wanted = keys;
            wanted[at] = key;
            ASSERT_EQ(tree.wouldLead(at, key), std::min_element(wanted.begin(), wanted.end()) - wanted.begin() ==
                                                   static_cast<std::ptrdiff_t>(at));
            keys[at] = key;
            tree.set(at, keys[at]);
            const auto least = std::min_element(keys.begin(), keys.end());
            ASSERT_EQ(tree.minKey(), *least);
            if (*least != kNever) {
                ASSERT_EQ(tree.min(), least - keys.begin());
            }
        }
    }
}

#if __has_include(<rapidcheck/gtest.h>)
RC_GTEST_PROP(AgendaProperty, ComesOutInOrderOfTimeThenInsertion,
              (const std::vector<std::pair<std::uint8_t, bool>>& work)) {
    Agenda agenda;
    std::vector<AgendaItem> model;
    std::uint32_t n = 0;
    for (const auto& [time, take] : work) {
        if (take && !agenda.empty()) {
            const auto least =
                std::min_element(model.begin(), model.end(), [](const auto& a, const auto& b) { return a.before(b); });
            RC_ASSERT(agenda.pop().arg == least->arg);
            model.erase(least);
        } else {
            agenda.add(time, Due::clock_event, 0, n, 0, 0);
            AgendaItem item;
            item.time = time;
            item.seq = item.arg = n++;
            model.push_back(item);
        }
        RC_ASSERT(agenda.size() == model.size());
    }
}
#endif

}  // namespace
}  // namespace ringside
