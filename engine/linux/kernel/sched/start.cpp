// How the scheduler stands at position 0. Follows sched_init(), set_user_nice() and wake_up_new_task() of
// kernel/sched/core.c and task_fork_fair() of kernel/sched/fair.c of Linux 6.1.192: the table of scheduling classes,
// the weight of a nice value, and new tasks on their run queues.
#include "engine/linux/kernel/sched/start.h"

#include "engine/linux/kernel/sched/sched.h"
#include "engine/linux/start.h"

namespace ringside::sched {
namespace {

/// Weights of nice -20 to 19 (sched_prio_to_weight; facts, each step about 1.25).
constexpr std::uint32_t kWeights[40] = {88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
                                        9548,  7620,  6100,  4904,  3906,  3121,  2501,  1991,  1586,  1277,
                                        1024,  820,   655,   526,   423,   335,   272,   215,   172,   137,
                                        110,   87,    70,    56,    45,    36,    29,    23,    18,    15};

/// place_entity() of a new task: the period is promised to those that are there, so it begins behind it (START_DEBIT).
void placeNew(const Machine& machine, const CfsRunQueue& cfs, SchedEntity& se) {
    if (cfs.curr) se.vruntime = std::as_const(machine.tasks)[cfs.curr].se.vruntime;
    const std::uint64_t debit =
        deltaFair(slice(machine, cfs.nr_running + 1, cfs.load + se.weight, se.weight), se.weight);
    se.vruntime = later(se.vruntime, cfs.min_vruntime + debit);
}

}  // namespace

void init(Machine& machine) {
    SchedClass fair;
    fair.name = "fair";
    fair.enqueue_task = fn::enqueue_task_fair;
    fair.dequeue_task = fn::dequeue_task_fair;
    fair.yield_task = fn::yield_task_fair;
    fair.check_preempt_curr = fn::check_preempt_wakeup;
    fair.pick_next_task = fn::pick_next_task_fair;
    fair.put_prev_task = fn::put_prev_task_fair;
    fair.task_tick = fn::task_tick_fair;
    fair.select_task_rq = fn::select_task_rq_fair;
    fair.migrate_task_rq = fn::migrate_task_rq_fair;
    SchedClass idle;
    idle.name = "idle";
    idle.pick_next_task = fn::pick_next_task_idle;
    idle.put_prev_task = fn::put_prev_task_idle;
    idle.task_tick = fn::task_tick_idle;
    machine.sched_class.write() = {fair, idle};
}

void startQueue(const Machine& machine, RunQueue& rq) { rq.next_balance = balanceInterval(machine, false); }

bool startNew(Machine& machine, TaskId id) {
    Task& task = machine.tasks.write(id);
    RunQueue& rq = machine.cpu(task.cpu).rq;
    placeNew(machine, rq.cfs, task.se);
    task.on_rq = true;
    task.recent_used_cpu = task.cpu;
    rq.cfs.load += task.se.weight;
    ++rq.cfs.nr_running;
    ++rq.nr_running;
    if (rq.curr != rq.idle) {
        insert(machine, rq.cfs, id);
        return false;
    }
    rq.curr = rq.cfs.curr = id;
    return true;
}

}  // namespace ringside::sched

namespace ringside {

void setUserNice(Task& task, int nice) {
    task.static_prio = task.prio = static_cast<std::uint8_t>(120 + nice);
    task.se.weight = sched::kWeights[nice + 20];
}

}  // namespace ringside
