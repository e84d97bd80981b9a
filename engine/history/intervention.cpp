#include "engine/history/intervention.h"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "engine/core/fields_visitors.h"
#include "engine/hardware/hardware.h"
#include "engine/linux/signal.h"
#include "engine/step/step.h"

namespace ringside {
namespace {

/// Sets the field of this name, if the value fits.
struct SysctlWriter {
    std::string_view wanted;
    std::int64_t value;
    bool known = false;
    std::optional<Error> error;

    template <class T>
    void operator()(std::string_view name, T& field, Unit = Unit::none, std::string_view = {}) {
        if (name != wanted) return;
        known = true;
        constexpr std::int64_t most =
            std::is_same_v<T, bool> ? 1 : static_cast<std::int64_t>(std::numeric_limits<T>::max());
        if (value < 0 || value > most) {
            error = Error{"sysctl " + std::string(name), "0 to " + std::to_string(most), std::to_string(value)};
        } else {
            field = static_cast<T>(value);
        }
    }
    template <class T>
    void hidden(std::string_view, const T&) {}
};

std::optional<Error> act(World& world, const Inputs&, const SetSysctl& what) {
    Machine& machine = world.machine();
    Sysctl changed = *machine.sysctl;
    NetSysctl of_net = *machine.net().sysctl;
    SysctlWriter writer{what.name, what.value, false, {}};
    describeSysctls(writer, changed, of_net);
    if (!writer.known)
        return Error{"sysctl", "a setting that the model has (see the inspector's list)", "\"" + what.name + "\""};
    if (writer.error) return writer.error;
    machine.sysctl.write() = changed;
    machine.net().sysctl.write() = of_net;
    return std::nullopt;
}

std::optional<Error> act(World& world, const Inputs& inputs, const InjectFrame& what) {
    constexpr std::size_t header = 14;
    if (world.machine().nics.empty()) return Error{"inject", "a network card", "none in this scenario"};
    if (what.bytes.size() < header || what.bytes.size() > 65535) {
        return Error{"inject", "14 to 65535 bytes from the Ethernet header on",
                     std::to_string(what.bytes.size()) + " bytes"};
    }
    if (what.after < 0) return Error{"inject", "a time from now on", std::to_string(what.after) + " ns"};
    Bytes frame(what.bytes.size());
    std::copy(what.bytes.begin(), what.bytes.end(), frame.write().begin());
    injectFrame(world, inputs, std::move(frame), world.now + what.after);
    return std::nullopt;
}

std::optional<Error> act(World& world, const Inputs& inputs, const LabCall& what) {
    if (what.cpu >= world.machine().cpus.size())
        return Error{"call", "a CPU of this machine", std::to_string(what.cpu)};
    if (what.function >= inputs.functions.size())
        return Error{"call", "a function of the table", std::to_string(what.function)};
    const std::string name = inputs.function(what.function).name;
    if (what.skb && !world.machine().skbs.live(what.skb))
        return Error{"call " + name, "a living sk_buff", "slot " + std::to_string(what.skb.slot)};
    if (!world.machine().oops.empty()) return Error{"call " + name, "a running kernel", world.machine().oops};
    if (labCallActive(world, what.cpu)) {
        const Stack& busy = *std::as_const(world.machine().tasks)[world.machine().cpu(what.cpu).current].stack;
        return Error{"call " + name, "CPU " + std::to_string(what.cpu) + " at rest",
                     std::string(inputs.function(busy.top().function).name) + " running"};
    }
    Stack& stack = world.machine().tasks.write(std::as_const(world.machine()).cpu(what.cpu).current).stack.write();
    stack.popReturned();  // the call stands on what runs next
    Frame& frame = stack.push();
    frame.function = what.function;
    frame.context = Context::process;
    if (what.skb)
        detail::packArguments(frame.locals.data(), what.skb, what.argument);
    else
        detail::packArguments(frame.locals.data(), what.argument);
    world.resumeCpu(world.machine(), what.cpu, world.now);
    return std::nullopt;
}

std::optional<Error> act(World& world, const Inputs&, const WriteData& what) {
    if (!world.machine().skbs.live(what.skb))
        return Error{"write", "a living sk_buff", "slot " + std::to_string(what.skb.slot)};
    const SkBuff& skb = std::as_const(world.machine().skbs)[what.skb];
    if (what.bytes.size() > skb.headlen()) {
        return Error{"write", "at most " + std::to_string(skb.headlen()) + " bytes, the linear data",
                     std::to_string(what.bytes.size())};
    }
    const std::span<std::uint8_t> to = world.machine().buffers.write(skb.head).bytes.write(skb.data, what.bytes.size());
    std::copy(what.bytes.begin(), what.bytes.end(), to.begin());
    return std::nullopt;
}

std::optional<Error> act(World& world, const Inputs&, const KillTask& what) {
    TaskId found{};
    world.machine().tasks.each([&](TaskId id, const Task& task) {
        if (task.pid == what.pid && task.state != TaskState::TASK_DEAD) found = id;
    });
    if (!found) return Error{"kill", "the pid of a living task", std::to_string(what.pid)};
    const Task& task = std::as_const(world.machine().tasks)[found];
    if (task.kthread || task.idle()) return Error{"kill", "a task with a program", task.comm};
    sendSigkill(world, world.machine(), found);
    return std::nullopt;
}

std::string text(const InjectFrame& what, const Inputs&) {
    return "inject a frame of " + std::to_string(what.bytes.size()) + " bytes";
}
std::string text(const SetSysctl& what, const Inputs&) {
    return "sysctl " + what.name + "=" + std::to_string(what.value);
}
std::string text(const KillTask& what, const Inputs&) { return "kill " + std::to_string(what.pid); }
std::string text(const LabCall& what, const Inputs& inputs) {
    std::string call = what.function < inputs.functions.size() ? inputs.function(what.function).name : "?";
    call += "(";
    if (what.skb) call += "skb, ";
    return call + std::to_string(what.argument) + ")";
}

std::string text(const WriteData& what, const Inputs&) {
    return "write " + std::to_string(what.bytes.size()) + " bytes";
}

}  // namespace

std::string describeIntervention(const Intervention& what, const Inputs& inputs) {
    return std::visit([&](const auto& one) { return text(one, inputs); }, what);
}

std::optional<Error> applyIntervention(World& world, const Inputs& inputs, const Intervention& what) {
    return std::visit([&](const auto& one) { return act(world, inputs, one); }, what);
}

bool labCallActive(const World& world, CpuNo cpu) {
    if (!world.machine().oops.empty()) return false;
    const Stack& stack = *world.machine().tasks[world.machine().cpu(cpu).current].stack;
    for (std::size_t i = 1; i < stack.size(); ++i) {
        if (stack[i].state != FrameState::returning && stack[i].state != FrameState::tail) return true;
    }
    return stack.size() > 1 && stack.top().state != FrameState::returning;
}

Result<World> tryLabCall(World world, const Inputs& inputs, const LabCall& what) {
    if (std::optional<Error> error = act(world, inputs, what)) return *error;
    Event event;
    while (labCallActive(world, what.cpu) && step(world, inputs, event)) {
    }
    return world;
}

std::optional<std::uint64_t> labCallResult(const World& world, CpuNo cpu) {
    const Frame& top = world.machine().tasks[world.machine().cpu(cpu).current].stack->top();
    return top.state == FrameState::returning ? std::optional(top.result) : std::nullopt;
}

}  // namespace ringside
