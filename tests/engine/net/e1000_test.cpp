// The e1000 driver: buffers for every MTU, cleaning of the transmit ring, interrupt moderation; and the poll list.

#include <numeric>

#include "engine/hardware/hardware.h"
#include "engine/linux/drivers/net/e1000.h"
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

/// How many of these frames, each with so many bytes of IP payload and header, a card with this MTU delivers.
std::uint64_t delivered(std::uint32_t mtu, std::initializer_list<std::size_t> ip_lengths) {
    NetMachine m;
    m.scenario.nics[0].mtu = mtu;
    if (mtu < 1280) m.scenario.nics[0].addresses.pop_back();  // no IPv6 there
    m.addReader("reader", 0, 5000, 0);
    Time at = kMillisecond;
    for (const std::size_t length : ip_lengths)
        m.send(at += kMillisecond, udpFrame(m.frame(), NetMachine::udp(5000, length - 28)));
    m.start();
    m.runToEnd();
    const Nic& nic = *m.world.machine().nics[0];
    for (const RxDescriptor& d : nic.queues.front().rx->descriptors) {
        if (d.buffer) {
            EXPECT_EQ(m.world.machine().buffers[d.buffer].bytes.size(), skbDataAlign(64 + nic.adapter.rx_buffer_len));
        }
    }
    const std::uint64_t bad = m.world.net().devices[0]->stats.rx_length_errors;
    EXPECT_EQ(m.task("reader").received + bad, ip_lengths.size());
    return m.task("reader").received;
}

TEST(E1000, EveryMtuTakesItsLargestFrame) {
    for (const std::uint32_t mtu :
         {576U, 1499U, 1500U, 1501U, 1504U, 1505U, 1518U, 1519U, 2000U, 2030U, 2031U, 9000U, 16110U})
        EXPECT_EQ(delivered(mtu, {mtu, 28 + 1, mtu}), 3U) << "MTU " << mtu;
}

TEST(E1000, AFrameLongerThanItsBufferIsDiscardedByTheCard) {
    // without a tag there are 4 bytes to spare
    EXPECT_EQ(delivered(1500, {1500, 1504, 1505}), 2U);
    EXPECT_EQ(delivered(1280, {1280, 1504, 1505}), 2U) << "larger buffers do not make the card take long frames";
    EXPECT_EQ(delivered(9000, {9000, 9004, 9005}), 2U);
    EXPECT_EQ(delivered(1600, {2030, 2031}), 1U) << "buffers of 2048 bytes, check sequence included";
}

TEST(E1000, BuffersFollowTheMtu) {
    EXPECT_EQ(e1000::rxBufferLength(1500), 1522U);
    EXPECT_EQ(e1000::rxBufferLength(1499), 2048U) << "an MTU that was changed";
    EXPECT_EQ(e1000::rxBufferLength(1501), 2048U);
    EXPECT_EQ(e1000::rxBufferLength(2026), 2048U);
    EXPECT_EQ(e1000::rxBufferLength(2027), 2049U);
    EXPECT_EQ(e1000::rxBufferLength(9000), 9022U);
}

TEST(E1000, CleansWhatWasSentFirst) {
    NetMachine m;
    m.addReader("reader", 1, 5000, 0);
    m.addDatagram(kMillisecond, 5000);
    m.start();
    m.afterEach = nullptr;  // an sk_buff in the transmit ring is on no list that the invariants know
    ringside::Machine& machine = m.world.machine();
    TxRing& tx = machine.nics[0].write().queues.front().tx.write();
    const auto put = [&](std::uint16_t at, std::uint8_t status) {
        const SkbId id = machine.skbs.alloc();
        SkBuff& skb = machine.skbs.write(id);
        skb.id = machine.next_skb_id++;
        skb.head = machine.buffers.alloc();
        machine.buffers.write(skb.head).bytes = Bytes(64);
        machine.buffers.write(skb.head).dataref = 1;
        tx.descriptors[at] = {id, 100, status};
    };
    tx.next_to_clean = 255;
    put(255, E1000_TXD_STAT_DD);
    put(0, E1000_TXD_STAT_DD);
    put(1, 0);  // not sent yet
    tx.next_to_use = 2;
    ASSERT_TRUE(m.runTo("e1000_clean_rx_irq"));
    const Nic& nic = *std::as_const(machine).nics[0];
    EXPECT_EQ(nic.queues.front().tx->next_to_clean, 1);
    EXPECT_EQ(nic.adapter.total_tx_packets, 2U);
    EXPECT_EQ(nic.adapter.total_tx_bytes, 200U);
    EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "consume_skb"), 2);
    EXPECT_FALSE(nic.queues.front().tx->descriptors[255].skb);
    EXPECT_TRUE(nic.queues.front().tx->descriptors[1].skb);
}

TEST(E1000, ARingFullOfSentPacketsHasThePollComeAgain) {
    NetMachine m;
    m.addDatagram(kMillisecond, 5000);
    m.start();
    m.afterEach = nullptr;
    ringside::Machine& machine = m.world.machine();
    ASSERT_TRUE(m.runTo("e1000_clean"));
    TxRing& tx = machine.nics[0].write().queues.front().tx.write();
    tx.descriptors.resize(2);
    std::uint32_t result = 0;
    // descriptors that are done again as soon as they were cleaned
    while (m.functionName() != "e1000_clean_rx_irq") {
        TxRing& ring = machine.nics[0].write().queues.front().tx.write();
        for (TxDescriptor& d : ring.descriptors) {
            if (d.skb) continue;
            d.skb = machine.skbs.alloc();
            machine.skbs.write(d.skb).head = machine.buffers.alloc();
            machine.buffers.write(machine.skbs[d.skb].head).dataref = 1;
            d.status = E1000_TXD_STAT_DD;
        }
        ASSERT_TRUE(m.step());
    }
    EXPECT_EQ(std::as_const(machine).nics[0]->adapter.total_tx_packets, 2U) << "one round of the ring";
    for (TxDescriptor& d : machine.nics[0].write().queues.front().tx.write().descriptors) d = {};
    while (result == 0 && m.step()) {
        if (m.event.tracepoint == Tracepoint::napi_poll) result = m.event.args[0] >> 16;
    }
    EXPECT_EQ(result, 64U) << "the whole budget though one packet came";
}

/// The classes and rates that a driver goes through with so many packets of this size in each interrupt.
std::vector<std::uint32_t> rates(int interrupts, int packets, std::size_t payload, std::uint32_t setting = 3) {
    NetMachine m;
    m.addReader("reader", 1, 5000, 0);
    for (int i = 0; i < interrupts; ++i) {
        for (int n = 0; n < packets; ++n) m.addDatagram(kMillisecond * (i + 1) + 100 * n, 5000, payload);
    }
    m.start();
    m.afterEach = nullptr;
    Nic& nic = m.world.machine().nics[0].write();
    nic.adapter.itr_setting = setting;
    nic.vectors.front().itr_gap = 200 * kMicrosecond;  // so that all packets of a millisecond come with one interrupt
    std::vector<std::uint32_t> seen;
    while (m.step()) {
        const Nic& now = *std::as_const(m.world.machine()).nics[0];
        if (seen.empty() || seen.back() != now.adapter.itr) seen.push_back(now.adapter.itr);
        if (m.stageName() == "e1000_set_itr: write ITR") {
            EXPECT_EQ(now.vectors.front().itr, 1'000'000'000U / (now.adapter.itr * 256));
        }
    }
    return seen;
}

TEST(E1000, ModeratesInterruptsByWhatItReceives) {
    EXPECT_EQ(rates(3, 1, 100), (std::vector<std::uint32_t>{20000})) << "low latency as at the start";
    // the first packet of a millisecond comes alone, which is low latency and a quarter up; the others are bulk
    std::vector<std::uint32_t> bulk = rates(3, 30, 1400);
    ASSERT_GE(bulk.size(), 3U);
    bulk.resize(3);
    EXPECT_EQ(bulk, (std::vector<std::uint32_t>{20000, 4000, 9000}));
    EXPECT_EQ(rates(3, 1, 100, 1), (std::vector<std::uint32_t>{20000, 37500, 55000, 70000}))
        << "dynamic: up to 70,000 a second by quarters";
    EXPECT_EQ(rates(3, 30, 1400, 0), (std::vector<std::uint32_t>{20000})) << "off";
}

TEST(E1000, TheCardObeysItrWhenItIsTold) {
    for (const bool obeys : {false, true}) {
        NetMachine m;
        m.scenario.nics[0].itr_dynamic = obeys;
        for (int i = 0; i < 40; ++i) m.addDatagram(kMillisecond + 20 * kMicrosecond * i, 5001);
        m.start();
        m.afterEach = nullptr;
        std::vector<Time> interrupts;
        while (m.step()) {
            if (m.functionName() == "interrupt_controller") interrupts.push_back(m.event.time);
        }
        Time least = kNever;
        for (std::size_t i = 1; i < interrupts.size(); ++i) least = std::min(least, interrupts[i] - interrupts[i - 1]);
        if (obeys)
            EXPECT_GE(least, 195 * 256) << "20,000 a second";
        else
            EXPECT_LT(least, 195 * 256);
    }
}

TEST(PollList, MoreInstancesThanAFrameHolds) {
    NetMachine m;
    m.scenario.cpus = 1;
    for (std::uint16_t i = 1; i < 20; ++i) {
        NicSpec card = m.scenario.nics[0];
        card.name = "eth" + std::to_string(i);
        card.mac.bytes[5] = static_cast<std::uint8_t>(card.mac.bytes[5] + i);
        card.addresses.clear();
        m.scenario.nics.push_back(card);  // all on one line: one interrupt schedules all of them
    }
    for (std::size_t i = 0; i < 20; ++i) {
        m.addDatagram(kMillisecond, 5000);
        m.scenario.nics[i].mac.store(m.scenario.frames.back().bytes.data());
    }
    m.start();
    m.afterEach = nullptr;
    ringside::Machine& machine = m.world.machine();
    for (auto& nic : machine.nics) nic.write().vectors.front().ims = 0;
    m.runUntil(2 * kMillisecond);
    for (auto& nic : machine.nics) nic.write().vectors.front().ims = kRxInterrupts;
    for (std::int32_t dev = 2; dev < 22; ++dev) nicInterruptsEnabled(m.world, machine, dev, 0, m.world.now, 0);
    std::vector<std::uint32_t> order;
    int actions = 0, raises_at_end = 0;
    while (m.step()) {
        if (m.event.tracepoint == Tracepoint::napi_poll) order.push_back(m.event.args[1]);
        if (m.event.kind == EventKind::enter && m.functionName() == "net_rx_action") ++actions;
        if (m.event.tracepoint == Tracepoint::softirq_raise && m.functionName() == "net_rx_action") ++raises_at_end;
    }
    std::vector<std::uint32_t> wanted(20);
    std::iota(wanted.begin(), wanted.end(), 1U);
    EXPECT_EQ(order, wanted) << "in the order in which the line's handlers scheduled them";
    EXPECT_EQ(actions, 1) << "one softirq polls all";
    EXPECT_EQ(raises_at_end, 0);
    EXPECT_TRUE(machine.cpus[0]->softnet.poll_list.empty());
}

TEST(PollList, WhatComesWhileItPollsRaisesTheSoftirqItselfOnly) {
    // eth1's interrupt comes while eth0 is polled
    NetMachine m;
    m.scenario.cpus = 1;
    NicSpec card = m.scenario.nics[0];
    card.name = "eth1";
    card.mac.bytes[5] ^= 1U;
    card.irq = 11;
    card.addresses.clear();
    m.scenario.nics.push_back(card);
    m.addDatagram(kMillisecond, 5000);
    m.start();
    ASSERT_TRUE(m.runTo("e1000_clean_rx_irq"));
    Bytes frame(m.scenario.frames[0].bytes.size());
    std::copy(m.scenario.frames[0].bytes.begin(), m.scenario.frames[0].bytes.end(), frame.write().begin());
    card.mac.store(frame.write().data());
    injectFrame(m.world, *m.inputs, std::move(frame), m.world.now);
    int raises = 0, actions = 1, schedules = 0;
    while (m.step()) {
        if (m.event.tracepoint == Tracepoint::softirq_raise) ++raises;
        if (m.event.kind == EventKind::enter && m.functionName() == "net_rx_action") ++actions;
        if (m.event.kind == EventKind::enter && m.functionName() == "__napi_schedule") ++schedules;
    }
    EXPECT_EQ(schedules, 1);
    EXPECT_EQ(raises, 1) << "by __napi_schedule(); net_rx_action() went to its end";
    EXPECT_EQ(actions, 2);
}

TEST(Itr, EveryRangeHasItsLimits) {
    constexpr auto lowest = static_cast<std::uint32_t>(LatencyRange::lowest_latency),
                   low = static_cast<std::uint32_t>(LatencyRange::low_latency),
                   bulk = static_cast<std::uint32_t>(LatencyRange::bulk_latency);
    struct Case {
        std::uint32_t from, packets, bytes, to;
    };
    NetMachine m;
    m.start();
    for (const Case c : {Case{lowest, 0, 9000, lowest},  // nothing came: as it is
                         Case{lowest, 1, 8000, low},    Case{lowest, 1, 8001, bulk},  Case{lowest, 4, 512, lowest},
                         Case{lowest, 4, 513, low},     Case{lowest, 5, 513, lowest}, Case{low, 9, 10001, bulk},
                         Case{low, 9, 10000, low},      Case{low, 10, 10001, low},    Case{low, 10, 12009, low},
                         Case{low, 10, 12010, bulk},    Case{low, 35, 10001, low},    Case{low, 36, 10001, lowest},
                         Case{low, 1, 2000, low},       Case{low, 1, 2001, bulk},     Case{low, 2, 511, lowest},
                         Case{low, 2, 512, low},        Case{low, 3, 511, low},       Case{bulk, 36, 25001, low},
                         Case{bulk, 35, 25001, bulk},   Case{bulk, 36, 25000, bulk},  Case{bulk, 36, 5999, low},
                         Case{bulk, 36, 6000, bulk}}) {
        EXPECT_EQ(m.call(fn::e1000_update_itr, c.from, c.packets, c.bytes), c.to)
            << c.from << ": " << c.packets << " packets, " << c.bytes << " bytes";
    }
}

TEST(E1000, AReceiveBufferIsAsLargeAsTheMtuAsks) {
    EXPECT_EQ(e1000::rxBufferLength(1500), 1522U);
    EXPECT_EQ(e1000::rxBufferLength(1504), 1526U) << "with a VLAN tag on top";
    EXPECT_EQ(e1000::rxBufferLength(1499), 2048U);
    EXPECT_EQ(e1000::rxBufferLength(1501), 2048U);
    EXPECT_EQ(e1000::rxBufferLength(2026), 2048U);
    EXPECT_EQ(e1000::rxBufferLength(2027), 2049U);
}

}  // namespace
}  // namespace ringside::test
