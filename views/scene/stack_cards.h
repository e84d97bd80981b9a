#pragma once
// The call stack of each CPU as cards, for the path and for the view of all CPUs.

#include <string_view>
#include <vector>

#include "engine/world/inputs.h"
#include "engine/world/world.h"
#include "views/scene/parts/stack_card.h"

namespace ringside {

/// What the kernel puts before the name of a system call's entry.
inline constexpr std::string_view kSystemCallPrefix = "__x64_sys_";
/// The system call a task is in, prefix included; empty: none.
std::string_view systemCall(const Inputs& inputs, const Task& task);

/// A card for each CPU, with the packet of the event (null: none yet) on the frame that made it.
std::vector<StackCard> stackCards(const World& world, const Inputs& inputs, const Event* event);
/// A card for each task that no CPU runs and that stopped in the middle of the kernel: its kept stack. Programs first,
/// then the kernel's threads; at most `most`.
std::vector<StackCard> sleepingCards(const World& world, const Inputs& inputs, std::size_t most);

}  // namespace ringside
