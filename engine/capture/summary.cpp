#include "engine/capture/summary.h"

#include "engine/protocol/constants.h"

namespace ringside {
namespace {

std::string withPort(const IpAddr& address, std::uint16_t port) {
    const std::string text = address.toString();
    return (address.version == 6 ? "[" + text + "]" : text) + ":" + std::to_string(port);
}

std::string hex(std::uint16_t n) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "0x";
    for (int shift = 12; shift >= 0; shift -= 4) text += digits[(n >> shift) & 15];
    return text;
}

}  // namespace

std::string packetSummary(const DecodedPacket& p) {
    if (p.arp) {
        if (!p.arp->addresses) return "ARP op " + std::to_string(p.arp->op);
        const arp_addresses& a = *p.arp->addresses;
        if (p.arp->op == ARPOP_REQUEST) return "ARP who-has " + a.ar_tip.toString() + " tell " + a.ar_sip.toString();
        return "ARP " + a.ar_sip.toString() + " is-at " + a.ar_sha.toString();
    }
    if (!p.ip) {
        if (p.protocol) return "ethertype " + hex(p.protocol);
        return p.eth && p.eth->len ? "802.3" : linktypeName(p.linktype);
    }
    const std::string way = " " + p.ip->src.toString() + " -> " + p.ip->dst.toString();
    if (p.udp) return "UDP " + withPort(p.ip->src, p.udp->sport) + " -> " + withPort(p.ip->dst, p.udp->dport);
    if (p.tcp) return "TCP " + withPort(p.ip->src, p.tcp->sport) + " -> " + withPort(p.ip->dst, p.tcp->dport);
    if (p.icmp) return "ICMP" + way + " type " + std::to_string(p.icmp->type);
    if (p.icmpv6) return "ICMPv6" + way + " type " + std::to_string(p.icmpv6->type);
    return "IP" + way + " " + std::string(ipProtocolName(p.ip->transport)) + (p.ip->isFragment() ? ", fragment" : "");
}

}  // namespace ringside
