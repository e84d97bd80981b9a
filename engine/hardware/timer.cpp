// Timers: the local APIC timer of each CPU, as far as tasks' sleeps and the scheduler tick use it. Simplified: the
// agenda holds all timers of all CPUs; in the machine each CPU programs its timer for the earliest only.
#include <algorithm>

#include "engine/hardware/hardware.h"
#include "engine/hardware/stages.h"

namespace ringside {
namespace {

void timerInterrupt(World& world, Machine& machine, CpuNo n, const Event& event) {
    Cpu& cpu = machine.cpu(n);
    cpu.ipi_pending |= static_cast<std::uint32_t>(Ipi::timer);
    cpu.irq_cause = event.seq;
    world.resumeCpu(machine, n, event.time);
}

}  // namespace

void armTimer(World& world, Machine& machine, TaskId id, Time expires, bool wheel, Position cause) {
    Task& task = machine.tasks.write(id);
    task.timeout_at = expires;
    task.timer_wheel = wheel;
    // An item that comes earlier stands for this timer too and is put back then; so a timer that is armed again and
    // again and never runs out leaves one item, not many.
    if (task.timer_armed <= expires) return;
    task.timer_armed = expires;
    world.agenda.add(expires, Due::timer, machine.number, id.slot, 0, cause);
}

namespace hw {

namespace {

/// A datagram that stayed incomplete: its CPU's tick finds it (run_timer_softirq). One that is complete by now needs
/// nothing.
bool fragmentTimer(World& world, const AgendaItem& item, Event& event) {
    Machine& machine = world.machine(item.machine);
    const auto waits = [&](const FragmentQueue& queue) { return queue.generation == item.arg2; };
    const auto waitsIn = [&](const Net& net) {
        return std::any_of(net.fragments->begin(), net.fragments->end(), waits);
    };
    if (std::none_of(machine.nets.begin(), machine.nets.end(), waitsIn)) return false;
    const auto n = static_cast<CpuNo>(item.arg & ~kFragmentTimer);
    machine.cpu(n).tick_due = true;
    hardwareEvent(world, item, fn::timer.id, kTimerRunsOut, 0, event);
    timerInterrupt(world, machine, n, event);
    return true;
}

}  // namespace

bool timerRunsOut(World& world, const AgendaItem& item, Event& event) {
    if ((item.arg & kFragmentTimer) != 0) return fragmentTimer(world, item, event);
    Machine& machine = world.machine(item.machine);
    const TaskId id{item.arg};
    if (!machine.tasks.live(id) || std::as_const(machine.tasks)[id].timer_armed != item.time) return false;
    Task& task = machine.tasks.write(id);
    task.timer_armed = kNever;
    if (task.timeout_at == kNever) return false;
    if (task.timeout_at > item.time) {
        task.timer_armed = task.timeout_at;
        world.agenda.add(task.timeout_at, Due::timer, item.machine, id.slot, 0, item.cause);
        return false;
    }
    Cpu& cpu = machine.cpu(task.cpu);
    if (task.timer_wheel) {
        cpu.timers_expired.push_back(id);
        cpu.tick_due = true;  // the wheel is turned by the tick
    } else {
        cpu.hrtimers_expired.push_back(id);
    }
    hardwareEvent(world, item, fn::timer.id, kTimerRunsOut, 0, event);
    timerInterrupt(world, machine, task.cpu, event);
    return true;
}

bool gracePeriodOver(World& world, const AgendaItem& item, Event& event) {
    Machine& machine = world.machine(item.machine);
    const auto n = static_cast<CpuNo>(item.arg);
    machine.cpu(n).rcu_ready.push_back(SocketId{item.arg2});
    machine.cpu(n).tick_due = true;  // RCU learns of it in the tick
    hardwareEvent(world, item, fn::timer.id, kTick, 0, event);
    timerInterrupt(world, machine, n, event);
    return true;
}

bool tick(World& world, const AgendaItem& item, Event& event) {
    Machine& machine = world.machine(item.machine);
    const auto n = static_cast<CpuNo>(item.arg);
    Cpu& cpu = machine.cpu(n);
    cpu.tick_armed = cpu.cfs.nr_running > 1;
    if (!cpu.tick_armed) return false;
    hardwareEvent(world, item, fn::timer.id, kTick, 0, event);
    world.agenda.add(item.time + kJiffy, Due::tick, item.machine, n, 0, event.seq);
    cpu.tick_due = true;
    timerInterrupt(world, machine, n, event);
    return true;
}

}  // namespace hw
}  // namespace ringside
