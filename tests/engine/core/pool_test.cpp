#include "engine/core/pool.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "engine/core/rng.h"

namespace ringside {
namespace {

using ThingId = Id<struct Thing>;
using Things = Pool<int, ThingId, 4>;

TEST(Pool, AgreesWithAMap) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Rng rng{seed};
        Things pool;
        std::map<std::uint32_t, int> model;
        for (int i = 0; i < 500; ++i) {
            if (model.empty() || rng.below(5) < 3) {
                const ThingId id = pool.alloc();
                ASSERT_FALSE(model.contains(id.slot));
                ASSERT_EQ(pool[id], 0) << "a slot that was used is as new";
                pool.write(id) = i;
                model[id.slot] = i;
            } else {
                auto it = model.begin();
                std::advance(it, static_cast<std::ptrdiff_t>(rng.below(model.size())));
                pool.free(ThingId{it->first});
                ASSERT_FALSE(pool.live(ThingId{it->first}));
                model.erase(it);
            }
            ASSERT_EQ(pool.size(), model.size());
        }
        std::map<std::uint32_t, int> seen;
        std::as_const(pool).each([&](ThingId id, int value) { seen[id.slot] = value; });
        EXPECT_EQ(seen, model);
    }
}

TEST(Pool, LastFreedIsReusedFirst) {
    Things pool;
    const ThingId a = pool.alloc(), b = pool.alloc(), c = pool.alloc();
    pool.free(a);
    pool.free(c);
    EXPECT_EQ(pool.alloc(), c);
    EXPECT_EQ(pool.alloc(), a);
    EXPECT_EQ(pool.alloc().slot, 4U);
    EXPECT_TRUE(pool.live(b));
    EXPECT_FALSE(pool.live(ThingId{}));
    EXPECT_FALSE(pool.live(ThingId{999}));
}

TEST(Pool, CopiesGoTheirOwnWays) {
    Things pool;
    ThingId ids[10];
    for (int i = 0; i < 10; ++i) pool.write(ids[i] = pool.alloc()) = i;
    const Things before = pool;
    pool.write(ids[9]) = 90;
    pool.free(ids[0]);
    EXPECT_EQ(before[ids[9]], 9);
    EXPECT_TRUE(before.live(ids[0]));
    EXPECT_FALSE(pool.live(ids[0]));
}

TEST(Pool, BytesBeyondCountsTheChunksThatDiffer) {
    Things pool;
    ThingId ids[12];
    for (ThingId& id : ids) id = pool.alloc();  // three chunks of four
    const auto nothing = [](const int&, const int*) { return std::size_t{0}; };
    const Things before = pool;
    const std::size_t same = pool.bytesBeyond(&before, nothing);
    pool.write(ids[0]) = 1;
    const std::size_t one = pool.bytesBeyond(&before, nothing);
    pool.write(ids[11]) = 1;
    EXPECT_GT(one, same);
    EXPECT_EQ(pool.bytesBeyond(&before, nothing) - one, one - same);
    EXPECT_EQ(pool.bytesBeyond(nullptr, nothing) - same, 3 * (one - same));
    int visited = 0;
    static_cast<void>(pool.bytesBeyond(&before, [&](const int&, const int* old) {
        visited += old != nullptr;
        return std::size_t{0};
    }));
    EXPECT_EQ(visited, 8) << "only the values of the two chunks";
}

TEST(PoolDeathTest, AFreedSlotIsNotRead) {
    Things pool;
    const ThingId id = pool.alloc();
    pool.free(id);
    EXPECT_DEATH(static_cast<void>(std::as_const(pool)[id]), "c.live");
    EXPECT_DEATH(pool.free(id), "c.live");
    EXPECT_DEATH(static_cast<void>(pool.write(ThingId{})), "slot != 0");
}

}  // namespace
}  // namespace ringside
