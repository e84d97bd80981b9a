#pragma once
// Where every packet stands on the path, as the World tells it: on the wire, in a card, in a ring, at a stop of the
// route, in a queue, with a process.

#include <map>
#include <optional>

#include "engine/history/walk.h"
#include "engine/history/whereabouts.h"
#include "views/scene/path_stations.h"

namespace ringside {

struct PlacedPacket {
    PathPlace place;
    std::optional<SkbHand> hand;  ///< the frame that holds it
    Context context = Context::hardware;
};

/// By number, so that pictures do not depend on chance. A packet with several sk_buffs stands where one is at work.
using PlacedPackets = std::map<std::uint32_t, PlacedPacket>;
PlacedPackets placePackets(const World& world, const Inputs& inputs, const PacketRoute& route);

/// Which stops of the route a packet has passed up to a position of its walk: one flag a stop. A hook without a
/// function of its own was passed when the stop behind it was.
std::vector<bool> passedStops(const PacketRoute& route, const PacketWalk& walk, Position position);
/// The stop it came to last; -1: none yet.
int lastStop(const PacketRoute& route, const PacketWalk& walk, Position position);

/// The card that a frame of the wire is for: the one with its address, else the first.
int cardOf(const World& world, std::span<const std::uint8_t> frame);

}  // namespace ringside
