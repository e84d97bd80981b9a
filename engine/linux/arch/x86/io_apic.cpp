// Follows arch/x86/kernel/apic/io_apic.c of Linux 6.1.192. Modelled: the end of interrupt of a level-triggered line.
// Left out: remote IRR and the work-around for lost level interrupts.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// Tells the interrupt controller that a level-triggered interrupt has been served.
struct ioapic_ack_level : args::ioapic_ack_level {
    using Self = ioapic_ack_level;

    Next endOfInterrupt(K&) { return ret(); }

    using stages = Stages<Stage<"write the end of interrupt", &Self::endOfInterrupt, cost::mmio>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ioapic_ack_level, "arch/x86/kernel/apic/io_apic.c",
              "Ends a level-triggered interrupt at the interrupt controller."),
};

}  // namespace

std::span<const FunctionInfo> archApicFunctions() { return kFunctions; }

}  // namespace ringside
