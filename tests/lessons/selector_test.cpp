// Moments named by what happens.

#include "lessons/selector.h"

#include <gtest/gtest.h>

#include "tests/lessons/run_fixture.h"

namespace ringside {
namespace {

class SelectorTest : public UdpRun {
  protected:
    static Selector read(const std::string& yaml) {
        const Result<YamlView> view = parseYaml(yaml, "lesson.yaml");
        EXPECT_TRUE(view.ok());
        const Result<Selector> selector = loading("lesson.yaml", [&] { return readSelector(*view); });
        EXPECT_TRUE(selector.ok()) << selector.error().message();
        return selector ? *selector : Selector{};
    }
    Result<Position> find(const std::string& yaml, Position from = 0) {
        const Result<Matcher> matcher = Matcher::compile(read(yaml), m_run.inputs());
        if (!matcher) return matcher.error();
        return matcher->find(m_run, from);
    }
    /// "function:stage" of the event at the moment found.
    std::string what(const std::string& yaml, Position from = 0) {
        const Result<Position> position = find(yaml, from);
        if (!position) return position.error().message();
        const Event e = *m_run.event(*position);
        const FunctionInfo& f = m_run.inputs().function(e.function);
        return std::string(f.name) + (e.kind == EventKind::enter ? "()" : ":" + std::string(f.stages[e.stage].name));
    }
};

TEST_F(SelectorTest, FunctionAloneMeansItsEntry) {
    EXPECT_EQ(what("{function: ip_rcv_core}"), "ip_rcv_core()");
    EXPECT_EQ(what("{function: __skb_try_recv_from_queue, nth: 3}"), "__skb_try_recv_from_queue()");
    EXPECT_LT(*find("{function: __skb_try_recv_from_queue}"), *find("{function: __skb_try_recv_from_queue, nth: 2}"));
}

TEST_F(SelectorTest, NthCountsFromTheStepBefore) {
    const Position first = *find("{function: schedule}");
    EXPECT_EQ(*find("{function: schedule}", first), *find("{function: schedule, nth: 2}"));
}

TEST_F(SelectorTest, StagesTracepointsAndHardware) {
    EXPECT_EQ(what("{function: skb_put, stage: move tail forward}"),
              "skb_put:move tail forward: the data grows at its end");
    EXPECT_EQ(what("{tracepoint: softirq_raise}"), "__napi_schedule:onto this CPU's poll list, raise NET_RX");
    EXPECT_EQ(what("{function: wire}"), "wire:a frame arrives");
    EXPECT_EQ(what("{function: nic, stage: write the descriptor back}"), "nic:write the descriptor back with DD set");
    EXPECT_EQ(*find("start"), 0U);
    EXPECT_EQ(*find("end"), m_timeline.at(1'000'000).position);
}

TEST_F(SelectorTest, CpuTaskPacketSkbAndContext) {
    EXPECT_EQ(what("{tracepoint: sched_switch, task: udprx}").substr(0, 9), "schedule:");
    EXPECT_EQ(*find("{function: schedule, task: udprx}"), *find("{function: schedule, task: \"142\"}"));
    EXPECT_TRUE(find("{function: udp_rcv, packet: 1, cpu: 0, context: softirq, skb: 1}").ok());
    EXPECT_FALSE(find("{function: udp_rcv, cpu: 1}").ok());
    EXPECT_FALSE(find("{function: udp_rcv, packet: 2}").ok());
    EXPECT_FALSE(find("{function: udp_rcv, skb: 2}").ok());
    EXPECT_FALSE(find("{function: udp_rcv, context: hardirq}").ok());
    EXPECT_FALSE(find("{function: udp_rcv, task: udprx}").ok()) << "it runs on the idle task's stack";
}

TEST_F(SelectorTest, Drops) {
    Timeline timeline(recordedStart("drop_ipcsum"));
    TimelineRun run(timeline);
    const Result<Matcher> matcher = Matcher::compile(read("{drop: IP_CSUM}"), run.inputs());
    ASSERT_TRUE(matcher.ok());
    const Result<Position> position = matcher->find(run, 0);
    ASSERT_TRUE(position.ok());
    EXPECT_STREQ(run.inputs().function(run.event(*position)->function).name, "ip_rcv_core");
    EXPECT_EQ(*Matcher::compile(read("{drop: any}"), run.inputs())->find(run, 0), *position);
    EXPECT_FALSE(Matcher::compile(read("{drop: UDP_CSUM}"), run.inputs())->find(run, 0).ok());
}

TEST_F(SelectorTest, UnknownNamesAndUnreachedMomentsAreErrorsWithPlace) {
    EXPECT_EQ(
        what("{function: ip_rcv_cor}"),
        "lesson.yaml:1:1: expected a function of the model, found \"ip_rcv_cor\" (did you mean \"ip_rcv_core\"?)");
    EXPECT_EQ(
        what("{function: skb_put, stage: jump}"),
        "lesson.yaml:1:1: expected one stage of skb_put(): \"move tail forward: the data grows at its end\", found "
        "\"jump\"");
    EXPECT_EQ(what("{function: e1000_update_itr, nth: 3}"),
              "lesson.yaml:1:1: expected a moment {function: e1000_update_itr, nth: 3}, found only 2 of them before "
              "the run ends");
    EXPECT_EQ(what("{function: kfree_skb_reason}"),
              "lesson.yaml:1:1: expected a moment {function: kfree_skb_reason}, found none before the run ends");
    EXPECT_EQ(
        what("{tracepoint: sched_swich}"),
        "lesson.yaml:1:1: expected a tracepoint of the model, found \"sched_swich\" (did you mean \"sched_switch\"?)");
    EXPECT_EQ(what("{drop: IP_CSUMM}"),
              "lesson.yaml:1:1: expected a drop reason of the kernel, or any, found \"IP_CSUMM\" (did you mean "
              "\"IP_CSUM\"?)");
    EXPECT_NE(what("{function: nic, stage: \"the\"}").find("which"), std::string::npos) << "two stages match";
}

TEST(SelectorYaml, RefusesWhatNamesNoEvent) {
    const auto error = [](const std::string& yaml) {
        const Result<YamlView> view = parseYaml(yaml, "l.yaml");
        const Result<Selector> s = loading("l.yaml", [&] { return readSelector(*view); });
        return s ? std::string("no error") : s.error().message();
    };
    EXPECT_EQ(error("{cpu: 0}"), "l.yaml:1:1: expected a function, a tracepoint or a drop, found none of them");
    EXPECT_EQ(error("{stage: x, tracepoint: napi_poll}"),
              "l.yaml:1:1: expected the function that the stage belongs to, found a stage alone");
    EXPECT_EQ(error("{function: f, nth: 0}"), "l.yaml:1:20: expected a whole number from 1 to 1000000, found \"0\"");
    EXPECT_EQ(error("beginning"), "l.yaml:1:1: expected one of start, end, found \"beginning\"");
}

}  // namespace
}  // namespace ringside
