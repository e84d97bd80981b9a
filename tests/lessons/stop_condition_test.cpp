// Conditions as they are typed, and what they find in a small run: held against a look at every position.

#include "lessons/stop_condition.h"

#include "lessons/expression.h"
#include "lessons/state_value.h"
#include "tests/lessons/run_fixture.h"

namespace ringside {
namespace {

class StopTest : public UdpRun {
  protected:
    StopTest() { m_timeline.seek(~Position{0}); }
    StopCondition read(const std::string& text) {
        const StopCondition condition = StopCondition::read(text, m_timeline.world(), m_timeline.inputs(), error);
        EXPECT_EQ(error.kind, StopError::Kind::none) << text << ": " << error.word << " " << error.detail;
        return condition;
    }
    StopError wrong(const std::string& text) {
        StopCondition::read(text, m_timeline.world(), m_timeline.inputs(), error);
        EXPECT_NE(error.kind, StopError::Kind::none) << text;
        return error;
    }
    /// Searches from each position that is met and from those beside it, in both directions.
    std::size_t check(const std::string& text, const std::function<bool(Position)>& met) {
        const StopCondition condition = read(text);
        const std::vector<Quarry> quarries{condition.quarry(m_timeline.sharedInputs())};
        const KnownRun known = m_timeline.known();
        const Position last = m_timeline.explored();
        std::vector<Position> all;
        for (Position p = 1; p <= last; ++p)
            if (met(p)) all.push_back(p);
        std::vector<Position> from{0, 1, last / 2, last, last + 3};
        for (const Position p : all) {
            if (from.size() > 40) break;
            from.insert(from.end(), {p - 1, p, p + 1});
        }
        for (const Position p : from) {
            const auto after = std::upper_bound(all.begin(), all.end(), p);
            const auto before = std::lower_bound(all.begin(), all.end(), p);
            const Hit next = known.search(quarries, Direction::forward, p);
            const Hit back = known.search(quarries, Direction::backward, p);
            EXPECT_EQ(static_cast<bool>(next), after != all.end()) << text << " after " << p;
            EXPECT_EQ(static_cast<bool>(back), before != all.begin()) << text << " before " << p;
            if (next && after != all.end()) {
                EXPECT_EQ(next.position, *after) << text << " after " << p;
            }
            if (back && before != all.begin()) {
                EXPECT_EQ(back.position, *(before - 1)) << text << " before " << p;
            }
        }
        return all.size();
    }
    std::size_t checkEvents(const std::string& text, const std::function<bool(const Event&)>& met) {
        return check(text, [&](Position p) { return met(*m_timeline.event(p)); });
    }
    double value(const std::string& text, Position p) {
        const World world = m_timeline.at(p);
        const Event event = p ? *m_timeline.event(p) : Event{};
        const Result<double> v = Expression::parse(text)->evaluate({world, m_timeline.inputs(), event});
        return v ? *v : -1;
    }
    FunctionId function(std::string_view name) {
        for (const FunctionInfo& f : m_timeline.inputs().functions)
            if (f.name == name) return f.id;
        ADD_FAILURE() << name;
        return kNoFunction;
    }
    StopError error;
};

TEST_F(StopTest, AnEventIsFoundAsALookAtEachFindsIt) {
    const FunctionId rcv = function("udp_rcv"), ip = function("ip_rcv_core");
    const auto entered = [](const Event& e, FunctionId f) { return e.function == f && e.kind == EventKind::enter; };
    EXPECT_GT(checkEvents("udp_rcv", [&](const Event& e) { return entered(e, rcv); }), 0U);
    EXPECT_GT(checkEvents(" udp_rcv() ", [&](const Event& e) { return entered(e, rcv); }), 0U);
    EXPECT_GT(checkEvents("udp_rcv,ip_rcv_core", [&](const Event& e) { return entered(e, rcv) || entered(e, ip); }),
              1U);
    EXPECT_GT(
        checkEvents("packet 1 softirq", [](const Event& e) { return e.packet == 1 && e.context == Context::softirq; }),
        0U);
    EXPECT_GT(checkEvents("cpu 0", [](const Event& e) { return e.cpu == 0; }), 0U);
    EXPECT_EQ(checkEvents("drop", [](const Event& e) { return e.drop != Drop::NOT_DROPPED; }), 0U);
    EXPECT_EQ(checkEvents("drop NO_SOCKET", [](const Event& e) { return e.drop == Drop::NO_SOCKET; }), 0U);
    EXPECT_EQ(checkEvents("NO_SOCKET", [](const Event& e) { return e.drop == Drop::NO_SOCKET; }), 0U);
    Position at = 1;
    while (m_timeline.event(at)->function != ip || m_timeline.event(at)->kind != EventKind::stage) ++at;
    const FunctionInfo& info = m_timeline.inputs().function(ip);
    const std::uint8_t index = m_timeline.event(at)->stage;
    const std::string stage = info.stages[index].name;
    EXPECT_GT(checkEvents("ip_rcv_core: " + stage,
                          [&](const Event& e) {
                              return e.function == info.id && e.kind == EventKind::stage && e.stage == index;
                          }),
              0U);
}

TEST_F(StopTest, AnExpressionIsMetWhereItBeginsToHold) {
    const std::string text = "sum(socket[*].sk_rmem_alloc) > 0";
    EXPECT_GT(check(text, [&](Position p) { return value(text, p) == 1 && value(text, p - 1) != 1; }), 0U);
    const std::string never = "sum(socket[*].sk_rmem_alloc) > 1000000000";
    EXPECT_EQ(check(never, [](Position) { return false; }), 0U);
    // a name that has a value only sometimes
    const std::string sometimes = "skb.len > 60";
    EXPECT_GT(check(sometimes, [&](Position p) { return value(sometimes, p) == 1 && value(sometimes, p - 1) != 1; }),
              0U);
}

TEST_F(StopTest, ATasksStateAndAChange) {
    std::string name;
    m_timeline.world().machine().tasks.each([&](TaskId, const Task& t) {
        if (t.pid != 0 && name.empty()) name = t.comm;
    });
    ASSERT_NE(name.find('/'), std::string::npos) << "a name that is no word of an expression";
    const std::string state = "task[" + name + "].state == TASK_INTERRUPTIBLE";
    check("task " + name + " TASK_INTERRUPTIBLE",
          [&](Position p) { return value(state, p) == 1 && value(state, p - 1) != 1; });
    const std::string field = "task.udprx.state";
    EXPECT_GT(check(field + " changes", [&](Position p) { return value(field, p) != value(field, p - 1); }), 0U);
    const std::string sum = "sum(socket[*].sk_rmem_alloc)";
    EXPECT_GT(check(sum + " changes", [&](Position p) { return value(sum, p) != value(sum, p - 1); }), 1U);
}

TEST_F(StopTest, AnEventIfAnExpressionHolds) {
    const FunctionId rcv = function("udp_rcv");
    EXPECT_GT(check("udp_rcv if skb.len > 0",
                    [&](Position p) {
                        const Event e = *m_timeline.event(p);
                        return e.function == rcv && e.kind == EventKind::enter && value("skb.len > 0", p) == 1;
                    }),
              0U);
    EXPECT_EQ(check("udp_rcv if skb.len > 100000", [](Position) { return false; }), 0U);
}

TEST_F(StopTest, WhatIsWrongIsTold) {
    EXPECT_EQ(wrong("").kind, StopError::Kind::empty);
    EXPECT_EQ(wrong("   ").kind, StopError::Kind::empty);
    const StopError word = wrong("udp_rvc");
    EXPECT_EQ(word.kind, StopError::Kind::word);
    EXPECT_EQ(word.word, "udp_rvc");
    EXPECT_EQ(word.near, "udp_rcv");
    EXPECT_EQ(wrong("packet").kind, StopError::Kind::number);
    EXPECT_EQ(wrong("packet x").kind, StopError::Kind::number);
    EXPECT_EQ(wrong("task nobody").kind, StopError::Kind::task);
    EXPECT_EQ(wrong("task nobody TASK_RUNNING").kind, StopError::Kind::task);
    EXPECT_EQ(wrong("ip_rcv_core: no such words").kind, StopError::Kind::stage);
    const StopError expression = wrong("skb.len >");
    EXPECT_EQ(expression.kind, StopError::Kind::expression);
    EXPECT_FALSE(expression.detail.empty());
    EXPECT_EQ(wrong("skb.len > (").kind, StopError::Kind::expression);
    EXPECT_EQ(wrong("entries(\"udp_rcv\") > 1").kind, StopError::Kind::counts);
    EXPECT_EQ(wrong("udp_rcv if was(skb.len) > 1").kind, StopError::Kind::counts);
}

}  // namespace
}  // namespace ringside
