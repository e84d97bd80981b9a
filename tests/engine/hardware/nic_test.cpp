// The card alone: the agenda is run and no CPU, so that nothing is ever taken out of the ring.
#include <gtest/gtest.h>

#include "engine/hardware/crc32.h"
#include "engine/hardware/hardware.h"
#include "engine/linux/drivers/net/e1000.h"
#include "engine/linux/irq.h"
#include "engine/step/step.h"
#include "tests/support/machine.h"

namespace ringside::test {
namespace {

/// One step of the hardware; false when the agenda is empty.
bool hardwareStep(Machine& m) {
    while (!m.world.agenda.empty()) {
        if (advance(m.world, *m.inputs, {Choice::Kind::agenda, kNoCpu}, m.event)) return true;
    }
    return false;
}

const Nic& nic(const Machine& m) { return *m.world.machine().nics[0]; }
const RxRing& rx(const Machine& m) { return *nic(m).queues.front().rx; }
const NicVector& pin(const Machine& m) { return nic(m).vectors.front(); }
NicVector& writePin(Machine& m) { return m.world.machine().nics[0].write().vectors.front(); }

TEST(Nic, AFrameGoesThroughFifoAndDmaIntoTheDescriptorsBuffer) {
    Machine m;
    m.addDatagram(1000, 5000, 10);  // 14 + 20 + 8 + 10 = 52 bytes, padded to 60
    m.start();
    std::vector<std::string> steps;
    while (hardwareStep(m)) {
        EXPECT_EQ(m.event.kind, EventKind::hardware);
        steps.push_back(m.functionName() + ": " + m.stageName());
        if (m.functionName() != "interrupt_controller") {
            EXPECT_EQ(m.event.packet, 1U);
        }
        if (steps.size() == 1) {
            EXPECT_EQ(nic(m).fifo_bytes, 64U);
            EXPECT_EQ(m.event.time, 1000);
        }
    }
    EXPECT_EQ(steps, (std::vector<std::string>{"wire: a frame arrives", "nic: fetch the next descriptor",
                                               "nic: write the frame into the descriptor's buffer",
                                               "nic: write the descriptor back with DD set",
                                               "interrupt_controller: deliver the card's interrupt"}));
    const RxDescriptor& d = rx(m).descriptors[0];
    EXPECT_EQ(d.length, 64);
    EXPECT_EQ(d.status, E1000_RXD_STAT_DD | E1000_RXD_STAT_EOP | E1000_RXD_STAT_IXSM);
    EXPECT_EQ(d.packet, 1U);
    EXPECT_EQ(rx(m).rdh, 1);
    EXPECT_EQ(nic(m).fifo_bytes, 0U);
    EXPECT_EQ(pin(m).icr & E1000_ICR_RXT0, E1000_ICR_RXT0);

    const auto bytes = m.world.machine().buffers[d.buffer].bytes.read();
    const std::vector<std::uint8_t>& sent = m.scenario.frames[0].bytes;
    EXPECT_TRUE(std::equal(sent.begin(), sent.end(), bytes.begin() + 64)) << "behind NET_SKB_PAD";
    for (std::size_t i = 64 + sent.size(); i < 64 + 60; ++i) EXPECT_EQ(bytes[i], 0) << "padding";
    // a receiver that runs the CRC over frame and check sequence always gets this residue
    EXPECT_EQ(crc32(~0U, bytes.subspan(64, 64)), 0xdebb20e3U);
    ASSERT_EQ(m.world.machine().cpus[0]->irr.size(), 1U);
    EXPECT_EQ(m.world.machine().cpus[0]->irr[0].vector, m.world.machine().irq(10).vector);
    EXPECT_EQ(m.world.machine().cpus[0]->irr[0].cause, m.event.seq);
}

TEST(Nic, TheAddressFilterTakesOwnBroadcastAndMulticast) {
    const auto frameFor = [](const char* mac) {
        std::vector<std::uint8_t> bytes(60);
        MacAddr::parse(mac)->store(bytes.data());
        return bytes;
    };
    for (const bool promiscuous : {false, true}) {
        Machine m;
        m.scenario.nics[0].promisc = promiscuous;
        m.scenario.frames = {{10, frameFor("52:54:00:12:34:56")},
                             {20, frameFor("52:54:00:12:34:57")},
                             {30, frameFor("ff:ff:ff:ff:ff:ff")},
                             {40, frameFor("01:00:5e:00:00:01")},
                             {50, {}}};
        m.start();
        while (hardwareStep(m)) {
        }
        EXPECT_EQ(nic(m).rx_total, promiscuous ? 4U : 3U);
        EXPECT_EQ(nic(m).rx_filtered, promiscuous ? 0U : 1U);
        ASSERT_EQ(m.world.fates.size(), promiscuous ? 1U : 2U);
        EXPECT_EQ(m.world.fates.fromEnd(0).packet, 5U) << "an empty frame is none of the card's";
        EXPECT_EQ(m.world.fates.fromEnd(0).fate, Fate::ignored);
        if (!promiscuous) {
            EXPECT_EQ(m.world.fates[0].packet, 2U);
            EXPECT_EQ(m.world.fates[0].fate, Fate::ignored);
            EXPECT_EQ(m.world.fates[0].function, fn::nic.id);
        }
    }
}

TEST(Nic, FramesOfInvalidLengthAreDiscarded) {
    Machine m;
    std::vector<std::uint8_t> broadcast(1519, 0xff);
    m.scenario.frames = {{10, broadcast}, {20, {0xff, 0xff}}, {30, std::vector<std::uint8_t>(1518, 0xff)}};
    m.start();
    while (hardwareStep(m)) {
    }
    EXPECT_EQ(nic(m).rx_total, 1U);
    EXPECT_EQ(m.world.net().devices[0]->stats.rx_length_errors, 2U);
    ASSERT_EQ(m.world.fates.size(), 2U);
    EXPECT_EQ(m.world.fates[0].fate, Fate::dropped);
}

TEST(Nic, AFullRingLeavesFramesInTheFifoAndAFullFifoLosesThem) {
    Machine m;
    m.scenario.nics[0].ring = 48;
    m.scenario.nics[0].fifo = 1000;  // six frames of 146 bytes
    for (int i = 0; i < 60; ++i) m.addDatagram(1000 * (i + 1), 5000);
    m.start();
    const std::uint16_t descriptors = rx(m).ready();
    EXPECT_EQ(descriptors, 46);
    while (hardwareStep(m)) {
    }
    EXPECT_EQ(rx(m).ready(), 0);
    EXPECT_EQ(nic(m).fifo.size(), 6U);
    EXPECT_EQ(nic(m).rx_no_buffer_count, 6U) << "frames that wait in the FIFO for a descriptor";
    EXPECT_EQ(nic(m).rx_missed, 60U - 46U - 6U);
    EXPECT_EQ(m.world.net().devices[0]->stats.rx_missed_errors, 8U);
    EXPECT_EQ(nic(m).rx_total, 52U);
    ASSERT_EQ(m.world.fates.size(), 8U);
    const PacketFate lost = m.world.fates[0];
    EXPECT_EQ(lost, (PacketFate{53, fn::nic.id, Fate::dropped, Drop::NOT_DROPPED, 53000, lost.position}));
    EXPECT_NE(pin(m).icr & E1000_ICR_RXDMT0, 0U) << "less than half of the descriptors were left";

    // the driver gives two descriptors back: two frames move on
    RxRing& ring = m.world.machine().nics[0].write().queues.front().rx.write();
    for (std::uint16_t i = 0; i < 2; ++i) ring.descriptors[(ring.rdt + i) % 48].buffer = ring.descriptors[0].buffer;
    ring.rdt = static_cast<std::uint16_t>((ring.rdt + 2) % 48);
    nicDoorbell(m.world, m.world.machine(), 2, m.world.now, 0);
    while (hardwareStep(m)) {
    }
    EXPECT_EQ(nic(m).fifo.size(), 4U);
}

TEST(Nic, ThrottlingKeepsInterruptsApart) {
    Machine m;
    m.scenario.nics[0].itr_gap = 100 * kMicrosecond;
    for (int i = 0; i < 40; ++i) m.addDatagram(10 * kMicrosecond * (i + 1), 5000);
    m.start();
    std::vector<Time> interrupts;
    while (hardwareStep(m)) {
        if (m.functionName() != "interrupt_controller") continue;
        interrupts.push_back(m.event.time);
        // what the handler does: reading ICR answers the card
        writePin(m).icr = 0;
        writePin(m).irq_asserted = false;
    }
    ASSERT_GE(interrupts.size(), 4U);
    EXPECT_LE(interrupts.size(), 5U);
    EXPECT_LT(interrupts[0], 12 * kMicrosecond) << "the first is not held back";
    for (std::size_t i = 1; i < interrupts.size(); ++i)
        EXPECT_GE(interrupts[i] - interrupts[i - 1], 100 * kMicrosecond);
    EXPECT_EQ(pin(m).interrupts, interrupts.size());
}

TEST(Nic, AMaskedCauseInterruptsWhenItIsUnmasked) {
    Machine m;
    m.addDatagram(1000, 5000);
    m.start();
    writePin(m).ims = 0;
    while (hardwareStep(m)) {
    }
    EXPECT_EQ(pin(m).interrupts, 0U);
    writePin(m).ims = kRxInterrupts;
    nicInterruptsEnabled(m.world, m.world.machine(), 2, 0, m.world.now, 77);
    ASSERT_TRUE(hardwareStep(m));
    EXPECT_EQ(m.functionName(), "interrupt_controller");
    EXPECT_EQ(m.event.cause, 77U);
    EXPECT_FALSE(hardwareStep(m)) << "one cause, one interrupt";
}

TEST(Nic, ACauseMaskedBeforeItsInterruptIsDeliveredStaysQuiet) {
    Machine m;
    m.addDatagram(1000, 5000);
    m.start();
    while (pin(m).icr == 0) ASSERT_TRUE(hardwareStep(m));
    EXPECT_FALSE(m.world.agenda.empty()) << "the interrupt is on its way";
    writePin(m).ims = 0;
    EXPECT_FALSE(hardwareStep(m));
    EXPECT_EQ(pin(m).interrupts, 0U);
    EXPECT_TRUE(m.world.machine().cpus[0]->irr.empty());
}

TEST(Nic, UnmaskingWithoutACauseDoesNothing) {
    Machine m;
    m.start();
    nicInterruptsEnabled(m.world, m.world.machine(), 2, 0, 0, 0);
    EXPECT_TRUE(m.world.agenda.empty());
}

/// A second queue with a ring of its own, as large as the first, that speaks by a vector of its own.
void addQueue(Machine& m, std::uint16_t irq, CpuNo cpu) {
    ringside::Machine& machine = m.world.machine();
    Nic& card = machine.nics[0].write();
    card.queues.push_back(card.queues.front());
    for (RxDescriptor& d : card.queues[1].rx.write().descriptors) {
        if (d.buffer) d.buffer = e1000::newBuffer(machine, card.adapter);
    }
    card.vectors.push_back(card.vectors.front());
    card.queues[1].vector = 1;
    card.vectors[1].irq = irq;
    requestIrq(machine, irq, {fn::e1000_intr, card.ifindex, card.name});
    machine.irq(irq).effective_affinity = cpu;
}

TEST(Nic, AFrameGoesIntoTheRingOfItsQueueAndInterruptsByThatQueuesVector) {
    Machine m;
    m.scenario.cpus = 2;
    m.addDatagram(1000, 5000);
    m.addDatagram(2000, 5000);
    m.start();
    addQueue(m, 24, 1);
    while (nic(m).fifo.empty()) ASSERT_TRUE(hardwareStep(m));
    m.world.machine().nics[0].write().fifo.front().queue = 1;
    std::vector<Position> raised;
    while (hardwareStep(m)) {
        if (m.functionName() == "interrupt_controller") raised.push_back(m.event.seq);
    }
    EXPECT_EQ(nic(m).queues[0].rx->rdh, 1);
    EXPECT_EQ(nic(m).queues[0].rx->descriptors[0].packet, 2U);
    EXPECT_EQ(nic(m).queues[1].rx->rdh, 1);
    EXPECT_EQ(nic(m).queues[1].rx->descriptors[0].packet, 1U);
    EXPECT_EQ(nic(m).vectors[0].interrupts, 1U);
    EXPECT_EQ(nic(m).vectors[1].interrupts, 1U);
    EXPECT_EQ(nic(m).vectors[1].icr, E1000_ICR_RXT0);
    ASSERT_EQ(raised.size(), 2U);
    // each CPU has the interrupt of its vector pending, with that one's cause
    const auto pending = [&](std::size_t cpu) { return m.world.machine().cpus[cpu]->irr; };
    ASSERT_EQ(pending(0).size(), 1U);
    ASSERT_EQ(pending(1).size(), 1U);
    EXPECT_EQ(pending(1).front().cause, raised[0]);
    EXPECT_EQ(pending(0).front().cause, raised[1]);
}

TEST(Nic, AVectorThatIsMaskedDoesNotHoldAnother) {
    Machine m;
    m.scenario.cpus = 2;
    m.addDatagram(1000, 5000);
    m.addDatagram(2000, 5000);
    m.start();
    addQueue(m, 24, 1);
    writePin(m).ims = 0;
    while (nic(m).fifo.empty()) ASSERT_TRUE(hardwareStep(m));
    m.world.machine().nics[0].write().fifo.front().queue = 1;
    while (hardwareStep(m)) {
    }
    EXPECT_EQ(nic(m).vectors[0].interrupts, 0U);
    EXPECT_NE(nic(m).vectors[0].icr, 0U);
    EXPECT_EQ(nic(m).vectors[1].interrupts, 1U);
}

TEST(Nic, AFullRingHoldsTheFramesBehindIt) {
    Machine m;
    m.addDatagram(1000, 5000);
    m.addDatagram(2000, 5000);
    m.start();
    addQueue(m, 24, 0);
    RxRing& full = m.world.machine().nics[0].write().queues[1].rx.write();
    full.rdt = full.rdh;
    while (nic(m).fifo.empty()) ASSERT_TRUE(hardwareStep(m));
    // its descriptor is fetched when the DMA engine goes on; what it goes to is decided before
    m.world.machine().nics[0].write().fifo.front().queue = 1;
    m.world.machine().nics[0].write().dma = DmaState::idle;
    m.world.agenda = {};
    nicDoorbell(m.world, m.world.machine(), 2, m.world.now, 0);
    EXPECT_TRUE(m.world.agenda.empty()) << "no descriptor of its queue is ready";
    full.rdt = static_cast<std::uint16_t>(full.rdh + 1);
    nicDoorbell(m.world, m.world.machine(), 2, m.world.now, 0);
    EXPECT_FALSE(m.world.agenda.empty());
}

TEST(Nic, InjectedFramesAreNumberedBehindTheTraffic) {
    Machine m;
    m.addDatagram(1000, 5000);
    m.addDatagram(9000, 5000);
    m.start();
    Bytes frame(60);
    std::fill(frame.write().begin(), frame.write().end(), std::uint8_t{0xff});
    injectFrame(m.world, *m.inputs, frame, 5000);
    std::vector<std::uint32_t> arrived;
    while (hardwareStep(m)) {
        if (m.functionName() == "wire") arrived.push_back(m.event.packet);
    }
    EXPECT_EQ(arrived, (std::vector<std::uint32_t>{1, 3, 2}));
    EXPECT_EQ(m.world.machine().buffers[rx(m).descriptors[1].buffer].bytes.read()[64 + 59], 0xff);
}

TEST(Link, TheTrafficNamesTheCard) {
    Machine m;
    NicSpec second = m.scenario.nics[0];
    second.name = "eth1";
    second.mac.bytes[5] ^= 1U;
    second.irq = 11;
    m.scenario.nics.push_back(second);
    m.addDatagram(1000, 5000);
    m.addDatagram(2000, 5000);
    m.addDatagram(3000, 5000);
    for (TrafficFrame& frame : m.scenario.frames) std::fill_n(frame.bytes.begin(), 6, std::uint8_t{0xff});
    m.scenario.frames[0].card = 1;
    m.scenario.frames[1].card = 0;  // the third names none: broadcasts go to the first
    m.start();
    while (hardwareStep(m)) {
    }
    EXPECT_EQ(m.world.machine().nics[0]->rx_total, 2U);
    EXPECT_EQ(m.world.machine().nics[1]->rx_total, 1U);
    EXPECT_EQ(m.world.links[1]->carried.size(), 1U);
    EXPECT_EQ(m.world.links[1]->carried[0].packet, 1U);
    EXPECT_EQ(m.world.links[0]->carried[0].packet, 2U);
}

TEST(Link, ACardThatIsNotThereIsRefused) {
    Machine m;
    m.addDatagram(1000, 5000);
    m.scenario.frames[0].card = 1;
    const Result<Start> built = build(m.scenario);
    ASSERT_FALSE(built.ok());
    EXPECT_EQ(built.error().message(), "traffic[0].nic: expected a card of the scenario, found number 1");
}

TEST(Link, RateAndDelayTakeTime) {
    Machine m;
    m.scenario.nics[0].link.rate = 1'000'000'000;
    m.scenario.nics[0].link.delay = 10 * kMicrosecond;
    m.addDatagram(kMillisecond, 5000);
    m.addDatagram(kMillisecond, 5000);
    m.addDatagram(2 * kMillisecond, 5000);
    m.start();
    std::vector<Time> arrived;
    while (hardwareStep(m)) {
        if (m.functionName() == "wire") arrived.push_back(m.event.time);
    }
    const Time on_wire = (142 + 24) * 8;  // ns at 1 Gbit/s
    EXPECT_EQ(arrived, (std::vector<Time>{kMillisecond + on_wire + 10 * kMicrosecond,
                                          kMillisecond + 2 * on_wire + 10 * kMicrosecond,
                                          2 * kMillisecond + on_wire + 10 * kMicrosecond}));
    const Log<Carried>& carried = m.world.links[0]->carried;
    ASSERT_EQ(carried.size(), 3U);
    EXPECT_EQ(carried[0].length, 142U);
    EXPECT_EQ(carried[2].time, arrived[2]);
}

TEST(Link, LosesWhatItIsToldTo) {
    const auto lost = [](std::uint32_t per_million) {
        Machine m;
        m.scenario.nics[0].link.loss = per_million;
        for (int i = 0; i < 200; ++i) m.addDatagram(10 * kMicrosecond * (i + 1), 5000);
        m.start();
        std::uint64_t count = 0;
        while (m.step()) count += m.functionName() == "wire" && m.stageName() == "a frame is lost on the link";
        std::uint64_t logged = 0;
        m.world.links[0]->carried.each([&](const Carried& frame) { logged += frame.lost; });
        EXPECT_EQ(logged, count);
        EXPECT_EQ(m.world.links[0]->carried.size(), 200U);
        EXPECT_EQ(m.world.machine().nics[0]->rx_total, 200U - count);
        return count;
    };
    EXPECT_EQ(lost(0), 0U);
    EXPECT_EQ(lost(1'000'000), 200U);
    const std::uint64_t some = lost(250'000);
    EXPECT_GT(some, 25U);
    EXPECT_LT(some, 75U);
    EXPECT_EQ(lost(250'000), some) << "the same seed loses the same";
}

TEST(Link, WhatALearnerPutsOnTheWireHasAnIdentityOfItsOwn) {
    Machine m;
    m.addDatagram(1000, 5000);
    m.start();
    Bytes frame(60);
    injectFrame(m.world, *m.inputs, frame, 5000);
    const MadePacket& made = m.world.wire.made->front();
    EXPECT_EQ(made.origin, Origin::injected);
    EXPECT_EQ(made.from, LinkEnd{});
    EXPECT_EQ(made.time, 5000);
    EXPECT_EQ(made.frame.size(), 60U);
}

}  // namespace
}  // namespace ringside::test
