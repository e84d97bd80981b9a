// The function table of Linux 6.1.192: what holds for each of its rows.

#include "engine/linux/table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "engine/linux/functions.h"

namespace ringside {
namespace {

TEST(Table, EveryFunctionStandsAtItsNumberUnderItsName) {
    std::set<std::string> names;
    FunctionId id = 0;
    for (const FunctionInfo& f : linux61Table()) {
        EXPECT_EQ(f.id, id);
        EXPECT_EQ(f.name, functionName(id));
        EXPECT_EQ(functionNameHash(id), hashOfName(f.name));
        EXPECT_TRUE(names.insert(f.name).second) << f.name << " twice";
        EXPECT_FALSE(f.stages.empty()) << f.name;
        std::set<std::string_view> members(f.members.begin(), f.members.end());
        EXPECT_EQ(members.size(), f.stages.size()) << f.name << ": a name for each stage";
        ++id;
    }
    EXPECT_EQ(id, fn::kCount);
    EXPECT_EQ(functionName(kNoFunction), "");
    EXPECT_EQ(functionNameHash(kNoFunction), 0U);
}

TEST(Table, EveryLocalIsInAFieldList) {
    for (const FunctionInfo& f : linux61Table()) {
        if (!f.unlisted) continue;  // a step of the hardware
        EXPECT_EQ(f.unlisted(), 0U) << f.name << " has locals that describe() neither shows nor hides";
    }
}

}  // namespace
}  // namespace ringside
