// Captures replayed to their end: what becomes of packets that were no frame on this machine's wire, or that cannot be
// judged, beside those that were.
#include "engine/capture/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pcap/pcap.h>

#include "engine/protocol/checksum.h"
#include "engine/step/step.h"
#include "tests/capture/capture_files.h"

namespace ringside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

FrameSpec toHost() {
    FrameSpec f;
    f.srcMac = *MacAddr::parse("02:00:00:00:00:09");
    f.dstMac = *MacAddr::parse("52:54:00:12:34:56");
    f.src = *IpAddr::parse("10.0.0.9");
    f.dst = *IpAddr::parse("10.0.0.1");
    return f;
}

UdpSpec udp(std::uint16_t dest, std::size_t size) {
    UdpSpec u;
    u.source = 40000;
    u.dest = dest;
    u.payload.assign(size, 0x5a);
    return u;
}

struct Kept {
    ByteVector bytes;
    std::uint32_t len = 0;  // 0: all is kept
};

// "dropped UDP_CSUM", "delivered", … of each packet.
std::vector<std::string> fates(const std::vector<Kept>& packets, ReplayOptions options = {},
                               int linktype = DLT_EN10MB) {
    FileBytes f;
    f.pcapHeader(0xa1b2c3d4, static_cast<std::uint32_t>(linktype));
    for (std::uint32_t n = 0; n < packets.size(); ++n) f.pcapPacket(1000 + n, 0, packets[n].bytes, packets[n].len);
    const TemporaryFolder folder;
    auto capture = Capture::open(folder.write("file.pcap", f.bytes()));
    EXPECT_TRUE(capture.ok());
    if (!options.host) options.host = IpAddr::parse("10.0.0.1");
    const auto scenario = replayScenario(std::make_shared<const Capture>(std::move(*capture)), options);
    EXPECT_TRUE(scenario.ok());
    auto start = build(*scenario);
    EXPECT_TRUE(start.ok()) << start.error().message();
    Event event;
    while (step(start->world, *start->inputs, event)) {
    }
    std::vector<std::string> out(packets.size(), "none");
    start->world.fates.each([&](const PacketFate& fate) {
        std::string text(nameOf(fate.fate));
        if (fate.reason != Drop::NOT_DROPPED) text += " " + std::string(nameOf(fate.reason));
        out.at(fate.packet - 1) = text;
    });
    return out;
}

TEST(Replay, JoinedSegmentsAreNoFrameButDatagramsAreJumboFrames) {
    TcpSpec t;
    t.payload.resize(5792);
    const ByteVector joined = tcpFrame(toHost(), t);
    const ByteVector jumbo = udpFrame(toHost(), udp(5000, 3000));
    EXPECT_THAT(fates({{joined}, {jumbo}}), ElementsAre("ignored", "dropped"));
}

TEST(Replay, APortThatRefusedIsClosedAndOthersAreTakenAsOpen) {
    TcpSpec syn;
    syn.source = 40000;
    syn.dest = 22;
    syn.flags = TCPHDR_SYN;
    TcpSpec refused;
    refused.source = 22;
    refused.dest = 40000;
    refused.flags = TCPHDR_RST | TCPHDR_ACK;
    FrameSpec back = toHost();
    std::swap(back.src, back.dst);
    std::swap(back.srcMac, back.dstMac);
    TcpSpec other = syn;
    other.dest = 80;
    EXPECT_THAT(fates({{tcpFrame(toHost(), syn)}, {tcpFrame(back, refused)}, {tcpFrame(toHost(), other)}}),
                ElementsAre("dropped NO_SOCKET", "ignored", "consumed"));
}

TEST(Replay, IpLengthZeroIsNoFrame) {
    TcpSpec t;
    t.payload.resize(1400);
    ByteVector frame = tcpFrame(toHost(), t);
    storeBe16(&frame[16], 0);
    setIpChecksum(frame, 14);
    EXPECT_THAT(fates({{frame}}), ElementsAre("ignored"));
}

TEST(Replay, AChecksumLeftToTheNicIsFilledIn) {
    ByteVector frame = udpFrame(toHost(), udp(5000, 40));
    const std::uint32_t pseudo = csumTcpUdpNofold(Ipv4Addr::load(&frame[26]), Ipv4Addr::load(&frame[30]), 48, 17, 0);
    ByteVector partial = frame;
    storeBe16(&partial[40], static_cast<std::uint16_t>(~csumFold(pseudo)));
    ByteVector wrong = frame;
    wrong[40] ^= 1;
    EXPECT_THAT(fates({{frame}, {partial}, {wrong}}), ElementsAre("delivered", "delivered", "dropped UDP_CSUM"));
}

TEST(Replay, NoSocketIsOpenOnPortZero) {
    EXPECT_THAT(fates({{udpFrame(toHost(), udp(0, 40))}, {udpFrame(toHost(), udp(1, 40))}}),
                ElementsAre("dropped NO_SOCKET", "delivered"));
}

TEST(Replay, WhatTheCaptureDoesNotHoldIsNotDecided) {
    const ByteVector frame = udpFrame(toHost(), udp(5000, 100));
    std::vector<Kept> packets{{frame}};
    std::vector<std::string> expected{"delivered"};
    for (const std::size_t kept : {1U, 13U, 14U, 20U, 33U, 34U, 35U, 41U, 42U, 43U}) {
        packets.push_back({ByteVector(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(kept)),
                           static_cast<std::uint32_t>(frame.size())});
        expected.emplace_back(kept < 42 ? "undecided" : "delivered");
    }
    EXPECT_EQ(fates(packets), expected);
}

TEST(Replay, ADatagramWhosePiecesWereCutIsDeliveredAllTheSame) {
    std::vector<Kept> packets{{udpFrame(toHost(), udp(5000, 10))}};
    for (const ByteVector& piece : ipv4Fragments(udpFrame(toHost(), udp(5000, 4000)), 1500)) {
        const std::size_t kept = std::min<std::size_t>(piece.size(), 96);
        packets.push_back({ByteVector(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(kept)),
                           static_cast<std::uint32_t>(piece.size())});
    }
    for (const std::string& fate : fates(packets)) EXPECT_THAT(fate, testing::Not(HasSubstr("dropped")));
}

TEST(Replay, WhatWentOverTheLoopbackDeviceIsNotWalked) {
    const auto any = [](std::uint16_t hatype, std::uint8_t pkttype, const char* src, const char* dst) {
        FrameSpec spec = toHost();
        spec.src = *IpAddr::parse(src);
        spec.dst = *IpAddr::parse(dst);
        const ByteVector frame = udpFrame(spec, udp(5000, 40));
        FileBytes f(ByteOrder::big);
        f.u16(ETH_P_IP).u16(0).u32(2).u16(hatype).raw(ByteVector{pkttype, 6, 2, 0, 0, 0, 0, 9, 0, 0});
        return Kept{f.raw(ByteView(frame).subspan(ETH_HLEN)).bytes()};
    };
    EXPECT_THAT(fates({any(772, 0, "127.0.0.1", "127.0.0.1"), any(1, 0, "10.0.0.9", "10.0.0.1"),
                       any(1, 0, "192.168.1.7", "192.168.1.1"), any(1, 4, "192.168.1.1", "192.168.1.7")},
                      {}, DLT_LINUX_SLL2),
                ElementsAre("ignored", "delivered", "delivered", "ignored"));
}

TEST(Replay, TimesThatGoBackAndTimesOfCenturiesArePutInOrder) {
    FileBytes f;
    f.section().interface(1, 262144, 0).enhancedPacket(0, 1'000, numberedFrame(1));
    f.enhancedPacket(0, 990, numberedFrame(2)).enhancedPacket(0, 1'001, numberedFrame(3));
    f.enhancedPacket(0, ~std::uint64_t{0} >> 2, numberedFrame(4));
    const TemporaryFolder folder;
    auto capture = Capture::open(folder.write("file.pcapng", f.bytes()));
    ASSERT_TRUE(capture.ok());
    const ReplayTraffic traffic(std::make_shared<const Capture>(std::move(*capture)), {}, {}, 1500);
    EXPECT_EQ(traffic.time(0), traffic.time(1));
    EXPECT_EQ(traffic.time(2), traffic.time(0) + kSecond);
    EXPECT_GT(traffic.time(3), (std::int64_t{1} << 32) * kSecond);
    EXPECT_LT(traffic.time(3), std::numeric_limits<Time>::max() / 1000 * 999);
}

TEST(Replay, SaysThatTheFileChanged) {
    FileBytes f;
    f.pcapHeader();
    for (std::uint32_t n = 1; n <= 100; ++n) f.pcapPacket(n, 0, numberedFrame(n));
    const TemporaryFolder folder;
    const std::string path = folder.write("file.pcap", f.bytes());
    auto capture = Capture::open(path);
    ASSERT_TRUE(capture.ok());
    const ReplayTraffic traffic(std::make_shared<const Capture>(std::move(*capture)), {}, {}, 1500);
    std::vector<std::uint8_t> scratch;
    EXPECT_FALSE(traffic.frame(0, scratch).empty());
    EXPECT_EQ(traffic.problem(), "");
    std::filesystem::resize_file(path, 100);
    EXPECT_TRUE(traffic.frame(99, scratch).empty());
    EXPECT_THAT(traffic.problem(), HasSubstr("packet 100 where it was when the file was opened, found a file that has "
                                             "changed since"));
    EXPECT_FALSE(traffic.decidable(99));
}

}  // namespace
}  // namespace ringside
