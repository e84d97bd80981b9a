#include "engine/protocol/constants.h"

#include <array>

namespace ringside {
namespace {

struct Name {
    std::uint16_t value;
    const char* name;
};

constexpr std::array kEtherTypes{
    Name{ETH_P_LOOP, "ETH_P_LOOP"},       Name{ETH_P_IP, "ETH_P_IP"},           Name{ETH_P_ARP, "ETH_P_ARP"},
    Name{ETH_P_TEB, "ETH_P_TEB"},         Name{ETH_P_RARP, "ETH_P_RARP"},       Name{ETH_P_8021Q, "ETH_P_8021Q"},
    Name{ETH_P_IPV6, "ETH_P_IPV6"},       Name{ETH_P_MPLS_UC, "ETH_P_MPLS_UC"}, Name{ETH_P_PPP_DISC, "ETH_P_PPP_DISC"},
    Name{ETH_P_PPP_SES, "ETH_P_PPP_SES"}, Name{ETH_P_PAE, "ETH_P_PAE"},         Name{ETH_P_8021AD, "ETH_P_8021AD"},
    Name{ETH_P_LLDP, "ETH_P_LLDP"},       Name{ETH_P_QINQ1, "ETH_P_QINQ1"},
};

constexpr std::array kProtocols{
    Name{IPPROTO_HOPOPTS, "IPPROTO_HOPOPTS"},
    Name{IPPROTO_ICMP, "IPPROTO_ICMP"},
    Name{IPPROTO_IGMP, "IPPROTO_IGMP"},
    Name{IPPROTO_IPIP, "IPPROTO_IPIP"},
    Name{IPPROTO_TCP, "IPPROTO_TCP"},
    Name{IPPROTO_UDP, "IPPROTO_UDP"},
    Name{IPPROTO_IPV6, "IPPROTO_IPV6"},
    Name{IPPROTO_ROUTING, "IPPROTO_ROUTING"},
    Name{IPPROTO_FRAGMENT, "IPPROTO_FRAGMENT"},
    Name{IPPROTO_GRE, "IPPROTO_GRE"},
    Name{IPPROTO_ESP, "IPPROTO_ESP"},
    Name{IPPROTO_AH, "IPPROTO_AH"},
    Name{IPPROTO_ICMPV6, "IPPROTO_ICMPV6"},
    Name{IPPROTO_NONE, "IPPROTO_NONE"},
    Name{IPPROTO_DSTOPTS, "IPPROTO_DSTOPTS"},
    Name{IPPROTO_SCTP, "IPPROTO_SCTP"},
    Name{IPPROTO_MH, "IPPROTO_MH"},
    Name{IPPROTO_UDPLITE, "IPPROTO_UDPLITE"},
};

}  // namespace

std::string etherTypeName(std::uint16_t type) {
    for (const Name& n : kEtherTypes) {
        if (n.value == type) return n.name;
    }
    constexpr char digits[] = "0123456789abcdef";
    std::string s = "0x";
    for (int shift = 12; shift >= 0; shift -= 4) s += digits[(type >> shift) & 0xf];
    return s;
}

std::string ipProtocolName(std::uint8_t proto) {
    for (const Name& n : kProtocols) {
        if (n.value == proto) return n.name;
    }
    return std::to_string(proto);
}

}  // namespace ringside
