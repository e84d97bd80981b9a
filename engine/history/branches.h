#pragma once
// The runs that grew out of one start: a tree. A branch shares everything up to its fork with its parent.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/history/intervention.h"

namespace ringside {

/// A place in a run: after `position` events and `acts` of the interventions journaled at that position.
struct Place {
    Position position = 0;
    std::uint32_t acts = 0;
    friend bool operator==(const Place&, const Place&) = default;
    friend auto operator<=>(const Place&, const Place&) = default;
};

/// Number of a branch; 0 is the run as the scenario began it.
using BranchId = std::uint32_t;

/// One intervention and where it was made: after `at.position` events and `at.acts` earlier interventions there.
struct JournalEntry {
    Place at;
    Intervention what;
    bool after_end = false;  ///< nothing was left to happen there: what the agenda held without an event has been done
    friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

/// What is known of a branch.
struct BranchInfo {
    BranchId id = 0;
    std::optional<BranchId> parent;  ///< none: the original run
    Place fork;                      ///< where it leaves its parent
    std::string label;               ///< what the learner did there, or the name given since
    Position explored = 0;           ///< played this far
    bool ended = false;              ///< nothing is left to happen at `explored`
};

}  // namespace ringside
