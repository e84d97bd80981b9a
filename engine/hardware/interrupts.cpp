// The interrupt controller: device interrupts with the card's throttling and mask, and inter-processor interrupts.
#include "engine/hardware/hardware.h"
#include "engine/hardware/stages.h"

namespace ringside {
namespace {

constexpr Time kInterruptLatency = 200;                // line up to the CPU's pin; illustrative
constexpr Time kInterProcessorLatency = kMicrosecond;  // illustrative

}  // namespace

void nicInterruptsEnabled(World& world, Machine& machine, std::int32_t ifindex, Time now, Position cause) {
    Nic& nic = machine.nic(ifindex);
    if ((nic.icr & nic.ims) == 0 || nic.irq_asserted || nic.itr_waiting) return;
    nic.itr_waiting = true;
    const Time allowed = nic.last_interrupt + (nic.itr_obeyed ? Time{nic.itr} * 256 : nic.itr_gap);
    world.agenda.add((now > allowed ? now : allowed) + kInterruptLatency, Due::irq, machine.number,
                     std::as_const(machine).irq(nic.irq).effective_affinity, ifindex, cause);
}

void nicLineLowered(Machine& machine, std::uint16_t irq) {
    for (const auto& nic : machine.nics) {
        if (nic->irq == irq && nic->irq_asserted) return;
    }
    const IrqDesc& desc = std::as_const(machine).irq(irq);
    machine.cpu(desc.effective_affinity).withdraw(desc.vector);
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
    const IrqDesc& desc = std::as_const(machine).irq(nic.irq);
    machine.cpu(desc.effective_affinity).raise(desc.vector, event.seq);
    world.resumeCpu(machine, desc.effective_affinity, event.time);
    return true;
}

}  // namespace hw
}  // namespace ringside
