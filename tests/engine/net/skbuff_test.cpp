// The operations on sk_buffs: sizes, offsets, sharing, and the lines the kernel stops with.
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class SkBuffTest : public testing::Test {
  protected:
    void SetUp() override { m.start(); }
    /// data, tail, len
    void expectOffsets(SkbId id, std::uint32_t data, std::uint32_t tail, std::uint32_t len) const {
        EXPECT_EQ(m.skb(id).data, data);
        EXPECT_EQ(m.skb(id).tail, tail);
        EXPECT_EQ(m.skb(id).len, len);
    }
    NetMachine m;
};

TEST_F(SkBuffTest, TheSlabDecidesTheSize) {
    struct Case {
        std::uint32_t asked, end, truesize;
    };
    // 144 and 1044 bytes are the recorded transmissions of 100 and 1000 bytes
    for (const Case c : {Case{144, 192, 768}, Case{1044, 1728, 2304}, Case{100, 192, 768}, Case{1, 192, 768},
                         Case{193, 704, 1280}, Case{704, 704, 1280}}) {
        const SkbId skb = m.call(fn::__alloc_skb, c.asked);
        EXPECT_EQ(m.skb(skb).end, c.end) << c.asked;
        EXPECT_EQ(m.skb(skb).truesize, c.truesize) << c.asked;
        EXPECT_EQ(m.head(skb).bytes.size(), c.end);
        EXPECT_FALSE(m.head(skb).head_frag);
        EXPECT_EQ(m.skb(skb).mac_header, kUnset);
        EXPECT_EQ(m.skb(skb).network_header, 0);
    }
}

TEST_F(SkBuffTest, PollFunctionsGetPageFragments) {
    const SkbId small = m.call(fn::__napi_alloc_skb, 2U, 146U);
    EXPECT_EQ(m.skb(small).end, 704U);
    EXPECT_EQ(m.skb(small).truesize, 1280U);
    EXPECT_TRUE(m.head(small).head_frag);
    expectOffsets(small, 64, 64, 0);
    const SkbId large = m.call(fn::__napi_alloc_skb, 2U, 1000U);
    EXPECT_EQ(m.skb(large).end, skbDataAlign(1064));
}

TEST_F(SkBuffTest, TheEndsMoveAsTheNamesSay) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U);
    m.call(fn::skb_reserve, skb, 16U);
    expectOffsets(skb, 16, 16, 0);
    EXPECT_EQ(m.call(fn::skb_put, skb, 128U), 16U);
    expectOffsets(skb, 16, 144, 128);
    EXPECT_EQ(m.call(fn::skb_push, skb, 14U), 2U);
    expectOffsets(skb, 2, 144, 142);
    EXPECT_EQ(m.call(fn::skb_pull, skb, 14U), 16U);
    expectOffsets(skb, 16, 144, 128);
    m.call(fn::skb_trim, skb, 100U);
    expectOffsets(skb, 16, 116, 100);
    m.call(fn::skb_trim, skb, 101U);  // longer than it is: nothing happens
    expectOffsets(skb, 16, 116, 100);
    EXPECT_EQ(m.call(fn::skb_pull, skb, 101U), 0U);  // more than there is: NULL
    expectOffsets(skb, 16, 116, 100);
}

TEST_F(SkBuffTest, PuttingPastEndStopsTheKernel) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U);
    m.call(fn::skb_put, skb, 192U);
    m.call(fn::skb_put, skb, 1U);
    EXPECT_THAT(m.world.machine().oops,
                AllOf(StartsWith("skbuff: skb_over_panic: text:"), HasSubstr(" len:193 put:1 head:"),
                      HasSubstr(" tail:0xc1 end:0xc0 dev:<NULL>")));
    expectOffsets(skb, 0, 192, 192);
    EXPECT_EQ(firstChoice(m.world), Choice{});
}

TEST_F(SkBuffTest, PushingBeforeHeadStopsTheKernel) {
    const SkbId skb = m.call(fn::__napi_alloc_skb, 2U, 146U);
    m.call(fn::skb_push, skb, 64U);
    m.call(fn::skb_push, skb, 2U);
    EXPECT_THAT(m.world.machine().oops, AllOf(StartsWith("skbuff: skb_under_panic: text:"),
                                              HasSubstr(" len:66 put:2 head:"), HasSubstr(" dev:eth0")));
    expectOffsets(skb, 0, 64, 64);
}

TEST_F(SkBuffTest, ReservingWithDataBreaksIt) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U);
    m.call(fn::skb_put, skb, 10U);
    EXPECT_FALSE(m.skb(skb).broken());
    m.call(fn::skb_reserve, skb, 5U);  // both pointers move, and five bytes are lost
    expectOffsets(skb, 5, 15, 10);
    EXPECT_FALSE(m.skb(skb).broken());
    m.afterEach = nullptr;  // from here on the rules are broken, as they would be in the kernel
    m.call(fn::skb_reserve, skb, 177U);
    EXPECT_FALSE(m.skb(skb).broken());
    m.call(fn::skb_reserve, skb, 1U);
    expectOffsets(skb, 183, 193, 10);
    EXPECT_TRUE(m.skb(skb).broken());  // tail stands behind end
    m.call(fn::skb_put, skb, 1U);      // and here the kernel notices
    EXPECT_THAT(m.world.machine().oops, StartsWith("skbuff: skb_over_panic: text:"));
}

TEST_F(SkBuffTest, PullingMoreThanTheLinearPartStopsTheKernel) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U), page = m.call(fn::__napi_alloc_skb, 2U, 900U);
    m.call(fn::skb_put, skb, 192U);
    m.call(fn::skb_put, page, 300U);
    EXPECT_EQ(m.call(fn::skb_try_coalesce, skb, page), Coalesced::stolen);
    m.call(fn::kfree_skb_partial, page, true);
    ASSERT_EQ(m.skb(skb).headlen(), 192U);
    ASSERT_EQ(m.skb(skb).len, 492U);
    EXPECT_EQ(m.call(fn::skb_pull, skb, 192U), 192U);
    m.call(fn::skb_pull, skb, 1U);
    EXPECT_THAT(m.world.machine().oops, StartsWith("kernel BUG at include/linux/skbuff.h"));
}

TEST_F(SkBuffTest, ACopyIsLinearAndAClonesPagesAreShared) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U), page = m.call(fn::__napi_alloc_skb, 2U, 900U);
    m.call(fn::skb_put, skb, 192U);
    m.call(fn::skb_put, page, 300U);
    m.world.machine().buffers.write(m.skb(page).head).bytes.write()[64 + 299] = 0x5a;
    m.call(fn::skb_try_coalesce, skb, page);
    m.call(fn::kfree_skb_partial, page, true);
    const SkbId copy = m.call(fn::skb_copy, skb);
    EXPECT_EQ(m.skb(copy).data_len, 0U);
    EXPECT_EQ(m.skb(copy).len, 492U);
    EXPECT_EQ(m.head(copy).bytes.read()[491], 0x5a);
    const SkbId clone = m.call(fn::skb_clone, skb);
    EXPECT_EQ(m.call(fn::pskb_expand_head, clone, 0U, 64U), 0);
    const BufferId shared = m.head(skb).frags[0].page;
    EXPECT_EQ(std::as_const(m.world.machine().buffers)[shared].dataref, 2U);
    m.call(fn::consume_skb, skb);
    EXPECT_EQ(std::as_const(m.world.machine().buffers)[shared].dataref, 1U);
    m.call(fn::consume_skb, clone);
    m.call(fn::consume_skb, copy);
    EXPECT_FALSE(m.world.machine().buffers.live(shared));
}

TEST_F(SkBuffTest, ACloneSharesTheData) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U);
    m.call(fn::skb_put, skb, 20U);
    const SkbId clone = m.call(fn::skb_clone, skb);
    EXPECT_EQ(m.skb(clone).head, m.skb(skb).head);
    EXPECT_EQ(m.head(skb).dataref, 2U);
    EXPECT_TRUE(m.skb(skb).cloned && m.skb(clone).cloned);
    EXPECT_NE(m.skb(clone).id, m.skb(skb).id);
    m.call(fn::skb_pull, clone, 5U);
    EXPECT_EQ(m.skb(skb).len, 20U);
    const std::uint32_t buffers = m.world.machine().buffers.size();
    m.call(fn::consume_skb, skb);
    EXPECT_EQ(m.head(clone).dataref, 1U);
    EXPECT_EQ(m.world.machine().buffers.size(), buffers);
    m.call(fn::consume_skb, clone);
    EXPECT_EQ(m.world.machine().buffers.size(), buffers - 1);
    EXPECT_EQ(m.world.machine().skbs.size(), 0U);
}

TEST_F(SkBuffTest, ACopyHasDataOfItsOwn) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U);
    m.call(fn::skb_reserve, skb, 32U);
    m.call(fn::skb_put, skb, 20U);
    m.world.machine().buffers.write(m.skb(skb).head).bytes.write()[33] = 0x5a;
    m.world.machine().skbs.write(skb).network_header = 32;
    const SkbId copy = m.call(fn::skb_copy, skb);
    EXPECT_NE(m.skb(copy).head, m.skb(skb).head);
    expectOffsets(copy, 32, 52, 20);
    EXPECT_EQ(m.skb(copy).network_header, 32);
    EXPECT_EQ(m.head(copy).bytes.read()[33], 0x5a);
    EXPECT_FALSE(m.skb(copy).cloned);
    EXPECT_EQ(m.head(skb).dataref, 1U);
}

TEST_F(SkBuffTest, ExpandingTheHeadMovesEverythingDown) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U);
    m.call(fn::skb_reserve, skb, 16U);
    m.call(fn::skb_put, skb, 20U);
    m.world.machine().buffers.write(m.skb(skb).head).bytes.write()[16] = 0x77;
    m.world.machine().skbs.write(skb).network_header = 16;
    const SkbId clone = m.call(fn::skb_clone, skb);
    EXPECT_EQ(m.call(fn::pskb_expand_head, skb, 64U, 0U), 0);
    expectOffsets(skb, 80, 100, 20);
    EXPECT_EQ(m.skb(skb).network_header, 80);
    EXPECT_EQ(m.skb(skb).mac_header, kUnset);
    EXPECT_EQ(m.head(skb).bytes.read()[80], 0x77);
    EXPECT_NE(m.skb(skb).head, m.skb(clone).head);
    EXPECT_FALSE(m.skb(skb).cloned);
}

TEST_F(SkBuffTest, AReferenceMoreKeepsItAlive) {
    const SkbId skb = m.call(fn::__alloc_skb, 144U);
    m.world.machine().skbs.write(skb).users = 2;
    m.call(fn::kfree_skb_reason, skb, Drop::NOT_SPECIFIED);
    ASSERT_TRUE(m.world.machine().skbs.live(skb));
    EXPECT_EQ(m.skb(skb).users, 1U);
    m.call(fn::kfree_skb_reason, skb, Drop::NOT_SPECIFIED);
    EXPECT_FALSE(m.world.machine().skbs.live(skb));
}

TEST_F(SkBuffTest, ACopyEndsWithTheBytesThatAreAskedFor) {
    const SkbId skb = m.call(fn::__alloc_skb, 100U);
    World& world = m.world;
    SkBuff& s = world.machine().skbs.write(skb);
    s.len = s.data_len = 3000;
    Buffer& head = world.machine().buffers.write(s.head);
    head.frags.resize(3);
    for (auto& frag : head.frags) frag.size = 1000;
    const auto pages = [&](std::uint32_t len) {
        int n = 0;
        m.afterEach = [&] { n += m.stageName() == "copy the next page fragment"; };
        EXPECT_EQ(m.call(fn::__skb_datagram_iter, skb, len, false), 0);
        m.afterEach = nullptr;
        return n;
    };
    EXPECT_EQ(pages(3000), 3);
    EXPECT_EQ(pages(2001), 3);
    EXPECT_EQ(pages(2000), 2);
    EXPECT_EQ(pages(0), 0);
}

TEST_F(SkBuffTest, NoMoreOfTheLinearPartIsCopiedThanIsAskedFor) {
    const SkbId skb = m.call(fn::__alloc_skb, 1600U);
    m.call(fn::skb_put, skb, 1600U);
    const auto time = [&](std::uint32_t len) {
        Time done = 0;
        m.afterEach = [&] { done = m.world.clock.key(0); };
        const Time begun = m.world.now;
        EXPECT_EQ(m.call(fn::__skb_datagram_iter, skb, len, false), 0);
        m.afterEach = nullptr;
        return done - begun;
    };
    const Time none = time(0);
    EXPECT_EQ(time(160) - none, 10);
    EXPECT_EQ(time(1600) - none, 100);
}

TEST_F(SkBuffTest, APacketWithAListIsNotJoinedWhicheverOfTheTwoHasIt) {
    for (const bool ours : {true, false}) {
        SCOPED_TRACE(ours);
        const SkbId to = m.call(fn::__alloc_skb, 144U), from = m.call(fn::__napi_alloc_skb, 2U, 900U);
        const SkbId part = m.call(fn::__alloc_skb, 144U);
        m.call(fn::skb_put, to, 192U);
        m.call(fn::skb_put, from, 300U);
        m.afterEach = nullptr;  // a list by hand, whose lengths no rule has to count
        m.world.machine().buffers.write(m.skb(ours ? to : from).head).frag_list = part;
        EXPECT_EQ(m.call(fn::skb_try_coalesce, to, from), Coalesced::no);
        m.world.machine().buffers.write(m.skb(ours ? to : from).head).frag_list = {};
        EXPECT_EQ(m.call(fn::skb_try_coalesce, to, from), Coalesced::stolen);
    }
}

}  // namespace
}  // namespace ringside::test
