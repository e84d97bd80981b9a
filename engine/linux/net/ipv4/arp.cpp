// Follows net/ipv4/arp.c of Linux 6.1.192. Modelled: which packets are looked at, the checks that free one. Left out:
// the neighbour table, replies, proxies (what a request or reply would change is counted only).

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct arp_rcv : args::arp_rcv {
    using Self = arp_rcv;

    Next check(K& k) {
        const SkBuff& s = k.skb(skb);
        if (s.pkt_type == PacketType::PACKET_OTHERHOST) {
            ++k.counters().arp.ignored;
            k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::arp_rcv.id);
            k.about(skb);
            return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
        }
        const bool whole = net::mayPull(s, arphdr::kSize + arp_addresses::kSize);
        const arphdr arp = whole ? arphdr::load(net::at(k, skb, s.data, arphdr::kSize)) : arphdr{};
        if (!whole || arp.ar_hln != ETH_ALEN || arp.ar_pln != 4)
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        return k.returns(fn::arp_process, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"a whole ARP packet, and not for another host?", &Self::check, cost::check>,
                          Stage<"done", &Self::done, cost::check>>;
};

struct arp_process : args::arp_process {
    using Self = arp_process;

    Next operation(K& k) {
        const SkBuff& s = k.skb(skb);
        const arphdr arp = arphdr::load(net::at(k, skb, s.data, arphdr::kSize));
        const bool ethernet = (arp.ar_hrd == ARPHRD_ETHER || arp.ar_hrd == ARPHRD_IEEE802) && arp.ar_pro == ETH_P_IP;
        if (!ethernet || (arp.ar_op != ARPOP_REQUEST && arp.ar_op != ARPOP_REPLY)) return unwanted(k);
        return next<&Self::target>();
    }
    Next target(K& k) {
        const SkBuff& s = k.skb(skb);
        const arphdr arp = arphdr::load(net::at(k, skb, s.data, arphdr::kSize));
        const arp_addresses a = arp_addresses::load(net::at(k, skb, s.data + 8, arp_addresses::kSize));
        if (a.ar_tip.isMulticast() || a.ar_tip.isLoopback()) return unwanted(k);
        bool mine = false;
        for (const InterfaceAddress& address : std::as_const(k.machine).device(s.dev).addresses) {
            mine = mine || (address.address.version == 4 && address.address.v4() == a.ar_tip);
        }
        ArpCounters& count = k.counters().arp;
        if (arp.ar_op == ARPOP_REPLY)
            ++count.replies;
        else if (mine)
            ++count.requests;
        else
            ++count.ignored;
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::arp_process.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next done(K&) { return ret(std::int32_t{0}); }

    Next unwanted(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    using stages =
        Stages<Stage<"a request or reply for IPv4 over Ethernet?", &Self::operation, cost::check>,
               Stage<"for an address of this host? count it (neighbours are left out)", &Self::target, cost::check>,
               Stage<"done", &Self::done, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(arp_rcv, "net/ipv4/arp.c", "ARP's handler."),
    RS_DEFINE(arp_process, "net/ipv4/arp.c", "Takes an ARP request or reply (counted only)."),
};

}  // namespace

std::span<const FunctionInfo> arpFunctions() { return kFunctions; }

}  // namespace ringside
