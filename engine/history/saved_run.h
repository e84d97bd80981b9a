#pragma once
// A run with all its branches and the place in it, as a value: what a session file keeps beside the input. The run is
// made again from it, exactly, because nothing else decides what happens.

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/history/timeline.h"

namespace ringside {

/// A branch: where it leaves its parent, and what was done on it from there on. The first one is the original run.
struct SavedBranch {
    BranchId parent = 0;  ///< of the first: 0
    std::string label;
    std::vector<JournalEntry> acts;  ///< its own: without what its parent's part brought
    friend bool operator==(const SavedBranch&, const SavedBranch&) = default;
};

struct SavedRun {
    std::uint64_t inputs = 0;  ///< Inputs::hash
    std::vector<SavedBranch> branches;
    BranchId branch = 0;  ///< the present one
    Place place;
    std::uint64_t fingerprint = 0;  ///< of the World at that place
    friend bool operator==(const SavedRun&, const SavedRun&) = default;
};

/// The branches alone. Cost: their acts.
std::vector<SavedBranch> savedBranches(const Timeline& timeline);
/// Cost: the fingerprint of a World.
SavedRun saveRun(const Timeline& timeline);

/// Why a saved run cannot be made again.
enum class NotRestored : std::uint8_t {
    other_input,  ///< the timeline is of another scenario or other traffic
    refused,      ///< an act cannot be done where it was done, or a branch is not where it was
    elsewhere,    ///< the place cannot be reached, or its World is another one
    stopped,      ///< a stop was asked for
};

/// Does all of it again on a timeline whose journal is the beginning of the saved one (a lesson's own calls), and goes
/// to the place. Cost: playing as far as the acts and the place are. Where something is returned the timeline is
/// somewhere on the way.
std::optional<NotRestored> restoreRun(Timeline& timeline, const SavedRun& saved, const std::stop_token& stop = {});

}  // namespace ringside
