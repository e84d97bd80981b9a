// Follows kernel/sched/fair.c of Linux 6.1.192, the part that chooses a CPU for a woken task: select_task_rq_fair() and
// what it calls. Modelled: wake_affine() with its two halves, select_idle_sibling() with its order of candidates,
// wake_wide(). All CPUs share one cache and one scheduling domain. Simplified: wake_affine_weight() compares the
// present weights where the kernel has decaying averages of them (PELT). Left out: SMT siblings, NUMA, energy, CPUs of
// unequal capacity, SCHED_IDLE, the scan limit of SIS_UTIL, and balancing between CPUs (a runnable task is never
// moved).
#include "engine/linux/kernel/sched/sched.h"

namespace ringside {
namespace {

using namespace sched;

constexpr std::uint64_t kImbalance =
    108;                              // 100 + (imbalance_pct - 100) / 2, imbalance_pct is 117 where a cache is shared
constexpr Time kFlipDecay = kSecond;  // HZ ticks

/// record_wakee(): how often the waker changes whom it wakes; halved every second.
void recordWakee(K& k, TaskId wakee) {
    Task& waker = k.current;
    if (k.now() > waker.wakee_flip_decay + kFlipDecay) {
        waker.wakee_flips >>= 1;
        waker.wakee_flip_decay = k.now();
    }
    if (waker.last_wakee == wakee) return;
    waker.last_wakee = wakee;
    ++waker.wakee_flips;
}

/// wake_wide(): waker and woken have so many partners that one cache does not hold them.
bool wakeWide(const K& k, const Task& task) {
    const auto factor = static_cast<std::uint64_t>(k.machine.cpus.size());
    const std::uint64_t more = std::max(k.current.wakee_flips, task.wakee_flips),
                        less = std::min(k.current.wakee_flips, task.wakee_flips);
    return less >= factor && more >= less * factor;
}

/// The CPU for a woken task.
struct select_task_rq_fair : args::select_task_rq_fair {
    using Self = select_task_rq_fair;

    Next affine(K& k) {
        recordWakee(k, p);
        const CpuNo here = k.cpu.id;
        const bool want = !wakeWide(k, k.task(p)) && allowed(k.task(p), here);
        if (!want || here == prev_cpu) return k.returns(fn::select_idle_sibling, p, prev_cpu, prev_cpu);
        return k.call<&Self::sibling>(fn::wake_affine, p, std::uint32_t{here}, prev_cpu, wake_flags & kWfSync);
    }
    Next sibling(K& k, std::uint32_t target) { return k.returns(fn::select_idle_sibling, p, prev_cpu, target); }

    using stages = Stages<Stage<"may the waker's CPU have it?", &Self::affine, cost::check>,
                          Stage<"look for an idle CPU near the target", &Self::sibling, cost::check>>;
};

/// The waker's CPU or the one the task ran on?
struct wake_affine : args::wake_affine {
    using Self = wake_affine;

    /// wake_affine_idle()
    Next idle(K& k) {
        const Cpu& here = cpu(k, this_cpu);
        const bool prev_idle = idleCpu(cpu(k, prev_cpu));
        if (idleCpu(here)) return ret(prev_idle ? prev_cpu : this_cpu);
        if (sync && here.rq.nr_running == 1) return ret(this_cpu);
        if (prev_idle) return ret(prev_cpu);
        return next<&Self::weight>();
    }
    /// wake_affine_weight()
    Next weight(K& k) {
        std::uint64_t here = cpu(k, this_cpu).rq.cfs.load;
        if (sync) {
            const std::uint64_t waker = k.current.idle() ? 0 : k.current.se.weight;
            if (waker > here) return ret(this_cpu);
            here -= waker;
        }
        here = (here + k.task(p).se.weight) * 100;
        const std::uint64_t there = cpu(k, prev_cpu).rq.cfs.load * kImbalance + (sync ? 1 : 0);
        return ret(here < there ? this_cpu : prev_cpu);
    }

    using stages = Stages<Stage<"an idle CPU has it; so has a waker's that is about to be", &Self::idle, cost::check>,
                          Stage<"both are busy: compare their loads", &Self::weight, cost::check>>;

  private:
    static const Cpu& cpu(const K& k, std::uint32_t n) { return std::as_const(k.machine).cpu(static_cast<CpuNo>(n)); }
};

/// An idle CPU that shares the cache with the target.
struct select_idle_sibling : args::select_idle_sibling {
    using Self = select_idle_sibling;

    Next known(K& k) {
        if (idle(k, target)) return ret(target);
        if (prev != target && idle(k, prev)) return ret(prev);
        // A per-CPU kernel thread has done what the task asked it for: it sleeps soon.
        if (k.current.kthread && pinned(k.machine, k.current) && k.cpu.inTask() && prev == k.cpu.id &&
            k.cpu.rq.nr_running <= 1)
            return ret(prev);
        Task& t = k.write(p);
        const std::uint32_t recent = std::exchange(t.recent_used_cpu, static_cast<CpuNo>(prev));
        if (recent != prev && recent != target && idle(k, recent) && allowed(t, static_cast<CpuNo>(recent)))
            return ret(recent);
        return next<&Self::scan>();
    }
    /// select_idle_cpu()
    Next scan(K& k) {
        const auto cpus = static_cast<std::uint32_t>(k.machine.cpus.size());
        for (std::uint32_t i = 1; i <= cpus; ++i) {
            const std::uint32_t n = (target + i) % cpus;
            if (allowed(k.task(p), static_cast<CpuNo>(n)) && idle(k, n)) return ret(n);
        }
        return ret(target);
    }

    using stages =
        Stages<Stage<"the target, the last CPU, one used before: is one of them idle?", &Self::known, cost::check>,
               Stage<"look at all CPUs that share the cache", &Self::scan, cost::lookup>>;

  private:
    static bool idle(const K& k, std::uint32_t n) {
        return idleCpu(std::as_const(k.machine).cpu(static_cast<CpuNo>(n)));
    }
};

/// A sleeping task changes its CPU: its vruntime is counted from the old queue's floor until the new one adds its own.
struct migrate_task_rq_fair : args::migrate_task_rq_fair {
    using Self = migrate_task_rq_fair;

    Next renormalize(K& k) {
        Task& t = k.write(p);
        if (t.state == TaskState::TASK_WAKING) t.se.vruntime -= std::as_const(k.machine).cpu(t.cpu).rq.cfs.min_vruntime;
        return ret();
    }

    using stages = Stages<Stage<"take the old queue's min_vruntime off its vruntime", &Self::renormalize, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(select_task_rq_fair, "kernel/sched/fair.c", "Chooses the CPU on which a woken task will run."),
    RS_DEFINE(wake_affine, "kernel/sched/fair.c", "Decides between the waker's CPU and the one the task ran on."),
    RS_DEFINE(select_idle_sibling, "kernel/sched/fair.c",
              "Looks for an idle CPU that shares the cache with the target."),
    RS_DEFINE(migrate_task_rq_fair, "kernel/sched/fair.c", "Makes a task's vruntime independent of the CPU it leaves."),
};

}  // namespace

std::span<const FunctionInfo> schedSelectFunctions() { return kFunctions; }

}  // namespace ringside
