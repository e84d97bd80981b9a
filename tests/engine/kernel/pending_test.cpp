// Interrupts that are pending together: each names its own cause, the highest vector goes first, cards may share a
// line.

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/hardware/hardware.h"
#include "engine/linux/idt.h"
#include "engine/linux/irq.h"
#include "tests/support/machine.h"

namespace ringside::test {
namespace {

void addCard(Machine& m, std::uint16_t irq) {
    NicSpec card = m.scenario.nics[0];
    card.name = "eth" + std::to_string(m.scenario.nics.size());
    card.mac.bytes[5] = static_cast<std::uint8_t>(card.mac.bytes[5] + m.scenario.nics.size());
    card.irq = irq;
    card.addresses.clear();
    m.scenario.nics.push_back(card);
}

void sendTo(Machine& m, std::size_t nic, Time at) {
    m.addDatagram(at, 5000);
    m.scenario.nics[nic].mac.store(m.scenario.frames.back().bytes.data());
}

TEST(PendingInterrupts, EachNamesItsOwnCause) {
    Machine m;
    m.scenario.cpus = 1;
    addCard(m, 11);
    m.addTask("a", 0, {sleepFor(kMillisecond), exitProgram()});
    sendTo(m, 0, 999'300);
    sendTo(m, 1, 999'350);
    m.start();
    std::map<Position, std::string> raised;  // by hardware, with what
    int device = 0, timer = 0;
    while (m.step()) {
        if (m.event.kind == EventKind::hardware) raised[m.event.seq] = m.functionName();
        if (m.event.kind != EventKind::enter || m.event.context != Context::hardirq) continue;
        if (m.functionName() == "common_interrupt") {
            ++device;
            EXPECT_EQ(raised[m.event.cause], "interrupt_controller") << "event " << m.event.seq;
            raised.erase(m.event.cause);
        } else if (m.functionName() == "sysvec_apic_timer_interrupt") {
            ++timer;
            EXPECT_EQ(raised[m.event.cause], "timer") << "event " << m.event.seq;
        }
    }
    EXPECT_EQ(device, 2);
    EXPECT_GE(timer, 1);
}

TEST(PendingInterrupts, TheHighestVectorIsTakenFirst) {
    Machine m;
    m.scenario.cpus = 1;
    addCard(m, 11);
    m.start();
    const std::uint8_t low = m.world.machine().irq(10).vector, high = m.world.machine().irq(11).vector;
    ASSERT_LT(low, high);
    Cpu& cpu = m.world.machine().cpu(0);
    cpu.raise(low, 101);
    cpu.raise(static_cast<std::uint8_t>(Ipi::timer), 102);
    cpu.raise(static_cast<std::uint8_t>(Ipi::reschedule), 103);
    cpu.raise(high, 104);
    cpu.raise(static_cast<std::uint8_t>(Ipi::call_function_single), 105);
    cpu.raise(high, 999);  // pending already: the first cause stays
    m.world.resumeCpu(m.world.machine(), 0, 0);
    std::vector<std::pair<std::string, Position>> taken;
    while (m.step()) {
        const bool entry = m.event.context == Context::hardirq && m.event.kind == EventKind::enter &&
                           m.event.cause > 100 && m.event.cause < 1000 && m.functionName().find("__") != 0;
        if (entry && (m.functionName() == "common_interrupt" || m.functionName().starts_with("sysvec")))
            taken.emplace_back(m.functionName(), m.event.cause);
    }
    const std::vector<std::pair<std::string, Position>> wanted{{"sysvec_reschedule_ipi", 103},
                                                               {"sysvec_call_function_single", 105},
                                                               {"sysvec_apic_timer_interrupt", 102},
                                                               {"common_interrupt", 104},
                                                               {"common_interrupt", 101}};
    EXPECT_EQ(taken, wanted);
}

TEST(PendingInterrupts, TwoCardsShareALine) {
    Machine m;
    m.scenario.cpus = 1;
    addCard(m, 10);
    sendTo(m, 0, kMillisecond);
    sendTo(m, 1, kMillisecond);
    m.start();
    ASSERT_EQ(m.world.machine().irqs.size(), 1U);
    ASSERT_EQ(m.world.machine().irq(10).actions.size(), 2U);
    int entries = 0, handlers = 0, handled = 0, polls = 0;
    m.afterEach = [&] {
        if (m.event.kind == EventKind::enter && m.functionName() == "common_interrupt") ++entries;
        if (m.event.tracepoint == Tracepoint::irq_handler_entry) ++handlers;
        if (m.event.tracepoint == Tracepoint::irq_handler_exit && m.event.args[1] != 0) ++handled;
        if (m.event.tracepoint == Tracepoint::napi_poll) ++polls;
    };
    m.runToEnd();
    EXPECT_EQ(handlers, 2 * entries) << "all handlers of the line are called";
    EXPECT_EQ(handled, 2) << "each card was asked for once that it had something";
    EXPECT_EQ(polls, 2);
    EXPECT_LE(entries, 2);
    EXPECT_EQ(m.world.machine().irq(10).count, static_cast<std::uint64_t>(entries));
    EXPECT_TRUE(m.world.machine().cpus[0]->irr.empty());
}

TEST(PendingInterrupts, ALineThatNobodyHoldsIsWithdrawn) {
    Machine m;
    addCard(m, 10);
    m.start();
    ringside::Machine& machine = m.world.machine();
    machine.nics[0].write().vectors.front().irq_asserted = true;
    machine.cpu(0).raise(machine.irq(10).vector, 1);
    nicLineLowered(machine, 10);
    EXPECT_EQ(machine.cpu(0).irr.size(), 1U) << "eth0 still asks";
    machine.nics[0].write().vectors.front().irq_asserted = false;
    nicLineLowered(machine, 10);
    EXPECT_TRUE(machine.cpu(0).irr.empty());
}

TEST(PendingInterrupts, VectorsAreGivenPerCpu) {
    Machine m;
    addCard(m, 11);
    m.scenario.nics[1].affinity = 1;
    m.start();
    ringside::Machine& machine = m.world.machine();
    EXPECT_EQ(machine.irq(10).vector, machine.irq(11).vector) << "the first of each CPU";
    setIrqAffinity(machine, 11, CpuMask::of(0));
    EXPECT_NE(machine.irq(10).vector, machine.irq(11).vector);
    EXPECT_EQ(machine.irq(11).effective_affinity, 0U);
    std::set<std::uint8_t> given;
    std::size_t n = 0;
    for (; deviceVector(n) != 0; ++n) {
        EXPECT_TRUE(given.insert(deviceVector(n)).second);
        EXPECT_EQ(idtEntry(deviceVector(n)), fn::common_interrupt.id);
    }
    EXPECT_GE(n, 180U) << "as many cards as a scenario may have";
}

TEST(PendingInterrupts, ManyCards) {
    Machine m;
    m.scenario.cpus = 1;
    for (std::uint16_t i = 1; i < 40; ++i) addCard(m, static_cast<std::uint16_t>(20 + i));
    for (std::size_t i = 0; i < 40; ++i) sendTo(m, i, kMillisecond);
    m.start();
    std::set<std::uint32_t> polled;
    m.afterEach = [&] {
        if (m.event.tracepoint == Tracepoint::napi_poll) polled.insert(m.event.args[1]);
    };
    m.runToEnd();
    EXPECT_EQ(polled.size(), 40U);
    for (const auto& desc : m.world.machine().irqs) EXPECT_EQ(desc->count, 1U) << desc->irq;
}

}  // namespace
}  // namespace ringside::test
