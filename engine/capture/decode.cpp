#include "engine/capture/decode.h"

#include <pcap/pcap.h>

#include <algorithm>

#include "engine/capture/capture_source.h"
#include "engine/capture/decode_walker.h"
#include "engine/core/types.h"
#include "engine/protocol/constants.h"

namespace ringside {
namespace {

constexpr std::uint8_t kPacketHost = 0, kPacketOutgoing = 4;  // PACKET_HOST and others of if_packet.h
constexpr std::uint8_t kFirstReadToTheEnd = 130;              // ICMPv6: multicast listeners and neighbours

}  // namespace

void DecodeWalker::walk(int linktype) {
    link(linktype);
    length();
    if (cutWhereItMatters()) note(NoteKind::notEnough);
}

bool DecodeWalker::cutWhereItMatters() const {
    if (m_data.size() >= m_frame || m_end >= m_wireEnd) return false;
    if (hasNote(m_out, NoteKind::headerCut)) return true;
    if (m_out.ip && m_out.ip->isFragment()) return m_out.ip->version == 6 || m_out.ip->transport != IPPROTO_UDP;
    if (m_out.icmpv6) return m_out.icmpv6->type >= kFirstReadToTheEnd;
    return m_out.ip && m_out.ip->transport == IPPROTO_IGMP;
}

std::string_view checksumStatusWord(ChecksumStatus status) {
    static constexpr std::string_view words[] = {"", "good", "bad", "unverified", "none", "illegal"};
    return words[static_cast<std::size_t>(status)];
}

DecodedPacket decodePacket(const PacketView& packet, ChecksumCheck check) {
    DecodedPacket out;
    out.linktype = packet.linktype;
    if (packet.caplen < packet.len) out.notes.push_back({NoteKind::cut, packet.caplen, packet.len});
    if (packet.caplen > packet.len) out.notes.push_back({NoteKind::keptMoreThanLength, packet.caplen, packet.len});
    if (packet.backNs > 0) {
        const std::int64_t seconds = packet.backNs / kSecond;
        out.notes.push_back({NoteKind::timeBack,
                             static_cast<std::uint32_t>(std::min<std::int64_t>(seconds, 0xffffffff)),
                             static_cast<std::uint32_t>(packet.backNs % kSecond)});
    }
    if (packet.tsNs / kSecond >= kMostCaptureSeconds || packet.tsNs / kSecond <= -kMostCaptureSeconds)
        out.notes.push_back({NoteKind::timeBeyond, 0, 0});
    DecodeWalker(packet, check, out).walk(packet.linktype);
    return out;
}

bool hasNote(const DecodedPacket& packet, NoteKind kind) {
    return std::any_of(packet.notes.begin(), packet.notes.end(),
                       [kind](const PacketNote& n) { return n.kind == kind; });
}

// The loopback device is the first of every network namespace (LOOPBACK_IFINDEX).
bool DecodedSll::loopback() const { return hatype == ARPHRD_LOOPBACK || ifindex == 1U; }
bool DecodedSll::sent() const { return pkttype == kPacketOutgoing; }
bool DecodedSll::toUs() const { return pkttype == kPacketHost; }

bool linktypeWalked(int linktype) {
    switch (linktype) {
        case DLT_EN10MB:
        case DLT_LINUX_SLL:
        case DLT_LINUX_SLL2:
        case DLT_RAW:
        case DLT_IPV4:
        case DLT_IPV6:
        case DLT_NULL:
        case DLT_LOOP:
            return true;
        default:
            return false;
    }
}

std::string linktypeName(int linktype) {
    const char* name = pcap_datalink_val_to_name(linktype);
    return name != nullptr ? name : "DLT " + std::to_string(linktype);
}

}  // namespace ringside
