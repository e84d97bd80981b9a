// Follows net/core/dev.c of Linux 6.1.192: from the driver's list to the protocol handlers. Modelled: list receive,
// taps (ptype_all), VLAN tags, the handlers of an EtherType (ptype_base), those of one device, packets that nobody
// takes. Left out: RPS, generic XDP, tc ingress, bridges and VLAN devices.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct netif_receive_skb_list_internal : args::netif_receive_skb_list_internal {
    using Self = netif_receive_skb_list_internal;

    Next receive(K& k) {
        for (SkbId skb = head.first; skb; skb = k.skb(skb).next) k.write(skb).owner = SkbOwner::sub_list;
        return k.returns(fn::__netif_receive_skb_list_core, std::exchange(head, {}), false);
    }
    using stages = Stages<Stage<"no RPS: this CPU takes the list", &Self::receive, cost::list_step>>;
};

struct __netif_receive_skb_list_core : args::__netif_receive_skb_list_core {
    using Self = __netif_receive_skb_list_core;
    std::int32_t od_curr;
    PtypeId pt_curr, pt_prev;
    SkbList sublist;
    SkbId skb;

    Next each(K& k) {
        skb = k.popFront(head);
        if (!skb) return next<&Self::dispatch>();
        return k.call<&Self::sort>(fn::__netif_receive_skb_core, skb);
    }
    Next sort(K& k, PtypeId handler) {
        if (!handler) {
            skb = {};
            return each(k);
        }
        pt_prev = handler;
        if (sublist.qlen != 0 && (pt_prev != pt_curr || k.skb(skb).dev != od_curr)) return next<&Self::dispatch>();
        return append(k);
    }
    Next append(K& k) {
        pt_curr = pt_prev;
        od_curr = k.skb(skb).dev;
        k.pushBack(sublist, std::exchange(skb, {}), SkbOwner::sub_list);
        return each(k);
    }
    Next dispatch(K& k) {
        if (sublist.qlen == 0) return skb ? append(k) : ret();
        const PacketHandler& ptype = std::as_const(k.machine.ptypes)[pt_curr];
        if (!ptype.list_func) return k.call<&Self::one>(ptype.func, k.popFront(sublist));
        const SkbList list = std::exchange(sublist, {});
        if (!skb) return k.returns(ptype.list_func, list, od_curr);
        return k.call<&Self::append>(ptype.list_func, list, od_curr);
    }
    Next one(K& k, std::int32_t) { return dispatch(k); }
    using stages = Stages<Stage<"take the next packet", &Self::each, cost::list_step>,
                          Stage<"same handler as the packet before?", &Self::sort, cost::list_step>,
                          Stage<"begin a new sublist", &Self::append, cost::list_step>,
                          Stage<"hand the sublist to its protocol", &Self::dispatch, cost::list_step>,
                          Stage<"the next packet, one by one", &Self::one, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the packet");
        v("pt_curr", s.pt_curr, Unit::none, "handler of the sublist (packet_type)");
        v("sublist", s.sublist, Unit::none, "packets for one handler");
        v.hidden("od_curr", s.od_curr);
        v.hidden("pt_prev", s.pt_prev);
    }
};

struct __netif_receive_skb_core : args::__netif_receive_skb_core {
    using Self = __netif_receive_skb_core;
    PtypeId pt_prev;
    std::uint16_t at;   // place in the list that is walked
    std::uint8_t list;  // which: taps of all devices and of this one, handlers of all devices and of this one

    static constexpr std::uint8_t kTapLists = 2, kLists = 4;

    Next begin(K& k) {
        SkBuff& s = k.write(skb);
        k.trace(Tracepoint::netif_receive_skb);
        s.network_header = static_cast<std::uint16_t>(s.data);
        if (s.transport_header == kUnset) s.transport_header = static_cast<std::uint16_t>(s.data);
        s.mac_len = static_cast<std::uint16_t>(s.network_header - s.mac_header);
        ++k.cpu.softnet.processed;
        if (s.protocol == ETH_P_8021Q || s.protocol == ETH_P_8021AD) return next<&Self::untag>();
        return tapped(k) ? next<&Self::taps>() : next<&Self::deliver>();
    }
    Next untag(K& k) { return k.call<&Self::vlan>(fn::skb_vlan_untag, std::exchange(skb, {})); }
    Next vlan(K& k, SkbId untagged) {
        skb = untagged;
        if (!skb) return ret(PtypeId{});
        return list < kTapLists && tapped(k) ? next<&Self::taps>() : device(k);
    }
    /// ptype_all: each tap gets the packet when the next handler is found.
    Next taps(K& k) {
        if (const SkbHandler handler = walk(k, kTapLists)) return k.call<&Self::taps>(handler, skb);
        if (k.skb(skb).vlan_proto == 0) return next<&Self::deliver>();
        if (!pt_prev) return device(k);
        ++k.write(skb).users;  // before a VLAN device changes it
        return k.call<&Self::tapsDone>(std::as_const(k.machine.ptypes)[std::exchange(pt_prev, {})].func, skb);
    }
    Next tapsDone(K& k, std::int32_t) { return device(k); }
    /// deliver_ptype_list_skb(): a handler gets the packet when the next one is found, the last one by our caller.
    Next deliver(K& k) {
        list = std::max(list, kTapLists);
        if (const SkbHandler handler = walk(k, kLists)) return k.call<&Self::delivered>(handler, skb);
        if (pt_prev) return ret(pt_prev);
        ++k.device(k.skb(skb).dev).stats.rx_dropped;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::UNHANDLED_PROTO);
    }
    Next delivered(K& k, std::int32_t) { return deliver(k); }
    Next dropped(K&) { return ret(PtypeId{}); }

    /// No VLAN device takes it: a tag with an id makes it a packet for somebody else, priority tags (id 0) are looked
    /// through.
    Next device(K& k) {
        SkBuff& s = k.write(skb);
        if ((s.vlan_tci & 0x0fffU) != 0) s.pkt_type = PacketType::PACKET_OTHERHOST;
        const bool again = (s.vlan_tci & 0x0fffU) == 0 && (s.protocol == ETH_P_8021Q || s.protocol == ETH_P_8021AD);
        s.vlan_tci = s.vlan_proto = 0;
        list = kTapLists;
        return again ? next<&Self::untag>() : next<&Self::deliver>();
    }
    const std::vector<PtypeId>& listOf(const K& k, std::uint8_t n) const {
        if (n == 0) return *k.net().ptype_all;
        if (n == 2) return *k.net().ptype_base;
        const NetDevice& dev = std::as_const(k.machine).device(k.skb(skb).dev);
        return n == 1 ? dev.ptype_all : dev.ptype_specific;
    }
    bool tapped(const K& k) const { return !listOf(k, 0).empty() || !listOf(k, 1).empty(); }
    /// The handler before the next one in the lists up to `end`, which becomes pt_prev; it is to be called with a
    /// reference (deliver_skb). None: the lists are through.
    SkbHandler walk(K& k, std::uint8_t end) {
        for (; list < end; ++list, at = 0) {
            const std::vector<PtypeId>& ptypes = listOf(k, list);
            while (at < ptypes.size()) {
                const PtypeId found = ptypes[at++];
                if (list >= kTapLists && std::as_const(k.machine.ptypes)[found].type != k.skb(skb).protocol) continue;
                const PtypeId before = std::exchange(pt_prev, found);
                if (!before) continue;
                ++k.write(skb).users;
                return std::as_const(k.machine.ptypes)[before].func;
            }
        }
        return {};
    }
    using stages = Stages<Stage<"set the network header, count the packet", &Self::begin, cost::field>,
                          Stage<"take the VLAN tag off", &Self::untag, cost::field>,
                          Stage<"is there a VLAN device for it?", &Self::vlan, cost::check>,
                          Stage<"ptype_all: who listens to every packet?", &Self::taps, cost::lookup>,
                          Stage<"the taps have it; is there a VLAN device for it?", &Self::tapsDone, cost::check>,
                          Stage<"which handler has this protocol?", &Self::deliver, cost::lookup>,
                          Stage<"and another one?", &Self::delivered, cost::lookup>,
                          Stage<"nobody wanted it", &Self::dropped, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("pt_prev", s.pt_prev, Unit::none, "the handler found last (packet_type)");
        v.hidden("at", s.at);
        v.hidden("list", s.list);
    }
};

constexpr const char* kSource = "net/core/dev.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(netif_receive_skb_list_internal, kSource, "Takes a list of packets into the stack."),
    RS_DEFINE(__netif_receive_skb_list_core, kSource, "Sorts packets into sublists for one protocol handler each."),
    RS_DEFINE(__netif_receive_skb_core, kSource, "Finds the protocol handler of one packet."),
};

}  // namespace

std::span<const FunctionInfo> devReceiveFunctions() { return kFunctions; }

}  // namespace ringside
