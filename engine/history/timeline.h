#pragma once
// The history of one run: where the learner is, and how to be anywhere else.
//
// Checkpoints are copies of the World within a byte budget; a seek copies the nearest one before the place and replays
// the deterministic step. Interventions are journaled at their place and replayed there. Acting where a future is
// already known opens a branch; the old future stays. The event log is a cache of chunks made again from the checkpoint
// before them.
//
// Threads: a Timeline belongs to one thread. Another thread may work on an Exploration or a World taken from it: both
// are values that share copy-on-write parts safely.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/core/event.h"
#include "engine/core/result.h"
#include "engine/history/branches.h"
#include "engine/history/chunk_summary.h"
#include "engine/history/exploration.h"
#include "engine/history/intervention.h"
#include "engine/history/walk.h"
#include "engine/scenario/scenario.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

struct KnownRun;

struct TimelineOptions {
    std::size_t checkpoint_bytes = std::size_t{224} << 20;  ///< all checkpoints of all branches together
    std::size_t log_bytes = std::size_t{32} << 20;          ///< events kept in memory
    Position spacing = 4 * kChunkEvents;  ///< events between checkpoints at first; doubles when the budget is full
};

enum class Direction : std::uint8_t { forward, backward };

/// What a search came to. `stopped`: the budget ran out or a stop was asked for before an answer; go on from
/// `position`.
struct Found {
    enum class How : std::uint8_t { found, none, stopped };
    How how = How::none;
    Position position = 0;
    explicit operator bool() const { return how == How::found; }
};

class Timeline {
  public:
    explicit Timeline(Start start, TimelineOptions options = {});
    ~Timeline();
    Timeline(Timeline&&) noexcept;
    Timeline& operator=(Timeline&&) noexcept;
    Timeline(const Timeline&) = delete;
    Timeline& operator=(const Timeline&) = delete;

    // where the learner is
    [[nodiscard]] Position position() const;
    [[nodiscard]] Place place() const;
    /// The World after `position()` events. Good until the Timeline moves.
    [[nodiscard]] const World& world() const;
    [[nodiscard]] const Inputs& inputs() const;
    [[nodiscard]] const std::shared_ptr<const Inputs>& sharedInputs() const;
    /// The event that led here; none at position 0.
    [[nodiscard]] const std::optional<Event>& event() const;

    // moving
    /// One event on; none at the end of the run.
    std::optional<Event> stepForward();
    /// One event back; false at position 0.
    bool stepBack();
    /// Goes to the World after `position` events, interventions made there included, playing on where that is not known
    /// yet. Returns the position reached: less only when the run ends earlier or a stop is asked for.
    Position seek(Position position, const std::stop_token& stop = {});
    /// The same, with some of the interventions made at that position: `{p, 0}` is before the first of them.
    Place seek(Place place, const std::stop_token& stop = {});

    // looking elsewhere without moving
    /// The World after `position` events, or the last one when the run ends earlier. A seek's time.
    World at(Position position);
    /// The event that led to `position` (1 and up); none beyond the end. Plays on where that is not known yet.
    std::optional<Event> event(Position position);
    /// First event after (before) `from` that matches. Forward, plays on at most `budget` events beyond what is known.
    Found find(const EventFilter& filter, Direction direction, Position from, std::uint64_t budget = ~std::uint64_t{0},
               const std::stop_token& stop = {});

    // what is known of this branch
    /// How far this branch was played.
    [[nodiscard]] Position explored() const;
    /// Its last position, once it was played to its end.
    [[nodiscard]] std::optional<Position> end() const;
    /// Chunks of events known so far; the last one may be growing.
    [[nodiscard]] std::size_t chunkCount() const;
    [[nodiscard]] const ChunkSummary& summary(std::size_t chunk) const;
    /// Positions of the events of a chunk that match, in order. Skips by summary.
    std::vector<Position> matches(std::size_t chunk, const EventFilter& filter);

    /// The walk of a packet through the known part of this branch. Replays the chunks it occurs in one event at a time:
    /// a few milliseconds and a seek for each stretch of its way, however long the run.
    PacketWalk walk(std::uint32_t packet);

    /// All that is known of this branch, as a value (engine/history/known_run.h): for a search on another thread.
    [[nodiscard]] KnownRun known() const;

    // playing on
    /// Plays the known part on by at most `events` without moving; returns how many there were. For slices on the GUI
    /// thread.
    std::uint64_t explore(std::uint64_t events, const std::stop_token& stop = {});
    /// The same work to be done elsewhere; give its Findings back with adopt().
    Exploration exploration();
    /// Takes over what an Exploration of this Timeline saw. False when the learner acted in that part since: nothing is
    /// taken.
    bool adopt(Findings findings);

    // acting
    /// Does `what` here. Where a future is known, a branch opens and becomes the present one; its label tells the
    /// intervention. An Error when it cannot be done; nothing has changed then.
    std::optional<Error> intervene(const Intervention& what);
    /// Goes on until the call that LabCall began is over, or the run ends (a panic, see World::oops). Returns the
    /// position.
    Position finishLabCall(CpuNo cpu = 0);

    // branches
    [[nodiscard]] BranchId branch() const;
    /// All branches; index is id.
    [[nodiscard]] std::vector<BranchInfo> branches() const;
    /// The interventions that led along the present branch, in order.
    [[nodiscard]] const std::vector<JournalEntry>& journal() const;
    /// The same along any branch.
    [[nodiscard]] const std::vector<JournalEntry>& journal(BranchId id) const;
    void renameBranch(BranchId id, std::string label);
    /// Goes to another branch, to `position` there or the nearest it has.
    Position switchBranch(BranchId id, Position position);

    // for tests and benchmarks
    [[nodiscard]] std::size_t checkpointCount() const;
    [[nodiscard]] std::size_t checkpointBytes() const;
    [[nodiscard]] std::size_t logBytes() const;
    [[nodiscard]] Position spacing() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace ringside
