// Whatever check() accepts, the model survives: nothing aborts, every packet has one fate or is still somewhere,
// accounts are exact when all is quiet, no sk_buff and no buffer is left over, and going back is going forward.

#include <gtest/gtest.h>

#include <unistd.h>
#include <csignal>
#include <cstdlib>

#include <iostream>
#include <map>

#include "engine/history/timeline.h"
#include "engine/step/step.h"
#include "tests/lessons/random_scenario.h"
#include "tests/support/invariants.h"

namespace ringside {
namespace {

constexpr std::uint64_t kMostEvents = 12'000;

/// Says which seed it was when an assertion of the model ends the program.
std::uint64_t g_seed = 0;
void sayTheSeed(int) {
    char text[64] = "\nrandom scenario, seed ";
    std::size_t at = 23;
    char digits[24];
    std::size_t n = 0;
    std::uint64_t rest = g_seed;
    do digits[n++] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) != 0);
    while (n > 0) text[at++] = digits[--n];
    text[at++] = '\n';
    [[maybe_unused]] const auto written = write(2, text, at);
}

/// Packets that a queue of a socket, a fragment queue or a card still holds.
std::map<std::uint32_t, int> packetsHeld(const World& world) {
    std::map<std::uint32_t, int> held;
    world.machine().skbs.each([&](SkbId, const SkBuff& skb) { ++held[skb.packet]; });
    // a fragment whose data was taken over goes on in the packet that has it
    world.machine().buffers.each([&](BufferId, const Buffer& buffer) {
        if (buffer.dataref == 0) return;
        for (const std::uint32_t packet : buffer.carried) ++held[packet];
    });
    for (const auto& nic : world.machine().nics) {
        for (const FifoFrame& frame : nic->fifo) ++held[frame.packet];
        for (const RxDescriptor& d : nic->queues.front().rx->descriptors) {
            if (d.status & E1000_RXD_STAT_DD) ++held[d.packet];
        }
    }
    return held;
}

/// What must hold of a World in which nothing is left to happen.
void quiet(const World& world, const Scenario& scenario) {
    std::map<std::uint32_t, int> fates;
    for (std::uint64_t back = 0; back < world.fates.size(); ++back) ++fates[world.fates.fromEnd(back).packet];
    const std::map<std::uint32_t, int> held = packetsHeld(world);
    for (std::uint32_t packet = 1; packet <= scenario.frames.size(); ++packet) {
        const int ended = fates.contains(packet) ? fates[packet] : 0;
        EXPECT_EQ(ended + (held.contains(packet) ? 1 : 0), 1)
            << "packet " << packet << ": " << ended << " fates" << (held.contains(packet) ? ", and still held" : "");
    }
    std::uint32_t queued = 0;
    world.machine().sockets.each([&](SocketId, const Socket& socket) {
        std::int64_t charged = socket.forward_deficit;
        for (const SkbList* queue : {&socket.sk_receive_queue, &socket.reader_queue}) {
            queued += queue->qlen;
            for (SkbId id = queue->first; id; id = world.machine().skbs[id].next)
                charged += world.machine().skbs[id].truesize;
        }
        EXPECT_EQ(socket.sk_rmem_alloc, charged) << socket.fieldKey();
        EXPECT_EQ((socket.sk_rmem_alloc + socket.sk_forward_alloc) % 4096, 0) << socket.fieldKey();
        EXPECT_GE(socket.sk_forward_alloc, 0) << socket.fieldKey();
    });
    // fragments of a datagram hang on the first one of it
    std::uint32_t living = 0;
    world.machine().skbs.each([&](SkbId, const SkBuff& skb) { living += skb.owner != SkbOwner::parent_skb; });
    EXPECT_EQ(living, queued) << "sk_buffs that nobody holds";
    std::uint32_t ring_buffers = 0, buffers = 0, skb_buffers = 0;
    for (const auto& nic : world.machine().nics) {
        for (const RxDescriptor& d : nic->queues.front().rx->descriptors) ring_buffers += d.buffer ? 1 : 0;
    }
    world.machine().buffers.each([&](BufferId, const Buffer& b) {
        ++buffers;
        skb_buffers += b.dataref > 0;
    });
    EXPECT_EQ(buffers, ring_buffers + skb_buffers) << "buffers that nobody holds";
}

struct Tally {
    int accepted = 0, ended = 0;
    std::uint64_t events = 0, delivered = 0, dropped = 0, delivering = 0;  // the last: seeds with a delivery
    std::map<std::string, std::uint64_t> reasons;
};

void runSeed(std::uint64_t seed, Tally& tally) {
    Scenario scenario = test::randomScenario(seed);
    if (seed % 8 != 0) scenario.until = 0;  // most are to come to their own end
    Result<Start> built = build(scenario);
    if (!built) {
        if (std::getenv("RINGSIDE_SEEDS")) std::cout << "seed " << seed << ": " << built.error().message() << "\n";
        return;
    }
    ++tally.accepted;
    const Start start = *built;
    World world = start.world;
    Event event;
    std::uint64_t events = 0;
    bool over = false;
    while (events < kMostEvents) {
        if (!step(world, *start.inputs, event)) {
            over = true;
            break;
        }
        if (++events % 251 != 0) continue;
        ASSERT_EQ(test::brokenInvariants(world, *start.inputs), std::vector<std::string>{}) << "event " << events;
    }
    ASSERT_EQ(test::brokenInvariants(world, *start.inputs), std::vector<std::string>{}) << "event " << events;
    if (over && !world.over && world.machine().oops.empty()) {
        ++tally.ended;
        quiet(world, scenario);
    }
    tally.events += events;
    std::map<std::uint32_t, int> fates;
    const std::uint64_t before = tally.delivered;
    world.fates.each([&](const PacketFate& fate) {
        EXPECT_EQ(++fates[fate.packet], 1) << "fates of packet " << fate.packet;
        EXPECT_LE(fate.packet, scenario.frames.size());
        tally.delivered += fate.fate == Fate::delivered;
        tally.dropped += fate.fate == Fate::dropped;
        if (fate.fate == Fate::dropped) ++tally.reasons[std::string(nameOf(fate.reason))];
    });
    tally.delivering += tally.delivered != before;
    // once forward, then to and fro
    Timeline timeline(*built, {.spacing = 1024});
    ASSERT_EQ(timeline.seek(events), events);
    ASSERT_EQ(fingerprint(timeline.world(), timeline.inputs()), fingerprint(world, *start.inputs));
    Rng rng{seed};
    const Position half = rng.below(events + 1);
    World walked = start.world;
    while (walked.position < half && step(walked, *start.inputs, event)) {
    }
    // the last position is the World with nothing left to happen, not even what is no event
    EXPECT_FALSE(over && half == events && step(walked, *start.inputs, event));
    timeline.seek(half);
    EXPECT_EQ(worldHash(timeline.world(), timeline.inputs()), worldHash(walked, timeline.inputs()))
        << "position " << half;
}

TEST(RandomScenario, WhatCheckAcceptsRuns) {
    std::signal(SIGABRT, sayTheSeed);
    // RINGSIDE_SEED tries one, RINGSIDE_SEEDS so many
    const char* one = std::getenv("RINGSIDE_SEED");
    const char* many = std::getenv("RINGSIDE_SEEDS");
    const std::uint64_t first = one ? std::strtoull(one, nullptr, 10) : 1;
    const std::uint64_t count = one ? 1 : many ? std::strtoull(many, nullptr, 10) : 120;
    Tally tally;
    for (g_seed = first; g_seed < first + count && !HasFailure(); ++g_seed) {
        SCOPED_TRACE("seed " + std::to_string(g_seed));
        runSeed(g_seed, tally);
    }
    std::signal(SIGABRT, SIG_DFL);
    if (one) return;
    // the generator must not make what is refused, or what comes to nothing
    EXPECT_GE(tally.accepted, static_cast<int>(count / 2));
    EXPECT_GE(tally.ended, static_cast<int>(count / 4));
    EXPECT_GE(tally.events, count * 300);
    EXPECT_GE(tally.delivering, count / 2);
    EXPECT_GE(tally.delivered, count * 4);
    EXPECT_GE(tally.dropped, count);
    EXPECT_GE(tally.reasons.size(), 6U);
    if (many) {
        std::cout << tally.accepted << " accepted, " << tally.ended << " ended, " << tally.events << " events, "
                  << tally.delivered << " delivered in " << tally.delivering << " seeds, " << tally.dropped
                  << " dropped:";
        for (const auto& [reason, times] : tally.reasons) std::cout << " " << reason << " " << times;
        std::cout << "\n";
    }
}

}  // namespace
}  // namespace ringside
