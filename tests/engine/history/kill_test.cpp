// KillTask on the machine itself: asleep in recvfrom, in nanosleep, computing, waiting for its CPU.

#include <gtest/gtest.h>

#include "engine/history/timeline.h"
#include "tests/support/invariants.h"

namespace ringside {
namespace {

constexpr std::uint32_t kPid = 4242;

Start machine(const std::vector<Op>& program, int rivals = 0) {
    Scenario scenario;
    SocketSpec socket;
    socket.port = 5000;
    scenario.sockets.push_back(socket);
    NicSpec nic;
    nic.addresses.push_back({IpAddr::of(Ipv4Addr{0x0a000002}), 24});
    scenario.nics.push_back(nic);
    TaskSpec task;
    task.name = "victim";
    task.pid = kPid;
    task.cpu = 1;
    task.sockets = {0};
    task.program = program;
    scenario.tasks.push_back(task);
    for (int i = 0; i < rivals; ++i) {
        TaskSpec rival;
        rival.name = "rival";
        rival.cpu = 1;
        rival.program = {op::compute{20 * kMillisecond}};
        scenario.tasks.push_back(rival);
    }
    return *build(scenario);
}

const Task& victim(const World& world) {
    const Task* found = nullptr;
    world.machine().tasks.each([&](TaskId, const Task& task) {
        if (task.pid == kPid) found = &task;
    });
    return *found;
}

/// Kills the victim after `events` events; the run must come to an end with it dead, and be the same when replayed.
void killAfter(const Start& start, Position events, const char* what) {
    Timeline timeline(start);
    timeline.seek(events);
    ASSERT_NE(victim(timeline.world()).state, TaskState::TASK_DEAD) << what;
    ASSERT_FALSE(timeline.intervene(KillTask{kPid})) << what;
    const Position acted = timeline.position();
    Position p = acted;
    while (timeline.stepForward() && p < acted + 100'000) {
        ++p;
        ASSERT_TRUE(test::brokenInvariants(timeline.world()).empty()) << what << ", position " << p;
    }
    ASSERT_TRUE(timeline.end()) << what << ": the run goes on and on";
    EXPECT_EQ(victim(timeline.world()).state, TaskState::TASK_DEAD) << what;
    EXPECT_FALSE(victim(timeline.world()).on_rq) << what;
    timeline.world().machine().sockets.each(
        [&](SocketId, const Socket& socket) { EXPECT_TRUE(socket.wait_queue.empty()) << what; });
    const std::uint64_t end = fingerprint(timeline.world(), timeline.inputs());
    timeline.seek(0);
    timeline.seek(p);
    EXPECT_EQ(fingerprint(timeline.world(), timeline.inputs()), end) << what;
    EXPECT_EQ(timeline.intervene(KillTask{kPid})->found, std::to_string(kPid)) << what << ": it is dead already";
}

constexpr Op kReceive = op::recvfrom{};
constexpr Op kForever = op::compute{10 * kSecond};
constexpr Op kSleep = op::sleep{5 * kSecond};
constexpr Op kAgain = op::jump{};

TEST(Kill, AsleepInRecvfrom) { killAfter(machine({kReceive, kAgain}), ~Position{0}, "asleep in recvfrom"); }

TEST(Kill, Computing) { killAfter(machine({kForever, kAgain}), 3, "computing"); }

TEST(Kill, AsleepInNanosleep) { killAfter(machine({kSleep, kAgain}), 60, "asleep in nanosleep"); }

TEST(Kill, AtEveryPositionOnTheWayToSleep) {
    for (Position p = 0; p < 80; ++p) {
        killAfter(machine({kReceive, kAgain}), p, "on the way into recvfrom");
        if (HasFatalFailure()) FAIL() << "at position " << p;
    }
}

TEST(Kill, AmongRivals) {
    for (Position p = 0; p < 200; p += 7) {
        killAfter(machine({kForever, kAgain}, 2), p, "with rivals for its CPU");
        if (HasFatalFailure()) FAIL() << "at position " << p;
    }
}

TEST(Kill, OnlyTasksWithAProgram) {
    Timeline timeline(machine({kReceive}));
    EXPECT_EQ(timeline.intervene(KillTask{14})->message(), "kill: expected a task with a program, found ksoftirqd/0");
    EXPECT_TRUE(timeline.intervene(KillTask{0}));
    EXPECT_TRUE(timeline.journal().empty());
}

}  // namespace
}  // namespace ringside
