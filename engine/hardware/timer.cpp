// The clock event device of each CPU (its local APIC timer): programmed for one time, it interrupts once.
#include "engine/hardware/hardware.h"
#include "engine/hardware/stages.h"

namespace ringside {
namespace {

/// Puts an item on the agenda, unless one that comes earlier stands for this time too and is put on then. So a clock
/// that is programmed again and again leaves few items.
void arm(World& world, const Machine& machine, CpuTimers& timers, CpuNo n, Position cause) {
    if (timers.event == kNever || (!timers.armed.empty() && timers.armed.back() <= timers.event)) return;
    timers.armed.push_back(timers.event);
    world.agenda.add(timers.event, Due::clock_event, machine.number, n, 0, cause);
}

}  // namespace

void programClock(World& world, Machine& machine, CpuNo n, Time expires, Position cause) {
    CpuTimers& timers = machine.cpu(n).timers;
    timers.event = expires > world.now ? expires : world.now;  // what is past comes at once
    arm(world, machine, timers, n, cause);
}

namespace hw {

bool clockEvent(World& world, const AgendaItem& item, Event& event) {
    Machine& machine = world.machine(item.machine);
    const auto n = static_cast<CpuNo>(item.arg);
    Cpu& cpu = machine.cpu(n);
    RS_ASSERT(!cpu.timers.armed.empty() && cpu.timers.armed.back() == item.time);
    cpu.timers.armed.pop_back();
    if (cpu.timers.event > item.time) {
        arm(world, machine, cpu.timers, n, item.cause);
        return false;
    }
    cpu.timers.event = kNever;
    hardwareEvent(world, item, fn::timer.id, kClockEvent, 0, event);
    cpu.raise(static_cast<std::uint8_t>(Ipi::timer), event.seq);
    world.resumeCpu(machine, n, event.time);
    return true;
}

}  // namespace hw
}  // namespace ringside
