#include "engine/world/frame_bytes.h"

namespace ringside {

std::span<const std::uint8_t> frameBytes(const World& world, const Inputs& inputs, std::uint32_t number,
                                         std::vector<std::uint8_t>& scratch) {
    if (number == 0) return {};
    const std::uint64_t count = inputs.traffic ? inputs.traffic->count() : 0;
    if (number <= count) return inputs.traffic->frame(number - 1, scratch);
    const std::uint64_t at = number - 1 - count;
    const auto& injected = *world.wire.made;
    return at < injected.size() ? injected[at].frame.read() : std::span<const std::uint8_t>{};
}

}  // namespace ringside
