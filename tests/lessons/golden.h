#pragma once
// Texts held against a file of tests/golden. A failure prints what differs and leaves NAME.actual beside it; with
// RINGSIDE_UPDATE_GOLDEN=1 in the environment the file is written instead.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/paths.h"

namespace ringside {

/// The lines that two texts do not share: "-" those of the first, "+" those of the second, each with its number there,
/// and two shared lines around them. Empty when the texts are equal. Time and memory are the product of the lengths.
inline std::string textDiff(const std::string& from, const std::string& to) {
    const auto linesOf = [](const std::string& text) {
        std::vector<std::string> lines;
        std::istringstream in(text);
        for (std::string line; std::getline(in, line);) lines.push_back(line);
        return lines;
    };
    const std::vector<std::string> a = linesOf(from), b = linesOf(to);
    // common[i][k]: how many lines of a from i on and of b from k on can be kept
    std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = a.size(); i-- > 0;) {
        for (std::size_t k = b.size(); k-- > 0;)
            common[i][k] = a[i] == b[k] ? common[i + 1][k + 1] + 1 : std::max(common[i + 1][k], common[i][k + 1]);
    }
    struct Line {
        char sign;
        std::size_t number;
        const std::string* text;
    };
    std::vector<Line> all;
    std::size_t i = 0, k = 0;
    while (i < a.size() || k < b.size()) {
        if (i < a.size() && k < b.size() && a[i] == b[k]) {
            all.push_back({' ', i + 1, &a[i]});
            ++i, ++k;
        } else if (k == b.size() || (i < a.size() && common[i + 1][k] >= common[i][k + 1])) {
            all.push_back({'-', i + 1, &a[i]});
            ++i;
        } else {
            all.push_back({'+', k + 1, &b[k]});
            ++k;
        }
    }
    std::ostringstream out;
    constexpr std::size_t kAround = 2;
    bool gap = false;
    for (std::size_t n = 0; n < all.size(); ++n) {
        bool near = false;
        for (std::size_t m = n < kAround ? 0 : n - kAround; m <= n + kAround && m < all.size(); ++m)
            near = near || all[m].sign != ' ';
        if (near) {
            if (gap) out << "  …\n";
            out << all[n].sign << ' ' << all[n].number << ": " << *all[n].text << "\n";
        }
        gap = !near;
    }
    if (from != to && out.str().empty()) out << "(only blanks at the end differ)\n";
    return out.str();
}

inline ::testing::AssertionResult matchesGolden(const std::string& name, const std::string& actual) {
    const std::filesystem::path file = std::filesystem::path(testDir()) / "golden" / name;
    const std::filesystem::path beside = file.string() + ".actual";
    std::error_code none;
    if (std::getenv("RINGSIDE_UPDATE_GOLDEN")) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << actual;
        std::filesystem::remove(beside, none);
        return ::testing::AssertionSuccess();
    }
    std::ifstream in(file);
    const std::string expected{std::istreambuf_iterator<char>(in), {}};
    if (in.is_open() && expected == actual) {
        std::filesystem::remove(beside, none);
        return ::testing::AssertionSuccess();
    }
    std::filesystem::create_directories(file.parent_path(), none);
    std::ofstream(beside) << actual;
    return ::testing::AssertionFailure() << (in.is_open() ? file.string() : file.string() + ": no such file") << "\n"
                                         << textDiff(expected, actual) << "(- golden, + now; the whole is in "
                                         << beside.string() << ", RINGSIDE_UPDATE_GOLDEN=1 takes it over)";
}

}  // namespace ringside
