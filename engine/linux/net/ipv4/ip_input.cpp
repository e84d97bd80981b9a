// Follows net/ipv4/ip_input.c of Linux 6.1.192; what IPv6 does alike is in ip_rcv.h. Modelled: list receive and single
// packets, every header check with its reason and counter, the hook points PREROUTING and INPUT, early demultiplexing,
// route hints, local delivery to the protocols that Linux has built in. Left out: IP options beyond their place in the
// header, raw sockets, IPsec policies.

#include "engine/linux/net/ipv4/ip_rcv.h"

namespace ringside {
namespace {

using ip_list_rcv = IpListRcv<false, args::ip_list_rcv>;
using ip_rcv = IpRcv<false, args::ip_rcv>;
using ip_sublist_rcv = IpSublistRcv<false, args::ip_sublist_rcv>;
using ip_sublist_rcv_finish = IpSublistRcvFinish<args::ip_sublist_rcv_finish>;

struct ip_rcv_core : args::ip_rcv_core {
    using Self = ip_rcv_core;

    Next mine(K& k) {
        const SkBuff& s = k.skb(skb);
        if (s.pkt_type == PacketType::PACKET_OTHERHOST) {
            ++k.device(s.dev).stats.rx_otherhost_dropped;
            return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::OTHERHOST);
        }
        IpCounters& ip = k.counters().ip;
        ++ip.InReceives;
        ip.InOctets += s.len;
        if (s.users != 1) return k.call<&Self::shared>(fn::skb_clone, skb);
        return next<&Self::header>();
    }
    Next shared(K& k, SkbId clone) { return k.call<&Self::header>(fn::consume_skb, unshare(k, skb, clone)); }
    Next header(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!net::mayPull(s, iphdr::kSize)) return headerError(k, Drop::IP_INHDR);
        const std::uint8_t* iph = net::at(k, skb, s.network_header, iphdr::kSize);
        const std::uint32_t ihl = iph[0] & 15U;
        if (ihl < 5 || iph[0] >> 4U != 4) return headerError(k, Drop::IP_INHDR);
        net::countEcn(k.counters().ip, iph[1]);
        if (!net::mayPull(s, ihl * 4)) return headerError(k, Drop::IP_INHDR);
        return next<&Self::checksum>();
    }
    Next checksum(K& k) {
        const SkBuff& s = k.skb(skb);
        const std::uint32_t ihl = net::at(k, skb, s.network_header, 1)[0] & 15U;
        if (ipFastCsum(k.bytes(skb, s.network_header, ihl * 4)) == 0) return next<&Self::length>();
        ++k.counters().ip.InCsumErrors;
        return headerError(k, Drop::IP_CSUM);
    }
    Next length(K& k) {
        const SkBuff& old = k.skb(skb);
        const std::uint8_t* iph = net::at(k, skb, old.network_header, 4);
        const std::uint32_t len = loadBe16(iph + 2), ihl = (iph[0] & 15U) * 4U;
        if (old.len < len) {
            ++k.counters().ip.InTruncatedPkts;
            return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::PKT_TOO_SMALL);
        }
        if (len < ihl) return headerError(k, Drop::IP_INHDR);
        net::trimRcsum(k, skb, len);
        SkBuff& s = k.write(skb);
        s.transport_header = static_cast<std::uint16_t>(s.network_header + ihl);
        return ret(std::exchange(skb, {}));
    }
    Next dropped(K&) { return ret(SkbId{}); }

    Next headerError(K& k, Drop reason) {
        ++k.counters().ip.InHdrErrors;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), reason);
    }
    using stages = Stages<Stage<"is the frame for this host? count it", &Self::mine, cost::check>,
                          Stage<"skb_share_check: a clone of its own", &Self::shared, cost::check>,
                          Stage<"check version and header length", &Self::header, cost::check>,
                          Stage<"verify the header checksum", &Self::checksum, cost::checksum>,
                          Stage<"check the total length, cut padding", &Self::length, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

struct ip_rcv_finish_core : args::ip_rcv_finish_core {
    using Self = ip_rcv_finish_core;

    Next hinted(K& k) {
        if (!hint || k.skb(skb).dst) return demux(k);
        const std::uint8_t* a = net::at(k, skb, k.skb(skb).network_header, iphdr::kSize);
        const std::uint8_t* b = net::at(k, hint, k.skb(hint).network_header, iphdr::kSize);
        if (a[1] != b[1] || std::memcmp(a + 16, b + 16, 4) != 0) return demux(k);
        return k.call<&Self::useHint>(fn::ip_route_use_hint, skb, dev, hint);
    }
    Next useHint(K& k, std::int32_t error) { return error != 0 ? failed(k, error) : demux(k); }
    Next demux(K& k) {
        const SkBuff& s = k.skb(skb);
        const std::uint8_t* iph = net::at(k, skb, s.network_header, iphdr::kSize);
        const bool fragment = (loadBe16(iph + 6) & (IP_MF | IP_OFFSET)) != 0;
        if (!s.dst && !s.sk && !fragment) {
            if (iph[9] == IPPROTO_UDP) return k.call<&Self::route>(fn::udp_v4_early_demux, skb);
            if (iph[9] == IPPROTO_TCP) return k.call<&Self::lookUp>(fn::tcp_v4_early_demux, skb);
        }
        return s.dst ? finish(k) : routeNow(k);
    }
    Next route(K& k, std::int32_t error) {
        if (error != 0) return failed(k, error);
        return k.skb(skb).dst ? finish(k) : routeNow(k);
    }
    Next lookUp(K& k) { return route(k, 0); }
    Next routed(K& k, std::int32_t error) { return error != 0 ? failed(k, error) : finish(k); }
    /// ip_rcv_options()
    Next optioned(K& k, std::int32_t error) {
        if (error != 0) ++k.counters().ip.InHdrErrors;
        // source routes are refused (accept_source_route is off)
        if (error == 0 && (k.skb(skb).cb_flags & kSourceRouted) == 0) return count(k);
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next dropped(K&) { return ret(kNetRxDrop); }

    Next routeNow(K& k) { return k.call<&Self::routed>(fn::ip_route_input_noref, skb, dev); }
    Next finish(K& k) {
        if ((net::at(k, skb, k.skb(skb).network_header, 1)[0] & 15U) <= 5) return count(k);
        return k.call<&Self::optioned>(fn::__ip_options_compile, skb);
    }
    Next count(K& k) {
        const SkBuff& s = k.skb(skb);
        const RouteType type = net::rtType(k, s);
        IpCounters& ip = k.counters().ip;
        if (type == RouteType::RTN_MULTICAST) {
            ++ip.InMcastPkts;
            ip.InMcastOctets += s.len;
        } else if (type == RouteType::RTN_BROADCAST) {
            ++ip.InBcastPkts;
            ip.InBcastOctets += s.len;
        } else if (k.net().sysctl->drop_unicast_in_l2_multicast &&
                   (s.pkt_type == PacketType::PACKET_BROADCAST || s.pkt_type == PacketType::PACKET_MULTICAST)) {
            return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::UNICAST_IN_L2_MULTICAST);
        }
        skb = {};
        return ret(std::int32_t{0});
    }
    Next failed(K& k, std::int32_t error) {
        if (error != net::kEXDEV) return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        ++k.counters().ext.IPReversePathFilter;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::IP_RPFILTER);
    }
    using stages = Stages<Stage<"may the route of another packet be taken over?", &Self::hinted, cost::check>,
                          Stage<"is the hint good?", &Self::useHint, cost::check>,
                          Stage<"does a connected socket know the route?", &Self::demux, cost::check>,
                          Stage<"then look the route up", &Self::route, cost::check>,
                          Stage<"no connection knows it: look the route up", &Self::lookUp, cost::check>,
                          Stage<"routed: count multicast and broadcast", &Self::routed, cost::check>,
                          Stage<"do the IP options ask for what is refused?", &Self::optioned, cost::check>,
                          Stage<"no way in: return, the packet was dropped", &Self::dropped, cost::check>>;
};

struct ip_local_deliver : args::ip_local_deliver {
    using Self = ip_local_deliver;

    Next fragment(K& k) {
        const std::uint8_t* iph = net::at(k, skb, k.skb(skb).network_header, iphdr::kSize);
        if ((loadBe16(iph + 6) & (IP_MF | IP_OFFSET)) == 0) return next<&Self::hook>();
        return k.call<&Self::whole>(fn::ip_defrag, skb);
    }
    Next whole(K& k, std::int32_t error) {
        if (error != 0) {
            skb = {};
            return ret(std::int32_t{0});
        }
        return hook(k);
    }
    Next hook(K& k) {
        const NfHookState state{NFPROTO_IPV4, NF_INET_LOCAL_IN, k.skb(skb).dev};
        return net::nfHooked(k, state) ? k.call<&Self::verdict>(fn::nf_hook_slow, skb, state, 0U) : finish(k);
    }
    Next verdict(K& k, std::int32_t result) {
        if (result == 1) return finish(k);
        skb = {};
        return ret(result);
    }
    Next finish(K& k) { return k.returns(fn::ip_local_deliver_finish, std::exchange(skb, {})); }
    using stages = Stages<Stage<"is it a fragment?", &Self::fragment, cost::check>,
                          Stage<"is the datagram whole now?", &Self::whole, cost::check>,
                          Stage<"hook point INPUT: is a function registered?", &Self::hook, cost::check>,
                          Stage<"does it pass?", &Self::verdict, cost::check>>;
};

struct ip_local_deliver_finish : args::ip_local_deliver_finish {
    using Self = ip_local_deliver_finish;

    Next pull(K& k) {
        SkBuff& s = k.write(skb);
        net::pull(s, std::uint32_t{s.transport_header} - s.network_header);
        const std::uint8_t protocol = net::at(k, skb, s.network_header, iphdr::kSize)[9];
        return k.returns(fn::ip_protocol_deliver_rcu, std::exchange(skb, {}), std::uint32_t{protocol});
    }
    using stages = Stages<Stage<"__skb_pull: step over the IP header", &Self::pull, cost::field>>;
};

struct ip_protocol_deliver_rcu : args::ip_protocol_deliver_rcu {
    using Self = ip_protocol_deliver_rcu;

    Next raw(K& k) { return k.call<&Self::handler>(fn::raw_local_deliver, skb, protocol); }
    Next handler(K& k, bool taken) {
        if (const SkbHandler handler =
                net::protocolHandler(*k.machine.inet_protos, static_cast<std::uint8_t>(protocol)))
            return k.call<&Self::delivered>(handler, std::exchange(skb, {}));
        RS_ASSERT(!taken);
        ++k.counters().ip.InUnknownProtos;
        return k.call<&Self::unknown>(fn::__icmp_send, skb, std::uint32_t{ICMP_DEST_UNREACH}, 2U);  // ICMP_PROT_UNREACH
    }
    Next delivered(K& k, std::int32_t) {
        ++k.counters().ip.InDelivers;
        return ret();
    }
    Next unknown(K& k) { return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::IP_NOPROTO); }
    Next dropped(K&) { return ret(); }
    using stages = Stages<Stage<"does a raw socket want it?", &Self::raw, cost::check>,
                          Stage<"call the protocol's handler", &Self::handler, cost::lookup>,
                          Stage<"count it as delivered", &Self::delivered, cost::field>,
                          Stage<"no handler for this protocol", &Self::unknown, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

struct raw_local_deliver : args::raw_local_deliver {
    using Self = raw_local_deliver;

    Next look(K&) { return ret(false); }
    using stages = Stages<Stage<"no raw socket is open", &Self::look, cost::check>>;
};

constexpr const char* kSource = "net/ipv4/ip_input.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ip_list_rcv, kSource,
              "Takes a list of IPv4 packets from NAPI; those that pass ip_rcv_core() go on as one list."),
    RS_DEFINE(ip_rcv, kSource, "Takes one IPv4 packet: checks, PREROUTING, route."),
    RS_DEFINE(ip_rcv_core, kSource, "Checks the IPv4 header."),
    RS_DEFINE(ip_sublist_rcv, kSource, "Runs PREROUTING, routes each packet, and keeps those with one route together."),
    RS_DEFINE(ip_rcv_finish_core, kSource, "Finds the route of one packet."),
    RS_DEFINE(ip_sublist_rcv_finish, kSource, "Sends each packet where its route leads."),
    RS_DEFINE(ip_local_deliver, kSource, "Takes a packet for this host: puts fragments together, then runs INPUT."),
    RS_DEFINE(ip_local_deliver_finish, kSource, "Takes the IP header off."),
    RS_DEFINE(ip_protocol_deliver_rcu, kSource, "Calls the handler of the transport protocol."),
    RS_DEFINE(raw_local_deliver, "net/ipv4/raw.c", "Gives a copy to every raw socket that wants it."),
};

}  // namespace

std::span<const FunctionInfo> ipInputFunctions() { return kFunctions; }

}  // namespace ringside
