#pragma once
// The inside of a Timeline, shared by its source files: the branches, the present place, and the replay that gets
// anywhere.

#include <algorithm>
#include <deque>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/history/checkpoints.h"
#include "engine/history/event_log.h"
#include "engine/history/timeline.h"
#include "engine/step/step.h"

namespace ringside {

/// A World on its way to a place, with the event that led to it (seq 0: none).
struct Cursor {
    World world;
    std::uint32_t acts = 0;
    Event event;
    [[nodiscard]] Place place() const { return {world.position, acts}; }
};

struct Branch {
    BranchInfo info;
    std::vector<JournalEntry> journal;  ///< all that led along this branch, the ancestors' part included
    CheckpointList checkpoints;         ///< beyond the fork only
    std::size_t first_chunk = 0;        ///< summaries[0] is of this chunk
    std::vector<ChunkSummary> summaries;
    std::uint64_t version = 0;  ///< goes up when the learner acts at the frontier

    /// The place at this position with all its interventions done.
    [[nodiscard]] Place allActs(Position position) const;
    [[nodiscard]] Place frontier() const { return allActs(info.explored); }
    [[nodiscard]] auto journalFrom(Place place) const {
        return std::lower_bound(journal.begin(), journal.end(), place,
                                [](const JournalEntry& e, Place p) { return e.at < p; });
    }
    /// Whether the World at this place has nothing left to happen (and has done what needs no event).
    [[nodiscard]] bool settledAt(Place place) const;
    /// The summary that event `seq` belongs to, made when it is the first of its chunk.
    ChunkSummary& summaryOf(Position seq);
};

struct Timeline::Impl {
    TimelineOptions options;
    std::shared_ptr<const Inputs> inputs;
    std::vector<Branch> branches;
    BranchId branch = 0;
    Cursor here;
    std::optional<Event> here_event;
    Position spacing;
    bool thinning = false;  ///< some stand closer than `spacing` still
    EventLog log;
    std::optional<Exploration>
        frontier;  ///< reused while it still stands where the known part of the present branch ends
    struct Near {
        BranchId branch;
        Cursor cursor;
    };
    std::vector<Event> batch = std::vector<Event>(128);  ///< where replay has its events made
    std::deque<Near> near;  ///< places recently passed, so that going on backwards from there is short

    Impl(Start start, const TimelineOptions& options);

    Branch& current() { return branches[branch]; }
    /// The branch on whose own part a place of branch `b` lies.
    [[nodiscard]] BranchId owner(BranchId b, Place place) const;
    [[nodiscard]] BranchId chunkOwner(BranchId b, std::size_t chunk) const;
    [[nodiscard]] const ChunkSummary& summary(std::size_t chunk) const;
    [[nodiscard]] const Checkpoint& checkpointBefore(BranchId b, Place place) const;
    [[nodiscard]] std::size_t checkpointBytes() const;
    /// Doubles the spacing until the checkpoints fit. Dropping one takes about a third of a millisecond: at most `most`
    /// now, the rest by the calls that follow.
    void keepToBudget(std::size_t most = ~std::size_t{0});

    void moveTo(Place target, BranchId from);
    void ensureFrontier();
    bool adopt(Findings findings, std::size_t most_dropped);

    /// Brings `out` to `target` of branch `b` (which must be known) from the nearest World there is. `from`: the branch
    /// on which `out` stands, when it may go on from there.
    void locate(BranchId b, Place target, Cursor& out, std::optional<BranchId> from = {});
    void remember(BranchId b, const Cursor& c);
    /// The events of a chunk, all that are known of it.
    const std::vector<Event>& events(BranchId b, std::size_t chunk);
    Found findForward(Timeline& timeline, const EventFilter& filter, Position from, std::uint64_t budget,
                      const std::stop_token& stop);
    Found findBackward(const EventFilter& filter, Position from, const std::stop_token& stop);

    /// Plays a cursor of branch `b` on to `target`, or to the run's end. Calls seen(event) for each event, after up to
    /// `at_once` of them were made.
    template <class F>
    void replay(BranchId b, Cursor& c, Place target, F&& seen, std::size_t at_once = 128) {
        const Branch& way = branches[b];
        auto act = way.journalFrom(c.place());
        while (true) {
            for (; act != way.journal.end() && act->at.position == c.world.position && act->at < target; ++act) {
                if (act->after_end) settle(c);
                const std::optional<Error> error = applyIntervention(c.world, *inputs, act->what);
                RS_ASSERT(!error);
                ++c.acts;
            }
            if (c.world.position >= target.position) break;
            const Position until =
                act == way.journal.end() ? target.position : std::min(target.position, act->at.position);
            while (c.world.position < until) {
                const std::size_t room = std::min<Position>(std::min(batch.size(), at_once), until - c.world.position);
                const std::size_t made = stepMany(c.world, *inputs, std::span(batch).first(room));
                for (std::size_t i = 0; i < made; ++i) seen(std::as_const(batch[i]));
                if (made) {
                    c.event = batch[made - 1];
                    c.acts = 0;
                }
                if (made < room) return;
            }
        }
        if (way.settledAt(c.place())) settle(c);
    }
    void replay(BranchId b, Cursor& c, Place target) {
        replay(b, c, target, [](const Event&) {});
    }
    /// Does what is left to happen without an event, at the end of a run.
    void settle(Cursor& c) {
        Event none;
        const bool more = step(c.world, *inputs, none);
        RS_ASSERT(!more);
    }
};

}  // namespace ringside
