#pragma once
// Times and sizes as people write them: "4ms", "250us", "142 B", "64KiB".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/core/types.h"

namespace ringside {

/// A time with its unit: "4ms", "1.5 s", "250us", "20 ns", or plain 0. Parts of a nanosecond are cut off. Any other
/// text, a number without a unit, a negative time and one beyond an hour are errors (without place).
Result<Time> parseTime(std::string_view text);

/// A size in bytes: "142 B", "64KiB", "2 MiB", or a bare number. Nothing for any other text or beyond 2^32 - 1.
std::optional<std::uint32_t> parseSize(std::string_view text);

/// A duration for a person, three digits and a unit: "850 ns", "3.25 µs", "1.20 ms", "2.00 s".
std::string showTime(Time time);

/// The known name that is nearest to `name`, if it is near enough to have been meant.
template <class Names>
std::string nearestName(std::string_view name, const Names& known);

/// How many letters must be changed, added or removed to make one text of the other.
std::size_t editDistance(std::string_view a, std::string_view b);

template <class Names>
std::string nearestName(std::string_view name, const Names& known) {
    std::string best;
    std::size_t distance = name.size() / 3 + 2;
    for (const auto& candidate : known) {
        const std::size_t d = editDistance(name, candidate);
        if (d < distance) {
            distance = d;
            best = candidate;
        }
    }
    return best;
}

}  // namespace ringside
