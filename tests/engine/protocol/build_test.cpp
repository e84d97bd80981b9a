// Frames that are built: their bytes, checksums and fragments; and the layout that is read off them.
#include "engine/protocol/build.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/protocol/checksum.h"
#include "engine/protocol/layout.h"

namespace ringside {
namespace {

FrameSpec spec(const char* src = "192.0.2.1", const char* dst = "192.0.2.2") {
    FrameSpec f;
    f.srcMac = *MacAddr::parse("02:00:00:00:00:01");
    f.dstMac = *MacAddr::parse("52:54:00:12:34:56");
    f.src = *IpAddr::parse(src);
    f.dst = *IpAddr::parse(dst);
    return f;
}

UdpSpec udp(std::size_t payload) {
    UdpSpec u;
    u.source = 1000;
    u.dest = 2000;
    for (std::size_t i = 0; i < payload; ++i) u.payload.push_back(static_cast<std::uint8_t>(i));
    return u;
}

// 0 where the segment's checksum is right.
std::uint16_t rest(const FrameSpec& f, std::uint8_t proto, ByteView segment) {
    return csumTcpUdpMagic(f.src.v4(), f.dst.v4(), static_cast<std::uint32_t>(segment.size()), proto,
                           csumPartial(segment, 0));
}

const LayoutField* field(const LayoutLayer& layer, std::string_view name) {
    const auto at =
        std::find_if(layer.fields.begin(), layer.fields.end(), [name](const auto& f) { return f.name == name; });
    return at == layer.fields.end() ? nullptr : &*at;
}

TEST(Build, UdpFrameByHand) {
    FrameSpec f = spec();
    f.id = 0x1234;
    const ByteVector frame = udpFrame(f, udp(2));
    const ByteVector want{0x52, 0x54, 0,    0x12, 0x34, 0x56, 2,    0,    0,    0,    0,    1,    8, 0, 0x45,
                          0,    0,    0x1e, 0x12, 0x34, 0x40, 0x00, 0x40, 0x11, 0xa4, 0x97, 0xc0, 0, 2, 1,
                          0xc0, 0,    2,    2,    3,    0xe8, 7,    0xd0, 0,    0x0a, 0x70, 0x1d, 0, 1};
    EXPECT_EQ(frame, want);
    EXPECT_EQ(ipFastCsum(ByteView(frame).subspan(14, 20)), 0);
    EXPECT_EQ(rest(f, IPPROTO_UDP, ByteView(frame).subspan(34)), 0);
}

TEST(Build, OneChecksumAtATimeCanBeWrong) {
    FrameSpec f = spec();
    const auto wrong = [&f](const ByteVector& frame) {
        return std::pair(ipFastCsum(ByteView(frame).subspan(14, 20)) != 0,
                         rest(f, IPPROTO_UDP, ByteView(frame).subspan(34)) != 0);
    };
    f.corrupt = Corrupt::ipChecksum;
    EXPECT_EQ(wrong(udpFrame(f, udp(9))), std::pair(true, false));
    f.corrupt = Corrupt::transportChecksum;
    EXPECT_EQ(wrong(udpFrame(f, udp(9))), std::pair(false, true));
}

TEST(Build, AUdpChecksumOfZeroIsSentAsOnes) {
    // The payload makes the sum come out as 0xffff: what is sent must not be 0, which means "none".
    const FrameSpec f = spec();
    UdpSpec u = udp(2);
    u.payload = {0, 0};
    const std::uint16_t check = loadBe16(&udpFrame(f, u)[40]);
    storeBe16(u.payload.data(), check);
    EXPECT_EQ(loadBe16(&udpFrame(f, u)[40]), 0xffff);
}

TEST(Build, TcpOptionsFillWords) {
    TcpSpec t;
    t.flags = TCPHDR_SYN;
    t.options = {2, 4, 5, 0xb4, 1};
    t.payload = {9};
    const ByteVector frame = tcpFrame(spec(), t);
    EXPECT_EQ(frame.size(), 14U + 20 + 20 + 8 + 1);
    EXPECT_EQ(tcphdr::load(&frame[34]).headerLength(), 28U);
    EXPECT_EQ(rest(spec(), IPPROTO_TCP, ByteView(frame).subspan(34)), 0);
}

TEST(Build, EchoIsOfTheAddressesFamily) {
    EchoSpec e;
    e.id = 7;
    e.sequence = 3;
    const ByteVector four = echoFrame(spec(), e);
    EXPECT_EQ(four[34], ICMP_ECHO);
    EXPECT_EQ(csumFold(csumPartial(ByteView(four).subspan(34), 0)), 0);
    EXPECT_EQ(loadBe32(&four[38]), 0x00070003U);
    const FrameSpec six = spec("2001:db8::1", "2001:db8::2");
    const ByteVector frame = echoFrame(six, e);
    EXPECT_EQ(frame[54], ICMPV6_ECHO_REQUEST);
    EXPECT_EQ(csumIpv6Magic(six.src.v6(), six.dst.v6(), 8, IPPROTO_ICMPV6, csumPartial(ByteView(frame).subspan(54), 0)),
              0);
}

TEST(Build, ArpIsBroadcastAndCanBePadded) {
    ArpSpec a;
    a.padding = Padding::toMinimum;
    a.addresses.ar_tip = *Ipv4Addr::parse("192.0.2.2");
    const ByteVector frame = arpFrame(a);
    EXPECT_EQ(frame.size(), ETH_ZLEN);
    EXPECT_TRUE(ethhdr::load(frame.data()).h_dest.isBroadcast());
    EXPECT_EQ(ethhdr::load(frame.data()).h_proto, ETH_P_ARP);
    EXPECT_EQ(arp_addresses::load(&frame[22]).ar_tip.toString(), "192.0.2.2");
}

TEST(Build, FragmentsPutTogetherAreTheDatagram) {
    const ByteVector whole = udpFrame(spec(), udp(4000));
    const std::vector<ByteVector> pieces = ipv4Fragments(whole, 1500);
    ASSERT_EQ(pieces.size(), 3U);
    ByteVector data;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const iphdr h = iphdr::load(&pieces[i][14]);
        EXPECT_LE(h.tot_len, 1500);
        EXPECT_EQ(h.fragmentOffset(), data.size());
        EXPECT_EQ((h.frag_off & IP_MF) != 0, i < 2);
        EXPECT_EQ(ipFastCsum(ByteView(pieces[i]).subspan(14, 20)), 0);
        data.insert(data.end(), pieces[i].begin() + 34, pieces[i].end());
    }
    EXPECT_TRUE(std::equal(data.begin(), data.end(), whole.begin() + 34, whole.end()));
    EXPECT_EQ(ipv4Fragments(whole, 4028).size(), 1U);
}

TEST(Layout, NamesEveryByteOfAUdpFrame) {
    FrameSpec f = spec();
    f.vlan = {0x6005};
    const ByteVector frame = udpFrame(f, udp(4));
    const auto layers = layoutFrom(HeaderKind::ethernet, frame);
    ASSERT_EQ(layers.size(), 4U);
    EXPECT_EQ(layers[0].name, "ethhdr");
    EXPECT_EQ(layers[1].name, "vlan_hdr");
    EXPECT_EQ(layers[2].name, "iphdr");
    EXPECT_EQ(layers[3].name, "udphdr");
    EXPECT_EQ(field(layers[0], "h_proto")->text, "ETH_P_8021Q");
    EXPECT_EQ(field(layers[1], "h_vlan_TCI")->text, "pcp 3, dei 0, vid 5");
    EXPECT_EQ(field(layers[2], "ihl")->text, "5 (20 bytes)");
    EXPECT_EQ(field(layers[2], "version")->value, 4U);
    EXPECT_EQ(field(layers[2], "version")->bits, 4);
    EXPECT_EQ(field(layers[2], "ihl")->bitOffset, 4);
    EXPECT_EQ(field(layers[2], "frag_off")->text, "DF, offset 0");
    EXPECT_EQ(field(layers[2], "daddr")->text, "192.0.2.2");
    EXPECT_EQ(field(layers[2], "options"), nullptr);
    EXPECT_EQ(field(layers[3], "dest")->value, 2000U);
    EXPECT_EQ(field(layers[3], "dest")->offset, 14U + 4 + 20 + 2);
    // Every bit of every header belongs to exactly one field.
    for (const LayoutLayer& layer : layers) {
        std::uint32_t next = layer.offset * 8;
        for (const LayoutField& one : layer.fields) {
            EXPECT_EQ(one.offset * 8 + one.bitOffset, next) << layer.name << "." << one.name;
            EXPECT_FALSE(one.doc.empty());
            next += one.bits;
        }
        EXPECT_EQ(next, (layer.offset + layer.length) * 8) << layer.name;
    }
}

TEST(Layout, FollowsIpv6ToTcpWithItsOptions) {
    TcpSpec t;
    t.flags = TCPHDR_SYN | TCPHDR_ACK;
    t.options = {2, 4, 5, 0xb4};
    const auto layers = layoutFrom(HeaderKind::ethernet, tcpFrame(spec("2001:db8::1", "fe80::2"), t));
    ASSERT_EQ(layers.size(), 3U);
    EXPECT_EQ(field(layers[1], "daddr")->text, "fe80::2");
    EXPECT_EQ(field(layers[1], "flow_lbl")->bits, 20);
    EXPECT_EQ(field(layers[1], "nexthdr")->text, "IPPROTO_TCP");
    EXPECT_EQ(field(layers[2], "flags")->text, "SYN ACK");
    EXPECT_EQ(field(layers[2], "options")->text, "02 04 05 b4");
    EXPECT_EQ(layers[2].length, 24U);
}

TEST(Layout, StopsAtALaterFragmentAndAtTheEndOfTheBytes) {
    const auto pieces = ipv4Fragments(udpFrame(spec(), udp(2000)), 1500);
    EXPECT_EQ(layoutFrom(HeaderKind::ethernet, pieces[0]).size(), 3U);
    EXPECT_EQ(layoutFrom(HeaderKind::ethernet, pieces[1]).size(), 2U);
    const auto cut = layoutFrom(HeaderKind::ethernet, ByteView(pieces[0]).first(24));
    ASSERT_EQ(cut.size(), 2U);
    EXPECT_TRUE(cut[1].cut);
    EXPECT_EQ(cut[1].length, 10U);
    EXPECT_EQ(cut[1].fields.back().name, "protocol");
}

TEST(Layout, ArpAndEcho) {
    ArpSpec a;
    const auto arp = layoutFrom(HeaderKind::ethernet, arpFrame(a));
    ASSERT_EQ(arp.size(), 2U);
    EXPECT_EQ(field(arp[1], "ar_op")->text, "1 (request)");
    EXPECT_EQ(field(arp[1], "ar_tip")->text, "0.0.0.0");
    const auto echo = layoutFrom(HeaderKind::ethernet, echoFrame(spec("fe80::1", "fe80::2"), {}));
    ASSERT_EQ(echo.size(), 3U);
    EXPECT_EQ(echo[2].name, "icmp6hdr");
    EXPECT_EQ(field(echo[2], "icmp6_type")->value, 128U);
}

TEST(Layout, AMessageOfTheOtherFamilyIsNotWalked) {
    const ByteVector message(8, 0);
    EXPECT_EQ(layoutFrom(HeaderKind::ethernet, ipFrame(spec(), IPPROTO_ICMPV6, message)).size(), 2U);
    EXPECT_EQ(layoutFrom(HeaderKind::ethernet, ipFrame(spec(), IPPROTO_ICMP, message)).size(), 3U);
    EXPECT_EQ(layoutFrom(HeaderKind::ethernet, ipFrame(spec("fe80::1", "fe80::2"), IPPROTO_ICMP, message)).size(), 2U);
    EXPECT_EQ(layoutFrom(HeaderKind::ethernet, ipFrame(spec("fe80::1", "fe80::2"), IPPROTO_ICMPV6, message)).size(),
              3U);
}

}  // namespace
}  // namespace ringside
