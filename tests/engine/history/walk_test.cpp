// A packet's walk, against what a look at every single event finds; and where packets are while two CPUs are at work.

#include "engine/history/walk.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/history/timeline.h"
#include "engine/history/whereabouts.h"
#include "engine/step/step.h"
#include "tests/support/machine.h"

namespace ringside {
namespace {

using test::Machine;
using How = WalkStep::How;

Timeline timelineOf(Machine& m) {
    m.start();
    return Timeline(Start{m.world, m.inputs});
}

std::vector<std::string> functionsOf(const PacketWalk& walk, const Inputs& inputs, How how) {
    std::vector<std::string> names;
    for (const WalkStep& step : walk.steps)
        if (step.how == how) names.emplace_back(inputs.function(step.function).name);
    return names;
}

TEST(Walk, NamesEveryFunctionThePacketPassedInOrder) {
    Machine m;
    m.addReader("reader", 1, 5000, 1);
    m.addDatagram(1000, 5000);
    Timeline timeline = timelineOf(m);
    timeline.seek(1'000'000);
    const PacketWalk walk = timeline.walk(1);
    const Inputs& inputs = timeline.inputs();
    EXPECT_EQ(walk.known, timeline.explored());
    EXPECT_TRUE(test::inOrder(functionsOf(walk, inputs, How::enter),
                              {"napi_gro_receive", "netif_receive_skb_list_internal", "__netif_receive_skb_list_core",
                               "__netif_receive_skb_core", "ip_list_rcv", "ip_rcv_core", "ip_sublist_rcv",
                               "ip_rcv_finish_core", "ip_local_deliver", "udp_rcv", "__udp_enqueue_schedule_skb"}));
    EXPECT_TRUE(test::inOrder(functionsOf(walk, inputs, How::through), {"e1000_clean_rx_irq", "napi_complete_done"}));
    EXPECT_TRUE(test::inOrder(functionsOf(walk, inputs, How::within), {"sock_def_readable"}))
        << "the wake-up holds no packet, and is made on its behalf";
    const auto names = functionsOf(walk, inputs, How::enter);
    EXPECT_EQ(std::count(names.begin(), names.end(), "udp_rcv"), 1);
    EXPECT_EQ(walk.steps.front().how, How::hardware);
    std::vector<SkbOwner> queues;
    Position last = 0;
    for (const WalkStep& step : walk.steps) {
        EXPECT_GE(step.position, last);
        last = step.position;
        if (step.how == How::queued) queues.push_back(step.queue);
        const std::optional<Event> event = timeline.event(step.position);
        ASSERT_TRUE(event);
        EXPECT_EQ(event->cpu, step.cpu);
        EXPECT_EQ(event->time, step.time);
        if (step.how != How::through) {
            EXPECT_EQ(event->function, step.function);
        }
    }
    EXPECT_EQ(queues, (std::vector<SkbOwner>{SkbOwner::rx_list, SkbOwner::receive_queue, SkbOwner::reader_queue}));
    EXPECT_TRUE(timeline.walk(2).steps.empty()) << "no such packet";
}

TEST(Walk, EndsWhereThePacketWasLost) {
    Machine m;
    m.addDatagram(1000, 7);  // nobody listens
    m.addDatagram(2000, 7);
    Timeline timeline = timelineOf(m);
    timeline.seek(1'000'000);
    const PacketWalk walk = timeline.walk(2);
    const auto dropped = std::find_if(walk.steps.begin(), walk.steps.end(),
                                      [](const WalkStep& step) { return step.how == How::dropped; });
    ASSERT_NE(dropped, walk.steps.end());
    EXPECT_EQ(dropped->drop, Drop::NO_SOCKET);
    EXPECT_STREQ(timeline.inputs().function(dropped->function).name, "__udp4_lib_rcv");
}

/// A packet waits long for a reader that is slow, so that its walk lies in stretches far apart.
TEST(Walk, IsTheSameWhenChunksAreLeftOut) {
    Machine m;
    m.addReader("slow", 1, 5000, 0, 40'000);
    for (int i = 0; i < 340; ++i) m.addDatagram(1000 + 6'000 * i, 5000);
    Timeline timeline = timelineOf(m);
    timeline.seek(10'000'000);
    ASSERT_GT(timeline.chunkCount(), 4U);
    for (const std::uint32_t packet : {1U, 2U, 49U, 50U, 51U, 120U, 339U, 340U}) {
        WalkRecorder every(timeline.inputs(), packet);
        World world = timeline.at(0);
        Event event;
        while (step(world, timeline.inputs(), event)) every.see(world, event);
        const PacketWalk walk = timeline.walk(packet);
        ASSERT_EQ(walk.steps.size(), every.steps().size()) << "packet " << packet;
        for (std::size_t i = 0; i < walk.steps.size(); ++i) {
            const WalkStep &a = walk.steps[i], &b = every.steps()[i];
            ASSERT_EQ(a, b) << "packet " << packet << ", step " << i << " at " << b.position << " of "
                            << timeline.inputs().function(b.function).name;
        }
    }
}

TEST(Walk, ChunksThatDoNotHoldAPacketSaySo) {
    ChunkSummary chunk;
    Event event;
    for (const std::uint32_t packet : {7U, 9U, 40U}) {
        event.packet = packet;
        chunk.add(event);
    }
    EXPECT_TRUE(chunk.mayHold(7));
    EXPECT_TRUE(chunk.mayHold(40));
    EXPECT_FALSE(chunk.mayHold(8)) << "between two that it holds";
    EXPECT_FALSE(chunk.mayHold(6));
    EXPECT_FALSE(chunk.mayHold(41));
    EXPECT_FALSE(chunk.mayHold(7 + kPacketBits)) << "beyond the last";
}

TEST(Whereabouts, TwoCpusHoldTwoPacketsAtTwoPlaces) {
    Machine m;
    m.scenario.nics.push_back(m.scenario.nics[0]);
    m.scenario.nics[1].name = "eth1";
    m.scenario.nics[1].mac.bytes[5] ^= 1;
    m.scenario.nics[1].irq = 11;
    m.scenario.nics[1].affinity = 1;
    m.addReader("reader", 0, 5000, 0);
    for (int i = 0; i < 4; ++i) m.addDatagram(1000 + 2000 * i, 5000);
    // every second frame is for the second card
    for (std::size_t i = 1; i < m.scenario.frames.size(); i += 2)
        std::copy_n(m.scenario.nics[1].mac.bytes.begin(), 6, m.scenario.frames[i].bytes.begin());
    m.start();
    bool together = false, apart = false;
    while (m.step()) {
        std::optional<SkbHand> first;
        for (const Whereabouts& one : packetsInMemory(m.world.machine(), *m.inputs)) {
            const SkBuff& skb = m.world.machine().skbs[one.skb];
            EXPECT_EQ(one.packet, skb.packet);
            if (!one.hand) continue;
            const Stack& stack = *m.world.machine().tasks[one.hand->task].stack;
            ASSERT_LT(one.hand->depth, stack.size());
            EXPECT_NE(stack[one.hand->depth].state, FrameState::pushed);
            if (!first) {
                first = one.hand;
            } else if (first->cpu != one.hand->cpu) {
                together = true;
                const Stack& other = *m.world.machine().tasks[first->task].stack;
                apart |= other[first->depth].function != stack[one.hand->depth].function;
            }
        }
    }
    EXPECT_TRUE(together) << "the two CPUs never had a packet each at once: the test shows nothing";
    EXPECT_TRUE(apart);
}

TEST(Whereabouts, APacketInAQueueIsInNobodysHands) {
    Machine m;
    m.addReader("reader", 1, 5000, 2, 100'000);
    m.addDatagram(1000, 5000);
    m.addDatagram(2000, 5000);
    m.start();
    int waiting = 0;
    while (m.step()) {
        for (const Whereabouts& one : packetsInMemory(m.world.machine(), *m.inputs)) {
            if (one.owner != SkbOwner::receive_queue && one.owner != SkbOwner::reader_queue) continue;
            ++waiting;
            EXPECT_FALSE(one.hand);
        }
    }
    EXPECT_GT(waiting, 0);
}

}  // namespace
}  // namespace ringside
