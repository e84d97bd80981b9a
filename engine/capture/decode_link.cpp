// The link layers of a capture: Ethernet with tags and LLC, Linux cooked, raw IP, the null header.
#include "engine/capture/decode_walker.h"

#include <pcap/pcap.h>

#include "engine/protocol/constants.h"

namespace ringside {
namespace {

constexpr std::uint32_t kMax8023Length = 1500;
constexpr std::uint32_t kCardAdds = ETH_HLEN + VLAN_HLEN;           // what a card takes beyond the MTU, without FCS
constexpr std::uint32_t kOrdinaryFrame = ETH_DATA_LEN + kCardAdds;  // the most with an MTU of 1500
constexpr std::uint16_t kAfInet = 2;
constexpr std::uint8_t kSapSnap = 0xaa;
constexpr std::uint8_t kSapIp = 0x06;
constexpr std::uint8_t kLlcUi = 0x03;

}  // namespace

void DecodeWalker::link(int linktype) {
    switch (linktype) {
        case DLT_EN10MB:
            ethernet();
            break;
        case DLT_LINUX_SLL:
            sll();
            break;
        case DLT_LINUX_SLL2:
            sll2();
            break;
        case DLT_RAW:
            raw();
            break;
        case DLT_IPV4:
            network(ETH_P_IP, 0);
            break;
        case DLT_IPV6:
            network(ETH_P_IPV6, 0);
            break;
        case DLT_NULL:
        case DLT_LOOP:
            null(linktype == DLT_LOOP);
            break;
        default:
            note(NoteKind::linktypeNotWalked, static_cast<std::uint32_t>(linktype));
    }
}

void DecodeWalker::length() {
    const std::size_t link = m_out.eth ? ETH_HLEN : m_out.sll ? m_out.sll->headerLength() : m_out.nullFamily ? 4 : 0;
    const std::size_t frame = m_frame - std::min(m_frame, link) + ETH_HLEN;
    if (frame <= kOrdinaryFrame) return;
    // A second tag makes a full frame of any link too long for the card.
    const bool full = frame <= ETH_FRAME_LEN + m_out.vlan.size() * VLAN_HLEN;
    note(m_out.tcp && !full ? NoteKind::joined : NoteKind::oversize, frame, frame - kCardAdds);
}

void DecodeWalker::ethernet() {
    if (!has(0, ETH_HLEN)) return;
    const ethhdr h = ethhdr::load(at(0));
    DecodedEthernet& eth = m_out.eth.emplace();
    eth.dst = h.h_dest;
    eth.src = h.h_source;
    const bool isLength = h.h_proto <= kMax8023Length && h.h_proto != 0;
    if (isLength) {
        eth.len = h.h_proto;
    } else if (h.h_proto >= ETH_P_802_3_MIN || h.h_proto == 0) {
        eth.type = h.h_proto;
    }
    typed(h.h_proto, ETH_HLEN);
}

void DecodeWalker::typed(std::uint16_t type, std::size_t offset) {
    while (headerKindOfEtherType(type) == HeaderKind::vlan) {
        if (type == ETH_P_QINQ1) note(NoteKind::vlanTypeUnknown, type);
        const HeaderAt tag = headerAt(HeaderKind::vlan, kept(), offset);
        if (!whole(tag)) return;
        m_out.vlan.push_back(vlan_hdr::load(at(offset)).id());
        type = tag.nextNumber;
        offset = tag.end();
    }
    if (type <= kMax8023Length && type != 0) {
        if (m_wireEnd > offset + type) {  // what is longer than the length says is padding
            m_wireEnd = offset + type;
            m_end = std::min(m_end, m_wireEnd);
        }
        llc(offset);
    } else {
        network(type, offset);
    }
}

void DecodeWalker::llc(std::size_t offset) {
    m_out.protocol = ETH_P_802_2;
    m_out.networkOffset = static_cast<std::uint32_t>(offset);
    if (m_end < offset + 3) return;
    const std::uint8_t* p = at(offset);
    if (p[2] != kLlcUi) return;
    if (p[0] == kSapIp) {
        note(NoteKind::llc);
        network(ETH_P_IP, offset + 3);
    } else if (p[0] == kSapSnap && m_end >= offset + 8) {
        const bool encapsulatedEthernet = p[3] == 0 && p[4] == 0 && (p[5] == 0 || p[5] == 0xf8);
        if (!encapsulatedEthernet) return;
        note(NoteKind::llc);
        const std::uint16_t type = loadBe16(p + 6);
        if (type >= ETH_P_802_3_MIN) typed(type, offset + 8);
    }
}

void DecodeWalker::sll() {
    constexpr std::size_t kSize = 16;
    if (!has(0, kSize)) return;
    DecodedSll& h = m_out.sll.emplace();
    h.pkttype = static_cast<std::uint8_t>(loadBe16(at(0)));
    h.hatype = loadBe16(at(2));
    if (loadBe16(at(4)) == ETH_ALEN) h.src = MacAddr::load(at(6));
    h.etype = loadBe16(at(14));
    cooked(h.etype, kSize);
}

void DecodeWalker::sll2() {
    constexpr std::size_t kSize = 20;
    if (!has(0, kSize)) return;
    DecodedSll& h = m_out.sll.emplace();
    h.version = 2;
    h.etype = loadBe16(at(0));
    h.ifindex = loadBe32(at(4));
    h.hatype = loadBe16(at(8));
    h.pkttype = *at(10);
    if (*at(11) == ETH_ALEN) h.src = MacAddr::load(at(12));
    cooked(h.etype, kSize);
}

void DecodeWalker::cooked(std::uint16_t etype, std::size_t offset) {
    if (m_out.sll->loopback()) note(NoteKind::loopback);
    if (etype == ETH_P_802_2) {
        llc(offset);
    } else if (etype >= ETH_P_802_3_MIN) {
        typed(etype, offset);
    } else {
        note(NoteKind::etherTypeNotWalked, etype);
    }
}

void DecodeWalker::raw() {
    if (!has(0, 1)) return;
    network((*at(0) >> 4) == 6 ? ETH_P_IPV6 : ETH_P_IP, 0);
}

void DecodeWalker::null(bool networkOrder) {
    if (!has(0, 4)) return;
    const std::uint32_t big = loadBe32(at(0));
    const std::uint32_t little =
        std::uint32_t{*at(3)} << 24 | std::uint32_t{*at(2)} << 16 | std::uint32_t{*at(1)} << 8 | *at(0);
    const std::uint32_t family = networkOrder || (big & 0xffff0000U) == 0 ? big : little;
    m_out.nullFamily = family;
    if (family == kAfInet) {
        network(ETH_P_IP, 4);
    } else if (family == 10 || family == 23 || family == 24 || family == 28 || family == 30) {
        network(ETH_P_IPV6, 4);
    } else if (family >= ETH_P_802_3_MIN && family <= 0xffff) {
        typed(static_cast<std::uint16_t>(family), 4);
    } else {
        note(NoteKind::etherTypeNotWalked, family);
    }
}

void DecodeWalker::network(std::uint16_t type, std::size_t offset) {
    m_out.protocol = type;
    m_out.networkOffset = static_cast<std::uint32_t>(offset);
    switch (type) {
        case ETH_P_IP:
            ipv4(offset);
            break;
        case ETH_P_IPV6:
            ipv6(offset);
            break;
        case ETH_P_ARP:
            arp(offset);
            break;
        case ETH_P_RARP:  // the same layout; Linux has had no handler for it since 3.7
            arp(offset);
            note(NoteKind::etherTypeNotWalked, type);
            break;
        default:
            note(NoteKind::etherTypeNotWalked, type);
    }
}

}  // namespace ringside
