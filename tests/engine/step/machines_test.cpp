// Several machines in one World: their CPUs take turns by time, their events say whose they are, and what one does
// leaves the other alone.

#include <gtest/gtest.h>

#include "engine/step/step.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

TEST(Machines, TwoStepDeterministically) {
    Start one = test::toyStart(40, 2, 1, 2), other = one;
    ASSERT_EQ(one.world.clock.size(), 4U);
    std::vector<Event> events(64);
    std::array<std::uint64_t, 2> seen{};
    std::size_t made = 0;
    do {
        made = stepMany(one.world, *one.inputs, events);
        for (std::size_t i = 0; i < made; ++i) {
            Event event;
            ASSERT_TRUE(step(other.world, *other.inputs, event));
            ASSERT_EQ(event.machine, events[i].machine);
            ASSERT_EQ(event.cpu, events[i].cpu);
            ASSERT_LT(event.cpu, 2U) << "numbered within its machine";
            ASSERT_EQ(event.time, events[i].time);
            ASSERT_TRUE(other.world.machine(event.machine).tasks.live(event.task));
            ++seen[event.machine];
        }
        Event none;  // the end is found by trying
        if (made < events.size()) {
            ASSERT_FALSE(step(other.world, *other.inputs, none));
        }
        ASSERT_EQ(worldHash(one.world, *one.inputs), worldHash(other.world, *other.inputs));
    } while (made == events.size());
    EXPECT_GT(seen[0], 300U);
    EXPECT_EQ(seen[0], seen[1]) << "both ran the same program";
}

TEST(Machines, KeepTheirOwnState) {
    Start both = test::toyStart(20, 1, 1, 2);
    both.world.machine(1).tasks.write(TaskId{1}).loops[0] = 0;  // the second has nothing to do
    Event event;
    while (step(both.world, *both.inputs, event)) {
    }
    EXPECT_GT(both.world.machine(0).next_skb_id, 1U);
    EXPECT_EQ(both.world.machine(1).next_skb_id, 1U) << "serials of sk_buffs count in their machine";
    EXPECT_EQ(both.world.machine(1).skbs.top(), 0U);
}

TEST(Machines, APanicStopsOne) {
    Start both = test::toyStart(40, 2, 1, 2);
    Event event;
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(step(both.world, *both.inputs, event));
    Machine& broken = both.world.machine(1);
    broken.oops = "BUG";
    for (CpuNo n = 0; n < 2; ++n) both.world.clock.set(broken.first_cpu + n, kNever);
    EXPECT_FALSE(both.world.stopped());
    std::uint64_t others = 0;
    while (step(both.world, *both.inputs, event)) {
        ASSERT_EQ(event.machine, 0U);
        ++others;
    }
    EXPECT_GT(others, 300U);
    both.world.machine(0).oops = "BUG";
    EXPECT_TRUE(both.world.stopped());
    EXPECT_EQ(firstChoice(both.world), Choice{});
}

TEST(Machines, MoreThan64CpusTakeTurns) {
    Start one = test::toyStart(6, 70), many = one;
    std::vector<Event> events(50);
    std::uint64_t high = 0;
    std::size_t made = 0;
    do {
        made = stepMany(many.world, *many.inputs, events);
        for (std::size_t i = 0; i < made; ++i) {
            Event event;
            ASSERT_TRUE(step(one.world, *one.inputs, event));
            ASSERT_EQ(event.cpu, events[i].cpu);
            high += event.cpu >= 64;
        }
        Event none;
        if (made < events.size()) {
            ASSERT_FALSE(step(one.world, *one.inputs, none));
        }
        ASSERT_EQ(worldHash(one.world, *one.inputs), worldHash(many.world, *many.inputs));
    } while (made == events.size());
    EXPECT_GT(high, 100U);
}

}  // namespace
}  // namespace ringside
