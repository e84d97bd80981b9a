#include "engine/scenario/parts/machine.h"

#include <algorithm>

#include "engine/linux/register.h"
#include "engine/linux/start.h"
#include "engine/scenario/parts/building.h"

namespace ringside {

std::pair<std::int64_t, std::int64_t> sysctlLimits(std::string_view name) {
    struct Limits {
        std::string_view name;
        std::int64_t least, most;
    };
    constexpr std::int64_t kInt = std::numeric_limits<std::int32_t>::max();
    // What the kernel's tables (net/core/sysctl_net_core.c and others) refuse, and what would make no sense: a budget
    // of nothing polls for ever.
    static constexpr Limits kLimits[] = {
        {"net.core.netdev_budget", 1, kInt},
        {"net.core.netdev_budget_usecs", 1, 1'000'000},
        {"net.core.dev_weight", 1, 65535},
        {"net.core.rmem_default", 2304, kInt},
        {"net.core.rmem_max", 2304, kInt},
        {"net.core.gro_normal_batch", 1, kInt},
        {"net.ipv4.conf.all.rp_filter", 0, 2},
        {"net.ipv4.ipfrag_time", 1, 3600},
        {"debug.sched.latency_ns", 100'000, 1'000'000'000},
        {"debug.sched.min_granularity_ns", 100'000, 1'000'000'000},
        {"debug.sched.wakeup_granularity_ns", 0, 1'000'000'000},
    };
    const auto* known =
        std::find_if(std::begin(kLimits), std::end(kLimits), [&](const Limits& l) { return l.name == name; });
    if (known == std::end(kLimits)) return {0, kInt};
    return {known->least, known->most};
}

TaskId addTask(Machine& machine, std::uint32_t pid, std::string comm, CpuNo cpu) {
    const TaskId id = machine.tasks.alloc();
    Task& task = machine.tasks.write(id);
    task.pid = task.tgid = pid;
    task.comm = std::move(comm);
    task.cpu = cpu;
    task.cpus_mask = CpuMask::first(machine.cpus.size());
    return id;
}

void buildMachine(Building& b) {
    Machine& machine = b.machine;
    const CpuNo cpus = b.scenario.cpus;
    b.world.rng.state = b.scenario.seed;
    machine.sysctl.write() = b.scenario.sysctl;
    machine.net().sysctl.write() = b.scenario.net_sysctl;
    registerProtocols(machine);
    std::vector<std::uint16_t>& ports = machine.net().tcp_ports.write();
    ports = b.scenario.tcp_ports;
    std::sort(ports.begin(), ports.end());
    startKernel(machine);
    for (CpuNo n = 0; n < cpus; ++n) machine.cpus.emplace_back().write().id = n;
    b.world.numberMachines();
    for (CpuNo n = 0; n < cpus; ++n) {
        const TaskId idle = addTask(machine, 0, "swapper/" + std::to_string(n), n);
        startIdle(b.world, machine, idle, n);
    }
    for (CpuNo n = 0; n < cpus; ++n) {
        const TaskId id = addTask(machine, ksoftirqdPid(n), "ksoftirqd/" + std::to_string(n), n);
        Task& task = machine.tasks.write(id);
        task.kthread = true;
        task.cpus_mask = CpuMask::of(n);
        startKsoftirqd(machine, id, n);
    }
}

}  // namespace ringside
