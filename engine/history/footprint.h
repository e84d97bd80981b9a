#pragma once
// How much memory a copy of a World holds.

#include <cstddef>

#include "engine/world/world.h"

namespace ringside {

/// Bytes that `now` holds and does not share with `before` (null: all of it). The append-only logs are left out:
/// dropping a copy of the World does not free them. An estimate: the allocator's own overhead is taken as 16 bytes a
/// block.
std::size_t bytesBeyond(const World& now, const World* before);

}  // namespace ringside
