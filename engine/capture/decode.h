// One captured packet as fields: what stands in its outermost headers, whether its checksums are right, and what has to
// be said beside it. Nothing here belongs to a model or a window; the words are those of the kernel and the fields
// those of `ringside packets` (hdr_len, frag_offset_8 and so on).
//
// Only the outermost IP header is walked, as Linux walks it before any tunnel device: what GRE, IP-in-IP, MPLS, PPPoE
// or ESP carry stays payload and is noted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/protocol/addresses.h"
#include "engine/protocol/byte_order.h"
#include "engine/protocol/headers.h"

namespace ringside {

/// A packet as the file has it. `data` belongs to whoever gave the view.
struct PacketView {
    std::uint64_t number = 0;  ///< from 1
    std::int64_t tsNs = 0;     ///< since 1970; negative where the file's seconds are
    std::uint32_t caplen = 0;  ///< bytes kept
    std::uint32_t len = 0;     ///< bytes the packet had
    int linktype = 1;          ///< DLT_* of libpcap
    std::int64_t backNs = 0;   ///< by how much the time lies before the latest one of the packets before it
    ByteView data;             ///< caplen bytes
};

/// What became of checking a checksum.
enum class ChecksumStatus : std::uint8_t {
    absent,  ///< there is no such layer
    good,
    bad,
    unverified,  ///< not all of the covered bytes are there: a fragment or a cut packet
    none,        ///< the sender computed none (UDP over IPv4)
    illegal,     ///< 0 where that is not allowed (UDP over IPv6)
};

/// "good", "bad", "unverified", "none", "illegal"; "" for absent.
std::string_view checksumStatusWord(ChecksumStatus status);

struct DecodedEthernet {
    MacAddr dst;
    MacAddr src;
    std::optional<std::uint16_t> type;  ///< the EtherType of the Ethernet header itself (0x8100 where a tag follows)
    std::optional<std::uint16_t> len;   ///< instead of it, the length of an 802.3 frame
};

/// Linux cooked, version 1 or 2.
struct DecodedSll {
    std::uint8_t version = 1;
    std::uint16_t etype = 0;
    std::uint16_t hatype = 0;  ///< ARPHRD_*
    std::uint8_t pkttype = 0;  ///< PACKET_HOST 0, BROADCAST 1, MULTICAST 2, OTHERHOST 3, OUTGOING 4
    std::optional<MacAddr> src;
    std::optional<std::uint32_t> ifindex;  ///< version 2 only

    std::size_t headerLength() const { return version == 1 ? 16 : 20; }
    bool loopback() const;  ///< whether the packet came over the loopback device
    bool sent() const;      ///< whether this host sent it
    bool toUs() const;      ///< whether the frame was addressed to this host; a router forwards such packets
};

struct DecodedIpFragment {  ///< the IPv6 fragment header
    std::uint16_t offset8 = 0;
    bool mf = false;
    std::uint32_t id = 0;
    std::uint8_t nxt = 0;
};

struct DecodedIp {
    std::uint8_t version = 0;
    IpAddr src;
    IpAddr dst;  ///< as the header has it
    std::uint8_t ttl = 0;
    std::uint8_t proto = 0;         ///< IPv4: protocol; IPv6: nexthdr of the fixed header
    std::uint8_t transport = 0;     ///< the protocol after extension headers
    std::uint32_t len = 0;          ///< IPv4: tot_len, or the length of the frame where that is 0; IPv6: payload_len
    std::uint8_t dsfield = 0;       ///< tos or traffic class
    std::uint8_t hdrLen = 0;        ///< IPv4, bytes
    std::uint16_t id = 0;           ///< IPv4
    bool df = false;                ///< IPv4
    bool mf = false;                ///< IPv4
    std::uint16_t fragOffset8 = 0;  ///< IPv4, units of 8 bytes
    std::uint16_t checksum = 0;     ///< IPv4
    ChecksumStatus checksumStatus = ChecksumStatus::absent;  ///< IPv4
    std::uint32_t flow = 0;                                  ///< IPv6
    std::vector<std::uint8_t> ext;                           ///< IPv6: the extension headers in order, by IPPROTO_*
    std::optional<DecodedIpFragment> frag;                   ///< IPv6
    std::uint32_t offset = 0;                                ///< of this header in the packet

    /// Whether this is a piece of a datagram, in either version.
    bool isFragment() const { return mf || fragOffset8 != 0 || (frag && (frag->mf || frag->offset8 != 0)); }
};

struct DecodedArp {
    std::uint16_t op = 0;
    std::uint8_t hln = 0;                    ///< length of a hardware address
    std::uint8_t pln = 0;                    ///< length of a protocol address
    std::optional<arp_addresses> addresses;  ///< only where they are Ethernet's and IPv4's
};

struct DecodedUdp {
    std::uint16_t sport = 0;
    std::uint16_t dport = 0;
    std::uint16_t length = 0;
    std::uint16_t checksum = 0;
    ChecksumStatus checksumStatus = ChecksumStatus::absent;
};

struct DecodedTcp {
    std::uint16_t sport = 0;
    std::uint16_t dport = 0;
    std::uint16_t flags = 0;  ///< twelve bits, the reserved ones included
    std::uint32_t seq = 0;
    std::uint32_t ack = 0;
    std::uint8_t hdrLen = 0;  ///< bytes
    std::uint32_t payloadLen = 0;
    std::uint16_t window = 0;
    std::uint16_t urg = 0;
    std::uint16_t checksum = 0;
    ChecksumStatus checksumStatus = ChecksumStatus::absent;
};

/// ICMP or ICMPv6.
struct DecodedIcmp {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint16_t checksum = 0;
    ChecksumStatus checksumStatus = ChecksumStatus::absent;
};

/// What has to be said beside a packet.
enum class NoteKind : std::uint8_t {
    linktypeNotWalked,   ///< a: DLT_*
    cut,                 ///< a: bytes kept, b: bytes the packet had
    headerCut,           ///< the bytes end inside a header
    keptMoreThanLength,  ///< a: bytes kept, b: length said
    checksumOffload,     ///< the field holds the pseudo header's sum: the rest was left to the NIC
    checksumBad,         ///< wrong, and not so
    oversize,            ///< a: bytes of the frame, more than a card takes with an MTU of 1500; b: the MTU it takes
    joined,              ///< a, b as oversize; TCP, so most likely no frame but what GRO joined or TSO had yet to split
    ipLengthZero,        ///< IP length 0: TSO or BIG TCP
    ipLengthBad,         ///< a: length said, b: header's length or bytes there
    ipVersionBad,        ///< a: the version found
    ipHeaderLengthBad,   ///< a: bytes
    fragment,            ///< a: offset in bytes, b: 1 where more follow
    payloadNotWalked,    ///< a: IPPROTO_* of a tunnel or of encrypted data
    etherTypeNotWalked,  ///< a: EtherType
    llc,                 ///< IP behind LLC/SNAP, which Linux has no handler for
    vlanTypeUnknown,     ///< a: EtherType of a tag Linux does not take for one
    routingHeader,       ///< a: segments left
    ipOptions,           ///< a: bytes of IPv4 options
    arpAddresses,        ///< a, b: lengths of the addresses, which are not those of Ethernet and IPv4
    timeBack,            ///< a: seconds, b: nanoseconds by which the time lies before that of an earlier packet
    timeBeyond,          ///< the file's time is more than 64 bits of nanoseconds hold
    loopback,            ///< the cooked header names the loopback device
    notEnough,           ///< cut inside what decides about it
    // The last four are added where a packet is put on the simulated wire.
    ethernetMade,     ///< the link layer of the capture was replaced by an Ethernet header
    zerosFilled,      ///< a: bytes that were not kept and are zeros now
    checksumFilled,   ///< the transport checksum was computed, as the sender's NIC would have done
    checksumLeftOut,  ///< the UDP checksum of a datagram in pieces was made 0: not all bytes were kept
};

struct PacketNote {
    NoteKind kind = NoteKind::cut;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    friend bool operator==(const PacketNote&, const PacketNote&) = default;
};

/// The note's English text with %1 and %2 for a and b (named where they have names): what a view translates.
std::string_view noteTemplate(NoteKind kind);

/// A note's a or b as text for %1 and %2 ("GRE", "98").
std::string noteArgument(const PacketNote& note, int which);

/// The whole note in English.
std::string noteText(const PacketNote& note);

/// One packet, its outermost headers. A layer that is absent, or cut inside its header, has no value.
struct DecodedPacket {
    int linktype = 1;
    std::optional<DecodedEthernet> eth;
    std::optional<DecodedSll> sll;
    std::optional<std::uint32_t> nullFamily;  ///< null/loop: the address family
    std::vector<std::uint16_t> vlan;          ///< ids, outermost first
    std::uint16_t protocol = 0;               ///< EtherType of what the link layer carries; 0 where unknown
    std::uint32_t networkOffset = 0;          ///< where that begins
    std::optional<DecodedIp> ip;
    std::optional<DecodedArp> arp;
    std::optional<DecodedUdp> udp;
    std::optional<DecodedTcp> tcp;
    std::optional<DecodedIcmp> icmp;
    std::optional<DecodedIcmp> icmpv6;
    std::uint32_t transportOffset = 0;  ///< of udp, tcp, icmp or icmpv6
    std::uint32_t transportLength = 0;  ///< bytes of segment in the packet by its lengths, as far as it was on the wire
    std::vector<PacketNote> notes;
};

/// Whether checksums are computed. Not at all is for counting addresses; `offload` is for the replay, which has to know
/// only those that were left to a NIC: it adds up a packet's bytes only where the field holds the pseudo header's sum.
enum class ChecksumCheck : std::uint8_t { verify, offload, skip };

/// Decodes one packet. Never fails: what cannot be read is absent and noted.
DecodedPacket decodePacket(const PacketView& packet, ChecksumCheck check = ChecksumCheck::verify);

/// Whether one of the packet's notes is of this kind.
bool hasNote(const DecodedPacket& packet, NoteKind kind);

/// Whether packets of this DLT_* are walked.
bool linktypeWalked(int linktype);

/// libpcap's name of a DLT_* ("EN10MB"), or its number.
std::string linktypeName(int linktype);

}  // namespace ringside
