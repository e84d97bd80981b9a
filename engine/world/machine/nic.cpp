#include "engine/world/machine/nic.h"

#include <array>

namespace ringside {

std::string_view nameOf(DmaState state) {
    static constexpr std::array<std::string_view, 4> names{"idle", "descriptor_fetch", "buffer_write", "write_back"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view nameOf(LatencyRange range) {
    static constexpr std::array<std::string_view, 3> names{"lowest_latency", "low_latency", "bulk_latency"};
    return names[static_cast<std::size_t>(range)];
}

}  // namespace ringside
