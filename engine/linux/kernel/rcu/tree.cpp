// Follows kernel/rcu/tree.c and tree_plugin.h of Linux 6.1.192. Modelled: grace periods by gp_seq, the quiescent states
// of each CPU (a context switch, a tick from user space or from a place where nothing forbids preemption, idling), what
// the tick and the RCU softirq do for them, call_rcu() and the callbacks. Simplified: one node for all CPUs, one list
// of callbacks a CPU instead of segments. There is no grace-period thread: the CPU that has callbacks begins a grace
// period in its softirq, looks there after two jiffies for CPUs that idle, and the last CPU that reports ends it. Left
// out: readers inside rcu_read_lock() that were preempted (the model preempts none there), expedited and Tasks RCU,
// stall warnings.
#include "engine/linux/kernel/time/timer.h"

namespace ringside {
namespace {

constexpr std::uint32_t kBatch = 10;  // blimit

// jiffies_till_first_fqs, and the one by which the timer wheel makes the grace-period thread late
constexpr std::uint64_t kFirstForce = 2;

/// Callbacks whose grace period is over, as far as this CPU has noted.
bool ready(const K& k) {
    const RcuData& here = k.cpu.rcu;
    return !here.cblist.empty() && here.cblist.front().gp_seq <= here.gp_seq;
}

/// Callbacks that need another grace period than the one in progress.
bool wantsGracePeriod(const K& k) {
    const std::vector<RcuHead>& list = k.cpu.rcu.cblist;
    return !k.machine.rcu.inProgress() && !list.empty() && list.back().gp_seq > k.machine.rcu.gp_seq;
}

/// Callbacks wait here, and the grace period is long enough under way to look for idle CPUs.
bool wantsForce(const K& k) {
    const RcuState& rcu = k.machine.rcu;
    return rcu.inProgress() && !k.cpu.rcu.cblist.empty() &&
           timers::jiffies(k.now()) >= timers::jiffies(rcu.gp_start) + kFirstForce;
}

/// rcu_qs(): this CPU has passed through a quiescent state; its softirq reports it.
void quiescent(K& k) { k.cpu.rcu.cpu_no_qs = false; }

/// rcu_report_qs_rnp(): the CPU is not waited for any more; the last one ends the grace period (rcu_gp_cleanup).
void report(K& k, CpuNo n) {
    RcuState& rcu = k.machine.rcu;
    if (!rcu.inProgress()) return;
    rcu.qsmask.clear(n);
    if (rcu.qsmask.empty()) rcu.gp_seq = (rcu.gp_seq | RcuState::kStateMask) + 1;
}

/// Frees what a callback gives back once all readers of now are done.
struct call_rcu : args::call_rcu {
    using Self = call_rcu;

    Next queue(K& k) {
        k.cpu.rcu.cblist.push_back({func, head, k.machine.rcu.snap()});
        return ret();
    }

    using stages =
        Stages<Stage<"queue the callback for the end of a whole grace period", &Self::queue, cost::list_step>>;
};

/// The tick's look at RCU.
struct rcu_sched_clock_irq : args::rcu_sched_clock_irq {
    using Self = rcu_sched_clock_irq;

    Next look(K& k) {
        // A softirq or code that forbids preemption may be reading.
        if (user || (k.cpu.preempt_count & (kPreemptMask | kSoftirqMask)) == 0) quiescent(k);
        if (pending(k)) {
            k.raiseSoftirq(Softirq::RCU);
            k.trace(Tracepoint::softirq_raise, static_cast<std::uint32_t>(Softirq::RCU));
        }
        return ret();
    }

    using stages =
        Stages<Stage<"note a quiescent state; raise the RCU softirq if there is work", &Self::look, cost::check>>;

  private:
    /// rcu_pending()
    static bool pending(const K& k) {
        const RcuState& rcu = k.machine.rcu;
        const RcuData& here = k.cpu.rcu;
        if (here.core_needs_qs && !here.cpu_no_qs && rcu.inProgress()) return true;
        if (ready(k) || wantsForce(k)) return true;
        if (wantsGracePeriod(k)) return true;
        return rcu.gp_seq != here.gp_seq;
    }
};

/// The RCU softirq.
struct rcu_core : args::rcu_core {
    using Self = rcu_core;

    Next report(K& k) {
        RcuData& here = k.cpu.rcu;
        const RcuState& rcu = k.machine.rcu;
        if (here.gp_seq != rcu.gp_seq) {  // note_gp_changes()
            here.gp_seq = rcu.gp_seq;
            here.core_needs_qs = here.cpu_no_qs = rcu.inProgress() && rcu.qsmask.test(k.cpu.id);
        } else if (here.core_needs_qs && !here.cpu_no_qs) {  // rcu_check_quiescent_state()
            here.core_needs_qs = false;
            ringside::report(k, k.cpu.id);
        }
        if (wantsForce(k)) return next<&Self::force>();
        return next<&Self::start>();
    }
    /// rcu_gp_fqs(): an idle CPU reads nothing and reports nothing.
    Next force(K& k) {
        for (CpuNo n = 0; n < k.machine.cpus.size(); ++n) {
            const Cpu& cpu = std::as_const(k.machine).cpu(n);
            const bool idle = cpu.current == cpu.rq.idle && (cpu.waiting || n == k.cpu.id);
            if (idle) ringside::report(k, n);
        }
        return next<&Self::start>();
    }
    /// rcu_accelerate_cbs(), rcu_gp_init()
    Next start(K& k) {
        if (wantsGracePeriod(k)) {
            RcuState& rcu = k.machine.rcu;
            ++rcu.gp_seq;
            rcu.gp_start = k.now();
            rcu.qsmask = CpuMask::first(k.machine.cpus.size());
        }
        return ready(k) ? k.returns(fn::rcu_do_batch) : ret();
    }

    using stages =
        Stages<Stage<"report this CPU's quiescent state, or learn of a new grace period", &Self::report, cost::check>,
               Stage<"report the CPUs that idle", &Self::force, cost::list_step>,
               Stage<"begin a grace period if a callback waits for one", &Self::start, cost::check>>;
};

/// Calls the callbacks that are ready.
struct rcu_do_batch : args::rcu_do_batch {
    using Self = rcu_do_batch;
    std::uint32_t count;

    Next each(K& k) {
        if (!ready(k)) return ret();
        if (count >= kBatch && (k.current.needResched() || !k.current.idle())) {
            k.raiseSoftirq(Softirq::RCU);
            k.trace(Tracepoint::softirq_raise, static_cast<std::uint32_t>(Softirq::RCU));
            return ret();
        }
        ++count;
        const RcuHead head = k.cpu.rcu.cblist.front();
        k.cpu.rcu.cblist.erase(k.cpu.rcu.cblist.begin());
        return k.call<&Self::each>(head.func, head.arg);
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("count", s.count, Unit::count, "callbacks called so far");
    }
    using stages = Stages<Stage<"call the next callback", &Self::each, cost::list_step>>;
};

/// A context switch is a quiescent state of this CPU.
struct rcu_note_context_switch : args::rcu_note_context_switch {
    using Self = rcu_note_context_switch;

    Next note(K& k) {
        quiescent(k);
        return ret();
    }

    using stages = Stages<Stage<"report a quiescent state to RCU", &Self::note, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(call_rcu, "kernel/rcu/tree.c", "Has a callback called when all readers of now are done."),
    RS_DEFINE(rcu_sched_clock_irq, "kernel/rcu/tree.c", "Called by the tick: has RCU work for this CPU?"),
    RS_DEFINE(rcu_core, "kernel/rcu/tree.c", "The RCU softirq."),
    RS_DEFINE(rcu_do_batch, "kernel/rcu/tree.c", "Calls callbacks whose grace period is over."),
    RS_DEFINE(rcu_note_context_switch, "kernel/rcu/tree_plugin.h", "Tells RCU that this CPU switches context."),
};

}  // namespace

std::span<const FunctionInfo> rcuFunctions() { return kFunctions; }

}  // namespace ringside
