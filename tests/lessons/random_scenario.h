#pragma once
// Scenarios drawn by lot out of the key lists: every key, its limits included, so that what is new in the language is
// tried without a line here.

#include <string>

#include "engine/core/rng.h"
#include "engine/scenario/scenario.h"

namespace ringside::test {

/// The scenario of a seed. Mostly sound, but not always: check() decides.
Scenario randomScenario(std::uint64_t seed);

}  // namespace ringside::test
