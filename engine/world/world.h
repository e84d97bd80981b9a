#pragma once
// Everything that can change, as one value: copied, compared, hashed, branched. No pointers, no closures, no Qt.

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/agenda.h"
#include "engine/core/cow.h"
#include "engine/core/event.h"
#include "engine/core/fields.h"
#include "engine/core/log.h"
#include "engine/core/min_tree.h"
#include "engine/core/rng.h"
#include "engine/world/link.h"
#include "engine/world/machine/machine.h"

namespace ringside {

/// What became of a packet.
enum class Fate : std::uint8_t { delivered, dropped, forwarded, consumed, ignored, undecided };
std::string_view nameOf(Fate fate);

/// The end of one packet's way, logged when it is reached.
struct PacketFate {
    std::uint32_t packet = 0;           ///< number on the wire, from 1
    FunctionId function = kNoFunction;  ///< where it ended
    Fate fate = Fate::ignored;
    Drop reason = Drop::NOT_DROPPED;
    Time time = 0;
    Position position = 0;  ///< of the event that ended it
    friend bool operator==(const PacketFate&, const PacketFate&) = default;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("packet", s.packet);
        v.apart("function", s.function);  // folded by name
        v.hidden("fate", s.fate);
        v.hidden("reason", s.reason);
        v.hidden("time", s.time);
        v.hidden("position", s.position);
    }
};

/// The traffic's place in the World: the frames themselves are Inputs.
struct Wire {
    std::uint64_t next = 0;             ///< index of the next frame to arrive
    bool pending = false;               ///< its arrival stands in the agenda
    bool held = false;                  ///< it waits until ring and receive buffers have room (pace `unlost`)
    Time shift = 0;                     ///< how far the traffic was delayed by that
    Cow<std::vector<MadePacket>> made;  ///< packets that are not of the traffic; numbered behind it

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("next", s.next, Unit::index, "index of the next frame");
        v("held", s.held, Unit::none, "the next frame waits for room");
        v("shift", s.shift, Unit::nanoseconds, "delay added so that nothing is lost by the model's own slowness");
        v.hidden("pending", s.pending);
        v.hidden("made", s.made);
    }
};

/// The whole state. Vectors hold parts behind copy-on-write handles; plain members are small. A path without a machine
/// means the first machine, one without a namespace its first namespace.
struct World {
    Time now = 0;           ///< time of the last event
    Position position = 0;  ///< events so far
    Agenda agenda;
    Rng rng;
    MinTree clock;  ///< local time of each CPU of all machines, see Machine::first_cpu; kNever: nothing to do
    std::vector<Machine> machines = std::vector<Machine>(1);
    std::vector<Cow<Link>> links;  ///< one for each card
    Wire wire;
    Log<PacketFate> fates;
    bool over = false;  ///< the time is reached at which the scenario ends the run

    Machine& machine(MachineNo n = 0) { return machines[n]; }
    [[nodiscard]] const Machine& machine(MachineNo n = 0) const { return machines[n]; }
    /// The first machine's first namespace.
    Net& net() { return machines[0].net(); }
    [[nodiscard]] const Net& net() const { return machines[0].net(); }
    /// The machine whose CPU is number `cpu` in `clock`.
    [[nodiscard]] MachineNo machineOf(CpuNo cpu) const;
    /// Whether the run is over or every machine's kernel has stopped: nothing happens any more.
    [[nodiscard]] bool stopped() const {
        if (over) return true;
        for (const Machine& m : machines) {
            if (m.oops.empty()) return false;
        }
        return true;
    }
    /// The link of a card; there must be one.
    Link& linkOf(LinkEnd card);
    /// Gives machines their numbers and every CPU its place in `clock`; for those who build a World, when all CPUs are
    /// there. All local times become kNever.
    void numberMachines();
    /// A CPU that waits goes on at `time` (an interrupt came, or its wait is over). Does nothing to one that is
    /// running, or whose kernel has stopped.
    void resumeCpu(Machine& machine, CpuNo n, Time time);

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("time", s.now, Unit::nanoseconds, "model time");
        v("position", s.position, Unit::count, "events so far");
        v.spread("machine", s.machines, "machines");
        v("link", s.links, Unit::none, "links between cards and the world outside");
        v("wire", s.wire, Unit::none, "traffic");
        const std::uint64_t fates = s.fates.size();
        v("packets_done", fates, Unit::count, "packets whose way has ended");
        v.hidden("over", s.over);
        v.hidden("rng", s.rng);
        v.apart("agenda", s.agenda);
        v.apart("clock", s.clock);
        v.apart("fates", s.fates);
    }
};

struct Inputs;

/// What a World hashes to: every field in a field list, hidden ones too, the call stacks and the pending future. Equal
/// Worlds have equal fingerprints in every build type, and functions count by name: a function that a run does not use
/// changes nothing of it. `inputs` are those of its run.
std::uint64_t worldHash(const World& world, const Inputs& inputs);

}  // namespace ringside
