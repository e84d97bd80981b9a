// Follows net/core/gro.c, include/net/gro.h and net/8021q/vlan_core.c of Linux 6.1.192. Modelled: the checks every
// packet passes, the software checksum, GRO_NORMAL packets that wait on rx_list and go up as one list (from
// napi_complete_done(), or when gro_normal_batch are there). Left out: merging. Plain UDP is never merged; TCP
// segments, which Linux would hold and merge, go up one by one.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

enum GroResult : std::uint32_t { GRO_MERGED, GRO_MERGED_FREE, GRO_HELD, GRO_NORMAL, GRO_CONSUMED };

struct napi_gro_receive : args::napi_gro_receive {
    using Self = napi_gro_receive;

    Next receive(K& k) {
        k.trace(Tracepoint::napi_gro_receive_entry);
        return k.call<&Self::finish>(fn::dev_gro_receive, napi, skb);
    }
    Next finish(K& k, std::uint32_t result) {
        Napi& n = k.write(napi);
        k.pushBack(n.rx_list, std::exchange(skb, {}), SkbOwner::rx_list);
        if (n.rx_list.qlen >= k.sysctl().gro_normal_batch) {
            return k.call<&Self::flushed>(fn::netif_receive_skb_list_internal, std::exchange(n.rx_list, {}));
        }
        k.trace(Tracepoint::napi_gro_receive_exit, result);
        return ret(result);
    }
    Next flushed(K& k) {
        k.trace(Tracepoint::napi_gro_receive_exit, GRO_NORMAL);
        return ret(std::uint32_t{GRO_NORMAL});
    }
    using stages = Stages<Stage<"can it be merged?", &Self::receive, cost::check>,
                          Stage<"gro_normal_one: onto rx_list", &Self::finish, cost::list_step>,
                          Stage<"the batch has gone up", &Self::flushed, cost::check>>;
};

struct dev_gro_receive : args::dev_gro_receive {
    using Self = dev_gro_receive;

    Next offload(K& k) {
        const std::uint16_t type = k.skb(skb).protocol;
        const bool vlan = type == ETH_P_8021Q || type == ETH_P_8021AD;
        if (!vlan && type != ETH_P_IP && type != ETH_P_IPV6) return ret(std::uint32_t{GRO_NORMAL});
        SkBuff& s = k.write(skb);
        s.network_header = static_cast<std::uint16_t>(s.data);
        s.mac_len = static_cast<std::uint16_t>(s.network_header - s.mac_header);
        if (vlan) return k.call<&Self::normal>(fn::vlan_gro_receive, skb, 0U);
        return k.call<&Self::normal>(type == ETH_P_IP ? fn::inet_gro_receive : fn::ipv6_gro_receive, skb, 0U);
    }
    Next normal(K&) { return ret(std::uint32_t{GRO_NORMAL}); }
    using stages = Stages<Stage<"which protocol may merge it?", &Self::offload, cost::check>,
                          Stage<"nothing to merge: GRO_NORMAL", &Self::normal, cost::check>>;
};

struct vlan_gro_receive : args::vlan_gro_receive {
    using Self = vlan_gro_receive;

    Next inner(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!net::linearHas(s, s.data + offset, VLAN_HLEN)) return ret();
        const std::uint16_t type = loadBe16(net::at(k, skb, s.data + offset + 2, 2));
        if (type == ETH_P_IP) return k.returns(fn::inet_gro_receive, skb, offset + VLAN_HLEN);
        if (type == ETH_P_IPV6) return k.returns(fn::ipv6_gro_receive, skb, offset + VLAN_HLEN);
        return ret();
    }
    using stages = Stages<Stage<"look behind the tag", &Self::inner, cost::check>>;
};

struct __skb_gro_checksum_complete : args::__skb_gro_checksum_complete {
    using Self = __skb_gro_checksum_complete;

    Next sum(K& k) {
        const SkBuff& s = k.skb(skb);
        const std::uint32_t length = s.len - offset;
        k.spend(net::perByte(length));
        return ret(csumFold(csumAdd(csum, net::csumSkb(k, skb, offset, length))));
    }
    using stages = Stages<Stage<"sum the bytes in software", &Self::sum, cost::checksum>>;
};

constexpr const char* kSource = "net/core/gro.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(napi_gro_receive, kSource,
              "Takes a packet from the driver: merge it, or let it wait to go up in a list."),
    RS_DEFINE(dev_gro_receive, kSource, "Asks the protocol whether a packet can be merged with one that waits."),
    RS_DEFINE(vlan_gro_receive, "net/8021q/vlan_core.c", "Looks behind a VLAN tag for GRO."),
    RS_DEFINE(__skb_gro_checksum_complete, kSource, "Verifies the transport checksum in software."),
};

}  // namespace

std::span<const FunctionInfo> groFunctions() { return kFunctions; }

}  // namespace ringside
