#pragma once
// Playing on beyond the known part of a run, on a World of its own.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "engine/history/branches.h"
#include "engine/history/checkpoints.h"
#include "engine/history/chunk_summary.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// What was seen beyond the known part of a branch since the Findings before; handed back with Timeline::adopt(), in
/// order.
struct Findings {
    BranchId branch = 0;
    std::uint64_t version = 0;  ///< of the branch's journal: an act of the learner makes it out of date
    Position from = 0, explored = 0;
    bool ended = false;
    Position spacing = 0;         ///< of the checkpoints, it may have doubled
    std::size_t first_chunk = 0;  ///< the summaries are of this chunk and on, the first from its beginning
    std::vector<ChunkSummary> summaries;
    std::vector<Checkpoint> checkpoints;
};

/// A run that goes on without its Timeline: for slices, or for a worker thread (each thread its own Exploration; the
/// Timeline is not touched). Made by Timeline::exploration().
class Exploration {
  public:
    struct Start {
        World world;
        Event event;  ///< that led there; seq 0: none
        std::shared_ptr<const Inputs> inputs;
        BranchId branch = 0;
        std::uint64_t version = 0;
        bool ended = false;
        ChunkSummary partial;  ///< of the chunk that is not full yet
        std::optional<World> last_checkpoint;
        Position spacing = 0;
        std::size_t held = 0, budget = 0;  ///< bytes of checkpoints, now and at most
    };
    explicit Exploration(Start start) : m_state(std::move(start)) {}

    /// Plays at most `events`, less when a stop is asked for or the run ends.
    Findings run(std::uint64_t events, const std::stop_token& stop = {});
    [[nodiscard]] const World& world() const { return m_state.world; }
    /// The event that led to world(); seq 0: none.
    [[nodiscard]] const Event& event() const { return m_state.event; }
    [[nodiscard]] const Inputs& inputs() const { return *m_state.inputs; }
    [[nodiscard]] BranchId branch() const { return m_state.branch; }
    [[nodiscard]] std::uint64_t version() const { return m_state.version; }
    [[nodiscard]] bool ended() const { return m_state.ended; }

  private:
    void addCheckpoint(Findings& findings);
    friend class Timeline;
    Start m_state;
};

/// Whether the run is over at this place. It can be only when every CPU waits; then what is left is tried on a copy,
/// and if that brings no event the copy becomes the World: the last position of a run is the World with nothing left to
/// happen.
bool settleEnd(World& world, const Inputs& inputs);

}  // namespace ringside
