#include "engine/world/world.h"

#include <array>

#include "engine/core/fields_visitors.h"
#include "engine/world/inputs.h"

namespace ringside {

std::string_view nameOf(Fate fate) {
    static constexpr std::array<std::string_view, 6> names{"delivered", "dropped", "forwarded",
                                                           "consumed",  "ignored", "undecided"};
    return names[static_cast<std::size_t>(fate)];
}

std::string_view nameOf(Origin origin) {
    static constexpr std::array<std::string_view, 2> names{"injected", "sent"};
    return names[static_cast<std::size_t>(origin)];
}

Link& World::linkOf(LinkEnd card) {
    for (Cow<Link>& link : links) {
        if (link->a == card || link->b == card) return link.write();
    }
    RS_ASSERT(!"a card has a link");
    return links.front().write();
}

MachineNo World::machineOf(CpuNo cpu) const {
    std::size_t n = machines.size() - 1;
    while (n > 0 && machines[n].first_cpu > cpu) --n;
    return static_cast<MachineNo>(n);
}

void World::numberMachines() {
    std::size_t cpus = 0;
    for (std::size_t n = 0; n < machines.size(); ++n) {
        machines[n].number = static_cast<MachineNo>(n);
        machines[n].first_cpu = static_cast<CpuNo>(cpus);
        cpus += machines[n].cpus.size();
    }
    clock = MinTree(cpus);
}

void World::resumeCpu(Machine& machine, CpuNo n, Time time) {
    Cpu& c = machine.cpu(n);
    if (!c.waiting || !machine.oops.empty()) return;
    c.waiting = false;
    ++c.wait_generation;
    c.interrupted_at = time;
    const Context context = std::as_const(machine.tasks)[c.current].stack->top().context;
    c.times.in[static_cast<std::size_t>(context)] += time - c.wait_since;
    clock.set(machine.first_cpu + n, time);
}

namespace {
std::uint64_t nameHash(const Inputs& inputs, FunctionId function) {
    return function < inputs.functions.size() ? inputs.functions[function].name_hash : 0;
}
void foldStack(HashVisitor& v, const Stack& stack, const Inputs& inputs) {
    v.word(stack.size());
    for (std::size_t i = 0; i < stack.size(); ++i) {
        const Frame& f = stack[i];
        v.word(nameHash(inputs, f.function));
        v.word(f.stage | static_cast<std::uint64_t>(f.state) << 8 | static_cast<std::uint64_t>(f.context) << 16 |
               std::uint64_t{f.interrupt} << 24);
        v.word(f.result);
        if (inputs.functions[f.function].hash) inputs.functions[f.function].hash(stack.locals(f), v);
    }
}
}  // namespace

std::uint64_t worldHash(const World& world, const Inputs& inputs) {
    HashVisitor v;
    World::describe(v, world);
    for (const Machine& machine : world.machines)
        machine.tasks.each([&](TaskId, const Task& t) { foldStack(v, *t.stack, inputs); });
    for (std::size_t i = 0; i < world.clock.size(); ++i) v.word(static_cast<std::uint64_t>(world.clock.key(i)));
    for (const AgendaItem& item : world.agenda.sorted()) AgendaItem::describe(v, item);
    v.word(world.agenda.lastSeq());
    for (const auto& link : world.links) {
        v.word(link->carried.size());
        link->carried.each([&](const Carried& frame) { Carried::describe(v, frame); });
    }
    world.fates.each([&](const PacketFate& fate) {
        PacketFate::describe(v, fate);
        v.word(nameHash(inputs, fate.function));
    });
    return v.hash();
}

}  // namespace ringside
