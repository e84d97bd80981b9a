#include "engine/step/tracepoint.h"

#include <cstdio>

namespace ringside {
namespace {

std::string deviceName(const Machine& machine, std::int32_t ifindex) { return machine.device(ifindex).name; }

/// The kernel prints an address; ours is made from the serial, in the form %p has, and stable within a run.
std::string skbAddress(std::uint32_t id) {
    char text[24];
    std::snprintf(text, sizeof text, "ffff8880%08x", 0x04a00000U + id * 0x100U);
    return text;
}

using Arguments = std::vector<TraceArgument>;

std::string comm(const Task& task) { return task.comm; }
std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

void add(Arguments& out, const char* name, std::int64_t value) {
    TraceArgument& a = out.emplace_back();
    a.name = name;
    a.number = value;
}
void add(Arguments& out, const char* name, std::string text) {
    TraceArgument& a = out.emplace_back();
    a.name = name;
    a.text = std::move(text);
}

void softirq(Arguments& out, const Event& e) {
    add(out, "vec", number(e.args[0]));
    add(out, "action", std::string(nameOf(static_cast<Softirq>(e.args[0]))));
}

void wake(Arguments& out, const Machine& machine, const Event& e) {
    const Task& task = machine.tasks[TaskId{e.args[0]}];
    add(out, "comm", comm(task));
    add(out, "pid", number(task.pid));
    add(out, "prio", number(task.prio));
    add(out, "target_cpu", number(e.args[1]));
}

void schedSwitch(Arguments& out, const Machine& machine, const Event& e) {
    const Task& prev = machine.tasks[TaskId{e.args[0] & 0xffffffU}];
    const Task& next = machine.tasks[TaskId{e.args[1]}];
    add(out, "prev_comm", comm(prev));
    add(out, "prev_pid", number(prev.pid));
    add(out, "prev_prio", number(prev.prio));
    const char state = static_cast<char>(e.args[0] >> 24);
    add(out, "prev_state", state == '+' ? std::string("R+") : std::string(1, state));
    add(out, "next_comm", comm(next));
    add(out, "next_pid", number(next.pid));
    add(out, "next_prio", number(next.prio));
}

void aboutSkb(Arguments& out, const Machine& machine, const Event& e) {
    if (e.skb_slot && machine.skbs.live(e.skb_slot) && machine.skbs[e.skb_slot].dev)
        add(out, "dev", deviceName(machine, machine.skbs[e.skb_slot].dev));
    add(out, "skbaddr", skbAddress(e.skb));
    if (e.skb_slot && machine.skbs.live(e.skb_slot)) add(out, "len", number(machine.skbs[e.skb_slot].len));
}

}  // namespace

Arguments tracepointArguments(const World& world, const Inputs& inputs, const Event& e) {
    Arguments out;
    const Machine& machine = world.machine(e.machine);
    switch (e.tracepoint) {
        case Tracepoint::none:
            break;
        case Tracepoint::irq_handler_entry:
            add(out, "irq", number(e.args[0]));
            add(out, "name", deviceName(machine, static_cast<std::int32_t>(e.args[1])));
            break;
        case Tracepoint::irq_handler_exit:
            add(out, "irq", number(e.args[0]));
            add(out, "ret", std::string(e.args[1] ? "handled" : "unhandled"));
            break;
        case Tracepoint::softirq_raise:
        case Tracepoint::softirq_entry:
        case Tracepoint::softirq_exit:
            softirq(out, e);
            break;
        case Tracepoint::napi_poll:
            add(out, "dev", deviceName(machine, machine.napis[NapiId{e.args[1]}].dev));
            add(out, "work", number(e.args[0] >> 16));
            add(out, "budget", number(e.args[0] & 0xffffU));
            break;
        case Tracepoint::napi_gro_receive_entry:
        case Tracepoint::netif_receive_skb:
            aboutSkb(out, machine, e);
            break;
        case Tracepoint::napi_gro_receive_exit:
            add(out, "ret", number(e.args[0]));
            break;
        case Tracepoint::fib_table_lookup:
            add(out, "table", number(e.args[0]));
            add(out, "err", static_cast<std::int64_t>(static_cast<std::int32_t>(e.args[1])));
            break;
        case Tracepoint::kfree_skb:
            add(out, "skbaddr", skbAddress(e.skb));
            add(out, "reason", std::string(nameOf(static_cast<Drop>(e.args[0]))));
            if (e.args[1] < inputs.functions.size())
                add(out, "location", std::string(inputs.functions[e.args[1]].name));
            break;
        case Tracepoint::consume_skb:
            add(out, "skbaddr", skbAddress(e.skb));
            break;
        case Tracepoint::sched_waking:
        case Tracepoint::sched_wakeup:
            wake(out, machine, e);
            break;
        case Tracepoint::sched_switch:
            schedSwitch(out, machine, e);
            break;
    }
    return out;
}

std::string tracepointText(const World& world, const Inputs& inputs, const Event& event) {
    std::string text;
    for (const TraceArgument& a : tracepointArguments(world, inputs, event)) {
        if (!text.empty()) text += ' ';
        text += a.name;
        text += '=';
        text += a.text.empty() ? std::to_string(a.number) : a.text;
    }
    return text;
}

}  // namespace ringside
