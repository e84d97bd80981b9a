#pragma once
// The IDT: which entry function a vector leads to. Follows arch/x86/kernel/idt.c and
// arch/x86/include/asm/irq_vectors.h of Linux 6.1.192.

#include "engine/linux/functions.h"
#include "engine/world/machine/cpu.h"

namespace ringside {

/// One gate of a system vector; all other vectors are devices'.
struct IdtGate {
    Ipi vector;
    FunctionId entry;
};
inline constexpr IdtGate kIdtGates[] = {
    {Ipi::reschedule, fn::sysvec_reschedule_ipi.id},
    {Ipi::call_function_single, fn::sysvec_call_function_single.id},
    {Ipi::timer, fn::sysvec_apic_timer_interrupt.id},
};

constexpr FunctionId idtEntry(std::uint8_t vector) {
    for (const IdtGate& gate : kIdtGates) {
        if (static_cast<std::uint8_t>(gate.vector) == vector) return gate.entry;
    }
    return fn::common_interrupt.id;
}

/// Vectors that devices get, in the order in which they are given: from FIRST_EXTERNAL_VECTOR on, without those of
/// the legacy interrupts and of system calls, below the system vectors.
constexpr std::uint8_t deviceVector(std::size_t n) {
    for (unsigned vector = 0x21; vector < 0xec; ++vector) {
        if ((vector >= 0x30 && vector < 0x40) || vector == 0x80) continue;
        if (n-- == 0) return static_cast<std::uint8_t>(vector);
    }
    return 0;
}

}  // namespace ringside
