// Programs in user space: data (Inputs::programs), one operation after another. No Linux function, but the bottom frame
// of every user task. Simplified: an operation is a system call, a computation, or a jump; nothing is simulated of the
// program's own memory.
#include <algorithm>

#include "engine/linux/kernel.h"
#include "engine/linux/start_stages.h"

namespace ringside {
namespace {

constexpr Time kRest = 4 * kMillisecond;

/// Runs the task's program.
struct user_mode : args::user_mode {
    using Self = user_mode;

    Next operation(K& k) {
        const std::vector<Op>& ops = k.inputs.programs[k.current.program].ops;
        if (k.current.pc >= ops.size() || k.current.signalPending())
            return k.callIn<&Self::over>(Context::process, fn::do_exit);
        return std::visit([&](const auto& op) { return begin(k, op); }, ops[k.current.pc]);
    }
    Next computed(K& k) {
        // If an interrupt cut it short, that has been taken off already (entry.cpp), and other tasks may have run
        // since.
        if (k.current.computing) k.current.compute_left -= k.cpu.interrupted_at - k.cpu.wait_since;
        k.current.computing = false;
        // What an interrupt cut is waited for in parts, so that cancelled parts never pile up in the agenda.
        if (k.current.compute_left > 0 && !k.current.signalPending())
            return compute(k, std::min(k.current.compute_left, kRest));
        ++k.current.pc;
        return next<&Self::operation>();
    }
    Next received(K& k, std::int64_t result) {
        if (result >= 0) {
            ++k.current.received;
            k.current.received_bytes += static_cast<std::uint64_t>(result);
        }
        return slept(k, result);
    }
    Next slept(K& k, std::int64_t result) {
        k.current.last_result = result;
        ++k.current.pc;
        return k.callIn<&Self::operation>(Context::process, fn::syscall_exit_to_user_mode);
    }
    Next over(K&) {
        RS_ASSERT(!"a task came back from its end");
        return ret();
    }

    using stages = Stages<Stage<"next operation of the program", &Self::operation, cost::syscall>,
                          Stage<"compute", &Self::computed, cost::check>,
                          Stage<"a datagram was read: leave the kernel", &Self::received, cost::check>,
                          Stage<"the call is done: leave the kernel", &Self::slept, cost::check>,
                          Stage<"never reached", &Self::over, 0>>;

  private:
    static Next begin(K& k, const op::recvfrom& op) {
        return k.callIn<&Self::received>(Context::process, fn::__x64_sys_recvfrom, op.fd, op.size);
    }
    static Next begin(K& k, const op::sleep& op) {
        return k.callIn<&Self::slept>(Context::process, fn::__x64_sys_clock_nanosleep, op.time);
    }
    static Next begin(K& k, const op::yield&) {
        return k.callIn<&Self::slept>(Context::process, fn::__x64_sys_sched_yield);
    }
    static Next begin(K& k, const op::exit&) { return k.callIn<&Self::over>(Context::process, fn::do_exit); }
    static Next begin(K& k, const op::compute& op) {
        k.current.compute_left = op.time;
        return compute(k, op.time);
    }
    static Next begin(K& k, const op::jump& op) {
        const std::size_t counter = op.slot % std::size(k.current.loops);
        if (op.count == 0 || k.current.loops[counter] < op.count) {
            if (op.count) ++k.current.loops[counter];
            k.current.pc = op.to;
        } else {
            k.current.loops[counter] = 0;
            ++k.current.pc;
        }
        return next<&Self::operation>();
    }
    static Next compute(K& k, Time part) {
        k.current.computing = true;
        return wait<&Self::computed>(k.now() + part);
    }
};
static_assert(stageIndex<&user_mode::operation>() == kUserModeNextOperation);

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(user_mode, "user space", "The program of a task, one operation after another."),
};

}  // namespace

std::span<const FunctionInfo> userModeFunctions() { return kFunctions; }

}  // namespace ringside
