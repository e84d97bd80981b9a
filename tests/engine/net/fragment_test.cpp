// Fragments: one datagram again in any order, duplicates, overlaps, and those that never come.
#include "engine/protocol/checksum.h"
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

/// A datagram of `payload` bytes in fragments of at most 1500.
std::vector<ByteVector> pieces(const NetMachine& m, std::size_t payload, std::uint16_t id = 7,
                               std::uint32_t mtu = 1500) {
    FrameSpec frame = m.frame();
    frame.id = id;
    frame.fragOff = 0;
    return ipv4Fragments(udpFrame(frame, NetMachine::udp(5000, payload)), mtu);
}

TEST(Fragments, ThreeInAnyOrderBecomeOneDatagram) {
    std::vector<std::size_t> order{0, 1, 2};
    do {
        NetMachine m;
        m.addReader("reader", 0, 5000, 0);
        const std::vector<ByteVector> all = pieces(m, 3000);
        ASSERT_EQ(all.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) m.send(kMillisecond * static_cast<Time>(i + 1), all[order[i]]);
        m.start();
        ASSERT_TRUE(m.runTo("ip_local_deliver_finish"));
        const SkBuff& whole = m.skb(m.event.skb_slot);
        EXPECT_EQ(whole.len, 3028U);
        EXPECT_EQ(whole.headlen(), 1500U);
        EXPECT_EQ(whole.data_len, 1528U);
        const iphdr iph = iphdr::load(m.head(m.event.skb_slot).bytes.read(whole.network_header, 20).data());
        EXPECT_EQ(iph.tot_len, 3028);
        EXPECT_EQ(iph.frag_off, 0);
        EXPECT_EQ(ipFastCsum(m.head(m.event.skb_slot).bytes.read(whole.network_header, 20)), 0);
        // the bytes stand in their order (a checksum would not notice two pieces changed)
        ByteVector bytes;
        const auto take = [&](std::span<const std::uint8_t> part) {
            bytes.insert(bytes.end(), part.begin(), part.end());
        };
        const Buffer& head = m.head(m.event.skb_slot);
        take(head.bytes.read(whole.data, whole.headlen()));
        for (const SkbFrag& frag : head.frags)
            take(std::as_const(m.world.machine().buffers)[frag.page].bytes.read(frag.offset, frag.size));
        // skb_try_coalesce(): the second and third are page fragments of the first now (as recorded)
        EXPECT_EQ(head.frags.size(), 2U);
        EXPECT_FALSE(head.frag_list);
        EXPECT_EQ(whole.truesize, 5120U);
        const ByteVector original = udpFrame(m.frame(), NetMachine::udp(5000, 3000));
        ASSERT_EQ(bytes.size(), 3028U);
        EXPECT_TRUE(std::equal(bytes.begin() + 20, bytes.end(), original.begin() + 34));
        // the one that came last is the head now, unless it was the first fragment anyway
        EXPECT_EQ(whole.cloned, order[2] != 0);
        m.runToEnd();
        EXPECT_EQ(m.task("reader").received, 1U);
        EXPECT_EQ(m.task("reader").received_bytes, 3000U);
        for (std::uint32_t n = 1; n <= 3; ++n) EXPECT_EQ(m.fate(n).fate, Fate::delivered);
        EXPECT_EQ(m.counters().ip.ReasmReqds, 3U);
        EXPECT_EQ(m.counters().ip.ReasmOKs, 1U);
        EXPECT_EQ(m.counters().ip.ReasmFails, 0U);
        EXPECT_EQ(m.socket().sk_rmem_alloc, 0);
        // nothing of a datagram that was delivered is freed as a drop
        EXPECT_TRUE(m.drops.empty());
        EXPECT_EQ(std::count_if(m.traced.begin(), m.traced.end(),
                                [](const Event& e) { return e.tracepoint == Tracepoint::kfree_skb; }),
                  0);
        m.expectAllAccountedFor();
        EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "kfree_skb_partial"), 2);
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Fragments, ABadSumIsFoundOverAllOfThem) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    std::vector<ByteVector> all = pieces(m, 3000);
    all[2].back() ^= 1;
    for (std::size_t i = 0; i < 3; ++i) m.send(kMillisecond * static_cast<Time>(i + 1), all[i]);
    m.start();
    m.runToEnd();
    for (std::uint32_t n = 1; n <= 3; ++n) EXPECT_EQ(m.dropOf(n), "NOT_SPECIFIED@udp_recvmsg");
    EXPECT_EQ(m.counters().udp.InCsumErrors, 1U);
    m.expectAllAccountedFor();
}

TEST(Fragments, ADuplicateIsDroppedAlone) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    const std::vector<ByteVector> all = pieces(m, 3000);
    for (const std::size_t i : {0, 1, 1, 0, 2})
        m.send(kMillisecond * static_cast<Time>(m.scenario.frames.size() + 1), all[i]);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.dropOf(3), "NOT_SPECIFIED@ip_frag_queue");
    EXPECT_EQ(m.dropOf(4), "NOT_SPECIFIED@ip_frag_queue");
    EXPECT_EQ(m.task("reader").received, 1U);
    m.expectAllAccountedFor();
}

TEST(Fragments, AnOverlapSpoilsTheDatagram) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    const std::vector<ByteVector> all = pieces(m, 3000), other = pieces(m, 3000, 7, 1000);
    m.send(kMillisecond, all[1]);        // bytes 1480 to 2960
    m.send(2 * kMillisecond, other[1]);  // bytes 976 to 1952
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.dropOf(1), "NOT_SPECIFIED@inet_frag_rbtree_purge");
    EXPECT_EQ(m.dropOf(2), "NOT_SPECIFIED@ip_frag_queue");
    EXPECT_EQ(m.counters().ip.ReasmFails, 1U);
    EXPECT_EQ(m.counters().ip.ReasmOverlaps, 1U);
    EXPECT_TRUE(m.world.net().fragments->empty());
    m.expectAllAccountedFor();
}

TEST(Fragments, WhatNeverCompletesRunsOutOfTime) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    const std::vector<ByteVector> all = pieces(m, 3000);
    m.send(kMillisecond, all[0]);
    m.send(2 * kMillisecond, all[2]);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.dropOf(1), "NOT_SPECIFIED@ip_expire");
    EXPECT_EQ(m.dropOf(2), "NOT_SPECIFIED@inet_frag_rbtree_purge");
    EXPECT_EQ(m.counters().icmp.OutMsgs, 1U);
    EXPECT_GE(m.fate(1).time, 30 * kSecond);
    EXPECT_LT(m.fate(1).time, 31 * kSecond);
    EXPECT_EQ(m.counters().ip.ReasmTimeout, 1U);
    m.expectAllAccountedFor();
}

TEST(Fragments, WithoutTheFirstNobodyIsTold) {
    NetMachine m;
    const std::vector<ByteVector> all = pieces(m, 3000);
    m.send(kMillisecond, all[1]);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.dropOf(1), "NOT_SPECIFIED@inet_frag_rbtree_purge");
    EXPECT_EQ(m.counters().icmp.OutMsgs, 0U);
    EXPECT_EQ(m.counters().ip.ReasmTimeout, 1U);
    m.expectAllAccountedFor();
}

TEST(Fragments, SmallOnesAreCopiedBehindTheFirst) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    const std::vector<ByteVector> all = pieces(m, 100, 7, 28);  // 8 bytes each, as `nmap -f` has them
    ASSERT_EQ(all.size(), 14U);
    for (std::size_t i = 0; i < all.size(); ++i) m.send(kMillisecond * static_cast<Time>(i + 1), all[i]);
    m.start();
    ASSERT_TRUE(m.runTo("ip_local_deliver_finish"));
    const SkBuff& whole = m.skb(m.event.skb_slot);
    EXPECT_EQ(whole.len, 128U);
    EXPECT_EQ(whole.data_len, 0U);
    EXPECT_EQ(whole.truesize, 1280U);  // one sk_buff, one head
    m.runToEnd();
    EXPECT_EQ(m.task("reader").received_bytes, 100U);
    for (std::uint32_t n = 1; n <= 14; ++n) EXPECT_EQ(m.fate(n).fate, Fate::delivered);
    m.expectAllAccountedFor();
}

TEST(Fragments, AHeaderInAPageFragmentIsPulled) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    // 8 bytes of TCP's header come first, then more than fits behind them
    TcpSpec syn;
    syn.dest = 80;
    syn.payload.assign(1400, 0x61);
    FrameSpec frame = m.frame();
    frame.fragOff = 0;
    frame.id = 9;
    const ByteVector whole = tcpFrame(frame, syn);
    const auto piece = [&](std::size_t from, std::size_t to, bool more) {
        ByteVector b(whole.begin(), whole.begin() + 34);
        b.insert(b.end(), whole.begin() + 34 + static_cast<std::ptrdiff_t>(from),
                 whole.begin() + 34 + static_cast<std::ptrdiff_t>(to));
        storeBe16(&b[16], static_cast<std::uint16_t>(20 + to - from));
        storeBe16(&b[20], static_cast<std::uint16_t>(from / 8 | (more ? IP_MF : 0U)));
        setIpChecksum(b, 14);
        return b;
    };
    m.send(kMillisecond, piece(0, 8, true));
    m.send(2 * kMillisecond, piece(8, whole.size() - 34, false));
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.dropOf(1), "NO_SOCKET@tcp_v4_rcv");
    EXPECT_EQ(m.dropOf(2), "NO_SOCKET@tcp_v4_rcv");
    EXPECT_EQ(std::count(m.entered.begin(), m.entered.end(), "__pskb_pull_tail"), 1);
    m.expectAllAccountedFor();
}

TEST(Fragments, ARunIsADuplicateAndTwoAreAnOverlap) {
    const auto piece = [](const NetMachine& m, std::size_t from, std::size_t to) {
        ByteVector payload(to - from, 0x61);
        FrameSpec frame = m.frame();
        frame.id = 5;
        frame.fragOff = static_cast<std::uint16_t>(from / 8 | IP_MF);
        return ipFrame(frame, IPPROTO_UDP, payload);
    };
    // bytes that came in order are one run, those that came out of order are runs of their own
    for (const bool inOrder : {true, false}) {
        NetMachine m;
        m.send(kMillisecond, piece(m, inOrder ? 0 : 80, inOrder ? 80 : 160));
        m.send(2 * kMillisecond, piece(m, inOrder ? 80 : 0, inOrder ? 160 : 80));
        m.send(3 * kMillisecond, piece(m, 40, 120));
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.counters().ip.ReasmOverlaps, inOrder ? 0U : 1U);
        EXPECT_EQ(m.counters().ip.ReasmTimeout, inOrder ? 1U : 0U);
        EXPECT_EQ(m.dropOf(3), "NOT_SPECIFIED@ip_frag_queue");
        EXPECT_EQ(m.dropOf(2), "NOT_SPECIFIED@inet_frag_rbtree_purge");
        m.expectAllAccountedFor();
    }
}

TEST(Fragments, DatagramsAreToldApart) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 0);
    const std::vector<ByteVector> a = pieces(m, 3000, 7), b = pieces(m, 3000, 8);
    Time at = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        m.send(at += kMillisecond, a[i]);
        m.send(at += kMillisecond, b[2 - i]);
    }
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.task("reader").received, 2U);
    m.expectAllAccountedFor();
}

/// A datagram over IPv6 in two fragments.
std::vector<ByteVector> pieces6(const NetMachine& m) {
    const ByteVector whole = udpFrame(m.frame6(), NetMachine::udp(5000, 2000));
    const std::size_t start = 54, first = 1200;
    std::vector<ByteVector> all;
    for (const auto& [from, to, more] :
         {std::tuple{start, start + first, true}, std::tuple{start + first, whole.size(), false}}) {
        ByteVector payload(8);
        frag_hdr fh;
        fh.nexthdr = IPPROTO_UDP;
        fh.frag_off = static_cast<std::uint16_t>((from - start) | (more ? IP6_MF : 0U));
        fh.identification = 99;
        fh.store(payload.data());
        payload.insert(payload.end(), whole.begin() + static_cast<std::ptrdiff_t>(from),
                       whole.begin() + static_cast<std::ptrdiff_t>(to));
        all.push_back(ipFrame(m.frame6(), IPPROTO_FRAGMENT, payload));
    }
    return all;
}

TEST(Fragments, AFloodIsHeldByTheMemoryLimit) {
    NetMachine m;
    m.afterEach = nullptr;  // thousands of waiting packets: the invariants are other tests' business
    for (std::uint16_t id = 1; id <= 2500; ++id) m.send(kMillisecond + 20 * kMicrosecond * id, pieces(m, 3000, id)[0]);
    m.start();
    m.runToEnd();
    m.expectAllAccountedFor();
    // 4 MB hold 1760 fragments of truesize 2176 with their queues; the limit is noticed by the next one
    EXPECT_EQ(m.dropOf(1760), "NOT_SPECIFIED@ip_expire");
    EXPECT_EQ(m.dropOf(1761), "NOT_SPECIFIED@ip_defrag");
    EXPECT_EQ(m.counters().ip.ReasmTimeout, 1760U);
    EXPECT_EQ(m.counters().ip.ReasmFails, 2500U);
}

TEST(Fragments, AFragmentInsideAReassembledDatagramIsRefused) {
    NetMachine m;
    ByteVector inner(8 + 2000);
    frag_hdr fh;
    fh.nexthdr = IPPROTO_UDP;
    fh.frag_off = IP6_MF;
    fh.store(inner.data());
    const auto piece = [&](std::size_t from, std::size_t to, bool more) {
        ByteVector payload(8);
        fh.nexthdr = IPPROTO_FRAGMENT;
        fh.frag_off = static_cast<std::uint16_t>(from | (more ? IP6_MF : 0U));
        fh.store(payload.data());
        payload.insert(payload.end(), inner.begin() + static_cast<std::ptrdiff_t>(from),
                       inner.begin() + static_cast<std::ptrdiff_t>(to));
        return ipFrame(m.frame6(), IPPROTO_FRAGMENT, payload);
    };
    m.send(kMillisecond, piece(0, 1200, true));
    m.send(2 * kMillisecond, piece(1200, inner.size(), false));
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.dropOf(1), "NOT_SPECIFIED@icmpv6_param_prob_reason");
    EXPECT_EQ(m.dropOf(2), "NOT_SPECIFIED@icmpv6_param_prob_reason");
    EXPECT_EQ(m.counters().ip6.InHdrErrors, 1U);
    m.expectAllAccountedFor();
}

TEST(Fragments, Ipv6) {
    for (const bool reversed : {false, true}) {
        NetMachine m;
        m.addReader("reader", 0, 5000, 0);
        m.scenario.sockets[0].version = 6;
        const std::vector<ByteVector> all = pieces6(m);
        m.send(kMillisecond, all[reversed ? 1 : 0]);
        m.send(2 * kMillisecond, all[reversed ? 0 : 1]);
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.task("reader").received_bytes, 2000U) << "reversed " << reversed;
        EXPECT_EQ(m.counters().ip6.ReasmOKs, 1U);
        EXPECT_EQ(m.counters().udp6.InDatagrams, 1U);
        m.expectAllAccountedFor();
    }
}

TEST(Fragments, HeadersBeforeTheFragmentHeaderStay) {
    for (const int options : {1, 2}) {
        NetMachine m;
        m.addReader("reader", 0, 5000, 0);
        m.scenario.sockets[0].version = 6;
        Time at = 0;
        for (ByteVector piece : pieces6(m)) {
            // hop-by-hop options, and one header of destination options, each of padding only
            const std::uint8_t chain[16] = {
                static_cast<std::uint8_t>(options == 2 ? IPPROTO_DSTOPTS : IPPROTO_FRAGMENT),
                0,
                1,
                4,
                0,
                0,
                0,
                0,
                IPPROTO_FRAGMENT,
                0,
                1,
                4,
                0,
                0,
                0,
                0};
            piece[14 + 6] = IPPROTO_HOPOPTS;
            storeBe16(&piece[14 + 4], static_cast<std::uint16_t>(loadBe16(&piece[14 + 4]) + 8 * options));
            piece.insert(piece.begin() + 54, chain, chain + 8 * options);
            m.send(at += kMillisecond, piece);
        }
        m.start();
        m.runToEnd();
        EXPECT_EQ(m.task("reader").received, 1U) << options;
        EXPECT_EQ(m.task("reader").received_bytes, 2000U);
        EXPECT_EQ(m.counters().ip6.ReasmOKs, 1U);
        m.expectAllAccountedFor();
    }
}

}  // namespace
}  // namespace ringside::test
