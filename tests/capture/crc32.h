// CRC-32 as zlib and the oracle have it.
#pragma once

#include <cstdint>

#include "engine/protocol/byte_order.h"

namespace ringside {

inline std::uint32_t crc32(ByteView bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (const std::uint8_t b : bytes) {
        crc ^= b;
        for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

}  // namespace ringside
