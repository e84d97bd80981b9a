// What becomes of packets that no program asked for: the function that frees them and the reason it gives, as 6.1.192
// has them.
#include "engine/protocol/checksum.h"
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

/// "NO_SOCKET@icmp_rcv", "consumed@icmp_rcv"
std::string endOf(const NetMachine& m, std::uint32_t number) {
    const PacketFate f = m.fate(number);
    if (f.fate == Fate::dropped) return m.dropOf(number);
    return std::string(nameOf(f.fate)) + "@" + m.nameOfFunction(f.function);
}

/// What becomes of one frame sent to a machine that has nothing open.
std::string endOf(const ByteVector& frame, const std::function<void(NetMachine&)>& prepare = {},
                  const std::function<void(const NetMachine&)>& look = {}) {
    NetMachine m;
    m.send(kMillisecond, frame);
    if (prepare) prepare(m);
    m.start();
    m.runToEnd();
    m.expectAllAccountedFor();
    if (look) look(m);
    return endOf(m, 1);
}

/// A message of `type` with `rest` bytes behind the first four, its checksum right.
ByteVector icmp(const FrameSpec& frame, std::uint8_t type, std::size_t rest, std::uint8_t fill = 0,
                std::uint8_t code = 0) {
    ByteVector message(4 + rest, fill);
    message[0] = type;
    message[1] = code;
    message[2] = message[3] = 0;
    if (frame.dst.version == 6) {
        storeBe16(&message[2], transportChecksum(frame.src, frame.dst, IPPROTO_ICMPV6, message));
        return ipFrame(frame, IPPROTO_ICMPV6, message);
    }
    storeBe16(&message[2], csumFold(csumPartial(message, 0)));
    return ipFrame(frame, IPPROTO_ICMP, message);
}

TEST(Fates, IcmpMessages) {
    const FrameSpec f = NetMachine().frame();
    struct Case {
        const char* name;
        std::uint8_t type, code;
        std::size_t rest;
        std::uint8_t fill;
        const char* end;
        std::uint64_t errors;
    };
    for (const Case& c : {
             Case{"echo", 8, 0, 4, 0, "consumed@icmp_rcv", 0},
             Case{"echo reply nobody asked for", 0, 0, 4, 0, "NO_SOCKET@icmp_rcv", 0},
             Case{"extended echo", 42, 0, 4, 0, "consumed@icmp_rcv", 0},
             Case{"extended echo reply", 43, 0, 4, 0, "NO_SOCKET@icmp_rcv", 0},
             Case{"the last known type", 18, 0, 4, 0, "consumed@icmp_rcv", 0},
             Case{"the first unknown type", 19, 0, 4, 0, "UNHANDLED_PROTO@icmp_rcv", 1},
             Case{"shorter than its header", 8, 0, 3, 0, "NOT_SPECIFIED@icmp_rcv", 1},
             Case{"unreachable, quoting 28 bytes", 3, 1, 4 + 28, 0x45, "consumed@icmp_rcv", 0},
             Case{"unreachable, quoting 27 bytes", 3, 1, 4 + 27, 0x45, "consumed@icmp_rcv", 1},
             Case{"unreachable, quoting 19 bytes", 3, 1, 4 + 19, 0x45, "NOT_SPECIFIED@icmp_rcv", 1},
             Case{"unreachable, quoting a bad header", 3, 1, 4 + 28, 0x44, "IP_INHDR@icmp_rcv", 1},
             Case{"redirect, quoting 19 bytes", 5, 1, 4 + 19, 0x45, "PKT_TOO_SMALL@icmp_rcv", 1},
             Case{"redirect", 5, 1, 4 + 28, 0x45, "consumed@icmp_rcv", 0},
             Case{"timestamp", 13, 0, 8, 0, "consumed@icmp_rcv", 0},
             Case{"timestamp without its time", 13, 0, 4, 0, "PKT_TOO_SMALL@icmp_rcv", 1},
         }) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(endOf(icmp(f, c.type, c.rest, c.fill, c.code), {},
                        [&](const NetMachine& m) { EXPECT_EQ(m.counters().icmp.InErrors, c.errors); }),
                  c.end);
    }
}

TEST(Fates, AnEchoToManyIsIgnored) {
    FrameSpec f = NetMachine().frame();
    f.dst = *IpAddr::parse("10.0.0.255");
    f.dstMac = MacAddr::broadcast();
    EXPECT_EQ(endOf(icmp(f, 8, 4)), "INVALID_PROTO@icmp_rcv");
    EXPECT_EQ(endOf(icmp(f, 17, 8)), "consumed@icmp_rcv");
}

TEST(Fates, Icmpv6Messages) {
    const FrameSpec f = NetMachine().frame6();
    const std::vector<std::pair<std::uint8_t, const char*>> cases{
        {1, "NOT_SPECIFIED@icmpv6_rcv"},   {2, "NOT_SPECIFIED@icmpv6_rcv"},   {4, "NOT_SPECIFIED@icmpv6_rcv"},
        {100, "NOT_SPECIFIED@icmpv6_rcv"}, {128, "consumed@icmpv6_rcv"},      {129, "NO_SOCKET@icmpv6_rcv"},
        {130, "consumed@icmpv6_rcv"},      {131, "consumed@icmpv6_rcv"},      {132, "NOT_SPECIFIED@icmpv6_rcv"},
        {133, "consumed@icmpv6_rcv"},      {137, "consumed@icmpv6_rcv"},      {138, "NOT_SPECIFIED@icmpv6_rcv"},
        {143, "NOT_SPECIFIED@icmpv6_rcv"}, {160, "NOT_SPECIFIED@icmpv6_rcv"}, {161, "NO_SOCKET@icmpv6_rcv"}};
    for (const auto& [type, end] : cases) {
        SCOPED_TRACE(int{type});
        EXPECT_EQ(endOf(icmp(f, type, 60)), end);
    }
}

TEST(Fates, ThisKernelFreesAnAnsweredPingOfIpv6AsADrop) {
    NetMachine m;
    m.send(kMillisecond, echoFrame(m.frame6(), EchoSpec{}));
    m.start();
    m.runToEnd();
    EXPECT_EQ(endOf(m, 1), "consumed@icmpv6_rcv");
    ASSERT_EQ(m.drops.size(), 1U);
    EXPECT_EQ(m.drops[0].drop, Drop::NOT_SPECIFIED);
    EXPECT_EQ(m.counters().icmp6.OutEchoReps, 1U);
}

ByteVector igmp(const NetMachine& m, std::uint8_t type, std::size_t length, bool group = true) {
    FrameSpec f = m.frame();
    f.dst = *IpAddr::parse(group ? "224.0.0.1" : "10.0.0.1");
    if (group) f.dstMac = *MacAddr::parse("01:00:5e:00:00:01");
    ByteVector message(length);
    message[0] = type;
    if (length > 12) message[11] = 1;  // one source
    storeBe16(&message[2], csumFold(csumPartial(message, 0)));
    return ipFrame(f, IPPROTO_IGMP, message);
}

/// A query of version 3.
struct Query {
    bool group = false;  ///< asks for one group; else for all
    std::uint8_t sources = 0, carried = 0;
    std::uint8_t qrv = 0, qqic = 0;
};
ByteVector query(const Query& q) {
    const NetMachine m;
    FrameSpec f = m.frame();
    f.dst = *IpAddr::parse("224.0.0.1");
    f.dstMac = *MacAddr::parse("01:00:5e:00:00:01");
    ByteVector message(12 + 4U * q.carried);
    message[0] = 0x11;
    if (q.group) message[4] = 239;
    message[8] = q.qrv;
    message[9] = q.qqic;
    message[11] = q.sources;
    storeBe16(&message[2], csumFold(csumPartial(message, 0)));
    return ipFrame(f, IPPROTO_IGMP, message);
}
/// A query of version 1 (code 0) or 2.
ByteVector oldQuery(std::uint8_t code) {
    const NetMachine m;
    FrameSpec f = m.frame();
    f.dst = *IpAddr::parse("224.0.0.1");
    f.dstMac = *MacAddr::parse("01:00:5e:00:00:01");
    ByteVector message(8);
    message[0] = 0x11;
    message[1] = code;
    storeBe16(&message[2], csumFold(csumPartial(message, 0)));
    return ipFrame(f, IPPROTO_IGMP, message);
}

TEST(Fates, AnOlderRouterHasListsOfSourcesIgnored) {
    // A version 3 query for all groups with a source is refused, unless an older router was heard 260 s ago or less.
    constexpr Time first = kMillisecond, present = 260 * kSecond;
    for (const std::uint8_t code : {std::uint8_t{0}, std::uint8_t{100}}) {
        NetMachine m;
        m.send(first, oldQuery(code));
        m.send(first + present - 8 * kMillisecond, query({.sources = 1}));
        m.send(first + present + 8 * kMillisecond, query({.sources = 1}));
        m.start();
        m.runToEnd();
        const IgmpState& igmp = m.device().igmp;
        EXPECT_EQ(code == 0 ? igmp.mr_v1_seen : igmp.mr_v2_seen, 260U * 250);
        EXPECT_EQ(code == 0 ? igmp.mr_v2_seen : igmp.mr_v1_seen, 0U);
        EXPECT_EQ(endOf(m, 2), "consumed@igmp_rcv") << int{code};
        EXPECT_EQ(endOf(m, 3), "NOT_SPECIFIED@igmp_rcv") << int{code};
    }
}

TEST(Fates, AQueryTellsTheRoutersIntervals) {
    const auto after = [](const Query& q) {
        IgmpState state;
        endOf(query(q), {}, [&](const NetMachine& m) { state = m.device().igmp; });
        return state;
    };
    EXPECT_EQ(after({.qrv = 3, .qqic = 60}).mr_qrv, 3U);
    EXPECT_EQ(after({.qrv = 3, .qqic = 60}).mr_qi, 60U);
    EXPECT_EQ(after({}).mr_qrv, 2U) << "0: the default";
    EXPECT_EQ(after({}).mr_qi, 125U);
    EXPECT_EQ(after({.qqic = 0x7f}).mr_qi, 127U);
    EXPECT_EQ(after({.qqic = 0x80}).mr_qi, 128U);
    EXPECT_EQ(after({.qqic = 0x95}).mr_qi, (5U | 16U) << 4);
    EXPECT_EQ(after({.qqic = 11}).mr_qri, 10U);
    EXPECT_EQ(after({.qqic = 10}).mr_qri, 9U) << "shorter than the interval";
}

TEST(Fates, IgmpMessages) {
    const NetMachine m;
    EXPECT_EQ(endOf(igmp(m, 0x11, 8)), "consumed@igmp_rcv");
    EXPECT_EQ(endOf(igmp(m, 0x11, 9)), "NOT_SPECIFIED@igmp_rcv");   // neither version 2 nor 3
    EXPECT_EQ(endOf(igmp(m, 0x11, 15)), "NOT_SPECIFIED@igmp_rcv");  // version 3, its source cut short
    EXPECT_EQ(endOf(igmp(m, 0x11, 12)), "consumed@igmp_rcv");
    EXPECT_EQ(endOf(igmp(m, 0x11, 16)), "NOT_SPECIFIED@igmp_rcv");  // a general query with a source
    EXPECT_EQ(endOf(query({.group = true, .sources = 1, .carried = 1})), "consumed@igmp_rcv");
    EXPECT_EQ(endOf(query({.group = true, .sources = 2, .carried = 1})), "NOT_SPECIFIED@igmp_rcv");
    EXPECT_EQ(endOf(igmp(m, 0x16, 8)), "consumed@igmp_rcv");
    EXPECT_EQ(endOf(igmp(m, 0x16, 8, false)), "NOT_SPECIFIED@igmp_rcv");  // a report by unicast
    EXPECT_EQ(endOf(igmp(m, 0x17, 8)), "NOT_SPECIFIED@igmp_rcv");
    EXPECT_EQ(endOf(igmp(m, 0x1f, 8)), "NOT_SPECIFIED@igmp_rcv");  // mtrace
    EXPECT_EQ(endOf(igmp(m, 0x22, 16)), "NOT_SPECIFIED@igmp_rcv");
    EXPECT_EQ(endOf(igmp(m, 0x14, 8)), "NOT_SPECIFIED@pim_rcv_v1");
}

TEST(Fates, PimFindsNoRouter) {
    const NetMachine m;
    EXPECT_EQ(endOf(ipFrame(m.frame(), IPPROTO_PIM, ByteVector(40, 0x21))), "NOT_SPECIFIED@pim_rcv");
    EXPECT_EQ(endOf(ipFrame(m.frame6(), IPPROTO_PIM, ByteVector(60, 0x21))), "NOT_SPECIFIED@pim6_rcv");
}

TEST(Fates, ArpOperations) {
    const auto arp = [](std::uint16_t op, const char* target, std::uint16_t hardware = 1,
                        std::uint16_t protocol = ETH_P_IP) {
        ArpSpec spec;
        spec.srcMac = NetMachine().frame().srcMac;
        spec.op = op;
        spec.addresses.ar_tip = *Ipv4Addr::parse(target);
        ByteVector frame = arpFrame(spec);
        storeBe16(&frame[14], hardware);
        storeBe16(&frame[16], protocol);
        return frame;
    };
    EXPECT_EQ(endOf(arp(1, "10.0.0.1")), "consumed@arp_process");
    EXPECT_EQ(endOf(arp(2, "10.0.0.77")), "consumed@arp_process");
    EXPECT_EQ(endOf(arp(3, "10.0.0.1")), "NOT_SPECIFIED@arp_process");
    EXPECT_EQ(endOf(arp(8, "10.0.0.1")), "NOT_SPECIFIED@arp_process");
    EXPECT_EQ(endOf(arp(1, "10.0.0.1", 6)), "consumed@arp_process");
    EXPECT_EQ(endOf(arp(1, "10.0.0.1", 7)), "NOT_SPECIFIED@arp_process");
    EXPECT_EQ(endOf(arp(1, "10.0.0.1", 1, ETH_P_IPV6)), "NOT_SPECIFIED@arp_process");
    EXPECT_EQ(endOf(arp(1, "224.0.0.1")), "NOT_SPECIFIED@arp_process");
    EXPECT_EQ(endOf(arp(1, "127.0.0.1")), "NOT_SPECIFIED@arp_process");
}

TEST(Fates, TcpWithoutAListener) {
    const NetMachine m;
    TcpSpec syn;
    syn.dest = 80;
    syn.flags = TCPHDR_SYN;
    for (const FrameSpec& f : {m.frame(), m.frame6()}) {
        const std::size_t header = f.dst.version == 6 ? 54 : 34;
        const std::string rcv = f.dst.version == 6 ? "tcp_v6_rcv" : "tcp_v4_rcv";
        const auto open = [](NetMachine& n) { n.scenario.tcp_ports = {443, 80}; };
        const auto resets = [](std::uint64_t n) {
            return [n](const NetMachine& x) { EXPECT_EQ(x.counters().tcp.OutRsts, n); };
        };
        EXPECT_EQ(endOf(tcpFrame(f, syn), {}, resets(1)), "NO_SOCKET@" + rcv);
        EXPECT_EQ(endOf(tcpFrame(f, syn), open, resets(0)),
                  f.dst.version == 6 ? "consumed@tcp_v6_do_rcv" : "consumed@tcp_v4_do_rcv");
        TcpSpec rst = syn;
        rst.flags = TCPHDR_RST;
        EXPECT_EQ(endOf(tcpFrame(f, rst), {}, resets(0)), "NO_SOCKET@" + rcv);
        ByteVector bad = tcpFrame(f, syn);
        bad[header + 16] ^= 1;
        EXPECT_EQ(endOf(bad, open, resets(0)), "TCP_CSUM@" + rcv);
        TcpSpec longer = syn;
        longer.payload.assign(100, 0x61);
        ByteVector late = tcpFrame(f, longer);
        late.back() ^= 1;
        EXPECT_EQ(endOf(late, {}, resets(0)), "TCP_CSUM@" + rcv);
        EXPECT_EQ(endOf(late, open), f.dst.version == 6 ? "TCP_CSUM@tcp_v6_do_rcv" : "TCP_CSUM@tcp_v4_do_rcv");
        ByteVector small = tcpFrame(f, syn);
        small[header + 12] = 0x40;
        EXPECT_EQ(endOf(small, open), "PKT_TOO_SMALL@" + rcv);
        small[header + 12] = 0xf0;  // longer than the segment
        EXPECT_EQ(endOf(small, open), "NOT_SPECIFIED@" + rcv);
    }
}

/// IPv6 with an extension header `kind` of these bytes before UDP to port 9.
ByteVector extended(std::uint8_t kind, ByteVector options, const char* dst = "2001:db8::1") {
    FrameSpec f = NetMachine().frame6();
    f.dst = *IpAddr::parse(dst);
    if (f.dst.isMulticast()) f.dstMac = *MacAddr::parse("33:33:00:00:00:01");
    const ByteVector udp = udpFrame(f, NetMachine::udp(9, 8));
    options[0] = IPPROTO_UDP;
    options[1] = static_cast<std::uint8_t>(options.size() / 8 - 1);
    options.insert(options.end(), udp.begin() + 54, udp.end());
    return ipFrame(f, kind, options);
}

TEST(Fates, Ipv6Options) {
    constexpr std::uint8_t hop = IPPROTO_HOPOPTS, dest = IPPROTO_DSTOPTS;
    const std::string passed = "NO_SOCKET@__udp6_lib_rcv", bad = "IP_INHDR@ip6_parse_tlv";
    for (const std::uint8_t kind : {hop, dest}) {
        SCOPED_TRACE(int{kind});
        EXPECT_EQ(endOf(extended(kind, {0, 0, 1, 4, 0, 0, 0, 0})), passed);  // PadN of 6
        EXPECT_EQ(endOf(extended(kind, {0, 0, 1, 4, 0, 0, 1, 0})), bad);     // PadN not of zeros
        EXPECT_EQ(endOf(extended(kind, {0, 0, 0, 0, 0, 0, 0, 0})), passed);  // six Pad1
        EXPECT_EQ(endOf(extended(kind, {0, 0, 1, 5, 0, 0, 0, 0, 0, 30, 5, 0, 0, 0, 0, 0})), passed);  // 7, an option, 0
        EXPECT_EQ(endOf(extended(kind, {0, 0, 1, 6, 0, 0, 0, 0, 0, 0, 30, 4, 0, 0, 0, 0})), bad);     // PadN of 8
        EXPECT_EQ(endOf(extended(kind, {0, 0, 1, 5, 0, 0, 0, 0, 0, 0, 30, 4, 0, 0, 0, 0})), bad);  // 7 and 1 of padding
        EXPECT_EQ(endOf(extended(kind, {0, 0, 30, 5, 0, 0, 0, 0})), bad);                          // past the end
        EXPECT_EQ(endOf(extended(kind, {0, 0, 0x1e, 4, 0, 0, 0, 0})), passed);                     // unknown: ignore
        EXPECT_EQ(endOf(extended(kind, {0, 0, 0x5e, 4, 0, 0, 0, 0})), "UNHANDLED_PROTO@ip6_tlvopt_unknown");
        EXPECT_EQ(endOf(extended(kind, {0, 0, 0x9e, 4, 0, 0, 0, 0})), "UNHANDLED_PROTO@icmpv6_param_prob_reason");
        EXPECT_EQ(endOf(extended(kind, {0, 0, 0xde, 4, 0, 0, 0, 0})), "UNHANDLED_PROTO@icmpv6_param_prob_reason");
        EXPECT_EQ(endOf(extended(kind, {0, 0, 0xde, 4, 0, 0, 0, 0}, "ff02::1")), "UNHANDLED_PROTO@ip6_tlvopt_unknown");
        ByteVector eight(24), nine(24);
        for (std::size_t i = 0; i < 8; ++i) eight[2 + 2 * i] = nine[2 + 2 * i] = 0x1e;
        eight[18] = 1, eight[19] = 4;
        nine[18] = 0x1e, nine[20] = 1, nine[21] = 2;
        EXPECT_EQ(endOf(extended(kind, eight)), passed);
        EXPECT_EQ(endOf(extended(kind, nine)), bad);
    }
    EXPECT_EQ(endOf(extended(hop, {0, 0, 5, 2, 0, 0, 1, 0})), passed);  // router alert
    EXPECT_EQ(endOf(extended(hop, {0, 0, 5, 3, 0, 0, 0, 0})), bad);
    EXPECT_EQ(endOf(extended(hop, {0, 0, 0xc2, 3, 0, 0, 0, 0})), bad);  // a jumbo option too short
    EXPECT_EQ(endOf(extended(hop, {0, 0, 0xc2, 4, 0, 0, 0xff, 0xff})), "IP_INHDR@icmpv6_param_prob_reason");
    ByteVector home(24);
    home[2] = 1, home[3] = 2, home[6] = 0xc9, home[7] = 16, home[8] = 0x20;
    EXPECT_EQ(endOf(extended(dest, home)), "XFRM_POLICY@ipv6_dest_hao");
    home[8] = 0xff;
    EXPECT_EQ(endOf(extended(dest, home)), "INVALID_PROTO@ipv6_dest_hao");
}

TEST(Fates, RoutingHeaders) {
    const auto routing = [](std::uint8_t type, std::uint8_t left) {
        ByteVector h(8);
        h[2] = type;
        h[3] = left;
        return extended(IPPROTO_ROUTING, h);
    };
    EXPECT_EQ(endOf(routing(0, 0)), "NO_SOCKET@__udp6_lib_rcv");
    EXPECT_EQ(endOf(routing(0, 1)), "NOT_SPECIFIED@icmpv6_param_prob_reason");
    EXPECT_EQ(endOf(routing(2, 0)), "NOT_SPECIFIED@ipv6_rthdr_rcv");
    EXPECT_EQ(endOf(routing(3, 0)), "NOT_SPECIFIED@ipv6_rpl_srh_rcv");
    EXPECT_EQ(endOf(routing(4, 0)), "NOT_SPECIFIED@ipv6_srh_rcv");
}

TEST(Fates, AFirstFragmentWithoutItsTransportHeader) {
    const FrameSpec f = NetMachine().frame6();
    const auto first = [&](std::uint8_t nexthdr, std::size_t bytes) {
        ByteVector payload(8 + bytes);
        frag_hdr fh;
        fh.nexthdr = nexthdr;
        fh.frag_off = IP6_MF;
        fh.store(payload.data());
        return ipFrame(f, IPPROTO_FRAGMENT, payload);
    };
    EXPECT_EQ(endOf(first(IPPROTO_UDP, 8)), "NOT_SPECIFIED@ip6_frag_expire");
    EXPECT_EQ(endOf(first(IPPROTO_TCP, 16)), "NOT_SPECIFIED@icmpv6_param_prob_reason");
    EXPECT_EQ(endOf(first(IPPROTO_TCP, 24)), "NOT_SPECIFIED@ip6_frag_expire");
    // behind an extension header of 8 bytes another begins, for which there must be room too
    for (const std::uint8_t kind : {IPPROTO_HOPOPTS, IPPROTO_ROUTING, IPPROTO_DSTOPTS}) {
        SCOPED_TRACE(int{kind});
        EXPECT_EQ(endOf(first(kind, 8)), "NOT_SPECIFIED@icmpv6_param_prob_reason");
    }
}

TEST(Fates, AnExtensionHeaderLongerThanThePacket) {
    const auto cut = [](std::uint8_t kind) {
        ByteVector frame = extended(kind, {0, 0, 1, 4, 0, 0, 0, 0});
        frame[54 + 1] = 200;
        return frame;
    };
    const auto errors = [](const NetMachine& m) { EXPECT_EQ(m.counters().ip6.InHdrErrors, 1U); };
    EXPECT_EQ(endOf(cut(IPPROTO_HOPOPTS), {}, errors), "NOT_SPECIFIED@ipv6_parse_hopopts");
    EXPECT_EQ(endOf(cut(IPPROTO_DSTOPTS), {}, errors), "NOT_SPECIFIED@ipv6_destopt_rcv");
    EXPECT_EQ(endOf(cut(IPPROTO_ROUTING), {}, errors), "NOT_SPECIFIED@ipv6_rthdr_rcv");
}

/// An IPv4 datagram whose header has these options, padded to a multiple of 4.
ByteVector optioned(ByteVector options) {
    options.resize((options.size() + 3) / 4 * 4);
    const ByteVector plain = udpFrame(NetMachine().frame(), NetMachine::udp(9, 8));
    ByteVector frame(plain.begin(), plain.begin() + 34);
    frame.insert(frame.end(), options.begin(), options.end());
    frame.insert(frame.end(), plain.begin() + 34, plain.end());
    frame[14] = static_cast<std::uint8_t>(0x45 + options.size() / 4);
    storeBe16(&frame[16], static_cast<std::uint16_t>(frame.size() - 14));
    setIpChecksum(frame, 14);
    return frame;
}

TEST(Fates, Ipv4Options) {
    const std::string passed = "NO_SOCKET@__udp4_lib_rcv", refused = "NOT_SPECIFIED@ip_rcv_finish_core";
    EXPECT_EQ(endOf(optioned({1, 1, 1, 0})), passed);
    EXPECT_EQ(endOf(optioned({148, 4, 0, 0})), passed);  // router alert
    EXPECT_EQ(endOf(optioned({148, 3, 0, 0})), refused);
    EXPECT_EQ(endOf(optioned({7, 7, 4, 0, 0, 0, 0})), passed);       // record route
    EXPECT_EQ(endOf(optioned({7, 7, 8, 0, 0, 0, 0})), passed);       // full
    EXPECT_EQ(endOf(optioned({7, 7, 3, 0, 0, 0, 0})), refused);      // its pointer before the first place
    EXPECT_EQ(endOf(optioned({7, 7, 5, 0, 0, 0, 0})), refused);      // no room for an address
    EXPECT_EQ(endOf(optioned({7, 3, 4, 7, 3, 4})), refused);         // twice
    EXPECT_EQ(endOf(optioned({68, 8, 5, 0, 0, 0, 0, 0})), passed);   // timestamp
    EXPECT_EQ(endOf(optioned({68, 8, 5, 1, 0, 0, 0, 0})), refused);  // with the address: no room
    EXPECT_EQ(endOf(optioned({68, 4, 5, 0xe0})), passed);            // full, 14 overflows before
    EXPECT_EQ(endOf(optioned({68, 4, 5, 0xf0})), refused);           // 15
    EXPECT_EQ(endOf(optioned({134, 4, 0, 0})), refused);             // CIPSO
    EXPECT_EQ(endOf(optioned({200, 4, 0, 0})), passed);              // unknown
    EXPECT_EQ(endOf(optioned({200, 1, 0, 0})), refused);             // its length too short
    EXPECT_EQ(endOf(optioned({200, 5, 0, 0})), refused);             // past the header
    EXPECT_EQ(endOf(optioned({1, 1, 1, 200})), refused);             // no room for a length
    const auto errors = [](std::uint64_t n) {
        return [n](const NetMachine& m) { EXPECT_EQ(m.counters().ip.InHdrErrors, n); };
    };
    EXPECT_EQ(endOf(optioned({131, 3, 4}), {}, errors(0)), refused);  // a source route, well formed
    EXPECT_EQ(endOf(optioned({131, 3, 3}), {}, errors(1)), refused);
}

TEST(Fates, AUnicastPacketInAFrameForMany) {
    FrameSpec f = NetMachine().frame();
    f.dstMac = MacAddr::broadcast();
    const ByteVector frame = udpFrame(f, NetMachine::udp(9));
    EXPECT_EQ(endOf(frame), "NO_SOCKET@__udp4_lib_rcv");
    EXPECT_EQ(endOf(frame, [](NetMachine& m) { m.scenario.net_sysctl.drop_unicast_in_l2_multicast = true; }),
              "UNICAST_IN_L2_MULTICAST@ip_rcv_finish_core");
}

TEST(Fates, AnIcmpErrorQuotesAHeaderOfTheLengthThatItTells) {
    const FrameSpec f = NetMachine().frame();
    const auto quoting = [&](std::uint8_t first, std::size_t bytes) {
        ByteVector frame = icmp(f, 3, 4 + bytes, 0, 1);
        constexpr std::size_t message = 34;
        frame[message + 8] = first;
        storeBe16(&frame[message + 2], 0);
        storeBe16(&frame[message + 2], csumFold(csumPartial(ByteView(frame).subspan(message), 0)));
        return frame;
    };
    const auto errors = [](std::uint64_t n) {
        return [n](const NetMachine& m) { EXPECT_EQ(m.counters().icmp.InErrors, n); };
    };
    EXPECT_EQ(endOf(quoting(0x45, 28), {}, errors(0)), "consumed@icmp_rcv");
    EXPECT_EQ(endOf(quoting(0x45, 27), {}, errors(1)), "consumed@icmp_rcv");
    EXPECT_EQ(endOf(quoting(0x46, 32), {}, errors(0)), "consumed@icmp_rcv");
    EXPECT_EQ(endOf(quoting(0x46, 31), {}, errors(1)), "consumed@icmp_rcv");
}

TEST(Fates, AForwardedPacketHasOneHopMoreToLive) {
    FrameSpec f = NetMachine().frame();
    f.dst = *IpAddr::parse("10.0.0.9");
    const auto forwards = [](NetMachine& m) { m.scenario.net_sysctl.ip_forward = true; };
    const auto counts = [](std::uint64_t forwarded, std::uint64_t errors) {
        return [=](const NetMachine& m) {
            EXPECT_EQ(m.counters().ip.ForwDatagrams, forwarded);
            EXPECT_EQ(m.counters().ip.InHdrErrors, errors);
        };
    };
    f.ttl = 2;
    EXPECT_EQ(endOf(udpFrame(f, NetMachine::udp()), forwards, counts(1, 0)), "forwarded@ip_forward");
    f.ttl = 1;
    EXPECT_EQ(endOf(udpFrame(f, NetMachine::udp()), forwards, counts(0, 1)), "IP_INHDR@ip_forward");
}

TEST(Fates, AnIpv6PayloadLengthOfZeroIsALengthUnlessAJumbogramIsAnnounced) {
    constexpr std::size_t ip = 14;
    const auto with = [&](std::uint8_t next, std::size_t length) {
        ByteVector frame = udpFrame(NetMachine().frame6(), NetMachine::udp(9, 12));
        storeBe16(&frame[ip + 4], static_cast<std::uint16_t>(length));
        frame[ip + 6] = next;
        return frame;
    };
    std::uint32_t len = 0;
    NetMachine m;
    m.send(kMillisecond, with(IPPROTO_UDP, 0));
    m.start();
    ASSERT_TRUE(m.runTo("ip6_input_finish"));
    len = m.skb(m.event.skb_slot).len;
    EXPECT_EQ(len, 40U) << "what stands behind the header is padding";
    EXPECT_EQ(endOf(with(IPPROTO_HOPOPTS, 20)).substr(0, 13).find("PKT_TOO_SMALL"), std::string::npos);
    EXPECT_EQ(endOf(with(IPPROTO_HOPOPTS, 21)), "PKT_TOO_SMALL@ip6_rcv_core");
}

}  // namespace
}  // namespace ringside::test
