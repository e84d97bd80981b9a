// Follows kernel/sched/fair.c of Linux 6.1.192, the part that balances loads between CPUs. Modelled: when the tick has
// the loads looked at (next_balance, longer for a busy CPU), and the SCHED softirq that looks. Simplified: one
// scheduling domain has all CPUs; its interval is always the longest one. Left out: load_balance() itself (no task is
// moved), the idle CPU that is woken to look for others (nohz_balancer_kick), averages of loads
// (update_blocked_averages).
#include "engine/linux/kernel/sched/sched.h"
#include "engine/linux/kernel/time/timer.h"

namespace ringside {
namespace {

using namespace sched;

/// The tick's question whether loads are to be looked at.
struct trigger_load_balance : args::trigger_load_balance {
    using Self = trigger_load_balance;

    Next look(K& k) {
        // on_null_domain(): with one CPU there is nothing to balance
        if (k.machine.cpus.size() < 2 || timers::jiffies(k.now()) < k.cpu.rq.next_balance) return ret();
        k.raiseSoftirq(Softirq::SCHED);
        k.trace(Tracepoint::softirq_raise, static_cast<std::uint32_t>(Softirq::SCHED));
        return ret();
    }

    using stages = Stages<Stage<"raise the SCHED softirq when it is time", &Self::look, cost::check>>;
};

/// The SCHED softirq.
struct run_rebalance_domains : args::run_rebalance_domains {
    using Self = run_rebalance_domains;

    Next balance(K& k) { return k.returns(fn::rebalance_domains, std::uint32_t{k.cpu.id}, idleCpu(k.cpu)); }

    using stages = Stages<Stage<"does this CPU have anything to run?", &Self::balance, cost::check>>;
};

/// Looks at the loads of a CPU's domain if their time has come, and says when to look again.
struct rebalance_domains : args::rebalance_domains {
    using Self = rebalance_domains;

    Next look(K& k) {
        RunQueue& rq = k.machine.cpu(static_cast<CpuNo>(cpu)).rq;
        const std::uint64_t now = timers::jiffies(k.now());
        const std::uint64_t interval = balanceInterval(k.machine, !idle);
        if (now >= rq.last_balance + interval) rq.last_balance = now;
        rq.next_balance = rq.last_balance + interval;
        return ret();
    }

    using stages = Stages<
        Stage<"look at the loads if it is time (none is moved here); when to look again", &Self::look, cost::lookup>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(trigger_load_balance, "kernel/sched/fair.c", "Raises the SCHED softirq when loads are to be looked at."),
    RS_DEFINE(run_rebalance_domains, "kernel/sched/fair.c", "The SCHED softirq: balances loads between CPUs."),
    RS_DEFINE(rebalance_domains, "kernel/sched/fair.c",
              "Looks at the loads of a CPU's domain and when to look again (simplified: moves no task)."),
};

}  // namespace

std::span<const FunctionInfo> schedBalanceFunctions() { return kFunctions; }

}  // namespace ringside
