// Follows kernel/irq/chip.c and kernel/irq/handle.c of Linux 6.1.192. Modelled: level-triggered IO-APIC lines
// (fasteoi), as the recorded e1000 has one, with any number of handlers. Left out: threaded handlers, edge-triggered
// and MSI flows, disabling of stuck lines.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// Flow of a line that is ended once at the controller: call the handlers, then end of interrupt.
struct handle_fasteoi_irq : args::handle_fasteoi_irq {
    using Self = handle_fasteoi_irq;

    Next handle(K& k) { return k.call<&Self::end>(fn::handle_irq_event, desc); }
    Next end(K& k) { return k.returns(k.irq(desc).irq_eoi, desc); }

    using stages = Stages<Stage<"handle the event", &Self::handle, cost::check>,
                          Stage<"end the interrupt at the controller", &Self::end, cost::check>>;
};

/// Marks the line as being served and calls its handlers.
struct handle_irq_event : args::handle_irq_event {
    using Self = handle_irq_event;

    Next mark(K& k) {
        ++k.machine.irq(desc).count;
        return k.returns(fn::__handle_irq_event_percpu, desc);
    }

    using stages = Stages<Stage<"mark the line as in progress", &Self::mark, cost::field>>;
};

/// Calls the handlers that were registered for the line, one after the other.
struct __handle_irq_event_percpu : args::__handle_irq_event_percpu {
    using Self = __handle_irq_event_percpu;
    std::uint32_t action;

    Next handler(K& k) {
        const IrqAction& a = k.irq(desc).actions[action];
        k.trace(Tracepoint::irq_handler_entry, desc, a.dev);
        return k.call<&Self::handled>(a.handler, desc, a.dev);
    }
    Next handled(K& k, bool yes) {
        k.trace(Tracepoint::irq_handler_exit, desc, yes ? 1 : 0);
        if (++action < k.irq(desc).actions.size()) return next<&Self::handler>();
        return ret();
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("action", s.action, Unit::index, "which of the line's handlers");
    }
    using stages = Stages<Stage<"call the driver's handler", &Self::handler, cost::check>,
                          Stage<"the handler says whether it was its card", &Self::handled, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(handle_fasteoi_irq, "kernel/irq/chip.c",
              "Serves a level-triggered line: handlers first, then end of interrupt."),
    RS_DEFINE(handle_irq_event, "kernel/irq/handle.c", "Marks the line as in progress while its handlers run."),
    RS_DEFINE(__handle_irq_event_percpu, "kernel/irq/handle.c",
              "Calls the handlers that drivers registered for the line."),
};

}  // namespace

std::span<const FunctionInfo> irqFunctions() { return kFunctions; }

}  // namespace ringside
