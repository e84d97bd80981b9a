// Follows net/ipv6/{ip6_input,route,ip6_output}.c of Linux 6.1.192. Modelled: list receive, every header check with its
// reason and counter, the hook points, route lookup over local and main, multicast groups (all nodes, solicited-node,
// groups a socket has joined), delivery past extension headers. Left out: forwarding itself, policies, raw sockets,
// MLD; errors that would be sent are counted.

#include <algorithm>

#include "engine/linux/net/ipv4/ip_rcv.h"

namespace ringside {
namespace {

bool samePrefix(const Ipv6Addr& a, const Ipv6Addr& b, unsigned length) {
    const unsigned whole = length / 8, rest = length % 8;
    if (!std::equal(a.bytes.begin(), a.bytes.begin() + whole, b.bytes.begin())) return false;
    return rest == 0 || ((a.bytes[whole] ^ b.bytes[whole]) & (0xff00U >> rest)) == 0;
}

/// Index of the longest prefix of IPv6 that holds the address, -1 when none does. Addresses that mean another host on
/// each link are looked for on the link that the packet came by (rt6_need_strict).
std::int32_t lookupRoute(const Net& net, const Ipv6Addr& address, std::int32_t iif) {
    const std::vector<Route>& routes = *net.routes;
    const bool strict = address.isMulticast() || address.isLinkLocal();
    std::int32_t best = -1;
    int length = -1;
    for (std::size_t i = 0; i < routes.size(); ++i) {
        const Route& r = routes[i];
        if (r.destination.version != 6 || int{r.prefix_length} <= length || (strict && r.dev != iif)) continue;
        if (!samePrefix(r.destination.v6(), address, r.prefix_length)) continue;
        best = static_cast<std::int32_t>(i);
        length = r.prefix_length;
    }
    return best;
}

/// ipv6_chk_mcast_addr(): groups that a host is in by itself, and those of its sockets.
bool joined(const Machine& machine, const NetDevice& dev, const Ipv6Addr& group) {
    static const Ipv6Addr nodes = *Ipv6Addr::parse("ff02::1"), solicited = *Ipv6Addr::parse("ff02::1:ff00:0");
    if (group == nodes) return true;
    bool found = false;
    for (const InterfaceAddress& a : dev.addresses) {
        if (a.address.version != 6 || !samePrefix(group, solicited, 104)) continue;
        found = found || std::equal(group.bytes.begin() + 13, group.bytes.end(), a.address.bytes.begin() + 13);
    }
    machine.sockets.each(
        [&](SocketId, const Socket& s) { found = found || (!s.closed && s.joined(IpAddr::of(group), dev.ifindex)); });
    return found;
}

using ipv6_list_rcv = IpListRcv<true, args::ipv6_list_rcv>;
using ipv6_rcv = IpRcv<true, args::ipv6_rcv>;
using ip6_sublist_rcv = IpSublistRcv<true, args::ip6_sublist_rcv>;
using ip6_sublist_rcv_finish = IpSublistRcvFinish<args::ip6_sublist_rcv_finish>;

struct ip6_rcv_core : args::ip6_rcv_core {
    using Self = ip6_rcv_core;

    Next mine(K& k) {
        const SkBuff& s = k.skb(skb);
        if (s.pkt_type == PacketType::PACKET_OTHERHOST) {
            ++k.device(s.dev).stats.rx_otherhost_dropped;
            return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::OTHERHOST);
        }
        IpCounters& ip = k.counters().ip6;
        ++ip.InReceives;
        ip.InOctets += s.len;
        if (s.users != 1) return k.call<&Self::shared>(fn::skb_clone, skb);
        return next<&Self::header>();
    }
    Next shared(K& k, SkbId clone) { return k.call<&Self::header>(fn::consume_skb, unshare(k, skb, clone)); }
    Next header(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!net::mayPull(s, ipv6hdr::kSize)) return error(k, Drop::IP_INHDR);
        const ipv6hdr h = net::ipv6Header(k, skb);
        if (h.version != 6) return error(k, Drop::UNHANDLED_PROTO);
        net::countEcn(k.counters().ip6, h.tclass);
        const unsigned scope = h.daddr.bytes[1] & 15U;
        const bool multicast = h.daddr.isMulticast();
        if (h.saddr.isLoopback() || h.daddr.isLoopback() || h.saddr.isMulticast() || (multicast && scope <= 1))
            return error(k, Drop::IP_INHDR);
        return next<&Self::length>();
    }
    Next length(K& k) {
        const ipv6hdr h = net::ipv6Header(k, skb);
        SkBuff& s = k.write(skb);
        s.transport_header = static_cast<std::uint16_t>(s.network_header + ipv6hdr::kSize);
        if (h.payload_len != 0 || h.nexthdr != IPPROTO_HOPOPTS) {
            const auto len = static_cast<std::uint32_t>(h.payload_len + ipv6hdr::kSize);
            if (len > s.len) {
                ++k.counters().ip6.InTruncatedPkts;
                return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::PKT_TOO_SMALL);
            }
            net::trimRcsum(k, skb, len);
        }
        if (h.nexthdr != IPPROTO_HOPOPTS) return ret(std::exchange(skb, {}));
        return k.call<&Self::options>(fn::ipv6_parse_hopopts, skb);
    }
    Next options(K& k, std::int32_t good) {
        if (good < 0) {
            ++k.counters().ip6.InHdrErrors;
            skb = {};
            return ret(SkbId{});
        }
        return ret(std::exchange(skb, {}));
    }
    Next dropped(K&) { return ret(SkbId{}); }

    Next error(K& k, Drop reason) {
        ++k.counters().ip6.InHdrErrors;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), reason);
    }
    using stages = Stages<Stage<"is the frame for this host? count it", &Self::mine, cost::check>,
                          Stage<"skb_share_check: a clone of its own", &Self::shared, cost::check>,
                          Stage<"check version and addresses", &Self::header, cost::check>,
                          Stage<"check the payload length, cut padding", &Self::length, cost::check>,
                          Stage<"are the hop-by-hop options good?", &Self::options, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

struct ip6_rcv_finish_core : args::ip6_rcv_finish_core {
    using Self = ip6_rcv_finish_core;

    Next demux(K& k) {
        const std::uint8_t protocol = net::at(k, skb, k.skb(skb).network_header + 6U, 1)[0];
        if (k.skb(skb).dst || k.skb(skb).sk) return route(k);
        if (protocol == IPPROTO_UDP) return k.call<&Self::route>(fn::udp_v6_early_demux, skb);
        if (protocol == IPPROTO_TCP) return k.call<&Self::route>(fn::tcp_v6_early_demux, skb);
        return route(k);
    }
    Next route(K& k) {
        if (k.skb(skb).dst) {
            skb = {};
            return ret();
        }
        return k.returns(fn::ip6_route_input, std::exchange(skb, {}));
    }
    using stages = Stages<Stage<"does a connected socket know the route?", &Self::demux, cost::check>,
                          Stage<"then look the route up", &Self::route, cost::check>>;
};

struct ip6_route_input : args::ip6_route_input {
    using Self = ip6_route_input;

    std::int32_t route;  // index into the routes

    Next lookup(K& k) {
        if (const DstId old = net::dstTake(k.write(skb))) return k.call<&Self::lookup>(fn::dst_release, old);
        route = lookupRoute(k.net(), net::ipv6Header(k, skb).daddr, k.skb(skb).dev);
        if (route < 0) return set(k, k.net().ip6_null_entry);
        const Route& found = (*k.net().routes)[static_cast<std::size_t>(route)];
        if (k.cpu.id < found.rt6i_pcpu.size() && found.rt6i_pcpu[k.cpu.id]) return set(k, found.rt6i_pcpu[k.cpu.id]);
        const bool local = found.type == RouteType::RTN_LOCAL;
        return k.call<&Self::made>(fn::dst_alloc, local ? net::kLoopbackIfindex : found.dev, 1U);
    }
    /// rt6_make_pcpu_route() behind dst_alloc(): the route keeps the reference.
    Next made(K& k, DstId dst) {
        Route& found = k.net().routes.write()[static_cast<std::size_t>(route)];
        if (found.rt6i_pcpu.size() <= k.cpu.id) found.rt6i_pcpu.resize(k.cpu.id + std::size_t{1});
        found.rt6i_pcpu[k.cpu.id] = dst;
        DstEntry& d = k.write(dst);  // ip6_rt_init_dst()
        d.rt_type = found.type;
        d.net = k.machine.nets.size() == 1 ? NetNo{0} : k.machine.netOf(k.skb(skb).dev);
        d.output = {};
        if (found.type == RouteType::RTN_UNREACHABLE) {
            d.input = fn::ip6_pkt_discard;
            d.error = net::kEHOSTUNREACH;
        } else if (found.type == RouteType::RTN_LOCAL) {
            d.input = fn::ip6_input;
        } else {
            d.input = found.destination.v6().isMulticast() ? fn::ip6_mc_input : fn::ip6_forward;
        }
        return set(k, dst);
    }

    Next set(K& k, DstId dst) {
        net::dstSetNoref(k.write(skb), dst);
        return ret();
    }
    using stages =
        Stages<Stage<"the longest prefix that matches; has this CPU a dst for it?", &Self::lookup, cost::lookup>,
               Stage<"a new dst for packets on this CPU", &Self::made, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("route", s.route, Unit::index, "the route found");
    }
};

struct ip6_mc_input : args::ip6_mc_input {
    using Self = ip6_mc_input;

    Next member(K& k) {
        ++k.counters().ip6.InMcastPkts;
        k.counters().ip6.InMcastOctets += k.skb(skb).len;
        const NetDevice& dev = std::as_const(k.machine).device(k.skb(skb).dev);
        if (joined(k.machine, dev, net::ipv6Header(k, skb).daddr))
            return k.returns(fn::ip6_input, std::exchange(skb, {}));
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next dropped(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"is the group joined?", &Self::member, cost::lookup>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

struct ip6_input : args::ip6_input {
    using Self = ip6_input;

    Next hook(K& k) {
        const NfHookState state{NFPROTO_IPV6, NF_INET_LOCAL_IN, k.skb(skb).dev};
        return net::nfHooked(k, state) ? k.call<&Self::verdict>(fn::nf_hook_slow, skb, state, 0U) : finish(k);
    }
    Next verdict(K& k, std::int32_t result) {
        if (result == 1) return finish(k);
        skb = {};
        return ret(result);
    }
    Next finish(K& k) { return k.returns(fn::ip6_input_finish, std::exchange(skb, {})); }
    using stages = Stages<Stage<"hook point INPUT: is a function registered?", &Self::hook, cost::check>,
                          Stage<"does it pass?", &Self::verdict, cost::check>>;
};

struct ip6_input_finish : args::ip6_input_finish {
    using Self = ip6_input_finish;

    Next deliver(K& k) { return k.call<&Self::done>(fn::ip6_protocol_deliver_rcu, std::exchange(skb, {})); }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages =
        Stages<Stage<"deliver it locally", &Self::deliver, cost::check>, Stage<"done", &Self::done, cost::check>>;
};

struct ip6_protocol_deliver_rcu : args::ip6_protocol_deliver_rcu {
    using Self = ip6_protocol_deliver_rcu;
    std::uint32_t nexthdr;

    Next pull(K& k) {
        const SkBuff& old = k.skb(skb);
        const std::uint32_t step = old.transport_header - old.data;
        if (old.transport_header < old.data || !net::mayPull(old, step)) return discard(k);
        // which header stands there is said by the one before: walk the chain up to it
        std::uint32_t at = static_cast<std::uint32_t>(old.network_header + ipv6hdr::kSize);
        nexthdr = net::at(k, skb, old.network_header + 6U, 1)[0];
        while (at + 2 <= old.transport_header) {
            const std::uint8_t* h = net::at(k, skb, at, 2);
            at += nexthdr == IPPROTO_FRAGMENT ? 8U : (h[1] + 1U) * 8U;
            nexthdr = h[0];
        }
        net::pull(k.write(skb), step);
        return next<&Self::handler>();
    }
    Next handler(K& k) {
        if (const SkbHandler handler =
                net::protocolHandler(*k.machine.inet6_protos, static_cast<std::uint8_t>(nexthdr)))
            return k.call<&Self::delivered>(handler, skb);
        ++k.counters().ip6.InUnknownProtos;
        return k.call<&Self::unknown>(fn::icmp6_send, skb, std::uint32_t{ICMPV6_PARAMPROB},
                                      std::uint32_t{ICMPV6_UNK_NEXTHDR});
    }
    /// Above 0: it was an extension header, and the packet goes on; below 0: it is gone, or waits for its like.
    Next delivered(K& k, std::int32_t result) {
        if (result > 0) return pull(k);
        skb = {};
        if (result == 0) ++k.counters().ip6.InDelivers;
        return ret();
    }
    Next unknown(K& k) { return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::IP_NOPROTO); }
    Next dropped(K&) { return ret(); }

    Next discard(K& k) {
        ++k.counters().ip6.InDiscards;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    using stages =
        Stages<Stage<"step over the headers so far", &Self::pull, cost::field>,
               Stage<"call the handler of the next header", &Self::handler, cost::lookup>,
               Stage<"count it as delivered; behind an extension header, go on", &Self::delivered, cost::field>,
               Stage<"no handler for this protocol", &Self::unknown, cost::check>,
               Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("nexthdr", s.nexthdr, Unit::index, "the header that follows");
    }
};

struct ip6_forward : args::ip6_forward {
    using Self = ip6_forward;

    Next check(K& k) {
        IpCounters& ip = k.counters().ip6;
        if (!k.net().sysctl->ip_forward) {
            ++ip.InAddrErrors;
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        }
        if (net::ipv6Header(k, skb).hop_limit <= 1) {
            ++ip.InHdrErrors;
            return k.call<&Self::expired>(fn::icmp6_send, skb, 3U, 0U);
        }
        ++ip.ForwDatagrams;
        k.fate(skb, Fate::forwarded, Drop::NOT_DROPPED, fn::ip6_forward.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next expired(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages =
        Stages<Stage<"does this host forward? (sending is left out)", &Self::check, cost::check>,
               Stage<"its hop limit is used up", &Self::expired, cost::check>, Stage<"done", &Self::done, cost::check>>;
};

struct ip6_pkt_discard : args::ip6_pkt_discard {
    using Self = ip6_pkt_discard;

    Next discard(K& k) { return k.returns(fn::ip6_pkt_drop, std::exchange(skb, {})); }
    using stages = Stages<Stage<"no route to there", &Self::discard, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the packet");
    }
};

struct ip6_pkt_drop : args::ip6_pkt_drop {
    using Self = ip6_pkt_drop;
    Drop reason;

    Next count(K& k) {
        const bool nowhere = net::ipv6Header(k, skb).daddr.isUnspecified();
        reason = nowhere ? Drop::IP_INADDRERRORS : Drop::IP_INNOROUTES;
        ++(nowhere ? k.counters().ip6.InAddrErrors : k.counters().ip6.InNoRoutes);
        return k.call<&Self::sent>(fn::icmp6_send, skb, std::uint32_t{ICMPV6_DEST_UNREACH}, 0U);
    }
    Next sent(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), reason); }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"count it, tell the sender", &Self::count, cost::check>,
                          Stage<"drop it", &Self::sent, cost::check>, Stage<"done", &Self::done, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("reason", s.reason);
    }
};

constexpr const char* kSource = "net/ipv6/ip6_input.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ipv6_list_rcv, kSource, "Takes a list of IPv6 packets from NAPI."),
    RS_DEFINE(ipv6_rcv, kSource, "Takes one IPv6 packet: checks, PREROUTING, route."),
    RS_DEFINE(ip6_rcv_core, kSource, "Checks the IPv6 header."),
    RS_DEFINE(ip6_sublist_rcv, kSource,
              "Runs PREROUTING, routes each packet, and keeps those with one route together."),
    RS_DEFINE(ip6_rcv_finish_core, kSource, "Finds the route of one packet."),
    RS_DEFINE(ip6_sublist_rcv_finish, kSource, "Sends each packet where its route leads."),
    RS_DEFINE(ip6_route_input, "net/ipv6/route.c", "Looks the route up and attaches it to the packet."),
    RS_DEFINE(ip6_mc_input, kSource, "Takes a multicast packet if its group is joined."),
    RS_DEFINE(ip6_input, kSource, "Takes a packet for this host: runs INPUT."),
    RS_DEFINE(ip6_input_finish, kSource, "Delivers a packet locally."),
    RS_DEFINE(ip6_protocol_deliver_rcu, kSource, "Steps from header to header and calls the handler of each."),
    RS_DEFINE(ip6_forward, "net/ipv6/ip6_output.c", "Forwards a packet; the model ends its way here."),
    RS_DEFINE(ip6_pkt_discard, "net/ipv6/route.c", "The input function where there is no route."),
    RS_DEFINE(ip6_pkt_drop, "net/ipv6/route.c", "Drops a packet for which there is no route, and says why."),
};

}  // namespace

std::span<const FunctionInfo> ip6InputFunctions() { return kFunctions; }

}  // namespace ringside
