// Choosing and doing: the written rule, determinism, what an event says, and what must hold after every step.

#include "engine/step/step.h"

#include <gtest/gtest.h>

#include "engine/protocol/build.h"
#include "engine/scenario/scenario.h"
#include "tests/support/invariants.h"

namespace ringside {
namespace {

IpAddr ip(const char* text) { return *IpAddr::parse(text); }

std::vector<std::uint8_t> datagram(std::uint16_t port, std::size_t size, Corrupt corrupt = Corrupt::nothing) {
    FrameSpec frame;
    frame.srcMac = {{2, 0, 0, 0, 0, 2}};
    frame.dstMac = {{0x52, 0x54, 0, 0x12, 0x34, 0x56}};
    frame.src = ip("192.0.2.2");
    frame.dst = ip("192.0.2.1");
    frame.corrupt = corrupt;
    UdpSpec udp;
    udp.source = 40000;
    udp.dest = port;
    udp.payload.assign(size, 0x61);
    return udpFrame(frame, udp);
}

/// One reader that reads forever, and traffic of every kind the receive path tells apart.
Scenario mixed(std::uint16_t cpus, CpuNo reader_cpu) {
    Scenario s;
    s.cpus = cpus;
    NicSpec nic;
    nic.mac = {{0x52, 0x54, 0, 0x12, 0x34, 0x56}};
    nic.addresses.push_back({ip("192.0.2.1"), 24});
    s.nics.push_back(nic);
    s.sockets.push_back({4, {}, 5000, std::nullopt});
    TaskSpec task;
    task.name = "reader";
    task.cpu = reader_cpu;
    task.sockets = {0};
    task.program = {op::recvfrom{}, op::jump{}};
    s.tasks.push_back(task);
    Time at = 20 * kMicrosecond;
    for (const std::size_t size : {0U, 1U, 100U, 1000U, 1472U, 209U, 210U, 211U}) {
        s.frames.push_back({at, datagram(5000, size)});
        at += 40 * kMicrosecond;
    }
    s.frames.push_back({at, datagram(5001, 50)});  // no socket
    s.frames.push_back({at += 1000, datagram(5000, 50, Corrupt::ipChecksum)});
    s.frames.push_back({at += 1000, datagram(5000, 50, Corrupt::transportChecksum)});
    for (int i = 0; i < 40; ++i) s.frames.push_back({at += 300, datagram(5000, 60)});  // a burst
    return s;
}

TEST(Step, IsDeterministic) {
    Start a = *build(mixed(2, 0)), b = *build(mixed(2, 0));
    Event ea, eb;
    while (true) {
        const bool more = step(a.world, *a.inputs, ea);
        ASSERT_EQ(more, step(b.world, *b.inputs, eb));
        if (!more) break;
        ASSERT_EQ(ea.function, eb.function);
        ASSERT_EQ(ea.time, eb.time);
        if (a.world.position % 64 == 0) {
            ASSERT_EQ(worldHash(a.world, *a.inputs), worldHash(b.world, *b.inputs)) << a.world.position;
        }
    }
    EXPECT_EQ(fingerprint(a.world, *a.inputs), fingerprint(b.world, *b.inputs));
}

TEST(Step, EverythingHoldsAfterEveryStep) {
    for (const CpuNo cpu : {CpuNo{0}, CpuNo{1}}) {
        Start s = *build(mixed(2, cpu));
        Event e;
        Time before = 0;
        while (step(s.world, *s.inputs, e)) {
            const auto broken = test::brokenInvariants(s.world);
            ASSERT_TRUE(broken.empty()) << broken.front() << " after " << s.inputs->function(e.function).name << " at "
                                        << e.seq;
            ASSERT_EQ(e.seq, s.world.position);
            ASSERT_LT(e.cause, e.seq);
            if (e.kind == EventKind::hardware) {
                ASSERT_GE(e.time, before);
                before = e.time;
            }
        }
        EXPECT_EQ(s.world.machine().skbs.size(), 0U) << "every sk_buff was freed";
        EXPECT_EQ(s.world.machine().oops, "");
    }
}

TEST(Step, EveryPacketHasOneFateAndCountersAgree) {
    const Scenario scenario = mixed(2, 1);
    Start s = *build(scenario);
    Event e;
    std::uint64_t drops = 0;
    while (step(s.world, *s.inputs, e)) drops += e.drop != Drop::NOT_DROPPED;
    std::vector<int> seen(scenario.frames.size() + 1);
    std::uint64_t delivered = 0, dropped = 0;
    s.world.fates.each([&](const PacketFate& f) {
        ASSERT_LE(f.packet, scenario.frames.size());
        ++seen[f.packet];
        delivered += f.fate == Fate::delivered;
        dropped += f.fate == Fate::dropped;
    });
    for (std::size_t n = 1; n < seen.size(); ++n) EXPECT_EQ(seen[n], 1) << "packet " << n;
    EXPECT_EQ(dropped, 3U);
    EXPECT_EQ(drops, 3U);
    const Counters& c = *s.world.net().counters;
    EXPECT_EQ(c.udp.InDatagrams, delivered);
    EXPECT_EQ(c.udp.NoPorts, 1U);
    EXPECT_EQ(c.udp.InCsumErrors, 1U);
    EXPECT_EQ(c.ip.InCsumErrors, 1U);
    EXPECT_EQ(c.ip.InReceives, scenario.frames.size());
    EXPECT_EQ(s.world.net().devices[0]->stats.rx_packets, scenario.frames.size());
}

TEST(Step, FirstChoiceIsTheFirstOfAll) {
    Start s = *build(mixed(2, 0));
    Event e;
    for (int i = 0; i < 2000; ++i) {
        const std::vector<Choice> all = choices(s.world);
        ASSERT_EQ(all.empty(), firstChoice(s.world).kind == Choice::Kind::none);
        if (all.empty()) break;
        ASSERT_EQ(all.front(), firstChoice(s.world));
        for (std::size_t a = 0; a < all.size(); ++a) {
            for (std::size_t b = a + 1; b < all.size(); ++b) ASSERT_FALSE(all[a] == all[b]);
        }
        advance(s.world, *s.inputs, all.front(), e);
    }
}

TEST(Step, AnyChoiceKeepsTheInvariants) {
    // an explorer may take any choice; times no longer agree between CPUs then, but nothing may break
    Rng rng{42};
    for (int run = 0; run < 20; ++run) {
        Start s = *build(mixed(2, static_cast<CpuNo>(run % 2)));
        Event e;
        for (int i = 0; i < 3000; ++i) {
            const std::vector<Choice> all = choices(s.world);
            if (all.empty()) break;
            advance(s.world, *s.inputs, all[rng.below(all.size())], e);
            const auto broken = test::brokenInvariants(s.world);
            ASSERT_TRUE(broken.empty()) << broken.front() << " in run " << run << " at " << i;
        }
    }
}

TEST(Step, CopiesGoOnAlone) {
    Start s = *build(mixed(2, 0));
    Event e;
    for (int i = 0; i < 400; ++i) step(s.world, *s.inputs, e);
    const World kept = s.world;
    const std::uint64_t hash = worldHash(kept, *s.inputs);
    World other = kept;
    for (int i = 0; i < 500; ++i) step(s.world, *s.inputs, e);
    EXPECT_EQ(worldHash(kept, *s.inputs), hash);
    for (int i = 0; i < 500; ++i) step(other, *s.inputs, e);
    EXPECT_EQ(worldHash(other, *s.inputs), worldHash(s.world, *s.inputs));
}

}  // namespace
}  // namespace ringside
