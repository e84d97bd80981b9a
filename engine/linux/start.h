#pragma once
// How a task stands at position 0: its stack's bottom frame, its run queue. Used by scenario/, which knows no stages.

#include "engine/world/world.h"

namespace ringside {

/// set_user_nice(): priority and weight of a task that does not run yet; -20 to 19.
void setUserNice(Task& task, int nice);
/// What start_kernel() sets up before any task runs: what each softirq does, the scheduling classes. Comes first.
void startKernel(Machine& machine);
/// A user task that is about to begin its program: becomes the current task of its CPU if that is idle, else waits in
/// its run queue.
void startTask(World& world, Machine& machine, TaskId id);
/// The idle task of CPU n, halted: nothing to step until an interrupt.
void startIdle(World& world, Machine& machine, TaskId id, CpuNo n);
/// The ksoftirqd of CPU n, asleep.
void startKsoftirqd(Machine& machine, TaskId id, CpuNo n);

}  // namespace ringside
