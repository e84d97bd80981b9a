// Follows kernel/exit.c of Linux 6.1.192, much simplified: the task is marked dead and never runs again. Left out:
// files, memory, signals, the parent that is told and reaps.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// The end of a task.
struct do_exit {
    using Self = do_exit;

    Next die(K& k) {
        k.current.state = TaskState::TASK_DEAD;
        return k.call<&Self::never>(fn::schedule);
    }
    Next never(K&) {
        RS_ASSERT(!"a dead task runs");
        return ret();
    }

    using stages = Stages<Stage<"state TASK_DEAD, and schedule() for the last time", &Self::die, cost::context_switch>,
                          Stage<"never reached", &Self::never, 0>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(do_exit, "kernel/exit.c", "Ends the current task (simplified)."),
};

}  // namespace

std::span<const FunctionInfo> exitFunctions() { return kFunctions; }

}  // namespace ringside
