#include "engine/scenario/parts/nics.h"

#include <algorithm>
#include <set>

#include "engine/linux/driver.h"
#include "engine/linux/irq.h"
#include "engine/scenario/parts/building.h"

namespace ringside {
namespace {

constexpr std::uint32_t kLeastIpv6Mtu = 1280;

Ipv4Addr masked(Ipv4Addr a, unsigned length) { return {length == 0 ? 0 : a.value & (0xffffffffU << (32 - length))}; }

/// The routes that adding an address brings: itself and the subnet's broadcast in table local, the subnet in table
/// main.
void addAddressRoutes(std::vector<Route>& routes, const InterfaceAddress& a, std::int32_t dev) {
    if (a.address.version == 6) {
        routes.push_back({a.address, 128, 255, RouteType::RTN_LOCAL, dev, {}});
        Ipv6Addr net = a.address.v6();
        unsigned left = a.prefix_length;
        for (std::uint8_t& byte : net.bytes) {
            const unsigned kept = std::min(left, 8U);
            byte &= static_cast<std::uint8_t>(0xff00U >> kept);
            left -= kept;
        }
        if (a.prefix_length < 128)
            routes.push_back({IpAddr::of(net), a.prefix_length, 254, RouteType::RTN_UNICAST, dev, {}});
        return;
    }
    const Ipv4Addr address = a.address.v4();
    routes.push_back({a.address, 32, 255, RouteType::RTN_LOCAL, dev, {}});
    if (a.prefix_length >= 32) return;
    const Ipv4Addr net = masked(address, a.prefix_length);
    routes.push_back({IpAddr::of(net), a.prefix_length, 254, RouteType::RTN_UNICAST, dev, {}});
    if (a.prefix_length >= 31) return;
    const Ipv4Addr broadcast{net.value | (a.prefix_length == 0 ? 0xffffffffU : 0xffffffffU >> a.prefix_length)};
    routes.push_back({IpAddr::of(broadcast), 32, 255, RouteType::RTN_BROADCAST, dev, {}});
}

std::int32_t ifindexOf(std::size_t nic) { return static_cast<std::int32_t>(nic) + 2; }  // 1 is lo

Route routeOf(const RouteSpec& spec, bool any_nic) {
    Route route;
    route.destination = spec.to.network;
    if (!route.destination) route.destination = *IpAddr::parse(spec.via.version == 6 ? "::" : "0.0.0.0");
    route.prefix_length = spec.to.prefix_length;
    route.table = spec.table;
    route.type = spec.type;
    route.gateway = spec.via;
    if (spec.dev || (any_nic && spec.type != RouteType::RTN_UNREACHABLE)) route.dev = ifindexOf(spec.dev.value_or(0));
    return route;
}

std::optional<Error> checkAddress(const NicSpec& nic, const InterfaceAddress& a, const std::string& place) {
    if (a.prefix_length > (a.address.version == 6 ? 128 : 32))
        return Error{place, "a prefix length the family has", a.toString()};
    if (!a.address || a.address.isMulticast() || a.address.isBroadcast() || a.address.isUnspecified())
        return Error{place, "an address that one host can have", a.toString()};
    if (a.address.version == 6 && nic.mtu < kLeastIpv6Mtu) {
        return Error{place, "an IPv6 address only with an mtu of " + std::to_string(kLeastIpv6Mtu) + " or more",
                     a.toString() + " with " + std::to_string(nic.mtu)};
    }
    return std::nullopt;
}

std::optional<Error> checkNic(const Scenario& s, const NicSpec& nic, const std::string& place) {
    const Driver* driver = findDriver(nic.driver);
    if (!driver) return Error{place + ".driver", std::string(driverNames()), "\"" + nic.driver + "\""};
    const auto refused = [&](const char* key, const NumberLimits& limits, std::uint32_t number) {
        return Error{place + key, limits.text() + " (what " + nic.driver + " takes)", std::to_string(number)};
    };
    if (!driver->ring.take(nic.ring)) return refused(".ring", driver->ring, nic.ring);
    if (!driver->mtu.take(nic.mtu)) return refused(".mtu", driver->mtu, nic.mtu);
    if (nic.affinity >= s.cpus)
        return Error{place + ".affinity", "a CPU below " + std::to_string(s.cpus), std::to_string(nic.affinity)};
    if (nic.mac.isMulticast()) return Error{place + ".mac", "the address of one card", nic.mac.toString()};
    std::set<IpAddr> own;
    for (std::size_t k = 0; k < nic.addresses.size(); ++k) {
        const std::string at = place + ".addresses[" + std::to_string(k) + "]";
        if (auto error = checkAddress(nic, nic.addresses[k], at)) return error;
        if (!own.insert(nic.addresses[k].address).second)
            return Error{at, "each address once", nic.addresses[k].toString() + " a second time"};
    }
    return std::nullopt;
}

}  // namespace

NicSpec NicSpec::nth(std::size_t i) {
    NicSpec nic;
    nic.mac = {{0x52, 0x54, 0x00, 0x12, 0x34, static_cast<std::uint8_t>(0x56 + i)}};
    nic.irq = static_cast<std::uint16_t>(10 + i);
    return nic;
}

std::optional<Error> checkNics(const Scenario& s) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < s.nics.size(); ++i) {
        const std::string place = "nics[" + std::to_string(i) + "]";
        if (auto error = checkNic(s, s.nics[i], place)) return error;
        if (!names.insert(s.nics[i].name).second)
            return Error{place + ".name", "a name of its own", "\"" + s.nics[i].name + "\" a second time"};
        for (std::size_t before = 0; before < i; ++before) {
            if (s.nics[before].irq == s.nics[i].irq && s.nics[before].affinity != s.nics[i].affinity) {
                return Error{place + ".affinity",
                             std::to_string(s.nics[before].affinity) + ", as the other card on interrupt line " +
                                 std::to_string(s.nics[i].irq),
                             std::to_string(s.nics[i].affinity)};
            }
        }
    }
    for (std::size_t i = 0; i < s.frames.size(); ++i) {
        if (s.frames[i].card != FrameSource::kByAddress && s.frames[i].card >= s.nics.size()) {
            return Error{"traffic[" + std::to_string(i) + "].nic", "a card of the scenario",
                         "number " + std::to_string(s.frames[i].card)};
        }
    }
    for (std::size_t i = 0; i < s.routes.size(); ++i) {
        const RouteSpec& route = s.routes[i];
        const std::string place = "routes[" + std::to_string(i) + "]";
        if (route.dev && *route.dev >= s.nics.size())
            return Error{place + ".dev", "a card of the scenario", "number " + std::to_string(*route.dev)};
        if (!route.dev && s.nics.size() != 1 && route.type != RouteType::RTN_UNREACHABLE)
            return Error{place, "the key \"dev\"", "a route without it"};
        if (route.to.network && route.via && route.to.network.version != route.via.version)
            return Error{place + ".via", "an address of the family of `to`", route.via.toString()};
    }
    return std::nullopt;
}

void buildNics(Building& b) {
    std::vector<Route>& routes = b.machine.net().routes.write();
    for (std::size_t i = 0; i < b.scenario.nics.size(); ++i) {
        const NicSpec& spec = b.scenario.nics[i];
        const std::int32_t ifindex = ifindexOf(i);
        Nic& nic = b.machine.nics.emplace_back().write();
        nic.name = spec.name;
        nic.ifindex = ifindex;
        nic.fifo_size = spec.fifo;
        NicVector& pin = nic.vectors.front();
        pin.irq = spec.irq;
        pin.itr_gap = spec.itr_gap;
        pin.itr_obeyed = spec.itr_dynamic;
        NetDevice& dev = b.machine.net().devices.emplace_back().write();
        dev.name = spec.name;
        dev.ifindex = ifindex;
        dev.dev_addr = spec.mac;
        dev.mtu = spec.mtu;
        dev.promiscuity = spec.promisc;
        dev.addresses = spec.addresses;
        findDriver(spec.driver)->open(b.machine, ifindex, spec.ring);
        setIrqAffinity(b.machine, spec.irq, CpuMask::of(spec.affinity));
        Link& link = b.world.links.emplace_back().write();
        link.a = {b.machine.number, ifindex};
        link.rate = spec.link.rate;
        link.delay = spec.link.delay;
        link.loss = spec.link.loss;
        routes.push_back({*IpAddr::parse("ff00::"), 8, 255, RouteType::RTN_MULTICAST, ifindex, {}});
        for (const InterfaceAddress& a : spec.addresses) addAddressRoutes(routes, a, ifindex);
    }
    for (const RouteSpec& route : b.scenario.routes) routes.push_back(routeOf(route, !b.scenario.nics.empty()));
    // longest prefix first, table local before main: the first match is the kernel's
    std::stable_sort(routes.begin(), routes.end(), [](const Route& x, const Route& y) {
        if (x.table != y.table) return x.table > y.table;
        return x.prefix_length > y.prefix_length;
    });
}

}  // namespace ringside
