#pragma once
// RCU as far as the model has it: callbacks that wait for a grace period, and which CPUs have passed through a
// quiescent state. Follows kernel/rcu/rcu.h, tree.h and include/linux/types.h (rcu_head).

#include <vector>

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/types.h"
#include "engine/world/machine/cpu_mask.h"

namespace ringside {

/// What a callback is given: the kernel's rcu_head stands in the object that goes, here its slot does.
using RcuCallback = Fn<void(std::uint32_t)>;

/// struct rcu_head, and the grace period after which it may be called.
struct RcuHead {
    RcuCallback func;
    std::uint32_t arg = 0;
    std::uint64_t gp_seq = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("func", s.func, Unit::none, "the callback");
        v("arg", s.arg, Unit::index, "slot of the object that holds the head");
        v("gp_seq", s.gp_seq, Unit::hex, "called once rcu_state.gp_seq has come this far");
    }
};

/// struct rcu_data: what each CPU keeps.
struct RcuData {
    std::uint64_t gp_seq = 0;     ///< rcu_state.gp_seq as this CPU knows it
    bool core_needs_qs = false;   ///< the grace period waits for this CPU
    bool cpu_no_qs = false;       ///< and it has not passed through a quiescent state since it knows
    std::vector<RcuHead> cblist;  ///< callbacks, oldest first

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("gp_seq", s.gp_seq, Unit::hex, "the grace period this CPU knows of");
        v("core_needs_qs", s.core_needs_qs, Unit::none, "the grace period waits for this CPU");
        v("cpu_no_qs", s.cpu_no_qs, Unit::none, "no quiescent state seen since");
        v("cblist", s.cblist, Unit::none, "callbacks that wait, oldest first");
    }
};

/// struct rcu_state. gp_seq counts in fours: its two lowest bits are 1 while a grace period is in progress.
struct RcuState {
    static constexpr std::uint64_t kStateMask = 3;

    std::uint64_t gp_seq = 0;
    Time gp_start = 0;  ///< of the one in progress, or the last
    CpuMask qsmask;     ///< CPUs that it still waits for

    [[nodiscard]] bool inProgress() const { return (gp_seq & kStateMask) != 0; }
    /// rcu_seq_snap(): the gp_seq at which a whole grace period from now on will have ended.
    [[nodiscard]] std::uint64_t snap() const { return (gp_seq + 2 * kStateMask + 1) & ~kStateMask; }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("gp_seq", s.gp_seq, Unit::hex, "grace periods in fours; lowest bits 1: one is in progress");
        v("gp_start", s.gp_start, Unit::nanoseconds, "when it began");
        v("qsmask", s.qsmask, Unit::none, "CPUs whose quiescent state it waits for");
    }
};

}  // namespace ringside
