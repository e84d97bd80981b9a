#include "engine/world/net/route.h"

#include <array>

namespace ringside {

std::string_view nameOf(RouteType type) {
    static constexpr std::array<std::string_view, 6> names{"RTN_UNSPEC",    "RTN_UNICAST",   "RTN_LOCAL",
                                                           "RTN_BROADCAST", "RTN_MULTICAST", "RTN_UNREACHABLE"};
    return names[static_cast<std::size_t>(type)];
}

}  // namespace ringside
