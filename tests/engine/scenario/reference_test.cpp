// The reference of the scenario language says something about every key, from the lists that the reader uses.

#include "engine/scenario/reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/linux/driver.h"
#include "engine/scenario/scenario.h"

namespace ringside {
namespace {

const KeyGroup* group(const std::vector<KeyGroup>& all, const std::string& path) {
    const auto it = std::find_if(all.begin(), all.end(), [&](const KeyGroup& g) { return g.path == path; });
    return it == all.end() ? nullptr : &*it;
}

const KeyDoc& key(const KeyGroup& g, const std::string& name) {
    static const KeyDoc kNone;
    const auto it = std::find_if(g.keys.begin(), g.keys.end(), [&](const KeyDoc& k) { return k.name == name; });
    EXPECT_NE(it, g.keys.end()) << g.path << "." << name;
    return it == g.keys.end() ? kNone : *it;
}

TEST(ScenarioReference, EveryKeyIsDocumented) {
    const std::vector<KeyGroup> all = scenarioReference();
    std::set<std::string> paths;
    std::size_t keys = 0;
    for (const KeyGroup& g : all) {
        EXPECT_TRUE(paths.insert(g.path).second) << g.path;
        EXPECT_FALSE(g.doc.empty()) << g.path;
        EXPECT_FALSE(g.keys.empty()) << g.path;
        for (const KeyDoc& k : g.keys) {
            ++keys;
            EXPECT_GE(k.doc.size(), 5U) << g.path << "." << k.name;
            EXPECT_FALSE(k.doc.ends_with('.')) << k.doc;
            EXPECT_FALSE(k.value.empty()) << g.path << "." << k.name;
            EXPECT_NE(k.required, !k.fallback.empty()) << g.path << "." << k.name << ": a default, or it must be there";
            EXPECT_TRUE(k.group.empty() || group(all, k.group)) << k.group;
        }
    }
    EXPECT_GE(keys, 100U);
}

TEST(ScenarioReference, TellsLimitsDefaultsAndWhatStandsBelow) {
    const std::vector<KeyGroup> all = scenarioReference();
    const KeyGroup* nics = group(all, "nics[]");
    ASSERT_NE(nics, nullptr);
    EXPECT_EQ(key(*nics, "ring").value, driverRings());
    EXPECT_TRUE(std::string(driverRings()).starts_with("e1000: 48 to 4096, a multiple of 8"));
    EXPECT_EQ(key(*nics, "ring").fallback, "256");
    EXPECT_EQ(key(*nics, "fifo").value, "a size, as 142 B or 64KiB, of 0 to 1048576");
    EXPECT_EQ(key(*nics, "itr").fallback, "0");
    EXPECT_EQ(key(*group(all, ""), "nics").group, "nics[]");
    EXPECT_EQ(key(*group(all, ""), "pace").value, "recorded, unlost");
    EXPECT_TRUE(key(*group(all, "sockets[].udp"), "port").required);
    EXPECT_EQ(key(*group(all, "sysctl"), "net.core.netdev_budget").fallback, "300");
    EXPECT_EQ(key(*group(all, "tasks[].program[]"), "recvfrom").group, "tasks[].program[].recvfrom");
    EXPECT_EQ(key(*group(all, "tasks[].program[]"), "exit").group, "");
    EXPECT_EQ(key(*group(all, "tasks[].program[].repeat"), "times").fallback, "for ever");
    EXPECT_NE(group(all, "traffic[].udp"), nullptr);
    EXPECT_EQ(group(all, "tasks[].program[].jump"), nullptr) << "no word of the language";
}

}  // namespace
}  // namespace ringside
