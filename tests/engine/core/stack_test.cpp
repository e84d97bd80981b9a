// The kernel stack: depth, chunks, copies, results that move down, and frames that outgrow 48 bytes.

#include "engine/core/stack.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/linux/kernel.h"
#include "engine/step/step.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

using test::toyStart;

namespace own {
using args::argumentText;
// clang-format off
#define RS_OWN_FUNCTIONS(X)                                                                  \
    X(bottom, void)                                                                          \
    X(fits, std::uint64_t, (std::uint64_t, rounds, Unit::count, "how deep"), (SkbId, skb))   \
    X(outgrows, std::uint64_t, (std::uint64_t, rounds, Unit::count, "how deep"), (SkbId, skb))
// clang-format on
RS_OWN_FUNCTIONS(RS_ARGUMENTS)
enum Number : FunctionId {
#define RS_NUMBER(name, ...) k_##name,
    RS_OWN_FUNCTIONS(RS_NUMBER)
#undef RS_NUMBER
};
}  // namespace own
constexpr own::bottom::Function kBottom{own::k_bottom};
constexpr own::fits::Function kFits{own::k_fits};
constexpr own::outgrows::Function kOutgrows{own::k_outgrows};

struct bottom : own::bottom {
    using Self = bottom;
    std::uint64_t result;

    Next begin(K& k) { return k.call<&Self::end>(kFits, std::uint64_t{4}, SkbId{7}); }
    Next end(K&, std::uint64_t sum) {
        result = sum;
        return wait<&Self::begin>(kNever);
    }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("result", s.result);
    }
    using stages = Stages<Stage<"begin", &Self::begin, 1>, Stage<"end", &Self::end, 1>>;
};

/// Calls the other with one round less, and checks that its own locals are as they were.
template <class Arguments, std::size_t kBytes, auto Other>
struct Recursive : Arguments {
    using Self = Recursive;
    std::array<std::uint8_t, kBytes> local;
    std::uint8_t last;

    Next begin(K& k) {
        local.fill(static_cast<std::uint8_t>(this->rounds));
        last = 0xee;
        if (this->rounds == 0) return this->ret(std::uint64_t{0});
        return k.call<&Self::end>(Other, this->rounds - 1, this->skb);
    }
    Next end(K&, std::uint64_t sum) {
        for (const std::uint8_t byte : local) EXPECT_EQ(byte, this->rounds);
        EXPECT_EQ(last, 0xee);
        EXPECT_EQ(this->skb.slot, 7U);
        return this->ret(sum + this->rounds);
    }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("local", s.local);
        v("last", s.last);
    }
    using stages = Stages<Stage<"begin", &Self::begin, 1>, Stage<"end", &Self::end, 1>>;
};
using fits = Recursive<own::fits, 48 - 12 - 1, kOutgrows>;
using outgrows = Recursive<own::outgrows, 49 - 12 - 1, kFits>;
static_assert(sizeof(fits) == 48 && sizeof(outgrows) == 56);  // 49 bytes and the padding of 8

constexpr FunctionInfo kTable[] = {
    define<bottom>(kBottom, "bottom", "user space", ""),
    define<fits>(kFits, "fits", "own.c", ""),
    define<outgrows>(kOutgrows, "outgrows", "own.c", ""),
};

Start ownStart() {
    Start start = toyStart(1, 1);
    auto inputs = std::make_shared<Inputs>(*start.inputs);
    inputs->functions = kTable;
    start.inputs = inputs;
    return start;
}
const Stack& stackOf(const Start& start) { return *std::as_const(start.world).machine().tasks[TaskId{1}].stack; }

TEST(Overflow, BeginsAboveFortyEightBytes) {
    EXPECT_EQ(kTable[own::k_fits].overflow, 0);
    EXPECT_EQ(kTable[own::k_fits].skb_offset, 8);
    EXPECT_EQ(kTable[own::k_outgrows].overflow, 56);
    EXPECT_EQ(kTable[own::k_outgrows].overflow_skb, 8);
    EXPECT_EQ(kTable[own::k_outgrows].skb_offset, 0) << "the frame holds a copy";
}

TEST(Overflow, LivesAsLongAsItsFrame) {
    Start start = ownStart();
    Event event;
    std::size_t most = 0;
    std::vector<std::uint64_t> hashes;
    while (step(start.world, *start.inputs, event)) {
        const Stack& stack = stackOf(start);
        std::size_t overflowing = 0;
        for (std::size_t i = 0; i < stack.size(); ++i) overflowing += stack[i].overflow != 0;
        most = std::max(most, overflowing);
        const FunctionInfo& info = kTable[event.function];
        if (event.function == own::k_outgrows) {
            EXPECT_EQ(event.skb_slot, SkbId{7}) << "still said to be about the packet";
        }
        // a copy made at any moment goes on as the original does
        World copy = start.world;
        hashes.push_back(worldHash(copy, *start.inputs));
        Event next;
        if (step(copy, *start.inputs, next)) {
            World again = start.world;
            step(again, *start.inputs, next);
            EXPECT_EQ(worldHash(copy, *start.inputs), worldHash(again, *start.inputs));
        }
        Value locals;
        info.locals(stack.locals(stack.top()), locals);
        if (event.function != own::k_bottom && event.stage == 1) {
            EXPECT_EQ(locals.at("last")->number, 0xee);
        }
    }
    EXPECT_EQ(most, 2U) << "rounds 3 and 1";
    Value locals;
    kTable[0].locals(stackOf(start).locals(stackOf(start).top()), locals);
    EXPECT_EQ(locals.at("result")->number, 4 + 3 + 2 + 1);
    std::sort(hashes.begin(), hashes.end());
    EXPECT_EQ(std::unique(hashes.begin(), hashes.end()), hashes.end()) << "no two moments are alike";
}

TEST(Overflow, IsPartOfTheHash) {
    Start start = ownStart();
    Event event;
    while (step(start.world, *start.inputs, event) && event.function != own::k_outgrows) {
    }
    ASSERT_TRUE(step(start.world, *start.inputs, event));
    World other = start.world;
    Stack& stack = other.machine().tasks.write(TaskId{1}).stack.write();
    for (std::size_t i = 0; i + 1 < stack.size(); ++i) {
        if (stack[i].overflow == 0) continue;
        const std::uint64_t before = worldHash(other, *start.inputs);
        stack.overflowOf(stack[i])[48] = std::byte{1};  // `last`, the byte that is one too many
        EXPECT_NE(worldHash(other, *start.inputs), before);
        EXPECT_EQ(worldHash(start.world, *start.inputs), before) << "the copy is its own";
        return;
    }
    FAIL() << "no frame has overflow";
}

TEST(Stack, HoldsTwoHundredFiftyFiveFrames) {
    Stack stack;
    for (std::size_t i = 0; i < Stack::kDepth; ++i) stack.push().function = static_cast<FunctionId>(i);
    EXPECT_EQ(stack.size(), 255U);
    const Stack copy = stack;
    for (std::size_t i = 0; i < Stack::kDepth; ++i) {
        EXPECT_EQ(stack[i].function, i);
        EXPECT_EQ(copy[i].function, i);
    }
    EXPECT_DEATH(stack.push(), "m_size < kDepth");
    while (stack.size() > 1) {
        EXPECT_EQ(stack.top().function, stack.size() - 1);
        stack.pop();
    }
    EXPECT_EQ(stack.top().function, 0);
    EXPECT_EQ(copy.top().function, 254) << "the copy keeps its frames";
}

TEST(Stack, FramesStayWhereTheyAre) {
    Stack stack;
    std::vector<const Frame*> at;
    for (std::size_t i = 0; i < 70; ++i) at.push_back(&stack.push());
    for (std::size_t i = 0; i < 70; ++i) {
        EXPECT_EQ(&stack[i], at[i]);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(at[i]) % 64, 0U) << "one cache line each";
    }
    for (std::size_t i = 0; i < 6; ++i) stack.pop();
    EXPECT_EQ(&stack.top(), at[63]);
    stack.push().function = 5;
    EXPECT_EQ(&stack.top(), at[64]);
    EXPECT_EQ(stack.top().function, 5);
}

TEST(Stack, TakesTheMemoryItUses) {
    Stack stack;
    EXPECT_EQ(stack.heapBytes(), 0U);
    for (std::size_t i = 0; i < 32; ++i) stack.push();
    const std::size_t one = stack.heapBytes();
    EXPECT_EQ(one, 32 * sizeof(Frame));
    stack.push();
    EXPECT_EQ(stack.heapBytes(), 2 * one);
    stack.pop();
    EXPECT_EQ(Stack(stack).heapBytes(), one);
    Stack other(stack);
    other = Stack();
    EXPECT_EQ(other.size(), 0U);
    other.push().function = 3;
    EXPECT_EQ(other.top().function, 3);
}

TEST(Stack, AResultMovesDownButNotThatOfAnInterrupt) {
    Stack stack;
    stack.push().state = FrameState::entered;
    Frame& waits = stack.push();
    waits.state = FrameState::entered;
    stack.push().state = FrameState::tail;
    Frame& done = stack.push();
    done.state = FrameState::returning;
    done.result = 42;
    Frame& interrupt = stack.push();
    interrupt.interrupt = true;
    interrupt.state = FrameState::returning;
    interrupt.result = 7;
    stack.popReturned();
    EXPECT_EQ(stack.size(), 2U);
    EXPECT_EQ(stack.top().result, 42U) << "through the tail call, and not the interrupt's";
    stack.popReturned();
    EXPECT_EQ(stack.size(), 2U);
}

// The same two functions, in tables that number them differently.
constexpr own::bottom::Function kMoved{1};
constexpr FunctionInfo kOther[] = {
    define<fits>(own::fits::Function{0}, "fits", "own.c", ""),
    define<bottom>(kMoved, "bottom", "user space", ""),
};

TEST(WorldHash, CountsFunctionsByName) {
    Start a = ownStart(), b = ownStart();
    auto inputs = std::make_shared<Inputs>(*b.inputs);
    inputs->functions = kOther;
    b.inputs = inputs;
    b.world.machine().tasks.write(TaskId{1}).stack.write()[0].function = kMoved.id;
    a.world.fates.append({1, kBottom.id, Fate::dropped, Drop::NO_SOCKET, 5});
    b.world.fates.append({1, kMoved.id, Fate::dropped, Drop::NO_SOCKET, 5});
    EXPECT_EQ(worldHash(a.world, *a.inputs), worldHash(b.world, *b.inputs));
    b.world.machine().tasks.write(TaskId{1}).stack.write()[0].function = 0;
    EXPECT_NE(worldHash(a.world, *a.inputs), worldHash(b.world, *b.inputs)) << "another name is another function";
}

}  // namespace
}  // namespace ringside
