// What of a captured packet enters the simulated NIC.
#include "engine/capture/wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pcap/pcap.h>

#include "engine/protocol/checksum.h"
#include "tests/capture/capture_files.h"

namespace ringside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<IpAddr>& host() {
    static const std::vector<IpAddr> addresses{*IpAddr::parse("192.0.2.2")};
    return addresses;
}

WireFrame wire(const PacketView& v) { return wireFrame(v, decodePacket(v), host()); }

std::vector<NoteKind> kinds(const WireFrame& w) {
    std::vector<NoteKind> out;
    for (const PacketNote& n : w.notes) out.push_back(n.kind);
    return out;
}

DecodedPacket again(const WireFrame& w) { return decodePacket(packetView(w.bytes, DLT_EN10MB)); }

TEST(WireFrame, AnEthernetFrameIsItself) {
    const ByteVector frame = numberedFrame(40);
    ASSERT_GE(frame.size(), ETH_ZLEN);
    const WireFrame w = wire(packetView(frame, DLT_EN10MB));
    EXPECT_EQ(w.bytes, frame);
    EXPECT_THAT(w.notes, IsEmpty());
}

TEST(WireFrame, AShortFrameIsPaddedAsItsSenderWould) {
    const ByteVector frame = numberedFrame(0);
    ASSERT_EQ(frame.size(), 46U);
    const WireFrame w = wire(packetView(frame, DLT_EN10MB));
    EXPECT_EQ(w.bytes.size(), ETH_ZLEN);
    EXPECT_EQ(w.bytes.back(), 0);
}

TEST(WireFrame, RawIpGetsAnEthernetHeaderToUs) {
    const ByteVector frame = numberedFrame(40);
    const WireFrame w = wire(packetView(ByteView(frame).subspan(ETH_HLEN), DLT_RAW));
    EXPECT_THAT(kinds(w), ElementsAre(NoteKind::ethernetMade));
    const DecodedPacket d = again(w);
    EXPECT_EQ(d.eth->dst, WireAddresses{}.ours);
    EXPECT_EQ(d.eth->src, WireAddresses{}.peer);
    EXPECT_EQ(d.eth->type, ETH_P_IP);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::good);
}

TEST(WireFrame, NullLoopbackToo) {
    const ByteVector frame = numberedFrame(40);
    FileBytes f;
    f.u32(2).raw(ByteView(frame).subspan(ETH_HLEN));
    const DecodedPacket d = again(wire(packetView(f.bytes(), DLT_NULL)));
    EXPECT_EQ(d.eth->type, ETH_P_IP);
    EXPECT_EQ(d.udp->dport, 5000);
}

TEST(WireFrame, CookedKeepsTheSenderAndTheTag) {
    const ByteVector frame = numberedFrame(40);
    FileBytes f(ByteOrder::big);
    f.u16(0).u16(1).u16(6).raw(ByteVector{2, 0, 0, 0, 0, 9, 0, 0}).u16(ETH_P_8021Q).u16(5).u16(ETH_P_IP);
    f.raw(ByteView(frame).subspan(ETH_HLEN));
    const DecodedPacket d = again(wire(packetView(f.bytes(), DLT_LINUX_SLL)));
    EXPECT_EQ(d.eth->src.toString(), "02:00:00:00:00:09");
    EXPECT_THAT(d.vlan, ElementsAre(5));
    EXPECT_EQ(d.udp->dport, 5000);
}

TEST(WireFrame, CookedBroadcastIsOne) {
    FileBytes f(ByteOrder::big);
    f.u16(1).u16(1).u16(6).raw(ByteVector{2, 0, 0, 0, 0, 9, 0, 0}).u16(ETH_P_ARP);
    const ByteVector arp = arpFrame({});
    f.raw(ByteView(arp).subspan(ETH_HLEN));
    EXPECT_TRUE(again(wire(packetView(f.bytes(), DLT_LINUX_SLL))).eth->dst.isBroadcast());
}

TEST(WireFrame, GroupsGetTheirEthernetAddress) {
    FrameSpec spec;
    spec.src = *IpAddr::parse("192.0.2.1");
    spec.dst = *IpAddr::parse("239.129.2.3");
    UdpSpec udp;
    udp.payload.resize(40);
    const ByteVector four = udpFrame(spec, udp);
    EXPECT_EQ(again(wire(packetView(ByteView(four).subspan(14), DLT_RAW))).eth->dst.toString(), "01:00:5e:01:02:03");
    spec.src = *IpAddr::parse("fe80::1");
    spec.dst = *IpAddr::parse("ff02::1:ff00:1234");
    const ByteVector six = udpFrame(spec, udp);
    EXPECT_EQ(again(wire(packetView(ByteView(six).subspan(14), DLT_RAW))).eth->dst.toString(), "33:33:ff:00:12:34");
    spec.src = *IpAddr::parse("192.0.2.1");
    spec.dst = *IpAddr::parse("192.0.2.7");
    const ByteVector elsewhere = udpFrame(spec, udp);
    EXPECT_EQ(again(wire(packetView(ByteView(elsewhere).subspan(14), DLT_RAW))).eth->dst, WireAddresses{}.other);
}

TEST(WireFrame, WhatWasCutIsZerosWithAChecksumToMatch) {
    const ByteVector frame = numberedFrame(16);  // 158 bytes
    const WireFrame w =
        wire(packetView(ByteView(frame).first(60), DLT_EN10MB, static_cast<std::uint32_t>(frame.size())));
    EXPECT_EQ(w.bytes.size(), frame.size());
    EXPECT_THAT(kinds(w), ElementsAre(NoteKind::zerosFilled, NoteKind::checksumFilled));
    EXPECT_EQ(noteText(w.notes[0]), std::to_string(frame.size() - 60) + " bytes that were not kept are zeros");
    EXPECT_EQ(again(w).udp->checksumStatus, ChecksumStatus::good);
}

TEST(WireFrame, AnOffloadedChecksumIsFilledInAndAWrongOneStays) {
    ByteVector frame = numberedFrame(40);
    const ByteVector right = frame;
    const auto length = static_cast<std::uint32_t>(frame.size() - 34);
    const std::uint32_t pseudo =
        csumTcpUdpNofold(Ipv4Addr::load(&frame[26]), Ipv4Addr::load(&frame[30]), length, IPPROTO_UDP, 0);
    storeBe16(&frame[40], static_cast<std::uint16_t>(~csumFold(pseudo)));
    const WireFrame filled = wire(packetView(frame, DLT_EN10MB));
    EXPECT_EQ(filled.bytes, right);
    EXPECT_THAT(kinds(filled), ElementsAre(NoteKind::checksumFilled));
    storeBe16(&frame[40], 0x1234);
    EXPECT_EQ(wire(packetView(frame, DLT_EN10MB)).bytes, frame);
}

TEST(WireFrame, NothingForALinkTypeThatIsNotWalked) {
    EXPECT_THAT(wire(packetView(ByteVector(60, 1), DLT_IEEE802_11)).bytes, IsEmpty());
}

TEST(WireFrame, APacketToAnotherThatOurCardGotIsForUs) {
    const ByteVector frame = numberedFrame(40);
    FileBytes f(ByteOrder::big);
    f.u16(0).u16(1).u16(6).raw(ByteVector{2, 0, 0, 0, 0, 9, 0, 0}).u16(ETH_P_IP);
    f.raw(ByteView(frame).subspan(ETH_HLEN));
    const PacketView v = packetView(f.bytes(), DLT_LINUX_SLL);
    const WireFrame w = wireFrame(v, decodePacket(v), {*IpAddr::parse("198.51.100.1")});
    EXPECT_EQ(again(w).eth->dst, WireAddresses{}.ours);
}

TEST(WireFrame, APieceOfADatagramThatWasCutGoesWithoutItsChecksum) {
    FrameSpec spec;
    spec.src = *IpAddr::parse("192.0.2.1");
    spec.dst = *IpAddr::parse("192.0.2.2");
    UdpSpec udp;
    udp.payload.resize(2000);
    const auto pieces = ipv4Fragments(udpFrame(spec, udp), 1500);
    const auto len = static_cast<std::uint32_t>(pieces[0].size());
    const WireFrame cut = wire(packetView(ByteView(pieces[0]).first(100), DLT_EN10MB, len));
    EXPECT_THAT(kinds(cut), ElementsAre(NoteKind::zerosFilled, NoteKind::checksumLeftOut));
    EXPECT_EQ(again(cut).udp->checksum, 0);
    const WireFrame whole = wire(packetView(pieces[0], DLT_EN10MB));
    EXPECT_THAT(kinds(whole), IsEmpty());
    EXPECT_NE(again(whole).udp->checksum, 0);
}

OnWire what(ByteView bytes, int linktype, std::uint32_t len = 0, std::uint32_t mtu = 1500) {
    const PacketView v = packetView(bytes, linktype, len);
    return onWire(v, decodePacket(v), host(), mtu);
}

TEST(OnWireTest, EveryKind) {
    const ByteVector frame = numberedFrame(40);
    EXPECT_EQ(what(frame, DLT_EN10MB), OnWire::frame);
    EXPECT_EQ(what(ByteView(frame).first(41), DLT_EN10MB, 100), OnWire::notEnough);
    EXPECT_EQ(what(ByteVector(60, 1), DLT_IEEE802_11), OnWire::notWalked);
    const auto cooked = [&](std::uint16_t pkttype, std::uint16_t hatype) {
        FileBytes f(ByteOrder::big);
        f.u16(pkttype).u16(hatype).u16(6).raw(ByteVector{2, 0, 0, 0, 0, 9, 0, 0}).u16(ETH_P_IP);
        return what(f.raw(ByteView(frame).subspan(ETH_HLEN)).bytes(), DLT_LINUX_SLL);
    };
    EXPECT_EQ(cooked(0, 1), OnWire::frame);
    EXPECT_EQ(cooked(4, 1), OnWire::sent);  // by the kernel's word, whatever the addresses
    EXPECT_EQ(cooked(0, 772), OnWire::loopback);
    FrameSpec own;
    own.src = host().front();
    own.dst = *IpAddr::parse("192.0.2.1");
    EXPECT_EQ(what(udpFrame(own, {}), DLT_EN10MB), OnWire::sent);
}

TEST(OnWireTest, LongTcpIsAFrameOnlyWhereTheLinkTakesIt) {
    FrameSpec spec;
    spec.src = *IpAddr::parse("192.0.2.1");
    spec.dst = host().front();
    TcpSpec tcp;
    tcp.payload.resize(3000);
    const ByteVector frame = tcpFrame(spec, tcp);  // 3054 bytes: 3036 is the MTU that takes it
    EXPECT_EQ(what(frame, DLT_EN10MB), OnWire::joined);
    EXPECT_EQ(what(frame, DLT_EN10MB, 0, 3035), OnWire::joined);
    EXPECT_EQ(what(frame, DLT_EN10MB, 0, 3036), OnWire::frame);
    UdpSpec udp;
    udp.payload.resize(3000);
    EXPECT_EQ(what(udpFrame(spec, udp), DLT_EN10MB), OnWire::frame);  // a jumbo frame, which the card drops
    ByteVector small = tcpFrame(spec, {});
    tcp.payload.resize(100);
    small = tcpFrame(spec, tcp);
    EXPECT_EQ(what(small, DLT_EN10MB), OnWire::frame);
    storeBe16(&small[16], 0);
    setIpChecksum(small, 14);
    EXPECT_EQ(what(small, DLT_EN10MB, 0, 9000), OnWire::joined);  // no frame has an IP length of 0
}

TEST(WireFrame, EveryLengthIsSafe) {
    const ByteVector frame = numberedFrame(40);
    for (std::size_t n = 0; n < frame.size(); ++n) {
        const ByteVector cut(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(n));
        for (const int linktype : {DLT_EN10MB, DLT_RAW, DLT_NULL, DLT_LINUX_SLL, DLT_LINUX_SLL2}) {
            for (const std::uint32_t len : {std::uint32_t{1}, static_cast<std::uint32_t>(frame.size())}) {
                wire(packetView(cut, linktype, len));
            }
        }
    }
}

TEST(WireFrame, APieceThatWasCutBehindAMadeHeaderGoesWithoutItsChecksumToo) {
    FrameSpec spec;
    spec.src = *IpAddr::parse("192.0.2.1");
    spec.dst = *IpAddr::parse("192.0.2.2");
    UdpSpec udp;
    udp.payload.resize(2000);
    const auto pieces = ipv4Fragments(udpFrame(spec, udp), 1500);
    const ByteView packet = ByteView(pieces[0]).subspan(ETH_HLEN);
    const WireFrame cut = wire(packetView(packet.first(100), DLT_RAW, static_cast<std::uint32_t>(packet.size())));
    EXPECT_THAT(kinds(cut), ElementsAre(NoteKind::ethernetMade, NoteKind::zerosFilled, NoteKind::checksumLeftOut));
    const DecodedPacket decoded = again(cut);
    ASSERT_TRUE(decoded.udp);
    EXPECT_EQ(decoded.udp->checksum, 0);
    EXPECT_EQ(cut.bytes.size(), pieces[0].size());
}

}  // namespace
}  // namespace ringside
