#include "engine/core/cow.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "engine/core/bytes.h"

namespace ringside {
namespace {

/// Counts how many of it there are, and how often it was copied.
struct Counted {
    static inline int alive = 0, copies = 0;
    int value = 0;
    Counted() { ++alive; }
    Counted(const Counted& other) : value(other.value) {
        ++alive;
        ++copies;
    }
    Counted& operator=(const Counted&) = default;
    ~Counted() { --alive; }
};

TEST(Cow, CopiesOnlyWhenWrittenWhileShared) {
    Counted::copies = 0;
    {
        Cow<Counted> a;
        a.write().value = 1;
        EXPECT_EQ(Counted::copies, 0);
        Cow<Counted> b = a;
        EXPECT_TRUE(a.same(b));
        EXPECT_EQ(Counted::alive, 1);
        b.write().value = 2;
        EXPECT_EQ(Counted::copies, 1);
        EXPECT_FALSE(a.same(b));
        EXPECT_EQ(a->value, 1);
        EXPECT_EQ(b->value, 2);
        a.write().value = 3;
        EXPECT_EQ(Counted::copies, 1) << "alone again: no copy";
        a = b;
        EXPECT_EQ(a->value, 2);
        EXPECT_EQ(Counted::alive, 1);
        const Cow<Counted>& self = a;
        a = self;
        EXPECT_EQ(a->value, 2);
        Cow<Counted> taken = std::move(a);
        EXPECT_EQ(taken->value, 2);
    }
    EXPECT_EQ(Counted::alive, 0);
}

TEST(Cow, HandlesInSeveralThreads) {
    const Cow<std::vector<int>> origin(std::vector<int>(100, 7));
    std::vector<std::thread> threads;
    std::vector<int> sums(4);
    for (std::size_t t = 0; t < sums.size(); ++t) {
        threads.emplace_back([mine = origin, &sum = sums[t], t]() mutable {
            for (int i = 0; i < 1000; ++i) {
                Cow<std::vector<int>> kept = mine;
                mine.write()[static_cast<std::size_t>(i) % 100] += static_cast<int>(t);
            }
            for (const int v : *mine) sum += v;
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t t = 0; t < sums.size(); ++t) EXPECT_EQ(sums[t], 700 + 1000 * static_cast<int>(t));
    EXPECT_EQ((*origin)[0], 7);
}

TEST(Bytes, BlockIsSharedUntilWritten) {
    Bytes a(8);
    a.write(2, 2)[1] = 0xab;
    Bytes b = a;
    EXPECT_TRUE(a.same(b));
    b.write()[0] = 1;
    EXPECT_FALSE(a.same(b));
    EXPECT_EQ(a.read()[0], 0);
    EXPECT_EQ(b.read(3, 1)[0], 0xab);
    EXPECT_EQ(a.size(), 8U);
    EXPECT_EQ(Bytes().size(), 0U);
}

TEST(BytesDeathTest, OutsideIsABug) {
    Bytes a(8);
    EXPECT_DEATH(static_cast<void>(a.read(6, 3)), "offset \\+ length <= size\\(\\)");
    EXPECT_DEATH(static_cast<void>(a.write(9, 0)), "offset \\+ length <= size\\(\\)");
}

}  // namespace
}  // namespace ringside
