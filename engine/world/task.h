#pragma once
// task_struct: identity, state, scheduling entity, kernel stack, and the program it runs. Follows
// include/linux/sched.h.

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/cow.h"
#include "engine/core/fields.h"
#include "engine/core/stack.h"
#include "engine/world/machine/cpu_mask.h"

namespace ringside {

/// __state of a task, with the kernel's values.
enum class TaskState : std::uint16_t {
    TASK_RUNNING = 0,
    TASK_INTERRUPTIBLE = 1,
    TASK_UNINTERRUPTIBLE = 2,
    EXIT_DEAD = 16,
    EXIT_ZOMBIE = 32,
    TASK_DEAD = 128,
    TASK_WAKING = 512,
};
std::string_view nameOf(TaskState state);
/// The letter `ps` and sched_switch use.
char letterOf(TaskState state);

/// struct sched_entity, what CFS keeps of a task.
struct SchedEntity {
    std::uint64_t vruntime = 0;
    std::uint64_t exec_start = 0;
    std::uint64_t sum_exec_runtime = 0;
    std::uint64_t prev_sum_exec_runtime = 0;
    std::uint32_t weight = 1024;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("vruntime", s.vruntime, Unit::nanoseconds, "virtual run time: run time scaled by 1024 / weight");
        v("exec_start", s.exec_start, Unit::nanoseconds, "when the current accounting began");
        v("sum_exec_runtime", s.sum_exec_runtime, Unit::nanoseconds, "time run in all");
        v("prev_sum_exec_runtime", s.prev_sum_exec_runtime, Unit::nanoseconds, "time run when last picked");
        v("weight", s.weight, Unit::count, "load weight of its nice value (1024 at nice 0)");
    }
};

/// Bits of thread_info.flags, with the kernel's values on x86.
inline constexpr std::uint32_t kTifSigpending = 1U << 2, kTifNeedResched = 1U << 3;

struct Task {
    std::uint32_t pid = 0, tgid = 0;
    std::string comm;
    TaskState state = TaskState::TASK_RUNNING;
    bool on_rq = false, on_cpu = false;
    bool kthread = false;
    std::uint32_t flags = 0;  ///< thread_info.flags; the one signal there is is SIGKILL
    CpuNo cpu = 0;
    NetNo net = 0;  ///< its network namespace (nsproxy->net_ns)
    CpuMask cpus_mask;
    std::uint8_t prio = 120, static_prio = 120;
    std::uint8_t sched_class = 0;      ///< index into the machine's classes
    CpuNo recent_used_cpu = 0;         ///< the CPU before the last one
    bool sched_remote_wakeup = false;  ///< it stands on a wake list and got another CPU
    TaskId last_wakee{};               ///< whom it woke last
    std::uint32_t wakee_flips = 0;     ///< how often that changed, halved every second
    Time wakee_flip_decay = 0;         ///< when it was halved last
    SchedEntity se;
    Cow<Stack> stack;
    // the program: data in Inputs, the place in it here
    std::uint16_t program = 0;
    std::uint16_t pc = 0;
    std::uint32_t loops[4] = {0, 0, 0, 0};
    std::int64_t last_result = 0;  ///< what the last system call returned
    Time compute_left = 0;         ///< of the current `compute` operation, when its CPU last began with it
    bool computing = false;        ///< its CPU waits in user space for the end of that
    std::vector<SocketId> files;   ///< descriptor - 3 -> socket
    Position woken_by = 0;         ///< seq of the event that made it runnable
    std::uint64_t received = 0, received_bytes = 0;  ///< datagrams its program got; the model's own

    [[nodiscard]] bool idle() const { return pid == 0; }
    [[nodiscard]] bool needResched() const { return (flags & kTifNeedResched) != 0; }
    [[nodiscard]] bool signalPending() const { return (flags & kTifSigpending) != 0; }
    [[nodiscard]] std::string fieldKey() const { return pid == 0 ? comm : std::to_string(pid); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("pid", s.pid, Unit::index, "what the kernel calls pid: the thread");
        v("tgid", s.tgid, Unit::index, "thread group, what getpid() returns");
        v("comm", s.comm, Unit::none, "name");
        v("state", s.state, Unit::none, "__state");
        v("on_rq", s.on_rq, Unit::none, "on a run queue");
        v("on_cpu", s.on_cpu, Unit::none, "running");
        v("flags", s.flags, Unit::flags, "thread_info.flags: 0x4 TIF_SIGPENDING, 0x8 TIF_NEED_RESCHED");
        const bool resched = s.needResched();
        v("need_resched", resched, Unit::none, "TIF_NEED_RESCHED: schedule() at the next chance");
        v("cpu", s.cpu, Unit::index, "CPU it runs on, or ran last");
        v("cpus_mask", s.cpus_mask, Unit::none, "CPUs it may run on");
        v("prio", s.prio, Unit::none, "kernel priority (100 + 20 + nice)");
        v("sched_class", s.sched_class, Unit::index, "its scheduling class");
        v("recent_used_cpu", s.recent_used_cpu, Unit::index, "the CPU before the last one");
        v("sched_remote_wakeup", s.sched_remote_wakeup, Unit::none, "on a wake list, and got another CPU");
        v("last_wakee", s.last_wakee, Unit::none, "whom it woke last");
        v("wakee_flips", s.wakee_flips, Unit::count, "how often that changed, halved every second");
        v("wakee_flip_decay_ts", s.wakee_flip_decay, Unit::nanoseconds, "when it was halved last");
        v("se", s.se, Unit::none, "scheduling entity of CFS");
        v("pc", s.pc, Unit::index, "operation of its program");
        v("last_result", s.last_result, Unit::none, "what the last system call returned");
        v("compute_left", s.compute_left, Unit::nanoseconds, "rest of the current computation");
        v("received", s.received, Unit::count, "datagrams its program got (the model's own)");
        v("received_bytes", s.received_bytes, Unit::bytes, "payload its program got (the model's own)");
        const auto depth = static_cast<std::uint32_t>(s.stack->size());
        v("stack_depth", depth, Unit::count, "frames on its kernel stack");
        v.apart("stack", s.stack);
        v.hidden("kthread", s.kthread);
        v.hidden("net", s.net);
        v.hidden("static_prio", s.static_prio);
        v.hidden("program", s.program);
        v.hidden("loops", s.loops);
        v.hidden("computing", s.computing);
        v.hidden("files", s.files);
        v.hidden("woken_by", s.woken_by);
    }
};

}  // namespace ringside
