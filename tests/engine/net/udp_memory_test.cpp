// The receive buffer's accounting, held against the recordings state_rx1, state_rx10 and state_rcvbuf.
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

/// sk_rmem_alloc, sk_forward_alloc, packets in the receive queue and in the reader's queue, drops.
struct State {
    std::int32_t rmem, forward;
    std::uint32_t rcvq, readerq;
    std::uint64_t drops;
    friend bool operator==(const State&, const State&) = default;
    friend std::ostream& operator<<(std::ostream& out, const State& s) {
        return out << "rmem " << s.rmem << " fwd " << s.forward << " rcvq " << s.rcvq << " readerq " << s.readerq
                   << " drops " << s.drops;
    }
};

State stateOf(const NetMachine& m) {
    const Socket& s = m.socket();
    return {s.sk_rmem_alloc, s.sk_forward_alloc, s.sk_receive_queue.qlen, s.reader_queue.qlen, s.sk_drops};
}

/// Goes on to the next entry of a function.
State atEntry(NetMachine& m, std::string_view function) {
    while (m.step()) {
        if (m.event.kind == EventKind::enter && m.functionName() == function) return stateOf(m);
    }
    ADD_FAILURE() << function << " was not entered";
    return {};
}

TEST(UdpMemory, OnePacket) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 1);
    m.addDatagram(kMillisecond, 5000);
    m.start();
    EXPECT_EQ(atEntry(m, "__skb_recv_udp"), (State{0, 0, 0, 0, 0}));
    EXPECT_EQ(atEntry(m, "__udp_enqueue_schedule_skb"), (State{0, 0, 0, 0, 0}));
    EXPECT_EQ(atEntry(m, "sock_def_readable"), (State{1280, 2816, 1, 0, 0}));
    EXPECT_EQ(atEntry(m, "udp_rmem_release"), (State{1280, 2816, 0, 0, 0}));
    EXPECT_EQ(atEntry(m, "skb_consume_udp"), (State{0, 4096, 0, 0, 0}));
    m.runToEnd();
    EXPECT_EQ(m.socket().delivered, 1U);
}

TEST(UdpMemory, TenPacketsAreGivenBackWithTheLast) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 10);
    for (int i = 0; i < 10; ++i) m.addDatagram(kMillisecond, 5000);
    m.start();
    // Ten that wait before the reader wakes, as recorded: the whole queue goes to the reader at once.
    m.scenario.tasks.clear();
    State s{};
    for (int i = 0; i < 10; ++i) s = atEntry(m, "sock_def_readable");
    EXPECT_EQ(s.rmem, 12800);
    EXPECT_EQ(s.forward, 3584);
    const State first = atEntry(m, "udp_rmem_release");
    EXPECT_EQ(first, (State{12800, 3584, 0, 9, 0}));
    EXPECT_EQ(atEntry(m, "skb_consume_udp"), first);
    for (int i = 0; i < 8; ++i) EXPECT_EQ(atEntry(m, "skb_consume_udp").rmem, 12800);
    EXPECT_EQ(atEntry(m, "skb_consume_udp"), (State{0, 4096, 0, 0, 0}));
}

TEST(UdpMemory, AQuarterOfTheBufferIsGivenBackEarly) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 10);
    m.scenario.sockets[0].rcvbuf = 2 * 3 * 1280;
    for (int i = 0; i < 10; ++i) m.addDatagram(kMillisecond, 5000);
    m.start();
    std::vector<std::int32_t> rmem;
    for (int i = 0; i < 10; ++i) rmem.push_back(atEntry(m, "skb_consume_udp").rmem);
    EXPECT_THAT(rmem, testing::ElementsAre(12800, 12800, 8960, 8960, 8960, 5120, 5120, 5120, 1280, 0));
}

TEST(UdpMemory, AFullBufferDropsButOneAlwaysFits) {
    NetMachine m;
    m.addTask("sleeper", 0, {sleepFor(kSecond), recvfrom(), jump(1, 9)});
    SocketSpec socket;
    socket.port = 5000;
    socket.rcvbuf = 2304;  // as recorded
    m.scenario.sockets.push_back(socket);
    m.scenario.tasks.back().sockets = {0};
    for (int i = 0; i < 6; ++i) m.addDatagram(kMillisecond * (1 + 20 * i), 5000);
    m.start();
    for (const State want : {State{1280, 2816, 1, 0, 0}, State{2560, 1536, 2, 0, 0}, State{3840, 256, 3, 0, 0},
                             State{5120, 3072, 4, 0, 0}}) {
        EXPECT_EQ(atEntry(m, "sock_def_readable"), want);
    }
    m.runToEnd();
    EXPECT_EQ(m.dropOf(5), "SOCKET_RCVBUFF@udp_queue_rcv_one_skb");
    EXPECT_EQ(m.dropOf(6), "SOCKET_RCVBUFF@udp_queue_rcv_one_skb");
    EXPECT_EQ(m.socket().sk_drops, 2U);
    EXPECT_EQ(m.counters().udp.RcvbufErrors, 2U);
    EXPECT_EQ(m.counters().udp.InErrors, 2U);
    EXPECT_EQ(m.counters().udp.InDatagrams, 4U);
    EXPECT_EQ(m.counters().ip.InDelivers, 6U);  // UDP's handler was called for all of them
    EXPECT_EQ(m.socket().sk_rmem_alloc, 0);
    m.expectAllAccountedFor();
}

TEST(UdpMemory, ATimeOutEndsTheWait) {
    NetMachine m;
    const Op timed = op::recvfrom{3, 65536, 100 * kMillisecond};
    m.addTask("reader", 0, {timed, timed, exitProgram()});
    SocketSpec socket;
    socket.port = 5000;
    m.scenario.sockets.push_back(socket);
    m.scenario.tasks.back().sockets = {0};
    m.addDatagram(150 * kMillisecond, 5000);
    m.start();
    ASSERT_TRUE(m.runTo("syscall_exit_to_user_mode"));
    EXPECT_EQ(m.task("reader").last_result, -11);
    EXPECT_GE(m.event.time, 100 * kMillisecond);
    m.runToEnd();
    EXPECT_EQ(m.task("reader").received, 1U);
}

TEST(UdpMemory, AShortBufferGetsAPartAndTheRestIsLost) {
    NetMachine m;
    m.addReader("reader", 0, 5000, 1);
    std::get<op::recvfrom>(m.scenario.tasks[0].program[0]).size = 30;
    m.addDatagram(kMillisecond, 5000);
    m.start();
    m.runToEnd();
    EXPECT_EQ(m.task("reader").received_bytes, 30U);
    m.expectAllAccountedFor();
}

}  // namespace
}  // namespace ringside::test
