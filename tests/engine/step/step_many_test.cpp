// stepMany() is step() over and over, whatever the size of the batches and however the CPUs take turns.

#include <gtest/gtest.h>

#include "engine/step/step.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

TEST(StepMany, IsStepOverAndOver) {
    for (const CpuNo cpus : {CpuNo{1}, CpuNo{2}, CpuNo{3}, CpuNo{64}}) {
        for (const std::size_t batch : {1U, 2U, 7U, 256U}) {
            Start one = test::toyStart(40, cpus), many = one;
            std::vector<Event> events(batch);
            std::size_t n = 0, made = 0;
            do {
                made = stepMany(many.world, *many.inputs, events);
                for (std::size_t i = 0; i < made; ++i, ++n) {
                    Event event;
                    ASSERT_TRUE(step(one.world, *one.inputs, event));
                    ASSERT_EQ(event.seq, events[i].seq);
                    ASSERT_EQ(event.time, events[i].time);
                    ASSERT_EQ(event.cpu, events[i].cpu)
                        << cpus << " CPUs, batches of " << batch << ", event " << event.seq;
                    ASSERT_EQ(event.function, events[i].function);
                    ASSERT_EQ(event.stage, events[i].stage);
                    ASSERT_EQ(event.skb, events[i].skb);
                }
                if (made < batch) {
                    Event none;  // the end is found by trying, and what is left without an event is done then
                    ASSERT_FALSE(step(one.world, *one.inputs, none));
                }
                ASSERT_EQ(fingerprint(one.world, *one.inputs), fingerprint(many.world, *many.inputs)) << "after " << n;
            } while (made == batch);
            EXPECT_GT(n, 300U);
        }
    }
}

TEST(StepMany, GoesOnWithACopy) {
    Start start = test::toyStart(200);
    std::vector<Event> events(100);
    stepMany(start.world, *start.inputs, events);
    const World kept = start.world;
    const std::uint64_t before = worldHash(kept, *start.inputs);
    stepMany(start.world, *start.inputs, events);
    EXPECT_EQ(worldHash(kept, *start.inputs), before) << "a copy taken between batches is not written to";
    World again = kept;
    stepMany(again, *start.inputs, events);
    EXPECT_EQ(worldHash(again, *start.inputs), worldHash(start.world, *start.inputs));
}

TEST(Stepper, BatchesOfOneStepperAreStepByStepToo) {
    for (const CpuNo cpus : {CpuNo{1}, CpuNo{2}, CpuNo{70}}) {  // more than a word has bits
        Start one = test::toyStart(20, cpus), many = test::toyStart(20, cpus);
        Stepper stepper(many.world, *many.inputs);
        std::vector<Event> events(7);
        Event event;
        std::size_t made = 0;
        do {
            made = stepper.many(events);
            for (std::size_t i = 0; i < made; ++i) {
                ASSERT_TRUE(step(one.world, *one.inputs, event));
                ASSERT_EQ(event.time, events[i].time);
                ASSERT_EQ(event.cpu, events[i].cpu);
                ASSERT_EQ(event.function, events[i].function);
            }
        } while (made == events.size());
        EXPECT_FALSE(step(one.world, *one.inputs, event));
        EXPECT_EQ(worldHash(one.world, *one.inputs), worldHash(many.world, *many.inputs)) << cpus << " CPUs";
        EXPECT_GT(one.world.position, 100U * cpus);
    }
}

}  // namespace
}  // namespace ringside
