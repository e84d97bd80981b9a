#include <gtest/gtest.h>

#include <map>

#include "engine/history/timeline.h"
#include "engine/step/step.h"
#include "tests/support/hash_here.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

using test::hashHere;
using test::toyStart;
namespace toy = test::toy;

SetSysctl budget(std::int64_t value) { return {"net.core.netdev_budget", value}; }

TEST(Branches, ActingInThePastOpensOneAndKeepsTheOldFuture) {
    Timeline timeline(toyStart(100));
    timeline.seek(500);
    const std::uint64_t old_future = hashHere(timeline);
    timeline.seek(200);
    const std::uint64_t fork = hashHere(timeline);
    ASSERT_FALSE(timeline.intervene(budget(16)));
    EXPECT_EQ(timeline.branch(), 1U);
    EXPECT_EQ(timeline.position(), 200U);
    EXPECT_EQ(timeline.world().machine().sysctl->netdev_budget, 16U);
    timeline.seek(500);
    EXPECT_NE(hashHere(timeline), old_future);
    EXPECT_EQ(timeline.switchBranch(0, 500), 500U);
    EXPECT_EQ(hashHere(timeline), old_future);
    EXPECT_EQ(timeline.world().machine().sysctl->netdev_budget, 300U);

    timeline.switchBranch(1, 200);
    EXPECT_EQ(timeline.world().machine().sysctl->netdev_budget, 16U);
    EXPECT_EQ(timeline.seek(Place{200, 0}), (Place{200, 0}));
    EXPECT_EQ(hashHere(timeline), fork) << "before the act the branch is its parent";
    EXPECT_EQ(timeline.seek(150), 150U);
    EXPECT_EQ(timeline.world().machine().sysctl->netdev_budget, 300U);

    const std::vector<BranchInfo> branches = timeline.branches();
    ASSERT_EQ(branches.size(), 2U);
    EXPECT_EQ(branches[1].parent, BranchId{0});
    EXPECT_EQ(branches[1].fork, (Place{200, 0}));
    EXPECT_EQ(branches[1].label, "sysctl net.core.netdev_budget=16");
    EXPECT_EQ(branches[1].explored, 500U);
}

TEST(Branches, ActingAtTheFrontierGoesOnWithTheRun) {
    Timeline timeline(toyStart(100));
    timeline.seek(300);
    ASSERT_FALSE(timeline.intervene(budget(7)));
    ASSERT_FALSE(timeline.intervene(budget(8)));
    EXPECT_EQ(timeline.branch(), 0U);
    EXPECT_EQ(timeline.place(), (Place{300, 2}));
    timeline.seek(400);
    const std::uint64_t later = hashHere(timeline);
    timeline.seek(Place{300, 1});
    EXPECT_EQ(timeline.world().machine().sysctl->netdev_budget, 7U);
    timeline.stepForward();
    EXPECT_EQ(timeline.position(), 301U);
    EXPECT_EQ(timeline.world().machine().sysctl->netdev_budget, 8U) << "the second act is done on the way";
    timeline.seek(10);
    EXPECT_EQ(timeline.world().machine().sysctl->netdev_budget, 300U);
    timeline.seek(400);
    EXPECT_EQ(hashHere(timeline), later);
    ASSERT_EQ(timeline.journal().size(), 2U);
}

TEST(Branches, AnImpossibleActChangesNothing) {
    Timeline timeline(toyStart(100));
    timeline.seek(300);
    timeline.seek(100);
    const std::uint64_t before = hashHere(timeline);
    const auto error = timeline.intervene(SetSysctl{"net.core.nosuch", 1});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->message(),
              "sysctl: expected a setting that the model has (see the inspector's list), found \"net.core.nosuch\"");
    EXPECT_EQ(timeline.intervene(budget(-1))->message(),
              "sysctl net.core.netdev_budget: expected 0 to 4294967295, found -1");
    EXPECT_EQ(timeline.intervene(SetSysctl{"net.ipv4.ip_forward", 2})->found, "2");
    EXPECT_EQ(timeline.intervene(InjectFrame{{1, 2, 3}, 0})->found, "3 bytes");
    EXPECT_EQ(timeline.intervene(LabCall{99, {}, 0, 0})->expected, "a function of the table");
    const auto behindTheLast = static_cast<FunctionId>(toyStart(1).inputs->functions.size());
    EXPECT_EQ(timeline.intervene(LabCall{behindTheLast, {}, 0, 0})->expected, "a function of the table");
    EXPECT_EQ(timeline.intervene(LabCall{toy::touch.id, SkbId{4000}, 0, 0})->expected, "a living sk_buff");
    EXPECT_EQ(timeline.intervene(KillTask{4711})->found, "4711");
    EXPECT_EQ(timeline.branches().size(), 1U);
    EXPECT_TRUE(timeline.journal().empty());
    EXPECT_EQ(hashHere(timeline), before);
}

TEST(Branches, SummariesOfABranchAreItsOwn) {
    Timeline timeline(toyStart(5'000));
    timeline.seek(40'000);
    timeline.seek(20'000);
    ASSERT_FALSE(timeline.intervene(budget(1)));
    timeline.seek(30'000);
    ASSERT_EQ(timeline.chunkCount(), 2U);
    ChunkSummary second;
    for (Position p = kChunkEvents + 1; p <= 30'000; ++p) second.add(*timeline.event(p));
    EXPECT_EQ(timeline.summary(1), second);
    timeline.switchBranch(0, 0);
    EXPECT_EQ(timeline.chunkCount(), 3U);
}

TEST(LabCalls, RunAndUndo) {
    Timeline timeline(toyStart(0));
    EXPECT_EQ(timeline.end(), Position{0});
    ASSERT_FALSE(timeline.intervene(LabCall{toy::make.id, {}, 64, 0}));
    EXPECT_FALSE(timeline.end());
    EXPECT_TRUE(labCallActive(timeline.world()));
    EXPECT_TRUE(timeline.intervene(LabCall{toy::make.id, {}, 64, 0})) << "one call at a time";
    const Position first = timeline.finishLabCall();
    EXPECT_EQ(first, 2U);  // entered, one stage
    const std::optional<std::uint64_t> result = labCallResult(timeline.world());
    ASSERT_TRUE(result);
    const SkbId skb{static_cast<std::uint32_t>(*result)};
    ASSERT_TRUE(timeline.world().machine().skbs.live(skb));
    const std::uint64_t fresh = hashHere(timeline);

    ASSERT_FALSE(timeline.intervene(LabCall{toy::touch.id, skb, 42, 0}));
    const Position second = timeline.finishLabCall();
    EXPECT_EQ(timeline.world().machine().skbs[skb].len, 42U);
    timeline.seek(Place{first, 0});  // undo
    EXPECT_EQ(hashHere(timeline), fresh);
    EXPECT_EQ(timeline.world().machine().skbs[skb].len, 0U);
    timeline.seek(second);  // redo
    EXPECT_EQ(timeline.world().machine().skbs[skb].len, 42U);

    timeline.seek(Place{first, 0});
    ASSERT_FALSE(timeline.intervene(LabCall{toy::touch.id, skb, 300, 0}));  // another future
    timeline.finishLabCall();
    EXPECT_EQ(timeline.world().machine().oops, "value 300 is no byte");
    EXPECT_EQ(timeline.branches().size(), 2U);
    EXPECT_EQ(timeline.journal().size(), 2U);
    EXPECT_EQ(timeline.intervene(LabCall{toy::touch.id, skb, 1, 0})->found, "value 300 is no byte");
    timeline.seek(Place{first, 0});
    EXPECT_EQ(timeline.world().machine().oops, "");
}

TEST(LabCalls, AfterTheEndOfARunReplayExactly) {
    Timeline timeline(toyStart(30));
    const Position end = timeline.seek(~Position{0});
    const std::uint64_t settled = hashHere(timeline);
    ASSERT_FALSE(timeline.intervene(LabCall{toy::make.id, {}, 64, 1}));
    const Position done = timeline.finishLabCall(1);
    const std::uint64_t later = hashHere(timeline);
    timeline.seek(0);
    timeline.seek(done);
    EXPECT_EQ(hashHere(timeline), later);
    timeline.seek(Place{end, 0});
    EXPECT_EQ(hashHere(timeline), settled);
}

/// Random walks of steps, seeks, acts and changes of branch; each place seen must look the same whenever it is seen
/// again.
TEST(Branches, StormOfSeeksAndActs) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Rng rng{seed};
        TimelineOptions options;
        options.checkpoint_bytes = 300'000;
        options.log_bytes = 0;
        options.spacing = kChunkEvents;
        Timeline timeline(toyStart(3'000, 2, seed), options);
        std::map<std::tuple<BranchId, Position, std::uint32_t>, std::uint64_t> seen;
        for (int i = 0; i < 400; ++i) {
            switch (rng.below(8)) {
                case 0:
                case 1:
                    timeline.seek(rng.below(timeline.explored() + 1));
                    break;
                case 2:
                    timeline.seek(timeline.position() + rng.below(5'000));
                    break;
                case 3:
                    timeline.stepBack();
                    break;
                case 4:
                    for (int n = 0; n < 5; ++n) timeline.stepForward();
                    break;
                case 5:
                    if (timeline.branches().size() < 12) {
                        ASSERT_FALSE(timeline.intervene(budget(static_cast<std::int64_t>(rng.below(1'000)))));
                    }
                    break;
                case 6:
                    timeline.switchBranch(static_cast<BranchId>(rng.below(timeline.branches().size())),
                                          rng.below(60'000));
                    break;
                default:  // somewhere seen before
                    if (!seen.empty()) {
                        auto where = seen.begin();
                        std::advance(where, static_cast<std::ptrdiff_t>(rng.below(seen.size())));
                        const auto [branch, position, acts] = where->first;
                        timeline.switchBranch(branch, position);
                        ASSERT_EQ(timeline.seek(Place{position, acts}), (Place{position, acts}));
                        ASSERT_EQ(hashHere(timeline), where->second)
                            << "seed " << seed << ", branch " << branch << ", position " << position;
                    }
            }
            const auto key = std::tuple{timeline.branch(), timeline.position(), timeline.place().acts};
            const auto [where, fresh] = seen.emplace(key, hashHere(timeline));
            ASSERT_EQ(where->second, hashHere(timeline))
                << "seed " << seed << ", position " << timeline.position() << (fresh ? "" : " again");
            ASSERT_LE(timeline.checkpointBytes(), options.checkpoint_bytes);
            if (timeline.position()) {
                ASSERT_EQ(timeline.event()->seq, timeline.position());
            }
        }
        EXPECT_GT(timeline.branches().size(), 3U);
    }
}

}  // namespace
}  // namespace ringside
