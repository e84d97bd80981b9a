#include "engine/world/world.h"

#include <array>

#include "engine/core/fields_visitors.h"

namespace ringside {

std::string_view nameOf(Fate fate) {
    static constexpr std::array<std::string_view, 6> names{"delivered", "dropped", "forwarded",
                                                           "consumed",  "ignored", "undecided"};
    return names[static_cast<std::size_t>(fate)];
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
void foldStack(HashVisitor& v, const Stack& stack) {
    v.word(stack.size);
    for (std::size_t i = 0; i < stack.size; ++i) {
        const Frame& f = stack.frames[i];
        // Locals are folded as bytes: frames start zeroed and arguments are packed without padding between equal types,
        // so equal histories give equal bytes.
        v.word(f.function | std::uint64_t{f.stage} << 16 | static_cast<std::uint64_t>(f.state) << 24 |
               static_cast<std::uint64_t>(f.context) << 32);
        v.word(f.result);
        v.bytes({reinterpret_cast<const std::uint8_t*>(f.locals.data()), f.locals.size()});
    }
}
}  // namespace

std::uint64_t worldHash(const World& world) {
    HashVisitor v;
    World::describe(v, world);
    for (const Machine& machine : world.machines) {
        machine.tasks.each([&](TaskId id, const Task& task) {
            foldStack(v, *task.stack);
            if (task.sigkill_pending)
                v.word(id.slot);  // no row of its own in the inspector: it shows in what the task does
        });
        v.word(machine.next_skb_id);
    }
    for (std::size_t i = 0; i < world.clock.size(); ++i) v.word(static_cast<std::uint64_t>(world.clock.key(i)));
    for (const AgendaItem& item : world.agenda.sorted()) {
        v.word(static_cast<std::uint64_t>(item.time));
        v.word(static_cast<std::uint64_t>(item.due) | std::uint64_t{item.machine} << 8 | std::uint64_t{item.arg} << 16);
        v.word(item.arg2);
    }
    v.word(world.rng.state);
    // the fates logged so far are implied by what led here, all but the last few need no folding
    for (std::uint64_t back = 0; back < world.fates.size() && back < 64; ++back) {
        const PacketFate& f = world.fates.fromEnd(back);
        v.word(f.packet | std::uint64_t{f.function} << 32 | static_cast<std::uint64_t>(f.fate) << 48 |
               static_cast<std::uint64_t>(f.reason) << 56);
    }
    return v.hash();
}

}  // namespace ringside
