// Wait queues that stand in no other noun: who waits in one is woken by that one alone.
#include <gtest/gtest.h>

#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

TEST(WaitQueues, TwoThatStandByThemselvesWakeTheirOwn) {
    NetMachine m;
    m.addReader("first", 0, 5000, 1);
    m.addReader("second", 0, 5001, 1);
    m.start();
    m.runUntil(kMillisecond);
    ringside::Machine& machine = m.world.machine();
    const auto asleep = [&](TaskId task) {
        return std::as_const(machine.tasks)[task].state == TaskState::TASK_INTERRUPTIBLE;
    };
    std::vector<TaskId> readers;
    std::as_const(machine.tasks).each([&](TaskId id, const Task& task) {
        if (task.comm == "first" || task.comm == "second") readers.push_back(id);
    });
    ASSERT_EQ(readers.size(), 2U);
    ASSERT_TRUE(asleep(readers[0]) && asleep(readers[1]));
    std::vector<WaitQueueId> queues;
    for (const TaskId reader : readers) {
        const WaitQueueHeadId head = machine.wait_queues.alloc();
        machine.wait_queues.write(head).entries.push_back({fn::default_wake_function, 0, reader, 1});
        queues.push_back(WaitQueueId::of(head));
    }
    EXPECT_NE(queues[0], queues[1]);
    EXPECT_EQ(queues[0].toString(), "wait_queue 1");
    m.call(fn::__wake_up_common_lock, queues[1], 1U, 0U);
    EXPECT_TRUE(asleep(readers[0])) << "it waits elsewhere";
    EXPECT_FALSE(asleep(readers[1]));
    m.call(fn::__wake_up_common_lock, queues[0], 1U, 0U);
    EXPECT_FALSE(asleep(readers[0]));
}

}  // namespace
}  // namespace ringside::test
