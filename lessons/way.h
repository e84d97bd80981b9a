#pragma once
// How a learner is taken from one moment of a run to a later one, so that what happens between is seen: stops on the
// way and how long each stays. The lesson gives the plan, a view travels it.

#include <vector>

#include "lessons/run_access.h"

namespace ringside {

struct WayStop {
    Position position = 0;
    int ms = 0;  ///< wall time it stays; 0 at the last, the target
};

/// How long a way may be.
struct WayLimits {
    std::size_t stops = 24;  ///< between the two moments
    int total_ms = 2400;     ///< for all of them
    int least_ms = 60;       ///< less cannot be seen; then there are fewer stops
    int most_ms = 240;
};

/// The stops from `from` to `to`: where the hardware acts, a function begins, a tracepoint fires or another context
/// takes over; spread evenly where they are too many. Only the target where it does not lie later. Looks at no more
/// than 4096 events.
std::vector<WayStop> planWay(RunAccess& run, Position from, Position to, const WayLimits& limits = {});

}  // namespace ringside
