#pragma once
// What the path scene shows of a World.

#include "engine/history/walk.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"
#include "views/scene/path_scene.h"
#include "views/scene/words.h"

namespace ringside {

struct PathView {
    std::uint32_t followed = 0;  ///< number of the packet that is followed; 0: none yet
    bool projector = false;
    Words words = {};                  ///< for tooltips: Texts::text
    const PacketWalk* walk = nullptr;  ///< of the followed packet: what it passed is drawn as passed
    const PacketFate* fate = nullptr;  ///< what became of it up to here; null: it is on its way
};

/// The input of the path scene for a World and the event that led to it (null at the start). Nothing moves in it.
PathInput pathInput(const World& world, const Inputs& inputs, const Event* event, const PathView& view);

/// Makes `now` begin where `before`, the input shown until now, ended: what stands elsewhere moves, ring flags show
/// that they moved. Works in both directions.
void moveFrom(PathInput& now, const PathInput& before);

/// The packet to follow when none was chosen: the event's, else the one followed until now, else the first.
std::uint32_t packetToFollow(const Event* event, std::uint32_t until);

}  // namespace ringside
