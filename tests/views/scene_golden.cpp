#include "scene_golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/paths.h"
#include "views/scene/scene_export.h"

namespace ringside {
namespace {

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// The lines by which two texts differ, between what they have in common at both ends.
std::string difference(const std::string& expected, const std::string& actual) {
    const auto a = linesOf(expected), b = linesOf(actual);
    std::size_t head = 0, tail = 0;
    while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
    while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    constexpr std::size_t kMost = 30;
    std::string out = "from line " + std::to_string(head + 1) + ":\n";
    for (std::size_t i = head; i < std::min(a.size() - tail, head + kMost); ++i) out += "- " + a[i] + "\n";
    for (std::size_t i = head; i < std::min(b.size() - tail, head + kMost); ++i) out += "+ " + b[i] + "\n";
    return out;
}

}  // namespace

void expectGolden(const std::string& name, const std::string& actual) {
    const std::filesystem::path path = std::filesystem::path(testDir()) / "golden" / "scene" / (name + ".txt");
    if (std::getenv("RINGSIDE_UPDATE_GOLDEN")) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << actual;
        return;
    }
    std::ifstream in(path);
    ASSERT_TRUE(in.good()) << path << " is missing; RINGSIDE_UPDATE_GOLDEN=1 writes it";
    std::stringstream expected;
    expected << in.rdbuf();
    if (expected.str() == actual) return;
    std::ofstream(path.string() + ".actual") << actual;
    ADD_FAILURE() << path << " differs (see .actual beside it), " << difference(expected.str(), actual);
}

void lookAt(const std::string& name, const DisplayList& list, const Theme& theme) {
    const char* folder = std::getenv("RINGSIDE_PICTURES");
    if (!folder) return;
    const auto written = exportScene(list, theme, QString::fromStdString(std::string(folder) + "/" + name + ".png"), 1);
    EXPECT_TRUE(written.ok()) << written.error().message();
}

}  // namespace ringside
