// Follows kernel/signal.c of Linux 6.1.192 as far as SIGKILL needs it. Simplified: the sender is no task of the
// machine, so there is no CPU whose steps these would be; what they change is changed at once.
#include "engine/linux/signal.h"

#include "engine/hardware/hardware.h"

namespace ringside {

void sendSigkill(World& world, Machine& machine, TaskId id) {
    Task& task = machine.tasks.write(id);
    task.flags |= kTifSigpending;
    const bool asleep = task.state == TaskState::TASK_INTERRUPTIBLE || task.state == TaskState::TASK_UNINTERRUPTIBLE;
    if (asleep && task.on_rq) {
        task.state = TaskState::TASK_RUNNING;  // it has not left its CPU yet, and now does not
    } else if (asleep) {
        // its own CPU puts it on its run queue (ttwu_queue_wakelist)
        task.state = TaskState::TASK_WAKING;
        task.sched_remote_wakeup = false;
        Cpu& cpu = machine.cpu(task.cpu);
        cpu.wake_list.push_back(id);
        cpu.rq.ttwu_pending = true;
        sendIpi(world, machine, task.cpu, Ipi::call_function_single, world.now, world.position);
    } else if (task.on_cpu) {
        sendIpi(world, machine, task.cpu, Ipi::reschedule, world.now, world.position);  // kick_process()
    }
}

}  // namespace ringside
