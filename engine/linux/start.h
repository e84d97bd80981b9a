#pragma once
// How a task stands at position 0: its stack's bottom frame, its run queue. Used by scenario/, which knows no stages.

#include "engine/world/world.h"

namespace ringside {

/// A user task that is about to begin its program: becomes the current task of its CPU if that is idle, else waits in
/// its run queue.
void startTask(World& world, Machine& machine, TaskId id);
/// The idle task of CPU n, halted: nothing to step until an interrupt.
void startIdle(World& world, Machine& machine, TaskId id, CpuNo n);
/// The ksoftirqd of CPU n, asleep.
void startKsoftirqd(Machine& machine, TaskId id, CpuNo n);

}  // namespace ringside
