// The tick, timers of both kinds and their clock, RCU's grace periods.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/hardware/hardware.h"
#include "tests/support/machine.h"

namespace ringside::test {
namespace {

/// Times at which the function was entered.
std::vector<Time> entries(Machine& m, std::string_view function) {
    std::vector<Time> times;
    m.afterEach = [&] {
        if (m.event.kind == EventKind::enter && m.functionName() == function) times.push_back(m.event.time);
    };
    m.runToEnd();
    return times;
}

TEST(Tick, ATaskThatRunsAloneIsTickedTwoHundredAndFiftyTimesASecond) {
    Machine m;
    m.scenario.cpus = 1;
    m.addHog("hog", 0, 100 * kMillisecond);
    m.start();
    const std::vector<Time> ticks = entries(m, "scheduler_tick");
    EXPECT_EQ(ticks.size(), 25U);
    for (std::size_t i = 0; i < ticks.size(); ++i) EXPECT_EQ(ticks[i] / (4 * kMillisecond), static_cast<Time>(i) + 1);
    // as recorded (sched_tick)
    EXPECT_TRUE(inOrder(m.entered, {"sysvec_apic_timer_interrupt", "__sysvec_apic_timer_interrupt", "hrtimer_interrupt",
                                    "tick_sched_timer", "tick_sched_handle", "update_process_times",
                                    "rcu_sched_clock_irq", "scheduler_tick", "task_tick_fair", "run_posix_cpu_timers",
                                    "hrtimer_forward", "tick_program_event", "irq_exit_rcu"}));
    EXPECT_TRUE(m.world.agenda.empty()) << "an idle CPU has no tick";
}

TEST(Tick, EachBusyCpuHasItsOwn) {
    Machine m;
    m.addHog("a", 0, 20 * kMillisecond);
    m.addHog("b", 1, 40 * kMillisecond);
    m.start();
    std::size_t ticks[2] = {0, 0};
    m.afterEach = [&] {
        if (m.event.kind == EventKind::enter && m.functionName() == "scheduler_tick") ++ticks[m.event.cpu];
    };
    m.runToEnd();
    EXPECT_EQ(ticks[0], 5U);
    EXPECT_EQ(ticks[1], 10U);
}

TEST(Tick, AnIdleCpuStopsItAndGoesOnAtTheNextJiffy) {
    Machine m;
    m.scenario.cpus = 1;
    m.addTask("sleeper", 0, {sleepFor(9 * kMillisecond), compute(10 * kMillisecond), exitProgram()});
    m.start();
    const std::vector<Time> ticks = entries(m, "scheduler_tick");
    std::vector<Time> jiffies;
    for (const Time t : ticks) jiffies.push_back(t / (4 * kMillisecond));
    EXPECT_EQ(jiffies, (std::vector<Time>{3, 4})) << "asleep until 9 ms, at work until 19 ms";
}

TEST(Tick, ATimerOfTheWheelTurnsItOnForOneTick) {
    Machine m;
    m.scenario.cpus = 1;
    m.addReader("reader", 0, 5000, 1);
    std::get<op::recvfrom>(m.scenario.tasks[0].program[0]).timeout = 100 * kMillisecond;
    m.start();
    ASSERT_TRUE(m.runTo("process_timeout"));
    EXPECT_EQ(m.event.time / (4 * kMillisecond), 26) << "25 jiffies, and the one by which the wheel is late";
    EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "tick_sched_timer"), 1);
}

TEST(Wheel, BucketsAreCoarserTheLater) {
    // 62 jiffies ahead is the last of level 0, 63 the first of level 1 (8 jiffies), 504 of level 2 (64)
    for (const auto& [wait, runs] : {std::pair(62, 63), std::pair(63, 64), std::pair(64, 72), std::pair(503, 504),
                                     std::pair(504, 512), std::pair(513, 576)}) {
        Machine m;
        m.scenario.cpus = 1;
        m.addReader("reader", 0, 5000, 1);
        std::get<op::recvfrom>(m.scenario.tasks[0].program[0]).timeout = wait * 4 * kMillisecond;
        m.start();
        ASSERT_TRUE(m.runTo("process_timeout"));
        EXPECT_EQ(m.event.time / (4 * kMillisecond), runs) << wait;
    }
}

TEST(Wheel, TwoTimersOfOneBucketRunInOneSoftirq) {
    Machine m;
    m.scenario.cpus = 1;
    m.addReader("first", 0, 5000, 1);
    m.addReader("second", 0, 5001, 1);
    for (const std::size_t i : {0U, 1U})
        std::get<op::recvfrom>(m.scenario.tasks[i].program[0]).timeout = 10 * kMillisecond;
    m.start();
    m.runToEnd();
    EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "process_timeout"), 2);
    EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "run_timer_softirq"), 1);
    EXPECT_EQ(m.world.machine().timers.size(), 0U) << "they stood on the stacks of their tasks";
}

TEST(Hrtimer, SlackLetsAnInterruptServeTwoSleepers) {
    // The second could sleep 40 µs longer, but its range has begun when the first one's interrupt comes.
    for (const Time later : {40, 60}) {
        Machine m;
        m.scenario.cpus = 1;
        m.addTask("a", 0, {sleepFor(2 * kMillisecond), exitProgram()});
        m.addTask("b", 0, {sleepFor(2 * kMillisecond + later * kMicrosecond), exitProgram()});
        m.start();
        m.runToEnd();
        EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "hrtimer_wakeup"), 2);
        EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "hrtimer_interrupt"), later == 40 ? 1 : 2) << later;
        // beside the tick, which an idle CPU does not have
        EXPECT_EQ(m.world.machine().hrtimers.size(), 1U) << "the tick's";
    }
}

TEST(Clock, ATimeThatIsPutOffAndPutForwardLeavesFewItems) {
    Machine m;
    m.scenario.cpus = 1;
    m.addHog("hog", 0, 50 * kMillisecond);
    m.addTask("sleeper", 0, {sleepFor(100 * kMicrosecond), jump(0, 200), exitProgram()});
    m.start();
    std::size_t most = 0;
    m.afterEach = [&] {
        const CpuTimers& timers = m.world.machine().cpus[0]->timers;
        most = std::max(most, timers.armed.size());
        ASSERT_TRUE(std::is_sorted(timers.armed.rbegin(), timers.armed.rend()));
        if (timers.event != kNever) {
            ASSERT_FALSE(timers.armed.empty());
            ASSERT_LE(timers.armed.back(), timers.event);
        }
    };
    m.runToEnd();
    EXPECT_LE(most, 3U);
}

/// Closes a socket with nothing in it at about 1 ms on CPU 0 and runs to the callback.
void closeAt1ms(Machine& m) {
    m.addTask("closer", 0, {sleepFor(kMillisecond), exitProgram()});
    m.scenario.sockets.emplace_back().port = 5000;
    m.scenario.tasks.back().sockets = {m.scenario.sockets.size() - 1};
}

TEST(Rcu, ACallbackWaitsForAWholeGracePeriod) {
    Machine m;
    closeAt1ms(m);
    m.start();
    ASSERT_TRUE(m.runTo("call_rcu"));
    EXPECT_EQ(m.world.machine().rcu.gp_seq, 0U);
    const Time closed = m.event.time;
    ASSERT_TRUE(m.runTo("__sk_destruct"));
    EXPECT_EQ(m.event.context, Context::softirq);
    EXPECT_EQ(m.world.machine().rcu.gp_seq, 4U) << "one grace period";
    EXPECT_GE(m.event.time - closed, 11 * kMillisecond) << "recorded: 14 ms";
    EXPECT_LE(m.event.time - closed, 16 * kMillisecond);
    m.runToEnd();
    EXPECT_TRUE(m.world.agenda.empty()) << "no tick is kept once nobody waits";
}

TEST(Rcu, ABusyCpuReportsFromItsTick) {
    Machine m;
    closeAt1ms(m);
    m.addHog("hog", 1, 200 * kMillisecond);
    m.start();
    ASSERT_TRUE(m.runTo("call_rcu"));
    bool reported = false;
    m.afterEach = [&] {
        if (m.event.cpu == 1 && m.functionName() == "rcu_core" && !m.world.machine().rcu.qsmask.test(1))
            reported = true;
    };
    ASSERT_TRUE(m.runTo("__sk_destruct"));
    EXPECT_TRUE(reported);
    EXPECT_LT(m.event.time, 30 * kMillisecond);
}

TEST(Rcu, AReaderInASoftirqIsWaitedFor) {
    // A tick that interrupts a softirq is no quiescent state: the CPU may be inside rcu_read_lock().
    Machine m;
    closeAt1ms(m);
    m.addHog("hog", 1, 200 * kMillisecond);
    m.start();
    ASSERT_TRUE(m.runTo("call_rcu"));
    // CPU 1 is taken for serving a softirq from here on
    m.world.machine().cpu(1).preempt_count += kSoftirqOffset;
    m.runUntil(19 * kMillisecond);
    EXPECT_TRUE(m.world.machine().rcu.inProgress());
    EXPECT_TRUE(m.world.machine().rcu.qsmask.test(1) || m.world.machine().cpus[1]->rcu.core_needs_qs);
}

TEST(Rcu, CallbacksOfOneGracePeriodRunTogether) {
    Machine m;
    for (int i = 0; i < 3; ++i) closeAt1ms(m), m.scenario.sockets.back().port = static_cast<std::uint16_t>(5000 + i);
    m.start();
    m.runToEnd();
    EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "__sk_destruct"), 3);
    EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "rcu_do_batch"), 1);
}

TEST(Softirq, ItsActionIsWhatTheVectorSays) {
    // open_softirq(): another action in the table is the one that is called
    Machine m;
    closeAt1ms(m);
    m.start();
    auto& action = m.world.machine().softirq_vec[static_cast<std::size_t>(Softirq::RCU)];
    EXPECT_EQ(action, fn::rcu_core);
    action = fn::rcu_do_batch;
    m.runUntil(30 * kMillisecond);
    EXPECT_TRUE(inOrder(m.entered, {"handle_softirqs", "rcu_do_batch"}));
    EXPECT_FALSE(inOrder(m.entered, {"rcu_core"}));
}

TEST(SchedClass, ItsFunctionsAreWhatTheTableSays) {
    Machine m;
    m.addHog("hog", 0, 20 * kMillisecond);
    m.start();
    std::vector<SchedClass>& classes = m.world.machine().sched_class.write();
    ASSERT_EQ(classes.size(), 2U);
    EXPECT_EQ(classes[0].name, "fair");
    classes[0].task_tick = fn::task_tick_idle;
    m.runToEnd();
    EXPECT_TRUE(inOrder(m.entered, {"scheduler_tick", "task_tick_idle"}));
    EXPECT_FALSE(inOrder(m.entered, {"task_tick_fair"}));
}

TEST(Hrtimer, ASleeperWhoseTimerHasRunBeforeItSleepsRuns) {
    Machine m;
    m.addTask("sleeper", 0, {sleepFor(kMillisecond), compute(kMillisecond), exitProgram()});
    m.start();
    ASSERT_TRUE(m.runTo("do_nanosleep", "state TASK_INTERRUPTIBLE, start the timer"));
    ASSERT_EQ(m.task("sleeper").state, TaskState::TASK_INTERRUPTIBLE);
    // hrtimer_wakeup() on another CPU, before this one calls schedule()
    const auto& timers = std::as_const(m.world.machine().hrtimers);
    std::vector<HrtimerId> ids;
    timers.each([&](HrtimerId id, const Hrtimer& t) {
        if (t.task) ids.push_back(id);
    });
    ASSERT_EQ(ids.size(), 1U);
    m.world.machine().hrtimers.write(ids[0]).task = {};
    while (m.functionName() == "do_nanosleep" && m.step()) {
    }
    ASSERT_TRUE(m.step());
    EXPECT_EQ(m.task("sleeper").state, TaskState::TASK_RUNNING);
    EXPECT_LT(m.world.now, kMillisecond) << "nothing was waited for";
}

}  // namespace
}  // namespace ringside::test
