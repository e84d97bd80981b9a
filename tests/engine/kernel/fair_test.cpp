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
    EXPECT_EQ(m.entered, (std::vector<std::string>{"sysvec_apic_timer_interrupt",
                                                   "__sysvec_apic_timer_interrupt",
                                                   "hrtimer_interrupt",
                                                   "hrtimer_wakeup",
                                                   "wake_up_process",
                                                   "try_to_wake_up",
                                                   "ttwu_queue_wakelist",
                                                   "ttwu_do_activate",
                                                   "enqueue_task_fair",
                                                   "update_curr",
                                                   "update_min_vruntime",
                                                   "ttwu_do_wakeup",
                                                   "check_preempt_curr",
                                                   "check_preempt_wakeup",
                                                   "update_curr",
                                                   "resched_curr",
                                                   "tick_program_event",
                                                   "irq_exit_rcu",
                                                   "exit_to_user_mode_prepare",
                                                   "schedule",
                                                   "rcu_note_context_switch",
                                                   "pick_next_task_fair",
                                                   "update_curr",
                                                   "switch_mm_irqs_off"}))
        << "recorded: the clock of the run queue is looked at once, so only the first finds time to account";
    // half a period of credit, no more
    const Task& sleeper = m.task("sleeper");
    EXPECT_EQ(static_cast<std::int64_t>(m.task("hog").se.vruntime - sleeper.se.vruntime) / kMillisecond, 6);
    EXPECT_LT(m.event.time - 50 * kMillisecond, 70 * kMicrosecond) << "timer slack, and the way to the switch";
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

/// The scenario: hog, first, second on one CPU, two datagrams in one batch; `first` has used more than `second`, so it
/// is further right in the timeline, and its datagram is the first.
Machine twoReaders(Time first, Time second) {
    Machine m;
    m.scenario.cpus = 1;
    m.addReader("first", 0, 5000, 1, kMillisecond);
    m.addReader("second", 0, 5001, 1, kMillisecond);
    m.scenario.tasks[0].program.insert(m.scenario.tasks[0].program.begin(), compute(first));
    m.scenario.tasks[1].program.insert(m.scenario.tasks[1].program.begin(), compute(second));
    m.addHog("hog", 0, 200 * kMillisecond);
    m.addDatagram(20 * kMillisecond, 5000);
    m.addDatagram(20 * kMillisecond, 5001);
    return m;
}

std::vector<std::string> order(const Machine& m, Time from) {
    std::vector<std::string> comms;
    for (const Turn& t : turns(m, 0)) {
        if (t.begin > from && t.comm != "hog" && t.comm.find("swapper") != 0) comms.push_back(t.comm);
    }
    return comms;
}

TEST(Fair, WhoPreemptedAtItsWakeUpGoesFirstThoughAnotherIsFurtherLeft) {
    Machine m = twoReaders(2 * kMillisecond, kMillisecond);
    m.start();
    m.runUntil(20 * kMillisecond);
    ASSERT_LT(m.task("second").se.vruntime, m.task("first").se.vruntime);
    ASSERT_TRUE(m.runTo("check_preempt_wakeup", "compare vruntimes: preempt if the lead is more than the granularity"));
    const CfsRunQueue& cfs = m.world.machine().cpus[0]->rq.cfs;
    EXPECT_EQ(m.world.machine().tasks[cfs.next].comm, "first");
    EXPECT_FALSE(cfs.last) << "fewer than eight tasks: no last buddy";
    ASSERT_TRUE(m.runTo("check_preempt_wakeup", "look whether a task of this class runs there; account it"));
    EXPECT_EQ(m.world.machine().tasks[m.world.machine().cpus[0]->rq.cfs.next].comm, "first")
        << "need_resched was set: the second marks nothing";
    m.runUntil(60 * kMillisecond);
    EXPECT_EQ(order(m, 20 * kMillisecond), (std::vector<std::string>{"first", "second"}));
    EXPECT_FALSE(m.world.machine().cpus[0]->rq.cfs.next);
}

TEST(Fair, ABuddyTooFarRightIsNotPreferred) {
    // The second is further left by more than the granularity of 1 ms (one CPU).
    Machine m = twoReaders(5 * kMillisecond, kMillisecond);
    m.scenario.sysctl.sched_latency_ns = 24'000'000;  // credit enough that both keep their own vruntime
    m.start();
    m.runUntil(60 * kMillisecond);
    EXPECT_EQ(order(m, 20 * kMillisecond), (std::vector<std::string>{"second", "first"}));
}

TEST(Fair, WithEightTasksThePreemptedOneIsTheLastBuddy) {
    for (const int hogs : {6, 7}) {
        Machine m;
        m.scenario.cpus = 1;
        m.addReader("reader", 0, 5000, 1, 100 * kMicrosecond);
        for (int i = 0; i < hogs; ++i) m.addHog("hog" + std::to_string(i), 0, 100 * kMillisecond);
        m.addDatagram(50 * kMillisecond, 5000);
        m.start();
        ASSERT_TRUE(
            m.runTo("check_preempt_wakeup", "compare vruntimes: preempt if the lead is more than the granularity"));
        const CfsRunQueue& cfs = m.world.machine().cpus[0]->rq.cfs;
        EXPECT_EQ(cfs.nr_running, static_cast<std::uint32_t>(hogs) + 1);
        EXPECT_EQ(cfs.last, hogs == 7 ? cfs.curr : TaskId{}) << hogs;
        EXPECT_EQ(m.world.machine().tasks[cfs.next].comm, "reader");
    }
}

TEST(Fair, ASleeperOfYearsIsPlacedWithoutComparingItsOldClock) {
    constexpr Time away = Time{1} << 53;  // 2^63 / 1024 ns, 104 days
    for (const Time more : {0, 1}) {
        Machine m;
        m.scenario.cpus = 1;
        m.addReader("reader", 0, 5000, 1);
        m.addHog("hog", 0, 100 * kMillisecond);
        m.addDatagram(50 * kMillisecond, 5000);
        m.start();
        ASSERT_TRUE(m.runTo("enqueue_task_fair"));
        const Time now = m.world.clock.key(0) + away;
        m.world.clock.set(0, now);
        m.world.machine().cpu(0).rq.clock = now;
        const std::uint64_t own = m.task("hog").se.vruntime + away + kSecond;
        m.world.machine().tasks.each([&](TaskId id, const Task& t) {
            if (t.comm != "reader") return;
            m.world.machine().tasks.write(id).se.vruntime = own;
            m.world.machine().tasks.write(id).se.exec_start = static_cast<std::uint64_t>(now - away - more);
        });
        ASSERT_TRUE(m.runTo("enqueue_task_fair", "place its vruntime near min_vruntime"));
        const std::uint64_t placed = m.world.machine().cpus[0]->rq.cfs.min_vruntime - 3 * kMillisecond;
        EXPECT_EQ(m.task("reader").se.vruntime, more ? placed : own) << more;
    }
}

/// Functions entered in the first tick on CPU 1 that is not before `from`.
std::vector<std::string> tickOf(Machine& m, Time from) {
    m.runUntil(from);
    m.entered.clear();
    EXPECT_TRUE(m.runTo("tick_sched_timer", "the next tick, unless it is stopped"));
    return m.entered;
}

TEST(Fair, ATickOfALoneTask) {
    Machine m;
    m.addHog("hog", 1, kSecond);
    m.start();
    // recorded, but for the place where this begins
    const std::vector<std::string> recorded{"sysvec_apic_timer_interrupt",
                                            "__sysvec_apic_timer_interrupt",
                                            "hrtimer_interrupt",
                                            "tick_sched_timer",
                                            "tick_sched_handle",
                                            "update_process_times",
                                            "rcu_sched_clock_irq",
                                            "scheduler_tick",
                                            "task_tick_fair",
                                            "update_curr",
                                            "update_min_vruntime",
                                            "trigger_load_balance",
                                            "run_posix_cpu_timers"};
    EXPECT_EQ(tickOf(m, 9 * kMillisecond), recorded);
}

TEST(Fair, ATickOfTwoTasksAsksForTheSlice) {
    Machine m;
    m.addHog("h1", 1, kSecond);
    m.addHog("h2", 1, kSecond);
    m.start();
    EXPECT_TRUE(inOrder(tickOf(m, 3 * kMillisecond), {"update_min_vruntime", "sched_slice", "trigger_load_balance"}));
    EXPECT_FALSE(inOrder(m.entered, {"resched_curr"})) << "4 ms of 6";
    EXPECT_TRUE(inOrder(tickOf(m, 7 * kMillisecond), {"sched_slice", "resched_curr", "trigger_load_balance"}));
}

/// The jiffies at which a CPU raised the SCHED softirq.
std::vector<Time> balances(const Machine& m, CpuNo cpu) {
    std::vector<Time> jiffies;
    for (const Event& e : m.traced) {
        const bool raised = e.tracepoint == Tracepoint::softirq_raise &&
                            e.args[0] == static_cast<std::uint32_t>(Softirq::SCHED) && e.cpu == cpu;
        if (raised) jiffies.push_back(e.time / (4 * kMillisecond));
    }
    return jiffies;
}

TEST(Fair, LoadsAreLookedAtNowAndThen) {
    Machine m;
    m.addHog("hog", 1, 500 * kMillisecond);
    m.start();
    m.runUntil(490 * kMillisecond);
    // Two CPUs: max_interval is 4 ms, 16 times as long while the CPU is busy, less a jiffy: 15 jiffies.
    EXPECT_EQ(balances(m, 1), (std::vector<Time>{1, 15, 30, 45, 60, 75, 90, 105, 120}));
    EXPECT_TRUE(balances(m, 0).empty()) << "it idles without a tick";

    Machine alone;
    alone.scenario.cpus = 1;
    alone.addHog("hog", 0, 100 * kMillisecond);
    alone.start();
    alone.runToEnd();
    EXPECT_TRUE(balances(alone, 0).empty()) << "no domain, no balancing";
}

TEST(Fair, WhoYieldsIsPassedOverOnce) {
    for (const bool near : {true, false}) {
        // A yields after so much more or less than B has: B has had nothing, as far right as a period for two.
        Machine m;
        m.scenario.cpus = 1;
        m.addTask("a", 0, {compute(kMillisecond), op::yield{}, compute(5 * kMillisecond), exitProgram()});
        m.addHog("b", 0, 5 * kMillisecond);
        m.start();
        ASSERT_TRUE(m.runTo("yield_task_fair", "pass it over at the next choice"));
        const CfsRunQueue& cfs = m.world.machine().cpus[0]->rq.cfs;
        EXPECT_EQ(m.world.machine().tasks[cfs.skip].comm, "a");
        // how far right the other stands: not further than the granularity of 1 ms, or just beyond it
        const std::uint64_t lead = kMillisecond + (near ? 0 : 1);
        const TaskId other = cfs.timeline[0];
        m.world.machine().tasks.write(other).se.vruntime = m.task("a").se.vruntime + lead;
        ASSERT_TRUE(m.runTo("pick_next_task_fair", "take the leftmost task, or a buddy close to it"));
        EXPECT_EQ(m.world.machine().tasks[m.world.machine().cpus[0]->rq.curr].comm, near ? "b" : "a");
        EXPECT_TRUE(m.world.machine().cpus[0]->rq.cfs.skip) << "until it gets the CPU from another";
        m.runToEnd();
        EXPECT_FALSE(m.world.machine().cpus[0]->rq.cfs.skip);
    }
}

TEST(Fair, AloneAYieldComesBackAtOnce) {
    Machine m;
    m.addTask("a", 0, {op::yield{}, exitProgram()});
    m.start();
    ASSERT_TRUE(m.runTo("yield_task_fair", "look whether anybody else is runnable; account the task"));
    EXPECT_FALSE(m.world.machine().cpus[0]->rq.cfs.skip);
    ASSERT_TRUE(m.runTo("__x64_sys_sched_yield", "the task has the CPU again"));
    EXPECT_FALSE(inOrder(m.entered, {"finish_task_switch"}));
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
        // a new task begins behind the period that is promised to those before it: 12 ms of its own time (START_DEBIT)
        const double debit = 12.0 * kMillisecond * 1024 / weight;
        EXPECT_NEAR(static_cast<double>(se.vruntime), debit + static_cast<double>(se.sum_exec_runtime) * 1024 / weight,
                    100)
            << comm;
    }
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
        EXPECT_EQ(cpu->rq.cfs.nr_running, 0U);
        EXPECT_EQ(cpu->irqs_disabled, 0);
        EXPECT_EQ(cpu->preempt_count, 1U) << "the idle task";
        EXPECT_TRUE(cpu->waiting);
    }
}

TEST(Fair, EveryNiceValueHasItsWeight) {
    Machine m;
    for (int nice = -20; nice < 20; ++nice) m.addHog("n" + std::to_string(nice), 0, kMillisecond, nice);
    m.start();
    const auto weight = [&](int nice) { return m.task("n" + std::to_string(nice)).se.weight; };
    std::uint64_t sum = 0;
    for (int nice = -20; nice < 20; ++nice) {
        sum += weight(nice);
        if (nice > -20) {
            EXPECT_LT(weight(nice), weight(nice - 1));
        }
    }
    EXPECT_EQ(weight(-20), 88761U);
    EXPECT_EQ(weight(-1), 1277U);
    EXPECT_EQ(weight(0), 1024U);
    EXPECT_EQ(weight(1), 820U);
    EXPECT_EQ(weight(19), 15U);
    EXPECT_EQ(sum, 445163U) << "of sched_prio_to_weight[]";
}

}  // namespace
}  // namespace ringside::test
