// Follows net/ipv4/{route,fib_trie,fib_frontend}.c of Linux 6.1.192, input side. Modelled: martian checks, longest
// prefix over the tables local and main (Linux merges them while there are no rules), the dst_entry that the nexthop
// keeps, broadcast, multicast groups, source validation with rp_filter, the unreachable route that ends in ip_error().
// Left out: policy rules, multipath, next-hop exceptions; the trie is a list sorted by prefix length.

#include <algorithm>

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

bool zeronet(Ipv4Addr a) { return (a.value >> 24U) == 0; }
bool limitedBroadcast(Ipv4Addr a) { return a.isBroadcast(); }

/// Index of the longest IPv4 prefix that holds the address; -ENETUNREACH when none does, -EHOSTUNREACH when it is said
/// to be unreachable (fib_props).
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
    const bool reject = best >= 0 && routes[static_cast<std::size_t>(best)].type == RouteType::RTN_UNREACHABLE;
    return reject ? net::kEHOSTUNREACH : best;
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

/// rt_dst_alloc() behind dst_alloc(): the fields of a route for packets that come in. What stays on this host can never
/// go out.
void initInput(K& k, DstId dst, SkbHandler input, RouteType type, NetNo net) {
    DstEntry& d = k.write(dst);
    d.input = input;
    d.output = type == RouteType::RTN_UNICAST ? SkbHandler{} : fn::ip_rt_bug;
    d.rt_type = type;
    d.net = net;
}

NetNo netOf(const K& k, std::int32_t dev) { return k.machine.nets.size() == 1 ? NetNo{0} : k.machine.netOf(dev); }

struct ip_route_input_noref : args::ip_route_input_noref {
    using Self = ip_route_input_noref;
    DstId dst;

    Next kind(K& k) {
        const Ipv4Addr daddr = net::ipDaddr(k, skb);
        if (!daddr.isMulticast()) return k.returns(fn::ip_route_input_slow, skb, dev);
        if (!net::checkMc(k.machine, IpAddr::of(daddr), dev)) return ret(net::kEINVAL);
        return k.call<&Self::multicast>(fn::ip_mc_validate_source, skb, dev);
    }
    Next multicast(K& k, std::int32_t error) {
        if (error != 0) return ret(error);
        return k.call<&Self::attach>(fn::dst_alloc, net::kLoopbackIfindex, 1U);
    }
    Next attach(K& k, DstId fresh) {
        initInput(k, fresh, fn::ip_local_deliver, RouteType::RTN_MULTICAST, netOf(k, dev));
        dst = fresh;
        if (const DstId old = net::dstTake(k.write(skb))) return k.call<&Self::set>(fn::dst_release, old);
        return set(k);
    }
    Next set(K& k) {
        net::dstSet(k.write(skb), std::exchange(dst, {}));
        return ret(std::int32_t{0});
    }
    using stages = Stages<Stage<"multicast, and is the group joined?", &Self::kind, cost::check>,
                          Stage<"ip_route_input_mc: a route for the group", &Self::multicast, cost::check>,
                          Stage<"attach it to the packet", &Self::attach, cost::field>,
                          Stage<"in place of the one before", &Self::set, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("dst", s.dst, Unit::none, "the new dst_entry");
    }
};

struct ip_mc_validate_source : args::ip_mc_validate_source {
    using Self = ip_mc_validate_source;

    Next check(K& k) {
        const Ipv4Addr saddr = net::ipSaddr(k, skb);
        if (saddr.isMulticast() || limitedBroadcast(saddr) || saddr.isLoopback()) return ret(net::kEINVAL);
        if (!zeronet(saddr)) return k.call<&Self::validated>(fn::fib_validate_source, skb, dev);
        // without an address of its own a sender may only speak to the groups of the link, or IGMP
        const bool local = (net::ipDaddr(k, skb).value & 0xffff'ff00U) == 0xe000'0000U;
        return ret(local || net::ipHeader(k, skb).protocol == IPPROTO_IGMP ? std::int32_t{0} : net::kEINVAL);
    }
    Next validated(K&, std::int32_t error) { return ret(std::min(error, std::int32_t{0})); }
    using stages = Stages<Stage<"may the sender be there at all?", &Self::check, cost::check>,
                          Stage<"and in that direction?", &Self::validated, cost::check>>;
};

struct ip_route_input_slow : args::ip_route_input_slow {
    using Self = ip_route_input_slow;
    std::int32_t route;  // index into the routes; -1: none
    SkbHandler input;
    RouteType type;
    std::int32_t error;  // dst->error

    Next martian(K& k) {
        if (const DstId old = net::dstTake(k.write(skb))) return k.call<&Self::martian>(fn::dst_release, old);
        const Ipv4Addr saddr = net::ipSaddr(k, skb), daddr = net::ipDaddr(k, skb);
        route = -1;
        if (saddr.isMulticast() || limitedBroadcast(saddr)) return ret(net::kEINVAL);
        if (limitedBroadcast(daddr) || (saddr.isUnspecified() && daddr.isUnspecified())) return broadcast(k);
        if (zeronet(saddr) || zeronet(daddr) || daddr.isLoopback() || saddr.isLoopback()) return ret(net::kEINVAL);
        return k.call<&Self::lookedUp>(fn::fib_table_lookup, daddr.value, dev);
    }
    Next lookedUp(K& k, std::int32_t result) {
        const bool forward = k.net().sysctl->ip_forward;
        if (result < 0) return unreachable(k, forward ? result : net::kEHOSTUNREACH);
        route = result;
        type = (*k.net().routes)[static_cast<std::size_t>(route)].type;
        if (type == RouteType::RTN_BROADCAST) return broadcast(k);
        if (type == RouteType::RTN_LOCAL) {
            input = fn::ip_local_deliver;
            return k.call<&Self::validated>(fn::fib_validate_source, skb, dev);
        }
        if (!forward) return unreachable(k, net::kEHOSTUNREACH);
        if (type != RouteType::RTN_UNICAST) return ret(net::kEINVAL);
        input = fn::ip_forward;
        return k.call<&Self::validated>(fn::fib_validate_source, skb, dev);
    }
    Next validated(K& k, std::int32_t refused) {
        if (refused < 0) return ret(refused);
        return attach(k);
    }
    Next allocated(K& k, DstId dst) {
        initInput(k, dst, input, type, netOf(k, dev));
        k.write(dst).error = error;
        if (route >= 0) {  // rt_cache_route()
            k.net().routes.write()[static_cast<std::size_t>(route)].nhc_rth_input = dst;
            ++k.write(dst).refcnt;
        }
        net::dstSet(k.write(skb), dst);
        return ret(std::int32_t{0});
    }

    Next broadcast(K& k) {
        input = fn::ip_local_deliver;
        type = RouteType::RTN_BROADCAST;
        if (zeronet(net::ipSaddr(k, skb))) return attach(k);
        return k.call<&Self::validated>(fn::fib_validate_source, skb, dev);
    }
    Next unreachable(K& k, std::int32_t why) {
        route = -1;
        input = fn::ip_error;
        type = RouteType::RTN_UNREACHABLE;
        error = -why;
        return attach(k);
    }
    /// The nexthop keeps the dst_entry of earlier packets; without one, a fresh one.
    Next attach(K& k) {
        const Route* found = route < 0 ? nullptr : &(*k.net().routes)[static_cast<std::size_t>(route)];
        if (found && found->nhc_rth_input) {
            net::dstSetNoref(k.write(skb), found->nhc_rth_input);
            return ret(std::int32_t{0});
        }
        // what leaves this host leaves by a route that was found
        const bool leaves = found && type == RouteType::RTN_UNICAST;
        return k.call<&Self::allocated>(fn::dst_alloc, leaves ? found->dev : net::kLoopbackIfindex, 1U);
    }
    using stages =
        Stages<Stage<"addresses that must not be on the wire?", &Self::martian, cost::check>,
               Stage<"for this host, a broadcast, or for others?", &Self::lookedUp, cost::check>,
               Stage<"the source may come from there: take the nexthop's dst", &Self::validated, cost::check>,
               Stage<"attach the new dst to the packet and the nexthop", &Self::allocated, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("route", s.route, Unit::index, "the route found");
        v.hidden("input", s.input);
        v.hidden("type", s.type);
        v.hidden("error", s.error);
    }
};

struct ip_route_use_hint : args::ip_route_use_hint {
    using Self = ip_route_use_hint;

    Next check(K& k) {
        const Ipv4Addr saddr = net::ipSaddr(k, skb);
        if (saddr.isMulticast() || limitedBroadcast(saddr) || zeronet(saddr) || saddr.isLoopback())
            return ret(net::kEINVAL);
        if (net::rtType(k, k.skb(hint)) != RouteType::RTN_LOCAL) return copy(k, 0);
        return k.call<&Self::copy>(fn::fib_validate_source, skb, dev);
    }
    Next copy(K& k, std::int32_t error) {
        if (error < 0) return ret(error);
        net::dstCopy(k, skb, hint);
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
        if (back.dev == dev) return ret(back.gateway ? std::int32_t{0} : std::int32_t{1});  // 1: a neighbour
        // a device without an address cannot tell; strict means: by the device that leads back, and no other
        const std::vector<InterfaceAddress>& own = std::as_const(k.machine).device(dev).addresses;
        const bool addressed =
            std::any_of(own.begin(), own.end(), [](const InterfaceAddress& a) { return a.address.version == 4; });
        return ret(!addressed || filter == 1 ? net::kEXDEV : std::int32_t{0});
    }
    using stages = Stages<Stage<"can the sender be in that direction?", &Self::validate, cost::lookup>>;
};

struct ip_error : args::ip_error {
    using Self = ip_error;
    Drop reason;

    Next count(K& k) {
        IpCounters& ip = k.counters().ip;
        const std::int32_t error = -k.dst(k.skb(skb).dst).error;
        reason = Drop::NOT_SPECIFIED;
        if (!k.net().sysctl->ip_forward) {
            if (error == net::kEHOSTUNREACH) {
                reason = Drop::IP_INADDRERRORS;
                ++ip.InAddrErrors;
            }
            return sent(k);
        }
        if (error == net::kENETUNREACH) {
            reason = Drop::IP_INNOROUTES;
            ++ip.InNoRoutes;
        }
        return k.call<&Self::sent>(fn::__icmp_send, skb, std::uint32_t{ICMP_DEST_UNREACH},
                                   std::uint32_t{error == net::kENETUNREACH ? ICMP_NET_UNREACH : ICMP_HOST_UNREACH});
    }
    Next sent(K& k) { return k.drop<&Self::dropped>(std::exchange(skb, {}), reason); }
    Next dropped(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"dst->error says why: count it", &Self::count, cost::check>,
                          Stage<"no route to there", &Self::sent, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("reason", s.reason, Unit::none, "why it is dropped");
    }
};

struct ip_rt_bug : args::ip_rt_bug {
    using Self = ip_rt_bug;

    Next discard(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"the route only takes packets in", &Self::discard, cost::check>,
                          Stage<"return: the packet was dropped", &Self::done, cost::check>>;
};

constexpr const char* kSource = "net/ipv4/route.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ip_route_input_noref, kSource,
              "Finds the route of an incoming packet: multicast here, the rest in ip_route_input_slow()."),
    RS_DEFINE(ip_mc_validate_source, kSource, "Checks whether a sender may speak to a group."),
    RS_DEFINE(ip_route_input_slow, kSource, "Looks the route up and attaches it to the packet."),
    RS_DEFINE(ip_route_use_hint, kSource, "Takes over the route of a packet with the same destination."),
    RS_DEFINE(fib_table_lookup, "net/ipv4/fib_trie.c", "Finds the longest prefix in the routing table."),
    RS_DEFINE(fib_validate_source, "net/ipv4/fib_frontend.c",
              "Checks whether the sender's address can come from this device."),
    RS_DEFINE(ip_error, kSource, "The input function of an unreachable route: drops, and says why."),
    RS_DEFINE(ip_rt_bug, kSource, "The output function of a route for packets that come in: never called."),
};

}  // namespace

std::span<const FunctionInfo> routeFunctions() { return kFunctions; }

}  // namespace ringside
