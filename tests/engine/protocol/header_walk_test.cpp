// What the one parser says of frames: tags, extension headers, fragments, cuts.
#include "engine/protocol/header_walk.h"

#include <gtest/gtest.h>

#include "engine/protocol/build.h"
#include "engine/protocol/constants.h"

namespace ringside {
namespace {

FrameSpec specOf(const char* src, const char* dst) {
    FrameSpec f;
    f.srcMac = *MacAddr::parse("02:00:00:00:00:01");
    f.dstMac = *MacAddr::parse("52:54:00:12:34:56");
    f.src = *IpAddr::parse(src);
    f.dst = *IpAddr::parse(dst);
    return f;
}

UdpSpec udpOf(std::size_t size) {
    UdpSpec u;
    u.source = 1000;
    u.dest = 2000;
    u.payload.resize(size);
    return u;
}

// A hop-by-hop header of 16 bytes, an authentication header of 24, then a UDP header.
ByteVector extended() {
    ByteVector payload(16 + 24 + 8);
    payload[0] = IPPROTO_AH;
    payload[1] = 1;
    payload[16] = IPPROTO_UDP;
    payload[17] = 4;
    storeBe16(&payload[40], 1000);
    storeBe16(&payload[42], 2000);
    return ipFrame(specOf("2001:db8::1", "2001:db8::2"), IPPROTO_HOPOPTS, payload);
}

TEST(FrameHeaders, FindsThePortsBehindTagsAndOptions) {
    FrameSpec f = specOf("192.0.2.1", "192.0.2.2");
    f.vlan = {5, 6};
    const FrameHeaders h = frameHeaders(udpFrame(f, udpOf(4)));
    EXPECT_EQ(h.etherType, ETH_P_IP);
    EXPECT_EQ(h.network, HeaderKind::ipv4);
    EXPECT_EQ(h.networkOffset, 22U);
    EXPECT_EQ(h.protocol, IPPROTO_UDP);
    EXPECT_EQ(h.transport, HeaderKind::udp);
    EXPECT_EQ(h.transportOffset, 42U);
    EXPECT_EQ(h.sourcePort, 1000);
    EXPECT_EQ(h.destinationPort, 2000);
}

TEST(FrameHeaders, FindsThePortsBehindExtensionHeaders) {
    const FrameHeaders h = frameHeaders(extended());
    EXPECT_EQ(h.network, HeaderKind::ipv6);
    EXPECT_EQ(h.protocol, IPPROTO_UDP);
    EXPECT_EQ(h.transportOffset, 14U + 40 + 16 + 24);
    EXPECT_EQ(h.destinationPort, 2000);
}

TEST(FrameHeaders, ALaterFragmentHasNoTransportHeader) {
    const auto pieces = ipv4Fragments(udpFrame(specOf("192.0.2.1", "192.0.2.2"), udpOf(2000)), 1500);
    const FrameHeaders first = frameHeaders(pieces[0]), second = frameHeaders(pieces[1]);
    EXPECT_EQ(first.transport, HeaderKind::udp);
    EXPECT_EQ(first.destinationPort, 2000);
    EXPECT_FALSE(first.laterFragment);
    EXPECT_EQ(second.transport, HeaderKind::none);
    EXPECT_EQ(second.protocol, IPPROTO_UDP);
    EXPECT_EQ(second.destinationPort, 0);
    EXPECT_TRUE(second.laterFragment);
}

TEST(FrameHeaders, ArpAndWhatIsNotWalked) {
    EXPECT_EQ(frameHeaders(arpFrame({})).network, HeaderKind::arp);
    const FrameHeaders other =
        frameHeaders(ethernetFrame(specOf("192.0.2.1", "192.0.2.2"), ETH_P_LLDP, ByteVector(46)));
    EXPECT_EQ(other.etherType, ETH_P_LLDP);
    EXPECT_EQ(other.network, HeaderKind::none);
    EXPECT_EQ(other.networkOffset, 14U);
}

TEST(FrameHeaders, BeginsWhereItIsTold) {
    const ByteVector frame = udpFrame(specOf("192.0.2.1", "192.0.2.2"), udpOf(4));
    const FrameHeaders h = frameHeaders(frame, HeaderKind::ipv4, 14);
    EXPECT_EQ(h.transportOffset, 34U);
    EXPECT_EQ(h.destinationPort, 2000);
}

// At every length the walk ends inside the bytes, and ports are told exactly when their four bytes are there.
TEST(FrameHeaders, EveryCut) {
    const ByteVector frame = extended();
    for (std::size_t size = 0; size <= frame.size(); ++size) {
        const FrameHeaders h = frameHeaders(ByteView(frame).first(size));
        EXPECT_EQ(h.destinationPort, size >= 98 ? 2000 : 0) << size;
        EXPECT_EQ(h.transport == HeaderKind::udp, size >= 94) << size;
        EXPECT_EQ(h.network == HeaderKind::ipv6, size >= 14) << size;
    }
}

TEST(HeaderAt, LengthsAreWhatTheHeadersSayAndNeverLessThanTheirFixedPart) {
    const ByteVector frame = extended();
    EXPECT_EQ(headerAt(HeaderKind::ipv6Extension, frame, 54).length, 16U);
    EXPECT_EQ(headerAt(HeaderKind::authentication, frame, 70).length, 24U);
    ByteVector bad(60);
    EXPECT_EQ(headerAt(HeaderKind::ipv4, bad, 0).length, 20U);
    EXPECT_EQ(headerAt(HeaderKind::tcp, bad, 0).length, 20U);
    bad[0] = 0x4f;
    EXPECT_EQ(headerAt(HeaderKind::ipv4, bad, 0).length, 60U);
    EXPECT_FALSE(headerAt(HeaderKind::ipv4, bad, 0).cut);
    EXPECT_TRUE(headerAt(HeaderKind::ipv4, ByteView(bad).first(59), 0).cut);
    EXPECT_TRUE(headerAt(HeaderKind::ipv4, bad, 61).cut);
}

}  // namespace
}  // namespace ringside
