// Follows net/ipv4/{route,fib_trie,fib_frontend}.c of Linux 6.1.192, input side. Modelled: martian checks, longest
// prefix over the tables local and main (Linux merges them while there are no rules), local delivery with the dst that
// the nexthop keeps, broadcast, multicast groups, source validation with rp_filter, the unreachable route that ends in
// ip_error(). Left out: policy rules, multipath, next-hop exceptions; the trie is a list sorted by prefix length.

#include <algorithm>

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

using net::Dst;

bool zeronet(Ipv4Addr a) { return (a.value >> 24U) == 0; }
bool limitedBroadcast(Ipv4Addr a) { return a.isBroadcast(); }

/// Index of the longest IPv4 prefix that holds the address; -ENETUNREACH when none does.
std::int32_t lookupRoute(const Net& net, Ipv4Addr address) {
    const std::vector<Route>& routes = *net.routes;
    std::int32_t best = net::kENETUNREACH;
    int length = -1;
    for (std::size_t i = 0; i < routes.size(); ++i) {
        const Route& r = routes[i];
        if (r.destination.version != 4 || int{r.prefix_length} <= length) continue;
        const std::uint32_t mask = r.prefix_length == 0 ? 0 : 0xffff'ffffU << (32U - r.prefix_length);
        if (((r.destination.v4().value ^ address.value) & mask) != 0) continue;
        best = static_cast<std::int32_t>(i);
        length = r.prefix_length;
    }
    return best;
}

/// inet_lookup_ifaddr_rcu(): whether a device of this host has the address.
bool ownAddress(const Net& net, Ipv4Addr address) {
    for (const auto& dev : net.devices) {
        for (const InterfaceAddress& a : dev->addresses) {
            if (a.address.version == 4 && a.address.v4() == address) return true;
        }
    }
    return false;
}

struct ip_route_input_noref : args::ip_route_input_noref {
    using Self = ip_route_input_noref;

    Next kind(K& k) {
        const Ipv4Addr daddr = net::ipDaddr(k, skb);
        if (!daddr.isMulticast()) return k.returns(fn::ip_route_input_slow, skb, dev);
        return net::checkMc(k.machine, IpAddr::of(daddr), static_cast<std::uint8_t>(dev)) ? next<&Self::source>()
                                                                                          : ret(net::kEINVAL);
    }
    /// ip_mc_validate_source()
    Next source(K& k) {
        const Ipv4Addr saddr = net::ipSaddr(k, skb);
        if (saddr.isMulticast() || limitedBroadcast(saddr) || saddr.isLoopback()) return ret(net::kEINVAL);
        if (!zeronet(saddr)) return k.call<&Self::multicast>(fn::fib_validate_source, skb, dev);
        // without an address of its own a sender may only speak to the groups of the link, or IGMP
        const bool local = (net::ipDaddr(k, skb).value & 0xffff'ff00U) == 0xe000'0000U;
        return local || net::ipHeader(k, skb).protocol == IPPROTO_IGMP ? multicast(k, 0) : ret(net::kEINVAL);
    }
    Next multicast(K& k, std::int32_t error) {
        if (error < 0) return ret(error);
        return allocate(k);
    }
    Next allocate(K& k) { return k.call<&Self::attach>(fn::dst_alloc, skb); }
    Next attach(K& k) {
        net::setDst(k.write(skb), Dst{fn::ip_local_deliver, RouteType::RTN_MULTICAST});
        return ret(std::int32_t{0});
    }
    using stages = Stages<Stage<"multicast, and is the group joined?", &Self::kind, cost::check>,
                          Stage<"ip_mc_validate_source: may the sender be there at all?", &Self::source, cost::check>,
                          Stage<"ip_route_input_mc: a route for the group", &Self::multicast, cost::check>,
                          Stage<"attach it to the packet", &Self::attach, cost::field>>;
};

struct ip_route_input_slow : args::ip_route_input_slow {
    using Self = ip_route_input_slow;
    std::int32_t route;  // index into the routes; -1: none
    Dst found;

    Next martian(K& k) {
        const Ipv4Addr saddr = net::ipSaddr(k, skb), daddr = net::ipDaddr(k, skb);
        net::dropDst(k.write(skb));
        route = -1;
        if (saddr.isMulticast() || limitedBroadcast(saddr)) return ret(net::kEINVAL);
        if (limitedBroadcast(daddr) || (saddr.isUnspecified() && daddr.isUnspecified())) return broadcast(k);
        if (zeronet(saddr) || zeronet(daddr) || daddr.isLoopback() || saddr.isLoopback()) return ret(net::kEINVAL);
        return k.call<&Self::lookedUp>(fn::fib_table_lookup, daddr.value, dev);
    }
    Next lookedUp(K& k, std::int32_t result) {
        if (result < 0) return unreachable(k);
        route = result;
        const RouteType type = (*k.net().routes)[static_cast<std::size_t>(route)].type;
        if (type == RouteType::RTN_BROADCAST) return broadcast(k);
        if (type == RouteType::RTN_LOCAL) {
            found = Dst{fn::ip_local_deliver, RouteType::RTN_LOCAL};
            return k.call<&Self::validated>(fn::fib_validate_source, skb, dev);
        }
        if (!k.net().sysctl->ip_forward) return unreachable(k);
        if (type != RouteType::RTN_UNICAST) return ret(net::kEINVAL);
        found = Dst{fn::ip_forward, RouteType::RTN_UNICAST};
        return k.call<&Self::validated>(fn::fib_validate_source, skb, dev);
    }
    Next validated(K& k, std::int32_t error) {
        if (error < 0) return ret(error);
        return attach(k);
    }
    Next allocated(K& k) {
        if (route >= 0) k.net().routes.write()[static_cast<std::size_t>(route)].input_cached = true;
        net::setDst(k.write(skb), found);
        return ret(std::int32_t{0});
    }

    Next broadcast(K& k) {
        found = Dst{fn::ip_local_deliver, RouteType::RTN_BROADCAST};
        if (zeronet(net::ipSaddr(k, skb))) return attach(k);
        return k.call<&Self::validated>(fn::fib_validate_source, skb, dev);
    }
    Next unreachable(K& k) {
        route = -1;
        found = Dst{fn::ip_error, RouteType::RTN_UNREACHABLE};
        return attach(k);
    }
    /// The nexthop keeps the dst of earlier packets; without one, a fresh dst.
    Next attach(K& k) {
        if (route < 0 || !(*k.net().routes)[static_cast<std::size_t>(route)].input_cached)
            return k.call<&Self::allocated>(fn::dst_alloc, skb);
        net::setDst(k.write(skb), found);
        return ret(std::int32_t{0});
    }
    using stages =
        Stages<Stage<"addresses that must not be on the wire?", &Self::martian, cost::check>,
               Stage<"for this host, a broadcast, or for others?", &Self::lookedUp, cost::check>,
               Stage<"the source may come from there: take the nexthop's dst", &Self::validated, cost::check>,
               Stage<"attach the new dst to the packet and the nexthop", &Self::allocated, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("route", s.route, Unit::index, "the route found");
        v.hidden("found", s.found);
    }
};

struct ip_route_use_hint : args::ip_route_use_hint {
    using Self = ip_route_use_hint;

    Next check(K& k) {
        const Ipv4Addr saddr = net::ipSaddr(k, skb);
        if (saddr.isMulticast() || limitedBroadcast(saddr) || zeronet(saddr) || saddr.isLoopback())
            return ret(net::kEINVAL);
        if (net::dst(k.skb(hint)).type != RouteType::RTN_LOCAL) return copy(k, 0);
        return k.call<&Self::copy>(fn::fib_validate_source, skb, dev);
    }
    Next copy(K& k, std::int32_t error) {
        if (error < 0) return ret(error);
        net::setDst(k.write(skb), net::dst(k.skb(hint)));
        return ret(std::int32_t{0});
    }
    using stages = Stages<Stage<"may the sender be there at all?", &Self::check, cost::check>,
                          Stage<"take over the route of the packet before", &Self::copy, cost::field>>;
};

struct fib_table_lookup : args::fib_table_lookup {
    using Self = fib_table_lookup;

    Next lookup(K& k) {
        const std::int32_t result = lookupRoute(k.net(), Ipv4Addr{daddr});
        // without policy rules the table local lies in the same trie as main (254)
        k.trace(Tracepoint::fib_table_lookup, 254, static_cast<std::uint32_t>(result < 0 ? result : 0));
        return ret(result);
    }
    using stages = Stages<Stage<"the longest prefix that matches", &Self::lookup, cost::lookup>>;
};

struct fib_validate_source : args::fib_validate_source {
    using Self = fib_validate_source;

    Next validate(K& k) {
        const Ipv4Addr saddr = net::ipSaddr(k, skb);
        const std::uint8_t filter = k.net().sysctl->rp_filter;
        // without a filter only this: an address of this host cannot come from outside
        if (filter == 0) return ret(ownAddress(k.net(), saddr) ? net::kEINVAL : 0);
        const std::int32_t result = lookupRoute(k.net(), saddr);
        if (result < 0) return ret(net::kEXDEV);
        const Route& back = (*k.net().routes)[static_cast<std::size_t>(result)];
        if (back.type != RouteType::RTN_UNICAST) return ret(net::kEINVAL);
        if (back.dev == dev) return ret(std::int32_t{0});
        // a device without an address cannot tell; strict means: by the device that leads back, and no other
        const std::vector<InterfaceAddress>& own =
            std::as_const(k.machine).device(static_cast<std::uint8_t>(dev)).addresses;
        const bool addressed =
            std::any_of(own.begin(), own.end(), [](const InterfaceAddress& a) { return a.address.version == 4; });
        return ret(!addressed || filter == 1 ? net::kEXDEV : std::int32_t{0});
    }
    using stages = Stages<Stage<"can the sender be in that direction?", &Self::validate, cost::lookup>>;
};

struct ip_error : args::ip_error {
    using Self = ip_error;

    Next count(K& k) {
        IpCounters& ip = k.counters().ip;
        if (!k.net().sysctl->ip_forward) {
            // without forwarding every such dst says EHOSTUNREACH
            ++ip.InAddrErrors;
            return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::IP_INADDRERRORS);
        }
        ++ip.InNoRoutes;
        return k.call<&Self::sent>(fn::__icmp_send, skb, std::uint32_t{ICMP_DEST_UNREACH}, 0U);
    }
    Next sent(K& k) { return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::IP_INNOROUTES); }
    Next dropped(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"not for this host, and it does not forward", &Self::count, cost::check>,
                          Stage<"no route to there", &Self::sent, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

constexpr const char* kSource = "net/ipv4/route.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ip_route_input_noref, kSource,
              "Finds the route of an incoming packet: multicast here, the rest in ip_route_input_slow()."),
    RS_DEFINE(ip_route_input_slow, kSource, "Looks the route up and attaches it to the packet."),
    RS_DEFINE(ip_route_use_hint, kSource, "Takes over the route of a packet with the same destination."),
    RS_DEFINE(fib_table_lookup, "net/ipv4/fib_trie.c", "Finds the longest prefix in the routing table."),
    RS_DEFINE(fib_validate_source, "net/ipv4/fib_frontend.c",
              "Checks whether the sender's address can come from this device."),
    RS_DEFINE(ip_error, kSource, "The input function of an unreachable route: drops, and says why."),
};

}  // namespace

std::span<const FunctionInfo> routeFunctions() { return kFunctions; }

}  // namespace ringside
