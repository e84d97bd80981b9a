// Two network namespaces on one machine: what is looked up is looked up in the packet's own.
#include "engine/linux/register.h"
#include "tests/engine/net/net_machine.h"

namespace ringside::test {
namespace {

/// eth0 in the first namespace, eth1 with the same addresses in another; a UDP socket of the port in each.
class TwoNets : public NetMachine {
  public:
    explicit TwoNets(bool v6) : m_v6(v6) {
        NicSpec other = scenario.nics[0];
        other.name = "eth1";
        other.mac = *MacAddr::parse("52:54:00:12:34:57");
        other.irq = 11;
        scenario.nics.push_back(other);
        addReader("first", 0, 5000, 0);
        addReader("second", 0, 5001, 0);
        for (SocketSpec& s : scenario.sockets) s.version = v6 ? 6 : 4;
    }
    void divide() {
        start();
        ringside::Machine& machine = world.machine();
        machine.nets.emplace_back().name = "other";
        initNet(machine, 1);
        Net &first = machine.nets[0], &second = machine.nets[1];
        second.devices.push_back(first.devices[1]);
        first.devices.pop_back();
        const auto theirs = [](const Route& route) { return route.dev == 3; };
        for (const Route& route : *first.routes) {
            if (theirs(route)) second.routes.write().push_back(route);
        }
        std::erase_if(first.routes.write(), theirs);
        Socket& moved = machine.sockets.write(SocketId{2});
        moved.net = 1;
        moved.sport = 5000;  // the port of the other, which a scenario refuses
    }
    [[nodiscard]] FrameSpec frameFor(std::size_t nic) const {
        FrameSpec f = m_v6 ? frame6() : frame();
        f.dstMac = scenario.nics[nic].mac;
        return f;
    }

  private:
    bool m_v6;
};

TEST(TwoNets, ADatagramFindsTheSocketOfItsOwn) {
    for (const bool v6 : {false, true}) {
        TwoNets m(v6);
        m.send(kMillisecond, udpFrame(m.frameFor(0), NetMachine::udp()));
        for (int i = 2; i <= 4; ++i) m.send(i * kMillisecond, udpFrame(m.frameFor(1), NetMachine::udp()));
        m.divide();
        m.runToEnd();
        EXPECT_EQ(m.task("first").received, 1U);
        EXPECT_EQ(m.task("second").received, 3U);
        const auto received = [&](NetNo net) {
            const Counters& c = *m.world.machine().nets[net].counters;
            return v6 ? c.udp6.InDatagrams : c.udp.InDatagrams;
        };
        EXPECT_EQ(received(0) + received(1), 4U);
        EXPECT_EQ(m.world.machine().skbs.size(), 0U);
        // each has routes and dst_entries of its own
        EXPECT_EQ(m.world.machine().dsts.size(), 4U);
    }
}

TEST(TwoNets, WithoutASocketOfItsOwnThereIsNone) {
    for (const bool v6 : {false, true}) {
        TwoNets m(v6);
        m.send(kMillisecond, udpFrame(m.frameFor(1), NetMachine::udp()));
        m.divide();
        m.world.machine().sockets.write(SocketId{2}).net = 0;
        m.runToEnd();
        EXPECT_EQ(m.dropOf(1), v6 ? "NO_SOCKET@__udp6_lib_rcv" : "NO_SOCKET@__udp4_lib_rcv");
        const Counters& c = *m.world.machine().nets[1].counters;
        EXPECT_EQ(v6 ? c.udp6.NoPorts : c.udp.NoPorts, 1U);
        EXPECT_EQ(v6 ? m.counters().udp6.NoPorts : m.counters().udp.NoPorts, 0U);
    }
}

TEST(TwoNets, ATcpPortIsOpenInOneOfThem) {
    for (const bool v6 : {false, true}) {
        TwoNets m(v6);
        TcpSpec syn;
        syn.source = 4000;
        syn.dest = 80;
        syn.flags = TCPHDR_SYN;
        m.send(kMillisecond, tcpFrame(m.frameFor(0), syn));
        m.send(2 * kMillisecond, tcpFrame(m.frameFor(1), syn));
        m.divide();
        m.world.machine().nets[1].tcp_ports.write() = {80};
        m.runToEnd();
        EXPECT_EQ(m.dropOf(1), v6 ? "NO_SOCKET@tcp_v6_rcv" : "NO_SOCKET@tcp_v4_rcv");
        EXPECT_EQ(m.fate(2).fate, Fate::consumed);
    }
}

TEST(TwoNets, FragmentsThatNeverComeAreGivenUpWhereTheyAre) {
    TwoNets m(false);
    FrameSpec frame = m.frameFor(1);
    frame.fragOff = 0;
    m.send(kMillisecond, ipv4Fragments(udpFrame(frame, NetMachine::udp(5000, 3000)), 1500)[0]);
    m.divide();
    m.runToEnd();
    EXPECT_EQ(m.world.machine().nets[1].counters->ip.ReasmTimeout, 1U);
    EXPECT_EQ(m.counters().ip.ReasmTimeout, 0U);
    EXPECT_EQ(m.world.machine().skbs.size(), 0U);
}

}  // namespace
}  // namespace ringside::test
