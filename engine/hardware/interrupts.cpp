// The interrupt controller: device interrupts with the card's throttling and mask, and inter-processor interrupts.
#include <algorithm>

#include "engine/hardware/hardware.h"
#include "engine/hardware/stages.h"

namespace ringside {
namespace {

constexpr Time kInterruptLatency = 200;                // line up to the CPU's pin; illustrative
constexpr Time kInterProcessorLatency = kMicrosecond;  // illustrative

}  // namespace

void nicInterruptsEnabled(World& world, Machine& machine, std::int32_t ifindex, std::uint32_t vector, Time now,
                          Position cause) {
    NicVector& v = machine.nic(ifindex).vectors[vector];
    if (!v.asks() || v.itr_waiting) return;
    v.itr_waiting = true;
    world.agenda.add(std::max(now, v.allowed()) + kInterruptLatency, Due::irq, machine.number, vector,
                     static_cast<std::uint32_t>(ifindex), cause);
}

void nicLineLowered(Machine& machine, std::uint16_t irq) {
    for (const auto& nic : machine.nics) {
        for (const NicVector& v : nic->vectors) {
            if (v.irq == irq && v.irq_asserted) return;
        }
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
    NicVector& v = machine.nic(static_cast<std::int32_t>(item.arg2)).vectors[item.arg];
    v.itr_waiting = false;
    if (!v.asks()) return false;
    v.irq_asserted = true;
    v.last_interrupt = item.time;
    ++v.interrupts;
    hardwareEvent(world, item, fn::interrupt_controller.id, kDeviceInterrupt, 0, event);
    const IrqDesc& desc = std::as_const(machine).irq(v.irq);
    machine.cpu(desc.effective_affinity).raise(desc.vector, event.seq);
    world.resumeCpu(machine, desc.effective_affinity, event.time);
    return true;
}

}  // namespace hw
}  // namespace ringside
