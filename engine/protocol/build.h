// Real frames made from a few values, with right checksums (or one wrong on purpose): for scenarios and tests.
// Frames have no FCS; what the wire adds is the wire's business.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/protocol/addresses.h"
#include "engine/protocol/byte_order.h"
#include "engine/protocol/headers.h"

namespace ringside {

/// What is made wrong on purpose.
enum class Corrupt : std::uint8_t { nothing, ipChecksum, transportChecksum };

/// Whether a short frame is filled with zeros to ETH_ZLEN, as a sending NIC does.
enum class Padding : std::uint8_t { none, toMinimum };

/// Ethernet and IP around a transport payload. `src` and `dst` are of one family.
struct FrameSpec {
    MacAddr srcMac;
    MacAddr dstMac;
    std::vector<std::uint16_t> vlan;  ///< TCIs, outermost first, each after ETH_P_8021Q
    IpAddr src;
    IpAddr dst;
    std::uint8_t tos = 0;
    std::uint8_t ttl = 64;
    std::uint16_t id = 0;           ///< IPv4 only
    std::uint16_t fragOff = IP_DF;  ///< IPv4 only
    Corrupt corrupt = Corrupt::nothing;
    Padding padding = Padding::none;
};

/// A UDP datagram.
struct UdpSpec {
    std::uint16_t source = 0;
    std::uint16_t dest = 0;
    ByteVector payload;
    bool noChecksum = false;  ///< check is sent as 0 (IPv4 allows it)
};

/// A TCP segment.
struct TcpSpec {
    std::uint16_t source = 0;
    std::uint16_t dest = 0;
    std::uint32_t seq = 0;
    std::uint32_t ackSeq = 0;
    std::uint8_t flags = 0;
    std::uint16_t window = 64240;
    ByteVector options;  ///< filled with zeros to a multiple of 4, at most 40 bytes
    ByteVector payload;
};

/// An ICMP or ICMPv6 echo, chosen by the family of the frame's addresses.
struct EchoSpec {
    enum class Kind : std::uint8_t { request, reply };
    Kind kind = Kind::request;
    std::uint16_t id = 0;
    std::uint16_t sequence = 0;
    ByteVector payload;
};

/// An ARP packet for Ethernet and IPv4.
struct ArpSpec {
    MacAddr srcMac;  ///< of the Ethernet header
    MacAddr dstMac = MacAddr::broadcast();
    std::uint16_t op = ARPOP_REQUEST;
    arp_addresses addresses;
    Padding padding = Padding::none;
};

ByteVector udpFrame(const FrameSpec& frame, const UdpSpec& udp);
ByteVector tcpFrame(const FrameSpec& frame, const TcpSpec& tcp);
ByteVector echoFrame(const FrameSpec& frame, const EchoSpec& echo);
ByteVector arpFrame(const ArpSpec& arp);

/// A frame with any IP protocol and payload; no transport checksum is computed.
ByteVector ipFrame(const FrameSpec& frame, std::uint8_t protocol, ByteView payload);

/// An Ethernet header (dst, src, VLAN tags of `frame`) before any payload.
ByteVector ethernetFrame(const FrameSpec& frame, std::uint16_t etherType, ByteView payload);

/// The same IPv4 frame in fragments whose IP packets have at most `mtu` bytes; DF is not heeded. An unfragmented copy
/// where it fits, is not IPv4, or mtu leaves no room for data.
std::vector<ByteVector> ipv4Fragments(ByteView frame, std::uint32_t mtu);

/// Writes the right value into the check field of the IPv4 header at `offset`.
void setIpChecksum(MutableByteView bytes, std::size_t offset);

/// The checksum of a transport segment (its own check field taken as it stands; zero it first), as its header carries
/// it: a UDP result of 0 is sent as CSUM_MANGLED_0.
std::uint16_t transportChecksum(const IpAddr& src, const IpAddr& dst, std::uint8_t protocol, ByteView segment);

}  // namespace ringside
