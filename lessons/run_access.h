#pragma once
// What lessons need to see of a run: its events and its state at any position. The Session gives them its Timeline
// through this; the checker and tests step a run of their own.

#include <memory>
#include <optional>
#include <vector>

#include "engine/core/event.h"
#include "engine/scenario/scenario.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// A run that can be looked at anywhere.
class RunAccess {
  public:
    virtual ~RunAccess() = default;
    [[nodiscard]] virtual const Inputs& inputs() const = 0;
    /// The event that led to `position` (1 and up), playing on where that is not known yet; none beyond the end.
    virtual std::optional<Event> event(Position position) = 0;
    /// The World after `position` events, or the last one: a copy, which costs microseconds and stays good.
    virtual World world(Position position) = 0;
};

/// A part of a run: the events after `from` up to and with `to`.
struct RunRange {
    RunAccess* run = nullptr;
    Position from = 0, to = 0;
};

}  // namespace ringside
