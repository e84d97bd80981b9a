#pragma once
// The fingerprint of where a timeline stands.

#include "engine/history/timeline.h"
#include "engine/scenario/scenario.h"

namespace ringside::test {

inline std::uint64_t hashHere(const Timeline& timeline) { return fingerprint(timeline.world(), timeline.inputs()); }

}  // namespace ringside::test
