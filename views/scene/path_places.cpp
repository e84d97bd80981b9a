#include "views/scene/path_places.h"

#include <algorithm>

#include "engine/world/frame_bytes.h"

namespace ringside {
namespace {

using At = PathPlace::At;

/// The stop of the innermost frame that is at work for a packet, or of the nearest one that called it; -1: none.
int stopOnStack(const PacketRoute& route, const Stack& stack, const SkbHand& hand) {
    for (std::size_t i = std::min(hand.inner + 1, stack.size()); i-- > 0;) {
        if (stack[i].state == FrameState::pushed) continue;
        if (const int stop = route.stopOf(stack[i].function); stop >= 0) return stop;
        if (stack[i].interrupt) break;
    }
    return -1;
}

PlacedPacket placeInMemory(const World& world, const PacketRoute& route, const Whereabouts& one) {
    PlacedPacket placed;
    if (one.hand) {
        const Task& task = world.machine().tasks[one.hand->task];
        placed.hand = one.hand;
        placed.context = (*task.stack)[one.hand->inner].context;
        const int stop = stopOnStack(route, *task.stack, *one.hand);
        // what a process holds outside the path has left the stack
        placed.place = stop >= 0 || placed.context != Context::process ? PathPlace{At::stop, std::max(0, stop), 0}
                                                                       : PathPlace{At::task, 0, task.pid};
    } else if (one.owner == SkbOwner::receive_queue || one.owner == SkbOwner::reader_queue) {
        placed.place = {At::queue, 0, 0};
    } else {
        placed.place = {At::stop, std::max(0, route.stopOfQueue(one.owner)), 0};
    }
    return placed;
}

void placeInCards(const World& world, PlacedPackets& packets) {
    for (std::size_t n = 0; n < world.machine().nics.size(); ++n) {
        const Nic& nic = *world.machine().nics[n];
        const int card = static_cast<int>(n);
        const RxRing& rx = *nic.queues.front().rx;
        for (std::size_t i = 0; i < rx.descriptors.size(); ++i) {
            const RxDescriptor& d = rx.descriptors[i];
            if ((d.status & E1000_RXD_STAT_DD) != 0 && d.packet != 0)
                packets[d.packet].place = {At::ring, static_cast<int>(i), 0, card};
        }
        for (std::size_t i = 0; i < nic.fifo.size(); ++i)
            packets[nic.fifo[i].packet].place = {At::fifo, static_cast<int>(i), 0, card};
    }
}

}  // namespace

int cardOf(const World& world, std::span<const std::uint8_t> frame) {
    if (frame.size() < 6 || (frame[0] & 1U) != 0) return 0;
    for (std::size_t i = 0; i < world.net().devices.size(); ++i) {
        if (std::equal(frame.begin(), frame.begin() + 6, world.net().devices[i]->dev_addr.bytes.begin()))
            return static_cast<int>(i);
    }
    return 0;
}

PlacedPackets placePackets(const World& world, const Inputs& inputs, const PacketRoute& route) {
    PlacedPackets packets;
    placeInCards(world, packets);
    for (const Whereabouts& one : packetsInMemory(world.machine(), inputs)) {
        if (one.owner == SkbOwner::frame && !one.hand) continue;  // a result between two steps
        const auto known = packets.find(one.packet);
        if (known != packets.end() && known->second.hand && !one.hand) continue;
        packets[one.packet] = placeInMemory(world, route, one);
    }
    if (inputs.traffic && world.wire.pending && world.wire.next < inputs.traffic->count()) {
        const auto number = static_cast<std::uint32_t>(world.wire.next + 1);
        std::vector<std::uint8_t> scratch;
        const int card =
            world.machine().nics.size() > 1 ? cardOf(world, frameBytes(world, inputs, number, scratch)) : 0;
        packets.try_emplace(number, PlacedPacket{{At::wire, 0, 0, card}, {}, Context::hardware});
    }
    return packets;
}

std::vector<bool> passedStops(const PacketRoute& route, const PacketWalk& walk, Position position) {
    std::vector<bool> passed(static_cast<std::size_t>(route.stopCount()));
    for (const WalkStep& step : walk.steps) {
        if (step.position > position) break;
        if (const int stop = route.stopOf(step.function); stop >= 0) passed[static_cast<std::size_t>(stop)] = true;
    }
    std::size_t index = passed.size();
    for (auto layer = route.layers().rbegin(); layer != route.layers().rend(); ++layer) {
        for (auto stop = layer->stops.rbegin(); stop != layer->stops.rend(); ++stop) {
            --index;
            if (stop->functions.empty() && index + 1 < passed.size()) passed[index] = passed[index + 1];
        }
    }
    return passed;
}

int lastStop(const PacketRoute& route, const PacketWalk& walk, Position position) {
    int last = -1;
    for (const WalkStep& step : walk.steps) {
        if (step.position > position) break;
        if (step.how == WalkStep::How::through) continue;
        if (const int stop = route.stopOf(step.function); stop >= 0) last = stop;
    }
    return last;
}

}  // namespace ringside
