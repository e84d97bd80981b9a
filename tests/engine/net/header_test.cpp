// Every check on the way that can drop a packet: the reason, the function that gives it, the counter it moves.
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

constexpr std::size_t kIp = 14, kUdp = 34;

/// A datagram whose bytes `change` spoils; the IP checksum is right again afterwards if `sum`.
std::vector<std::uint8_t> spoilt(const NetMachine& m, const std::function<void(std::vector<std::uint8_t>&)>& change,
                                 bool sum = true, std::size_t payload = 100) {
    std::vector<std::uint8_t> bytes = udpFrame(m.frame(), NetMachine::udp(5000, payload));
    change(bytes);
    if (sum) setIpChecksum(bytes, kIp);
    return bytes;
}

struct Spoilt {
    const char* name;
    std::function<void(std::vector<std::uint8_t>&)> change;
    bool sum;
    const char* drop;
    std::uint64_t IpCounters::*counter;
};

TEST(Headers, EachIpCheckNamesItsReason) {
    const std::vector<Spoilt> cases{
        {"version 5", [](auto& b) { b[kIp] = 0x55; }, true, "IP_INHDR@ip_rcv_core", &IpCounters::InHdrErrors},
        {"header of 16 bytes", [](auto& b) { b[kIp] = 0x44; }, true, "IP_INHDR@ip_rcv_core", &IpCounters::InHdrErrors},
        {"header longer than the packet",
         [](auto& b) {
             b[kIp] = 0x4f;
             b.resize(kIp + 50);
         },
         false, "IP_INHDR@ip_rcv_core", &IpCounters::InHdrErrors},
        {"bad checksum", [](auto& b) { b[kIp + 10] ^= 1; }, false, "IP_CSUM@ip_rcv_core", &IpCounters::InCsumErrors},
        {"total length past the frame", [](auto& b) { b[kIp + 2] = 4; }, true, "PKT_TOO_SMALL@ip_rcv_core",
         &IpCounters::InTruncatedPkts},
        {"total length below the header",
         [](auto& b) {
             b[kIp + 2] = 0;
             b[kIp + 3] = 19;
         },
         true, "IP_INHDR@ip_rcv_core", &IpCounters::InHdrErrors},
        {"from our own address", [](auto& b) { b[kIp + 15] = 1; }, true, "NOT_SPECIFIED@ip_rcv_finish_core", nullptr},
        {"from a multicast address", [](auto& b) { b[kIp + 12] = 224; }, true, "NOT_SPECIFIED@ip_rcv_finish_core",
         nullptr},
        {"from 127.0.0.2", [](auto& b) { b[kIp + 12] = 127; }, true, "NOT_SPECIFIED@ip_rcv_finish_core", nullptr},
        {"to 0.0.0.1", [](auto& b) { b[kIp + 16] = 0; }, true, "NOT_SPECIFIED@ip_rcv_finish_core", nullptr},
        {"to a group nobody joined", [](auto& b) { b[kIp + 16] = 239; }, true, "NOT_SPECIFIED@ip_rcv_finish_core",
         nullptr},
        {"for another host", [](auto& b) { b[kIp + 19] = 77; }, true, "IP_INADDRERRORS@ip_error",
         &IpCounters::InAddrErrors},
        {"protocol 200", [](auto& b) { b[kIp + 9] = 200; }, true, "IP_NOPROTO@ip_protocol_deliver_rcu",
         &IpCounters::InUnknownProtos},
    };
    for (const Spoilt& c : cases) {
        SCOPED_TRACE(c.name);
        NetMachine m;
        m.addReader("reader", 0, 5000, 0);
        m.send(kMillisecond, spoilt(m, c.change, c.sum));
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.dropOf(1), c.drop);
        if (c.counter) {
            EXPECT_EQ(m.counters().ip.*c.counter, 1U);
        }
        m.expectAllAccountedFor();
        ASSERT_EQ(m.drops.size(), 1U);
        EXPECT_EQ(m.drops[0].context, Context::softirq);
        EXPECT_EQ(m.nameOfFunction(m.drops[0].function), std::string(c.drop).substr(std::string(c.drop).find('@') + 1));
    }
}

TEST(Headers, ATruncatedPacketIsNoHeaderError) {
    NetMachine m;
    m.send(kMillisecond, spoilt(m, [](auto& b) { b[kIp + 2] = 4; }));
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.counters().ip.InHdrErrors, 0U);
    EXPECT_EQ(m.counters().ip.InReceives, 1U);
    EXPECT_EQ(m.counters().ip.InOctets, 128U);
}

TEST(Headers, UdpChecks) {
    struct Case {
        const char* name;
        std::function<void(std::vector<std::uint8_t>&)> change;
        std::size_t payload;
        const char* drop;
        Context where;
        std::uint64_t csum_errors;
    };
    const std::vector<Case> cases{
        {"no socket",
         [](auto& b) {
             b[kUdp + 3] ^= 1;
             b[kUdp + 6] = b[kUdp + 7] = 0;
         },
         100, "NO_SOCKET@__udp4_lib_rcv", Context::softirq, 0},
        {"no socket, bad checksum", [](auto& b) { b[kUdp + 3] ^= 1; }, 100, "UDP_CSUM@__udp4_lib_rcv", Context::softirq,
         1},
        {"length past the packet", [](auto& b) { b[kUdp + 4] = 9; }, 100, "PKT_TOO_SMALL@__udp4_lib_rcv",
         Context::softirq, 0},
        {"length below the header",
         [](auto& b) {
             b[kUdp + 5] = 7;
             b[kUdp + 4] = 0;
         },
         100, "PKT_TOO_SMALL@__udp4_lib_rcv", Context::softirq, 0},
        // up to 76 bytes the softirq verifies, above that the reader does
        {"short, bad checksum", [](auto& b) { b[kUdp + 6] ^= 1; }, 68, "UDP_CSUM@__udp4_lib_rcv", Context::softirq, 1},
        {"long, bad checksum", [](auto& b) { b[kUdp + 6] ^= 1; }, 69, "NOT_SPECIFIED@udp_recvmsg", Context::process, 1},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.name);
        NetMachine m;
        m.addReader("reader", 0, 5000, 0);
        m.send(kMillisecond, spoilt(m, c.change, false, c.payload));
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.dropOf(1), c.drop);
        ASSERT_EQ(m.drops.size(), 1U);
        EXPECT_EQ(m.drops[0].context, c.where);
        EXPECT_EQ(m.counters().udp.InCsumErrors, c.csum_errors);
        EXPECT_EQ(m.counters().udp.NoPorts, std::string(c.name) == "no socket" ? 1U : 0U);
        EXPECT_EQ(m.counters().udp.InErrors, std::string(c.name) == "no socket" ? 0U : 1U);
        EXPECT_EQ(m.counters().icmp.OutDestUnreachs, m.counters().udp.NoPorts);
        EXPECT_EQ(m.socket().sk_rmem_alloc, 0);
        m.expectAllAccountedFor();
    }
}

TEST(Headers, ShortUdpHeader) {
    NetMachine m;
    std::vector<std::uint8_t> bytes = spoilt(m, [](auto& b) {
        b[kIp + 2] = 0;
        b[kIp + 3] = 27;
    });
    m.send(kMillisecond, bytes);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.dropOf(1), "NOT_SPECIFIED@__udp4_lib_rcv");
    EXPECT_EQ(m.counters().udp.InErrors, 1U);
}

TEST(Headers, WithoutChecksumNothingIsVerified) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    UdpSpec udp = NetMachine::udp();
    udp.noChecksum = true;
    m.send(kMillisecond, udpFrame(m.frame(), udp));
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.fate(1).fate, Fate::delivered);
    EXPECT_EQ(m.task("reader").received_bytes, 100U);
}

TEST(Headers, PaddingIsCutAndNotVerifiedByGro) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    FrameSpec frame = m.frame();
    frame.padding = Padding::toMinimum;
    m.send(kMillisecond, udpFrame(frame, NetMachine::udp(5000, 5)));
    m.start();
    ASSERT_TRUE(m.runTo("udp_gro_receive"));
    EXPECT_EQ(m.skb(m.event.skb_slot).len, 46U);
    EXPECT_EQ(m.skb(m.event.skb_slot).ip_summed, IpSummed::CHECKSUM_NONE);
    ASSERT_TRUE(m.runTo("udp_v4_early_demux"));
    EXPECT_EQ(m.skb(m.event.skb_slot).len, 33U);  // 20 + 8 + 5
    m.runToEnd();
    EXPECT_EQ(m.task("reader").received_bytes, 5U);
    EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "__skb_gro_checksum_complete"), 0);
}

TEST(Headers, WhatStandsBehindThePacketIsCut) {
    for (const bool v6 : {false, true}) {
        NetMachine m;
        m.scenario.nics[0].mtu = 9000;
        m.addReader("reader", 0, 5000, 0);
        m.scenario.sockets[0].version = v6 ? 6 : 4;
        std::vector<std::uint8_t> frame = udpFrame(v6 ? m.frame6() : m.frame(), NetMachine::udp(5000, 3000));
        frame.insert(frame.end(), 3, 0x5a);
        m.send(kMillisecond, frame);
        m.start();
        ASSERT_TRUE(m.runTo(v6 ? "ip6_input_finish" : "ip_local_deliver"));
        const SkBuff& skb = m.skb(m.event.skb_slot);
        EXPECT_EQ(skb.len + skb.data - skb.network_header, (v6 ? 40U : 20U) + 8U + 3000U);
        m.runToEnd();
        EXPECT_EQ(m.task("reader").received_bytes, 3000U);
    }
}

TEST(Headers, Ipv6Checks) {
    struct Case {
        const char* name;
        std::function<void(std::vector<std::uint8_t>&)> change;
        const char* drop;
        std::uint64_t IpCounters::*counter;
    };
    constexpr std::size_t udp = 54;
    const std::vector<Case> cases{
        {"version 4", [](auto& b) { b[kIp] = 0x45; }, "UNHANDLED_PROTO@ip6_rcv_core", &IpCounters::InHdrErrors},
        {"payload past the frame", [](auto& b) { b[kIp + 4] = 4; }, "PKT_TOO_SMALL@ip6_rcv_core",
         &IpCounters::InTruncatedPkts},
        {"from a multicast address", [](auto& b) { b[kIp + 8] = 0xff; }, "IP_INHDR@ip6_rcv_core",
         &IpCounters::InHdrErrors},
        {"to a group of this interface only",
         [](auto& b) {
             b[kIp + 24] = 0xff;
             b[kIp + 25] = 1;
         },
         "IP_INHDR@ip6_rcv_core", &IpCounters::InHdrErrors},
        {"to a group nobody joined",
         [](auto& b) {
             b[kIp + 24] = 0xff;
             b[kIp + 25] = 2;
         },
         "NOT_SPECIFIED@ip6_mc_input", &IpCounters::InMcastPkts},
        {"for another host of the subnet", [](auto& b) { b[kIp + 39] = 9; }, "NOT_SPECIFIED@ip6_forward",
         &IpCounters::InAddrErrors},
        {"for nowhere", [](auto& b) { b[kIp + 24] = 0x30; }, "IP_INNOROUTES@ip6_pkt_drop", &IpCounters::InNoRoutes},
        {"protocol 200", [](auto& b) { b[kIp + 6] = 200; }, "IP_NOPROTO@ip6_protocol_deliver_rcu",
         &IpCounters::InUnknownProtos},
        {"no next header", [](auto& b) { b[kIp + 6] = 59; }, "NOT_SPECIFIED@dst_discard_out", &IpCounters::InDelivers},
        {"checksum 0", [](auto& b) { b[udp + 6] = b[udp + 7] = 0; }, "UDP_CSUM@__udp6_lib_rcv", nullptr},
        {"bad checksum", [](auto& b) { b[udp + 6] ^= 1; }, "NOT_SPECIFIED@udpv6_recvmsg", nullptr},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.name);
        NetMachine m;
        m.addReader("reader", 0, 5000, 0);
        m.scenario.sockets[0].version = 6;
        std::vector<std::uint8_t> bytes = udpFrame(m.frame6(), NetMachine::udp());
        c.change(bytes);
        m.send(kMillisecond, bytes);
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.dropOf(1), c.drop);
        EXPECT_EQ(c.counter ? m.counters().ip6.*c.counter : m.counters().udp6.InCsumErrors, 1U);
        m.expectAllAccountedFor();
    }
}

TEST(Headers, SourceValidation) {
    struct Case {
        const char* name;
        std::uint8_t filter;
        const char* source;
        const char* end;  // nullptr: it passes
    };
    for (const Case& c : {
             Case{"no route back, off", 0, "192.0.2.1", nullptr},
             Case{"no route back, strict", 1, "192.0.2.1", "IP_RPFILTER"},
             Case{"no route back, loose", 2, "192.0.2.1", "IP_RPFILTER"},
             Case{"by another device, strict", 1, "10.1.0.2", "IP_RPFILTER"},
             Case{"by another device, loose", 2, "10.1.0.2", nullptr},
             Case{"the broadcast address, off", 0, "10.0.0.255", nullptr},
             Case{"the broadcast address, strict", 1, "10.0.0.255", "NOT_SPECIFIED"},
             Case{"the broadcast address, loose", 2, "10.0.0.255", "NOT_SPECIFIED"},
             Case{"our own, off", 0, "10.1.0.1", "NOT_SPECIFIED"},
             Case{"our own, loose", 2, "10.1.0.1", "NOT_SPECIFIED"},
             Case{"a neighbour, strict", 1, "10.0.0.2", nullptr},
         }) {
        SCOPED_TRACE(c.name);
        NetMachine m;
        NicSpec other = m.scenario.nics[0];
        other.name = "eth1";
        other.addresses = {{*IpAddr::parse("10.1.0.1"), 24}};
        m.scenario.nics.push_back(other);
        m.scenario.net_sysctl.rp_filter = c.filter;
        FrameSpec frame = m.frame();
        frame.src = *IpAddr::parse(c.source);
        m.send(kMillisecond, udpFrame(frame, NetMachine::udp(9)));
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.dropOf(1), c.end ? std::string(c.end) + "@ip_rcv_finish_core" : "NO_SOCKET@__udp4_lib_rcv");
        EXPECT_EQ(m.counters().ext.IPReversePathFilter, c.end && std::string(c.end) == "IP_RPFILTER" ? 1U : 0U);
        // a list whose only packet was a martian goes on empty
        EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "ip_sublist_rcv_finish"), 1);
    }
}

TEST(Headers, ANeighbourIsToldFromASenderBehindAGateway) {
    NetMachine m;
    m.scenario.net_sysctl.rp_filter = 1;
    RouteSpec route;
    route.to.network = *IpAddr::parse("192.0.2.0");
    route.to.prefix_length = 24;
    route.via = *IpAddr::parse("10.0.0.254");
    m.scenario.routes.push_back(route);
    m.start();
    const auto from = [&](const char* source) {
        const SkbId skb = m.call(fn::__alloc_skb, 144U);
        m.call(fn::skb_put, skb, iphdr::kSize);
        SkBuff& s = m.world.machine().skbs.write(skb);
        s.network_header = 0;
        IpAddr::parse(source)->v4().store(m.world.machine().buffers.write(s.head).bytes.write().data() + 12);
        const std::int32_t result = m.call(fn::fib_validate_source, skb, 2);
        m.call(fn::consume_skb, skb);
        return result;
    };
    EXPECT_EQ(from("10.0.0.2"), 1);
    EXPECT_EQ(from("192.0.2.1"), 0);
    EXPECT_LT(from("198.51.100.1"), 0);
}

TEST(Headers, CongestionBitsAreCounted) {
    for (const bool v6 : {false, true}) {
        NetMachine m;
        for (std::uint8_t tos = 0; tos < 10; ++tos) {  // 3, 3, 2 and 2 of the four
            FrameSpec frame = v6 ? m.frame6() : m.frame();
            frame.tos = tos;
            m.send(kMillisecond * (tos + 1), udpFrame(frame, NetMachine::udp(9)));
        }
        m.start();
        m.runToEnd();
        const IpCounters& ip = v6 ? m.counters().ip6 : m.counters().ip;
        EXPECT_EQ(ip.InNoECTPkts, 3U);
        EXPECT_EQ(ip.InECT1Pkts, 3U);
        EXPECT_EQ(ip.InECT0Pkts, 2U);
        EXPECT_EQ(ip.InCEPkts, 2U);
    }
}

}  // namespace
}  // namespace ringside::test
