#include "engine/step/step.h"

#include <cstring>

#include "engine/hardware/hardware.h"
#include "engine/linux/idt.h"
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

inline Choice choose(const World& world) {
    if (world.stopped()) return {};
    const Time agenda = world.agenda.nextTime(), cpu = world.clock.minKey();
    if (agenda == kNever && cpu == kNever) return {};
    if (agenda <= cpu) return {Choice::Kind::agenda, kNoCpu};
    return {Choice::Kind::cpu, world.clock.min()};
}

/// The entry function of the pending interrupt with the highest vector, on the interrupted task's own stack; the event
/// that raised it.
Position takeInterrupt(Cpu& cpu, Stack& stack) {
    const PendingInterrupt taken = cpu.irr.back();
    cpu.irr.pop_back();
    Frame& frame = stack.push();
    frame.function = idtEntry(taken.vector);
    frame.context = Context::hardirq;
    frame.interrupt = true;
    detail::packArguments(frame.locals.data(), std::uint32_t{taken.vector});
    return taken.cause;
}

/// The function needs more than the frame holds: its locals go to the overflow area, its skb stays in sight.
[[gnu::cold]] void makeOverflow(Stack& stack, Frame& frame, const FunctionInfo& info) {
    stack.overflowTop(info.overflow);
    if (info.overflow_skb < 0) return;
    std::memcpy(frame.locals.data(), stack.overflowOf(frame) + info.overflow_skb, sizeof(SkbId));
}

SkbId skbOf(const FunctionInfo& info, const Frame& frame) {
    SkbId id{};
    if (info.skb_offset >= 0) std::memcpy(&id, frame.locals.data() + info.skb_offset, sizeof id);
    return id;
}

}  // namespace

/// A CPU that makes steps: where it, its machine, its current task and that task's stack are. Those places hold as long
/// as nobody copies the World.
struct Runner {
    Machine* machine = nullptr;
    Cpu* cpu = nullptr;
    Task* task = nullptr;
    Stack* stack = nullptr;

    /// `n` counts the CPUs of all machines, as World::clock does.
    void bind(World& w, CpuNo n) {
        machine = &w.machine(w.machineOf(n));
        cpu = &machine->cpu(static_cast<CpuNo>(n - machine->first_cpu));
        takeCurrent();
    }
    void takeCurrent() {
        task = &machine->tasks.write(cpu->current);
        stack = &task->stack.write();
    }
    Time step(World& w, const Inputs& inputs, Time now, Event& event);
    Time stage(World& w, const Inputs& inputs, Event& event, Frame& frame, const FunctionInfo& info);
    void leave(World& w, Event& event, Frame& frame, const Next& next);
};

/// The CPU's next step at its local time `now`; when it can make another (kNever: it waits).
[[gnu::always_inline]] inline Time Runner::step(World& w, const Inputs& inputs, Time now, Event& event) {
    stack->popReturned();

    event = Event{};
    event.seq = ++w.position;
    event.time = w.now = now;
    event.cause = cpu->last_seq;
    event.cpu = cpu->id;
    event.machine = machine->number;
    event.task = cpu->current;
    if (!cpu->irr.empty() && cpu->irqs_disabled == 0 && stack->top().context != Context::hardirq)
        event.cause = takeInterrupt(*cpu, *stack);
    cpu->last_seq = event.seq;

    Frame& frame = stack->top();
    const FunctionInfo& info = inputs.functions[frame.function];
    event.function = frame.function;
    event.depth = static_cast<std::uint8_t>(stack->size());
    event.context = frame.context;
    event.stage = frame.stage;
    Time cost = cost::enter;
    if (frame.state == FrameState::pushed) {
        frame.state = FrameState::entered;
        if (info.overflow != 0) [[unlikely]]
            makeOverflow(*stack, frame, info);
        event.kind = EventKind::enter;
        event.skb_slot = skbOf(info, frame);
        if (const SkBuff* skb = machine->skbs.find(event.skb_slot)) {
            event.skb = skb->id;
            event.packet = skb->packet;
        }
    } else {
        event.kind = EventKind::stage;
        cost = stage(w, inputs, event, frame, info);
        if (cpu->waiting) return kNever;
    }
    cpu->times.in[static_cast<std::size_t>(event.context)] += cost;
    return now + cost;
}

/// Runs the frame's stage and does what it came to; how long it took.
[[gnu::always_inline]] inline Time Runner::stage(World& w, const Inputs& inputs, Event& event, Frame& frame,
                                                 const FunctionInfo& info) {
    // what the function is about when the stage begins: it may give the skb away
    const SkbId before = skbOf(info, frame);
    std::uint32_t id = 0, packet = 0;
    if (const SkBuff* skb = machine->skbs.find(before)) {
        id = skb->id;
        packet = skb->packet;
    }
    K k{w, *machine, *cpu, *task, event.task, *stack, inputs, event};
    k.subject = before;
    const StageInfo& row = info.stages[frame.stage];
    const Next next = row.run(k, frame);
    // The usual outcomes without a branch, for which of them it is the processor cannot guess well.
    constexpr FrameState after[] = {FrameState::entered, FrameState::entered, FrameState::returning,
                                    FrameState::tail,    FrameState::entered, FrameState::entered};
    const bool goes_on = next.kind <= Next::Kind::call;
    frame.stage = goes_on ? next.stage : frame.stage;
    frame.state = after[static_cast<std::size_t>(next.kind)];
    frame.result = next.kind == Next::Kind::returns ? static_cast<std::uint64_t>(next.value) : frame.result;
    SkbId about = event.skb_slot;
    if (!about) about = skbOf(info, frame);
    if (about || before) {
        if (about && about != before) id = packet = 0;
        event.skb_slot = about ? about : before;
        if (const SkBuff* skb = machine->skbs.find(event.skb_slot)) {
            id = skb->id;
            packet = skb->packet;
        }
        event.skb = id;
        event.packet = packet;
    }
    if (next.kind >= Next::Kind::wait) leave(w, event, frame, next);
    return row.cost + k.extra;
}

/// The CPU waits, or goes on with another task.
void Runner::leave(World& w, Event& event, Frame& frame, const Next& next) {
    frame.stage = next.stage;
    if (next.kind == Next::Kind::wait) {
        cpu->waiting = true;
        cpu->wait_since = event.time;
        ++cpu->wait_generation;
        if (next.value != kNever)
            w.agenda.add(next.value, Due::cpu_ready, machine->number, event.cpu, cpu->wait_generation, event.seq);
        return;
    }
    // a task is switched in its own context only, never inside an interrupt or a softirq
    RS_ASSERT(frame.context == Context::process || frame.context == Context::idle);
    task->on_cpu = false;
    cpu->current = next.task;
    takeCurrent();
    task->on_cpu = true;
}

Choice firstChoice(const World& world) { return choose(world); }

std::vector<Choice> choices(const World& world) {
    std::vector<Choice> all;
    const Choice first = firstChoice(world);
    if (first.kind == Choice::Kind::none) return all;
    all.push_back(first);
    if (first.kind != Choice::Kind::agenda && !world.agenda.empty()) all.push_back({Choice::Kind::agenda, kNoCpu});
    for (CpuNo n = 0; n < world.clock.size(); ++n) {
        if (world.clock.key(n) != kNever && (first.kind != Choice::Kind::cpu || first.cpu != n))
            all.push_back({Choice::Kind::cpu, n});
    }
    return all;
}

bool advance(World& world, const Inputs& inputs, Choice choice, Event& event) {
    if (choice.kind == Choice::Kind::none) return false;
    if (choice.kind == Choice::Kind::cpu) {
        Runner runner;
        runner.bind(world, choice.cpu);
        world.clock.set(choice.cpu, runner.step(world, inputs, world.clock.key(choice.cpu), event));
        return true;
    }
    const AgendaItem item = world.agenda.pop();
    if (item.time > world.now) world.now = item.time;
    return runDue(world, inputs, item, event);
}

bool step(World& world, const Inputs& inputs, Event& event) {
    while (true) {
        const Choice choice = choose(world);
        if (choice.kind == Choice::Kind::none) return false;
        if (advance(world, inputs, choice, event)) return true;
    }
}

Stepper::Stepper(World& world, const Inputs& inputs)
    : m_world(world), m_inputs(inputs), m_runners(world.clock.size()) {}
Stepper::~Stepper() = default;

std::size_t Stepper::many(std::span<Event> events) {
    World& world = m_world;
    const Inputs& inputs = m_inputs;
    std::size_t made = 0;
    while (made < events.size()) {
        const Choice choice = choose(world);
        if (choice.kind != Choice::Kind::cpu) {
            if (choice.kind == Choice::Kind::none) break;
            made += advance(world, inputs, choice, events[made]);
            continue;
        }
        const CpuNo n = choice.cpu;
        Runner& kept = m_runners[n];
        if (!kept.cpu) kept.bind(world, n);
        Runner runner = kept;
        // While it goes first, the clock need not know how far it has come.
        Time time = world.clock.key(n);
        do {
            time = runner.step(world, inputs, time, events[made++]);
        } while (made < events.size() && time < world.agenda.nextTime() && world.clock.wouldLead(n, time));
        world.clock.set(n, time);
        kept = runner;
    }
    return made;
}

std::size_t stepMany(World& world, const Inputs& inputs, std::span<Event> events) {
    return Stepper(world, inputs).many(events);
}

}  // namespace ringside
