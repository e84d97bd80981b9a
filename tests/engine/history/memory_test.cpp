// The byte budget is of real bytes: what checkpoints are said to hold is held against what the allocator gave out.

#include <gtest/gtest.h>
#include <malloc.h>

#include "engine/history/footprint.h"
#include "engine/history/timeline.h"
#include "engine/step/step.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kOwnAllocator = false;  // a sanitizer's allocator does not tell
#else
constexpr bool kOwnAllocator = true;
#endif

std::size_t allocated() { return mallinfo2().uordblks; }

TEST(Memory, AWorldsBytesAreThoseOfTheAllocator) {
    if (!kOwnAllocator) GTEST_SKIP() << "the sanitizer's allocator is in use";
    Start start = test::toyStart(100'000);
    Event event;
    for (int i = 0; i < 5'000; ++i) step(start.world, *start.inputs, event);
    // copies that each share with the one before, as checkpoints do
    const std::size_t before = allocated();
    std::vector<World> copies;
    copies.reserve(101);
    std::size_t said = 0;
    for (int i = 0; i < 100; ++i) {
        said += bytesBeyond(start.world, copies.empty() ? nullptr : &copies.back());
        copies.push_back(start.world);
        for (int n = 0; n < 3'000; ++n) step(start.world, *start.inputs, event);
    }
    const std::size_t fates = 300'000 / 14 * sizeof(PacketFate);  // the log grows whether copies are kept or not
    const double held = static_cast<double>(allocated() - before - fates);
    EXPECT_NEAR(static_cast<double>(said) / held, 1.0, 0.2) << said << " said, " << held << " held";
}

TEST(Memory, DroppedCheckpointsAreMeasuredAgain) {
    if (!kOwnAllocator) GTEST_SKIP() << "the sanitizer's allocator is in use";
    TimelineOptions options;
    options.spacing = kChunkEvents;
    options.checkpoint_bytes = 2'500'000;
    const std::size_t before = allocated();
    Timeline timeline(test::toyStart(200'000), options);
    timeline.seek(~Position{0});
    ASSERT_GT(timeline.spacing(), options.spacing);
    const double fates = static_cast<double>(timeline.world().fates.size() * sizeof(PacketFate));
    const double summaries = static_cast<double>(timeline.chunkCount() * sizeof(ChunkSummary));
    const double held = static_cast<double>(allocated() - before) - fates - 2 * summaries;
    EXPECT_LE(timeline.checkpointBytes(), options.checkpoint_bytes);
    EXPECT_GT(static_cast<double>(timeline.checkpointBytes()), 0.65 * held) << held << " bytes are held";
}

}  // namespace
}  // namespace ringside
