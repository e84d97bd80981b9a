// On which CPU a woken task runs: wake_affine(), select_idle_sibling() and what a task takes along when it moves.
#include <gtest/gtest.h>

#include "engine/linux/functions.h"
#include "tests/support/machine.h"

namespace ringside::test {
namespace {

/// A reader without affinity on CPU `cpu`; packets interrupt CPU 0.
Machine freeReader(CpuNo cpu, CpuNo cpus = 2) {
    Machine m;
    m.scenario.cpus = cpus;
    m.addReader("reader", cpu, 5000, 1);
    m.scenario.tasks.back().affinity.clear();
    m.addDatagram(5 * kMillisecond, 5000);
    return m;
}

/// Runs until the reader has its datagram; the CPU on which it got it.
CpuNo readsOn(Machine& m) {
    m.start();
    while (m.task("reader").received == 0 && m.step()) {
    }
    EXPECT_EQ(m.task("reader").received, 1U);
    return m.task("reader").cpu;
}

TEST(SelectCpu, AWakersIdleCpuHasATaskWhoseCpuIsBusy) {
    Machine m = freeReader(1);
    m.addHog("hog", 1, 50 * kMillisecond);
    EXPECT_EQ(readsOn(m), 0);
    EXPECT_LT(m.event.time, 5 * kMillisecond + 30 * kMicrosecond) << "at once";
    EXPECT_TRUE(inOrder(m.entered, {"try_to_wake_up", "select_task_rq_fair", "wake_affine", "select_idle_sibling",
                                    "migrate_task_rq_fair", "ttwu_queue_wakelist", "ttwu_do_activate"}));
    EXPECT_TRUE(m.task("hog").on_cpu);
}

TEST(SelectCpu, AnIdleCpuKeepsItsTask) {
    Machine m = freeReader(1);
    EXPECT_EQ(readsOn(m), 1) << "both are idle: it stays where its cache is";
    EXPECT_TRUE(inOrder(m.entered, {"wake_affine", "select_idle_sibling", "send_call_function_single_ipi"}));
    EXPECT_FALSE(inOrder(m.entered, {"migrate_task_rq_fair"}));
}

TEST(SelectCpu, TheSyncHintStacksOnTheWakersCpuWhereNoOtherIsIdle) {
    // CPU 0 runs one hog that the interrupt interrupts; CPU 1 runs another. With the hint the hog counts as leaving.
    Machine m = freeReader(1);
    m.addHog("here", 0, 50 * kMillisecond);
    m.addHog("there", 1, 50 * kMillisecond);
    EXPECT_EQ(readsOn(m), 0);
}

TEST(SelectCpu, WithoutTheHintTheLessLoadedCpuHasIt) {
    // The sleeper's timer interrupts the hog on its own CPU: waker's CPU and last CPU are the same.
    Machine m;
    m.addTask("sleeper", 1, {sleepFor(5 * kMillisecond), exitProgram()});
    m.scenario.tasks.back().affinity.clear();
    m.addHog("hog", 1, 50 * kMillisecond);
    m.start();
    ASSERT_TRUE(m.runTo("hrtimer_wakeup"));
    ASSERT_TRUE(m.runTo("select_idle_sibling"));
    ASSERT_TRUE(m.runTo("do_exit"));
    EXPECT_EQ(m.event.cpu, 0) << "an idle CPU that shares the cache";
}

TEST(SelectCpu, WeightsDecideBetweenTwoBusyCpus) {
    // CPU 0 has two hogs, so the hint alone does not decide; CPU 1 has as many as `others`.
    for (const int others : {1, 3}) {
        Machine m = freeReader(1);
        m.addHog("a", 0, 50 * kMillisecond);
        m.addHog("b", 0, 50 * kMillisecond);
        for (int i = 0; i < others; ++i) m.addHog("c" + std::to_string(i), 1, 50 * kMillisecond);
        EXPECT_EQ(readsOn(m), others == 1 ? 1 : 0) << others;
        EXPECT_TRUE(inOrder(m.entered, {"wake_affine", "select_idle_sibling"}));
    }
}

TEST(SelectCpu, TheSearchBeginsBehindTheTarget) {
    // CPU 0 and 1 are busy, 2 and 3 idle; the target is CPU 0, so 2 is found before 3.
    Machine m = freeReader(1, 4);
    m.addHog("a", 0, 50 * kMillisecond);
    m.addHog("b", 1, 50 * kMillisecond);
    EXPECT_EQ(readsOn(m), 2);
    EXPECT_EQ(m.task("reader").recent_used_cpu, 1) << "the CPU it came from is remembered";
}

TEST(SelectCpu, ACpuUsedBeforeIsPreferredToTheSearch) {
    Machine m = freeReader(1, 4);
    m.addHog("a", 0, 50 * kMillisecond);
    m.addHog("b", 1, 50 * kMillisecond);
    m.start();
    ASSERT_TRUE(m.runTo("wire"));
    m.world.machine().tasks.each([&](TaskId id, const Task& t) {
        if (t.comm == "reader") m.world.machine().tasks.write(id).recent_used_cpu = 3;
    });
    ASSERT_TRUE(m.runTo("do_exit"));
    EXPECT_EQ(m.event.cpu, 3);
}

TEST(SelectCpu, AffinityLimitsTheChoice) {
    Machine m = freeReader(1, 4);
    m.scenario.tasks[0].affinity = {1, 3};  // the waker's CPU 0 is not among them
    m.addHog("b", 1, 50 * kMillisecond);
    EXPECT_EQ(readsOn(m), 3);
    EXPECT_FALSE(inOrder(m.entered, {"wake_affine"}));
}

TEST(SelectCpu, ATaskOfOneCpuIsNotAskedFor) {
    Machine m = freeReader(1);
    m.scenario.tasks[0].affinity = {1};
    EXPECT_EQ(readsOn(m), 1);
    EXPECT_FALSE(inOrder(m.entered, {"select_task_rq_fair"}));
}

TEST(SelectCpu, AWakerWithManyPartnersLeavesThemWhereTheyAre) {
    // wake_wide(): both flip often; with two CPUs the waker must flip twice as often as the woken.
    for (const std::uint32_t waker : {3U, 4U}) {
        Machine m = freeReader(1);
        m.start();
        ASSERT_TRUE(m.runTo("select_task_rq_fair"));
        m.world.machine().tasks.each([&](TaskId id, const Task& t) {
            if (t.comm == "reader") m.world.machine().tasks.write(id).wakee_flips = 2;
            if (t.comm == "swapper/0") {
                m.world.machine().tasks.write(id).wakee_flips = waker - 1;  // and one for this wake-up
                m.world.machine().tasks.write(id).last_wakee = {};
            }
        });
        m.entered.clear();
        ASSERT_TRUE(m.runTo("select_idle_sibling"));
        EXPECT_EQ(inOrder(m.entered, {"wake_affine"}), waker < 4) << waker;
    }
}

TEST(SelectCpu, VirtualTimeIsCarriedRelativeToTheQueue) {
    // The old CPU's queue has run far ahead of the new one's; the task keeps its distance from the floor.
    Machine m = freeReader(1);
    m.addHog("ahead", 1, kSecond, 10);  // weight 110: its clock runs nine times as fast
    m.addHog("other", 1, kSecond, 10);
    m.scenario.frames[0].time = 200 * kMillisecond;
    m.start();
    ASSERT_TRUE(m.runTo("migrate_task_rq_fair", "take the old queue's min_vruntime off its vruntime"));
    const std::uint64_t old_floor = m.world.machine().cpus[1]->rq.cfs.min_vruntime;
    EXPECT_GT(old_floor, 500U * kMillisecond);
    const auto relative = static_cast<std::int64_t>(m.task("reader").se.vruntime);
    EXPECT_LT(relative, 0) << "it slept while the floor rose";
    ASSERT_TRUE(m.runTo("enqueue_task_fair", "place its vruntime near min_vruntime"));
    const Task& reader = m.task("reader");
    const std::uint64_t floor = m.world.machine().cpus[0]->rq.cfs.min_vruntime;
    EXPECT_EQ(reader.cpu, 0);
    EXPECT_EQ(static_cast<std::int64_t>(reader.se.vruntime - floor), -6 * kMillisecond) << "half a period of credit";
    EXPECT_EQ(reader.se.exec_start, 0U);
}

TEST(SelectCpu, AWakeListTellsWhetherTheTaskMoved) {
    Machine stays = freeReader(1);
    stays.start();
    ASSERT_TRUE(stays.runTo("send_call_function_single_ipi"));
    EXPECT_EQ(stays.task("reader").cpu, 1);
    EXPECT_FALSE(stays.task("reader").sched_remote_wakeup);
    Machine moves = freeReader(1, 3);
    moves.addHog("here", 0, 50 * kMillisecond);
    moves.addHog("there", 1, 50 * kMillisecond);
    moves.start();
    ASSERT_TRUE(moves.runTo("send_call_function_single_ipi"));
    EXPECT_EQ(moves.task("reader").cpu, 2);
    EXPECT_TRUE(moves.task("reader").sched_remote_wakeup);
}

}  // namespace
}  // namespace ringside::test
