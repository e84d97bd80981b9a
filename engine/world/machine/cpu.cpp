#include "engine/world/machine/cpu.h"

namespace ringside {

std::string_view nameOf(Softirq vector) {
    static constexpr std::array<std::string_view, kSoftirqs> names{"HI",       "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
                                                                   "IRQ_POLL", "TASKLET", "SCHED",  "HRTIMER", "RCU"};
    return names[static_cast<std::size_t>(vector)];
}

}  // namespace ringside
