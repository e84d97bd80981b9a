// Functions as data: how arguments are packed, which stages a struct has, what a table row says.

#include <gtest/gtest.h>

#include "engine/core/fields_visitors.h"
#include "engine/linux/kernel.h"
#include "engine/step/step.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

namespace example {
using args::argumentText;
RS_ARGUMENTS(base, std::uint32_t, (std::uint8_t, a, "first"), (std::uint32_t, b, Unit::hex, "second"), (SkbId, skb))
}  // namespace example

struct Example : example::base {
    using Self = Example;
    std::uint64_t c;
    std::uint8_t unlisted;

    Next first(K&) { return next<&Self::second>(); }
    Next second(K&, bool passed) { return passed ? ret(std::uint32_t{b}) : next<&Self::first>(); }
    using stages = Stages<Stage<"first", &Self::first, 3>, Stage<"second", &Self::second, 4>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("c", s.c);
    }
};
constexpr FunctionInfo kExample =
    define<Example>(Fn<std::uint32_t(std::uint8_t, std::uint32_t, SkbId)>{7}, "example", "x.c", "");

struct Holder {
    Fn<void(SkbId)> handler;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("handler", s.handler, Unit::none, "what is called");
    }
};

/// Whether a stage of F may end in ret(T).
template <class F, class T>
concept Returns = requires(T value) {
    F::check(value);
};
struct ReturnsId : Prototype<SkbId> {
    template <class T>
    static auto check(T value) -> decltype(ret(value));
};
struct ReturnsNothing : Prototype<void> {
    template <class T>
    static auto check(T value) -> decltype(ret(value));
};
static_assert(Returns<ReturnsId, SkbId>);
static_assert(!Returns<ReturnsId, SocketId> && !Returns<ReturnsId, std::uint32_t>);
static_assert(!Returns<ReturnsNothing, SkbId>);

TEST(Function, ArgumentsLieWhereTheStructHasThem) {
    Frame frame;
    detail::packArguments(frame.locals.data(), std::uint8_t{7}, std::uint32_t{0x01020304}, SkbId{99});
    Example locals;
    std::memcpy(&locals, frame.locals.data(), sizeof locals);
    EXPECT_EQ(locals.a, 7);
    EXPECT_EQ(locals.b, 0x01020304U);
    EXPECT_EQ(locals.skb.slot, 99U);
    EXPECT_EQ((detail::packedSize<std::uint8_t, std::uint32_t, SkbId>()), sizeof(example::base));
    EXPECT_EQ(kExample.skb_offset, 8);
}

TEST(Function, ArgumentsAreDescribedByThePrototype) {
    Frame frame;
    detail::packArguments(frame.locals.data(), std::uint8_t{7}, std::uint32_t{0x01020304}, SkbId{99});
    Value value;
    kExample.locals(frame.locals, value);
    ASSERT_EQ(value.children.size(), 3U);
    EXPECT_EQ(value.children[0].name, "a");
    EXPECT_EQ(value.children[0].doc, "first");
    EXPECT_EQ(value.at("b")->show(), "0x1020304");
    EXPECT_EQ(value.at("skb")->number, 99);
    EXPECT_EQ(value.at("skb")->doc, "the packet") << "of the list of known arguments";
}

TEST(Function, HiddenLocalsCountAndWhatIsNotListedIsFound) {
    const auto hashWith = [](std::size_t byte) {
        Frame frame;
        frame.locals[byte] = std::byte{1};
        HashVisitor visitor;
        kExample.hash(frame.locals, visitor);
        return visitor.hash();
    };
    const std::uint64_t none = hashWith(40);
    EXPECT_NE(hashWith(0), none);
    EXPECT_EQ(hashWith(1), none) << "padding";
    EXPECT_NE(hashWith(8), none);
    EXPECT_NE(hashWith(16), none) << "hidden";
#ifdef __GNUC__
    EXPECT_EQ(kExample.unlisted(), 1U) << "the member `unlisted`";
#endif
}

TEST(Function, AReferenceIsShownAndHashedByName) {
    const Holder none{}, some{fn::consume_skb}, other{fn::kfree_skbmem};
    EXPECT_FALSE(none.handler);
    EXPECT_TRUE(some.handler);
    EXPECT_EQ(some.handler, fn::consume_skb);
    EXPECT_EQ(valueOf(some).at("handler")->show(), "consume_skb");
    EXPECT_EQ(valueOf(none).at("handler")->show(), "NULL");
    EXPECT_NE(hashOf(none), hashOf(some));
    EXPECT_NE(hashOf(other), hashOf(some));
    HashVisitor byName;
    byName.word(hashOfName("consume_skb"));
    EXPECT_EQ(hashOf(some), byName.hash()) << "whatever its number is";
}

TEST(Function, StagesAreNumberedInOrder) {
    EXPECT_EQ(stageIndex<&Example::first>(), 0);
    EXPECT_EQ(stageIndex<&Example::second>(), 1);
    EXPECT_STREQ(Example::stages::infos[1].name, "second");
    EXPECT_EQ(Example::stages::infos[1].cost, 4U);
    EXPECT_EQ(kExample.members[1], "second");
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
    work.locals(frame.locals, value);
    EXPECT_EQ(value.at("n")->number, 12);
    EXPECT_EQ(value.at("skb")->number, 3);
    EXPECT_EQ(work.skb_offset, 4);
    EXPECT_EQ(start.inputs->function(test::toy::program.id).skb_offset, -1);
}

}  // namespace
}  // namespace ringside
