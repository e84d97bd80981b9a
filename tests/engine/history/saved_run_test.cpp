// A run as a value: made again it is the same, and one that cannot be made again says why.

#include "engine/history/saved_run.h"

#include <gtest/gtest.h>

#include "tests/support/hash_here.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

using test::hashHere;
using test::toyStart;
namespace toy = test::toy;

SetSysctl allowed(std::int64_t value) { return {"net.core.netdev_budget", value}; }

/// Acts at the frontier, two branches from the original run, one of them with a branch of its own; the learner stands
/// on the second.
Timeline busyRun() {
    Timeline timeline(toyStart(100));
    timeline.seek(300);
    EXPECT_FALSE(timeline.intervene(allowed(100)));
    EXPECT_FALSE(timeline.intervene(allowed(90)));
    timeline.seek(600);
    timeline.seek(200);
    EXPECT_FALSE(timeline.intervene(allowed(16)));  // branch 1
    timeline.seek(450);
    EXPECT_FALSE(timeline.intervene(allowed(17)));
    timeline.seek(500);
    timeline.seek(250);
    EXPECT_FALSE(timeline.intervene(allowed(15)));  // branch 2, of 1
    timeline.switchBranch(0, 600);
    timeline.seek(Place{300, 1});
    EXPECT_FALSE(timeline.intervene(allowed(8)));  // branch 3, between the two acts
    EXPECT_EQ(timeline.branches().size(), 4U);
    timeline.renameBranch(2, "mine");
    timeline.switchBranch(1, 460);
    return timeline;
}

TEST(SavedRun, IsMadeAgainWithItsBranches) {
    Timeline timeline = busyRun();
    const SavedRun saved = saveRun(timeline);
    ASSERT_EQ(saved.branches.size(), 4U);
    EXPECT_EQ(saved.branches[0].acts.size(), 2U);
    EXPECT_EQ(saved.branches[1].acts.size(), 2U) << "its own acts, not its parent's";
    EXPECT_EQ(saved.branches[2].parent, 1U);
    EXPECT_EQ(saved.branches[3].acts.size(), 1U);

    Timeline again(toyStart(100));
    ASSERT_FALSE(restoreRun(again, saved));
    EXPECT_EQ(hashHere(again), saved.fingerprint);
    EXPECT_EQ(again.place(), timeline.place());
    EXPECT_EQ(saveRun(again), saved) << "saved once more it is the same";
    EXPECT_EQ(again.branches()[2].label, "mine");
    for (BranchId id = 0; id < 4; ++id) {
        EXPECT_EQ(again.journal(id), timeline.journal(id)) << id;
        EXPECT_EQ(again.branches()[id].fork, timeline.branches()[id].fork) << id;
        again.switchBranch(id, 400);
        again.seek(400);
        timeline.switchBranch(id, 400);
        timeline.seek(400);
        EXPECT_EQ(hashHere(again), hashHere(timeline)) << id;
    }
}

TEST(SavedRun, APlaceBetweenTwoActsIsKept) {
    Timeline timeline = busyRun();
    timeline.switchBranch(0, 600);
    timeline.seek(Place{300, 1});
    const SavedRun saved = saveRun(timeline);
    Timeline again(toyStart(100));
    ASSERT_FALSE(restoreRun(again, saved));
    EXPECT_EQ(again.place(), (Place{300, 1}));
}

TEST(SavedRun, ActsAtTheEndOfARunAreDoneThere) {
    Timeline timeline(toyStart(3));
    timeline.seek(100'000);
    ASSERT_TRUE(timeline.end());
    ASSERT_FALSE(timeline.intervene(LabCall{toy::k_make, {}, 64, 0}));
    ASSERT_TRUE(timeline.journal().back().after_end);
    timeline.finishLabCall();
    const SavedRun saved = saveRun(timeline);
    Timeline again(toyStart(3));
    ASSERT_FALSE(restoreRun(again, saved));
    EXPECT_EQ(hashHere(again), hashHere(timeline));
    EXPECT_EQ(again.branches().size(), 1U);
}

TEST(SavedRun, WhatTheInputDidItselfIsNotDoneTwice) {
    const auto begun = [] {
        Timeline timeline(toyStart(100));
        timeline.seek(50);
        EXPECT_FALSE(timeline.intervene(allowed(5)));
        return timeline;
    };
    Timeline timeline = begun();
    timeline.seek(90);
    EXPECT_FALSE(timeline.intervene(allowed(6)));
    const SavedRun saved = saveRun(timeline);
    Timeline again = begun();
    ASSERT_FALSE(restoreRun(again, saved));
    EXPECT_EQ(again.journal().size(), 2U);
    EXPECT_EQ(hashHere(again), saved.fingerprint);
}

TEST(SavedRun, SaysWhyItCannotBeMadeAgain) {
    Timeline timeline = busyRun();
    const SavedRun saved = saveRun(timeline);
    const auto why = [](const SavedRun& of) {
        Timeline again(toyStart(100));
        return restoreRun(again, of);
    };
    SavedRun wrong = saved;
    ++wrong.inputs;
    EXPECT_EQ(why(wrong), NotRestored::other_input);
    wrong = saved;
    wrong.branches[1].acts[0].what = SetSysctl{"net.core.nosuch", 1};
    EXPECT_EQ(why(wrong), NotRestored::refused);
    wrong = saved;
    wrong.branches[2].parent = 2;
    EXPECT_EQ(why(wrong), NotRestored::refused);
    wrong = saved;
    wrong.branch = 4;
    EXPECT_EQ(why(wrong), NotRestored::refused);
    wrong = saved;
    wrong.branches[1].acts.clear();
    EXPECT_EQ(why(wrong), NotRestored::refused);
    wrong = saved;
    ++wrong.fingerprint;
    EXPECT_EQ(why(wrong), NotRestored::elsewhere);
    wrong = saved;
    ++wrong.place.position;
    EXPECT_EQ(why(wrong), NotRestored::elsewhere);
    wrong = saved;
    wrong.branches[3].acts[0].at = {300, 2};
    EXPECT_EQ(why(wrong), std::nullopt) << "after both acts is a place too, whatever comes of it";
}

}  // namespace
}  // namespace ringside
