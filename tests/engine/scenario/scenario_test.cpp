// A scenario becomes the World it describes, or is refused at the place where it contradicts itself.

#include "engine/scenario/scenario.h"

#include <gtest/gtest.h>

#include "engine/linux/driver.h"
#include "engine/scenario/values.h"

namespace ringside {
namespace {

IpAddr ip(const char* text) { return *IpAddr::parse(text); }

Scenario machine() {
    Scenario s;
    NicSpec nic;
    nic.addresses.push_back({ip("192.0.2.1"), 24});
    nic.addresses.push_back({ip("2001:db8::1"), 64});
    s.nics.push_back(nic);
    s.sockets.push_back({4, {}, 5000, std::nullopt});
    TaskSpec task;
    task.name = "reader";
    task.sockets = {0};
    task.program = {op::recvfrom{}};
    s.tasks.push_back(task);
    return s;
}

TEST(Scenario, RingStandsAsTheDriverLeavesIt) {
    const Start start = *build(machine());
    const RxRing& ring = *start.world.machine().nics[0]->queues.front().rx;
    EXPECT_EQ(ring.count(), 256);
    EXPECT_EQ(ring.next_to_use, 255);  // recorded: state_rx1
    EXPECT_EQ(ring.next_to_clean, 0);
    EXPECT_EQ(ring.rdt, 254);  // the driver writes one before next_to_use
    for (std::size_t i = 0; i < 255; ++i) EXPECT_TRUE(ring.descriptors[i].buffer);
    EXPECT_FALSE(ring.descriptors[255].buffer);
}

TEST(Scenario, AddressesBringTheirRoutesLongestPrefixFirst) {
    const Start start = *build(machine());
    std::vector<std::string> local, main;
    for (const Route& r : *start.world.net().routes) (r.table == 255 ? local : main).push_back(r.fieldKey());
    EXPECT_EQ(local, (std::vector<std::string>{"2001:db8::1/128", "192.0.2.1/32", "192.0.2.255/32", "ff00::/8"}));
    EXPECT_EQ(main, (std::vector<std::string>{"2001:db8::/64", "192.0.2.0/24"}));
}

TEST(Scenario, TasksStartOnTheirCpuWithTheirSockets) {
    Scenario s = machine();
    s.tasks[0].pid = 142;
    s.tasks[0].cpu = 1;
    s.tasks[0].nice = 5;
    const Start start = *build(s);
    bool found = false;
    start.world.machine().tasks.each([&](TaskId id, const Task& task) {
        if (task.pid != 142) return;
        found = true;
        EXPECT_EQ(task.comm, "reader");
        EXPECT_EQ(task.prio, 125);
        EXPECT_EQ(task.se.weight, 335U);  // the kernel's weight of nice 5
        EXPECT_EQ(task.files.size(), 1U);
        EXPECT_EQ(start.world.machine().cpu(1).current, id);
    });
    EXPECT_TRUE(found);
    EXPECT_NE(start.world.clock.key(1), kNever);
    EXPECT_EQ(start.world.clock.key(0), kNever);  // idle, halted
}

TEST(Scenario, SameScenarioSameFingerprintOtherSeedOther) {
    const Start a = *build(machine()), b = *build(machine());
    Scenario other = machine();
    other.seed = 2;
    const Start c = *build(other);
    EXPECT_EQ(fingerprint(a.world, *a.inputs), fingerprint(b.world, *b.inputs));
    EXPECT_NE(fingerprint(a.world, *a.inputs), fingerprint(c.world, *c.inputs));
}

struct Refusal {
    const char* name;
    void (*spoil)(Scenario&);
    const char* message;
};

class ScenarioRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ScenarioRefuses, WithPlaceExpectedAndFound) {
    Scenario s = machine();
    GetParam().spoil(s);
    const Result<Start> start = build(s);
    ASSERT_FALSE(start.ok());
    EXPECT_EQ(start.error().message(), GetParam().message);
}

TEST(Scenario, ADriverThatThereIsNotIsRefusedWithThoseThereAre) {
    Scenario s = machine();
    s.nics[0].driver = "ixgbe";
    const std::string known(driverNames());
    const Result<Start> start = build(s);
    ASSERT_FALSE(start.ok());
    EXPECT_EQ(start.error().message(), "nics[0].driver: expected " + known + ", found \"ixgbe\"");
}

INSTANTIATE_TEST_SUITE_P(
    All, ScenarioRefuses,
    testing::Values(
        Refusal{"cpus", [](Scenario& s) { s.cpus = 0; }, "cpus: expected 1 to 256, found 0"},
        Refusal{"ring", [](Scenario& s) { s.nics[0].ring = 50; },
                "nics[0].ring: expected 48 to 4096, a multiple of 8 (what e1000 takes), found 50"},
        Refusal{"affinity", [](Scenario& s) { s.nics[0].affinity = 2; },
                "nics[0].affinity: expected a CPU below 2, found 2"},
        Refusal{"prefix", [](Scenario& s) { s.nics[0].addresses[0].prefix_length = 33; },
                "nics[0].addresses[0]: expected a prefix length the family has, found 192.0.2.1/33"},
        Refusal{"port", [](Scenario& s) { s.sockets.push_back(s.sockets[0]); },
                "sockets[1].udp.port: expected a port that is free, found 5000 a second time"},
        Refusal{"pid",
                [](Scenario& s) {
                    s.tasks[0].pid = 7;
                    s.tasks.push_back(s.tasks[0]);
                },
                "tasks[1].pid: expected a pid of its own, found 7 a second time"},
        Refusal{"cpu", [](Scenario& s) { s.tasks[0].cpu = 9; }, "tasks[0].cpu: expected a CPU below 2, found 9"},
        Refusal{"nice", [](Scenario& s) { s.tasks[0].nice = 20; }, "tasks[0].nice: expected -20 to 19, found 20"},
        Refusal{"socket", [](Scenario& s) { s.tasks[0].sockets = {4}; },
                "tasks[0].files: expected sockets of the scenario, found number 4"},
        Refusal{"fd", [](Scenario& s) { s.tasks[0].program[0] = op::recvfrom{4}; },
                "tasks[0].program: expected a descriptor of this task (3 to 3), found recvfrom on 4"}),
    [](const auto& param_info) { return std::string(param_info.param.name); });

TEST(Values, AWordForNothingTakesBackWhatWasThere) {
    BindAddress bound;
    EXPECT_EQ(parseValue("10.0.0.1", bound), "");
    ASSERT_TRUE(bound.address);
    EXPECT_EQ(parseValue("any", bound), "");
    EXPECT_FALSE(bound.address);
    EXPECT_EQ(parseValue("10.0.0.1", bound), "");
    EXPECT_EQ(parseValue("0.0.0.0", bound), "");
    EXPECT_FALSE(bound.address);
    Destination to;
    EXPECT_EQ(parseValue("10.1.0.0/16", to), "");
    EXPECT_EQ(to.prefix_length, 16);
    EXPECT_EQ(parseValue("default", to), "");
    EXPECT_EQ(to.prefix_length, 0);
    EXPECT_FALSE(to.network);
}

TEST(Sysctl, EachHasItsLeastAndItsMost) {
    using Pair = std::pair<std::int64_t, std::int64_t>;
    constexpr std::int64_t kInt = 2'147'483'647;
    EXPECT_EQ(sysctlLimits("net.core.netdev_budget"), Pair(1, kInt));
    EXPECT_EQ(sysctlLimits("net.core.netdev_budget_usecs"), Pair(1, 1'000'000));
    EXPECT_EQ(sysctlLimits("net.core.dev_weight"), Pair(1, 65535));
    EXPECT_EQ(sysctlLimits("net.core.rmem_default"), Pair(2304, kInt)) << "SOCK_MIN_RCVBUF";
    EXPECT_EQ(sysctlLimits("net.core.rmem_max"), Pair(2304, kInt));
    EXPECT_EQ(sysctlLimits("net.core.gro_normal_batch"), Pair(1, kInt));
    EXPECT_EQ(sysctlLimits("net.ipv4.conf.all.rp_filter"), Pair(0, 2));
    EXPECT_EQ(sysctlLimits("net.ipv4.ipfrag_time"), Pair(1, 3600));
    EXPECT_EQ(sysctlLimits("debug.sched.latency_ns"), Pair(100'000, 1'000'000'000));
    EXPECT_EQ(sysctlLimits("debug.sched.min_granularity_ns"), Pair(100'000, 1'000'000'000));
    EXPECT_EQ(sysctlLimits("debug.sched.wakeup_granularity_ns"), Pair(0, 1'000'000'000));
    EXPECT_EQ(sysctlLimits("net.ipv4.ip_forward"), Pair(0, kInt)) << "any number";
}

}  // namespace
}  // namespace ringside
