#pragma once
// What became of every packet, by its number and at any position: an index over the fates that Worlds have logged.

#include <cstdint>
#include <vector>

#include "engine/core/log.h"
#include "engine/world/world.h"

namespace ringside {

/// Learns from the logs of one branch; 24 bytes a fate and 4 a packet. A packet may end more than once (as a clone for
/// each socket, as a piece of a datagram): all of its ends are kept.
class FateBook {
  public:
    /// Takes over what `log` has beyond what is known: the fates of a World of this branch. Costs what is new.
    void learn(const Log<PacketFate>& log);
    /// Forgets the fates after a position: another future begins there.
    void cutAfter(Position position);
    void clear();

    /// The last end of the packet at or before `position`; null: its way was not over there. The pointer holds until
    /// the book changes.
    [[nodiscard]] const PacketFate* find(std::uint32_t packet, Position position = ~Position{0}) const;
    /// Fates known, in the order in which they were logged.
    [[nodiscard]] std::size_t size() const { return m_fates.size(); }
    [[nodiscard]] const PacketFate& operator[](std::size_t index) const { return m_fates[index].fate; }

  private:
    struct Entry {
        PacketFate fate;
        std::uint32_t before = 0;  ///< the packet's end before this one: index + 1, 0: none
    };
    std::vector<Entry> m_fates;
    std::vector<std::uint32_t> m_last;  ///< by packet: index + 1 into m_fates, 0: none
};

}  // namespace ringside
