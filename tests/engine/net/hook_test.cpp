// Hook points of netfilter: functions that are registered there are called in order of priority, and what they say
// decides. The functions are the test's own, in a table behind the kernel's.
#include "engine/linux/kernel.h"
#include "engine/linux/register.h"
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

namespace hook_args {
using args::argumentText;
RS_ARGUMENTS(hook_function, std::uint32_t, (SkbId, skb), (NfHookState, state, "where the packet stands"))
}  // namespace hook_args

std::array<std::uint32_t, 3> g_verdicts{};
std::string g_called;
std::vector<NfHookState> g_states;

template <std::size_t kNumber>
struct HookFunction : hook_args::hook_function {
    using Self = HookFunction;
    std::uint32_t verdict;

    Next say(K& k) {
        g_called += static_cast<char>('a' + kNumber);
        g_states.push_back(state);
        verdict = g_verdicts[kNumber];
        // who steals a packet has it from then on; this one frees it
        if ((verdict & NF_VERDICT_MASK) == NF_STOLEN)
            return k.call<&Self::stolen>(fn::consume_skb, std::exchange(skb, {}));
        return ret(verdict);
    }
    Next stolen(K&) { return ret(verdict); }
    using stages = Stages<Stage<"say what is to be done", &Self::say, 10>, Stage<"it is gone", &Self::stolen, 10>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("verdict", s.verdict);
    }
};

NfHookFunction hook(std::size_t number) { return {static_cast<FunctionId>(fn::kCount + number)}; }

/// A machine whose table has the functions above.
class HookMachine : public NetMachine {
  public:
    void startWithHooks() {
        start();
        m_table.assign(inputs->functions.begin(), inputs->functions.end());
        m_table.push_back(define<HookFunction<0>>(hook(0), "hook_a", "test", ""));
        m_table.push_back(define<HookFunction<1>>(hook(1), "hook_b", "test", ""));
        m_table.push_back(define<HookFunction<2>>(hook(2), "hook_c", "test", ""));
        auto mine = std::make_shared<Inputs>(*inputs);
        mine->functions = m_table;
        inputs = mine;
        g_called.clear();
        g_states.clear();
        g_verdicts = {NF_ACCEPT, NF_ACCEPT, NF_ACCEPT};
    }
    void add(std::uint8_t pf, std::uint8_t point, std::int32_t priority, std::size_t function) {
        nfRegisterNetHook(world.net(), {pf, point, priority, hook(function)});
    }

  private:
    std::vector<FunctionInfo> m_table;
};

TEST(Hooks, AreNotCalledWhereNobodyIsRegistered) {
    HookMachine m;
    m.addReader("reader", 0, 5000, 0);
    m.addDatagram(kMillisecond, 5000);
    m.startWithHooks();
    m.add(NFPROTO_IPV6, NF_INET_LOCAL_IN, 0, 0);
    m.runToEnd();
    EXPECT_EQ(calls(m, "nf_hook_slow"), 0);
    EXPECT_EQ(calls(m, "nf_hook_slow_list"), 0);
    EXPECT_EQ(g_called, "");
    EXPECT_EQ(m.task("reader").received, 1U);
}

TEST(Hooks, AreCalledByPriorityTheLastRegisteredFirstAmongEquals) {
    for (const bool v6 : {false, true}) {
        HookMachine m;
        m.addReader("reader", 0, 5000, 0);
        m.scenario.sockets[0].version = v6 ? 6 : 4;
        m.send(kMillisecond, udpFrame(v6 ? m.frame6() : m.frame(), NetMachine::udp()));
        m.startWithHooks();
        const std::uint8_t pf = v6 ? NFPROTO_IPV6 : NFPROTO_IPV4;
        m.add(pf, NF_INET_PRE_ROUTING, 0, 0);
        m.add(pf, NF_INET_PRE_ROUTING, -300, 1);
        m.add(pf, NF_INET_PRE_ROUTING, 0, 2);
        m.add(pf, NF_INET_LOCAL_IN, 7, 0);
        m.runToEnd();
        EXPECT_EQ(g_called, "bcaa");
        ASSERT_EQ(g_states.size(), 4U);
        EXPECT_EQ(g_states[0].pf, pf);
        EXPECT_EQ(g_states[0].hook, NF_INET_PRE_ROUTING);
        EXPECT_EQ(g_states[0].in, 2);
        EXPECT_EQ(g_states[3].hook, NF_INET_LOCAL_IN);
        EXPECT_EQ(calls(m, "nf_hook_slow_list"), 1);
        EXPECT_EQ(calls(m, "nf_hook_slow"), 2);
        EXPECT_EQ(m.task("reader").received, 1U);
        m.expectAllAccountedFor();
    }
}

TEST(Hooks, AVerdictEndsAPacketsWay) {
    for (const std::uint8_t point : {NF_INET_PRE_ROUTING, NF_INET_LOCAL_IN}) {
        for (const bool v6 : {false, true}) {
            for (const std::uint32_t verdict : {NF_DROP, NF_STOLEN}) {
                HookMachine m;
                m.addReader("reader", 0, 5000, 0);
                m.scenario.sockets[0].version = v6 ? 6 : 4;
                // two at once: the list goes on with those that pass
                for (int i = 0; i < 2; ++i)
                    m.send(kMillisecond, udpFrame(v6 ? m.frame6() : m.frame(), NetMachine::udp()));
                m.startWithHooks();
                const std::uint8_t pf = v6 ? NFPROTO_IPV6 : NFPROTO_IPV4;
                m.add(pf, point, 0, 0);
                m.add(pf, point, 1, 1);
                g_verdicts[0] = verdict;
                ASSERT_TRUE(m.runTo("nf_hook_slow"));
                while (g_called.empty()) m.step();
                g_verdicts[0] = NF_ACCEPT;  // the second one passes
                m.runToEnd();
                EXPECT_EQ(g_called, "aab");
                EXPECT_EQ(m.task("reader").received, 1U);
                EXPECT_EQ(m.world.machine().skbs.size(), 0U);
                if (verdict == NF_DROP) {
                    EXPECT_EQ(m.dropOf(1), "NETFILTER_DROP@nf_hook_slow");
                    m.expectAllAccountedFor();
                }
            }
        }
    }
}

TEST(Hooks, SayWhatTheCallerGets) {
    struct Case {
        std::uint32_t verdict;
        std::int32_t result;
    };
    for (const Case& c : {Case{NF_ACCEPT, 1}, Case{NF_DROP, -1}, Case{NF_DROP | 113U << NF_VERDICT_QBITS, -113},
                          Case{NF_STOLEN, 0}, Case{NF_STOLEN | 5U << NF_VERDICT_QBITS, -5}}) {
        HookMachine m;
        m.startWithHooks();
        m.add(NFPROTO_IPV4, NF_INET_LOCAL_IN, 0, 0);
        g_verdicts[0] = c.verdict;
        const SkbId skb = m.call(fn::__alloc_skb, 128U);
        m.world.machine().skbs.write(skb).dev = 2;
        EXPECT_EQ(m.call(fn::nf_hook_slow, skb, NfHookState{NFPROTO_IPV4, NF_INET_LOCAL_IN, 2}, 0U), c.result);
        EXPECT_EQ(m.world.machine().skbs.size(), c.result == 1 ? 1U : 0U);
    }
}

}  // namespace
}  // namespace ringside::test
