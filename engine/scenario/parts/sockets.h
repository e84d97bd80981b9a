#pragma once
// Sockets that are bound before the run begins.

#include <optional>
#include <string>
#include <vector>

#include "engine/core/keys.h"
#include "engine/core/result.h"
#include "engine/scenario/values.h"
#include "engine/world/world.h"

namespace ringside {

struct Scenario;
struct Building;

/// The least that sk_rcvbuf can be (SOCK_MIN_RCVBUF: TCP_SKB_MIN_TRUESIZE).
inline constexpr std::int32_t kLeastRcvbuf = 2304;

/// A UDP socket.
struct UdpSocketSpec : BindAddress {
    std::uint16_t port = 0;
    std::optional<std::uint32_t> rcvbuf;  ///< as setsockopt(SO_RCVBUF); see receiveBuffer()
    std::vector<IpAddr> groups{};         ///< joined by IP_ADD_MEMBERSHIP, on `device` or the first card
    bool reuseport = false;               ///< SO_REUSEPORT
    std::string device{};                 ///< SO_BINDTODEVICE: a card's name; empty: any

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "address", .doc = "address it is bound to"}, inherited<BindAddress>(s));
        v({.name = "port", .doc = "port it is bound to", .least = 1, .most = 65535, .required = true}, s.port);
        v({.name = "rcvbuf",
           .doc = "setsockopt(SO_RCVBUF): at most net.core.rmem_max, then doubled, and 2304 bytes at least",
           .unit = Unit::bytes,
           .most = 0x7fffffff,
           .fallback = "net.core.rmem_default, not doubled"},
          s.rcvbuf);
        v({.name = "groups",
           .doc = "multicast groups it joins (IP_ADD_MEMBERSHIP), on `device` or the first card; binding joins none",
           .longest = 20},
          s.groups);
        v({.name = "reuseport", .doc = "SO_REUSEPORT: several sockets share address and port, each packet goes to one"},
          s.reuseport);
        v({.name = "device",
           .doc = "SO_BINDTODEVICE: takes only what comes by this card",
           .refers = Refers::nic,
           .fallback = "any"},
          s.device);
    }
};

struct SocketSpec : UdpSocketSpec {
    std::string name{};  ///< empty: udp:PORT, with the address where that names two

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "udp", .doc = "a UDP socket", .required = true}, inherited<UdpSocketSpec>(s));
        v({.name = "name",
           .doc = "what files, --state and expressions call it",
           .most = 31,
           .fallback = "udp:PORT, and udp:ADDRESS:PORT where two have that port"},
          s.name);
    }
};

/// What sk_rcvbuf becomes.
std::int32_t receiveBuffer(const UdpSocketSpec& socket, const Sysctl& sysctl);

/// The names of all sockets, by index: no two are equal.
std::vector<std::string> socketNames(const std::vector<SocketSpec>& sockets);

std::optional<Error> checkSockets(const Scenario& scenario);
void buildSockets(Building& building);

}  // namespace ringside
