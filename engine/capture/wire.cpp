#include "engine/capture/wire.h"

#include <algorithm>

#include "engine/capture/census.h"
#include "engine/protocol/build.h"
#include "engine/protocol/checksum.h"
#include "engine/protocol/constants.h"
#include "engine/protocol/headers.h"

namespace ringside {
namespace {

// Zeros for cut bytes are made up to here; a length beyond it is a damaged header, not a frame.
constexpr std::uint32_t kLongestFrame = 256 * 1024;

// 01:00:5e and 23 bits of the group (RFC 1112), 33:33 and 32 bits of it (RFC 2464), or broadcast.
MacAddr groupMac(const IpAddr& dst) {
    if (dst.version == 4 && dst.isMulticast()) {
        return {{0x01, 0x00, 0x5e, static_cast<std::uint8_t>(dst.bytes[1] & 0x7fU), dst.bytes[2], dst.bytes[3]}};
    }
    if (dst.version == 6 && dst.isMulticast()) {
        return {{0x33, 0x33, dst.bytes[12], dst.bytes[13], dst.bytes[14], dst.bytes[15]}};
    }
    return MacAddr::broadcast();
}

ethhdr makeHeader(const DecodedPacket& d, const std::vector<IpAddr>& host, const WireAddresses& a) {
    ethhdr h;
    const MacAddr sender = d.sll && d.sll->src && *d.sll->src != MacAddr{} ? *d.sll->src : a.peer;
    const bool cookedGroup = d.sll && (d.sll->pkttype == 1 || d.sll->pkttype == 2);
    switch (directionOf(d, host)) {
        case PacketDirection::toHost:
            h.h_dest = cookedGroup ? MacAddr::broadcast() : a.ours;  // an ARP request to us is a broadcast
            h.h_source = sender;
            break;
        case PacketDirection::fromHost:
            h.h_dest = cookedGroup || (d.arp && d.arp->op == ARPOP_REQUEST) ? MacAddr::broadcast() : a.peer;
            h.h_source = a.ours;
            break;
        case PacketDirection::toGroup:
            h.h_dest = d.ip ? groupMac(d.ip->dst) : MacAddr::broadcast();
            h.h_source = sender;
            break;
        case PacketDirection::elsewhere:
        case PacketDirection::unknown:
            // A packet to another that was addressed to our card is one that we are to forward.
            h.h_dest = cookedGroup ? MacAddr::broadcast() : d.sll && d.sll->toUs() ? a.ours : a.other;
            h.h_source = sender;
            break;
    }
    return h;
}

// Where the bytes behind the link layer begin, and the type an Ethernet header before them has.
struct Behind {
    std::size_t offset = 0;
    std::uint16_t type = 0;
};

Behind behindLink(const DecodedPacket& d) {
    if (d.sll) return {d.sll->version == 1 ? std::size_t{16} : std::size_t{20}, d.sll->etype};
    if (d.nullFamily) return {4, d.protocol};
    return {0, d.protocol};
}

// Computes the transport checksum anew over the segment in `frame` at `offset`.
void fillChecksum(ByteVector& frame, const DecodedPacket& d, std::size_t offset, std::size_t length) {
    const DecodedIp& ip = *d.ip;
    std::size_t field = 2;
    std::uint8_t protocol = d.icmp ? IPPROTO_ICMP : IPPROTO_ICMPV6;
    if (d.udp) {
        field = 6;
        protocol = IPPROTO_UDP;
    } else if (d.tcp) {
        field = 16;
        protocol = IPPROTO_TCP;
    }
    std::uint8_t* const segment = frame.data() + offset;
    storeBe16(segment + field, 0);
    storeBe16(segment + field, transportChecksum(ip.src, ip.dst, protocol, ByteView(segment, length)));
}

// A datagram over IPv4 goes without its checksum where bytes of a piece are missing: no sum over all pieces is right.
bool leaveOutChecksum(ByteVector& frame, const DecodedPacket& d, std::size_t offset) {
    constexpr std::size_t kField = 6;
    if (!d.ip || !d.ip->isFragment() || !d.udp || d.ip->version != 4) return false;
    if (offset + udphdr::kSize > frame.size()) return false;
    storeBe16(frame.data() + offset + kField, 0);
    return true;
}

}  // namespace

OnWire onWire(const PacketView& packet, const DecodedPacket& decoded, const std::vector<IpAddr>& host,
              std::uint32_t mtu) {
    if (!linktypeWalked(packet.linktype)) return OnWire::notWalked;
    if (decoded.sll && decoded.sll->loopback()) return OnWire::loopback;
    if (decoded.sll && decoded.sll->sent()) return OnWire::sent;
    if (directionOf(decoded, host) == PacketDirection::fromHost) return OnWire::sent;
    if (hasNote(decoded, NoteKind::notEnough)) return OnWire::notEnough;
    if (hasNote(decoded, NoteKind::ipLengthZero) && (decoded.tcp || decoded.udp)) return OnWire::joined;
    for (const PacketNote& note : decoded.notes) {
        if (note.kind == NoteKind::joined && note.b > mtu) return OnWire::joined;
    }
    return OnWire::frame;
}

WireFrame wireFrame(const PacketView& packet, const DecodedPacket& decoded, const std::vector<IpAddr>& host,
                    const WireAddresses& addresses) {
    WireFrame out;
    if (!linktypeWalked(packet.linktype)) return out;
    std::size_t begin = 0;  // of what is copied
    if (!decoded.eth && (decoded.sll || decoded.protocol != 0)) {
        const Behind behind = behindLink(decoded);
        if (behind.offset > packet.data.size()) return out;
        begin = behind.offset;
        ethhdr header = makeHeader(decoded, host, addresses);
        header.h_proto = behind.type;
        out.bytes.resize(ethhdr::kSize);
        // An 802.2 frame has its length where others have a type.
        if (header.h_proto == ETH_P_802_2) header.h_proto = static_cast<std::uint16_t>(packet.len - begin);
        header.store(out.bytes.data());
        out.notes.push_back({NoteKind::ethernetMade, 0, 0});
    }
    const std::size_t shift = out.bytes.size();  // what was `begin` in the packet is here in the frame
    out.bytes.insert(out.bytes.end(), packet.data.begin() + static_cast<std::ptrdiff_t>(begin), packet.data.end());

    const bool cut = packet.caplen < packet.len && packet.len <= kLongestFrame;
    if (cut) {
        out.bytes.resize(out.bytes.size() + (packet.len - packet.caplen));
        out.notes.push_back({NoteKind::zerosFilled, packet.len - packet.caplen, 0});
    }
    if (cut && leaveOutChecksum(out.bytes, decoded, decoded.transportOffset - begin + shift))
        out.notes.push_back({NoteKind::checksumLeftOut, 0, 0});
    const bool segment = decoded.ip && !decoded.ip->isFragment() && decoded.transportLength > 0 &&
                         (decoded.udp || decoded.tcp || decoded.icmp || decoded.icmpv6);
    if (segment) {
        const bool lostBytes = cut && decoded.transportOffset + decoded.transportLength > packet.caplen;
        std::size_t length = decoded.transportLength;
        if (decoded.udp) length = std::min<std::size_t>(length, decoded.udp->length);
        const std::size_t offset = decoded.transportOffset - begin + shift;
        const std::size_t smallest = decoded.tcp ? tcphdr::kSize : udphdr::kSize;
        const bool computed = !decoded.udp || decoded.udp->checksum != 0;
        const bool wanted = (lostBytes && computed) || hasNote(decoded, NoteKind::checksumOffload);
        if (wanted && length >= smallest && offset + length <= out.bytes.size()) {
            fillChecksum(out.bytes, decoded, offset, length);
            out.notes.push_back({NoteKind::checksumFilled, 0, 0});
        }
    }
    if (out.bytes.size() < ETH_ZLEN) out.bytes.resize(ETH_ZLEN);
    return out;
}

}  // namespace ringside
