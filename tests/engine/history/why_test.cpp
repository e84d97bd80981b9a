// The chain of causes, from events of a small run back to the wire, a timer and the beginning.

#include "engine/history/why.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/history/timeline.h"
#include "tests/support/machine.h"

namespace ringside {
namespace {

class WhyHappened : public testing::Test {
  protected:
    test::Machine m;
    std::unique_ptr<Timeline> timeline;

    void start() {
        m.start();
        timeline = std::make_unique<Timeline>(Start{m.world, m.inputs});
        timeline->explore(200'000);
    }
    Why why(Position position, std::size_t most = 64) {
        return whyHappened({[this](Position p) { return timeline->event(p); },
                            [this](const EventFilter& filter, Position from) {
                                const Found found = timeline->find(filter, Direction::backward, from);
                                return found ? std::optional(found.position) : std::nullopt;
                            }},
                           position, most);
    }
    std::string name(const Event& event) { return std::string(m.inputs->function(event.function).name); }
    std::vector<std::string> names(const Why& why) {
        std::vector<std::string> all;
        for (const Cause& cause : why.causes) all.push_back(name(cause.event));
        return all;
    }
    /// The nth event that enters the function.
    Position entry(std::string_view function, int nth = 1) {
        for (Position p = 1; p <= timeline->explored(); ++p) {
            const Event event = *timeline->event(p);
            if (event.kind == EventKind::enter && name(event) == function && --nth == 0) return p;
        }
        return 0;
    }
};

TEST_F(WhyHappened, APacketsFunctionLeadsBackToItsOwnFrameOnTheWire) {
    m.addReader("reader", 1, 5000, 2);
    m.addDatagram(1'000, 5000);
    m.addDatagram(900'000, 5000);
    start();
    for (const int nth : {1, 2}) {
        const Position at = entry("udp_rcv", nth);
        ASSERT_GT(at, 0U);
        const Why chain = why(at);
        EXPECT_EQ(chain.root, Why::Root::wire);
        EXPECT_EQ(chain.causes.front().how, Cause::How::itself);
        EXPECT_EQ(chain.causes.front().event.seq, at);
        EXPECT_EQ(chain.causes.back().event.packet, static_cast<std::uint32_t>(nth)) << "not the frame before it";
        auto up = names(chain);
        std::reverse(up.begin(), up.end());
        EXPECT_TRUE(
            test::inOrder(up, {"wire", "nic", "interrupt_controller", "net_rx_action", "ip_list_rcv", "udp_rcv"}))
            << testing::PrintToString(up);
        EXPECT_EQ(std::count_if(chain.causes.begin(), chain.causes.end(),
                                [](const Cause& c) { return c.how == Cause::How::raised; }),
                  1);
        for (std::size_t i = 1; i < chain.causes.size(); ++i)
            EXPECT_LT(chain.causes[i].event.seq, chain.causes[i - 1].event.seq) << "a cause comes before";
    }
}

TEST_F(WhyHappened, AReaderThatRunsAgainWasWokenForItsPacket) {
    m.addReader("reader", 1, 5000, 1);
    m.addDatagram(500'000, 5000);
    start();
    // the datagram is copied to the reader, which slept
    const Position copied = entry("skb_copy_datagram_iter") ? entry("skb_copy_datagram_iter") : entry("udp_recvmsg");
    ASSERT_GT(copied, 0U);
    Position last = 0;
    for (Position p = 1; p <= timeline->explored(); ++p) {
        const Event event = *timeline->event(p);
        if (event.context == Context::process && event.packet == 1) last = p;
    }
    ASSERT_GT(last, 0U);
    const Why chain = why(last);
    EXPECT_EQ(chain.root, Why::Root::wire);
    EXPECT_EQ(std::count_if(chain.causes.begin(), chain.causes.end(),
                            [](const Cause& c) { return c.how == Cause::How::woke; }),
              1);
    EXPECT_EQ(chain.causes.back().event.packet, 1U);
}

TEST_F(WhyHappened, TheTickComesOfATimer) {
    m.addHog("a", 0, 20'000'000);
    m.addHog("b", 0, 20'000'000);
    start();
    const Position tick = entry("scheduler_tick");
    ASSERT_GT(tick, 0U);
    const Why chain = why(tick);
    EXPECT_EQ(chain.root, Why::Root::timer);
    EXPECT_EQ(name(chain.causes.back().event), "timer");
}

TEST_F(WhyHappened, WhatTheScenarioSetGoingHasNoCause) {
    m.addHog("a", 0, 1'000);
    start();
    const Why chain = why(1);
    EXPECT_EQ(chain.root, Why::Root::beginning);
    EXPECT_EQ(chain.causes.size(), 1U);
    EXPECT_TRUE(why(timeline->explored() + 10).causes.empty()) << "there is no such event";
}

TEST_F(WhyHappened, ALongChainIsCut) {
    m.addReader("reader", 1, 5000, 1);
    m.addDatagram(1'000, 5000);
    start();
    const Position at = entry("udp_rcv");
    const std::size_t whole = why(at).causes.size();
    EXPECT_EQ(why(at, whole - 1).root, Why::Root::unknown);
    EXPECT_EQ(why(at, whole - 1).causes.size(), whole - 1);
}

}  // namespace
}  // namespace ringside
