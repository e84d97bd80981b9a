#include "engine/world/machine/cpu.h"

#include <algorithm>

namespace ringside {

std::string_view nameOf(Softirq vector) {
    static constexpr std::array<std::string_view, kSoftirqs> names{"HI",       "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
                                                                   "IRQ_POLL", "TASKLET", "SCHED",  "HRTIMER", "RCU"};
    static_assert(!names.back().empty(), "each vector has a name");
    return names[static_cast<std::size_t>(vector)];
}

void Cpu::raise(std::uint8_t vector, Position cause) {
    const auto at = std::lower_bound(irr.begin(), irr.end(), vector,
                                     [](const PendingInterrupt& p, std::uint8_t v) { return p.vector < v; });
    if (at == irr.end() || at->vector != vector) irr.insert(at, {vector, cause});
}

void Cpu::withdraw(std::uint8_t vector) {
    std::erase_if(irr, [&](const PendingInterrupt& p) { return p.vector == vector; });
}

}  // namespace ringside
