#pragma once
// The Ethernet frame check sequence (IEEE 802.3, CRC-32).

#include <cstdint>
#include <span>

namespace ringside {

/// Folds bytes into a CRC-32 state. Begin with ~0, end by inverting: `~crc32(~0U, frame)` is the frame check sequence,
/// least significant byte first on the wire.
std::uint32_t crc32(std::uint32_t state, std::span<const std::uint8_t> bytes);

}  // namespace ringside
