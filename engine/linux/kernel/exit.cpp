// Follows kernel/exit.c of Linux 6.1.192, much simplified: the task closes its sockets, is marked dead and never runs
// again. Left out: memory, signals, the parent that is told and reaps.
#include <algorithm>

#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// The end of a task.
struct do_exit : args::do_exit {
    using Self = do_exit;

    Next files(K& k) {
        while (!k.current.files.empty()) {
            const SocketId socket = k.current.files.back();
            k.current.files.pop_back();
            bool shared = false;
            k.machine.tasks.each([&](TaskId, const Task& t) {
                shared |= std::find(t.files.begin(), t.files.end(), socket) != t.files.end();
            });
            if (!shared) return k.call<&Self::files>(fn::sock_close, socket);
        }
        return next<&Self::die>();
    }
    Next die(K& k) {
        k.current.state = TaskState::TASK_DEAD;
        return k.call<&Self::never>(fn::schedule);
    }
    Next never(K&) {
        RS_ASSERT(!"a dead task runs");
        return ret();
    }

    using stages = Stages<Stage<"close the files that no other task holds", &Self::files, cost::list_step>,
                          Stage<"state TASK_DEAD, and schedule() for the last time", &Self::die, cost::context_switch>,
                          Stage<"never reached", &Self::never, 0>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(do_exit, "kernel/exit.c", "Ends the current task (simplified)."),
};

}  // namespace

std::span<const FunctionInfo> exitFunctions() { return kFunctions; }

}  // namespace ringside
