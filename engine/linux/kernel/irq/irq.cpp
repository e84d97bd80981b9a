// Follows kernel/irq/chip.c and kernel/irq/handle.c of Linux 6.1.192. Modelled: one handler on a level-triggered
// IO-APIC line (fasteoi), as the recorded e1000 has it. Left out: shared lines, threaded handlers, edge-triggered and
// MSI flows, disabling of stuck lines.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// Flow of a line that is ended once at the controller: call the handlers, then end of interrupt.
struct handle_fasteoi_irq : args::handle_fasteoi_irq {
    using Self = handle_fasteoi_irq;

    Next handle(K& k) { return k.call<&Self::end>(fn::handle_irq_event, line); }
    Next end(K& k) { return k.returns(fn::ioapic_ack_level, line); }

    using stages = Stages<Stage<"handle the event", &Self::handle, cost::check>,
                          Stage<"end the interrupt at the controller", &Self::end, cost::check>>;
};

/// Marks the line as being served and calls its handlers.
struct handle_irq_event : args::handle_irq_event {
    using Self = handle_irq_event;

    Next mark(K& k) { return k.returns(fn::__handle_irq_event_percpu, line); }

    using stages = Stages<Stage<"mark the line as in progress", &Self::mark, cost::field>>;
};

/// Calls the driver's handler.
struct __handle_irq_event_percpu : args::__handle_irq_event_percpu {
    using Self = __handle_irq_event_percpu;
    std::uint32_t irq;

    Next handler(K& k) {
        irq = k.nic(static_cast<std::uint8_t>(line)).irq;
        k.trace(Tracepoint::irq_handler_entry, irq, line);
        return k.call<&Self::handled>(fn::e1000_intr, irq, line);
    }
    Next handled(K& k, bool yes) {
        k.trace(Tracepoint::irq_handler_exit, irq, yes ? 1 : 0);
        return ret();
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("irq", s.irq, Unit::index, "number of the interrupt");
    }
    using stages = Stages<Stage<"call the driver's handler", &Self::handler, cost::check>,
                          Stage<"the handler says whether it was its card", &Self::handled, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(handle_fasteoi_irq, "kernel/irq/chip.c",
              "Serves a level-triggered line: handlers first, then end of interrupt."),
    RS_DEFINE(handle_irq_event, "kernel/irq/handle.c", "Marks the line as in progress while its handlers run."),
    RS_DEFINE(__handle_irq_event_percpu, "kernel/irq/handle.c", "Calls the handler that the driver registered."),
};

}  // namespace

std::span<const FunctionInfo> irqFunctions() { return kFunctions; }

}  // namespace ringside
