#pragma once
// Registering interrupt handlers, and which CPU takes a line, before a run. Follows kernel/irq/manage.c and
// arch/x86/kernel/apic/vector.c of Linux 6.1.192.

#include "engine/world/machine/machine.h"

namespace ringside {

/// Adds a handler to a line (request_irq()). The first makes the line: level-triggered at the IO-APIC, taken by the
/// lowest CPU, with a vector of its own there.
void requestIrq(Machine& machine, std::uint16_t irq, IrqAction action);
/// The line is taken by the lowest CPU of the set from now on (irq_set_affinity()); it gets a vector there. The set
/// must have a CPU of the machine.
void setIrqAffinity(Machine& machine, std::uint16_t irq, const CpuMask& affinity);

}  // namespace ringside
