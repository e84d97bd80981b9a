#include "engine/world/inputs.h"

#include <array>

namespace ringside {

std::string_view nameOf(Op::Kind kind) {
    static constexpr std::array<std::string_view, 5> names{"recvfrom", "compute", "sleep", "jump", "exit"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace ringside
