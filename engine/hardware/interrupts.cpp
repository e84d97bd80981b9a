// The interrupt controller: device interrupts with the card's throttling and mask, and inter-processor interrupts.
#include "engine/hardware/hardware.h"
#include "engine/hardware/stages.h"

namespace ringside {
namespace {

constexpr Time kInterruptLatency = 200;                // line up to the CPU's pin; illustrative
constexpr Time kInterProcessorLatency = kMicrosecond;  // illustrative

}  // namespace

void nicInterruptsEnabled(World& world, Machine& machine, std::uint8_t ifindex, Time now, Position cause) {
    Nic& nic = machine.nic(ifindex);
    if ((nic.icr & nic.ims) == 0 || nic.irq_asserted || nic.itr_waiting) return;
    nic.itr_waiting = true;
    const Time allowed = nic.last_interrupt + nic.itr_gap;
    world.agenda.add((now > allowed ? now : allowed) + kInterruptLatency, Due::irq, machine.number, nic.affinity,
                     ifindex, cause);
}

void sendIpi(World& world, Machine& machine, CpuNo target, Ipi kind, Time now, Position cause) {
    world.agenda.add(now + kInterProcessorLatency, Due::ipi, machine.number, target, static_cast<std::uint32_t>(kind),
                     cause);
}

namespace hw {

bool deliverInterrupt(World& world, const AgendaItem& item, Event& event) {
    Machine& machine = world.machine(item.machine);
    Nic& nic = machine.nic(static_cast<std::uint8_t>(item.arg2));
    nic.itr_waiting = false;
    if ((nic.icr & nic.ims) == 0 || nic.irq_asserted) return false;
    nic.irq_asserted = true;
    nic.last_interrupt = item.time;
    ++nic.interrupts;
    hardwareEvent(world, item, fn::interrupt_controller.id, kDeviceInterrupt, 0, event);
    Cpu& cpu = machine.cpu(nic.affinity);
    cpu.irq_pending |= 1U << nic.ifindex;
    cpu.irq_cause = event.seq;
    world.resumeCpu(machine, nic.affinity, event.time);
    return true;
}

}  // namespace hw
}  // namespace ringside
