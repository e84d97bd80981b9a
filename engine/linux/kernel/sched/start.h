#pragma once
// The scheduler at position 0, for linux/start.cpp and scenario/.

#include "engine/world/machine/machine.h"

namespace ringside::sched {

/// sched_init(): the classes of this kernel, highest first.
void init(Machine& machine);

/// sched_init_smp(): loads were looked at just now and all is balanced. All CPUs of the machine must be there.
void startQueue(const Machine& machine, RunQueue& rq);

/// wake_up_new_task(): puts a new task on the run queue of its CPU. True where that was idle: the task is the next to
/// run.
bool startNew(Machine& machine, TaskId id);

}  // namespace ringside::sched
