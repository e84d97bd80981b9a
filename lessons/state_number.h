#pragma once
// The number at a name of the state, read without building a Value: for what is looked at after very many events.

#include <optional>
#include <string_view>

#include "engine/world/world.h"

namespace ringside {

/// What stateValue() finds at a path of the World, as expressions count it: a list is its length, a named value its
/// number. None: nothing is there, or no number; stateValue() tells what is wrong. A hundred nanoseconds or a few.
std::optional<double> stateNumber(const World& world, std::string_view path);

/// The sum over every element where the path has `[*]`: `socket[*].sk_rmem_alloc`, `nic[*].rx.used`. No elements: 0.
/// None: an element has no number there.
std::optional<double> stateSum(const World& world, std::string_view path);

}  // namespace ringside
