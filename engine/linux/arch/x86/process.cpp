// Follows arch/x86/entry/entry_64.S (ret_from_fork) and arch/x86/mm/tlb.c of Linux 6.1.192: where a new task begins,
// and the change of the address space. Left out: fork() itself (tasks are there from the start), TLB generations, PCID,
// lazy TLB.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// Where a task that has never run begins: it finishes the switch to itself, then goes to user space.
struct ret_from_fork : args::ret_from_fork {
    using Self = ret_from_fork;

    Next begin(K& k, TaskId last) { return k.call<&Self::toUser>(fn::schedule_tail, last); }
    Next toUser(K& k) { return k.returns(fn::syscall_exit_to_user_mode); }

    using stages = Stages<Stage<"begin: the switch to this task is to be finished", &Self::begin, cost::check>,
                          Stage<"go to user space for the first time", &Self::toUser, cost::syscall>>;
};

/// Loads the page tables of the next task.
struct switch_mm_irqs_off : args::switch_mm_irqs_off {
    using Self = switch_mm_irqs_off;

    Next load(K&) { return ret(); }

    using stages = Stages<Stage<"load the next task's page tables", &Self::load, cost::mmio>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ret_from_fork, "arch/x86/entry/entry_64.S", "Where a task that has never run begins."),
    RS_DEFINE(switch_mm_irqs_off, "arch/x86/mm/tlb.c", "Changes the address space to that of the next task."),
};

}  // namespace

std::span<const FunctionInfo> archProcessFunctions() { return kFunctions; }

}  // namespace ringside
