#pragma once
// A scheduling class as the kernel has it: a table of functions. Follows kernel/sched/sched.h (struct sched_class).

#include <string>

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/types.h"

namespace ringside {

/// struct sched_class. Classes stand in the order of their priority: each task of one goes before all of the next.
struct SchedClass {
    std::string name;
    Fn<void(TaskId, std::uint32_t)> enqueue_task;
    Fn<void(TaskId, std::uint32_t)> dequeue_task;
    Fn<void(TaskId)> yield_task;                         ///< the current one
    Fn<void(TaskId, std::uint32_t)> check_preempt_curr;  ///< woken task and current one are both of this class
    /// The class's next task, none if it has none. It is given the current task as long as nobody has put that aside,
    /// and does so when it gives another.
    Fn<TaskId(TaskId)> pick_next_task;
    Fn<void(TaskId)> put_prev_task;
    Fn<void(TaskId)> task_tick;
    Fn<std::uint32_t(TaskId, std::uint32_t, std::uint32_t)> select_task_rq;
    Fn<void(TaskId, std::uint32_t)> migrate_task_rq;

    [[nodiscard]] std::string fieldKey() const { return name; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("name", s.name, Unit::none, "name");
        v("enqueue_task", s.enqueue_task, Unit::none, "a task becomes runnable");
        v("dequeue_task", s.dequeue_task, Unit::none, "a task sleeps");
        v("yield_task", s.yield_task, Unit::none, "the current task lets others run");
        v("check_preempt_curr", s.check_preempt_curr, Unit::none,
          "may a woken task take the CPU from the current one?");
        v("pick_next_task", s.pick_next_task, Unit::none, "which task is next");
        v("put_prev_task", s.put_prev_task, Unit::none, "the task that ran is put aside");
        v("task_tick", s.task_tick, Unit::none, "the tick interrupts a task");
        v("select_task_rq", s.select_task_rq, Unit::none, "on which CPU a woken task will run");
        v("migrate_task_rq", s.migrate_task_rq, Unit::none, "a task changes its CPU");
    }
};

}  // namespace ringside
