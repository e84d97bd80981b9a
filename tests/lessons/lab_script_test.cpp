// Calls of the sk_buff lab, played on a timeline.

#include "lessons/lab_script.h"

#include <gtest/gtest.h>

#include "lessons/scenario_yaml.h"
#include "tests/lessons/run_fixture.h"

namespace ringside {
namespace {

Result<std::vector<LabStep>> read(const std::string& yaml) {
    const Result<YamlView> view = parseYaml(yaml, "lab.yaml");
    if (!view) return view.error();
    return loading("lab.yaml", [&] { return readLabScript(*view); });
}

class LabScript : public ::testing::Test {
  protected:
    LabScript() : m_timeline(*parseScenario("cpus: 1\n", "s.yaml")->start()), m_lab(m_timeline) {}
    std::string play(const std::string& yaml) {
        const auto steps = read(yaml);
        if (!steps) return steps.error().message();
        const auto error = m_lab.play(*steps);
        return error ? error->message() : "";
    }
    /// The living sk_buffs as "data tail len", oldest first.
    std::vector<std::string> skbs() {
        std::map<std::uint32_t, std::string> all;
        m_timeline.world().machine().skbs.each([&](SkbId, const SkBuff& s) {
            all[s.id] = std::to_string(s.data) + " " + std::to_string(s.tail) + " " + std::to_string(s.len);
        });
        std::vector<std::string> list;
        for (const auto& [id, text] : all) list.push_back(text);
        return list;
    }
    Timeline m_timeline;
    LabPlayer m_lab;
};

TEST_F(LabScript, CallsGoToTheSkbUsedLast) {
    EXPECT_EQ(play("[alloc_skb: 256, skb_reserve: 64, skb_put: 100, skb_push: 14, skb_pull: 4, skb_trim: 50]"), "");
    EXPECT_EQ(skbs(), std::vector<std::string>{"54 104 50"});
}

TEST_F(LabScript, NamesTellSkbsApart) {
    EXPECT_EQ(play("[{alloc_skb: 256, as: a}, {skb_put: 10}, {skb_clone: , as: b}, {skb_pull: 4, on: a}, {skb_pull: "
                   "1}, {skb_trim: 2, on: b}]"),
              "");
    EXPECT_EQ(skbs(), (std::vector<std::string>{"5 10 5", "0 2 2"}));
}

TEST_F(LabScript, ACallTooFarEndsTheRunWithTheKernelsLine) {
    EXPECT_EQ(play("[alloc_skb: 64, skb_put: 5000]"), "");
    EXPECT_EQ(m_timeline.world().machine().oops.substr(0, 22), "skbuff: skb_over_panic");
}

TEST_F(LabScript, ErrorsNameTheCall) {
    EXPECT_EQ(play("[skb_put: 10]"), "lab.yaml:1:2: expected a living sk_buff, found none made yet");
    EXPECT_EQ(play("[alloc_skb: 10, {skb_put: 1, on: b}]"), "lab.yaml:1:17: expected a living sk_buff, found \"b\"");
    EXPECT_EQ(play("[skb_putt: 10]").substr(0, 68),
              "lab.yaml:1:2: expected a known name, found \"skb_putt\" (did you mean ");
    EXPECT_EQ(play("[skb_put: ten]"), "lab.yaml:1:11: expected a whole number from 0 to 1048576, found \"ten\"");
    EXPECT_EQ(play("[{skb_put: 1, skb_pull: 1}]"),
              "lab.yaml:1:15: expected one call an element, with `on` and `as`, found \"skb_pull\"");
}

TEST_F(LabScript, EveryPositionIsReachedAgain) {
    ASSERT_EQ(play("[alloc_skb: 256, skb_reserve: 64, skb_put: 100, skb_push: 8]"), "");
    const Position end = m_timeline.position();
    std::vector<std::uint64_t> prints;
    for (Position p = 0; p <= end; ++p) prints.push_back(fingerprint(m_timeline.at(p), m_timeline.inputs()));
    for (Position p = end + 1; p-- > 0;) {
        m_timeline.seek(p);
        EXPECT_EQ(fingerprint(m_timeline.world(), m_timeline.inputs()), prints[p]) << p;
    }
}

TEST_F(LabScript, RunLetsTheMachineGoOn) {
    Timeline timeline(recordedStart("udp_rx"));
    LabPlayer lab(timeline);
    ASSERT_FALSE(lab.play(*read("[run]")).has_value());
    EXPECT_EQ(timeline.world().fates.size(), 1U);
}

}  // namespace
}  // namespace ringside
