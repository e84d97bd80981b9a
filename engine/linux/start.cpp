#include "engine/linux/start.h"

#include "engine/linux/functions.h"
#include "engine/linux/kernel/sched/start.h"
#include "engine/linux/kernel/time/timer.h"
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

void startKernel(Machine& machine) {
    const auto open = [&](Softirq vector, Fn<void()> action) {
        machine.softirq_vec[static_cast<std::size_t>(vector)] = action;  // open_softirq()
    };
    open(Softirq::TIMER, fn::run_timer_softirq);
    open(Softirq::NET_RX, fn::net_rx_action);
    open(Softirq::SCHED, fn::run_rebalance_domains);
    open(Softirq::RCU, fn::rcu_core);
    sched::init(machine);
}

void startTask(World& world, Machine& machine, TaskId id) {
    Task& task = machine.tasks.write(id);
    Cpu& cpu = machine.cpu(task.cpu);
    pushFrame(task, fn::user_mode.id, kUserModeNextOperation, Context::user, FrameState::entered);
    if (sched::startNew(machine, id)) {
        cpu.current = id;
        task.on_cpu = true;
        cpu.preempt_count = 0;
        cpu.waiting = false;
        timers::restartTick(world, machine, task.cpu, world.now, 0);
        // the idle task has been switched away from, and comes back where schedule_idle() goes on
        Task& idle = machine.tasks.write(cpu.rq.idle);
        idle.on_cpu = false;
        pushFrame(idle, fn::schedule_idle.id, kScheduleSwitched, Context::idle, FrameState::entered);
        world.clock.set(machine.first_cpu + task.cpu, world.now);
        return;
    }
    pushFrame(task, fn::ret_from_fork.id, kRetFromForkBegin, Context::process, FrameState::pushed);
}

void startIdle(World& world, Machine& machine, TaskId id, CpuNo n) {
    Task& task = machine.tasks.write(id);
    pushFrame(task, fn::do_idle.id, kDoIdleLook, Context::idle, FrameState::entered);
    task.on_cpu = true;
    Cpu& cpu = machine.cpu(n);
    cpu.rq.idle = cpu.rq.curr = cpu.current = id;
    sched::startQueue(machine, cpu.rq);
    cpu.timers.sched_timer = machine.hrtimers.alloc();
    machine.hrtimers.write(cpu.timers.sched_timer).function = fn::tick_sched_timer;
    cpu.timers.tick_stopped = true;
    task.sched_class = static_cast<std::uint8_t>(machine.sched_class->size() - 1);
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
