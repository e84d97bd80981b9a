#pragma once
// irq_desc and irqaction: an interrupt line, how it is served, and who wants to know of it. Follows
// include/linux/irqdesc.h and include/linux/interrupt.h. Left out: irq_domain, threaded handlers, depth.

#include <string>
#include <vector>

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/types.h"
#include "engine/world/machine/cpu_mask.h"

namespace ringside {

/// struct irqaction: a handler that request_irq() registered.
struct IrqAction {
    Fn<bool(std::uint32_t, std::int32_t)> handler;  ///< takes irq and dev_id; false: it was not my card (IRQ_NONE)
    std::int32_t dev = 0;                           ///< dev_id: ifindex
    std::string name;                               ///< as /proc/interrupts shows it

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("handler", s.handler, Unit::none, "the driver's handler");
        v("dev", s.dev, Unit::index, "ifindex of the device");
        v("name", s.name, Unit::none, "as /proc/interrupts shows it");
    }
};

/// struct irq_desc.
struct IrqDesc {
    std::uint16_t irq = 0;
    std::uint8_t vector = 0;             ///< of the CPU that takes it
    CpuMask affinity;                    ///< CPUs that may take it
    CpuNo effective_affinity = 0;        ///< the one that does
    Fn<void(std::uint32_t)> handle_irq;  ///< flow handler
    Fn<void(std::uint32_t)> irq_eoi;     ///< the chip's end of interrupt
    std::vector<IrqAction> actions;      ///< several cards may share the line
    std::uint64_t count = 0;             ///< times served (`/proc/interrupts`)

    [[nodiscard]] std::string fieldKey() const { return std::to_string(irq); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("irq", s.irq, Unit::index, "number of the interrupt line");
        v("vector", s.vector, Unit::hex, "entry of the IDT that it goes to");
        v("affinity", s.affinity, Unit::none, "CPUs that may take the interrupt");
        v("effective_affinity", s.effective_affinity, Unit::index, "CPU that takes the interrupt");
        v("handle_irq", s.handle_irq, Unit::none, "flow handler");
        v("irq_eoi", s.irq_eoi, Unit::none, "the interrupt controller's end of interrupt");
        v("actions", s.actions, Unit::none, "handlers that drivers registered");
        v("count", s.count, Unit::count, "interrupts served");
    }
};

}  // namespace ringside
