// Follows kernel/smpboot.c of Linux 6.1.192. Modelled: the loop of a per-CPU kernel thread, for ksoftirqd. Left out:
// parking, hotplug.
#include "engine/linux/kernel.h"
#include "engine/linux/start_stages.h"

namespace ringside {
namespace {

/// The loop of ksoftirqd: sleep until there is something to do, do it.
struct smpboot_thread_fn : args::smpboot_thread_fn {
    using Self = smpboot_thread_fn;

    Next look(K& k) {
        if (k.cpu.softirq_pending == 0) {
            k.current.state = TaskState::TASK_INTERRUPTIBLE;
            return k.call<&Self::look>(fn::schedule);
        }
        k.current.state = TaskState::TASK_RUNNING;
        return k.call<&Self::look>(fn::run_ksoftirqd, k.cpu.id);
    }

    using stages = Stages<Stage<"run pending softirqs; sleep if there are none", &Self::look, cost::check>>;
};
static_assert(stageIndex<&smpboot_thread_fn::look>() == kSmpbootLook);

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(smpboot_thread_fn, "kernel/smpboot.c",
              "The loop of a kernel thread that each CPU has one of, here ksoftirqd."),
};

}  // namespace

std::span<const FunctionInfo> smpbootFunctions() { return kFunctions; }

}  // namespace ringside
