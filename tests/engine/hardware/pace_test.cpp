// Traffic that waits for the model (pace: unlost), and traffic that does not.
#include <gtest/gtest.h>

#include "engine/step/step.h"
#include "tests/support/machine.h"

namespace ringside::test {
namespace {

TEST(Pace, UnlostLosesNothingAndPaceRecordedDoes) {
    for (const Pace pace : {Pace::unlost, Pace::recorded}) {
        Machine m;
        m.scenario.pace = pace;
        m.addReader("reader", 0, 5000, 0, 3 * kMicrosecond);
        for (int i = 0; i < 3000; ++i) m.addDatagram(kMillisecond, 5000);  // all at once
        m.start();
        m.runToEnd();
        const std::uint64_t received = m.task("reader").received;
        if (pace == Pace::unlost) {
            EXPECT_EQ(received, 3000U);
            EXPECT_GT(m.world.wire.shift, 0);
        } else {
            EXPECT_LT(received, 3000U);
            EXPECT_GT(m.world.machine().nics[0]->rx_missed, 0U);
            EXPECT_EQ(received + m.world.machine().nics[0]->rx_missed +
                          std::as_const(m.world.machine().sockets)[SocketId{1}].sk_drops,
                      3000U);
            EXPECT_EQ(m.world.wire.shift, 0);
        }
        EXPECT_EQ(m.world.fates.size(), 3000U) << "each packet has a fate";
    }
}

TEST(Pace, UnlostEndsThoughNobodyReads) {
    Machine m;
    m.scenario.pace = Pace::unlost;
    m.addReader("reader", 0, 5000, 1);
    m.scenario.tasks[0].program = {recvfrom(), sleepFor(kSecond), exitProgram()};  // reads one datagram, then no more
    m.addHog("hog", 1, 40 * kMillisecond);
    for (int i = 0; i < 400; ++i) m.addDatagram(kMillisecond, 5000);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.world.wire.next, 400U);
    EXPECT_GT(std::as_const(m.world.machine().sockets)[SocketId{1}].sk_drops, 0U);
    EXPECT_EQ(m.world.machine().nics[0]->rx_missed, 0U);
}

}  // namespace
}  // namespace ringside::test
