#pragma once
// Copies of the World along a run, within a byte budget shared by all branches.

#include <cstddef>
#include <span>
#include <vector>

#include "engine/core/event.h"
#include "engine/history/branches.h"
#include "engine/world/world.h"

namespace ringside {

/// A World, where it stands in its run, and the event that led there (seq 0: none).
struct Checkpoint {
    Place place;
    World world;
    Event event;
    std::size_t bytes = 0;  ///< held beyond the checkpoint before it
};

/// The checkpoints of one branch, in order of place.
class CheckpointList {
  public:
    /// Adds one behind all others and measures it. `parent`: what the first one of a branch shares its parts with, or
    /// null.
    void add(Checkpoint checkpoint, const World* parent = nullptr);
    /// The last one at or before `place`; null if there is none.
    [[nodiscard]] const Checkpoint* before(Place place) const;
    [[nodiscard]] const Checkpoint* last() const { return m_list.empty() ? nullptr : &m_list.back(); }
    /// Drops those whose position is no multiple of `spacing`, the oldest first and at most `most`, and measures again
    /// what stands behind them; counts `most` down. False: some are left. Position 0 always stays.
    bool thin(Position spacing, std::size_t& most);
    [[nodiscard]] std::span<const Checkpoint> all() const { return m_list; }
    [[nodiscard]] std::size_t size() const { return m_list.size(); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

  private:
    std::vector<Checkpoint> m_list;
    std::size_t m_bytes = 0;
};

}  // namespace ringside
