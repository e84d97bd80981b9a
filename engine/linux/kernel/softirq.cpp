// Follows kernel/softirq.c of Linux 6.1.192 (where __do_softirq() is a thin wrapper of handle_softirqs()). Modelled:
// running pending vectors after a hard interrupt and where bottom halves are enabled again, the limits (10 rounds, 2 ms
// rounded up to a jiffy, somebody wants the CPU), ksoftirqd. Left out: the separate softirq stack, tasklets, lockdep
// and accounting. What a vector does stands in softirq_vec (open_softirq() in linux/start.cpp).
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

constexpr std::uint32_t kMaxRestart = 10;  // MAX_SOFTIRQ_RESTART

/// ksoftirqd is awake: softirqs are left to it.
bool ksoftirqdRunning(const K& k) {
    return k.cpu.ksoftirqd && k.task(k.cpu.ksoftirqd).state == TaskState::TASK_RUNNING;
}

/// The end of a hard interrupt: pending softirqs run now, unless one was interrupted or ksoftirqd has them.
struct irq_exit_rcu : args::irq_exit_rcu {
    using Self = irq_exit_rcu;

    Next look(K& k) {
        RS_ASSERT((k.cpu.preempt_count & kHardirqMask) != 0);
        k.cpu.preempt_count -= kHardirqOffset;
        if (k.cpu.inInterrupt() || k.cpu.softirq_pending == 0 || ksoftirqdRunning(k)) return ret();
        ++k.cpu.irqs_disabled;
        return k.callIn<&Self::done>(Context::softirq, fn::handle_softirqs);
    }
    Next done(K& k) {
        --k.cpu.irqs_disabled;
        return ret();
    }

    using stages = Stages<Stage<"run softirqs if any are pending and none is running", &Self::look, cost::check>,
                          Stage<"softirqs are done", &Self::done, cost::check>>;
};

/// Runs the pending vectors, lowest first, with interrupts on; what is raised meanwhile gets another round, within
/// limits.
struct handle_softirqs : args::handle_softirqs {
    using Self = handle_softirqs;
    Time end;               // in jiffies
    std::uint32_t pending;  // vectors of this round still to run
    std::uint32_t restarts;

    Next begin(K& k) {
        end = jiffiesAt(k.now()) + 1;  // 2 ms are one jiffy at HZ=250
        restarts = kMaxRestart;
        k.cpu.preempt_count += kSoftirqOffset;
        return round(k);
    }
    Next restart(K& k) { return round(k); }
    Next each(K& k) {
        const auto vector = static_cast<std::uint32_t>(__builtin_ctz(pending));
        k.trace(Tracepoint::softirq_entry, vector);
        const Fn<void()> action = k.machine.softirq_vec[vector];
        return action ? k.call<&Self::done>(action) : next<&Self::done>();
    }
    Next done(K& k) {
        k.trace(Tracepoint::softirq_exit, static_cast<std::uint32_t>(__builtin_ctz(pending)));
        pending &= pending - 1;
        return pending ? next<&Self::each>() : next<&Self::again>();
    }
    Next again(K& k) {
        ++k.cpu.irqs_disabled;
        if (k.cpu.softirq_pending == 0) return finish(k);
        if (jiffiesAt(k.now()) < end && !k.current.needResched() && --restarts > 0) return next<&Self::restart>();
        return k.call<&Self::leave>(fn::wakeup_softirqd);
    }
    Next leave(K& k) { return finish(k); }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("end", s.end, Unit::count, "jiffy at which the time is up");
        v("pending", s.pending, Unit::flags, "vectors of this round that are still to run");
        v("max_restart", s.restarts, Unit::count, "rounds that are left");
    }
    using stages = Stages<Stage<"take the pending vectors, interrupts on", &Self::begin, cost::field>,
                          Stage<"once more: take what was raised meanwhile", &Self::restart, cost::field>,
                          Stage<"run the next vector", &Self::each, cost::list_step>,
                          Stage<"the vector is done", &Self::done, cost::list_step>,
                          Stage<"interrupts off; look whether more is pending", &Self::again, cost::check>,
                          Stage<"leave the rest to ksoftirqd", &Self::leave, cost::check>>;

  private:
    Next round(K& k) {
        pending = k.cpu.softirq_pending;
        k.cpu.softirq_pending = 0;
        --k.cpu.irqs_disabled;
        return next<&Self::each>();
    }
    static Next finish(K& k) {
        k.cpu.preempt_count -= kSoftirqOffset;
        return ret();
    }
};

/// local_bh_enable(): what was raised while bottom halves were off runs now.
struct __local_bh_enable_ip : args::__local_bh_enable_ip {
    using Self = __local_bh_enable_ip;

    Next enable(K& k) {
        RS_ASSERT((k.cpu.preempt_count & kSoftirqMask) >= kSoftirqDisableOffset);
        // Preemption stays off until the softirqs have run.
        k.cpu.preempt_count -= kSoftirqDisableOffset - kPreemptOffset;
        if (!k.cpu.inInterrupt() && k.cpu.softirq_pending != 0) return k.call<&Self::done>(fn::do_softirq);
        return done(k);
    }
    Next done(K& k) {
        k.cpu.preempt_count -= kPreemptOffset;
        return ret();
    }

    using stages = Stages<Stage<"bottom halves are on again; run what is pending", &Self::enable, cost::check>,
                          Stage<"preemption is on again", &Self::done, cost::field>>;
};

/// Runs pending softirqs from process context.
struct do_softirq : args::do_softirq {
    using Self = do_softirq;

    Next look(K& k) {
        if (k.cpu.inInterrupt() || k.cpu.softirq_pending == 0 || ksoftirqdRunning(k)) return ret();
        ++k.cpu.irqs_disabled;
        return k.callIn<&Self::done>(Context::softirq, fn::handle_softirqs);
    }
    Next done(K& k) {
        --k.cpu.irqs_disabled;
        return ret();
    }

    using stages = Stages<Stage<"interrupts off; run softirqs if any are pending", &Self::look, cost::check>,
                          Stage<"interrupts on", &Self::done, cost::field>>;
};

/// ksoftirqd's work.
struct run_ksoftirqd : args::run_ksoftirqd {
    using Self = run_ksoftirqd;

    Next look(K& k) {
        if (k.cpu.softirq_pending == 0) return ret();
        ++k.cpu.irqs_disabled;
        return k.callIn<&Self::resched>(Context::softirq, fn::handle_softirqs);
    }
    Next resched(K& k) {
        --k.cpu.irqs_disabled;
        // cond_resched(): should_resched(0)
        return k.cpu.preempt_need_resched && k.cpu.preempt_count == 0 ? k.returns(fn::preempt_schedule_common) : ret();
    }

    using stages = Stages<Stage<"interrupts off; run softirqs if any are pending", &Self::look, cost::check>,
                          Stage<"interrupts on; let others run if they want to", &Self::resched, cost::check>>;
};

/// Wakes this CPU's ksoftirqd.
struct wakeup_softirqd : args::wakeup_softirqd {
    using Self = wakeup_softirqd;

    Next wake(K& k) {
        if (!k.cpu.ksoftirqd) return ret();
        return k.returns(fn::wake_up_process, k.cpu.ksoftirqd);
    }

    using stages = Stages<Stage<"wake ksoftirqd", &Self::wake, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(irq_exit_rcu, "kernel/softirq.c", "Leaves a hard interrupt and runs the softirqs it raised."),
    RS_DEFINE(handle_softirqs, "kernel/softirq.c",
              "Runs pending softirqs: at most ten rounds or one jiffy, or until another task wants the CPU."),
    RS_DEFINE(__local_bh_enable_ip, "kernel/softirq.c",
              "Enables bottom halves and runs the softirqs that waited for that."),
    RS_DEFINE(do_softirq, "kernel/softirq.c", "Runs pending softirqs from process context."),
    RS_DEFINE(run_ksoftirqd, "kernel/softirq.c", "What ksoftirqd does when it is awake."),
    RS_DEFINE(wakeup_softirqd, "kernel/softirq.c", "Wakes ksoftirqd to go on with what was too much at once."),
};

}  // namespace

std::span<const FunctionInfo> softirqFunctions() { return kFunctions; }

}  // namespace ringside
