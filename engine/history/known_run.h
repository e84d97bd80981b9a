#pragma once
// What is known of a branch as a value, and searches in it: for a thread of its own, while the Timeline goes on.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/history/branches.h"
#include "engine/history/checkpoints.h"
#include "engine/history/chunk_summary.h"
#include "engine/history/timeline.h"

namespace ringside {

/// What a search looks for. Without `sees`, an event that the filter passes. With it, the World after such an event is
/// looked at as well: with every intervention done that was made there, as a learner sees the position.
struct Quarry {
    EventFilter filter;
    bool every = false;  ///< `sees` is shown every event, in order, whatever the filter says: it compares Worlds
    std::function<void(const World&, const Event&)> begin;  ///< with `every`: shown the place where a stretch begins
    std::function<bool(const World&, const Event&)> sees;
};

/// `which` is the quarry's index; `position` of a search that was stopped is where it had come to.
struct Hit {
    Found::How how = Found::How::none;
    Position position = 0;
    std::size_t which = 0;
    explicit operator bool() const { return how == Found::How::found; }
};

/// Made by Timeline::known(): some milliseconds and megabytes for a run of hundreds of millions of events, since the
/// Worlds share their parts.
struct KnownRun {
    std::shared_ptr<const Inputs> inputs;
    std::vector<Checkpoint> points;       ///< along the branch, in order; the first is its beginning
    std::vector<ChunkSummary> summaries;  ///< of every chunk up to `explored`
    std::vector<JournalEntry> journal;    ///< all that led along the branch
    Position explored = 0;
    bool ended = false;

    /// The first position after (last before) `from` at which one of the quarries is met; where several are, the first
    /// of them. What an event alone decides costs a replay of the stretches whose summaries allow it; what looks at
    /// every World, a replay of all of them one event at a time. `tell` is called on the way with the position come to.
    [[nodiscard]] Hit search(std::span<const Quarry> quarries, Direction direction, Position from,
                             const std::stop_token& stop = {}, const std::function<void(Position)>& tell = {}) const;
};

}  // namespace ringside
