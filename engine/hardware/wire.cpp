// The wire: frames of the traffic and frames that a learner injects reach a card, which takes them, or not. Also the
// pace `unlost`, which holds traffic back while the model is behind. Each card has a link of its own; a frame comes by
// the link that the traffic names, else by that of the card which has its address. Simplified: every card takes all
// multicast.
#include <algorithm>

#include "engine/hardware/hardware.h"
#include "engine/hardware/stages.h"
#include "engine/world/frame_bytes.h"

namespace ringside {
namespace {

constexpr std::uint32_t kEthernetHeader = 14, kLeastFrame = 60;
constexpr Time kHoldFirst = 2 * kMicrosecond;
constexpr std::uint32_t kHoldDoublings = 9;  // up to about 1 ms between looks
constexpr std::uint32_t kHoldLooks = 18;     // about 10 ms in all, then the loss is not the model's own slowness

std::uint32_t packetNumber(const World& world, const Inputs& inputs, const AgendaItem& item) {
    if (item.arg == 0) return static_cast<std::uint32_t>(world.wire.next + 1);
    return static_cast<std::uint32_t>(inputs.traffic->count() + item.arg);
}

/// The card with this number, counted over all machines; ifindex 0 if there is none.
LinkEnd cardNumber(const World& world, std::uint32_t number) {
    for (const Machine& machine : world.machines) {
        if (number < machine.nics.size()) return {machine.number, machine.nics[number]->ifindex};
        number -= static_cast<std::uint32_t>(machine.nics.size());
    }
    return {};
}

/// The number of the card that has the frame's destination address; the first if none has, and for multicast.
std::uint32_t cardByAddress(const World& world, std::span<const std::uint8_t> frame) {
    if (frame.size() < 6 || (frame[0] & 1U) != 0) return 0;
    std::uint32_t number = 0;
    for (const Machine& machine : world.machines) {
        for (const auto& nic : machine.nics) {
            const MacAddr& own = machine.device(nic->ifindex).dev_addr;
            if (std::equal(frame.begin(), frame.begin() + 6, own.bytes.begin())) return number;
            ++number;
        }
    }
    return 0;
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
        if (!nic->fifo.empty()) return true;
        for (const NicQueue& queue : nic->queues) {
            if (queue.rx->ready() < queue.rx->count() / 2 || undone(*queue.rx) > 64) return true;
        }
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
    std::vector<MadePacket>& made = world.wire.made.write();
    const Time when = time > world.now ? time : world.now;
    made.push_back({Origin::injected, {}, 0, when, std::move(frame)});
    world.agenda.add(when, Due::wire_arrival, 0, static_cast<std::uint32_t>(made.size()), 0, 0);
}

namespace hw {

std::span<const std::uint8_t> frameBytes(const World& world, const Inputs& inputs, std::uint32_t number) {
    // A place for the source to assemble the frame in; holds nothing from one call to the next.
    thread_local std::vector<std::uint8_t> scratch;
    return ringside::frameBytes(world, inputs, number, scratch);
}

namespace {

/// The frame is at the card, which takes it or not.
void reach(World& world, const AgendaItem& item, LinkEnd card, std::uint32_t packet,
           std::span<const std::uint8_t> frame, Event& event) {
    const auto tell = [&](FunctionId function, std::uint8_t stage) {
        hardwareEvent(world, item, function, stage, packet, event);
        event.machine = card.machine;
    };
    const auto end = [&](FunctionId function, std::uint8_t stage, Fate fate) {
        tell(function, stage);
        world.fates.append({packet, function, fate, Drop::NOT_DROPPED, item.time, world.position});
    };
    Link& link = world.linkOf(card);
    const bool lost = link.loss != 0 && world.rng.below(1'000'000) < link.loss;
    link.carried.append({packet, static_cast<std::uint32_t>(frame.size()), item.time, lost});
    if (lost) return end(fn::wire.id, kFrameLost, Fate::dropped);
    Machine& machine = world.machine(card.machine);
    Nic& nic = machine.nic(card.ifindex);
    NetDevice& dev = machine.device(card.ifindex);
    const auto length = std::max(static_cast<std::uint32_t>(frame.size()), kLeastFrame) + kFcs;
    const bool runt = frame.size() < kEthernetHeader;
    if (!runt && !filterTakes(dev, frame)) {
        end(fn::nic.id, kNotForUs, Fate::ignored);
        ++nic.rx_filtered;
    } else if (runt || frame.size() + kFcs > nic.rx_max) {
        end(fn::nic.id, kBadLength, Fate::dropped);
        ++dev.stats.rx_length_errors;
    } else if (nic.fifo_bytes + length > nic.fifo_size) {
        end(fn::nic.id, kFifoFull, Fate::dropped);
        ++nic.rx_missed;
        ++dev.stats.rx_missed_errors;
    } else {
        tell(fn::wire.id, kFrameArrives);
        // MPRC: a group's frame, but not a broadcast
        if ((frame[0] & 1U) != 0 && !MacAddr::load(frame.data()).isBroadcast()) ++dev.stats.multicast;
        // RNBC: more frames wait than descriptors are ready
        constexpr std::uint8_t queue = 0;  // where a card without receive side scaling puts everything
        if (nic.queues[queue].rx->ready() <= nic.fifo.size()) ++nic.rx_no_buffer_count;
        nic.fifo.push_back({packet, length, queue});
        nic.fifo_bytes += length;
        ++nic.rx_total;
        startDma(world, card.machine, nic, item.time, event.seq);
    }
}

/// When a frame that the other end begins to send at `now` has arrived; the link is taken for that long.
Time cross(Link& link, std::size_t bytes, Time now) {
    constexpr std::uint64_t around = 24;  // preamble, check sequence, gap between frames
    if (link.rate == 0) return now + link.delay;
    const auto bits = static_cast<std::uint64_t>(std::max<std::size_t>(bytes, kLeastFrame) + around) * 8;
    link.free_at = std::max(now, link.free_at) + static_cast<Time>(bits * kSecond / link.rate);
    return link.free_at + link.delay;
}

}  // namespace

bool frameArrives(World& world, const Inputs& inputs, const AgendaItem& item, Event& event) {
    if (held(world, inputs, item)) return false;
    const std::uint32_t packet = packetNumber(world, inputs, item);
    std::uint16_t named = FrameSource::kByAddress;
    if (item.arg == 0) {
        named = inputs.traffic->card(world.wire.next);
        ++world.wire.next;
        world.wire.pending = false;
    }
    const std::span<const std::uint8_t> frame = frameBytes(world, inputs, packet);
    const std::uint32_t number = named == FrameSource::kByAddress ? cardByAddress(world, frame) : named;
    const LinkEnd card = frame.empty() ? LinkEnd{} : cardNumber(world, number);
    bool seen = false;
    if (card.ifindex == 0) {
        const bool known = item.arg != 0 || inputs.traffic->decidable(packet - 1);
        world.fates.append({packet, fn::wire.id, known ? Fate::ignored : Fate::undecided, Drop::NOT_DROPPED, item.time,
                            world.position});
    } else {
        Link& link = world.linkOf(card);
        const Time arrival = link.rate != 0 || link.delay != 0 ? cross(link, frame.size(), item.time) : item.time;
        if (arrival == item.time) {
            reach(world, item, card, packet, frame, event);
            seen = true;
        } else {
            world.agenda.add(arrival, Due::link_delivers, card.machine, packet, number, item.cause);
        }
    }
    scheduleArrival(world, inputs, seen ? event.seq : item.cause);
    return seen;
}

bool linkDelivers(World& world, const Inputs& inputs, const AgendaItem& item, Event& event) {
    reach(world, item, cardNumber(world, item.arg2), item.arg, frameBytes(world, inputs, item.arg), event);
    return true;
}

}  // namespace hw
}  // namespace ringside
