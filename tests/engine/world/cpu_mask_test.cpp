#include "engine/world/machine/cpu_mask.h"

#include <gtest/gtest.h>

namespace ringside {
namespace {

TEST(CpuMask, HoldsAnyNumber) {
    CpuMask mask;
    EXPECT_TRUE(mask.empty());
    EXPECT_EQ(mask.lowest(), kNoCpu);
    for (const CpuNo cpu : {CpuNo{0}, CpuNo{63}, CpuNo{64}, CpuNo{127}, CpuNo{128}, CpuNo{4095}}) {
        EXPECT_FALSE(mask.test(cpu));
        mask.set(cpu);
        EXPECT_TRUE(mask.test(cpu));
        EXPECT_FALSE(mask.test(static_cast<CpuNo>(cpu + 1)) && cpu != 63 && cpu != 127);
        EXPECT_EQ(CpuMask::of(cpu).lowest(), cpu);
    }
    EXPECT_FALSE(mask.test(5000));
    EXPECT_EQ(mask.lowest(), 0U);
    EXPECT_EQ(mask.toString(), "0,63-64,127-128,4095");
}

TEST(CpuMask, ReadsAsTheKernelPrintsIt) {
    EXPECT_EQ(CpuMask{}.toString(), "");
    EXPECT_EQ(CpuMask::first(1).toString(), "0");
    EXPECT_EQ(CpuMask::first(64).toString(), "0-63");
    EXPECT_EQ(CpuMask::first(65).toString(), "0-64");
    EXPECT_EQ(CpuMask::of(70).toString(), "70");
    EXPECT_NE(CpuMask::of(70), CpuMask::of(71));
}

TEST(CpuMask, IsAsItWasWhenWhatWasSetIsCleared) {
    for (const CpuNo cpu : {CpuNo{0}, CpuNo{63}, CpuNo{64}, CpuNo{70}, CpuNo{127}, CpuNo{128}, CpuNo{200}}) {
        CpuMask mask = CpuMask::of(5), other = CpuMask::of(300);
        const CpuMask before = mask, beforeOther = other;
        mask.set(cpu);
        other.set(cpu);
        EXPECT_NE(mask, before);
        mask.clear(cpu);
        other.clear(cpu);
        EXPECT_EQ(mask, before) << cpu;
        EXPECT_EQ(other, beforeOther) << cpu << " stood below one that stays";
        EXPECT_EQ(other.lowest(), 300U);
    }
    CpuMask mask = CpuMask::of(70);
    mask.set(71);
    mask.clear(70);
    mask.clear(4095);  // it is not there
    EXPECT_EQ(mask, CpuMask::of(71));
    mask.clear(71);
    EXPECT_EQ(mask.lowest(), kNoCpu);
}

}  // namespace
}  // namespace ringside
