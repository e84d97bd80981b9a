// Who talks in a capture, and which host is "ours".
#include "engine/capture/census.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pcap/pcap.h>

#include "engine/capture/capture.h"
#include "engine/capture/census_counter.h"
#include "tests/capture/capture_files.h"

namespace ringside {
namespace {

using testing::ElementsAre;

const char* const kHost = "192.0.2.2";

ByteVector udpBetween(const std::string& src, const std::string& dst, std::uint16_t dport, const char* srcMac = nullptr,
                      const char* dstMac = nullptr) {
    FrameSpec f;
    f.src = *IpAddr::parse(src);
    f.dst = *IpAddr::parse(dst);
    if (srcMac != nullptr) f.srcMac = *MacAddr::parse(srcMac);
    if (dstMac != nullptr) f.dstMac = *MacAddr::parse(dstMac);
    UdpSpec u;
    u.source = 40000;
    u.dest = dport;
    u.payload.resize(30);
    return udpFrame(f, u);
}

// Frames are added both through the counter and one by one: the two must agree.
class Census : public testing::Test {
  protected:
    void add(ByteView bytes, int linktype = DLT_EN10MB) {
        PacketView v;
        v.number = ++m_number;
        v.caplen = v.len = static_cast<std::uint32_t>(bytes.size());
        v.linktype = linktype;
        v.data = bytes;
        m_counter.add(v);
        m_slow.add(v.number, decodePacket(v));
    }
    AddressCensus census() {
        AddressCensus fast = m_counter.take();
        const auto a = fast.addresses();
        const auto b = m_slow.addresses();
        EXPECT_EQ(a.size(), b.size());
        for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
            EXPECT_EQ(a[i].address, b[i].address);
            EXPECT_EQ(a[i].sent, b[i].sent);
            EXPECT_EQ(a[i].received, b[i].received);
            EXPECT_EQ(a[i].first, b[i].first);
        }
        EXPECT_EQ(fast.guessHost(), m_slow.guessHost());
        return fast;
    }
    std::string guess() {
        const auto host = census().guessHost();
        return host ? host->toString() : "nobody";
    }

  private:
    std::uint64_t m_number = 0;
    CensusCounter m_counter;
    AddressCensus m_slow;
};

TEST_F(Census, CountsSentAndReceived) {
    for (int i = 0; i < 3; ++i) add(udpBetween("192.0.2.1", kHost, 5000));
    add(udpBetween(kHost, "192.0.2.1", 40000));
    add(udpBetween("192.0.2.9", kHost, 5000));
    const auto rows = census().addresses();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].address.toString(), kHost);
    EXPECT_EQ(rows[0].sent, 1U);
    EXPECT_EQ(rows[0].received, 4U);
    EXPECT_EQ(rows[1].address.toString(), "192.0.2.1");
    EXPECT_EQ(rows[2].first, 5U);
}

TEST_F(Census, NobodyIsGuessedWithoutUnicastAddresses) {
    EXPECT_EQ(guess(), "nobody");
    add(udpBetween("0.0.0.0", "255.255.255.255", 67));
    EXPECT_EQ(guess(), "nobody");
}

TEST_F(Census, TheHostIsInMostPackets) {
    for (int i = 1; i < 9; ++i) add(udpBetween("198.51.100." + std::to_string(i), kHost, 53));
    EXPECT_EQ(guess(), kHost);
}

TEST_F(Census, OfTwoTheReceiverIsTheHost) {
    add(udpBetween("192.0.2.1", kHost, 5000));
    EXPECT_EQ(guess(), kHost);
}

TEST_F(Census, OfEqualsThePrivateAddressIsTheHost) {
    add(udpBetween("10.1.2.3", "203.0.113.5", 53));
    add(udpBetween("203.0.113.5", "10.1.2.3", 40000));
    EXPECT_EQ(guess(), "10.1.2.3");
}

TEST_F(Census, OfEqualsTheOneOfTheLinkAloneIsTheHost) {
    add(udpBetween("203.0.113.5", "169.254.7.7", 53));
    add(udpBetween("169.254.7.7", "203.0.113.5", 40000));
    EXPECT_EQ(guess(), "169.254.7.7");
}

TEST_F(Census, OfEqualsTheOneWhoSpokeFirstIsTheHost) {
    add(udpBetween("192.0.2.1", "192.0.2.9", 53));
    add(udpBetween("192.0.2.9", "192.0.2.1", 40000));
    EXPECT_EQ(guess(), "192.0.2.1");
}

TEST_F(Census, GroupsAreNeverTheHost) {
    for (int i = 0; i < 5; ++i) add(udpBetween("192.0.2.1", "224.0.0.251", 5353));
    EXPECT_EQ(guess(), "192.0.2.1");
}

TEST_F(Census, ACookedHeaderTellsTheHost) {
    // 203.0.113.5 receives more, but the packets from 10.1.2.3 are marked as outgoing.
    const ByteVector frame = udpBetween("10.1.2.3", "203.0.113.5", 53);
    FileBytes f(ByteOrder::big);
    f.u16(4).u16(1).u16(6).raw(ByteVector(8)).u16(ETH_P_IP).raw(ByteView(frame).subspan(ETH_HLEN));
    add(f.bytes(), DLT_LINUX_SLL);
    add(f.bytes(), DLT_LINUX_SLL);
    EXPECT_EQ(guess(), "10.1.2.3");
}

// An SLL2 packet as `tcpdump -i any` writes it; hatype 772 is the loopback device.
ByteVector any(std::uint8_t pkttype, const std::string& src, const std::string& dst, std::uint16_t hatype = 1) {
    const ByteVector frame = udpBetween(src, dst, 53);
    FileBytes f(ByteOrder::big);
    f.u16(ETH_P_IP).u16(0).u32(hatype == 1 ? 2 : 1).u16(hatype).raw(ByteVector{pkttype, 6, 2, 0, 0, 0, 0, 9, 0, 0});
    return f.raw(ByteView(frame).subspan(ETH_HLEN)).bytes();
}

TEST_F(Census, WhatGoesOverTheLoopbackDeviceDoesNotTellTheHost) {
    for (int i = 0; i < 10; ++i) add(any(0, "127.0.0.1", "127.0.0.1", 772), DLT_LINUX_SLL2);
    for (int i = 0; i < 3; ++i) add(any(0, "10.0.0.9", "10.0.0.1"), DLT_LINUX_SLL2);
    for (int i = 0; i < 3; ++i) add(any(4, "10.0.0.1", "10.0.0.9"), DLT_LINUX_SLL2);
    EXPECT_EQ(guess(), "10.0.0.1");
}

TEST_F(Census, WithNothingButLoopbackThatIsTheHost) {
    add(any(0, "127.0.0.1", "127.0.0.1", 772), DLT_LINUX_SLL2);
    EXPECT_EQ(guess(), "127.0.0.1");
}

TEST_F(Census, ASecondAddressThatTheKernelCalledItsOwnIsOurs) {
    for (int i = 0; i < 3; ++i) add(any(0, "10.0.0.9", "10.0.0.1"), DLT_LINUX_SLL2);
    add(any(0, "192.168.1.7", "192.168.1.1"), DLT_LINUX_SLL2);
    // forwarded: came to our card, left it again
    add(any(0, "10.0.0.9", "203.0.113.5"), DLT_LINUX_SLL2);
    add(any(4, "10.0.0.9", "203.0.113.5"), DLT_LINUX_SLL2);
    const AddressCensus c = census();
    std::vector<std::string> found;
    for (const IpAddr& a : c.hostAddresses(*IpAddr::parse("10.0.0.1"))) found.push_back(a.toString());
    EXPECT_THAT(found, ElementsAre("10.0.0.1", "192.168.1.1"));
    // A host that is not the capturing one has only itself.
    EXPECT_EQ(c.hostAddresses(*IpAddr::parse("10.0.0.9")).size(), 1U);
}

TEST_F(Census, TheHostsOtherFamilyIsFoundByItsEthernetAddress) {
    const char* const host = "52:54:00:12:34:56";
    const char* const other = "02:00:00:00:00:01";
    add(udpBetween("192.0.2.1", kHost, 53, other, host));
    add(udpBetween("192.0.2.77", kHost, 53, other, host));
    add(udpBetween("2001:db8::1", "2001:db8::2", 53, other, host));
    add(udpBetween("fe80::1", "2001:db8::1", 53, host, other));
    const AddressCensus c = census();
    std::vector<std::string> found;
    for (const IpAddr& a : c.hostAddresses(*IpAddr::parse(kHost))) found.push_back(a.toString());
    EXPECT_THAT(found, ElementsAre(kHost, "2001:db8::2", "fe80::1"));
    EXPECT_EQ(c.find(*IpAddr::parse(kHost))->mac.toString(), host);
}

TEST_F(Census, PortsOfTheHostAndOfGroups) {
    add(udpBetween("192.0.2.1", kHost, 5001));
    add(udpBetween("192.0.2.1", kHost, 53));
    add(udpBetween("192.0.2.1", kHost, 53));
    add(udpBetween("192.0.2.1", "224.0.0.251", 5353));
    add(udpBetween("192.0.2.1", "192.0.2.3", 9999));
    const AddressCensus c = census();
    EXPECT_THAT(c.udpPortsTo({*IpAddr::parse(kHost)}), ElementsAre(53, 5001, 5353));
    const auto ports = c.portsTo(IPPROTO_UDP, {*IpAddr::parse(kHost)});
    EXPECT_EQ(ports[0].packets, 2U);
    EXPECT_EQ(ports[0].first, 2U);
    EXPECT_TRUE(c.portsTo(IPPROTO_TCP, {*IpAddr::parse(kHost)}).empty());
}

ByteVector tcpBetween(const std::string& src, const std::string& dst, std::uint16_t sport, std::uint16_t dport,
                      std::uint8_t flags, std::uint32_t seq) {
    FrameSpec f;
    f.src = *IpAddr::parse(src);
    f.dst = *IpAddr::parse(dst);
    TcpSpec t;
    t.source = sport;
    t.dest = dport;
    t.flags = flags;
    t.seq = seq;
    return tcpFrame(f, t);
}

TEST_F(Census, APortThatRefusesIsClosed) {
    constexpr std::uint8_t kReset = TCPHDR_RST | TCPHDR_ACK, kAccept = TCPHDR_SYN | TCPHDR_ACK;
    for (const char* const ours : {kHost, "2001:db8::2"}) {
        const std::string peer = ours == kHost ? "192.0.2.1" : "2001:db8::1";
        for (const int port : {22, 23, 80, 81, 443})
            add(tcpBetween(peer, ours, 40000, static_cast<std::uint16_t>(port), TCPHDR_SYN, 1000));
        add(tcpBetween(ours, peer, 23, 40000, kReset, 0));
        add(tcpBetween(ours, peer, 80, 40000, kAccept, 0));
        add(tcpBetween(ours, peer, 81, 40000, kReset, 0));
        add(tcpBetween(ours, peer, 81, 40000, kAccept, 7));   // at another time
        add(tcpBetween(ours, peer, 443, 40000, kReset, 1));   // a connection that is given up
        add(tcpBetween(ours, peer, 9999, 40000, kReset, 0));  // nobody asked
    }
    const AddressCensus c = census();
    for (const char* const ours : {kHost, "2001:db8::2"}) {
        std::vector<std::uint16_t> all, closed;
        for (const PortUse& use : c.portsTo(IPPROTO_TCP, {*IpAddr::parse(ours)})) {
            all.push_back(use.port);
            if (use.closed()) closed.push_back(use.port);
        }
        EXPECT_THAT(all, ElementsAre(22, 23, 80, 81, 443));
        EXPECT_THAT(closed, ElementsAre(23));
    }
}

TEST_F(Census, TheEthernetAddressIsTheOneOfMostPackets) {
    const char* const often = "02:00:00:00:00:01";
    const char* const once = "02:00:00:00:00:07";
    // Two ports: neither alone has more packets than the other Ethernet address, together they do.
    for (const std::uint16_t port : {std::uint16_t{53}, std::uint16_t{54}}) {
        for (int i = 0; i < 2; ++i) add(udpBetween("192.0.2.1", kHost, port, often));
    }
    for (int i = 0; i < 3; ++i) add(udpBetween("192.0.2.1", kHost, 55, once));
    EXPECT_EQ(census().find(*IpAddr::parse("192.0.2.1"))->mac.toString(), often);
}

TEST_F(Census, PortsThatShareAPlaceInTheCacheAreToldApart) {
    for (std::uint32_t port = 1; port <= 5000; ++port) {
        add(udpBetween("192.0.2.1", kHost, static_cast<std::uint16_t>(port)));
    }
    EXPECT_EQ(census().udpPortsTo({*IpAddr::parse(kHost)}).size(), 5000U);
}

TEST_F(Census, ManyConversationsAreCountedRightly) {
    std::uint64_t sum = 0;
    for (int i = 0; i < 6000; ++i) {
        add(udpBetween("198.51." + std::to_string(i % 97) + "." + std::to_string(i % 251), kHost,
                       static_cast<std::uint16_t>(1 + i % 13)));
    }
    const AddressCensus c = census();
    for (const PortUse& p : c.portsTo(IPPROTO_UDP, {*IpAddr::parse(kHost)})) sum += p.packets;
    EXPECT_EQ(sum, 6000U);
    EXPECT_EQ(c.find(*IpAddr::parse(kHost))->received, 6000U);
    EXPECT_EQ(c.uncounted(), 0U);
}

TEST_F(Census, AScanFromTooManyAddressesIsBounded) {
    AddressCensus c;
    AddressCensus::Flow flow;
    flow.dst = *IpAddr::parse(kHost);
    for (std::uint32_t i = 0; i < 70000; ++i) {
        flow.src = IpAddr::of(Ipv4Addr{0x0b000000 + i});
        c.add(flow);
    }
    EXPECT_EQ(c.addresses().size(), 65536U);
    EXPECT_EQ(c.uncounted(), 70000U - 65535U);
    EXPECT_EQ(c.guessHost()->toString(), kHost);
}

TEST(DirectionOf, IsSeenFromTheHost) {
    const std::vector<IpAddr> host{*IpAddr::parse(kHost)};
    const auto direction = [&host](const std::string& src, const std::string& dst) {
        const ByteVector frame = udpBetween(src, dst, 1);
        PacketView v;
        v.caplen = v.len = static_cast<std::uint32_t>(frame.size());
        v.data = frame;
        return directionOf(decodePacket(v), host);
    };
    EXPECT_EQ(direction("192.0.2.1", kHost), PacketDirection::toHost);
    EXPECT_EQ(direction(kHost, "192.0.2.1"), PacketDirection::fromHost);
    EXPECT_EQ(direction(kHost, kHost), PacketDirection::toHost);
    EXPECT_EQ(direction("192.0.2.1", "224.0.0.1"), PacketDirection::toGroup);
    EXPECT_EQ(direction("192.0.2.1", "192.0.2.3"), PacketDirection::elsewhere);
}

}  // namespace
}  // namespace ringside
