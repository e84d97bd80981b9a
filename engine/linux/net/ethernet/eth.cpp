// Follows net/ethernet/eth.c of Linux 6.1.192. Modelled: pkt_type, the protocol with 802.3 lengths. Left out: DSA,
// devices that are down.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct eth_type_trans : args::eth_type_trans {
    using Self = eth_type_trans;

    Next pull(K& k) {
        SkBuff& s = k.write(skb);
        s.dev = dev;
        s.mac_header = static_cast<std::uint16_t>(s.data);
        net::pull(s, std::min(ETH_HLEN, s.len));
        return next<&Self::type>();
    }
    Next type(K& k) {
        SkBuff& s = k.write(skb);
        const std::uint8_t* eth = net::at(k, skb, s.mac_header, ETH_HLEN);
        if ((eth[0] & 1U) != 0) {
            s.pkt_type = MacAddr::load(eth).isBroadcast() ? PacketType::PACKET_BROADCAST : PacketType::PACKET_MULTICAST;
        } else if (std::memcmp(eth, std::as_const(k.machine).device(s.dev).dev_addr.bytes.data(), ETH_ALEN) != 0) {
            s.pkt_type = PacketType::PACKET_OTHERHOST;
        }
        const std::uint16_t proto = loadBe16(eth + 12);
        if (proto >= ETH_P_802_3_MIN) return ret(proto);
        // below 1536 the field is a length; raw IPX is told by its two 0xff bytes
        const bool raw = s.len >= 2 && loadBe16(net::at(k, skb, s.data, 2)) == 0xffff;
        return ret(raw ? ETH_P_802_3 : ETH_P_802_2);
    }
    using stages = Stages<Stage<"__skb_pull: step over the Ethernet header", &Self::pull, cost::field>,
                          Stage<"for whom is it, and which protocol?", &Self::type, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(eth_type_trans, "net/ethernet/eth.c", "Takes the Ethernet header off and tells protocol and addressee."),
};

}  // namespace

std::span<const FunctionInfo> ethFunctions() { return kFunctions; }

}  // namespace ringside
