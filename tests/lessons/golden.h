#pragma once
// Texts held against a file of tests/golden. A failure prints the first line that differs and leaves NAME.actual beside
// it; with RINGSIDE_UPDATE_GOLDEN=1 in the environment the file is written instead.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace ringside {

inline ::testing::AssertionResult matchesGolden(const std::string& name, const std::string& actual) {
    const std::filesystem::path file = std::filesystem::path(RINGSIDE_TEST_DIR) / "golden" / name;
    if (std::getenv("RINGSIDE_UPDATE_GOLDEN")) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << actual;
        return ::testing::AssertionSuccess();
    }
    std::ifstream in(file);
    const std::string expected{std::istreambuf_iterator<char>(in), {}};
    if (in && expected == actual) return ::testing::AssertionSuccess();
    std::ofstream(file.string() + ".actual") << actual;
    std::istringstream want(expected), have(actual);
    std::string a, b;
    int line = 0;
    do {
        ++line;
        if (!std::getline(want, a)) a = "(end)";
        if (!std::getline(have, b)) b = "(end)";
    } while (a == b && a != "(end)");
    return ::testing::AssertionFailure() << file.string() << ":" << line << "\n  golden: " << a << "\n  actual: " << b
                                         << "\n(the whole is in " << file.string()
                                         << ".actual; RINGSIDE_UPDATE_GOLDEN=1 takes it over)";
}

}  // namespace ringside
