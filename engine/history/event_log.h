#pragma once
// The events near the learner. A cache: chunks are dropped when others are wanted, and made again by replay.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/core/event.h"
#include "engine/history/branches.h"
#include "engine/history/chunk_summary.h"

namespace ringside {

/// Chunks of events by branch and number, the least recently used dropped first. A chunk may hold only its beginning.
class EventLog {
  public:
    /// Keeps at most `bytes` of events, but never fewer than two chunks.
    explicit EventLog(std::size_t bytes);

    /// The chunk if it is here, else null. Good until the next call that changes the log.
    [[nodiscard]] const std::vector<Event>* find(BranchId branch, std::size_t chunk);
    /// An empty chunk to be filled, in the place of one that was here or the least recently used.
    std::vector<Event>& place(BranchId branch, std::size_t chunk);
    /// Adds an event that was just made to its chunk, if that is here up to the event before (or the event begins it).
    void append(BranchId branch, const Event& event);
    /// Forgets what does not hold any more.
    void clear() { m_entries.clear(); }
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct Entry {
        BranchId branch = 0;
        std::size_t chunk = 0;
        std::uint64_t used = 0;
        std::vector<Event> events;
    };
    Entry* entry(BranchId branch, std::size_t chunk);

    std::size_t m_limit;
    std::uint64_t m_clock = 0;
    std::vector<Entry> m_entries;
};

}  // namespace ringside
