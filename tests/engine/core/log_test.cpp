#include "engine/core/log.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "engine/core/rng.h"

namespace ringside {
namespace {

using Lines = Log<int, 8>;

std::vector<int> all(const Lines& log, std::uint64_t first = 0) {
    std::vector<int> list;
    log.each([&](int item) { list.push_back(item); }, first);
    return list;
}

/// Several logs that are copied from one another and appended to, each beside a plain vector.
TEST(Log, CopiesAgreeWithVectors) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Rng rng{seed};
        std::vector<Lines> logs(4);
        std::vector<std::vector<int>> models(4);
        for (int i = 0; i < 2'000; ++i) {
            const std::size_t a = rng.below(4), b = rng.below(4);
            if (rng.below(20) == 0) {
                logs[a] = logs[b];
                models[a] = models[b];
            } else {
                logs[a].append(i);
                models[a].push_back(i);
            }
        }
        for (std::size_t n = 0; n < logs.size(); ++n) {
            ASSERT_EQ(logs[n].size(), models[n].size());
            ASSERT_EQ(all(logs[n]), models[n]);
            if (models[n].empty()) continue;
            const std::size_t at = rng.below(models[n].size());
            ASSERT_EQ(logs[n][at], models[n][at]);
            ASSERT_EQ(logs[n].fromEnd(at), models[n][models[n].size() - 1 - at]);
            ASSERT_EQ(all(logs[n], at),
                      std::vector<int>(models[n].begin() + static_cast<std::ptrdiff_t>(at), models[n].end()));
        }
    }
}

TEST(Log, AVeryLongOneIsFreedWithoutDeepRecursion) {
    Log<int, 1> log, other;
    for (int i = 0; i < 2'000'000; ++i) log.append(i);
    other = log;
    log = {};
    EXPECT_EQ(other.size(), 2'000'000U);
    other = Log<int, 1>{};  // by assignment: the path that a plain chain of smart pointers recurses on
    EXPECT_EQ(other.size(), 0U);
}

TEST(Log, MovedFromIsEmpty) {
    Lines a;
    a.append(1);
    Lines b = std::move(a);
    EXPECT_EQ(b.size(), 1U);
    EXPECT_EQ(a.size(), 0U);  // NOLINT(bugprone-use-after-move): what it promises
    a.append(2);
    EXPECT_EQ(all(a), std::vector<int>{2});
    EXPECT_EQ(all(b), std::vector<int>{1});
}

TEST(Log, CopiesInSeveralThreads) {
    Lines origin;
    for (int i = 0; i < 20; ++i) origin.append(i);
    std::vector<std::thread> threads;
    std::vector<std::uint64_t> sizes(4);
    for (std::size_t t = 0; t < sizes.size(); ++t) {
        threads.emplace_back([mine = origin, &size = sizes[t]]() mutable {
            for (int i = 0; i < 1'000; ++i) {
                const Lines kept = mine;
                mine.append(i);
            }
            size = mine.size();
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::uint64_t size : sizes) EXPECT_EQ(size, 1'020U);
    EXPECT_EQ(origin.size(), 20U);
}

}  // namespace
}  // namespace ringside
