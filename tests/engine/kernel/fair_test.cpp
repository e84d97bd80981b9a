// CFS against what was recorded: shares by weight, slices on the tick's grid (two CPUs: latency 12 ms, granularity 1.5
// ms).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/machine.h"

namespace ringside::test {
namespace {

struct Turn {
    std::string comm;
    Time begin = 0, end = 0;
};

/// Who had CPU `cpu`, turn by turn, from the sched_switch tracepoints.
std::vector<Turn> turns(const Machine& m, CpuNo cpu) {
    std::vector<Turn> all;
    for (const Event& e : m.traced) {
        if (e.tracepoint != Tracepoint::sched_switch || e.cpu != cpu) continue;
        if (!all.empty()) all.back().end = e.time;
        all.push_back({m.world.machine().tasks[TaskId{e.args[1]}].comm, e.time, e.time});
    }
    if (!all.empty()) all.pop_back();  // the last one has no end
    return all;
}

struct Share {
    double part = 0;
    Time median = 0;
};

std::map<std::string, Share> shares(const Machine& m, CpuNo cpu) {
    std::map<std::string, std::vector<Time>> lengths;
    Time total = 0;
    for (const Turn& t : turns(m, cpu)) {
        lengths[t.comm].push_back(t.end - t.begin);
        total += t.end - t.begin;
    }
    std::map<std::string, Share> result;
    for (auto& [comm, list] : lengths) {
        Time sum = 0;
        for (const Time t : list) sum += t;
        std::sort(list.begin(), list.end());
        result[comm] = {static_cast<double>(sum) / static_cast<double>(total), list[list.size() / 2]};
    }
    return result;
}

TEST(Fair, NiceZeroAndFiveShareAsRecorded) {
    Machine m;
    m.addHog("nice0", 1, 10 * kSecond, 0);
    m.addHog("nice5", 1, 10 * kSecond, 5);
    m.start();
    m.runUntil(3 * kSecond);
    const auto by = shares(m, 1);
    // recorded: 75.36 % and 24.71 %, slices of 12 and 4 ms; weights 1024 and 335
    EXPECT_NEAR(by.at("nice0").part, 1024.0 / (1024 + 335), 0.01);
    EXPECT_NEAR(by.at("nice5").part, 335.0 / (1024 + 335), 0.01);
    EXPECT_NEAR(static_cast<double>(by.at("nice0").median), 12e6, 1e5);
    EXPECT_NEAR(static_cast<double>(by.at("nice5").median), 4e6, 1e5);
}

TEST(Fair, ThreeEqualTasksShareEqually) {
    Machine m;
    for (const char* name : {"a", "b", "c"}) m.addHog(name, 1, 10 * kSecond);
    m.start();
    m.runUntil(3 * kSecond);
    for (const auto& [comm, share] : shares(m, 1)) {
        EXPECT_NEAR(share.part, 1.0 / 3, 0.01) << comm;
        EXPECT_NEAR(static_cast<double>(share.median), 8e6, 1e5) << comm;  // recorded: 8 ms
    }
}

TEST(Fair, ALongSleeperPreemptsAHogWhenItWakes) {
    Machine m;
    m.addTask("sleeper", 0, {sleepFor(50 * kMillisecond), exitProgram()});
    m.addHog("hog", 0, kSecond);
    m.start();
    ASSERT_TRUE(m.runTo("do_nanosleep", "sleep unless the timer has run out"));
    m.runUntil(49 * kMillisecond);
    EXPECT_TRUE(m.task("hog").on_cpu);
    m.entered.clear();
    ASSERT_TRUE(m.runTo("switch_mm_irqs_off"));
    EXPECT_EQ(m.entered, (std::vector<std::string>{
                             "sysvec_apic_timer_interrupt", "__sysvec_apic_timer_interrupt", "hrtimer_interrupt",
                             "hrtimer_wakeup", "try_to_wake_up", "ttwu_queue_wakelist", "ttwu_do_activate",
                             "enqueue_task_fair", "ttwu_do_wakeup", "check_preempt_curr", "check_preempt_wakeup",
                             "resched_curr", "irq_exit_rcu", "exit_to_user_mode_prepare", "schedule",
                             "rcu_note_context_switch", "pick_next_task_fair", "switch_mm_irqs_off"}));
    // half a period of credit, no more
    const Task& sleeper = m.task("sleeper");
    EXPECT_EQ(static_cast<std::int64_t>(m.task("hog").se.vruntime - sleeper.se.vruntime) / kMillisecond, 6);
    EXPECT_LT(m.event.time - 50 * kMillisecond, 20 * kMicrosecond);
}

TEST(Fair, AShortSleeperDoesNotPreempt) {
    Machine m;
    // it has just run as long as the hog, so its lead when it wakes is below the granularity (2 ms)
    m.addTask("sleeper", 0, {compute(20 * kMillisecond), sleepFor(kMillisecond), exitProgram()});
    m.addHog("hog", 0, kSecond);
    m.start();
    ASSERT_TRUE(m.runTo("hrtimer_wakeup"));
    m.entered.clear();
    ASSERT_TRUE(m.runTo("user_mode"));
    EXPECT_TRUE(inOrder(m.entered, {"check_preempt_wakeup"}));
    EXPECT_FALSE(inOrder(m.entered, {"resched_curr"}));
    EXPECT_EQ(m.world.machine().tasks[m.event.task].comm, "hog");
}

TEST(Fair, WeightsScaleVirtualTime) {
    Machine m;
    m.addHog("light", 0, 100 * kMillisecond, 19);   // weight 15
    m.addHog("heavy", 1, 100 * kMillisecond, -20);  // weight 88761
    m.start();
    m.runToEnd();
    for (const auto& [comm, weight] : {std::pair("light", 15U), std::pair("heavy", 88761U)}) {
        const SchedEntity& se = m.task(comm).se;
        EXPECT_EQ(se.weight, weight);
        EXPECT_EQ(m.task(comm).state, TaskState::TASK_DEAD);
        EXPECT_GE(se.sum_exec_runtime, 100U * kMillisecond);
        EXPECT_NEAR(static_cast<double>(se.vruntime), static_cast<double>(se.sum_exec_runtime) * 1024 / weight, 100)
            << comm;
    }
}

TEST(Fair, TheTickStopsWhereOneTaskIsLeft) {
    Machine m;
    m.addHog("short", 0, 10 * kMillisecond);
    m.addHog("long", 0, 100 * kMillisecond);
    m.start();
    ASSERT_TRUE(m.runTo("do_exit"));
    const Time alone = m.event.time;
    while (m.step()) {
        if (m.functionName() == "timer") {
            EXPECT_LT(m.event.time, alone + 8 * kMillisecond);
        }
    }
    EXPECT_EQ(m.task("long").state, TaskState::TASK_DEAD);
    EXPECT_FALSE(m.world.machine().cpus[0]->tick_armed);
}

TEST(Fair, ManyTasksOnManyCpusKeepTheirQueuesInOrder) {
    Machine m;
    m.scenario.cpus = 8;
    for (int i = 0; i < 64; ++i) {
        const Time work = (i % 7 + 1) * 300 * kMicrosecond, rest = (i % 5 + 1) * 500 * kMicrosecond;
        m.addTask("t" + std::to_string(i), static_cast<CpuNo>(i % 8),
                  {compute(work), sleepFor(rest), jump(0, 20), exitProgram()}, i % 11 - 5);
    }
    m.start();
    m.runToEnd();  // the queues are checked at every event
    m.world.machine().tasks.each([&](TaskId, const Task& t) {
        if (t.comm[0] == 't') {
            EXPECT_EQ(t.state, TaskState::TASK_DEAD) << t.comm;
        }
    });
    for (const auto& cpu : m.world.machine().cpus) {
        EXPECT_EQ(cpu->cfs.nr_running, 0U);
        EXPECT_EQ(cpu->irqs_disabled, 0);
        EXPECT_EQ(cpu->softirq_count, 0);
        EXPECT_TRUE(cpu->waiting);
    }
}

}  // namespace
}  // namespace ringside::test
