// Which socket gets a datagram: groups, shared ports, devices, and the order in which sockets are looked at.
#include "engine/linux/register.h"
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

/// A datagram for a group, in a frame for it.
ByteVector toGroup(const NetMachine& m, const char* group, std::uint16_t port = 5000) {
    FrameSpec frame = std::string(group).find(':') == std::string::npos ? m.frame() : m.frame6();
    frame.dst = *IpAddr::parse(group);
    frame.dstMac = frame.dst.version == 6 ? *MacAddr::parse("33:33:00:00:00:09") : *MacAddr::parse("01:00:5e:01:02:03");
    return udpFrame(frame, NetMachine::udp(port));
}

TEST(Sockets, AGroupIsJoinedByTheOptionNotByBinding) {
    for (const char* group : {"224.1.2.3", "ff15::9"}) {
        SCOPED_TRACE(group);
        for (const bool joined : {false, true}) {
            for (const bool bound : {false, true}) {
                NetMachine m;
                m.addReader("reader", 0, 5000, 0);
                SocketSpec& s = m.scenario.sockets[0];
                s.version = IpAddr::parse(group)->version;
                if (bound) s.address = *IpAddr::parse(group);
                if (joined) s.groups = {*IpAddr::parse(group)};
                m.send(kMillisecond, toGroup(m, group));
                m.start();
                m.runToEnd();
                if (joined) {
                    EXPECT_EQ(m.fate(1).fate, Fate::delivered);
                } else {
                    EXPECT_EQ(m.dropOf(1),
                              s.version == 6 ? "NOT_SPECIFIED@ip6_mc_input" : "NOT_SPECIFIED@ip_rcv_finish_core");
                }
                EXPECT_EQ(m.task("reader").received, joined ? 1U : 0U);
                m.expectAllAccountedFor();
            }
        }
    }
}

TEST(Sockets, AnotherSocketsGroupIsHeardToo) {
    // IP_MULTICAST_ALL: the host is in the group, so every socket of the port gets it; the one bound last comes first
    NetMachine m;
    m.addReader("a", 0, 5000, 0);
    m.addReader("b", 0, 5000, 0);
    m.scenario.sockets[0].groups = {*IpAddr::parse("224.1.2.3")};
    m.scenario.sockets[1].address = *IpAddr::parse("224.1.2.3");
    m.send(kMillisecond, toGroup(m, "224.1.2.3"));
    m.start();
    ASSERT_TRUE(m.runTo("udp_queue_rcv_skb"));
    EXPECT_EQ(m.socket(1).sk_receive_queue.qlen, 0U);
    ASSERT_TRUE(m.runTo("sock_def_readable"));
    EXPECT_EQ(m.socket(1).sk_receive_queue.qlen, 1U);  // the clone goes to the older one before
    m.runToEnd();
    EXPECT_EQ(m.task("a").received, 1U);
    EXPECT_EQ(m.task("b").received, 1U);
    m.expectAllAccountedFor();
}

TEST(Sockets, TheOnlySocketOfAGroupIsFoundEarly) {
    for (const bool two : {false, true}) {
        NetMachine m;
        m.addReader("a", 0, 5000, 0);
        m.scenario.sockets[0].groups = {*IpAddr::parse("224.1.2.3")};
        if (two) {
            m.addReader("b", 0, 5000, 0);
            m.scenario.sockets[1].address = *IpAddr::parse("224.1.2.3");
        }
        m.send(kMillisecond, toGroup(m, "224.1.2.3"));
        m.start();
        m.runToEnd();
        EXPECT_EQ(calls(m, "__udp4_lib_mcast_deliver"), two ? 1 : 0);
        EXPECT_EQ(calls(m, "udp_unicast_rcv_skb"), two ? 0 : 1);
        EXPECT_EQ(m.task("a").received, 1U);
        EXPECT_EQ(m.counters().ip.InMcastPkts, 1U);
        EXPECT_EQ(m.counters().ip.InMcastOctets, 128U);
        m.expectAllAccountedFor();
    }
}

TEST(Sockets, ABoundDeviceHearsOnlyItsOwn) {
    for (const char* device : {"eth0", "eth1", ""}) {
        SCOPED_TRACE(device);
        NetMachine m;
        NicSpec other = m.scenario.nics[0];
        other.name = "eth1";
        other.addresses = {{*IpAddr::parse("10.1.0.1"), 24}};
        m.scenario.nics.push_back(other);
        m.addReader("reader", 0, 5000, 0);
        m.scenario.sockets[0].device = device;
        m.addDatagram(kMillisecond, 5000);  // comes by eth0
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.task("reader").received, std::string(device) == "eth1" ? 0U : 1U);
    }
}

TEST(Sockets, ABoundDeviceScoresMore) {
    NetMachine m;
    m.addReader("device", 0, 5000, 0);
    m.addReader("any", 0, 5000, 0);
    m.scenario.sockets[0].device = "eth0";
    m.addDatagram(kMillisecond, 5000);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.task("device").received, 1U);
    // asked once for each socket that scored better than those before
    EXPECT_EQ(calls(m, "inet_lookup_reuseport"), 2);
}

TEST(Sockets, AWorseSocketIsNotAsked) {
    NetMachine m;
    m.addReader("any", 0, 5000, 0);
    m.addReader("device", 0, 5000, 0);
    m.scenario.sockets[1].device = "eth0";  // bound last, so it is looked at first
    m.addDatagram(kMillisecond, 5000);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.task("device").received, 1U);
    EXPECT_EQ(calls(m, "inet_lookup_reuseport"), 1);
}

TEST(Sockets, ASharedPortSpreadsSendersAndKeepsThem) {
    for (const bool v6 : {false, true}) {
        NetMachine m;
        for (const char* name : {"a", "b", "c"}) {
            m.addReader(name, 0, 5000, 0);
            m.scenario.sockets.back().reuseport = true;
            m.scenario.sockets.back().version = v6 ? 6 : 4;
        }
        Time at = 0;
        for (int round = 0; round < 2; ++round) {
            for (std::uint16_t sender = 1; sender <= 30; ++sender) {
                UdpSpec udp = NetMachine::udp();
                udp.source = sender;
                m.send(at += kMillisecond, udpFrame(v6 ? m.frame6() : m.frame(), udp));
            }
        }
        m.start();
        m.runToEnd();
        std::uint64_t all = 0;
        for (const char* name : {"a", "b", "c"}) {
            const std::uint64_t got = m.task(name).received;
            EXPECT_GT(got, 0U);
            EXPECT_EQ(got % 2, 0U) << "a sender's second datagram went elsewhere";
            all += got;
        }
        EXPECT_EQ(all, 60U);
        m.expectAllAccountedFor();
    }
}

TEST(Sockets, PortsOfTwoKindsAreNoGroup) {
    NetMachine m;
    m.addReader("shared", 0, 5000, 0);
    m.addReader("alone", 0, 5001, 0);
    m.scenario.sockets[0].reuseport = true;
    for (int i = 1; i <= 4; ++i) m.addDatagram(i * kMillisecond, i % 2 ? 5000 : 5001);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.task("shared").received, 2U);
    EXPECT_EQ(m.task("alone").received, 2U);
}

TEST(Handlers, AreWhatTheWorldSays) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    m.addDatagram(kMillisecond, 5000);
    m.start();
    // take UDP's handler away: the packet has nobody
    std::vector<NetProtocol>& protocols = m.world.machine().inet_protos.write();
    std::erase_if(protocols, [](const NetProtocol& p) { return p.protocol == IPPROTO_UDP; });
    m.runToEnd();
    EXPECT_EQ(m.dropOf(1), "IP_NOPROTO@ip_protocol_deliver_rcu");
}

TEST(Handlers, APacketGoesToEachThatWantsItsType) {
    for (const std::int32_t dev : {0, 2, 3}) {
        NetMachine m;
        m.scenario.nics.push_back(m.scenario.nics[0]);  // ifindex 3
        m.scenario.nics[1].name = "eth1";
        m.scenario.nics[1].mac = *MacAddr::parse("52:54:00:12:34:57");
        m.scenario.nics[1].irq = 11;
        m.scenario.nics[1].addresses = {{*IpAddr::parse("10.0.1.1"), 24}};
        m.addReader("reader", 0, 5000, 0);
        m.addDatagram(kMillisecond, 5000);
        m.start();
        // a second handler of IPv4: for all devices it stands before the first, for one behind it. Every handler but
        // the last gets a reference, and IP takes a clone of what it shares
        devAddPack(m.world.machine(), 0, PacketHandler{ETH_P_IP, dev, fn::dst_discard_out, {}});
        m.runToEnd();
        EXPECT_EQ(calls(m, "dst_discard_out"), dev == 3 ? 0 : 1);
        EXPECT_EQ(calls(m, "ip_rcv"), dev == 2 ? 1 : 0);
        EXPECT_EQ(calls(m, "skb_clone"), dev == 2 ? 1 : 0);
        EXPECT_EQ(m.task("reader").received, 1U);
        m.expectAllAccountedFor();
    }
}

TEST(Handlers, TapsSeeEveryPacketOnce) {
    for (const std::int32_t dev : {0, 2}) {
        for (const bool tagged : {false, true}) {
            NetMachine m;
            m.addReader("reader", 0, 5000, 0);
            FrameSpec frame = m.frame();
            if (tagged) frame.vlan = {0};  // a priority tag: IP gets it all the same
            m.send(kMillisecond, udpFrame(frame, NetMachine::udp()));
            ByteVector unknown = udpFrame(m.frame(), NetMachine::udp());
            storeBe16(&unknown[12], 0x88b5);
            m.send(2 * kMillisecond, unknown);
            m.start();
            devAddPack(m.world.machine(), 0, PacketHandler{ETH_P_ALL, dev, fn::dst_discard_out, {}});
            devAddPack(m.world.machine(), 0, PacketHandler{ETH_P_ALL, 0, fn::dst_discard_out, {}});
            m.runToEnd();
            EXPECT_EQ(calls(m, "dst_discard_out"), 4);
            EXPECT_EQ(m.task("reader").received, 1U);
            // where only taps want it the last of them frees it, and the device does not count it as lost
            EXPECT_EQ(m.dropOf(2), "NOT_SPECIFIED@dst_discard_out");
            EXPECT_EQ(m.world.net().devices[0]->stats.rx_dropped, 0U);
            m.expectAllAccountedFor();
        }
    }
}

}  // namespace
}  // namespace ringside::test
