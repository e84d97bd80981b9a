// Headers read from bytes that were written by hand, and written back.
#include "engine/protocol/headers.h"

#include <gtest/gtest.h>

#include <random>

namespace ringside {
namespace {

// Any bytes, read and written again, are the same bytes: no bit of a header is lost.
template <class Header>
void thereAndBack() {
    std::mt19937 random(7);
    for (int i = 0; i < 200; ++i) {
        ByteVector bytes(Header::kSize);
        for (std::uint8_t& b : bytes) b = static_cast<std::uint8_t>(random());
        ByteVector again(Header::kSize);
        Header::load(bytes.data()).store(again.data());
        ASSERT_EQ(again, bytes);
    }
}

TEST(Headers, LoseNoBit) {
    thereAndBack<ethhdr>();
    thereAndBack<vlan_hdr>();
    thereAndBack<arphdr>();
    thereAndBack<arp_addresses>();
    thereAndBack<iphdr>();
    thereAndBack<ipv6hdr>();
    thereAndBack<ipv6_opt_hdr>();
    thereAndBack<frag_hdr>();
    thereAndBack<udphdr>();
    thereAndBack<tcphdr>();
    thereAndBack<icmphdr>();
    thereAndBack<icmp6hdr>();
}

TEST(Headers, IpHeaderByHand) {
    const ByteVector bytes{0x46, 0x10, 0x00, 0x73, 0x12, 0x34, 0x60, 0x02, 0x40, 0x11,
                           0xb8, 0x61, 0xc0, 0x00, 0x02, 0x01, 0xc0, 0x00, 0x02, 0x02};
    const iphdr h = iphdr::load(bytes.data());
    EXPECT_EQ(h.version, 4);
    EXPECT_EQ(h.headerLength(), 24U);
    EXPECT_EQ(h.tos, 0x10);
    EXPECT_EQ(h.tot_len, 115);
    EXPECT_EQ(h.id, 0x1234);
    EXPECT_TRUE(h.isFragment());
    EXPECT_EQ(h.fragmentOffset(), 16U);
    EXPECT_EQ(h.frag_off & IP_DF, IP_DF);
    EXPECT_EQ(h.ttl, 64);
    EXPECT_EQ(h.protocol, IPPROTO_UDP);
    EXPECT_EQ(h.check, 0xb861);
    EXPECT_EQ(h.saddr.toString(), "192.0.2.1");
    EXPECT_EQ(h.daddr.toString(), "192.0.2.2");
}

TEST(Headers, Ipv6ClassAndFlowShareTheFirstWord) {
    ByteVector bytes(40);
    bytes[0] = 0x6a;
    bytes[1] = 0xbc;
    bytes[2] = 0xde;
    bytes[3] = 0xf1;
    const ipv6hdr h = ipv6hdr::load(bytes.data());
    EXPECT_EQ(h.version, 6);
    EXPECT_EQ(h.tclass, 0xab);
    EXPECT_EQ(h.flow_lbl, 0xcdef1U);
}

TEST(Headers, TcpByHand) {
    ByteVector bytes(20);
    bytes[12] = 0xa1;
    bytes[13] = 0x12;
    const tcphdr h = tcphdr::load(bytes.data());
    EXPECT_EQ(h.headerLength(), 40U);
    EXPECT_EQ(h.res1, 1);
    EXPECT_EQ(h.flags, TCPHDR_SYN | TCPHDR_ACK);
}

TEST(Headers, ReadOnlyWhereTheBytesAre) {
    const ByteVector bytes(10);
    EXPECT_TRUE(readHeader<udphdr>(bytes));
    EXPECT_TRUE(readHeader<udphdr>(bytes, 2));
    EXPECT_FALSE(readHeader<udphdr>(bytes, 3));
    EXPECT_FALSE(readHeader<udphdr>(bytes, 11));
    EXPECT_FALSE(readHeader<iphdr>(bytes));
}

TEST(Constants, HaveTheKernelsNames) {
    EXPECT_EQ(etherTypeName(0x0800), "ETH_P_IP");
    EXPECT_EQ(etherTypeName(0x1234), "0x1234");
    EXPECT_EQ(ipProtocolName(17), "IPPROTO_UDP");
    EXPECT_EQ(ipProtocolName(99), "99");
}

}  // namespace
}  // namespace ringside
