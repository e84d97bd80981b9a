#pragma once
// Sending a signal from outside the kernel's own run, for history/.

#include "engine/world/world.h"

namespace ringside {

/// send_signal_locked() and signal_wake_up() of SIGKILL: marks it pending and wakes the task as try_to_wake_up() on
/// another CPU would, or interrupts the CPU it runs on, so that it looks (kick_process).
void sendSigkill(World& world, Machine& machine, TaskId task);

}  // namespace ringside
