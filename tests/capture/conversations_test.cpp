#include "engine/capture/conversations.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "engine/protocol/constants.h"
#include "tests/capture/capture_files.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

TEST(Conversations, BothDirectionsAreOneAndEveryIpPacketIsInOne) {
    for (const char* name : {"mix.pcap", "dns-lookup.pcap", "burst-with-losses.pcapng"}) {
        const auto capture = Capture::open(sourceDir() + "/assets/samples/" + name);
        ASSERT_TRUE(capture.ok());
        const Conversations found = conversationsOf(*capture);
        ASSERT_EQ(found.of.size(), capture->count());
        std::vector<std::uint64_t> counted(found.all.size());
        std::set<std::string> texts;
        PacketReader reader = capture->reader();
        for (std::uint64_t n = 1; n <= capture->count(); ++n) {
            const auto view = reader.packet(n);
            ASSERT_TRUE(view.ok());
            const DecodedPacket packet = decodePacket(*view);
            const std::uint32_t of = found.of[n - 1];
            EXPECT_EQ(of != 0, packet.ip.has_value()) << name << " packet " << n;
            if (of == 0) continue;
            ++counted[of - 1];
            const Conversation& talk = found.all[of - 1];
            const bool forth = talk.a == packet.ip->src && talk.b == packet.ip->dst;
            const bool back = talk.b == packet.ip->src && talk.a == packet.ip->dst;
            EXPECT_TRUE(forth || back);
            if (packet.udp) {
                EXPECT_EQ(forth ? talk.port_a : talk.port_b, packet.udp->sport) << n;
                EXPECT_EQ(forth ? talk.port_b : talk.port_a, packet.udp->dport) << n;
            }
        }
        for (std::size_t i = 0; i < found.all.size(); ++i) {
            EXPECT_EQ(found.all[i].packets, counted[i]);
            if (i > 0) {
                EXPECT_LE(found.all[i].packets, found.all[i - 1].packets) << "most packets first";
            }
            EXPECT_TRUE(texts.insert(found.all[i].text()).second) << "each once: " << found.all[i].text();
        }
    }
}

TEST(Conversations, NoMoreThanAskedForAreToldApart) {
    const auto capture = Capture::open(sourceDir() + "/assets/samples/mix.pcap");
    ASSERT_TRUE(capture.ok());
    const std::size_t all = conversationsOf(*capture).all.size();
    ASSERT_GT(all, 2U);
    EXPECT_EQ(conversationsOf(*capture, {}, 2).all.size(), 2U);
    EXPECT_EQ(conversationsOf(*capture, {}, all).all.size(), all);
    EXPECT_EQ(conversationsOf(*capture, {}, 0).all.size(), 0U);
}

TEST(Conversations, AreWrittenWithTheirEnds) {
    EXPECT_EQ(
        (Conversation{*IpAddr::parse("10.0.0.1"), *IpAddr::parse("10.0.0.2"), IPPROTO_UDP, 5000, 40000, 1}.text()),
        "UDP 10.0.0.1:5000 - 10.0.0.2:40000");
    EXPECT_EQ(
        (Conversation{*IpAddr::parse("2001:db8::1"), *IpAddr::parse("2001:db8::2"), IPPROTO_TCP, 80, 1024, 1}.text()),
        "TCP [2001:db8::1]:80 - [2001:db8::2]:1024");
    EXPECT_EQ((Conversation{*IpAddr::parse("10.0.0.1"), *IpAddr::parse("10.0.0.2"), IPPROTO_ICMP, 0, 0, 1}.text()),
              "ICMP 10.0.0.1 - 10.0.0.2");
}

}  // namespace
}  // namespace ringside
