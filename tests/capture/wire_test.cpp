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

PacketView view(ByteView bytes, int linktype, std::uint32_t len = 0) {
    PacketView v;
    v.number = 1;
    v.caplen = static_cast<std::uint32_t>(bytes.size());
    v.len = len != 0 ? len : v.caplen;
    v.linktype = linktype;
    v.data = bytes;
    return v;
}

WireFrame wire(const PacketView& v) { return wireFrame(v, decodePacket(v), host()); }

std::vector<NoteKind> kinds(const WireFrame& w) {
    std::vector<NoteKind> out;
    for (const PacketNote& n : w.notes) out.push_back(n.kind);
    return out;
}

DecodedPacket again(const WireFrame& w) { return decodePacket(view(w.bytes, DLT_EN10MB)); }

TEST(WireFrame, AnEthernetFrameIsItself) {
    const ByteVector frame = numberedFrame(40);
    ASSERT_GE(frame.size(), ETH_ZLEN);
    const WireFrame w = wire(view(frame, DLT_EN10MB));
    EXPECT_EQ(w.bytes, frame);
    EXPECT_THAT(w.notes, IsEmpty());
}

TEST(WireFrame, AShortFrameIsPaddedAsItsSenderWould) {
    const ByteVector frame = numberedFrame(0);
    ASSERT_EQ(frame.size(), 46U);
    const WireFrame w = wire(view(frame, DLT_EN10MB));
    EXPECT_EQ(w.bytes.size(), ETH_ZLEN);
    EXPECT_EQ(w.bytes.back(), 0);
}

TEST(WireFrame, RawIpGetsAnEthernetHeaderToUs) {
    const ByteVector frame = numberedFrame(40);
    const WireFrame w = wire(view(ByteView(frame).subspan(ETH_HLEN), DLT_RAW));
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
    const DecodedPacket d = again(wire(view(f.bytes(), DLT_NULL)));
    EXPECT_EQ(d.eth->type, ETH_P_IP);
    EXPECT_EQ(d.udp->dport, 5000);
}

TEST(WireFrame, CookedKeepsTheSenderAndTheTag) {
    const ByteVector frame = numberedFrame(40);
    FileBytes f(ByteOrder::big);
    f.u16(0).u16(1).u16(6).raw(ByteVector{2, 0, 0, 0, 0, 9, 0, 0}).u16(ETH_P_8021Q).u16(5).u16(ETH_P_IP);
    f.raw(ByteView(frame).subspan(ETH_HLEN));
    const DecodedPacket d = again(wire(view(f.bytes(), DLT_LINUX_SLL)));
    EXPECT_EQ(d.eth->src.toString(), "02:00:00:00:00:09");
    EXPECT_THAT(d.vlan, ElementsAre(5));
    EXPECT_EQ(d.udp->dport, 5000);
}

TEST(WireFrame, CookedBroadcastIsOne) {
    FileBytes f(ByteOrder::big);
    f.u16(1).u16(1).u16(6).raw(ByteVector{2, 0, 0, 0, 0, 9, 0, 0}).u16(ETH_P_ARP);
    const ByteVector arp = arpFrame({});
    f.raw(ByteView(arp).subspan(ETH_HLEN));
    EXPECT_TRUE(again(wire(view(f.bytes(), DLT_LINUX_SLL))).eth->dst.isBroadcast());
}

TEST(WireFrame, GroupsGetTheirEthernetAddress) {
    FrameSpec spec;
    spec.src = *IpAddr::parse("192.0.2.1");
    spec.dst = *IpAddr::parse("239.129.2.3");
    UdpSpec udp;
    udp.payload.resize(40);
    const ByteVector four = udpFrame(spec, udp);
    EXPECT_EQ(again(wire(view(ByteView(four).subspan(14), DLT_RAW))).eth->dst.toString(), "01:00:5e:01:02:03");
    spec.src = *IpAddr::parse("fe80::1");
    spec.dst = *IpAddr::parse("ff02::1:ff00:1234");
    const ByteVector six = udpFrame(spec, udp);
    EXPECT_EQ(again(wire(view(ByteView(six).subspan(14), DLT_RAW))).eth->dst.toString(), "33:33:ff:00:12:34");
    spec.src = *IpAddr::parse("192.0.2.1");
    spec.dst = *IpAddr::parse("192.0.2.7");
    const ByteVector elsewhere = udpFrame(spec, udp);
    EXPECT_EQ(again(wire(view(ByteView(elsewhere).subspan(14), DLT_RAW))).eth->dst, WireAddresses{}.other);
}

TEST(WireFrame, WhatWasCutIsZerosWithAChecksumToMatch) {
    const ByteVector frame = numberedFrame(16);  // 158 bytes
    const WireFrame w = wire(view(ByteView(frame).first(60), DLT_EN10MB, static_cast<std::uint32_t>(frame.size())));
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
    const WireFrame filled = wire(view(frame, DLT_EN10MB));
    EXPECT_EQ(filled.bytes, right);
    EXPECT_THAT(kinds(filled), ElementsAre(NoteKind::checksumFilled));
    storeBe16(&frame[40], 0x1234);
    EXPECT_EQ(wire(view(frame, DLT_EN10MB)).bytes, frame);
}

TEST(WireFrame, NothingForALinkTypeThatIsNotWalked) {
    EXPECT_THAT(wire(view(ByteVector(60, 1), DLT_IEEE802_11)).bytes, IsEmpty());
}

TEST(WireFrame, EveryLengthIsSafe) {
    const ByteVector frame = numberedFrame(40);
    for (std::size_t n = 0; n < frame.size(); ++n) {
        const ByteVector cut(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(n));
        for (const int linktype : {DLT_EN10MB, DLT_RAW, DLT_NULL, DLT_LINUX_SLL, DLT_LINUX_SLL2}) {
            for (const std::uint32_t len : {std::uint32_t{1}, static_cast<std::uint32_t>(frame.size())}) {
                wire(view(cut, linktype, len));
            }
        }
    }
}

}  // namespace
}  // namespace ringside
