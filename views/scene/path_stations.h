#pragma once
// The stations of the path as data: every stop a packet can pass, in the order in which it passes them, with what tells
// that it is there. Adding a station is one row of path_stations.cpp.

#include <QString>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/world/inputs.h"
#include "engine/world/net/skb.h"
#include "views/scene/path_scene.h"

namespace ringside {

/// Kinds of packets that pass different stops.
using Ways = std::uint8_t;
namespace way {
inline constexpr Ways udp4 = 1, icmp4 = 2, tcp4 = 4, udp6 = 8, icmp6 = 16, tcp6 = 32, arp = 64;
inline constexpr Ways ip4 = udp4 | icmp4 | tcp4, ip6 = udp6 | icmp6 | tcp6, udp = udp4 | udp6, all = 127;
}  // namespace way

/// One row: a stop of a layer.
struct StationRow {
    PathLeg leg = PathLeg::receive;
    const char* layer = "";  ///< source text of its translation
    const char* file = "";   ///< the layer's file; empty: the driver of the card
    StopKind kind = StopKind::call;
    const char* name = "";       ///< as drawn
    const char* functions = "";  ///< those that mean it is reached, separated by spaces; empty: none of its own
    Ways ways = way::all;        ///< the packets that pass it
    std::uint16_t queues = 0;    ///< bit per SkbOwner: a packet that waits there stands here
    const char* driver = "";     ///< only packets of cards with this driver pass it; empty: those of every card
};
constexpr std::uint16_t queueBit(SkbOwner owner) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(owner));
}

/// All of them: those of the receive leg from the card up, then those of the send leg from the process down.
std::span<const StationRow> stationRows();

/// A stop of a route with its functions as numbers of a function table.
struct RouteStop {
    const StationRow* row = nullptr;
    std::string_view name;  ///< as drawn
    std::vector<FunctionId> functions;
};
struct RouteLayer {
    const StationRow* row = nullptr;  ///< the first of its stops, or of its queue
    bool queue = false;               ///< the socket's queue stands here
    std::vector<RouteStop> stops;
};

/// The stops that one kind of packet passes behind a card of one driver.
class PacketRoute {
  public:
    PacketRoute(std::span<const StationRow> rows, Ways ways, std::string_view driver,
                std::span<const FunctionInfo> functions);

    [[nodiscard]] const std::vector<RouteLayer>& layers() const { return m_layers; }
    [[nodiscard]] int stopCount() const { return m_count; }
    /// Index, over all layers, of the stop that a function stands for; -1: none.
    [[nodiscard]] int stopOf(FunctionId function) const;
    /// The stop at which a packet stands that waits in this queue; -1: none.
    [[nodiscard]] int stopOfQueue(SkbOwner owner) const;

  private:
    std::vector<RouteLayer> m_layers;
    int m_count = 0;
};

/// The kind of a frame by its headers. One that cannot be read goes the way of UDP over IPv4.
Ways waysOf(std::span<const std::uint8_t> frame);
/// The route of that kind behind a card of this driver, made once for a function table.
const PacketRoute& routeFor(Ways way, std::string_view driver, std::span<const FunctionInfo> functions);

/// Translated name of a layer.
QString layerName(const StationRow& row);

}  // namespace ringside
