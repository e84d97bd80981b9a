#pragma once
// Network cards with their interfaces and addresses, and the routes beside those that addresses bring.

#include <optional>
#include <string>
#include <vector>

#include "engine/core/keys.h"
#include "engine/core/result.h"
#include "engine/core/types.h"
#include "engine/linux/driver.h"
#include "engine/scenario/values.h"
#include "engine/world/net/route.h"

namespace ringside {

struct Scenario;
struct Building;

inline constexpr std::size_t kMostNics = 180;   // what one CPU has vectors for
inline constexpr std::uint32_t kLeastMtu = 68;  // what IPv4 asks of every link

/// The cable of a card.
struct LinkSpec {
    std::uint64_t rate = 0;  ///< bits a second
    Time delay = 0;
    std::uint32_t loss = 0;  ///< frames in a million

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "rate", .doc = "bits a second; 0: frames take no time", .most = 400'000'000'000}, s.rate);
        v({.name = "delay", .doc = "time that a frame needs to reach the card", .unit = Unit::nanoseconds}, s.delay);
        v({.name = "loss", .doc = "frames that get lost, of a million", .most = 1'000'000}, s.loss);
    }
};

/// One network card with its interface.
struct NicSpec {
    std::string name = "eth0";
    std::string driver = "e1000";
    MacAddr mac{};
    std::uint32_t mtu = 1500;
    std::uint16_t ring = 256;        ///< receive descriptors
    std::uint32_t fifo = 48 * 1024;  ///< bytes
    std::uint16_t irq = 10;
    CpuNo affinity = 0;
    Time itr_gap = 0;          ///< least time between interrupts, ns; 0: no throttling
    bool itr_dynamic = false;  ///< the card throttles as the driver says (ITR), not by `itr_gap`
    LinkSpec link;
    bool promisc = false;
    std::vector<InterfaceAddress> addresses;

    /// The i-th card of a list that says nothing about it.
    static NicSpec nth(std::size_t i);

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "name", .doc = "name of the interface", .least = 1, .most = 15}, s.name);
        v({.name = "driver", .doc = "driver of the card", .least = 1, .most = 31, .told = &driverNames}, s.driver);
        v({.name = "mac",
           .doc = "its hardware address",
           .fallback = "52:54:00:12:34:56, the last byte one more for each further card"},
          s.mac);
        v({.name = "mtu",
           .doc = "largest IP packet; decides the size of the receive buffers",
           .unit = Unit::count,
           .least = kLeastMtu,
           .told = &driverMtus},
          s.mtu);
        v({.name = "ring", .doc = "receive descriptors", .least = 1, .told = &driverRings}, s.ring);
        v({.name = "fifo",
           .doc = "memory of the card for frames that are not in the machine yet",
           .unit = Unit::bytes,
           .most = 1 << 20},
          s.fifo);
        v({.name = "irq",
           .doc = "number of its interrupt line",
           .most = 1023,
           .fallback = "10, one more for each further card"},
          s.irq);
        v({.name = "affinity", .doc = "CPU that takes its interrupts", .most = kNoCpu - 1}, s.affinity);
        v({.name = "itr", .doc = "least time between two interrupts; 0: no throttling", .unit = Unit::nanoseconds},
          s.itr_gap);
        v({.name = "itr_dynamic", .doc = "the card throttles as its driver says, whatever `itr` is"}, s.itr_dynamic);
        v({.name = "link", .doc = "the cable it is at"}, s.link);
        v({.name = "promisc", .doc = "frames for other hosts are taken too"}, s.promisc);
        v({.name = "addresses",
           .doc = "IP addresses; each brings the routes to itself, its subnet and its broadcast address",
           .longest = 256},
          s.addresses);
    }
};

inline constexpr KeyChoice kRouteTypes[] = {{"unicast", static_cast<std::int64_t>(RouteType::RTN_UNICAST)},
                                            {"local", static_cast<std::int64_t>(RouteType::RTN_LOCAL)},
                                            {"broadcast", static_cast<std::int64_t>(RouteType::RTN_BROADCAST)},
                                            {"multicast", static_cast<std::int64_t>(RouteType::RTN_MULTICAST)},
                                            {"unreachable", static_cast<std::int64_t>(RouteType::RTN_UNREACHABLE)}};
inline constexpr KeyChoice kRouteTables[] = {{"main", 254}, {"local", 255}};

/// One route of its own.
struct RouteSpec {
    Destination to;
    IpAddr via{};                    ///< none: on link
    std::optional<std::size_t> dev;  ///< index into Scenario::nics; none: the only card there is
    RouteType type = RouteType::RTN_UNICAST;
    std::uint8_t table = 254;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "to", .doc = "where it leads to", .required = true}, s.to);
        v({.name = "via", .doc = "next hop", .fallback = "on link"}, s.via);
        v({.name = "dev", .doc = "card it leads out of", .refers = Refers::nic, .fallback = "the only card"}, s.dev);
        v({.name = "type", .doc = "what is done with a packet", .choices = kRouteTypes}, s.type);
        v({.name = "table", .doc = "routing table", .choices = kRouteTables}, s.table);
    }
};

std::optional<Error> checkNics(const Scenario& scenario);
void buildNics(Building& building);

}  // namespace ringside
