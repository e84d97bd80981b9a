// The wire: frames of the traffic and frames that a learner injects reach a card, which takes them, or not. Also the
// pace `unlost`, which holds traffic back while the model is behind. Simplified: every card takes all multicast; one
// wire for all cards, a unicast frame goes to the card that has its address, else to the first.
#include <algorithm>

#include "engine/hardware/hardware.h"
#include "engine/hardware/stages.h"
#include "engine/world/frame_bytes.h"

namespace ringside {
namespace {

constexpr std::uint32_t kEthernetHeader = 14, kLeastFrame = 60, kFrameCheck = 4;
constexpr std::uint32_t kVlanFrame = 1518;  // with a VLAN tag, without frame check sequence
constexpr Time kHoldFirst = 2 * kMicrosecond;
constexpr std::uint32_t kHoldDoublings = 9;  // up to about 1 ms between looks
constexpr std::uint32_t kHoldLooks = 18;     // about 10 ms in all, then the loss is not the model's own slowness

std::uint32_t packetNumber(const World& world, const Inputs& inputs, const AgendaItem& item) {
    if (item.arg == 0) return static_cast<std::uint32_t>(world.wire.next + 1);
    return static_cast<std::uint32_t>(inputs.traffic->count() + item.arg);
}

/// A card: whose, and which.
struct Card {
    MachineNo machine = 0;
    std::uint8_t ifindex = 0;  ///< 0: there is no card at all
};

Card cardFor(const World& world, std::span<const std::uint8_t> frame) {
    Card first;
    const bool unicast = !frame.empty() && (frame[0] & 1U) == 0 && frame.size() >= 6;
    for (const Machine& machine : world.machines) {
        for (const auto& nic : machine.nics) {
            const Card card{machine.number, nic->ifindex};
            if (first.ifindex == 0) first = card;
            if (!unicast) return first;
            const MacAddr& own = machine.device(nic->ifindex).dev_addr;
            if (std::equal(frame.begin(), frame.begin() + 6, own.bytes.begin())) return card;
        }
    }
    return first;
}

/// The address filter: own address, broadcast, multicast; in promiscuous mode everything.
bool filterTakes(const NetDevice& dev, std::span<const std::uint8_t> frame) {
    return dev.promiscuity || (frame[0] & 1U) != 0 ||
           std::equal(frame.begin(), frame.begin() + 6, dev.dev_addr.bytes.begin());
}

/// Packets in memory that no poll has taken yet.
std::uint32_t undone(const RxRing& ring) {
    return static_cast<std::uint32_t>((ring.rdh + ring.count() - ring.next_to_clean) % ring.count());
}

/// Whether a machine is behind: a frame that came now would find less room than on the machine the traffic was seen on.
bool behind(const World& world, const Machine& machine) {
    for (const auto& nic : machine.nics) {
        if (!nic->fifo.empty() || nic->rx->ready() < nic->rx->count() / 2 || undone(*nic->rx) > 64) return true;
    }
    // With many sockets only now and then: what sixteen packets are charged fits into the other half of a receive
    // buffer.
    if (machine.sockets.size() > 8 && world.wire.next % 16 != 0) return false;
    bool full = false;
    machine.sockets.each([&](SocketId, const Socket& s) { full |= s.sk_rmem_alloc > s.sk_rcvbuf / 2; });
    return full;
}

bool anyBehind(const World& world) {
    return std::any_of(world.machines.begin(), world.machines.end(),
                       [&](const Machine& machine) { return behind(world, machine); });
}

/// Puts the arrival off if the traffic is to wait. Always ends: when nothing else can happen, or after about ten
/// milliseconds.
bool held(World& world, const Inputs& inputs, const AgendaItem& item) {
    if (item.arg != 0 || inputs.pace != Pace::unlost) return false;
    const bool quiet = world.agenda.empty() && world.clock.minKey() == kNever;
    if (quiet || item.arg2 >= kHoldLooks || !anyBehind(world)) {
        world.wire.held = false;
        return false;
    }
    const Time delay = kHoldFirst << std::min(item.arg2, kHoldDoublings);
    world.wire.held = true;
    world.wire.shift += delay;
    world.agenda.add(item.time + delay, Due::wire_arrival, 0, 0, item.arg2 + 1, item.cause);
    return true;
}

}  // namespace

void scheduleArrival(World& world, const Inputs& inputs, Position cause) {
    if (world.wire.pending || !inputs.traffic || world.wire.next >= inputs.traffic->count()) return;
    world.wire.pending = true;
    const Time time = inputs.traffic->time(world.wire.next) + world.wire.shift;
    world.agenda.add(time > world.now ? time : world.now, Due::wire_arrival, 0, 0, 0, cause);
}

void injectFrame(World& world, const Inputs&, Bytes frame, Time time) {
    std::vector<Bytes>& injected = world.wire.injected.write();
    injected.push_back(std::move(frame));
    world.agenda.add(time > world.now ? time : world.now, Due::wire_arrival, 0,
                     static_cast<std::uint32_t>(injected.size()), 0, 0);
}

namespace hw {

std::span<const std::uint8_t> frameBytes(const World& world, const Inputs& inputs, std::uint32_t number) {
    // A place for the source to assemble the frame in; holds nothing from one call to the next.
    thread_local std::vector<std::uint8_t> scratch;
    return ringside::frameBytes(world, inputs, number, scratch);
}

bool frameArrives(World& world, const Inputs& inputs, const AgendaItem& item, Event& event) {
    if (held(world, inputs, item)) return false;
    const std::uint32_t packet = packetNumber(world, inputs, item);
    if (item.arg == 0) {
        ++world.wire.next;
        world.wire.pending = false;
    }
    const std::span<const std::uint8_t> frame = frameBytes(world, inputs, packet);
    const Card card = cardFor(world, frame);
    const bool none = frame.empty() || card.ifindex == 0;
    const auto tell = [&](FunctionId function, std::uint8_t stage) {
        hardwareEvent(world, item, function, stage, packet, event);
        event.machine = card.machine;
    };
    const auto end = [&](NicStage stage, Fate fate) {
        tell(fn::nic.id, stage);
        world.fates.append({packet, fn::nic.id, fate, Drop::NOT_DROPPED, item.time, world.position});
    };
    if (none) {
        const bool known = item.arg != 0 || inputs.traffic->decidable(packet - 1);
        world.fates.append({packet, fn::wire.id, known ? Fate::ignored : Fate::undecided, Drop::NOT_DROPPED, item.time,
                            world.position});
    } else {
        Machine& machine = world.machine(card.machine);
        Nic& nic = machine.nic(card.ifindex);
        NetDevice& dev = machine.device(card.ifindex);
        const auto length = std::max(static_cast<std::uint32_t>(frame.size()), kLeastFrame) + kFrameCheck;
        if (frame.size() < kEthernetHeader) {
            end(kBadLength, Fate::dropped);
            ++dev.stats.rx_length_errors;
        } else if (!filterTakes(dev, frame)) {
            end(kNotForUs, Fate::ignored);
            ++nic.rx_filtered;
        } else if (frame.size() > std::max(kVlanFrame, dev.mtu + kEthernetHeader + 4)) {
            end(kBadLength, Fate::dropped);
            ++dev.stats.rx_length_errors;
        } else if (nic.fifo_bytes + length > nic.fifo_size) {
            end(kFifoFull, Fate::dropped);
            ++nic.rx_missed;
            ++dev.stats.rx_missed_errors;
        } else {
            tell(fn::wire.id, kFrameArrives);
            // RNBC: more frames wait than descriptors are ready
            if (nic.rx->ready() <= nic.fifo.size()) ++nic.rx_no_buffer_count;
            nic.fifo.push_back({packet, length});
            nic.fifo_bytes += length;
            ++nic.rx_total;
            startDma(world, card.machine, nic, item.time, event.seq);
        }
    }
    scheduleArrival(world, inputs, none ? item.cause : event.seq);
    return !none;
}

}  // namespace hw
}  // namespace ringside
