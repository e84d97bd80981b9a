// Interrupts, softirqs, ksoftirqd, interrupts between CPUs, and what they do to a program's time.
#include <gtest/gtest.h>

#include "engine/hardware/hardware.h"
#include "engine/step/step.h"
#include "tests/support/machine.h"

namespace ringside::test {
namespace {

/// Packets refused because the receive buffer of the n-th socket was full.
std::uint64_t drops(const Machine& m, std::uint32_t n = 1) { return m.world.machine().sockets[SocketId{n}].sk_drops; }

/// Lets the whole traffic into the ring while the card's interrupt is masked, then unmasks it: the kernel finds a
/// burst.
void burst(Machine& m, Time until) {
    m.world.machine().nics[0].write().vectors.front().ims = 0;
    m.runUntil(until);
    m.world.machine().nics[0].write().vectors.front().ims = kRxInterrupts;
    nicInterruptsEnabled(m.world, m.world.machine(), 2, 0, m.world.now, 0);
}

TEST(Interrupt, AComputationLosesAndGainsNothing) {
    for (const int frames : {0, 1, 50, 300}) {
        Machine m;
        m.addReader("reader", 0, 5000, 0);
        m.addHog("hog", 0, 5 * kMillisecond);
        for (int i = 0; i < frames; ++i) m.addDatagram(kMillisecond + 13'337 * i, 5000);
        m.start();
        Time computed = 0, since = 0;
        bool waiting = false;
        m.afterEach = [&] {
            const Cpu& cpu = *m.world.machine().cpus[0];
            if (waiting && !cpu.waiting) computed += cpu.interrupted_at - since;
            waiting = cpu.waiting && m.world.machine().tasks[cpu.current].comm == "hog";
            since = cpu.wait_since;
        };
        m.runToEnd();
        EXPECT_EQ(computed, 5 * kMillisecond) << frames << " frames";
        EXPECT_EQ(m.task("hog").state, TaskState::TASK_DEAD);
        EXPECT_EQ(m.task("reader").received + drops(m), static_cast<std::uint64_t>(frames));
    }
}

TEST(Interrupt, AnIdleCpuIsWokenAndTheReaderRuns) {
    Machine m;
    m.addReader("reader", 0, 5000, 1);
    m.addDatagram(kMillisecond, 5000);
    m.start();
    ASSERT_TRUE(m.runTo("wire"));
    EXPECT_EQ(m.world.clock.key(0), kNever) << "a halted CPU has nothing to step";
    EXPECT_TRUE(m.world.machine().cpus[0]->waiting);
    m.entered.clear();
    m.runToEnd();
    EXPECT_TRUE(inOrder(m.entered, {"common_interrupt",
                                    "__common_interrupt",
                                    "handle_fasteoi_irq",
                                    "handle_irq_event",
                                    "__handle_irq_event_percpu",
                                    "e1000_intr",
                                    "ioapic_ack_level",
                                    "irq_exit_rcu",
                                    "handle_softirqs",
                                    "net_rx_action",
                                    "__wake_up_sync_key",
                                    "__wake_up_common_lock",
                                    "__wake_up_common",
                                    "receiver_wake_function",
                                    "autoremove_wake_function",
                                    "default_wake_function",
                                    "try_to_wake_up",
                                    "ttwu_queue_wakelist",
                                    "ttwu_do_activate",
                                    "enqueue_task_fair",
                                    "ttwu_do_wakeup",
                                    "check_preempt_curr",
                                    "resched_curr",
                                    "flush_smp_call_function_queue",
                                    "schedule_idle",
                                    "rcu_note_context_switch",
                                    "pick_next_task_fair",
                                    "put_prev_task_idle",
                                    "switch_mm_irqs_off",
                                    "finish_task_switch",
                                    "finish_wait",
                                    "syscall_exit_to_user_mode",
                                    "exit_to_user_mode_prepare",
                                    "do_exit"}));
    EXPECT_EQ(m.task("reader").received, 1U);
    EXPECT_EQ(m.task("reader").received_bytes, 100U);
}

TEST(Interrupt, TracepointsOfOneInterruptCarryTheirArguments) {
    Machine m;
    m.addReader("reader", 0, 5000, 1);
    m.addDatagram(kMillisecond, 5000);
    m.start();
    m.runToEnd();
    const auto find = [&](Tracepoint tp) {
        for (const Event& e : m.traced) {
            if (e.tracepoint == tp && e.time >= kMillisecond) return e;
        }
        ADD_FAILURE() << "no " << nameOf(tp);
        return Event{};
    };
    EXPECT_EQ(find(Tracepoint::irq_handler_entry).args[0], 10U);
    EXPECT_EQ(find(Tracepoint::irq_handler_entry).args[1], 2U);
    EXPECT_EQ(find(Tracepoint::irq_handler_exit).args[1], 1U);
    EXPECT_EQ(find(Tracepoint::softirq_entry).args[0], 3U);
    EXPECT_EQ(find(Tracepoint::softirq_exit).args[0], 3U);
    const Event waking = find(Tracepoint::sched_waking), wakeup = find(Tracepoint::sched_wakeup),
                change = find(Tracepoint::sched_switch);
    EXPECT_EQ(m.world.machine().tasks[TaskId{waking.args[0]}].comm, "reader");
    EXPECT_EQ(m.world.machine().tasks[TaskId{wakeup.args[0]}].comm, "reader");
    EXPECT_LT(waking.seq, wakeup.seq);
    EXPECT_EQ(change.args[0] >> 24, static_cast<std::uint32_t>('R'));
    EXPECT_EQ(m.world.machine().tasks[TaskId{change.args[0] & 0xffffffU}].comm, "swapper/0");
    EXPECT_EQ(m.world.machine().tasks[TaskId{change.args[1]}].comm, "reader");
    for (const Event& e : m.traced) {
        if (e.tracepoint == Tracepoint::sched_switch && e.time < kMillisecond) {
            EXPECT_EQ(e.args[0] >> 24, static_cast<std::uint32_t>('S'));
        }
    }
}

TEST(Interrupt, AReaderOnAnIdleCpuElsewhereIsWokenByItsWakeList) {
    Machine m;
    m.addReader("reader", 1, 5000, 1);
    m.addDatagram(kMillisecond, 5000);
    m.start();
    ASSERT_TRUE(m.runTo("send_call_function_single_ipi", "send the inter-processor interrupt"));
    EXPECT_EQ(m.event.cpu, 0);
    EXPECT_EQ(m.task("reader").state, TaskState::TASK_WAKING);
    EXPECT_EQ(m.world.machine().cpus[1]->wake_list.size(), 1U);
    const Time sent = m.event.time;
    const Position cause = m.event.seq;
    ASSERT_TRUE(m.runTo("interrupt_controller"));
    EXPECT_EQ(m.event.time, sent + kMicrosecond);
    EXPECT_EQ(m.event.cause, cause);
    std::vector<std::string> there;
    m.afterEach = [&] {
        if (m.event.kind == EventKind::enter && m.event.cpu == 1) there.push_back(m.functionName());
    };
    m.runToEnd();
    EXPECT_TRUE(inOrder(
        there, {"sysvec_call_function_single", "__sysvec_call_function_single",
                "generic_smp_call_function_single_interrupt", "__flush_smp_call_function_queue", "sched_ttwu_pending",
                "ttwu_do_activate", "enqueue_task_fair", "ttwu_do_wakeup", "check_preempt_curr", "resched_curr",
                "irq_exit_rcu", "schedule_idle", "finish_task_switch", "finish_wait", "do_exit"}));
    EXPECT_EQ(m.task("reader").received, 1U);
}

TEST(Interrupt, AReaderOnABusyCpuElsewherePreemptsByAReschedulingInterrupt) {
    Machine m;
    m.addReader("reader", 1, 5000, 1);
    m.addHog("hog", 1, 20 * kMillisecond);
    m.addDatagram(10 * kMillisecond, 5000);
    m.start();
    ASSERT_TRUE(m.runTo("wire"));
    std::vector<std::string> here, there;
    m.afterEach = [&] {
        if (m.event.kind == EventKind::enter) (m.event.cpu == 0 ? here : there).push_back(m.functionName());
    };
    m.runToEnd();
    EXPECT_TRUE(inOrder(here, {"try_to_wake_up", "ttwu_queue_wakelist", "ttwu_do_activate", "enqueue_task_fair",
                               "ttwu_do_wakeup", "check_preempt_curr", "check_preempt_wakeup", "resched_curr"}));
    EXPECT_FALSE(inOrder(here, {"send_call_function_single_ipi"}));
    EXPECT_TRUE(inOrder(there, {"sysvec_reschedule_ipi", "exit_to_user_mode_prepare", "schedule", "pick_next_task_fair",
                                "finish_task_switch", "finish_wait", "do_exit"}));
    EXPECT_EQ(m.task("reader").received, 1U);
}

TEST(Interrupt, ABurstToAReaderOnTheSameCpuGoesOnInKsoftirqd) {
    // recorded (udp_rx_burst200_cpu0): one interrupt, polls of 64, 64, 64, 8, the first at irq_exit, the others in
    // ksoftirqd
    Machine m;
    m.addReader("reader", 0, 5000, 0);
    for (int i = 0; i < 200; ++i) m.addDatagram(5 * kMillisecond + 700 * i, 5000);
    m.start();
    burst(m, 9 * kMillisecond);
    m.runUntil(20 * kMillisecond);
    std::vector<std::uint32_t> work;
    std::vector<std::string> where;
    int interrupts = 0;
    for (const Event& e : m.traced) {
        if (e.tracepoint == Tracepoint::irq_handler_entry) ++interrupts;
        if (e.tracepoint != Tracepoint::napi_poll) continue;
        work.push_back(e.args[0] >> 16);
        where.push_back(m.world.machine().tasks[e.task].comm);
    }
    EXPECT_EQ(interrupts, 1);
    EXPECT_EQ(work, (std::vector<std::uint32_t>{64, 64, 64, 8}));
    EXPECT_EQ(where, (std::vector<std::string>{"swapper/0", "ksoftirqd/0", "ksoftirqd/0", "ksoftirqd/0"}));
    EXPECT_EQ(m.task("ksoftirqd/0").state, TaskState::TASK_INTERRUPTIBLE);
    EXPECT_EQ(m.task("reader").received + drops(m), 200U);
    EXPECT_EQ(drops(m), 33U) << "recorded: 167 fit into the receive buffer";
}

TEST(Interrupt, ABurstToAReaderElsewhereIsDoneAtIrqExit) {
    Machine m;
    m.addReader("reader", 1, 5000, 0);
    for (int i = 0; i < 200; ++i) m.addDatagram(5 * kMillisecond + 700 * i, 5000);
    m.start();
    burst(m, 9 * kMillisecond);
    m.runUntil(20 * kMillisecond);
    std::vector<std::uint32_t> work;
    for (const Event& e : m.traced) {
        if (e.tracepoint != Tracepoint::napi_poll) continue;
        work.push_back(e.args[0] >> 16);
        EXPECT_EQ(m.world.machine().tasks[e.task].comm, "swapper/0");
    }
    EXPECT_EQ(work, (std::vector<std::uint32_t>{64, 64, 64, 8}));
}

/// A burst that leaves work to ksoftirqd, up to the point where it lets the reader run (as after a tick).
Machine preemptedDaemon() {
    Machine m;
    m.addReader("reader", 0, 5000, 0);
    for (int i = 0; i < 200; ++i) m.addDatagram(5 * kMillisecond + 700 * i, 5000);
    m.start();
    burst(m, 9 * kMillisecond);
    EXPECT_TRUE(m.runTo("run_ksoftirqd"));
    Task& daemon = m.world.machine().tasks.write(m.world.machine().cpus[0]->ksoftirqd);
    daemon.flags |= kTifNeedResched;
    daemon.se.vruntime += kSecond;  // the reader goes before it
    m.world.machine().cpus[0].write().preempt_need_resched = true;
    EXPECT_TRUE(m.runTo("preempt_schedule_common"));
    return m;
}

TEST(Interrupt, ATaskThatIsPreemptedStaysRunnableWhateverItsState) {
    Machine m = preemptedDaemon();
    // as a task between set_current_state() and its last look at what it waits for: a wake-up before that finds it
    // running
    const TaskId daemon = m.world.machine().cpus[0]->ksoftirqd;
    m.world.machine().tasks.write(daemon).state = TaskState::TASK_INTERRUPTIBLE;
    m.entered.clear();
    ASSERT_TRUE(m.runTo("finish_task_switch"));
    EXPECT_FALSE(inOrder(m.entered, {"dequeue_task_fair"}));
    EXPECT_TRUE(m.world.machine().tasks[daemon].on_rq);
    EXPECT_EQ(m.traced.back().tracepoint, Tracepoint::sched_switch);
    EXPECT_EQ(static_cast<char>(m.traced.back().args[0] >> 24), '+') << "R+: it was preempted";
    m.runUntil(20 * kMillisecond);
    EXPECT_EQ(m.task("reader").received + drops(m), 200U) << "the daemon came back and did the rest";
}

TEST(Interrupt, ATaskThatCallsScheduleItselfSleeps) {
    Machine m = preemptedDaemon();
    m.entered.clear();
    m.traced.clear();
    m.runUntil(20 * kMillisecond);
    EXPECT_TRUE(inOrder(m.entered, {"schedule", "dequeue_task_fair"}));
    EXPECT_EQ(m.task("ksoftirqd/0").state, TaskState::TASK_INTERRUPTIBLE);
    EXPECT_FALSE(m.task("ksoftirqd/0").on_rq);
}

TEST(Interrupt, ASoftirqIsInterruptedButNotNested) {
    Machine m;
    NicSpec second = m.scenario.nics[0];
    second.name = "eth1";
    second.mac = *MacAddr::parse("52:54:00:12:34:99");
    second.irq = 11;
    second.addresses.clear();
    m.scenario.nics.push_back(second);
    m.addReader("reader", 0, 5000, 0);
    for (int i = 0; i < 200; ++i) {
        m.addDatagram(kMillisecond + 1'700 * i, 5000);
        if (i % 2) second.mac.store(m.scenario.frames.back().bytes.data());
    }
    m.start();
    int interrupted = 0;
    m.afterEach = [&] {
        const Stack& stack = *m.world.machine().tasks[m.world.machine().cpus[0]->current].stack;
        int serving = 0, interrupts = 0;
        for (std::size_t i = 0; i < stack.size(); ++i) {
            serving += stack[i].function == fn::handle_softirqs.id ? 1 : 0;
            if (serving && stack[i].function == fn::common_interrupt.id) ++interrupts;
        }
        ASSERT_LE(serving, 1) << "event " << m.event.seq;
        interrupted += interrupts;
    };
    m.runToEnd();
    EXPECT_GT(interrupted, 0) << "the test is to see an interrupt inside a softirq";
    // what the receive buffer has no room for while the reader is kept away is dropped, and counted
    EXPECT_EQ(m.task("reader").received + m.world.net().counters->udp.RcvbufErrors, 200U);
}

TEST(Interrupt, OnePacketWakesOneOfTwoReaders) {
    Machine m;
    m.addReader("first", 0, 5000, 0);
    for (const char* name : {"second", "third"}) {
        m.addTask(name, 1, {recvfrom(), exitProgram()});
        m.scenario.tasks.back().sockets = {0};
    }
    m.addDatagram(kMillisecond, 5000);
    m.start();
    m.runToEnd();
    int woken = 0;
    for (const Event& e : m.traced) woken += e.tracepoint == Tracepoint::sched_waking ? 1 : 0;
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(m.task("first").received + m.task("second").received, 1U);
    EXPECT_EQ(m.world.machine().sockets[SocketId{1}].wait_queue.size(), 3U) << "the one has gone back to sleep";
}

/// Another order than the written rule's is possible too, as CPUs are not equally fast: none may lose a wake-up. Seeds
/// 98 and 867 found a reader taken off the wait queue that it had just joined again.
TEST(Interrupt, NoInterleavingOfCpusLosesAWakeUp) {
    for (const bool busy : {false, true}) {
        for (std::uint64_t seed = 1; seed <= 900; ++seed) {
            Machine m;
            m.addReader("reader", 1, 5000, 12);
            if (busy)
                m.addTask("other", 1,
                          {compute(2 * kMicrosecond), sleepFor(3 * kMicrosecond), jump(0, 12), exitProgram()});
            for (int i = 0; i < 12; ++i) m.addDatagram(20 * kMicrosecond + 2'500 * i, 5000);
            m.start();
            // One CPU at a time runs ahead for some steps; the agenda keeps its order.
            Rng rng{seed};
            CpuNo ahead = 0;
            std::uint64_t steps = 0, burst = 0;
            for (auto all = choices(m.world); !all.empty(); all = choices(m.world)) {
                if (burst == 0) {
                    ahead = static_cast<CpuNo>(rng.below(4));  // 2 and 3 are none: the rule
                    burst = rng.below(30);
                } else {
                    --burst;
                }
                Choice choice = all.front();
                for (const Choice& c : all) {
                    if (c.kind == Choice::Kind::cpu && c.cpu == ahead) choice = c;
                }
                advance(m.world, *m.inputs, choice, m.event);
                ASSERT_LT(++steps, 100'000U) << "seed " << seed;
            }
            ASSERT_EQ(m.task("reader").received, 12U) << "seed " << seed << (busy ? ", busy" : ", idle");
            ASSERT_EQ(m.task("reader").state, TaskState::TASK_DEAD) << "seed " << seed;
            if (busy) {
                ASSERT_EQ(m.task("other").state, TaskState::TASK_DEAD) << "seed " << seed;
            }
        }
    }
}

TEST(Interrupt, NothingIsSwitchedInsideASoftirqAndInterruptsComeBackOn) {
    Machine m;
    m.addReader("reader", 0, 5000, 0, 50 * kMicrosecond);
    m.addReader("second", 1, 5001, 0, 20 * kMicrosecond);
    m.addHog("hog", 0, 30 * kMillisecond);
    for (int i = 0; i < 400; ++i) m.addDatagram(kMillisecond + 9'000 * i, i % 3 ? 5000 : 5001);
    m.start();
    m.afterEach = [&] {
        for (const auto& cpu : m.world.machine().cpus) {
            ASSERT_LE(cpu->softirqCount(), kSoftirqOffset);
            ASSERT_EQ(cpu->inServingSoftirq(), cpu->softirqCount() != 0);
            ASSERT_LE(cpu->preempt_count & kPreemptMask, 5U);
            ASSERT_LE(cpu->preempt_count & kHardirqMask, kHardirqOffset);
            ASSERT_LE(cpu->irqs_disabled, 3);
            if (cpu->waiting) {
                ASSERT_EQ(cpu->irqs_disabled, 0);
                ASSERT_EQ(cpu->preempt_count, m.world.machine().tasks[cpu->current].idle() ? 1U : 0U);
            }
        }
    };
    m.runToEnd();
    EXPECT_EQ(m.task("reader").received + m.task("second").received + drops(m, 1) + drops(m, 2), 400U);
}

TEST(Interrupt, PreemptCountTellsWhereTheCpuIs) {
    Machine m;
    m.addReader("reader", 0, 5000, 1);
    m.addHog("hog", 0, 20 * kMillisecond);
    m.addDatagram(10 * kMillisecond, 5000);
    m.start();
    ASSERT_TRUE(m.runTo("wire"));
    const auto count = [&] { return m.world.machine().cpus[0]->preempt_count; };
    EXPECT_EQ(count(), 0U) << "a program in user space";
    ASSERT_TRUE(m.runTo("e1000_intr"));
    EXPECT_EQ(count(), kHardirqOffset);
    EXPECT_TRUE(m.world.machine().cpus[0]->inInterrupt());
    EXPECT_FALSE(m.world.machine().cpus[0]->inTask());
    ASSERT_TRUE(m.runTo("net_rx_action"));
    EXPECT_EQ(count(), kSoftirqOffset);
    EXPECT_TRUE(m.world.machine().cpus[0]->inServingSoftirq());
    ASSERT_TRUE(m.runTo("enqueue_task_fair"));
    EXPECT_EQ(count(), kSoftirqOffset + 2 * kPreemptOffset) << "the wait queue's lock, and a wake-up";
    EXPECT_FALSE(m.world.machine().cpus[0]->preempt_need_resched);
    ASSERT_TRUE(m.runTo("resched_curr", "set need_resched; interrupt the CPU if it is another one"));
    EXPECT_TRUE(m.world.machine().cpus[0]->preempt_need_resched);
    EXPECT_TRUE(m.task("hog").needResched());
    ASSERT_TRUE(m.runTo("finish_task_switch"));
    EXPECT_EQ(count(), 2 * kPreemptOffset) << "schedule() and the run queue's lock";
    EXPECT_FALSE(m.world.machine().cpus[0]->preempt_need_resched);
    ASSERT_TRUE(m.runTo("user_mode"));
    EXPECT_EQ(count(), 0U);
    m.runToEnd();
    EXPECT_EQ(count(), kPreemptOffset) << "the idle task";
}

/// Bottom halves kept off and a softirq being served look different.
TEST(Interrupt, BottomHalvesOffAreNotASoftirq) {
    Machine m;
    m.start();
    Cpu& cpu = m.world.machine().cpus[0].write();
    cpu.preempt_count += kSoftirqDisableOffset;
    EXPECT_TRUE(cpu.inInterrupt());
    EXPECT_FALSE(cpu.inServingSoftirq());
    EXPECT_TRUE(cpu.inTask());
    cpu.preempt_count += kSoftirqOffset;
    EXPECT_TRUE(cpu.inServingSoftirq());
    EXPECT_FALSE(cpu.inTask());
}

TEST(Interrupt, AClosedSocketIsNotFoundAndWhatItHeldIsThrownAway) {
    Machine m;
    m.addReader("reader", 0, 5000, 1);
    m.scenario.tasks[0].program = {recvfrom(), sleepFor(kMillisecond), exitProgram()};
    m.addTask("holder", 1, {sleepFor(20 * kMillisecond), exitProgram()});
    m.scenario.tasks[1].sockets = {0};
    for (const Time at : {1, 2, 3, 10, 30}) m.addDatagram(at * kMillisecond, 5000);
    m.start();
    ASSERT_TRUE(m.runTo("do_exit", "state TASK_DEAD, and schedule() for the last time"));
    EXPECT_FALSE(m.world.machine().sockets[SocketId{1}].closed) << "another task holds it";
    ASSERT_TRUE(m.runTo("inet_release"));
    const Time closed = m.event.time;
    ASSERT_TRUE(m.runTo("udp_destruct_sock"));
    EXPECT_EQ(m.event.context, Context::softirq);
    EXPECT_GE(m.event.time - closed, 12 * kMillisecond) << "a grace period";
    EXPECT_LE(m.event.time - closed, 17 * kMillisecond);
    EXPECT_EQ(m.world.machine().sockets[SocketId{1}].sk_receive_queue.qlen, 3U);
    m.runToEnd();
    EXPECT_EQ(m.world.machine().sockets[SocketId{1}].sk_rmem_alloc, 0);
    EXPECT_EQ(m.world.machine().skbs.size(), 0U);
    std::vector<Drop> ends(6);
    m.world.fates.each([&](const PacketFate& f) { ends[f.packet] = f.reason; });
    EXPECT_EQ(ends, (std::vector<Drop>{Drop::NOT_DROPPED, Drop::NOT_DROPPED, Drop::NOT_SPECIFIED, Drop::NOT_SPECIFIED,
                                       Drop::NOT_SPECIFIED, Drop::NO_SOCKET}));
}

}  // namespace
}  // namespace ringside::test
