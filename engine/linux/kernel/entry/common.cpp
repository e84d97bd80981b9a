// Follows kernel/entry/common.c of Linux 6.1.192. Modelled: the work before a return to user space, that is
// need_resched. Left out: signals, notify-resume work, tracing of system calls, live patching.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// The last look before user space: as long as somebody asked for it, schedule().
struct exit_to_user_mode_prepare : args::exit_to_user_mode_prepare {
    using Self = exit_to_user_mode_prepare;

    Next look(K& k) { return k.current.needResched() ? k.call<&Self::look>(fn::schedule) : ret(); }

    using stages = Stages<Stage<"look at need_resched", &Self::look, cost::check>>;
};

/// The end of every system call.
struct syscall_exit_to_user_mode : args::syscall_exit_to_user_mode {
    using Self = syscall_exit_to_user_mode;

    Next leave(K& k) { return k.returns(fn::exit_to_user_mode_prepare); }

    using stages = Stages<Stage<"leave the system call", &Self::leave, cost::syscall>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(exit_to_user_mode_prepare, "kernel/entry/common.c",
              "Before user space: calls schedule() where need_resched is set."),
    RS_DEFINE(syscall_exit_to_user_mode, "kernel/entry/common.c", "Leaves a system call."),
};

}  // namespace

std::span<const FunctionInfo> entryCommonFunctions() { return kFunctions; }

}  // namespace ringside
