// The way through the headers of a packet: where each begins, how long it is and what follows it. The one parser of
// layers 2 to 4 that decoding, the byte picture and the path scene share; VLAN tags and IPv6 extension headers are
// steps of it like any other. It reads bytes and keeps nothing; what a field means is layout.h's and the decoder's.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/protocol/byte_order.h"

namespace ringside {

/// The kinds of header that are walked.
enum class HeaderKind : std::uint8_t {
    none,
    ethernet,
    vlan,
    arp,
    ipv4,
    ipv6,
    ipv6Extension,
    ipv6Fragment,
    authentication,
    udp,
    tcp,
    icmp,
    icmpv6,
};

/// One header on the way.
struct HeaderAt {
    HeaderKind kind = HeaderKind::none;
    std::uint32_t offset = 0;      ///< from the start of the bytes given
    std::uint32_t length = 0;      ///< as the header says, options included; at least the fixed part
    bool cut = false;              ///< the bytes end before the header does; nothing is known of what follows
    bool laterFragment = false;    ///< a piece that does not begin its datagram: no header follows
    std::uint16_t nextNumber = 0;  ///< the EtherType, 802.3 length or IPPROTO_* that tells what follows

    std::uint32_t end() const { return offset + length; }
    /// The kind of header behind this one, where the packet's IP header is of kind `network`; none: payload, or what is
    /// not walked.
    HeaderKind following(HeaderKind network) const;
};

/// The header of this kind at `offset`, which may lie behind the bytes.
HeaderAt headerAt(HeaderKind kind, ByteView bytes, std::size_t offset);

/// The length of the part that every header of this kind has.
std::uint32_t fixedLength(HeaderKind kind);

/// The kind of header that an EtherType announces; none where it is not walked.
HeaderKind headerKindOfEtherType(std::uint16_t type);

/// The kind of header that an IP protocol number announces after a header of kind `network` (ipv4 or ipv6).
HeaderKind headerKindOfProtocol(std::uint8_t proto, HeaderKind network);

/// Whether the kind stands between the IPv6 header and the transport header.
bool isIpv6Extension(HeaderKind kind);

/// What a packet is by its headers: the questions asked of a frame most often.
struct FrameHeaders {
    std::uint16_t etherType = 0;              ///< behind the tags; below 0x0600 an 802.3 length
    HeaderKind network = HeaderKind::none;    ///< arp, ipv4, ipv6
    std::uint32_t networkOffset = 0;          ///< where what the link layer carries begins
    std::uint8_t protocol = 0;                ///< IPPROTO_* behind the extension headers; 0 without an IP header
    HeaderKind transport = HeaderKind::none;  ///< udp, tcp, icmp, icmpv6; none for a later fragment
    std::uint32_t transportOffset = 0;        ///< where what IP carries begins
    bool laterFragment = false;               ///< a piece that does not begin its datagram
    std::uint16_t sourcePort = 0;             ///< of UDP and TCP, 0 where it is not there
    std::uint16_t destinationPort = 0;
};

/// Walks a packet from a header of kind `first` at `offset` on. Never fails: what the bytes do not hold is 0 or none.
FrameHeaders frameHeaders(ByteView bytes, HeaderKind first = HeaderKind::ethernet, std::size_t offset = 0);

}  // namespace ringside
