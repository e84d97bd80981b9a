// Routes as packets hold them: who has a reference to a dst_entry, who does without, and when it is freed.
#include "engine/linux/irq.h"
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

const Route& routeTo(const NetMachine& m, const char* destination) {
    for (const Route& route : *m.world.net().routes) {
        if (route.destination == *IpAddr::parse(destination)) return route;
    }
    throw std::logic_error(destination);
}

TEST(Dst, TheFirstPacketMakesTheNexthopsAndTheOthersFindIt) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    for (int i = 1; i <= 3; ++i) m.addDatagram(i * kMillisecond, 5000);
    m.start();
    EXPECT_FALSE(routeTo(m, "10.0.0.1").nhc_rth_input);
    ASSERT_TRUE(m.runTo("ip_local_deliver"));
    const DstId kept = routeTo(m, "10.0.0.1").nhc_rth_input;
    ASSERT_TRUE(kept);
    const auto dst = [&]() -> const DstEntry& { return std::as_const(m.world.machine().dsts)[kept]; };
    EXPECT_EQ(m.skb(m.event.skb_slot).dst, kept);
    EXPECT_FALSE(m.skb(m.event.skb_slot).dst_noref);
    EXPECT_EQ(dst().refcnt, 2U);
    EXPECT_EQ(dst().input, fn::ip_local_deliver);
    EXPECT_EQ(dst().output, fn::ip_rt_bug);
    EXPECT_EQ(dst().dev, 1);
    EXPECT_EQ(dst().error, 0);
    EXPECT_EQ(dst().rt_type, RouteType::RTN_LOCAL);
    ASSERT_TRUE(m.runTo("__udp_enqueue_schedule_skb"));
    EXPECT_FALSE(m.skb(m.event.skb_slot).dst);
    EXPECT_EQ(dst().refcnt, 1U);
    ASSERT_TRUE(m.runTo("ip_local_deliver"));
    EXPECT_EQ(m.skb(m.event.skb_slot).dst, kept);
    EXPECT_TRUE(m.skb(m.event.skb_slot).dst_noref);
    EXPECT_EQ(dst().refcnt, 1U);
    m.runToEnd();
    EXPECT_EQ(calls(m, "dst_alloc"), 1);
    EXPECT_EQ(calls(m, "dst_release"), 1);
    EXPECT_EQ(m.task("reader").received, 3U);
    EXPECT_EQ(m.world.machine().dsts.size(), 2U);  // this one and that of IPv6 without a route
}

TEST(Dst, OneThatNobodyKeepsIsFreedAfterAGracePeriod) {
    NetMachine m;
    FrameSpec frame = m.frame();
    frame.dst = *IpAddr::parse("10.9.9.9");
    for (int i = 1; i <= 2; ++i) m.send(i * kMillisecond, udpFrame(frame, NetMachine::udp()));
    m.start();
    ASSERT_TRUE(m.runTo("ip_error"));
    const DstId dst = m.skb(m.event.skb_slot).dst;
    EXPECT_EQ(m.skb(m.event.skb_slot).dst_noref, false);
    EXPECT_EQ(std::as_const(m.world.machine().dsts)[dst].refcnt, 1U);
    EXPECT_EQ(std::as_const(m.world.machine().dsts)[dst].error, 113);  // EHOSTUNREACH
    ASSERT_TRUE(m.runTo("kfree_skbmem"));
    EXPECT_EQ(std::as_const(m.world.machine().dsts)[dst].refcnt,
              0U);  // it still stands there: RCU readers may look at it
    m.runToEnd();
    EXPECT_EQ(calls(m, "dst_alloc"), 2);
    EXPECT_EQ(calls(m, "dst_destroy_rcu"), 2);
    EXPECT_EQ(m.world.machine().dsts.size(), 1U);
    for (std::uint32_t n = 1; n <= 2; ++n) EXPECT_EQ(m.dropOf(n), "IP_INADDRERRORS@ip_error");
}

TEST(Dst, ItsErrorSaysHowThePacketEnds) {
    struct Case {
        bool forward, unreachable;
        const char* drop;
        unsigned addr_errors, no_routes;
    };
    for (const Case& c :
         {Case{false, false, "IP_INADDRERRORS@ip_error", 1, 0}, Case{true, false, "IP_INNOROUTES@ip_error", 0, 1},
          Case{false, true, "IP_INADDRERRORS@ip_error", 1, 0}, Case{true, true, "NOT_SPECIFIED@ip_error", 0, 0}}) {
        NetMachine m;
        m.scenario.net_sysctl.ip_forward = c.forward;
        if (c.unreachable) {
            RouteSpec route;
            route.to = {*IpAddr::parse("10.9.0.0"), 16};
            route.type = RouteType::RTN_UNREACHABLE;
            m.scenario.routes.push_back(route);
        }
        FrameSpec frame = m.frame();
        frame.dst = *IpAddr::parse("10.9.9.9");
        m.send(kMillisecond, udpFrame(frame, NetMachine::udp()));
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.dropOf(1), c.drop);
        EXPECT_EQ(m.counters().ip.InAddrErrors, c.addr_errors);
        EXPECT_EQ(m.counters().ip.InNoRoutes, c.no_routes);
        EXPECT_EQ(m.counters().icmp.OutDestUnreachs, c.forward ? 1U : 0U);
    }
}

TEST(Dst, AConnectedSocketSavesTheLookup) {
    for (const std::uint8_t version : {std::uint8_t{4}, std::uint8_t{6}}) {
        NetMachine m;
        m.addReader("reader", 0, 5000, 4);
        SocketSpec& s = m.scenario.sockets[0];
        s.version = version;
        s.address = version == 6 ? *IpAddr::parse("2001:db8::1") : *IpAddr::parse("10.0.0.1");
        for (int i = 1; i <= 4; ++i)
            m.send(i * kMillisecond, udpFrame(version == 6 ? m.frame6() : m.frame(), NetMachine::udp()));
        m.start();
        Socket& connected = m.world.machine().sockets.write(SocketId{1});
        connected.daddr = version == 6 ? *IpAddr::parse("2001:db8::2") : *IpAddr::parse("10.0.0.2");
        connected.dport = 4000;
        m.runToEnd();
        EXPECT_EQ(m.task("reader").received, 4U);
        EXPECT_EQ(calls(m, version == 6 ? "ip6_route_input" : "ip_route_input_noref"), 1);
        EXPECT_EQ(calls(m, "udp_sk_rx_dst_set"), 1);
        EXPECT_FALSE(m.socket().sk_rx_dst) << "given up with the socket";
        EXPECT_EQ(m.world.machine().dsts.size(), 2U);
        m.expectAllAccountedFor();
    }
}

TEST(Dst, AGroupHasAnEntryAPacket) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    m.addReader("other", 0, 5000, 0);
    m.scenario.sockets[0].groups = {*IpAddr::parse("224.1.2.3")};
    m.scenario.sockets[1].address = *IpAddr::parse("224.1.2.3");
    FrameSpec frame = m.frame();
    frame.dst = *IpAddr::parse("224.1.2.3");
    frame.dstMac = *MacAddr::parse("01:00:5e:01:02:03");
    for (int i = 1; i <= 2; ++i) m.send(i * kMillisecond, udpFrame(frame, NetMachine::udp()));
    m.start();
    ASSERT_TRUE(m.runTo("skb_clone"));
    ASSERT_TRUE(m.runTo("udp_queue_rcv_skb"));
    const SkBuff& clone = m.skb(m.event.skb_slot);
    EXPECT_EQ(std::as_const(m.world.machine().dsts)[clone.dst].refcnt, 2U);  // the clone has its own reference
    m.runToEnd();
    EXPECT_EQ(m.task("reader").received + m.task("other").received, 4U);
    EXPECT_EQ(calls(m, "dst_alloc"), 2);
    EXPECT_EQ(m.world.machine().dsts.size(), 1U);
}

TEST(Dst, OverIpv6EachCpuHasItsOwn) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    m.scenario.sockets[0].version = 6;
    for (int i = 1; i <= 2; ++i) m.send(i * kMillisecond, udpFrame(m.frame6(), NetMachine::udp()));
    FrameSpec away = m.frame6();
    away.dst = *IpAddr::parse("2001:db9::1");
    m.send(3 * kMillisecond, udpFrame(away, NetMachine::udp()));
    m.start();
    ASSERT_TRUE(m.runTo("ip6_input"));
    ASSERT_EQ(routeTo(m, "2001:db8::1").rt6i_pcpu.size(), 1U);
    const DstId first = routeTo(m, "2001:db8::1").rt6i_pcpu[0];
    EXPECT_EQ(m.skb(m.event.skb_slot).dst, first);
    EXPECT_TRUE(m.skb(m.event.skb_slot).dst_noref);
    EXPECT_EQ(std::as_const(m.world.machine().dsts)[first].refcnt, 1U);
    // the interrupt moves to the other CPU
    ASSERT_TRUE(m.runTo("__udp_enqueue_schedule_skb"));
    setIrqAffinity(m.world.machine(), m.scenario.nics[0].irq, CpuMask::of(CpuNo{1}));
    ASSERT_TRUE(m.runTo("ip6_input"));
    ASSERT_EQ(routeTo(m, "2001:db8::1").rt6i_pcpu.size(), 2U);
    EXPECT_NE(routeTo(m, "2001:db8::1").rt6i_pcpu[1], first);
    ASSERT_TRUE(m.runTo("ip6_pkt_discard"));
    EXPECT_EQ(m.skb(m.event.skb_slot).dst, m.world.net().ip6_null_entry);
    m.runToEnd();
    EXPECT_EQ(m.dropOf(3), "IP_INNOROUTES@ip6_pkt_drop");
    EXPECT_EQ(calls(m, "dst_alloc"), 2);
    EXPECT_EQ(calls(m, "dst_release"), 0);
    EXPECT_EQ(m.world.machine().dsts.size(), 3U);
}

TEST(Dst, FragmentsGiveItUpTheDatagramKeepsIt) {
    for (const bool backwards : {false, true}) {
        NetMachine m;
        m.addReader("reader", 0, 5000, 0);
        FrameSpec frame = m.frame();
        frame.id = 9;
        frame.fragOff = 0;
        std::vector<ByteVector> all = ipv4Fragments(udpFrame(frame, NetMachine::udp(5000, 3000)), 1500);
        if (backwards) std::reverse(all.begin(), all.end());
        for (std::size_t i = 0; i < all.size(); ++i) m.send(kMillisecond * static_cast<Time>(i + 1), all[i]);
        m.start();
        ASSERT_TRUE(m.runTo("ip_local_deliver_finish"));
        EXPECT_EQ(m.skb(m.event.skb_slot).dst, routeTo(m, "10.0.0.1").nhc_rth_input);
        m.runToEnd();
        EXPECT_EQ(m.task("reader").received, 1U);
        EXPECT_EQ(m.world.machine().dsts.size(), 2U);
        EXPECT_EQ(std::as_const(m.world.machine().dsts)[routeTo(m, "10.0.0.1").nhc_rth_input].refcnt, 1U);
    }
}

TEST(Dst, ARouteForWhatComesInSendsNothing) {
    NetMachine m;
    m.start();
    const SkbId skb = m.call(fn::__alloc_skb, 128U);
    EXPECT_EQ(m.call(fn::ip_rt_bug, skb), 0);
    EXPECT_EQ(m.world.machine().skbs.size(), 0U);
    ASSERT_EQ(m.drops.size(), 1U);
    EXPECT_EQ(m.drops[0].drop, Drop::NOT_SPECIFIED);
}

}  // namespace
}  // namespace ringside::test
