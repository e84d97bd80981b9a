// Functions as data: how arguments are packed, which stages a struct has, what a table row says.

#include <gtest/gtest.h>

#include "engine/step/step.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

struct Example {
    using Self = Example;
    std::uint8_t a;
    std::uint32_t b;
    std::uint64_t c;

    Next first(K&) { return next<&Self::second>(); }
    Next second(K&, bool passed) { return passed ? ret(std::uint32_t{b}) : next<&Self::first>(); }
    using stages = Stages<Stage<"first", &Self::first, 3>, Stage<"second", &Self::second, 4>>;
};

TEST(Function, ArgumentsLieWhereTheStructHasThem) {
    Frame frame;
    detail::packArguments(frame.locals.data(), std::uint8_t{7}, std::uint32_t{0x01020304}, std::uint64_t{99});
    Example locals;
    std::memcpy(&locals, frame.locals.data(), sizeof locals);
    EXPECT_EQ(locals.a, 7);
    EXPECT_EQ(locals.b, 0x01020304U);
    EXPECT_EQ(locals.c, 99U);
    EXPECT_EQ((detail::packedSize<std::uint8_t, std::uint32_t, std::uint64_t>()), sizeof(Example));
}

TEST(Function, StagesAreNumberedInOrder) {
    EXPECT_EQ(stageIndex<&Example::first>(), 0);
    EXPECT_EQ(stageIndex<&Example::second>(), 1);
    EXPECT_STREQ(Example::stages::infos[1].name, "second");
    EXPECT_EQ(Example::stages::infos[1].cost, 4U);
    EXPECT_EQ(next<&Example::second>().stage, 1);
    EXPECT_EQ(ret(std::int32_t{-5}).value, 0xfffffffb) << "a result is its bytes";
    EXPECT_EQ(detail::fromResult<std::int32_t>(0xfffffffb), -5);
    EXPECT_TRUE(detail::fromResult<bool>(detail::toResult(true)));
}

TEST(Function, AStageRunsWithTheResultOfItsCall) {
    // program calls work(), work() calls put_away(); the depth and the kinds are those of a call stack
    Start start = test::toyStart(1, 1);
    std::vector<Event> events;
    Event event;
    while (step(start.world, *start.inputs, event)) events.push_back(event);
    std::vector<std::pair<FunctionId, int>> calls;
    for (const Event& e : events) {
        if (e.kind == EventKind::enter) calls.emplace_back(e.function, e.depth);
    }
    EXPECT_EQ(calls, (std::vector<std::pair<FunctionId, int>>{{test::toy::work.id, 2}, {test::toy::put_away.id, 3}}));
    EXPECT_EQ(start.world.position, events.size());
    for (std::size_t i = 1; i < events.size(); ++i)
        EXPECT_EQ(events[i].cause, i) << "each follows from the one before on its CPU";
    EXPECT_EQ(events[0].cause, 0U);
}

TEST(Function, LocalsAreNamed) {
    const Start start = test::toyStart(1, 1);
    const FunctionInfo& work = start.inputs->function(test::toy::work.id);
    Frame frame;
    detail::packArguments(frame.locals.data(), std::uint32_t{12}, SkbId{3});
    Value value;
    work.locals(frame, value);
    EXPECT_EQ(value.at("n")->number, 12);
    EXPECT_EQ(value.at("skb")->number, 3);
    EXPECT_EQ(work.skb_offset, 4);
    EXPECT_EQ(start.inputs->function(test::toy::program.id).skb_offset, -1);
}

}  // namespace
}  // namespace ringside
