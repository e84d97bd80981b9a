#pragma once
// Which stops there are on the way of which kind of packet: the layers of the recorded receive path.

#include <QString>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/event.h"
#include "views/scene/path_scene.h"

namespace ringside {

/// A stop and the functions that mean it has been reached.
struct RouteStop {
    const char* name;                   ///< as drawn; a hook's name begins with NF_
    std::vector<FunctionId> functions;  ///< a hook: the function that runs it
};
struct RouteLayer {
    const char* name;  ///< source text of its translation
    const char* file;
    std::vector<RouteStop> stops;
    bool queue = false;
};
using PacketRoute = std::vector<RouteLayer>;

/// The route of a frame, by its EtherType and IP protocol. A frame that cannot be read takes the way of UDP over IPv4.
const PacketRoute& routeOf(std::span<const std::uint8_t> frame);

/// Index of the last stop of the route that one of these functions stands for; -1: none of them.
int stopOf(const PacketRoute& route, FunctionId function);

/// Translated name of a layer.
QString layerName(const RouteLayer& layer);

}  // namespace ringside
