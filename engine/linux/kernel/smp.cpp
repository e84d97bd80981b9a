// Follows kernel/smp.c of Linux 6.1.192. Modelled: the call_single_queue as far as it carries wake-ups of tasks
// (CSD_TYPE_TTWU). Left out: other functions called on other CPUs, waiting for them, polling idle CPUs that need no
// interrupt.
#include "engine/hardware/hardware.h"
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// Interrupts another CPU so that it looks into its call_single_queue.
struct send_call_function_single_ipi : args::send_call_function_single_ipi {
    using Self = send_call_function_single_ipi;

    Next send(K& k) {
        sendIpi(k.world, k.machine, static_cast<CpuNo>(cpu), Ipi::call_function_single, k.now(), k.event.seq);
        return ret();
    }

    using stages = Stages<Stage<"send the inter-processor interrupt", &Self::send, cost::mmio>>;
};

/// What the interrupt does.
struct generic_smp_call_function_single_interrupt : args::generic_smp_call_function_single_interrupt {
    using Self = generic_smp_call_function_single_interrupt;

    Next flush(K& k) { return k.returns(fn::__flush_smp_call_function_queue); }

    using stages = Stages<Stage<"run what other CPUs have queued", &Self::flush, cost::check>>;
};

/// The idle loop's own look, before it calls the scheduler.
struct flush_smp_call_function_queue : args::flush_smp_call_function_queue {
    using Self = flush_smp_call_function_queue;

    Next look(K& k) {
        if (k.cpu.wake_list.empty()) return ret();
        ++k.cpu.irqs_disabled;
        return k.call<&Self::done>(fn::__flush_smp_call_function_queue);
    }
    Next done(K& k) {
        --k.cpu.irqs_disabled;
        return ret();
    }

    using stages = Stages<Stage<"look whether another CPU has queued something", &Self::look, cost::check>,
                          Stage<"interrupts on", &Self::done, cost::field>>;
};

/// Runs the queue's entries.
struct __flush_smp_call_function_queue : args::__flush_smp_call_function_queue {
    using Self = __flush_smp_call_function_queue;

    Next run(K& k) { return k.cpu.wake_list.empty() ? ret() : k.returns(fn::sched_ttwu_pending); }

    using stages = Stages<Stage<"take the entries: tasks to wake go to the scheduler", &Self::run, cost::list_step>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(send_call_function_single_ipi, "kernel/sched/core.c",
              "Interrupts another CPU so that it runs what was queued for it."),
    RS_DEFINE(generic_smp_call_function_single_interrupt, "kernel/smp.c", "The handler of that interrupt."),
    RS_DEFINE(flush_smp_call_function_queue, "kernel/smp.c",
              "Runs the queue from the idle loop, without an interrupt."),
    RS_DEFINE(__flush_smp_call_function_queue, "kernel/smp.c", "Runs what other CPUs have queued for this one."),
};

}  // namespace

std::span<const FunctionInfo> smpFunctions() { return kFunctions; }

}  // namespace ringside
