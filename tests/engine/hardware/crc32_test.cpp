#include "engine/hardware/crc32.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string_view>
#include <vector>

namespace ringside {
namespace {

std::uint32_t bitwise(const std::vector<std::uint8_t>& bytes) {
    std::uint32_t c = ~0U;
    for (const std::uint8_t b : bytes) {
        c ^= b;
        for (int bit = 0; bit < 8; ++bit) c = (c >> 1) ^ ((c & 1U) ? 0xedb88320U : 0U);
    }
    return ~c;
}

TEST(Crc32, CheckValueOfTheCatalogue) {
    constexpr std::string_view text = "123456789";
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    EXPECT_EQ(~crc32(~0U, bytes), 0xcbf43926U);
}

TEST(Crc32, EveryLengthAgreesWithTheBitwiseForm) {
    for (std::size_t length = 0; length < 70; ++length) {
        std::vector<std::uint8_t> bytes(length);
        std::iota(bytes.begin(), bytes.end(), std::uint8_t{7});
        EXPECT_EQ(~crc32(~0U, bytes), bitwise(bytes)) << length;
    }
}

}  // namespace
}  // namespace ringside
