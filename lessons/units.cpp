#include "lessons/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

namespace ringside {
namespace {

struct Number {
    std::uint64_t whole = 0;
    std::uint64_t fraction = 0;  // of `scale`
    std::uint64_t scale = 1;
    std::string_view unit;
};

/// Digits, perhaps a decimal part of at most nine digits, perhaps blanks, then the unit.
std::optional<Number> splitNumber(std::string_view text) {
    Number number;
    std::size_t i = 0;
    const auto digit = [&] { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    for (; digit(); ++i) {
        number.whole = number.whole * 10 + static_cast<std::uint64_t>(text[i] - '0');
        if (number.whole > 1'000'000'000'000'000ULL) return std::nullopt;
    }
    if (i == 0) return std::nullopt;
    if (i < text.size() && text[i] == '.') {
        ++i;
        const std::size_t start = i;
        for (; digit(); ++i) {
            if (i - start == 9) return std::nullopt;
            number.fraction = number.fraction * 10 + static_cast<std::uint64_t>(text[i] - '0');
            number.scale *= 10;
        }
        if (i == start) return std::nullopt;
    }
    while (i < text.size() && text[i] == ' ') ++i;
    number.unit = text.substr(i);
    return number;
}

}  // namespace

Result<Time> parseTime(std::string_view text) {
    const auto wrong = [&] {
        return Error{"", "a time with its unit, as 250us, 4ms or 1.5s, at most an hour", fmt::format("\"{}\"", text)};
    };
    const std::optional<Number> number = splitNumber(text);
    if (!number) return wrong();
    static constexpr std::pair<std::string_view, std::uint64_t> kUnits[] = {
        {"ns", 1}, {"us", 1'000}, {"µs", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}};
    constexpr std::uint64_t kLongest = 3600ULL * 1'000'000'000ULL;
    if (number->unit.empty() && number->whole == 0 && number->fraction == 0) return Time{0};
    for (const auto& [name, factor] : kUnits) {
        if (number->unit != name || number->whole > kLongest / factor) continue;
        const std::uint64_t ns = number->whole * factor + number->fraction * factor / number->scale;
        if (ns <= kLongest) return static_cast<Time>(ns);
    }
    return wrong();
}

std::optional<std::uint32_t> parseSize(std::string_view text) {
    const std::optional<Number> number = splitNumber(text);
    if (!number) return std::nullopt;
    static constexpr std::pair<std::string_view, std::uint64_t> kUnits[] = {
        {"", 1}, {"B", 1}, {"KiB", 1024}, {"MiB", 1024 * 1024}, {"GiB", 1024 * 1024 * 1024}};
    for (const auto& [name, factor] : kUnits) {
        if (number->unit != name) continue;
        if (number->whole > 0xffffffffULL / factor || (factor == 1 && number->fraction != 0)) return std::nullopt;
        const std::uint64_t bytes = number->whole * factor + number->fraction * factor / number->scale;
        return bytes <= 0xffffffffULL ? std::optional(static_cast<std::uint32_t>(bytes)) : std::nullopt;
    }
    return std::nullopt;
}

std::string showTime(Time time) {
    const std::string_view sign = time < 0 ? "-" : "";
    const double ns = time < 0 ? -static_cast<double>(time) : static_cast<double>(time);
    if (ns < 1e3) return fmt::format("{}{:.0f} ns", sign, ns);
    static constexpr std::array<std::pair<double, std::string_view>, 3> kUnits = {
        {{1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}}};
    std::size_t i = 0;
    while (i + 1 < kUnits.size() && ns >= kUnits[i + 1].first) ++i;
    const double value = ns / kUnits[i].first;
    return fmt::format("{}{:.{}f} {}", sign, value, value < 10 ? 2 : value < 100 ? 1 : 0, kUnits[i].second);
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t up = row[j];
            row[j] = std::min({row[j - 1] + 1, up + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = up;
        }
    }
    return row[b.size()];
}

}  // namespace ringside
