#pragma once
// The bytes of a packet as they were on the wire, by its number: those of the traffic first, then those that were
// injected while the machine ran.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// Packet `number` (from 1), Ethernet header on, no frame check sequence; empty: there is no such packet. Good until
/// `scratch` or the World changes. Reads the frame's source: not for a loop over many packets.
std::span<const std::uint8_t> frameBytes(const World& world, const Inputs& inputs, std::uint32_t number,
                                         std::vector<std::uint8_t>& scratch);

}  // namespace ringside
