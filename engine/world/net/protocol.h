#pragma once
// Where the kernel calls through a pointer on a packet's way up: routes, packet_type, net_protocol. Follows
// include/net/dst.h, include/linux/netdevice.h and include/net/protocol.h.

#include <string>
#include <string_view>

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/types.h"

namespace ringside {

struct SkbList;

/// RTN_*: what a route does with a packet.
enum class RouteType : std::uint8_t {
    RTN_UNSPEC,
    RTN_UNICAST,
    RTN_LOCAL,
    RTN_BROADCAST,
    RTN_MULTICAST,
    RTN_UNREACHABLE
};
std::string_view nameOf(RouteType type);

/// dst->input and the handlers of transport protocols.
using SkbHandler = Fn<std::int32_t(SkbId)>;
/// A handler of a network protocol that takes a list, and the ifindex by which it came.
using SkbListHandler = Fn<void(SkbList, std::int32_t)>;

/// struct packet_type: who takes packets of an EtherType, or of all (ETH_P_ALL). ptype_base, ptype_all or one device's
/// list has it.
struct PacketHandler {
    std::uint16_t type = 0;  ///< EtherType
    std::int32_t dev = 0;    ///< ifindex; 0: every device
    SkbHandler func{};
    SkbListHandler list_func{};  ///< where it takes lists

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("type", s.type, Unit::hex, "EtherType");
        v("dev", s.dev, Unit::index, "ifindex of the device; 0 is every device");
        v("func", s.func, Unit::none, "takes one packet");
        v("list_func", s.list_func, Unit::none, "takes a list of packets");
    }
};

/// struct net_protocol and inet6_protocol: who takes packets of an IP protocol.
struct NetProtocol {
    std::uint8_t protocol = 0;
    SkbHandler handler{};

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("protocol", s.protocol, Unit::index, "number of the protocol");
        v("handler", s.handler, Unit::none, "takes its packets");
    }
};

}  // namespace ringside
