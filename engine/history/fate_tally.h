#pragma once
// How many packets ended in which way, kept up while a run is played forward.

#include <array>
#include <cstdint>

#include "engine/core/log.h"
#include "engine/world/world.h"

namespace ringside {

inline constexpr std::array kFates{Fate::delivered, Fate::dropped, Fate::forwarded,
                                   Fate::consumed,  Fate::ignored, Fate::undecided};

class FateTally {
  public:
    /// Takes over what the log of a World further on has beyond what is known, and calls `each` for it. Costs what is
    /// new.
    template <class F>
    void learn(const Log<PacketFate>& log, F&& each) {
        log.each(
            [&](const PacketFate& fate) {
                ++m_counts[static_cast<std::size_t>(fate.fate)];
                each(fate);
            },
            m_seen);
        m_seen = log.size();
    }
    void learn(const Log<PacketFate>& log) {
        learn(log, [](const PacketFate&) {});
    }
    [[nodiscard]] std::uint64_t count(Fate fate) const { return m_counts[static_cast<std::size_t>(fate)]; }

  private:
    std::array<std::uint64_t, kFates.size()> m_counts{};
    std::uint64_t m_seen = 0;
};

}  // namespace ringside
