#include "app/event_json.h"

#include <fmt/format.h>

#include "app/json_writer.h"
#include "engine/step/tracepoint.h"

namespace ringside {
namespace {

using Out = std::back_insert_iterator<std::string>;

void appendHeader(std::string& out, const char* name, std::uint16_t offset) {
    if (offset == kUnset)
        fmt::format_to(Out(out), ",\"{}\":null", name);
    else
        fmt::format_to(Out(out), ",\"{}\":{}", name, offset);
}

void appendSkb(std::string& out, const World& world, const Event& event) {
    if (!event.skb || !world.machine().skbs.live(event.skb_slot) ||
        world.machine().skbs[event.skb_slot].id != event.skb) {
        out += "null";
        return;
    }
    const SkBuff& s = world.machine().skbs[event.skb_slot];
    fmt::format_to(Out(out), "{{\"id\":{},\"data\":{},\"tail\":{},\"end\":{},\"len\":{},\"data_len\":{}", s.id, s.data,
                   s.tail, s.end, s.len, s.data_len);
    appendHeader(out, "mac_header", s.mac_header);
    appendHeader(out, "network_header", s.network_header);
    appendHeader(out, "transport_header", s.transport_header);
    fmt::format_to(Out(out), ",\"users\":{},\"truesize\":{}}}", s.users, s.truesize);
}

void appendTracepoint(std::string& out, const World& world, const Inputs& inputs, const Event& event) {
    fmt::format_to(Out(out), ",\"tracepoint\":{{\"name\":\"{}\",\"args\":{{", nameOf(event.tracepoint));
    bool first = true;
    for (const TraceArgument& a : tracepointArguments(world, inputs, event)) {
        if (!first) out += ',';
        first = false;
        fmt::format_to(Out(out), "\"{}\":", a.name);
        if (a.text.empty())
            fmt::format_to(Out(out), "{}", a.number);
        else
            appendJsonString(out, a.text);
    }
    out += "}}";
}

/// The contract knows four contexts; a program computing in user mode is in process context, the hardware in none.
std::string_view contextWord(Context context) {
    if (context == Context::user) return nameOf(Context::process);
    return nameOf(context);
}

}  // namespace

void appendEventJson(std::string& out, const World& world, const Inputs& inputs, const Event& e) {
    const FunctionInfo& function = inputs.function(e.function);
    fmt::format_to(Out(out), "{{\"seq\":{},\"t_ns\":{},", e.seq, e.time);
    if (e.kind == EventKind::hardware) {
        out += "\"cpu\":null,\"context\":null,\"task\":null,\"pid\":null";
    } else {
        const Task& task = world.machine().tasks[e.task];
        fmt::format_to(Out(out), "\"cpu\":{},\"context\":\"{}\",\"task\":", e.cpu, contextWord(e.context));
        appendJsonString(out, task.comm);
        fmt::format_to(Out(out), ",\"pid\":{}", task.pid);
    }
    fmt::format_to(Out(out), ",\"function\":\"{}\",\"stage\":", function.name);
    if (e.kind == EventKind::enter)
        out += "null";
    else
        appendJsonString(out, function.stages[e.stage].name);
    fmt::format_to(Out(out), ",\"source\":\"{}\",\"depth\":{},\"kind\":\"{}\",\"cause\":", function.source, e.depth,
                   nameOf(e.kind));
    if (e.cause)
        fmt::format_to(Out(out), "{}", e.cause);
    else
        out += "null";
    out += ",\"skb\":";
    appendSkb(out, world, e);
    if (e.drop == Drop::NOT_DROPPED)
        out += ",\"drop\":null";
    else
        fmt::format_to(Out(out), ",\"drop\":\"{}\"", nameOf(e.drop));
    if (e.tracepoint != Tracepoint::none) appendTracepoint(out, world, inputs, e);
}

void appendEventText(std::string& out, const World& world, const Inputs& inputs, const Event& e,
                     const KernelText& text) {
    const FunctionInfo& function = inputs.function(e.function);
    fmt::format_to(Out(out), "{:>6} {:>12.3f} us  ", e.seq, static_cast<double>(e.time) / 1000.0);
    if (e.kind == EventKind::hardware) {
        fmt::format_to(Out(out), "{:<3} {:<8} {:<12} ", "-", "hardware", "");
    } else {
        fmt::format_to(Out(out), "c{:<2} {:<8} {:<12} ", e.cpu, nameOf(e.context), world.machine().tasks[e.task].comm);
    }
    out.append(2U * e.depth, ' ');
    out += function.name;
    if (e.kind != EventKind::enter) fmt::format_to(Out(out), ": {}", text.stage(function, e.stage));
    if (e.packet) fmt::format_to(Out(out), "  [packet {}]", e.packet);
    if (e.drop != Drop::NOT_DROPPED) fmt::format_to(Out(out), "  dropped: {}", nameOf(e.drop));
    if (e.tracepoint != Tracepoint::none)
        fmt::format_to(Out(out), "  * {} {}", nameOf(e.tracepoint), tracepointText(world, inputs, e));
}

}  // namespace ringside
