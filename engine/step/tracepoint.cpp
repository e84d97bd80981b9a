#include "engine/step/tracepoint.h"

#include <cstdio>

namespace ringside {
namespace {

std::string deviceName(const World& world, std::uint32_t ifindex) {
    return world.devices[world.deviceIndex(static_cast<std::uint8_t>(ifindex))]->name;
}

/// The kernel prints an address; ours is made from the serial, in the form %p has, and stable within a run.
std::string skbAddress(std::uint32_t id) {
    char text[24];
    std::snprintf(text, sizeof text, "ffff8880%08x", 0x04a00000U + id * 0x100U);
    return text;
}

using Arguments = std::vector<TraceArgument>;

std::string comm(const Task& task) { return task.comm; }
std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

void softirq(Arguments& out, const Event& e) {
    out.push_back({"vec", number(e.args[0])});
    out.push_back({"action", std::string(nameOf(static_cast<Softirq>(e.args[0])))});
}

void wake(Arguments& out, const World& world, const Event& e) {
    const Task& task = world.tasks[TaskId{e.args[0]}];
    out.push_back({"comm", comm(task)});
    out.push_back({"pid", number(task.pid)});
    out.push_back({"prio", number(task.prio)});
    out.push_back({"target_cpu", number(e.args[1])});
}

void schedSwitch(Arguments& out, const World& world, const Event& e) {
    const Task& prev = world.tasks[TaskId{e.args[0] & 0xffffffU}];
    const Task& next = world.tasks[TaskId{e.args[1]}];
    out.push_back({"prev_comm", comm(prev)});
    out.push_back({"prev_pid", number(prev.pid)});
    out.push_back({"prev_prio", number(prev.prio)});
    out.push_back({"prev_state", std::string(1, static_cast<char>(e.args[0] >> 24))});
    out.push_back({"next_comm", comm(next)});
    out.push_back({"next_pid", number(next.pid)});
    out.push_back({"next_prio", number(next.prio)});
}

void aboutSkb(Arguments& out, const World& world, const Event& e) {
    if (e.skb_slot && world.skbs.live(e.skb_slot) && world.skbs[e.skb_slot].dev) out.push_back({"dev", deviceName(world, world.skbs[e.skb_slot].dev)});
    out.push_back({"skbaddr", skbAddress(e.skb)});
    if (e.skb_slot && world.skbs.live(e.skb_slot)) out.push_back({"len", number(world.skbs[e.skb_slot].len)});
}

}  // namespace

Arguments tracepointArguments(const World& world, const Inputs& inputs, const Event& e) {
    Arguments out;
    switch (e.tracepoint) {
        case Tracepoint::none: break;
        case Tracepoint::irq_handler_entry:
            out.push_back({"irq", number(e.args[0])});
            out.push_back({"name", deviceName(world, e.args[1])});
            break;
        case Tracepoint::irq_handler_exit:
            out.push_back({"irq", number(e.args[0])});
            out.push_back({"ret", std::string(e.args[1] ? "handled" : "unhandled")});
            break;
        case Tracepoint::softirq_raise:
        case Tracepoint::softirq_entry:
        case Tracepoint::softirq_exit: softirq(out, e); break;
        case Tracepoint::napi_poll:
            out.push_back({"dev", deviceName(world, e.args[1])});
            out.push_back({"work", number(e.args[0] >> 16)});
            out.push_back({"budget", number(e.args[0] & 0xffffU)});
            break;
        case Tracepoint::napi_gro_receive_entry:
        case Tracepoint::netif_receive_skb: aboutSkb(out, world, e); break;
        case Tracepoint::napi_gro_receive_exit: out.push_back({"ret", number(e.args[0])}); break;
        case Tracepoint::fib_table_lookup:
            out.push_back({"table", number(e.args[0])});
            out.push_back({"err", static_cast<std::int64_t>(static_cast<std::int32_t>(e.args[1]))});
            break;
        case Tracepoint::kfree_skb:
            out.push_back({"skbaddr", skbAddress(e.skb)});
            out.push_back({"reason", std::string(nameOf(static_cast<Drop>(e.args[0])))});
            if (e.args[1] < inputs.functions.size()) out.push_back({"location", std::string(inputs.functions[e.args[1]].name)});
            break;
        case Tracepoint::consume_skb: out.push_back({"skbaddr", skbAddress(e.skb)}); break;
        case Tracepoint::sched_waking:
        case Tracepoint::sched_wakeup: wake(out, world, e); break;
        case Tracepoint::sched_switch: schedSwitch(out, world, e); break;
    }
    return out;
}

std::string tracepointText(const World& world, const Inputs& inputs, const Event& event) {
    std::string text;
    for (const TraceArgument& a : tracepointArguments(world, inputs, event)) {
        if (!text.empty()) text += ' ';
        text += a.name;
        text += '=';
        if (const auto* n = std::get_if<std::int64_t>(&a.value)) text += std::to_string(*n);
        else text += std::get<std::string>(a.value);
    }
    return text;
}

}  // namespace ringside
