// The captures shipped in assets/samples: what their README promises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "engine/capture/capture.h"
#include "engine/protocol/constants.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

struct Sample {
    std::map<std::string, int> kinds;
    int badChecksums = 0;
    std::string host;
    std::string lastPayload;
    std::vector<std::uint16_t> ports;
    int checked = 0;
};

Sample read(const std::string& name) {
    Sample s;
    const auto capture = Capture::open(sourceDir() + "/assets/samples/" + name);
    EXPECT_TRUE(capture.ok()) << capture.error().message();
    if (!capture) return s;
    EXPECT_EQ(capture->damageLine(), "");
    EXPECT_LT(capture->fileSize(), 200'000U);
    s.host = capture->guessHost()->toString();
    s.ports = capture->udpPortsTo(*capture->guessHost());
    PacketReader reader = capture->reader();
    for (std::uint64_t n = 1; n <= capture->count(); ++n) {
        const auto view = reader.packet(n);
        const DecodedPacket d = decodePacket(*view);
        ++s.kinds[d.arp ? "arp" : d.tcp ? "tcp" : d.udp ? "udp" : d.icmp ? "icmp" : d.ip ? "ip" : "other"];
        for (const ChecksumStatus status : {d.udp ? d.udp->checksumStatus : ChecksumStatus::absent,
                                            d.tcp ? d.tcp->checksumStatus : ChecksumStatus::absent,
                                            d.icmp ? d.icmp->checksumStatus : ChecksumStatus::absent}) {
            s.badChecksums += status == ChecksumStatus::bad ? 1 : 0;
            s.checked += status == ChecksumStatus::good ? 1 : 0;
        }
        if (d.udp) s.lastPayload.assign(view->data.begin() + d.transportOffset + 8, view->data.end());
    }
    return s;
}

using Kinds = std::map<std::string, int>;

TEST(Samples, DnsLookup) {
    const Sample s = read("dns-lookup.pcap");
    EXPECT_EQ(s.kinds, (Kinds{{"arp", 2}, {"udp", 4}}));
    EXPECT_EQ(s.host, "192.0.2.2");
    EXPECT_THAT(s.ports, testing::ElementsAre(40053));
    EXPECT_EQ(s.badChecksums, 0);
    EXPECT_EQ(s.checked, 4);
}

TEST(Samples, BurstWithLosses) {
    const Sample s = read("burst-with-losses.pcapng");
    EXPECT_EQ(s.kinds, (Kinds{{"arp", 2}, {"udp", 301}}));
    EXPECT_EQ(s.host, "192.0.2.2");
    EXPECT_THAT(s.ports, testing::ElementsAre(5001));
    EXPECT_EQ(s.badChecksums, 0);
    EXPECT_THAT(s.lastPayload, testing::MatchesRegex("received [0-9]+ of 300"));
    EXPECT_NE(s.lastPayload, "received 300 of 300");
}

TEST(Samples, Mix) {
    const Sample s = read("mix.pcap");
    EXPECT_EQ(s.host, "192.0.2.2");
    EXPECT_THAT(s.ports, testing::ElementsAre(5000, 5999));
    EXPECT_EQ(s.badChecksums, 0);
    EXPECT_EQ(s.kinds.at("icmp"), 7);
    EXPECT_EQ(s.kinds.at("ip"), 2) << "the later fragments";
    EXPECT_GE(s.kinds.at("arp"), 2);
    EXPECT_GE(s.kinds.at("tcp"), 9);
    EXPECT_EQ(s.kinds.at("udp"), 7);
}

}  // namespace
}  // namespace ringside
