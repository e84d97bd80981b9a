#include "tests/support/toy_kernel.h"

#include "engine/linux/kernel.h"

namespace ringside::test {
namespace {

constexpr std::uint32_t kKept = 16;  // sk_buffs that wait in the toy's queue

struct program : toy_args::program {
    using Self = program;

    Next begin(K& k) {
        if (k.current.loops[0] == 0) {
            // something that comes due when all is over and makes no event: the end of a run must settle it
            if (k.current.loops[1]++ == 0) k.later(k.now() + 1000, Due::cpu_ready, k.cpu.id, 0);
            return wait<&Self::begin>(kNever);
        }
        --k.current.loops[0];
        return k.call<&Self::done>(toy::work, k.current.loops[0]);
    }
    Next done(K& k, std::uint32_t result) {
        k.counters().ip.InReceives += result;
        // now and then the CPU sleeps, so that the agenda takes part
        if (result == 3) return wait<&Self::begin>(k.now() + 500);
        return next<&Self::begin>();
    }

    using stages = Stages<Stage<"next round", &Self::begin, 5>, Stage<"count", &Self::done, 3>>;
};

struct work : toy_args::work {
    using Self = work;
    SkbId skb;

    Next make(K& k) {
        skb = k.machine.skbs.alloc();
        SkBuff& s = k.write(skb);
        s.id = k.machine.next_skb_id++;
        s.packet = s.id;
        s.head = k.machine.buffers.alloc();
        Buffer& buffer = k.write(s.head);
        buffer.bytes = Bytes(128);
        buffer.dataref = 1;
        return next<&Self::fill>();
    }
    Next fill(K& k) {
        const std::span<std::uint8_t> bytes = k.write(k.skb(skb).head).bytes.write();
        bytes[k.world.rng.below(bytes.size())] = static_cast<std::uint8_t>(n);
        return k.call<&Self::kept>(toy::put_away, skb);
    }
    Next kept(K& k) { return ret(static_cast<std::uint32_t>(k.world.rng.below(4))); }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the packet");
    }
    using stages = Stages<Stage<"make an sk_buff", &Self::make, 25>, Stage<"fill it", &Self::fill, 10>,
                          Stage<"how it went", &Self::kept, 2>>;
};

struct put_away : toy_args::put_away {
    using Self = put_away;

    Next keep(K& k) {
        SkbList& list = k.write(k.device(2).napi).rx_list;
        k.pushBack(list, skb, SkbOwner::rx_list);
        skb = {};
        if (list.qlen <= kKept) return ret();
        skb = k.popFront(list);
        return next<&Self::drop>();
    }
    Next drop(K& k) {
        const bool bad = k.world.rng.below(8) == 0;
        if (bad) k.event.drop = Drop::NO_SOCKET;
        k.fate(skb, bad ? Fate::dropped : Fate::delivered, k.event.drop, toy::put_away.id);
        k.machine.buffers.free(k.skb(skb).head);
        k.machine.skbs.free(skb);
        return ret();
    }

    using stages = Stages<Stage<"keep it", &Self::keep, 5>, Stage<"let the oldest go", &Self::drop, 20>>;
};

struct make : toy_args::make {
    using Self = make;

    Next build(K& k) {
        const SkbId skb = k.machine.skbs.alloc();
        const BufferId buffer = k.machine.buffers.alloc();
        k.write(buffer).bytes = Bytes(size);
        k.write(skb).id = k.machine.next_skb_id++;
        k.write(skb).owner = SkbOwner::lab;
        k.write(skb).head = buffer;
        return ret(skb);
    }

    using stages = Stages<Stage<"build it", &Self::build, 25>>;
};

struct touch : toy_args::touch {
    using Self = touch;

    Next write(K& k) {
        if (value > 255) return k.panic("value " + std::to_string(value) + " is no byte");
        k.write(k.skb(skb).head).bytes.write()[0] = static_cast<std::uint8_t>(value);
        k.write(skb).len = value;
        return ret(skb);
    }

    using stages = Stages<Stage<"write the byte", &Self::write, 5>>;
};

constexpr FunctionInfo kTable[] = {
    define<program>(toy::program, "program", "user space", "Does the rounds."),
    define<work>(toy::work, "work", "toy.c", "Makes a packet."),
    define<put_away>(toy::put_away, "put_away", "toy.c", "Keeps a packet, drops an old one."),
    define<make>(toy::make, "make", "toy.c", "Makes an sk_buff."),
    define<touch>(toy::touch, "touch", "toy.c", "Writes a byte."),
};

/// No traffic at all.
class Silence final : public FrameSource {
  public:
    [[nodiscard]] std::uint64_t count() const override { return 0; }
    [[nodiscard]] Time time(std::uint64_t) const override { return kNever; }
    std::span<const std::uint8_t> frame(std::uint64_t, std::vector<std::uint8_t>&) const override { return {}; }
    [[nodiscard]] std::uint64_t identity() const override { return 0; }
};

}  // namespace

Start toyStart(std::uint32_t rounds, std::uint16_t cpus, std::uint64_t seed, MachineNo machines) {
    auto inputs = std::make_shared<Inputs>();
    inputs->functions = kTable;
    inputs->traffic = std::make_shared<Silence>();
    World world;
    world.rng.state = seed;
    world.machines.resize(machines);
    for (ringside::Machine& machine : world.machines) {
        machine.nics.emplace_back();
        machine.net().devices.emplace_back().write().napi = machine.napis.alloc();
        for (CpuNo n = 0; n < cpus; ++n) {
            const TaskId id = machine.tasks.alloc();
            Task& task = machine.tasks.write(id);
            task.pid = task.tgid = 100U + n;
            task.comm = "toy";
            task.cpu = n;
            task.on_cpu = true;
            task.loops[0] = rounds;
            Frame& frame = task.stack.write().push();
            frame.function = toy::program.id;
            frame.state = FrameState::entered;
            Cpu& cpu = machine.cpus.emplace_back().write();
            cpu.id = n;
            cpu.current = cpu.rq.idle = cpu.rq.curr = id;
            cpu.waiting = rounds == 0;
        }
    }
    world.numberMachines();
    for (const ringside::Machine& machine : world.machines) {
        world.links.emplace_back().write().a = LinkEnd{machine.number, 2};
        for (CpuNo n = 0; n < cpus; ++n)
            world.clock.set(machine.first_cpu + n, rounds == 0 ? kNever : Time{machine.first_cpu + n});
    }
    return {std::move(world), std::move(inputs)};
}

}  // namespace ringside::test
