// Text forms of addresses, there and back, and texts that are none.
#include "engine/protocol/addresses.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <random>

namespace ringside {
namespace {

TEST(MacAddr, ThereAndBack) {
    EXPECT_EQ(MacAddr::parse("52:54:00:12:34:Ab")->toString(), "52:54:00:12:34:ab");
    for (const char* wrong : {"", "52:54:00:12:34", "52-54-00-12-34-56", "52:54:00:12:34:5g", "52:54:00:12:34:567"}) {
        EXPECT_FALSE(MacAddr::parse(wrong)) << wrong;
    }
    EXPECT_TRUE(MacAddr::broadcast().isBroadcast());
    EXPECT_TRUE(MacAddr::parse("01:00:5e:00:00:01")->isMulticast());
    EXPECT_FALSE(MacAddr::parse("02:00:5e:00:00:01")->isMulticast());
}

TEST(Ipv4Addr, ThereAndBack) {
    EXPECT_EQ(Ipv4Addr::parse("192.0.2.1")->value, 0xc0000201U);
    EXPECT_EQ(Ipv4Addr{0xffffffffU}.toString(), "255.255.255.255");
    for (const char* wrong :
         {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.a", "1..2.3", " 1.2.3.4", "1.2.3.4 ", "1.2.3.0004"}) {
        EXPECT_FALSE(Ipv4Addr::parse(wrong)) << wrong;
    }
    EXPECT_TRUE(Ipv4Addr::parse("224.0.0.1")->isMulticast());
    EXPECT_TRUE(Ipv4Addr::parse("127.0.0.53")->isLoopback());
    EXPECT_TRUE(Ipv4Addr::parse("169.254.1.1")->isLinkLocal());
}

TEST(Ipv6Addr, TheFormOfRfc5952) {
    const char* const pairs[][2] = {
        {"2001:0DB8:0:0:0:0:0:1", "2001:db8::1"},
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"1:0:0:2:0:0:0:3", "1:0:0:2::3"},
        {"1:0:0:2:0:0:3:4", "1::2:0:0:3:4"},
        {"1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"},
        {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
        {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
        {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
    };
    for (const auto& [text, form] : pairs) {
        const auto a = Ipv6Addr::parse(text);
        ASSERT_TRUE(a) << text;
        EXPECT_EQ(a->toString(), form);
    }
    for (const char* wrong : {"", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
                              "1:2:3:4:5:6:7::8", "::1.2.3", "1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "fe80::1%eth0"}) {
        EXPECT_FALSE(Ipv6Addr::parse(wrong)) << wrong;
    }
}

TEST(Ipv6Addr, AgreesWithTheSystemOnRandomAddresses) {
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
        Ipv6Addr a;
        for (std::uint8_t& b : a.bytes) b = random() % 3 == 0 ? static_cast<std::uint8_t>(random()) : std::uint8_t{0};
        a.bytes[0] = 0x20;  // keeps clear of the old IPv4-compatible form, which inet_ntop writes with dots
        char text[INET6_ADDRSTRLEN];
        ASSERT_NE(inet_ntop(AF_INET6, a.bytes.data(), text, sizeof text), nullptr);
        EXPECT_EQ(a.toString(), text);
        EXPECT_EQ(Ipv6Addr::parse(text), a);
    }
}

TEST(IpAddr, IsOfEitherFamily) {
    EXPECT_EQ(IpAddr::parse("192.0.2.1")->version, 4);
    EXPECT_EQ(IpAddr::parse("2001:db8::1")->version, 6);
    EXPECT_FALSE(IpAddr::parse("localhost"));
    EXPECT_EQ(IpAddr{}.toString(), "");
    EXPECT_FALSE(IpAddr{});
    EXPECT_LT(*IpAddr::parse("255.0.0.1"), *IpAddr::parse("::1"));
    EXPECT_TRUE(IpAddr::parse("ff02::1")->isMulticast());
    EXPECT_TRUE(IpAddr::parse("::1")->isLoopback());
    EXPECT_TRUE(IpAddr::parse("fe80::1")->isLinkLocal());
    EXPECT_TRUE(IpAddr::parse("255.255.255.255")->isBroadcast());
}

}  // namespace
}  // namespace ringside
