// The ends of packets, found by number and position however many came after.

#include "engine/history/fate_book.h"

#include <gtest/gtest.h>

#include "engine/history/timeline.h"
#include "engine/step/step.h"
#include "tests/support/machine.h"

namespace ringside {
namespace {

TEST(FateBook, FindsAPacketsEndAsItWasAtAPosition) {
    Log<PacketFate> log;
    FateBook book;
    const auto ended = [&](std::uint32_t packet, Position position, Fate fate) {
        log.append({packet, FunctionId{3}, fate, Drop::NOT_DROPPED, static_cast<Time>(position) * 10, position});
    };
    ended(1, 100, Fate::delivered);
    ended(3, 200, Fate::dropped);
    book.learn(log);
    ended(1, 300, Fate::dropped);
    for (std::uint32_t packet = 10; packet < 9000; ++packet) ended(packet, 400 + packet, Fate::delivered);
    book.learn(log);
    book.learn(log);
    EXPECT_EQ(book.size(), log.size());
    EXPECT_EQ(book.find(1, 99), nullptr);
    EXPECT_EQ(book.find(1, 100)->fate, Fate::delivered);
    EXPECT_EQ(book.find(1, 299)->fate, Fate::delivered);
    EXPECT_EQ(book.find(1)->fate, Fate::dropped) << "the last of its ends, and thousands came after";
    EXPECT_EQ(book.find(3, 200)->position, 200U);
    EXPECT_EQ(book.find(2), nullptr);
    EXPECT_EQ(book.find(1'000'000), nullptr);

    book.cutAfter(300);
    EXPECT_EQ(book.size(), 3U);
    EXPECT_EQ(book.find(8999), nullptr);
    EXPECT_EQ(book.find(1)->position, 300U);
    book.cutAfter(299);
    EXPECT_EQ(book.find(1)->fate, Fate::delivered) << "what came before is there again";
}

TEST(FateBook, APositionIsThatOfTheEventThatEndedThePacket) {
    test::Machine m;
    m.addReader("reader", 1, 5000, 2);
    for (int i = 0; i < 6; ++i) m.addDatagram(1000 + 3000 * i, static_cast<std::uint16_t>(i % 2 ? 5000 : 7));
    m.start();
    FateBook book;
    std::size_t known = 0;
    while (m.step()) {
        book.learn(m.world.fates);
        for (; known < book.size(); ++known) {
            EXPECT_EQ(book[known].position, m.event.seq);
            EXPECT_EQ(book[known].packet, m.event.packet);
        }
    }
    EXPECT_EQ(known, 6U);
    EXPECT_EQ(book.find(1)->reason, Drop::NO_SOCKET);
    EXPECT_EQ(book.find(2)->fate, Fate::delivered);
}

}  // namespace
}  // namespace ringside
