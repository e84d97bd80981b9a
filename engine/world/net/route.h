#pragma once
// Routes and the IP fragment queues. Follows net/ipv4/fib_trie.c and include/net/inet_frag.h in what they hold, not in
// how: the trie is a list searched by longest prefix.

#include <string>
#include <vector>

#include "engine/core/fields.h"
#include "engine/protocol/addresses.h"
#include "engine/world/net/skb.h"

namespace ringside {

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

/// What a packet's route would call on input (dst->input).
enum class RouteInput : std::uint8_t { none, ip_local_deliver, ip_forward, ip_error, ip6_input, ip6_forward };
std::string_view nameOf(RouteInput input);

/// One entry of a routing table (255 local, 254 main).
struct Route {
    IpAddr destination{};
    std::uint8_t prefix_length = 0;
    std::uint8_t table = 254;
    RouteType type = RouteType::RTN_UNICAST;
    std::uint8_t dev = 0;       ///< ifindex out of which it leads
    IpAddr gateway{};           ///< version 0: on link
    bool input_cached = false;  ///< the nexthop keeps a local-delivery dst from an earlier packet (nhc_rth_input)

    [[nodiscard]] std::string fieldKey() const { return destination.toString() + "/" + std::to_string(prefix_length); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("destination", s.destination, Unit::none, "network");
        v("prefix_length", s.prefix_length, Unit::count, "bits that must match");
        v("table", s.table, Unit::index, "255 local, 254 main");
        v("type", s.type, Unit::none, "what is done with a packet");
        v("dev", s.dev, Unit::index, "ifindex");
        v("gateway", s.gateway, Unit::none, "next hop; none is on link");
        v("input_cached", s.input_cached, Unit::none, "the nexthop keeps a dst for local delivery");
    }
};

/// In the agenda, the timer of a fragment queue has this bit and the CPU in `arg`, the queue's generation in `arg2`.
inline constexpr std::uint32_t kFragmentTimer = 0x8000'0000;

/// An incomplete IP datagram (struct ipq / frag_queue): its fragments in order of offset.
struct FragmentQueue {
    IpAddr saddr{}, daddr{};
    std::uint32_t id = 0;
    std::uint8_t protocol = 0;
    SkbList fragments;
    std::vector<std::uint32_t> offsets;  ///< of each fragment, bytes
    std::uint32_t meat = 0;              ///< bytes received
    std::uint32_t len = 0;               ///< total length, once the last fragment is there
    Time expires = 0;
    std::uint32_t generation = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("saddr", s.saddr, Unit::none, "sender");
        v("daddr", s.daddr, Unit::none, "receiver");
        v("id", s.id, Unit::hex, "identification");
        v("protocol", s.protocol, Unit::index, "protocol");
        v("fragments", s.fragments, Unit::none, "fragments received");
        v("offsets", s.offsets, Unit::bytes, "where each belongs");
        v("meat", s.meat, Unit::bytes, "bytes received");
        v("len", s.len, Unit::bytes, "total length, known with the last fragment");
        v("expires", s.expires, Unit::nanoseconds, "when the queue gives up");
    }
};

}  // namespace ringside
