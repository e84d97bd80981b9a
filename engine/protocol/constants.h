// Numbers of the protocols by their kernel names (include/uapi/linux/if_ether.h, in.h, in6.h, if_arp.h, icmp.h,
// icmpv6.h, net/ip.h). Only what the model reads or names.
#pragma once

#include <cstdint>
#include <string>

namespace ringside {

inline constexpr std::uint32_t ETH_ALEN = 6;
inline constexpr std::uint32_t ETH_HLEN = 14;
inline constexpr std::uint32_t ETH_ZLEN = 60;  ///< the shortest frame without the FCS
inline constexpr std::uint32_t ETH_FCS_LEN = 4;
inline constexpr std::uint32_t ETH_DATA_LEN = 1500;
inline constexpr std::uint32_t ETH_FRAME_LEN = 1514;
inline constexpr std::uint32_t VLAN_HLEN = 4;

inline constexpr std::uint16_t ETH_P_802_3_MIN = 0x0600;  ///< from here on a type, below a length
inline constexpr std::uint16_t ETH_P_802_3 = 0x0001;
inline constexpr std::uint16_t ETH_P_802_2 = 0x0004;
inline constexpr std::uint16_t ETH_P_LOOP = 0x0060;
inline constexpr std::uint16_t ETH_P_ALL = 0x0003;
inline constexpr std::uint16_t ETH_P_IP = 0x0800;
inline constexpr std::uint16_t ETH_P_ARP = 0x0806;
inline constexpr std::uint16_t ETH_P_TEB = 0x6558;
inline constexpr std::uint16_t ETH_P_RARP = 0x8035;
inline constexpr std::uint16_t ETH_P_8021Q = 0x8100;
inline constexpr std::uint16_t ETH_P_IPV6 = 0x86dd;
inline constexpr std::uint16_t ETH_P_MPLS_UC = 0x8847;
inline constexpr std::uint16_t ETH_P_PPP_DISC = 0x8863;
inline constexpr std::uint16_t ETH_P_PPP_SES = 0x8864;
inline constexpr std::uint16_t ETH_P_PAE = 0x888e;
inline constexpr std::uint16_t ETH_P_8021AD = 0x88a8;
inline constexpr std::uint16_t ETH_P_LLDP = 0x88cc;
inline constexpr std::uint16_t ETH_P_QINQ1 = 0x9100;

inline constexpr std::uint8_t IPPROTO_HOPOPTS = 0;
inline constexpr std::uint8_t IPPROTO_ICMP = 1;
inline constexpr std::uint8_t IPPROTO_IGMP = 2;
inline constexpr std::uint8_t IPPROTO_IPIP = 4;
inline constexpr std::uint8_t IPPROTO_TCP = 6;
inline constexpr std::uint8_t IPPROTO_UDP = 17;
inline constexpr std::uint8_t IPPROTO_IPV6 = 41;
inline constexpr std::uint8_t IPPROTO_ROUTING = 43;
inline constexpr std::uint8_t IPPROTO_FRAGMENT = 44;
inline constexpr std::uint8_t IPPROTO_GRE = 47;
inline constexpr std::uint8_t IPPROTO_ESP = 50;
inline constexpr std::uint8_t IPPROTO_AH = 51;
inline constexpr std::uint8_t IPPROTO_ICMPV6 = 58;
inline constexpr std::uint8_t IPPROTO_NONE = 59;
inline constexpr std::uint8_t IPPROTO_DSTOPTS = 60;
inline constexpr std::uint8_t IPPROTO_PIM = 103;
inline constexpr std::uint8_t IPPROTO_SCTP = 132;
inline constexpr std::uint8_t IPPROTO_MH = 135;
inline constexpr std::uint8_t IPPROTO_UDPLITE = 136;

inline constexpr std::uint16_t IP_CE = 0x8000;
inline constexpr std::uint16_t IP_DF = 0x4000;
inline constexpr std::uint16_t IP_MF = 0x2000;
inline constexpr std::uint16_t IP_OFFSET = 0x1fff;  ///< in units of 8 bytes
inline constexpr std::uint16_t IP6_MF = 0x0001;
inline constexpr std::uint16_t IP6_OFFSET = 0xfff8;  ///< in bytes

inline constexpr std::uint16_t ARPHRD_ETHER = 1;
inline constexpr std::uint16_t ARPHRD_IEEE802 = 6;
inline constexpr std::uint16_t ARPHRD_LOOPBACK = 772;
inline constexpr std::uint16_t ARPOP_REQUEST = 1;
inline constexpr std::uint16_t ARPOP_REPLY = 2;

inline constexpr std::uint8_t ICMP_ECHOREPLY = 0;
inline constexpr std::uint8_t ICMP_DEST_UNREACH = 3;
inline constexpr std::uint8_t ICMP_SOURCE_QUENCH = 4;
inline constexpr std::uint8_t ICMP_REDIRECT = 5;
inline constexpr std::uint8_t ICMP_ECHO = 8;
inline constexpr std::uint8_t ICMP_TIME_EXCEEDED = 11;
inline constexpr std::uint8_t ICMP_EXC_FRAGTIME = 1;  ///< a code of ICMP_TIME_EXCEEDED
inline constexpr std::uint8_t ICMP_PARAMETERPROB = 12;
inline constexpr std::uint8_t ICMP_TIMESTAMP = 13;
inline constexpr std::uint8_t ICMP_ADDRESS = 17;
inline constexpr std::uint8_t ICMP_ADDRESSREPLY = 18;
inline constexpr std::uint8_t ICMP_EXT_ECHO = 42;
inline constexpr std::uint8_t ICMP_EXT_ECHOREPLY = 43;
inline constexpr std::uint8_t ICMP_NET_UNREACH = 0, ICMP_HOST_UNREACH = 1;  ///< codes of ICMP_DEST_UNREACH
inline constexpr std::uint8_t ICMP_PORT_UNREACH = 3;                        ///< a code of ICMP_DEST_UNREACH
inline constexpr std::uint8_t ICMPV6_DEST_UNREACH = 1;
inline constexpr std::uint8_t ICMPV6_PORT_UNREACH = 4;  ///< a code of ICMPV6_DEST_UNREACH
inline constexpr std::uint8_t ICMPV6_PKT_TOOBIG = 2;
inline constexpr std::uint8_t ICMPV6_TIME_EXCEED = 3;
inline constexpr std::uint8_t ICMPV6_EXC_FRAGTIME = 1;  ///< a code of ICMPV6_TIME_EXCEED
inline constexpr std::uint8_t ICMPV6_PARAMPROB = 4;
inline constexpr std::uint8_t ICMPV6_HDR_FIELD = 0;  ///< codes of ICMPV6_PARAMPROB
inline constexpr std::uint8_t ICMPV6_UNK_NEXTHDR = 1;
inline constexpr std::uint8_t ICMPV6_UNK_OPTION = 2;
inline constexpr std::uint8_t ICMPV6_HDR_INCOMP = 3;
inline constexpr std::uint8_t ICMPV6_ECHO_REQUEST = 128;
inline constexpr std::uint8_t ICMPV6_ECHO_REPLY = 129;
inline constexpr std::uint8_t ICMPV6_MGM_QUERY = 130;
inline constexpr std::uint8_t ICMPV6_MGM_REPORT = 131;
inline constexpr std::uint8_t ICMPV6_EXT_ECHO_REPLY = 161;
inline constexpr std::uint8_t NDISC_ROUTER_SOLICITATION = 133;
inline constexpr std::uint8_t NDISC_ROUTER_ADVERTISEMENT = 134;
inline constexpr std::uint8_t NDISC_NEIGHBOUR_SOLICITATION = 135;
inline constexpr std::uint8_t NDISC_NEIGHBOUR_ADVERTISEMENT = 136;
inline constexpr std::uint8_t NDISC_REDIRECT = 137;

inline constexpr std::uint8_t TCPHDR_FIN = 0x01;
inline constexpr std::uint8_t TCPHDR_SYN = 0x02;
inline constexpr std::uint8_t TCPHDR_RST = 0x04;
inline constexpr std::uint8_t TCPHDR_PSH = 0x08;
inline constexpr std::uint8_t TCPHDR_ACK = 0x10;
inline constexpr std::uint8_t TCPHDR_URG = 0x20;
inline constexpr std::uint8_t TCPHDR_ECE = 0x40;
inline constexpr std::uint8_t TCPHDR_CWR = 0x80;

inline constexpr std::uint16_t CSUM_MANGLED_0 = 0xffff;  ///< a UDP checksum of 0 is sent as this

/// The kernel's name of an EtherType ("ETH_P_IP"), or its number in hexadecimal.
std::string etherTypeName(std::uint16_t type);

/// The kernel's name of an IP protocol ("IPPROTO_UDP"), or its number.
std::string ipProtocolName(std::uint8_t proto);

}  // namespace ringside
