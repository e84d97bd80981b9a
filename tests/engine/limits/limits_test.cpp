// Both sides of limits that decide where a packet goes or which event comes first.
#include <tuple>

#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

/// How often softirq_entry of a vector was traced before a function was entered, or the run's end.
struct Rounds {
    int entries = 0;
    bool left = false;
};

/// One datagram that nobody reads; while its softirqs run, NET_TX, which has no work, is raised `raised` times, each
/// during the round before.
Rounds roundsOf(int raised) {
    NetMachine m;
    m.addDatagram(kMillisecond, 5000);
    m.start();
    Rounds rounds;
    while (m.step()) {
        if (m.event.kind == EventKind::enter && m.functionName() == "wakeup_softirqd") rounds.left = true;
        if (m.event.tracepoint != Tracepoint::softirq_entry) continue;
        const bool net = m.event.args[0] == static_cast<std::uint32_t>(Softirq::NET_RX) ||
                         m.event.args[0] == static_cast<std::uint32_t>(Softirq::NET_TX);
        if (net && !rounds.left) ++rounds.entries;
        if (!net || raised == 0) continue;
        --raised;
        m.world.machine().cpu(0).softirq_pending |= 1U << static_cast<unsigned>(Softirq::NET_TX);
    }
    return rounds;
}

TEST(Limits, TenRoundsOfSoftirqsAndThenKsoftirqd) {
    const Rounds ten = roundsOf(9);  // the first round, and nine that were raised meanwhile
    EXPECT_EQ(ten.entries, 10);
    EXPECT_FALSE(ten.left);
    const Rounds more = roundsOf(10);
    EXPECT_EQ(more.entries, 10) << "the eleventh is ksoftirqd's";
    EXPECT_TRUE(more.left);
}

/// Datagrams of truesize 1280 that a socket with this SO_RCVBUF, which is doubled, takes before it drops one.
std::uint32_t takenBy(std::uint32_t rcvbuf) {
    NetMachine m;
    m.addTask("sleeper", 0, {sleepFor(10 * kSecond), exitProgram()});
    SocketSpec socket;
    socket.port = 5000;
    socket.rcvbuf = rcvbuf;
    m.scenario.sockets.push_back(socket);
    m.scenario.tasks.back().sockets = {0};
    for (int i = 0; i < 6; ++i) m.addDatagram(kMillisecond * (1 + 20 * i), 5000);
    m.start();
    m.runUntil(kSecond);
    EXPECT_EQ(m.socket().sk_receive_queue.qlen + m.socket().sk_drops, 6U);
    EXPECT_EQ(m.socket().sk_rmem_alloc, 1280 * static_cast<int>(m.socket().sk_receive_queue.qlen));
    return m.socket().sk_receive_queue.qlen;
}

TEST(Limits, AReceiveBufferIsFullWhenMoreThanItIsCharged) {
    EXPECT_EQ(takenBy(1280), 3U) << "exactly what is allowed is charged: not yet full";
    EXPECT_EQ(takenBy(1280 - 1), 2U);
    EXPECT_EQ(takenBy(1920 - 1), 3U);
    EXPECT_EQ(takenBy(1920), 4U);
}

/// A frame of a datagram whose IP total length is changed.
std::vector<std::uint8_t> withTotalLength(const NetMachine& m, std::size_t payload, int more) {
    std::vector<std::uint8_t> bytes = udpFrame(m.frame(), NetMachine::udp(5000, payload));
    const auto length = static_cast<std::uint16_t>(20 + 8 + static_cast<int>(payload) + more);
    bytes[16] = static_cast<std::uint8_t>(length >> 8);
    bytes[17] = static_cast<std::uint8_t>(length & 0xffU);
    setIpChecksum(bytes, 14);
    return bytes;
}

/// "delivered", or where it was dropped and why.
std::string fateOf(const std::function<std::vector<std::uint8_t>(const NetMachine&)>& frame, std::uint64_t& received) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 1);
    m.send(kMillisecond, frame(m));
    m.start();
    m.runToEnd();
    received = m.task("reader").received_bytes;
    return m.fate(1).fate == Fate::delivered ? "delivered" : m.dropOf(1);
}

TEST(Limits, OneByteOfIpLength) {
    std::uint64_t received = 0;
    EXPECT_EQ(fateOf([](const NetMachine& m) { return withTotalLength(m, 100, 0); }, received), "delivered");
    EXPECT_EQ(received, 100U);
    EXPECT_EQ(fateOf([](const NetMachine& m) { return withTotalLength(m, 100, 1); }, received),
              "PKT_TOO_SMALL@ip_rcv_core");
    // One byte less than the frame has: the last is no part of the packet, and UDP misses it.
    EXPECT_EQ(fateOf([](const NetMachine& m) { return withTotalLength(m, 100, -1); }, received),
              "PKT_TOO_SMALL@__udp4_lib_rcv");
    // The shortest: a header of its own length, with nothing behind it for UDP to look at.
    EXPECT_EQ(fateOf([](const NetMachine& m) { return withTotalLength(m, 100, -108); }, received),
              "NOT_SPECIFIED@__udp4_lib_rcv");
    EXPECT_EQ(fateOf([](const NetMachine& m) { return withTotalLength(m, 100, -109); }, received),
              "IP_INHDR@ip_rcv_core");
}

TEST(Limits, OneByteOfUdpLength) {
    const auto with = [](int more) {
        return [more](const NetMachine& m) {
            UdpSpec udp = NetMachine::udp(5000, 100);
            udp.noChecksum = true;
            std::vector<std::uint8_t> bytes = udpFrame(m.frame(), udp);
            bytes[14 + 20 + 5] = static_cast<std::uint8_t>(108 + more);
            return bytes;
        };
    };
    std::uint64_t received = 0;
    EXPECT_EQ(fateOf(with(0), received), "delivered");
    EXPECT_EQ(fateOf(with(1), received), "PKT_TOO_SMALL@__udp4_lib_rcv");
    EXPECT_EQ(fateOf(with(-1), received), "delivered");
    EXPECT_EQ(received, 99U) << "the rest of the packet is cut off";
    EXPECT_EQ(fateOf(with(-100), received), "delivered");
    EXPECT_EQ(received, 0U) << "a header alone is a datagram";
    EXPECT_EQ(fateOf(with(-101), received), "PKT_TOO_SMALL@__udp4_lib_rcv");
}

TEST(Limits, GroupsAndBroadcastsAreCountedApart) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    FrameSpec group = m.frame(), broadcast = m.frame(), six = m.frame6();
    group.dst = *IpAddr::parse("224.0.0.1");  // every host is a member
    group.dstMac = *MacAddr::parse("01:00:5e:00:00:01");
    broadcast.dst = *IpAddr::parse("10.0.0.255");
    broadcast.dstMac = MacAddr::broadcast();
    six.dst = *IpAddr::parse("ff02::1");
    six.dstMac = *MacAddr::parse("33:33:00:00:00:01");
    Time at = kMillisecond;
    for (const FrameSpec& f :
         {m.frame(), group, group, broadcast, broadcast, broadcast, m.frame6(), six, six, six, six})
        m.send(at += kMillisecond, udpFrame(f, NetMachine::udp(5000, 10)));
    m.start();
    m.runUntil(kSecond);
    EXPECT_EQ(m.counters().ip.InReceives, 6U);
    EXPECT_EQ(m.counters().ip.InMcastPkts, 2U);
    EXPECT_EQ(m.counters().ip.InMcastOctets, 2 * 38U);
    EXPECT_EQ(m.counters().ip.InBcastPkts, 3U);
    EXPECT_EQ(m.counters().ip.InBcastOctets, 3 * 38U);
    EXPECT_EQ(m.counters().ip6.InReceives, 5U);
    EXPECT_EQ(m.counters().ip6.InMcastPkts, 4U);
    EXPECT_EQ(m.counters().ip6.InMcastOctets, 4 * 58U);
    EXPECT_EQ(m.device().stats.multicast, 6U) << "the card's counter has groups of both families, no broadcast";
}

/// time_squeeze of CPU 0 after one datagram, with this net.core.netdev_budget.
std::uint64_t squeezesOf(std::uint32_t budget, int datagrams) {
    NetMachine m;
    m.scenario.sysctl.netdev_budget = budget;
    for (int i = 0; i < datagrams; ++i) m.addDatagram(kMillisecond * (1 + 20 * i), 5000);
    m.start();
    m.runToEnd();
    return m.world.machine().cpu(0).softnet.time_squeeze;
}

TEST(Limits, AUsedUpBudgetIsCountedOnce) {
    EXPECT_EQ(squeezesOf(1, 1), 1U);
    EXPECT_EQ(squeezesOf(1, 3), 3U);
    EXPECT_EQ(squeezesOf(2, 3), 0U) << "one is left of the budget";
}

TEST(Limits, TheAgendaGoesBeforeACpuAtTheSameTime) {
    NetMachine m;
    m.addHog("hog", 0, kSecond);
    m.addDatagram(kMillisecond, 5000);
    m.start();
    while (m.world.clock.minKey() == kNever || m.world.agenda.nextTime() == kNever) ASSERT_TRUE(m.step());
    const Time agenda = m.world.agenda.nextTime();
    const CpuNo cpu = m.world.clock.min();
    for (const Time later : {-1, 0, 1}) {
        World world = m.world;
        world.clock.set(cpu, agenda + later);
        const Choice first = firstChoice(world);
        EXPECT_EQ(first.kind, later < 0 ? Choice::Kind::cpu : Choice::Kind::agenda) << later;
        EXPECT_EQ(choices(world).front(), first);
        // The quick way has the rule written a second time.
        World many = world;
        Event one, other;
        ASSERT_TRUE(step(world, *m.inputs, one));
        ASSERT_EQ(stepMany(many, *m.inputs, {&other, 1}), 1U);
        const auto told = [](const Event& e) { return std::tuple(e.seq, e.time, e.function, e.stage, e.kind, e.cpu); };
        EXPECT_EQ(told(one), told(other)) << later;
    }
}

}  // namespace
}  // namespace ringside::test
