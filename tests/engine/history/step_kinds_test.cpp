// Steps into, over and out of calls and along a packet, a task and a CPU, against the stacks of a small run.

#include "engine/history/step_kinds.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/history/timeline.h"
#include "engine/step/step.h"
#include "tests/support/machine.h"

namespace ringside {
namespace {

/// What a look at the whole stack tells of an event: the numbers of the calls that are active, interrupts marked.
struct Seen {
    Event event;
    std::vector<Position> frames;  ///< of each frame, the event that entered it
    std::vector<bool> interrupt;   ///< whether an interrupt put it there
};

class StepKinds : public testing::Test {
  protected:
    test::Machine m;
    std::vector<Seen> seen;  ///< [p - 1]: event p
    std::unique_ptr<Timeline> timeline;

    void SetUp() override {
        m.addReader("reader", 1, 5000, 2);
        m.addHog("hog", 0, 2'000'000);
        m.addDatagram(1'000, 5000);
        m.addDatagram(60'000, 5000);
        m.start();
        timeline = std::make_unique<Timeline>(Start{m.world, m.inputs});
        World world = m.world;
        std::map<std::pair<MachineNo, std::uint32_t>, Seen> stacks;
        Event event;
        while (seen.size() < 6'000 && step(world, *m.inputs, event)) {
            Seen& now = stacks[{event.machine, event.cpu == kNoCpu ? 0xffffffffU : event.task.slot}];
            now.event = event;
            if (event.cpu != kNoCpu) {
                const Stack& stack = *world.machine(event.machine).tasks.find(event.task)->stack;
                const std::size_t had = std::min<std::size_t>(now.frames.size(), event.depth);
                now.frames.resize(event.depth);
                now.interrupt.resize(event.depth);
                for (std::size_t i = had; i < event.depth; ++i) {
                    now.frames[i] = event.seq;
                    now.interrupt[i] = stack[i].interrupt;
                }
                if (event.kind == EventKind::enter) {
                    now.frames.back() = event.seq;
                    now.interrupt.back() = stack[event.depth - 1U].interrupt;
                }
            }
            seen.push_back(now);
        }
        ASSERT_GT(seen.size(), 500U);
        timeline->explore(seen.size());
    }
    Found go(StepKind kind, Position from, Direction direction, std::uint32_t packet = 0) {
        const auto filter = stepFilter(kind, direction, {seen[from - 1].event, packet});
        if (!filter) return {Found::How::none, 0};
        return timeline->find(*filter, direction, from, 0);
    }
    /// The first event, in the direction, of the same stack of which `frames` says yes.
    template <class Frames>
    Position expected(Position from, Direction direction, Frames frames) {
        const Seen& here = seen[from - 1];
        const auto stands = [&](Position p) {
            const Seen& s = seen[p - 1];
            return s.event.cpu != kNoCpu && s.event.task == here.event.task && frames(here, s);
        };
        if (direction == Direction::forward) {
            for (Position p = from + 1; p <= seen.size(); ++p)
                if (stands(p)) return p;
        } else {
            for (Position p = from; p-- > 1;)
                if (stands(p)) return p;
        }
        return 0;
    }
    std::string told(Position from) {
        const Event& e = seen[from - 1].event;
        return "from " + std::to_string(from) + ", " + std::string(m.inputs->functions[e.function].name);
    }
};

/// Whether `s` is in an interrupt (or what it calls) that came on top while `here` was not in that interrupt.
bool inAnInterruptOnTop(const Seen& here, const Seen& s) {
    for (std::size_t i = 0; i < s.frames.size(); ++i) {
        if (s.interrupt[i] && (i >= here.frames.size() || here.frames[i] != s.frames[i])) return true;
    }
    return false;
}

constexpr Direction kStepDirections[] = {Direction::forward, Direction::backward};

TEST_F(StepKinds, OverPassesCallsAndInterruptsOnTop) {
    int passed = 0;
    for (Position from = 1; from <= seen.size(); ++from) {
        if (seen[from - 1].event.cpu == kNoCpu) continue;
        for (const Direction direction : kStepDirections) {
            const Position want = expected(from, direction, [](const Seen& here, const Seen& s) {
                return s.frames.size() <= here.frames.size() && !inAnInterruptOnTop(here, s);
            });
            if (want == 0) continue;
            const Found found = go(StepKind::over, from, direction);
            ASSERT_TRUE(found) << told(from);
            ASSERT_EQ(found.position, want) << told(from);
            for (Position p = std::min(from, want) + 1; p < std::max(from, want); ++p)
                passed += inAnInterruptOnTop(seen[from - 1], seen[p - 1]);
        }
    }
    EXPECT_GT(passed, 0) << "the run has interrupts to pass";
}

TEST_F(StepKinds, OutComesToTheCallerAndBackwardsToTheCall) {
    int calls = 0;
    for (Position from = 1; from <= seen.size(); ++from) {
        const Seen& here = seen[from - 1];
        if (here.event.cpu == kNoCpu || here.event.depth < 2) continue;
        for (const Direction direction : kStepDirections) {
            const Position want = expected(from, direction, [](const Seen& h, const Seen& s) {
                return s.frames.size() < h.frames.size() && !inAnInterruptOnTop(h, s);
            });
            if (want == 0) continue;
            ASSERT_EQ(go(StepKind::out, from, direction).position, want) << told(from);
            if (direction == Direction::backward) {
                ASSERT_EQ(seen[want - 1].event.depth + 1, here.event.depth) << told(from);
                ++calls;
            }
        }
    }
    EXPECT_GT(calls, 100);
}

TEST_F(StepKinds, IntoIsTheNextCallOfThisFrameOrItsEnd) {
    int entered = 0, left = 0;
    for (Position from = 1; from <= seen.size(); ++from) {
        const Seen& here = seen[from - 1];
        if (here.event.cpu == kNoCpu) continue;
        const Position want = expected(from, Direction::forward, [](const Seen& h, const Seen& s) {
            return s.frames.size() != h.frames.size() && !inAnInterruptOnTop(h, s);
        });
        if (want == 0) continue;
        ASSERT_EQ(go(StepKind::into, from, Direction::forward).position, want) << told(from);
        const Seen& there = seen[want - 1];
        if (there.frames.size() > here.frames.size()) {
            ASSERT_EQ(there.event.kind, EventKind::enter) << told(from);
            ASSERT_EQ(there.frames.size(), here.frames.size() + 1) << told(from);
            ASSERT_EQ(there.frames[here.frames.size() - 1], here.frames.back())
                << told(from) << ": called by this frame";
            // and out of it again leads back to the frame
            const Found back = go(StepKind::out, want, Direction::backward);
            ASSERT_TRUE(back);
            ASSERT_EQ(seen[back.position - 1].frames, here.frames) << told(from);
            ++entered;
        } else {
            ++left;
        }
    }
    EXPECT_GT(entered, 100);
    EXPECT_GT(left, 20);
}

TEST_F(StepKinds, OutOfAnInterruptComesToWhatItInterrupted) {
    std::set<Context> below;
    for (Position from = 1; from <= seen.size(); ++from) {
        const Seen& here = seen[from - 1];
        if (here.event.cpu == kNoCpu || !here.interrupt.back() || here.event.depth < 2) continue;
        const Found found = go(StepKind::out, from, Direction::forward);
        if (!found || found.position > seen.size()) continue;
        const Seen& there = seen[found.position - 1];
        ASSERT_LT(there.event.depth, here.event.depth) << told(from);
        ASSERT_FALSE(inAnInterruptOnTop(here, there)) << told(from);
        EXPECT_NE(there.event.context, Context::hardirq) << told(from);
        below.insert(there.event.context);
    }
    EXPECT_FALSE(below.empty());
}

TEST_F(StepKinds, SamePacketTaskAndCpu) {
    int packets = 0;
    for (Position from = 1; from <= seen.size(); from += 7) {
        const Event& here = seen[from - 1].event;
        for (const Direction direction : kStepDirections) {
            const auto first = [&](auto matches) -> Position {
                if (direction == Direction::forward) {
                    for (Position p = from + 1; p <= seen.size(); ++p)
                        if (matches(seen[p - 1].event)) return p;
                } else {
                    for (Position p = from; p-- > 1;)
                        if (matches(seen[p - 1].event)) return p;
                }
                return 0;
            };
            if (const Position want = first([](const Event& e) { return e.packet == 2; })) {
                ASSERT_EQ(go(StepKind::same_packet, from, direction, 2).position, want) << "the followed one";
                ++packets;
            }
            if (here.cpu == kNoCpu) continue;
            if (const Position want = first([&](const Event& e) { return e.cpu == here.cpu; })) {
                ASSERT_EQ(go(StepKind::same_cpu, from, direction).position, want);
            }
            if (const Position want = first([&](const Event& e) { return e.cpu != kNoCpu && e.task == here.task; })) {
                ASSERT_EQ(go(StepKind::same_task, from, direction).position, want);
            }
        }
    }
    EXPECT_GT(packets, 10);
}

TEST_F(StepKinds, WhereThereIsNoStackThereIsNothingToStepOver) {
    StepFrom wire{};
    for (const StepKind kind : {StepKind::into, StepKind::over, StepKind::out, StepKind::same_packet,
                                StepKind::same_task, StepKind::same_cpu})
        EXPECT_FALSE(stepFilter(kind, Direction::forward, wire));
    EXPECT_TRUE(stepFilter(StepKind::stage, Direction::forward, wire));
    StepFrom outermost{};
    outermost.event.cpu = 0;
    outermost.event.depth = 1;
    EXPECT_FALSE(stepFilter(StepKind::out, Direction::forward, outermost)) << "nobody called it";
    EXPECT_TRUE(stepFilter(StepKind::over, Direction::forward, outermost));
    outermost.event.depth = 2;
    EXPECT_TRUE(stepFilter(StepKind::out, Direction::forward, outermost));
}

/// An interrupt that comes in when the frame has just returned stands no deeper than it did.
TEST(StepKindsOfEvents, AnInterruptRightAfterTheReturnIsNoCaller) {
    const auto event = [](EventKind kind, std::uint8_t depth, Context context) {
        Event e;
        e.cpu = 0;
        e.kind = kind;
        e.depth = depth;
        e.context = context;
        return e;
    };
    const Event here = event(EventKind::stage, 5, Context::process);
    const Event interrupt[] = {
        event(EventKind::enter, 3, Context::hardirq), event(EventKind::stage, 3, Context::hardirq),
        event(EventKind::enter, 4, Context::softirq), event(EventKind::enter, 6, Context::softirq),
        event(EventKind::stage, 4, Context::softirq), event(EventKind::stage, 3, Context::hardirq),
        event(EventKind::enter, 3, Context::hardirq),  // and another
    };
    const Event caller = event(EventKind::stage, 2, Context::process);
    for (const StepKind kind : {StepKind::into, StepKind::over, StepKind::out}) {
        const auto filter = stepFilter(kind, Direction::forward, {here});
        ASSERT_TRUE(filter);
        for (const Event& e : interrupt) EXPECT_FALSE(filter->matches(e)) << static_cast<int>(kind);
        EXPECT_TRUE(filter->matches(caller)) << static_cast<int>(kind);
    }
}

}  // namespace
}  // namespace ringside
