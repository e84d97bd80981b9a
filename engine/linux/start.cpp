#include "engine/linux/start.h"

#include "engine/linux/functions.h"
#include "engine/linux/jiffies.h"
#include "engine/linux/start_stages.h"

namespace ringside {
namespace {

void pushFrame(Task& task, FunctionId function, std::uint8_t stage, Context context, FrameState state) {
    Frame& frame = task.stack.write().push();
    frame.function = function;
    frame.stage = stage;
    frame.context = context;
    frame.state = state;
}

}  // namespace

void startTask(World& world, Machine& machine, TaskId id) {
    Task& task = machine.tasks.write(id);
    Cpu& cpu = machine.cpu(task.cpu);
    pushFrame(task, fn::user_mode.id, kUserModeNextOperation, Context::user, FrameState::entered);
    task.on_rq = true;
    cpu.cfs.load += task.se.weight;
    ++cpu.cfs.nr_running;
    if (!cpu.cfs.curr) {
        cpu.cfs.curr = cpu.current = id;
        task.on_cpu = true;
        cpu.waiting = false;
        // the idle task has been switched away from, and comes back where schedule_idle() goes on
        Task& idle = machine.tasks.write(cpu.idle);
        idle.on_cpu = false;
        pushFrame(idle, fn::schedule_idle.id, kScheduleSwitched, Context::idle, FrameState::entered);
        world.clock.set(machine.first_cpu + task.cpu, world.now);
        return;
    }
    pushFrame(task, fn::ret_from_fork.id, kRetFromForkBegin, Context::process, FrameState::pushed);
    cpu.cfs.timeline.push_back(id);  // all vruntimes are 0, so the order is that of starting
    if (!cpu.tick_armed) {
        cpu.tick_armed = true;
        world.agenda.add(world.now + kJiffy, Due::tick, machine.number, task.cpu, 0, 0);
    }
}

void startIdle(World& world, Machine& machine, TaskId id, CpuNo n) {
    Task& task = machine.tasks.write(id);
    pushFrame(task, fn::do_idle.id, kDoIdleLook, Context::idle, FrameState::entered);
    task.on_cpu = true;
    Cpu& cpu = machine.cpu(n);
    cpu.idle = cpu.current = id;
    cpu.waiting = true;
    cpu.wait_since = world.now;
    world.clock.set(machine.first_cpu + n, kNever);
}

void startKsoftirqd(Machine& machine, TaskId id, CpuNo n) {
    Task& task = machine.tasks.write(id);
    task.state = TaskState::TASK_INTERRUPTIBLE;
    pushFrame(task, fn::smpboot_thread_fn.id, kSmpbootLook, Context::process, FrameState::entered);
    pushFrame(task, fn::schedule.id, kScheduleSwitched, Context::process, FrameState::entered);
    machine.cpu(n).ksoftirqd = id;
}

}  // namespace ringside
