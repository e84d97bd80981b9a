// Follows kernel/rcu/tree.c of Linux 6.1.192, as far as closing a socket needs it: the RCU softirq that runs callbacks
// whose grace period is over. Simplified: a grace period takes some ticks, whatever readers do; quiescent states are
// not counted yet.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// The tick's look at RCU.
struct rcu_sched_clock_irq : args::rcu_sched_clock_irq {
    using Self = rcu_sched_clock_irq;

    Next look(K& k) {
        if (!k.cpu.rcu_ready.empty()) {
            k.raiseSoftirq(Softirq::RCU);
            k.trace(Tracepoint::softirq_raise, static_cast<std::uint32_t>(Softirq::RCU));
        }
        return ret();
    }

    using stages = Stages<Stage<"raise the RCU softirq if callbacks are ready", &Self::look, cost::check>>;
};

/// The RCU softirq.
struct rcu_core : args::rcu_core {
    using Self = rcu_core;

    Next run(K& k) { return k.returns(fn::rcu_do_batch); }

    using stages = Stages<Stage<"callbacks whose grace period is over are ready", &Self::run, cost::check>>;
};

/// Calls the callbacks that are ready.
struct rcu_do_batch : args::rcu_do_batch {
    using Self = rcu_do_batch;

    Next each(K& k) {
        if (k.cpu.rcu_ready.empty()) return ret();
        const SocketId first = k.cpu.rcu_ready.front();
        k.cpu.rcu_ready.erase(k.cpu.rcu_ready.begin());
        return k.call<&Self::each>(fn::__sk_destruct, first);
    }

    using stages = Stages<Stage<"call the next callback", &Self::each, cost::list_step>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(rcu_sched_clock_irq, "kernel/rcu/tree.c", "Called by the tick: has RCU work for this CPU?"),
    RS_DEFINE(rcu_core, "kernel/rcu/tree.c", "The RCU softirq."),
    RS_DEFINE(rcu_do_batch, "kernel/rcu/tree.c", "Calls callbacks whose grace period is over."),
};

}  // namespace

std::span<const FunctionInfo> rcuFunctions() { return kFunctions; }

}  // namespace ringside
