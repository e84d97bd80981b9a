// Decoding of frames made here: what the public captures do not have, and the notes.
#include "engine/capture/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pcap/pcap.h>

#include "engine/capture/summary.h"
#include "engine/protocol/build.h"
#include "engine/protocol/checksum.h"
#include "tests/capture/capture_files.h"

namespace ringside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

DecodedPacket decode(ByteView bytes, int linktype = DLT_EN10MB, std::uint32_t len = 0) {
    return decodePacket(packetView(bytes, linktype, len));
}

std::vector<std::string> texts(const DecodedPacket& d) {
    std::vector<std::string> out;
    for (const PacketNote& n : d.notes) out.push_back(noteText(n));
    return out;
}

FrameSpec v4() {
    FrameSpec f;
    f.srcMac = *MacAddr::parse("02:00:00:00:00:01");
    f.dstMac = *MacAddr::parse("52:54:00:12:34:56");
    f.src = *IpAddr::parse("192.0.2.1");
    f.dst = *IpAddr::parse("192.0.2.2");
    return f;
}

FrameSpec v6() {
    FrameSpec f = v4();
    f.src = *IpAddr::parse("2001:db8::1");
    f.dst = *IpAddr::parse("2001:db8::2");
    return f;
}

UdpSpec udp(std::size_t payload = 20) {
    UdpSpec u;
    u.source = 40000;
    u.dest = 53;
    u.payload.assign(payload, 0x5a);
    return u;
}

TEST(Decode, UdpOverIpv4) {
    const DecodedPacket d = decode(udpFrame(v4(), udp()));
    ASSERT_TRUE(d.eth && d.ip && d.udp);
    EXPECT_EQ(d.eth->dst.toString(), "52:54:00:12:34:56");
    EXPECT_EQ(d.eth->type, ETH_P_IP);
    EXPECT_EQ(d.ip->src.toString(), "192.0.2.1");
    EXPECT_EQ(d.ip->checksumStatus, ChecksumStatus::good);
    EXPECT_TRUE(d.ip->df);
    EXPECT_EQ(d.udp->dport, 53);
    EXPECT_EQ(d.udp->length, 28);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::good);
    EXPECT_EQ(d.transportOffset, 34U);
    EXPECT_EQ(d.transportLength, 28U);
    EXPECT_THAT(d.notes, IsEmpty());
}

TEST(Decode, PaddingBehindTheIpPacketIsNotChecked) {
    FrameSpec f = v4();
    f.padding = Padding::toMinimum;
    ByteVector frame = udpFrame(f, udp(2));
    ASSERT_EQ(frame.size(), 60U);
    frame.back() = 0xff;
    const DecodedPacket d = decode(frame);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::good);
    EXPECT_EQ(d.transportLength, 10U);
}

TEST(Decode, WrongChecksumsAreBadAndNoted) {
    FrameSpec f = v4();
    f.corrupt = Corrupt::ipChecksum;
    EXPECT_EQ(decode(udpFrame(f, udp())).ip->checksumStatus, ChecksumStatus::bad);
    EXPECT_EQ(decode(udpFrame(f, udp())).udp->checksumStatus, ChecksumStatus::good);
    f.corrupt = Corrupt::transportChecksum;
    const DecodedPacket d = decode(udpFrame(f, udp()));
    EXPECT_EQ(d.ip->checksumStatus, ChecksumStatus::good);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::bad);
    EXPECT_THAT(texts(d),
                ElementsAre("wrong checksum; in a capture taken on the sending host this mostly means checksum "
                            "offload"));
}

TEST(Decode, ChecksumLeftToOffloadIsRecognised) {
    ByteVector frame = udpFrame(v4(), udp());
    const std::uint32_t pseudo =
        csumTcpUdpNofold(Ipv4Addr::load(&frame[26]), Ipv4Addr::load(&frame[30]), 28, IPPROTO_UDP, 0);
    storeBe16(&frame[40], static_cast<std::uint16_t>(~csumFold(pseudo)));
    const DecodedPacket d = decode(frame);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::bad);
    ASSERT_EQ(d.notes.size(), 1U);
    EXPECT_EQ(d.notes[0].kind, NoteKind::checksumOffload);
}

TEST(Decode, NoChecksumIsNoneInIpv4AndIllegalInIpv6) {
    UdpSpec u = udp();
    u.noChecksum = true;
    EXPECT_EQ(decode(udpFrame(v4(), u)).udp->checksumStatus, ChecksumStatus::none);
    EXPECT_EQ(decode(udpFrame(v6(), u)).udp->checksumStatus, ChecksumStatus::illegal);
}

TEST(Decode, ACutPacketIsUnverifiedAndSaysHowMuchIsThere) {
    const ByteVector frame = udpFrame(v4(), udp());
    const DecodedPacket d = decode(ByteView(frame).first(50), DLT_EN10MB, 62);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::unverified);
    EXPECT_EQ(d.udp->length, 28);
    EXPECT_THAT(texts(d), ElementsAre("cut by the snap length: 50 of 62 bytes were kept"));
}

TEST(Decode, ACutHeaderIsAbsentAndNoted) {
    const ByteVector frame = udpFrame(v4(), udp());
    const DecodedPacket d = decode(ByteView(frame).first(38), DLT_EN10MB, 62);
    EXPECT_TRUE(d.ip);
    EXPECT_FALSE(d.udp);
    EXPECT_THAT(texts(d),
                ElementsAre("cut by the snap length: 38 of 62 bytes were kept", "the bytes end inside a header",
                            "the capture does not hold enough of it to tell what became of it"));
    // A packet that ends there itself is no such case: the kernel saw as little.
    EXPECT_THAT(texts(decode(ByteView(frame).first(38))), testing::Contains("the bytes end inside a header"));
    EXPECT_FALSE(hasNote(decode(ByteView(frame).first(38)), NoteKind::notEnough));
}

TEST(Decode, EveryLengthOfEveryFrameIsSafe) {
    TcpSpec tcp;
    tcp.flags = TCPHDR_SYN;
    FrameSpec tagged = v4();
    tagged.vlan = {5, 6};
    ArpSpec arp;
    const std::vector<ByteVector> frames{udpFrame(v4(), udp()), udpFrame(v6(), udp()), tcpFrame(tagged, tcp),
                                         echoFrame(v6(), {}), arpFrame(arp)};
    for (const ByteVector& frame : frames) {
        for (std::size_t n = 0; n <= frame.size(); ++n) {
            // A vector of exactly n bytes, so that a sanitizer sees a read past its end.
            const ByteVector cut(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(n));
            for (const int linktype : {DLT_EN10MB, DLT_RAW, DLT_NULL, DLT_LINUX_SLL, DLT_LINUX_SLL2, DLT_LOOP}) {
                decode(cut, linktype, static_cast<std::uint32_t>(frame.size()));
            }
        }
    }
}

TEST(Decode, FragmentsHaveTransportFieldsOnlyInTheFirst) {
    const std::vector<ByteVector> pieces = ipv4Fragments(udpFrame(v4(), udp(2000)), 1500);
    ASSERT_EQ(pieces.size(), 2U);
    const DecodedPacket first = decode(pieces[0]);
    EXPECT_TRUE(first.ip->mf);
    EXPECT_EQ(first.udp->checksumStatus, ChecksumStatus::unverified);
    EXPECT_THAT(texts(first), ElementsAre("fragment at byte 0, more follow"));
    const DecodedPacket second = decode(pieces[1]);
    EXPECT_FALSE(second.udp);
    EXPECT_EQ(second.ip->fragOffset8, 185);
    EXPECT_THAT(texts(second), ElementsAre("fragment at byte 1480, the last"));
}

TEST(Decode, VlanTagsOutermostFirst) {
    FrameSpec f = v4();
    f.vlan = {0x6005, 6};  // priority 3, id 5
    const DecodedPacket d = decode(udpFrame(f, udp()));
    EXPECT_THAT(d.vlan, ElementsAre(5, 6));
    EXPECT_EQ(d.eth->type, ETH_P_8021Q);
    EXPECT_EQ(d.protocol, ETH_P_IP);
    EXPECT_EQ(d.networkOffset, 22U);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::good);
}

TEST(Decode, ATunnelsContentStaysPayload) {
    ByteVector inner = udpFrame(v4(), udp());
    const DecodedPacket d = decode(ipFrame(v4(), IPPROTO_IPIP, ByteView(inner).subspan(ETH_HLEN)));
    EXPECT_FALSE(d.udp);
    EXPECT_THAT(texts(d), ElementsAre("what IPPROTO_IPIP carries is not walked"));
}

TEST(Decode, BehindAnAuthenticationHeaderThePortsAreShown) {
    const ByteVector plain = udpFrame(v4(), udp());
    ByteVector payload{IPPROTO_UDP, 4, 0, 0};
    payload.resize(24);
    payload.insert(payload.end(), plain.begin() + 34, plain.end());
    const DecodedPacket d = decode(ipFrame(v4(), IPPROTO_AH, payload));
    EXPECT_EQ(d.ip->proto, IPPROTO_AH);
    EXPECT_EQ(d.ip->transport, IPPROTO_AH);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::good);
    EXPECT_THAT(texts(d), ElementsAre("what IPPROTO_AH carries is not walked"));
}

TEST(Decode, TcpFlagsHaveTwelveBits) {
    TcpSpec t;
    t.flags = TCPHDR_SYN | TCPHDR_ACK;
    t.options = {2, 4, 5, 0xb4};
    ByteVector frame = tcpFrame(v6(), t);
    const DecodedPacket d = decode(frame);
    EXPECT_EQ(d.tcp->flags, 0x12);
    EXPECT_EQ(d.tcp->hdrLen, 24);
    EXPECT_EQ(d.tcp->payloadLen, 0U);
    EXPECT_EQ(d.tcp->checksumStatus, ChecksumStatus::good);
    frame[14 + 40 + 12] |= 1;  // the AE bit, once NS
    EXPECT_EQ(decode(frame).tcp->flags, 0x112);
}

TEST(Decode, OrdinaryFramesAreNotOversizeAndJumboFramesAre) {
    EXPECT_THAT(decode(udpFrame(v4(), udp(1476))).notes, IsEmpty());
    FrameSpec tagged = v4();
    tagged.vlan = {1};
    EXPECT_THAT(decode(udpFrame(tagged, udp(1472))).notes, IsEmpty());
    EXPECT_THAT(texts(decode(udpFrame(v4(), udp(1477)))),
                ElementsAre("a jumbo frame of 1519 bytes: a card takes it with an MTU of 1501 or more"));
    // A second tag makes a full frame one that the card drops for its length.
    tagged.vlan = {1, 2};
    EXPECT_THAT(texts(decode(udpFrame(tagged, udp(1472)))),
                ElementsAre("a jumbo frame of 1522 bytes: a card takes it with an MTU of 1504 or more"));
    // Without an Ethernet header it is what the frame has with one that counts.
    const ByteVector raw = udpFrame(v4(), udp(1477));
    EXPECT_THAT(texts(decode(ByteView(raw).subspan(ETH_HLEN), DLT_RAW)),
                ElementsAre("a jumbo frame of 1519 bytes: a card takes it with an MTU of 1501 or more"));
}

TEST(Decode, LongTcpIsRatherNoFrameOfTheWire) {
    TcpSpec t;
    t.payload.assign(5792, 1);
    EXPECT_THAT(texts(decode(tcpFrame(v4(), t))),
                ElementsAre("5846 bytes: not one frame on the wire, but segments joined by GRO or not yet split by TSO "
                            "when they were captured; or a jumbo frame, which a card takes with an MTU of 5828 or "
                            "more"));
}

TEST(Decode, AFullFrameOfTwoTagsIsAFrame) {
    FrameSpec tagged = v4();
    tagged.vlan = {1, 2};
    TcpSpec t;
    t.payload.assign(1460, 1);
    EXPECT_TRUE(hasNote(decode(tcpFrame(tagged, t)), NoteKind::oversize));
    t.payload.push_back(1);
    EXPECT_TRUE(hasNote(decode(tcpFrame(tagged, t)), NoteKind::joined));
}

TEST(Decode, PayloadLengthZeroBeforeTcpTakesTheFrames) {
    TcpSpec t;
    t.payload.assign(100, 1);
    ByteVector frame = tcpFrame(v6(), t);
    storeBe16(&frame[18], 0);
    const DecodedPacket d = decode(frame);
    ASSERT_TRUE(d.tcp);
    EXPECT_EQ(d.tcp->payloadLen, 100U);
    EXPECT_TRUE(hasNote(d, NoteKind::ipLengthZero));
    // Padding behind an IPv6 header that says it carries nothing is padding.
    EXPECT_FALSE(hasNote(decode(ByteView(frame).first(60)), NoteKind::ipLengthZero));
}

TEST(Decode, OptionsAreNoted) {
    ByteVector frame = udpFrame(v4(), udp());
    frame.insert(frame.begin() + 34, {0x94, 4, 0, 0, 1, 1, 1, 1});
    frame[14] = 0x47;
    storeBe16(&frame[16], static_cast<std::uint16_t>(frame.size() - 14));
    setIpChecksum(frame, 14);
    EXPECT_THAT(texts(decode(frame)), ElementsAre("8 bytes of IP options"));
}

// Addresses of eight bytes, as of IEEE 1394: nothing of them is shown as if it were Ethernet's.
TEST(Decode, ArpOfOtherAddressesHasNone) {
    ByteVector frame = arpFrame({});
    frame[18] = 8;
    frame.resize(60);
    const DecodedPacket d = decode(frame);
    ASSERT_TRUE(d.arp);
    EXPECT_EQ(d.arp->op, 1);
    EXPECT_FALSE(d.arp->addresses);
    EXPECT_THAT(texts(d), ElementsAre("addresses of 8 and 4 bytes, not those of Ethernet and IPv4"));
    EXPECT_EQ(packetSummary(d), "ARP op 1");
    EXPECT_TRUE(decode(arpFrame({})).arp->addresses);
}

TEST(Decode, WhatIsCutDecidesOrDoesNot) {
    const auto undecided = [](const ByteVector& frame, std::size_t kept) {
        const auto len = static_cast<std::uint32_t>(frame.size());
        return hasNote(decode(ByteView(frame).first(kept), DLT_EN10MB, len), NoteKind::notEnough);
    };
    const ByteVector datagram = udpFrame(v4(), udp(100));
    for (std::size_t kept = 0; kept < datagram.size(); ++kept) EXPECT_EQ(undecided(datagram, kept), kept < 42) << kept;
    // Messages that are read to their end, and those that are not.
    FrameSpec to = v6();
    EXPECT_FALSE(undecided(echoFrame(to, {EchoSpec::Kind::request, 1, 1, ByteVector(50)}), 70));
    ByteVector advertisement(32);
    advertisement[0] = NDISC_NEIGHBOUR_ADVERTISEMENT;
    EXPECT_TRUE(undecided(ipFrame(to, IPPROTO_ICMPV6, advertisement), 80));
    EXPECT_FALSE(undecided(ipFrame(to, IPPROTO_ICMPV6, advertisement), 86));
    // Pieces: UDP over IPv4 may do without the sum over all of them, TCP may not.
    EXPECT_FALSE(undecided(ipv4Fragments(udpFrame(v4(), udp(2000)), 1500)[0], 100));
    TcpSpec t;
    t.payload.resize(2000);
    EXPECT_TRUE(undecided(ipv4Fragments(tcpFrame(v4(), t), 1500)[0], 100));
    // Padding that was cut off decides nothing.
    FrameSpec padded = v4();
    padded.padding = Padding::toMinimum;
    const ByteVector igmp = ipFrame(padded, IPPROTO_IGMP, ByteVector(8));
    ASSERT_EQ(igmp.size(), 60U);
    EXPECT_FALSE(undecided(igmp, 42));
    EXPECT_TRUE(undecided(igmp, 41));
}

TEST(Decode, TotalLengthZeroTakesTheFrames) {
    TcpSpec t;
    t.payload.assign(100, 1);
    ByteVector frame = tcpFrame(v4(), t);
    storeBe16(&frame[16], 0);
    setIpChecksum(frame, 14);
    const DecodedPacket d = decode(frame);
    EXPECT_EQ(d.ip->len, 140U);
    EXPECT_EQ(d.tcp->payloadLen, 100U);
    EXPECT_EQ(d.tcp->checksumStatus, ChecksumStatus::good);
    EXPECT_THAT(texts(d),
                ElementsAre("IP length 0: not one frame on the wire, but what TSO had yet to split or BIG TCP "
                            "has joined; the frame's length is taken instead"));
}

TEST(Decode, BadIpHeadersAreNoted) {
    ByteVector frame = udpFrame(v4(), udp());
    frame[14] = 0x44;
    EXPECT_THAT(texts(decode(frame)), ElementsAre("IP header length 16 is less than 20"));
    frame[14] = 0x65;
    EXPECT_THAT(texts(decode(frame)), ElementsAre("IP version 6 does not belong to this type"));
    frame[14] = 0x45;
    storeBe16(&frame[16], 19);
    EXPECT_THAT(texts(decode(frame)), ElementsAre("IP length 19 does not fit: 20 bytes"));
    storeBe16(&frame[16], 1000);
    EXPECT_THAT(texts(decode(frame)), testing::Contains("IP length 1000 does not fit: 48 bytes"));
}

TEST(Decode, CookedHeadersOfBothVersions) {
    const ByteVector frame = udpFrame(v4(), udp());
    const ByteView packet = ByteView(frame).subspan(ETH_HLEN);
    FileBytes one(ByteOrder::big);
    one.u16(0).u16(ARPHRD_ETHER).u16(6).raw(ByteVector{2, 0, 0, 0, 0, 9, 0, 0}).u16(ETH_P_IP).raw(packet);
    const DecodedPacket a = decode(one.bytes(), DLT_LINUX_SLL);
    EXPECT_EQ(a.sll->pkttype, 0);
    EXPECT_EQ(a.sll->src->toString(), "02:00:00:00:00:09");
    EXPECT_EQ(a.udp->checksumStatus, ChecksumStatus::good);
    EXPECT_FALSE(a.eth);
    EXPECT_FALSE(a.sll->loopback());
    FileBytes two(ByteOrder::big);
    two.u16(ETH_P_IP).u16(0).u32(3).u16(ARPHRD_ETHER).raw(ByteVector{4, 6, 2, 0, 0, 0, 0, 9, 0, 0}).raw(packet);
    const DecodedPacket b = decode(two.bytes(), DLT_LINUX_SLL2);
    EXPECT_EQ(b.sll->pkttype, 4);
    EXPECT_FALSE(b.sll->loopback());
    two.bytes()[7] = 1;  // the device of index 1
    EXPECT_TRUE(hasNote(decode(two.bytes(), DLT_LINUX_SLL2), NoteKind::loopback));
    EXPECT_EQ(b.sll->ifindex, 3U);
    EXPECT_EQ(b.udp->checksumStatus, ChecksumStatus::good);
}

TEST(Decode, LoopbackFamiliesInEitherByteOrder) {
    const ByteVector four = udpFrame(v4(), udp());
    const ByteVector six = udpFrame(v6(), udp());
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        FileBytes a(order);
        a.u32(2).raw(ByteView(four).subspan(ETH_HLEN));
        EXPECT_EQ(decode(a.bytes(), DLT_NULL).ip->version, 4);
        for (const std::uint32_t family : {10U, 23U, 24U, 28U, 30U}) {
            FileBytes b(order);
            b.u32(family).raw(ByteView(six).subspan(ETH_HLEN));
            EXPECT_EQ(decode(b.bytes(), DLT_NULL).ip->version, 6) << family;
        }
    }
}

TEST(Decode, RawIpIsToldByItsVersion) {
    const ByteVector six = udpFrame(v6(), udp());
    EXPECT_EQ(decode(ByteView(six).subspan(ETH_HLEN), DLT_RAW).udp->checksumStatus, ChecksumStatus::good);
    EXPECT_EQ(decode(ByteView(six).subspan(ETH_HLEN), DLT_IPV6).udp->checksumStatus, ChecksumStatus::good);
    const ByteVector four = udpFrame(v4(), udp());
    EXPECT_EQ(decode(ByteView(four).subspan(ETH_HLEN), DLT_IPV4).udp->checksumStatus, ChecksumStatus::good);
}

TEST(Decode, OtherLinkTypesAreListedNotWalked) {
    const DecodedPacket d = decode(ByteVector(40, 1), DLT_IEEE802_11);
    EXPECT_FALSE(d.ip || d.eth || d.arp);
    EXPECT_THAT(texts(d), ElementsAre("link type IEEE802_11 is listed but not walked"));
    EXPECT_FALSE(linktypeWalked(DLT_IEEE802_11));
    EXPECT_TRUE(linktypeWalked(DLT_LINUX_SLL2));
}

TEST(Decode, IpBehindSnapIsDecodedButLinuxWouldNotTakeIt) {
    const ByteVector frame = udpFrame(v4(), udp());
    FileBytes f(ByteOrder::big);
    f.raw(ByteView(frame).first(12)).u16(static_cast<std::uint16_t>(8 + frame.size() - ETH_HLEN));
    f.raw(ByteVector{0xaa, 0xaa, 0x03, 0, 0, 0}).u16(ETH_P_IP).raw(ByteView(frame).subspan(ETH_HLEN));
    const DecodedPacket d = decode(f.bytes());
    EXPECT_FALSE(d.eth->type);
    EXPECT_EQ(d.eth->len, 56);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::good);
    EXPECT_THAT(texts(d), ElementsAre("behind LLC; Linux has no handler for it there"));
}

TEST(Decode, Ipv6ExtensionsAreWalkedToTheTransport) {
    const ByteVector plain = udpFrame(v6(), udp());
    ByteVector payload{IPPROTO_DSTOPTS, 0, 1, 4, 0, 0, 0, 0, IPPROTO_FRAGMENT, 0, 1, 4, 0, 0, 0, 0};
    for (const std::uint8_t b : {IPPROTO_UDP, std::uint8_t{0}, std::uint8_t{0}, std::uint8_t{0}}) payload.push_back(b);
    payload.insert(payload.end(), {0, 0, 0, 7});  // a fragment header over the whole datagram
    payload.insert(payload.end(), plain.begin() + 54, plain.end());
    const DecodedPacket d = decode(ipFrame(v6(), IPPROTO_HOPOPTS, payload));
    EXPECT_EQ(d.ip->proto, IPPROTO_HOPOPTS);
    EXPECT_EQ(d.ip->transport, IPPROTO_UDP);
    EXPECT_THAT(d.ip->ext, ElementsAre(IPPROTO_HOPOPTS, IPPROTO_DSTOPTS, IPPROTO_FRAGMENT));
    EXPECT_FALSE(d.ip->isFragment());
    EXPECT_EQ(d.ip->frag->id, 7U);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::good);
}

TEST(Decode, AFragmentHeadersReservedByteIsNoLength) {
    const ByteVector plain = udpFrame(v6(), udp());
    ByteVector payload{IPPROTO_UDP, 5, 0, 0, 0, 0, 0, 7};
    payload.insert(payload.end(), plain.begin() + 54, plain.end());
    EXPECT_EQ(decode(ipFrame(v6(), IPPROTO_FRAGMENT, payload)).udp->checksumStatus, ChecksumStatus::good);
}

TEST(Decode, WhileSegmentsAreLeftTheChecksumIsOverTheLastDestination) {
    FrameSpec last = v6();
    last.dst = *IpAddr::parse("2001:db8::9");
    const ByteVector toLast = udpFrame(last, udp());
    const ByteVector a{0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9};
    const ByteVector b{0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8};
    const auto routed = [&toLast](std::uint8_t type, std::uint8_t left, const ByteVector& first,
                                  const ByteVector& second) {
        ByteVector payload{IPPROTO_UDP, 4, type, left, 0, 0, 0, 0};
        payload.insert(payload.end(), first.begin(), first.end());
        payload.insert(payload.end(), second.begin(), second.end());
        payload.insert(payload.end(), toLast.begin() + 54, toLast.end());
        return decode(ipFrame(v6(), IPPROTO_ROUTING, payload));
    };
    EXPECT_EQ(routed(0, 1, b, a).udp->checksumStatus, ChecksumStatus::good);
    EXPECT_EQ(routed(4, 1, a, b).udp->checksumStatus, ChecksumStatus::good);
    EXPECT_EQ(routed(4, 1, b, a).udp->checksumStatus, ChecksumStatus::bad);
    EXPECT_EQ(routed(0, 0, b, a).udp->checksumStatus, ChecksumStatus::bad)
        << "arrived: the header's own destination counts";
    EXPECT_THAT(texts(routed(0, 1, b, a)),
                ElementsAre("routing header with 1 segments left: checksums are over the last destination"));
}

TEST(Decode, SkippingChecksumsLeavesTheFields) {
    const ByteVector frame = udpFrame(v4(), udp());
    const DecodedPacket d = decodePacket(packetView(frame), ChecksumCheck::skip);
    EXPECT_EQ(d.udp->dport, 53);
    EXPECT_EQ(d.udp->checksumStatus, ChecksumStatus::unverified);
    EXPECT_THAT(d.notes, IsEmpty());
}

}  // namespace
}  // namespace ringside
