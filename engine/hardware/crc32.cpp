#include "engine/hardware/crc32.h"

#include <array>

namespace ringside {
namespace {

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

/// Slicing by eight: table k advances a byte over k further zero bytes.
constexpr Tables makeTables() {
    Tables t{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t c = i;
        for (int bit = 0; bit < 8; ++bit) c = (c >> 1) ^ ((c & 1U) ? 0xedb88320U : 0U);
        t[0][i] = c;
    }
    for (std::uint32_t i = 0; i < 256; ++i) {
        for (std::size_t k = 1; k < 8; ++k) t[k][i] = (t[k - 1][i] >> 8) ^ t[0][t[k - 1][i] & 0xffU];
    }
    return t;
}
constexpr Tables kTables = makeTables();

constexpr std::uint32_t load(const std::uint8_t* p) {
    return p[0] | static_cast<std::uint32_t>(p[1]) << 8 | static_cast<std::uint32_t>(p[2]) << 16 |
           static_cast<std::uint32_t>(p[3]) << 24;
}

}  // namespace

std::uint32_t crc32(std::uint32_t state, std::span<const std::uint8_t> bytes) {
    const std::uint8_t* p = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; left -= 8, p += 8) {
        const std::uint32_t a = state ^ load(p), b = load(p + 4);
        state = kTables[7][a & 0xffU] ^ kTables[6][(a >> 8) & 0xffU] ^ kTables[5][(a >> 16) & 0xffU] ^
                kTables[4][a >> 24] ^ kTables[3][b & 0xffU] ^ kTables[2][(b >> 8) & 0xffU] ^
                kTables[1][(b >> 16) & 0xffU] ^ kTables[0][b >> 24];
    }
    for (; left > 0; --left, ++p) state = (state >> 8) ^ kTables[0][(state ^ *p) & 0xffU];
    return state;
}

}  // namespace ringside
