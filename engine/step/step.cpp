#include "engine/step/step.h"

#include "engine/hardware/hardware.h"
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// Frames whose function has returned go away without an event; the result moves to the caller, through tail calls too. An interrupt was
/// called by nobody: the frame below keeps the result it may be waiting to use.
void popReturned(Stack& stack) {
    while (stack.top().state == FrameState::returning) {
        const Frame& done = stack.top();
        RS_ASSERT(stack.size > 1);
        --stack.size;
        Frame& caller = stack.top();
        if (!done.interrupt) caller.result = done.result;
        if (caller.state == FrameState::tail) caller.state = FrameState::returning;
    }
}

/// The interrupt's entry function on the interrupted task's own stack.
void takeInterrupt(Cpu& cpu, Stack& stack) {
    FunctionId entry = fn::common_interrupt.id;
    std::uint32_t line = 0;
    if (cpu.irq_pending) {
        line = static_cast<std::uint32_t>(__builtin_ctz(cpu.irq_pending));
        cpu.irq_pending &= cpu.irq_pending - 1;
    } else {
        const std::uint32_t bit = cpu.ipi_pending & (~cpu.ipi_pending + 1);
        cpu.ipi_pending &= ~bit;
        if (bit == static_cast<std::uint32_t>(Ipi::timer)) entry = fn::sysvec_apic_timer_interrupt.id;
        else if (bit == static_cast<std::uint32_t>(Ipi::reschedule)) entry = fn::sysvec_reschedule_ipi.id;
        else entry = fn::sysvec_call_function_single.id;
    }
    Frame& frame = stack.push();
    frame.function = entry;
    frame.context = Context::hardirq;
    frame.interrupt = true;
    detail::packArguments(frame.locals.data(), line);
}

SkbId skbOf(const FunctionInfo& info, const Frame& frame) {
    SkbId id{};
    if (info.skb_offset >= 0) std::memcpy(&id, frame.locals.data() + info.skb_offset, sizeof id);
    return id;
}

/// Fills in the event's packet. `before` is what the function was about when the stage began: it may have given the skb away since.
void name(const World& w, Event& event, SkbId slot, std::uint32_t id, std::uint32_t packet) {
    event.skb_slot = slot;
    event.skb = id;
    event.packet = packet;
    if (slot && w.skbs.live(slot)) {
        event.skb = w.skbs[slot].id;
        event.packet = w.skbs[slot].packet;
    }
}

void cpuStep(World& w, const Inputs& inputs, CpuNo n, Event& event) {
    Cpu& cpu = w.cpus[n].write();
    const TaskId current_id = cpu.current;
    Task& current = w.tasks.write(current_id);
    Stack& stack = current.stack.write();
    popReturned(stack);

    event = Event{};
    event.seq = ++w.position;
    event.time = w.now = w.clock.key(n);
    event.cause = cpu.last_seq;
    event.cpu = n;
    event.task = current_id;
    if ((cpu.irq_pending | cpu.ipi_pending) != 0 && cpu.irqs_disabled == 0 && stack.top().context != Context::hardirq) {
        takeInterrupt(cpu, stack);
        event.cause = cpu.irq_cause;
    }
    cpu.last_seq = event.seq;

    const std::size_t depth = stack.size;
    Frame& frame = stack.top();
    const FunctionInfo& info = inputs.functions[frame.function];
    event.function = frame.function;
    event.depth = static_cast<std::uint8_t>(depth);
    event.context = frame.context;
    event.stage = frame.stage;
    Time cost = cost::enter;
    if (frame.state == FrameState::pushed) {
        frame.state = FrameState::entered;
        event.kind = EventKind::enter;
        if (const SkbId skb = skbOf(info, frame)) name(w, event, skb, 0, 0);
    } else {
        event.kind = EventKind::stage;
        const SkbId before = skbOf(info, frame);
        std::uint32_t id = 0, packet = 0;
        if (before && w.skbs.live(before)) {
            id = std::as_const(w.skbs)[before].id;
            packet = std::as_const(w.skbs)[before].packet;
        }
        K k{w, cpu, current, current_id, stack, inputs, event};
        const StageInfo& stage = info.stages[frame.stage];
        const Next next = stage.run(k, frame);
        cost = stage.cost + k.extra;
        switch (next.kind) {
            case Next::Kind::stage:
            case Next::Kind::call: frame.stage = next.stage; break;
            case Next::Kind::tail: frame.state = FrameState::tail; break;
            case Next::Kind::returns:
                frame.state = FrameState::returning;
                frame.result = static_cast<std::uint64_t>(next.value);
                break;
            case Next::Kind::wait:
                frame.stage = next.stage;
                cpu.waiting = true;
                cpu.wait_since = event.time;
                ++cpu.wait_generation;
                if (next.value != kNever) w.agenda.add(next.value, Due::cpu_ready, n, cpu.wait_generation, event.seq);
                break;
            case Next::Kind::switch_to:
                // a task is switched in its own context only, never inside an interrupt or a softirq
                RS_ASSERT(frame.context == Context::process || frame.context == Context::idle);
                frame.stage = next.stage;
                current.on_cpu = false;
                cpu.current = next.task;
                w.tasks.write(next.task).on_cpu = true;
                break;
        }
        SkbId about = event.skb_slot;
        if (!about) about = skbOf(info, frame);
        if (about && about != before) id = packet = 0;
        if (about || before) name(w, event, about ? about : before, id, packet);
    }
    if (cpu.waiting) {
        w.clock.set(n, kNever);
    } else {
        cpu.times.in[static_cast<std::size_t>(event.context)] += cost;
        w.clock.set(n, event.time + cost);
    }
}

}  // namespace

Choice firstChoice(const World& world) {
    if (!world.oops.empty()) return {};
    const Time agenda = world.agenda.nextTime(), cpu = world.clock.minKey();
    if (agenda == kNever && cpu == kNever) return {};
    if (agenda <= cpu) return {Choice::Kind::agenda, kNoCpu};
    return {Choice::Kind::cpu, world.clock.min()};
}

std::vector<Choice> choices(const World& world) {
    std::vector<Choice> all;
    const Choice first = firstChoice(world);
    if (first.kind == Choice::Kind::none) return all;
    all.push_back(first);
    if (first.kind != Choice::Kind::agenda && !world.agenda.empty()) all.push_back({Choice::Kind::agenda, kNoCpu});
    for (CpuNo n = 0; n < world.cpus.size(); ++n) {
        if (world.clock.key(n) != kNever && (first.kind != Choice::Kind::cpu || first.cpu != n)) all.push_back({Choice::Kind::cpu, n});
    }
    return all;
}

bool advance(World& world, const Inputs& inputs, Choice choice, Event& event) {
    if (choice.kind == Choice::Kind::none) return false;
    if (choice.kind == Choice::Kind::cpu) {
        cpuStep(world, inputs, choice.cpu, event);
        return true;
    }
    const AgendaItem item = world.agenda.pop();
    if (item.time > world.now) world.now = item.time;
    return runDue(world, inputs, item, event);
}

bool step(World& world, const Inputs& inputs, Event& event) {
    while (true) {
        const Choice choice = firstChoice(world);
        if (choice.kind == Choice::Kind::none) return false;
        if (advance(world, inputs, choice, event)) return true;
    }
}

}  // namespace ringside
