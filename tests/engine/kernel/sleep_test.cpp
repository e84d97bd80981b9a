// Sleeps and computations, with and without a time limit: when they end, and what they leave in the agenda.
#include <gtest/gtest.h>

#include "engine/step/step.h"
#include "tests/support/machine.h"

namespace ringside::test {
namespace {

TEST(Sleep, ATimedReceiveGivesUpInTheTimerSoftirq) {
    Machine m;
    m.addReader("reader", 0, 5000, 1);
    std::get<op::recvfrom>(m.scenario.tasks[0].program[0]).timeout = 10 * kMillisecond;
    m.start();
    ASSERT_TRUE(m.runTo("process_timeout"));
    EXPECT_EQ(m.event.context, Context::softirq);
    // three jiffies of 4 ms, and the one by which the wheel is late
    EXPECT_EQ(m.event.time / kMillisecond, 16);
    EXPECT_TRUE(inOrder(m.entered, {"tick_sched_timer", "update_process_times", "irq_exit_rcu", "handle_softirqs",
                                    "run_timer_softirq"}));
    ASSERT_TRUE(m.runTo("do_exit"));
    EXPECT_EQ(m.task("reader").last_result, -11) << "EAGAIN";
}

TEST(Sleep, TimersThatNeverRunOutLeaveOneItemInTheAgenda) {
    Machine m;
    m.addReader("reader", 0, 5000, 400);
    std::get<op::recvfrom>(m.scenario.tasks[0].program[0]).timeout = kSecond;
    for (int i = 0; i < 400; ++i) m.addDatagram(kMillisecond + 50 * kMicrosecond * i, 5000);
    m.start();
    std::size_t most = 0;
    m.afterEach = [&] { most = std::max(most, m.world.agenda.size()); };
    ASSERT_TRUE(m.runTo("do_exit"));
    EXPECT_EQ(m.task("reader").received, 400U);
    EXPECT_LE(most, 5U);
    m.entered.clear();
    m.runToEnd();
    EXPECT_FALSE(inOrder(m.entered, {"process_timeout"}));
}

TEST(Sleep, ASleepEndsWhenItsTimerRunsOut) {
    Machine m;
    m.addTask("sleeper", 0, {sleepFor(3 * kMillisecond), exitProgram()});
    m.start();
    ASSERT_TRUE(m.runTo("do_nanosleep", "state TASK_INTERRUPTIBLE, start the timer"));
    const Time armed = m.event.time;
    ASSERT_TRUE(m.runTo("timer"));
    EXPECT_EQ(m.event.time, armed + 3 * kMillisecond + 50 * kMicrosecond) << "timer slack: nothing else is due before";
    ASSERT_TRUE(m.runTo("do_exit"));
    EXPECT_LT(m.event.time, armed + 3 * kMillisecond + 60 * kMicrosecond);
    EXPECT_EQ(m.task("sleeper").last_result, 0);
}

TEST(Sleep, ManySleepsLeaveNothingInTheAgenda) {
    Machine m;
    m.addTask("sleeper", 0, {sleepFor(100 * kMicrosecond), jump(0, 500), exitProgram()});
    m.addTask("other", 1, {sleepFor(70 * kMicrosecond), compute(30 * kMicrosecond), jump(0, 500), exitProgram()});
    m.start();
    std::size_t most = 0;
    m.afterEach = [&] { most = std::max(most, m.world.agenda.size()); };
    m.runToEnd();
    EXPECT_LE(most, 8U);
    EXPECT_TRUE(m.world.agenda.empty());
}

TEST(Sleep, InterruptedComputationsDoNotPileUpInTheAgenda) {
    Machine m;
    m.addHog("hog", 0, 2 * kSecond);
    for (int i = 0; i < 3000; ++i) m.addDatagram(kMillisecond + 20'000 * i, 5999);
    m.start();
    std::size_t most = 0;
    m.afterEach = [&] { most = std::max(most, m.world.agenda.size()); };
    m.runUntil(100 * kMillisecond);
    EXPECT_GT(m.world.machine().nics[0]->vectors.front().interrupts, 1000U);
    EXPECT_LE(most, 260U);
}

}  // namespace
}  // namespace ringside::test
