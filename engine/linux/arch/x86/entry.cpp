// Follows arch/x86/kernel/irq.c, arch/x86/entry/entry_64.S and arch/x86/kernel/smp.c of Linux 6.1.192: how a device
// interrupt and an inter-processor interrupt enter the kernel and leave it. Modelled: entry from user mode, from the
// idle loop and from kernel code, the way back with its look at need_resched. Left out: the separate interrupt stack
// (frames stand on the interrupted task's stack), vectors and the IDT, spurious interrupts, entry accounting for
// context tracking and RCU.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// Whether the frame below the entry function is the program in user space.
bool fromUser(const K& k) { return k.stack.size() >= 2 && k.stack[k.stack.size() - 2].context == Context::user; }

/// A computation in user space that this interrupt cut short keeps what is left of it.
void accountUser(K& k) {
    if (!fromUser(k) || !k.current.computing) return;
    k.current.compute_left -= k.cpu.interrupted_at - k.cpu.wait_since;
    k.current.computing = false;
}

/// A device interrupt, on the stack of whatever was running: the handler in hard interrupt context, then softirqs, then
/// perhaps schedule().
struct common_interrupt : args::common_interrupt {
    using Self = common_interrupt;

    Next enter(K& k) {
        accountUser(k);
        k.cpu.preempt_count += kHardirqOffset;  // irq_enter_rcu()
        return k.call<&Self::leave>(fn::__common_interrupt, vector);
    }
    Next leave(K& k) { return k.call<&Self::returnTo>(fn::irq_exit_rcu); }
    Next returnTo(K& k) {
        // Back to kernel code nothing is looked at (voluntary preemption), and the idle loop looks itself.
        if (fromUser(k)) return k.callIn<&Self::restore>(Context::process, fn::exit_to_user_mode_prepare);
        return ret();
    }
    Next restore(K&) { return ret(); }

    using stages = Stages<Stage<"save the registers of what was running", &Self::enter, cost::irq_entry>,
                          Stage<"leave the hard interrupt: softirqs are next", &Self::leave, cost::check>,
                          Stage<"look where the interrupt came from", &Self::returnTo, cost::check>,
                          Stage<"restore the registers and go back to user space", &Self::restore, cost::irq_return>>;
};

/// Finds the handler of the vector and calls it.
struct __common_interrupt : args::__common_interrupt {
    using Self = __common_interrupt;

    Next find(K& k) {
        // the kernel's per-CPU table vector_irq[]
        for (const auto& desc : k.machine.irqs) {
            if (desc->vector == vector && desc->effective_affinity == k.cpu.id)
                return k.returns(desc->handle_irq, std::uint32_t{desc->irq});
        }
        RS_ASSERT(!"a vector without an interrupt line");
        return ret();
    }

    using stages = Stages<Stage<"find the interrupt's descriptor by its vector", &Self::find, cost::check>>;
};

/// The entry of an inter-processor or timer interrupt: as common_interrupt, with another handler.
template <auto Handler>
struct SystemVector : args::sysvec_call_function_single {
    using Self = SystemVector;

    Next enter(K& k) {
        accountUser(k);
        k.cpu.preempt_count += kHardirqOffset;  // irq_enter_rcu()
        return k.call<&Self::leave>(Handler);
    }
    Next leave(K& k) { return k.call<&Self::returnTo>(fn::irq_exit_rcu); }
    Next returnTo(K& k) {
        if (fromUser(k)) return k.callIn<&Self::restore>(Context::process, fn::exit_to_user_mode_prepare);
        return ret();
    }
    Next restore(K&) { return ret(); }

    using stages = Stages<Stage<"save the registers of what was running", &Self::enter, cost::irq_entry>,
                          Stage<"leave the hard interrupt: softirqs are next", &Self::leave, cost::check>,
                          Stage<"look where the interrupt came from", &Self::returnTo, cost::check>,
                          Stage<"restore the registers and go back to user space", &Self::restore, cost::irq_return>>;
};
using sysvec_call_function_single = SystemVector<fn::__sysvec_call_function_single>;
using sysvec_apic_timer_interrupt = SystemVector<fn::__sysvec_apic_timer_interrupt>;

/// Another CPU set need_resched here and says so; the way back from the interrupt does the rest.
struct sysvec_reschedule_ipi : args::sysvec_reschedule_ipi {
    using Self = sysvec_reschedule_ipi;

    Next enter(K& k) {
        accountUser(k);
        k.cpu.preempt_count += kHardirqOffset;
        if (k.current.needResched()) k.cpu.preempt_need_resched = true;  // preempt_fold_need_resched()
        return next<&Self::returnTo>();
    }
    Next returnTo(K& k) {
        k.cpu.preempt_count -= kHardirqOffset;
        if (fromUser(k)) return k.callIn<&Self::restore>(Context::process, fn::exit_to_user_mode_prepare);
        return ret();
    }
    Next restore(K&) { return ret(); }

    using stages =
        Stages<Stage<"acknowledge the interrupt: need_resched was set by another CPU", &Self::enter, cost::irq_entry>,
               Stage<"look where the interrupt came from", &Self::returnTo, cost::check>,
               Stage<"restore the registers and go back to user space", &Self::restore, cost::irq_return>>;
};

/// Another CPU put something into this CPU's call_single_queue.
struct __sysvec_call_function_single : args::__sysvec_call_function_single {
    using Self = __sysvec_call_function_single;

    Next acknowledge(K& k) { return k.returns(fn::generic_smp_call_function_single_interrupt); }

    using stages = Stages<Stage<"acknowledge the interrupt at the local APIC", &Self::acknowledge, cost::field>>;
};

/// The local timer's interrupt.
struct __sysvec_apic_timer_interrupt : args::__sysvec_apic_timer_interrupt {
    using Self = __sysvec_apic_timer_interrupt;

    Next acknowledge(K& k) { return k.returns(fn::hrtimer_interrupt); }

    using stages = Stages<Stage<"acknowledge the interrupt at the local APIC", &Self::acknowledge, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(common_interrupt, "arch/x86/kernel/irq.c",
              "Entry of every device interrupt: runs the handler, then pending softirqs."),
    RS_DEFINE(__common_interrupt, "arch/x86/kernel/irq.c",
              "Looks the vector up and calls the flow handler of the interrupt line."),
    RS_DEFINE(sysvec_call_function_single, "arch/x86/kernel/smp.c",
              "Entry of the interrupt by which another CPU has a function called here."),
    RS_DEFINE(__sysvec_call_function_single, "arch/x86/kernel/smp.c",
              "Acknowledges that interrupt and runs what is queued."),
    RS_DEFINE(sysvec_reschedule_ipi, "arch/x86/kernel/smp.c",
              "Entry of the interrupt by which another CPU asks for schedule()."),
    RS_DEFINE(sysvec_apic_timer_interrupt, "arch/x86/kernel/apic/apic.c", "Entry of the local timer's interrupt."),
    RS_DEFINE(__sysvec_apic_timer_interrupt, "arch/x86/kernel/apic/apic.c",
              "Acknowledges the timer interrupt and runs the timers."),
};

}  // namespace

std::span<const FunctionInfo> archEntryFunctions() { return kFunctions; }

}  // namespace ringside
