// Follows net/core/dev.c of Linux 6.1.192: from the driver's list to the protocol handlers. Modelled: list receive,
// VLAN tags, the handlers in ptype (packet_type), packets that nobody takes. Left out: RPS, generic XDP,
// packet taps, tc ingress, bridges and VLAN devices.

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
    std::uint8_t od_curr;
    std::uint16_t pt_curr, pt_prev;
    SkbList sublist;
    SkbId skb;

    Next each(K& k) {
        skb = k.popFront(head);
        if (!skb) return next<&Self::dispatch>();
        return k.call<&Self::sort>(fn::__netif_receive_skb_core, skb);
    }
    Next sort(K& k, std::uint32_t handler) {
        if (handler == 0) {
            skb = {};
            return each(k);
        }
        pt_prev = static_cast<std::uint16_t>(handler);
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
        const PacketHandler& ptype = (*k.net().ptypes)[pt_curr - 1U];
        if (!ptype.list_func) return k.call<&Self::one>(ptype.func, k.popFront(sublist));
        const SkbList list = std::exchange(sublist, {});
        if (!skb) return k.returns(ptype.list_func, list, std::uint32_t{od_curr});
        return k.call<&Self::append>(ptype.list_func, list, std::uint32_t{od_curr});
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
        v("pt_curr", s.pt_curr, Unit::index, "handler of the sublist: its number in ptype, from 1");
        v("sublist", s.sublist, Unit::none, "packets for one handler");
        v.hidden("od_curr", s.od_curr);
        v.hidden("pt_prev", s.pt_prev);
    }
};

struct __netif_receive_skb_core : args::__netif_receive_skb_core {
    using Self = __netif_receive_skb_core;
    std::uint32_t pt_prev;

    Next begin(K& k) {
        SkBuff& s = k.write(skb);
        k.trace(Tracepoint::netif_receive_skb);
        s.network_header = static_cast<std::uint16_t>(s.data);
        if (s.transport_header == kUnset) s.transport_header = static_cast<std::uint16_t>(s.data);
        s.mac_len = static_cast<std::uint16_t>(s.network_header - s.mac_header);
        ++k.cpu.softnet.processed;
        const bool vlan = s.protocol == ETH_P_8021Q || s.protocol == ETH_P_8021AD;
        return vlan ? next<&Self::untag>() : next<&Self::deliver>();
    }
    Next untag(K& k) { return k.call<&Self::vlan>(fn::skb_vlan_untag, std::exchange(skb, {})); }
    Next vlan(K& k, SkbId untagged) {
        skb = untagged;
        if (!skb) return ret(0U);
        // no VLAN device takes it: a tag with an id makes it a packet for somebody else, priority tags (id 0) are
        // looked through
        SkBuff& s = k.write(skb);
        if ((s.vlan_tci & 0x0fffU) != 0) s.pkt_type = PacketType::PACKET_OTHERHOST;
        const bool again = (s.vlan_tci & 0x0fffU) == 0 && (s.protocol == ETH_P_8021Q || s.protocol == ETH_P_8021AD);
        s.vlan_tci = s.vlan_proto = 0;
        return again ? next<&Self::untag>() : next<&Self::deliver>();
    }
    /// deliver_ptype_list_skb(): a handler gets the packet when the next one is found, the last one by our caller.
    Next deliver(K& k) {
        const std::vector<PacketHandler>& ptypes = *k.net().ptypes;
        const SkBuff& s = k.skb(skb);
        for (std::uint32_t i = pt_prev; i < ptypes.size(); ++i) {
            if (ptypes[i].type != s.protocol || (ptypes[i].dev != 0 && ptypes[i].dev != s.dev)) continue;
            const std::uint32_t before = std::exchange(pt_prev, i + 1);
            if (before == 0) continue;
            ++k.write(skb).users;  // deliver_skb()
            return k.call<&Self::delivered>(ptypes[before - 1].func, skb);
        }
        if (pt_prev != 0) return ret(pt_prev);
        ++k.device(s.dev).stats.rx_dropped;
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::UNHANDLED_PROTO);
    }
    Next delivered(K& k, std::int32_t) { return deliver(k); }
    Next dropped(K&) { return ret(0U); }
    using stages = Stages<Stage<"set the network header, count the packet", &Self::begin, cost::field>,
                          Stage<"take the VLAN tag off", &Self::untag, cost::field>,
                          Stage<"is there a VLAN device for it?", &Self::vlan, cost::check>,
                          Stage<"which handler has this protocol?", &Self::deliver, cost::lookup>,
                          Stage<"and another one?", &Self::delivered, cost::lookup>,
                          Stage<"nobody wanted it", &Self::dropped, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("pt_prev", s.pt_prev, Unit::index, "the handler found last: its number in ptype, from 1; 0 is none");
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
