#include "engine/linux/irq.h"

#include <algorithm>

#include "engine/linux/functions.h"
#include "engine/linux/idt.h"

namespace ringside {
namespace {

/// The first vector of a CPU that no line has. Simplified: the kernel spreads lines over CPUs before it fills one.
std::uint8_t freeVector(const Machine& machine, CpuNo cpu) {
    for (std::size_t n = 0;; ++n) {
        const std::uint8_t vector = deviceVector(n);
        RS_ASSERT(vector != 0);
        const auto has = [&](const Cow<IrqDesc>& desc) {
            return desc->vector == vector && desc->effective_affinity == cpu;
        };
        if (std::none_of(machine.irqs.begin(), machine.irqs.end(), has)) return vector;
    }
}

}  // namespace

void requestIrq(Machine& machine, std::uint16_t irq, IrqAction action) {
    const auto is = [&](const Cow<IrqDesc>& desc) { return desc->irq == irq; };
    if (std::none_of(machine.irqs.begin(), machine.irqs.end(), is)) {
        const std::uint8_t vector = freeVector(machine, 0);
        IrqDesc& desc = machine.irqs.emplace_back().write();
        desc.irq = irq;
        desc.vector = vector;
        desc.affinity = CpuMask::first(machine.cpus.size());
        desc.handle_irq = fn::handle_fasteoi_irq;
        desc.irq_eoi = fn::ioapic_ack_level;
    }
    machine.irq(irq).actions.push_back(std::move(action));
}

void setIrqAffinity(Machine& machine, std::uint16_t irq, const CpuMask& affinity) {
    IrqDesc& desc = machine.irq(irq);
    desc.affinity = affinity;
    if (affinity.lowest() == desc.effective_affinity) return;
    desc.vector = 0;
    desc.effective_affinity = affinity.lowest();
    desc.vector = freeVector(machine, desc.effective_affinity);
}

}  // namespace ringside
