// Expressions over the state of a real run.

#include "lessons/expression.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "engine/core/fields_visitors.h"
#include "lessons/lab_script.h"
#include "lessons/selector.h"
#include "lessons/state_number.h"
#include "lessons/state_value.h"
#include "tests/lessons/run_fixture.h"

namespace ringside {
namespace {

class ExpressionTest : public UdpRun {
  protected:
    /// The value at the first entry of a function.
    std::string at(const std::string& function, const std::string& text) {
        Selector selector;
        selector.function = function;
        const Result<Matcher> matcher = Matcher::compile(selector, m_run.inputs());
        EXPECT_TRUE(matcher.ok()) << matcher.error().message();
        const Result<Position> position = matcher->find(m_run, 0);
        EXPECT_TRUE(position.ok()) << position.error().message();
        return show(text, *position);
    }
    std::string show(const std::string& text, Position position, Position from = 0) {
        const Result<Expression> expression = Expression::parse(text);
        if (!expression) return expression.error().message();
        const World world = m_run.world(position);
        const Event event = m_run.event(position).value_or(Event{});
        const Result<std::string> value = expression->show({world, m_run.inputs(), event, {&m_run, from, position}});
        return value ? *value : value.error().message();
    }
};

TEST_F(ExpressionTest, NamesOfTheState) {
    EXPECT_EQ(at("eth_type_trans", "skb.len"), "142");
    EXPECT_EQ(at("eth_type_trans", "skb.headroom + skb.tailroom + skb.len == skb.end"), "1");
    EXPECT_EQ(at("eth_type_trans", "nic.eth0.rx.next_to_clean"), "0");
    EXPECT_EQ(at("e1000_intr", "bit(nic.eth0.rx.descriptors[0].status, 0)"), "1");
    EXPECT_EQ(at("eth_type_trans", "skb.head.dataref"), "1") << "an id leads on";
    EXPECT_EQ(at("eth_type_trans", "cpu[0].softirq_pending"), "0x0");
    EXPECT_EQ(at("eth_type_trans", "sysctl.net.core.netdev_budget"), "300");
    EXPECT_EQ(at("eth_type_trans", "task.udprx.state"), "TASK_INTERRUPTIBLE");
    EXPECT_EQ(at("eth_type_trans", "task[142].state == TASK_INTERRUPTIBLE"), "1");
    EXPECT_EQ(at("eth_type_trans", "socket[udp:5000].wait_queue"), "1") << "a list counts its elements";
    EXPECT_EQ(at("eth_type_trans", "event.context == softirq && event.cpu == 0"), "1");
    EXPECT_EQ(at("eth_type_trans", "event.function"), "eth_type_trans");
    EXPECT_EQ(at("skb_put", "frame.len"), "146") << "an argument";
    EXPECT_EQ(at("skb_consume_udp", "skb.ip_summed == CHECKSUM_NONE"), "1");
}

TEST_F(ExpressionTest, APathWithoutAMachineMeansTheFirst) {
    World world = m_run.world(0);
    const auto show = [&](std::string_view path) {
        const Result<Value> value = stateValue(world, m_run.inputs(), {}, path);
        return value ? value->show() : "expected " + value.error().expected;
    };
    EXPECT_EQ(show("machine[0].nic.eth0.irq").substr(0, 8), "expected") << "one machine needs no number";
    world.machines.push_back(world.machine());
    world.numberMachines();
    Machine& second = world.machine(1);
    second.nics[0].write().vectors.front().irq = 77;
    second.tasks.write(std::as_const(second).cpu(0).current).comm = "other";
    EXPECT_EQ(show("nic.eth0.irq"), "10");
    EXPECT_EQ(show("machine[0].nic.eth0.irq"), "10");
    EXPECT_EQ(show("machine[1].nic.eth0.irq"), "77");
    EXPECT_EQ(show("cpu[0].current.comm"), "udprx");
    EXPECT_EQ(show("machine[1].cpu[0].current.comm"), "other") << "an id leads on within its machine";
    second.nets.push_back(second.net());
    second.net(1).name = "blue";
    second.net(1).devices[0].write().mtu = 9000;
    EXPECT_EQ(show("dev.eth0.mtu"), "1500");
    EXPECT_EQ(show("machine[1].dev.eth0.mtu"), "1500") << "without a namespace the first";
    EXPECT_EQ(show("machine[1].net[1].dev.eth0.mtu"), "9000");
    EXPECT_EQ(show("machine[1].net.blue.dev.eth0.mtu"), "9000");
    world.machines.erase(world.machines.begin());
    EXPECT_EQ(show("net[1].dev.eth0.mtu"), "9000");
    EXPECT_EQ(show("socket[udp:5000].sport"), "5000");
}

TEST_F(ExpressionTest, ValuesThatFollowFromFields) {
    EXPECT_EQ(show("nic.eth0.rx.used", 0), "0");
    EXPECT_EQ(at("e1000_intr", "nic.eth0.rx.used"), "1");
    EXPECT_EQ(at("e1000_intr", "cpu[0].context"), "hardirq");
    EXPECT_EQ(at("e1000_intr", "cpu[0].context == hardirq"), "1");
    EXPECT_EQ(at("e1000_intr", "cpu[1].context"), "idle");
    EXPECT_EQ(at("skb_put", "skb.headroom"), "64");
}

TEST_F(ExpressionTest, SumsOverAListReachEveryElement) {
    World world = m_run.world(0);
    Machine& machine = world.machine();
    const auto value = [&](const std::string& text) {
        const Result<Expression> parsed = Expression::parse(text);
        if (!parsed) return parsed.error().message();
        const Result<double> number = parsed->evaluate({world, m_run.inputs(), {}});
        return number ? fmt::format("{}", *number) : number.error().message();
    };
    EXPECT_EQ(value("sum(socket[*].sport)"), "5000");
    const SocketId second = machine.sockets.alloc();
    machine.sockets.write(second).sport = 7;
    EXPECT_EQ(value("sum(socket[*].sport)"), "5007");
    EXPECT_EQ(value("2 * sum(socket[*].sport) + 1"), "10015");
    EXPECT_EQ(value("sum(cpu[*].context)"), "4") << "one in user mode, the other idle";
    machine.nics.push_back(machine.nics[0]);
    machine.nics[1].write().rx_total = 3;
    machine.nics[0].write().rx_total = 4;
    EXPECT_EQ(value("sum(nic[*].rx_total)"), "7");
    EXPECT_EQ(value("sum(nic[*].rx.descriptors[*].length)"), "0") << "lists of lists";
    machine.nics[1].write().queues.front().rx.write().descriptors[2].length = 60;
    EXPECT_EQ(value("sum(nic[*].rx.descriptors[*].length)"), "60");
    machine.nics.clear();
    EXPECT_EQ(value("sum(nic[*].rx_total)"), "0") << "of none";
    const std::string wrong =
        "expression: expected a number in each element, as in sum(socket[*].sk_rmem_alloc), found ";
    EXPECT_EQ(value("sum(socket[*].sprot)"), wrong + "\"socket[*].sprot\"");
    EXPECT_EQ(value("sum(task[*].comm)"), wrong + "\"task[*].comm\"") << "a text";
    EXPECT_NE(value("socket[*].sport").find("expected"), std::string::npos) << "only sum() takes all";
}

TEST_F(ExpressionTest, FatesAreThoseOfTheTallyWhereOneIsKept) {
    const World world = m_run.world(1'000'000);
    FateTally tally;
    int told = 0;
    tally.learn(world.fates, [&](const PacketFate&) { ++told; });
    tally.learn(world.fates, [&](const PacketFate&) { ++told; });
    EXPECT_EQ(told, 1) << "each once";
    EXPECT_EQ(tally.count(Fate::delivered), 1U);
    EXPECT_EQ(tally.count(Fate::dropped), 0U);
    const FateTally none;
    const Expression delivered = *Expression::parse("fate.delivered");
    EXPECT_EQ(*delivered.evaluate({world, m_run.inputs(), {}}), 1);
    EXPECT_EQ(*delivered.evaluate({world, m_run.inputs(), {}, {}, &tally}), 1);
    EXPECT_EQ(*delivered.evaluate({world, m_run.inputs(), {}, {}, &none}), 0);
}

TEST_F(ExpressionTest, BothWaysGoOnThroughTheIdOfADstEntry) {
    const World world = m_run.world(400);
    int kept = 0;
    for (std::size_t i = 0; i < world.net().routes->size(); ++i) {
        if (!(*world.net().routes)[i].nhc_rth_input) continue;
        const std::string path = "route[" + std::to_string(i) + "].nhc_rth_input.dev";
        const Result<Value> slow = stateValue(world, m_run.inputs(), {}, path);
        ASSERT_TRUE(slow) << path;
        EXPECT_EQ(stateNumber(world, path), static_cast<double>(slow->number)) << path;
        ++kept;
    }
    EXPECT_EQ(kept, 1) << "the route of the packet that came";
}

/// Every name that has a number by one way has the same by the other.
TEST_F(ExpressionTest, TheQuickWayReadsWhatTheTreeHas) {
    int numbers = 0;
    const Position end = 400;
    for (const Position p : {Position{0}, Position{40}, Position{55}, end}) {
        const World world = m_run.world(p);
        const std::function<void(const Value&, const std::string&)> walk = [&](const Value& v,
                                                                               const std::string& path) {
            const std::optional<double> quick = stateNumber(world, path);
            const Result<Value> slow = stateValue(world, m_run.inputs(), {}, path);
            ASSERT_TRUE(slow) << path;
            if (slow->kind == Value::Kind::number || slow->kind == Value::Kind::boolean) {
                ASSERT_TRUE(quick) << path;
                ASSERT_EQ(*quick, static_cast<double>(slow->number)) << path;
                ++numbers;
            } else if (slow->kind == Value::Kind::list) {
                ASSERT_TRUE(quick) << path;
                ASSERT_EQ(*quick, static_cast<double>(slow->children.size())) << path;
            } else if (slow->kind == Value::Kind::text && quick) {
                double known = 0;
                ASSERT_TRUE(*quick == static_cast<double>(slow->number) &&
                            (slow->number || stateConstant(slow->text, known)))
                    << path;
            }
            for (const Value& child : v.children) {
                if (v.kind == Value::Kind::list)
                    walk(child, path + "[" + child.name + "]");
                else if (child.name.find('.') == std::string::npos)
                    walk(child, path.empty() ? child.name : path + "." + child.name);
            }
        };
        for (const Value& top : valueOf(world).children) walk(top, top.name);
    }
    EXPECT_GT(numbers, 1000);
}

TEST_F(ExpressionTest, ArithmeticAndFunctions) {
    EXPECT_EQ(show("2 + 3 * 4", 0), "14");
    EXPECT_EQ(show("1 == 1 && !(2 > 3) ? 7 : 8", 0), "7");
    EXPECT_EQ(show("mod(7, 4) + floor(1.9) + 0x10 + max(1, 2)", 0), "22");
    EXPECT_EQ(show("10 / 4", 0), "2.5");
    EXPECT_EQ(show("exists(skb.len)", 0), "0");
    EXPECT_EQ(show("length(oops)", 0), "0");
}

TEST_F(ExpressionTest, TimesAreShownWithTheirUnit) {
    EXPECT_EQ(at("ip_rcv_core", "ago(skb.born)").find_first_not_of("0123456789 ns"), std::string::npos);
    EXPECT_EQ(show("time", 0), "0 ns");
}

TEST_F(ExpressionTest, CountsInARange) {
    const Position end = 1'000'000;
    EXPECT_EQ(show("entries(\"ip_rcv_core\")", end), "1");
    EXPECT_EQ(show("entries(\"ip_rcv\")", end), "0");
    EXPECT_EQ(show("entries(\"__skb_try_recv_from_queue\")", end), "3");
    EXPECT_EQ(show("interrupts()", end), "1");
    EXPECT_EQ(show("drops(\"any\")", end), "0");
    EXPECT_EQ(show("fate.delivered", end), "1");
    EXPECT_EQ(show("was(task.udprx.state) == TASK_RUNNING", 60, 5), "1");
    EXPECT_EQ(show("task.udprx.state == TASK_RUNNING", 60, 5), "0");
}

TEST_F(ExpressionTest, ErrorsSayWhatIsWrong) {
    EXPECT_EQ(show("skb.len", 3), "expression: expected a moment with one sk_buff, found none alive in skb.len");
    EXPECT_EQ(show("nic.eth0.rx.next_to_cleen", 3),
              "expression: expected \"next_to_clean\", found \"next_to_cleen\" in nic.eth0.rx.next_to_cleen");
    EXPECT_EQ(show("nic.eth1.rx", 3), "expression: expected \"eth0\", found \"eth1\" in nic.eth1.rx");
    EXPECT_EQ(show("nic.eth0.rx + 1", 3),
              "expression: expected a number, found nic.eth0.rx, which is a group of values in nic.eth0.rx");
    EXPECT_EQ(show("entires(\"x\")", 3),
              "expression, character 1: expected a function of expressions (did you mean entries()?), found entires()");
    EXPECT_EQ(show("1 +", 3), "expression: expected an expression, found \"1 +\": Unexpected end of expression");
    EXPECT_EQ(show("cpu v0_5", 3),
              "expression: expected an expression, found \"cpu v0_5\": Unexpected variable \"v0_5\" found");
    EXPECT_EQ(show("v0_ v0_", 3),
              "expression: expected an expression, found \"v0_ v0_\": Unexpected variable \"v0_\" found");
    EXPECT_EQ(show("a[3", 3), "expression, character 2: expected a closing ], found the end");
    EXPECT_EQ(show("nic.eth0.rx.rdh nic.eth0.rx.rdt", 3),
              "expression: expected an expression, found \"nic.eth0.rx.rdh nic.eth0.rx.rdt\": Unexpected variable "
              "\"nic.eth0.rx.rdt\" found");
    EXPECT_EQ(show("1 $ 2", 3), "expression, character 3: expected an operator, a number or a name, found '$'");
    EXPECT_EQ(show("1, 2", 3), "expression: expected one value, found several, separated by commas");
    const Result<Expression> counting = Expression::parse("entries(\"ip_rcv_core\")");
    ASSERT_TRUE(counting.ok());
    EXPECT_TRUE(counting->counts());
    const World world = m_run.world(3);
    const Event event{};
    EXPECT_EQ(counting->evaluate({world, m_run.inputs(), event}).error().message(),
              "expression: expected a part of a run to count in, found ip_rcv_core counted at a single moment");
}

TEST_F(ExpressionTest, InsertsInTexts) {
    const World world = m_run.world(0);
    const Event event{};
    const ExpressionScope scope{world, m_run.inputs(), event, {}};
    EXPECT_EQ(*fillIn("ring of {{nic.eth0.rx.count}}, {{1+1}} ends", scope, "t"), "ring of 256, 2 ends");
    EXPECT_EQ(fillIn("a {{nic.eth0", scope, "en.md:3:1").error().message(),
              "en.md:3:1: expected }} after {{, found \"{{nic.eth0\"");
    EXPECT_EQ(fillIn("a {{nic.eth9.ring}}", scope, "en.md:3:1").error().place, "en.md:3:1");
}

}  // namespace
}  // namespace ringside
