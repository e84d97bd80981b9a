#include "engine/capture/decode.h"

#include <pcap/pcap.h>

#include <algorithm>

#include "engine/capture/capture_source.h"
#include "engine/core/types.h"
#include "engine/protocol/checksum.h"
#include "engine/protocol/constants.h"
#include "engine/protocol/header_walk.h"
#include "engine/protocol/headers.h"

namespace ringside {
namespace {

constexpr std::uint32_t kMax8023Length = 1500;
constexpr std::uint32_t kCardAdds = ETH_HLEN + VLAN_HLEN;           // what a card takes beyond the MTU, without FCS
constexpr std::uint32_t kOrdinaryFrame = ETH_DATA_LEN + kCardAdds;  // the most with an MTU of 1500
constexpr std::uint8_t kPacketHost = 0, kPacketOutgoing = 4;        // PACKET_HOST and others of if_packet.h
constexpr std::uint16_t kAfInet = 2;
constexpr std::uint8_t kFirstReadToTheEnd = 130;  // ICMPv6: multicast listeners and neighbours
constexpr std::uint8_t kSapSnap = 0xaa;
constexpr std::uint8_t kSapIp = 0x06;
constexpr std::uint8_t kLlcUi = 0x03;

// Walks one packet. `m_end` is where the bytes end, `m_wireEnd` where the packet ended; both only shrink.
class Walker {
  public:
    Walker(const PacketView& packet, ChecksumCheck check, DecodedPacket& out)
        : m_out(out), m_data(packet.data), m_end(packet.data.size()), m_wireEnd(packet.len), m_check(check) {
        m_wireEnd = std::max(m_wireEnd, m_end);
        m_frame = m_wireEnd;
    }

    void walk(int linktype) {
        link(linktype);
        length();
        if (cutWhereItMatters()) note(NoteKind::notEnough);
    }

  private:
    void link(int linktype) {
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

    // Says of a frame that is longer than a card takes what it may have been. The link layer of other captures is
    // replaced by an Ethernet header.
    void length() {
        const std::size_t link = m_out.eth          ? ETH_HLEN
                                 : m_out.sll        ? m_out.sll->headerLength()
                                 : m_out.nullFamily ? 4
                                                    : 0;
        const std::size_t frame = m_frame - std::min(m_frame, link) + ETH_HLEN;
        if (frame <= kOrdinaryFrame) return;
        // A second tag makes a full frame of any link too long for the card.
        const bool full = frame <= ETH_FRAME_LEN + m_out.vlan.size() * VLAN_HLEN;
        note(m_out.tcp && !full ? NoteKind::joined : NoteKind::oversize, frame, frame - kCardAdds);
    }

    // Whether bytes that were not kept decide what becomes of the packet: a header, a message that is read to its end,
    // a piece of what has a checksum over all pieces. UDP over IPv4 is spared: it may go without a checksum.
    bool cutWhereItMatters() const {
        if (m_data.size() >= m_frame || m_end >= m_wireEnd) return false;
        if (hasNote(m_out, NoteKind::headerCut)) return true;
        if (m_out.ip && m_out.ip->isFragment()) return m_out.ip->version == 6 || m_out.ip->transport != IPPROTO_UDP;
        if (m_out.icmpv6) return m_out.icmpv6->type >= kFirstReadToTheEnd;
        return m_out.ip && m_out.ip->transport == IPPROTO_IGMP;
    }

    void note(NoteKind kind, std::size_t a = 0, std::size_t b = 0) {
        m_out.notes.push_back({kind, static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b)});
    }

    const std::uint8_t* at(std::size_t offset) const { return m_data.data() + offset; }

    // Whether `size` bytes were kept from `offset` on; notes a cut header where they were not.
    bool has(std::size_t offset, std::size_t size) {
        if (offset <= m_end && m_end - offset >= size) return true;
        note(NoteKind::headerCut);
        return false;
    }

    ByteView kept() const { return m_data.first(m_end); }

    // Whether the header is there to its end; notes a cut one.
    bool whole(const HeaderAt& header) {
        if (header.cut) note(NoteKind::headerCut);
        return !header.cut;
    }

    void ethernet() {
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

    // What follows a type field: tags, LLC behind a length, or the network layer.
    void typed(std::uint16_t type, std::size_t offset) {
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

    void llc(std::size_t offset) {
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

    void sll() {
        constexpr std::size_t kSize = 16;
        if (!has(0, kSize)) return;
        DecodedSll& h = m_out.sll.emplace();
        h.pkttype = static_cast<std::uint8_t>(loadBe16(at(0)));
        h.hatype = loadBe16(at(2));
        if (loadBe16(at(4)) == ETH_ALEN) h.src = MacAddr::load(at(6));
        h.etype = loadBe16(at(14));
        cooked(h.etype, kSize);
    }

    void sll2() {
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

    void cooked(std::uint16_t etype, std::size_t offset) {
        if (m_out.sll->loopback()) note(NoteKind::loopback);
        if (etype == ETH_P_802_2) {
            llc(offset);
        } else if (etype >= ETH_P_802_3_MIN) {
            typed(etype, offset);
        } else {
            note(NoteKind::etherTypeNotWalked, etype);
        }
    }

    void raw() {
        if (!has(0, 1)) return;
        network((*at(0) >> 4) == 6 ? ETH_P_IPV6 : ETH_P_IP, 0);
    }

    // The family is in the byte order of the host that wrote the file (DLT_LOOP: network order), and IPv6 has a number
    // for each system: 10 Linux, 23 Windows, 24 NetBSD and OpenBSD, 28 FreeBSD, 30 Darwin.
    void null(bool networkOrder) {
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

    void network(std::uint16_t type, std::size_t offset) {
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

    void arp(std::size_t offset) {
        if (!has(offset, arphdr::kSize)) return;
        const arphdr h = arphdr::load(at(offset));
        DecodedArp& a = m_out.arp.emplace();
        a.op = h.ar_op;
        a.hln = h.ar_hln;
        a.pln = h.ar_pln;
        if (h.ar_hln != ETH_ALEN || h.ar_pln != 4) {
            note(NoteKind::arpAddresses, h.ar_hln, h.ar_pln);
        } else if (has(offset + arphdr::kSize, arp_addresses::kSize)) {
            a.addresses = arp_addresses::load(at(offset + arphdr::kSize));
        }
    }

    void ipv4(std::size_t offset) {
        if (!has(offset, iphdr::kSize)) return;
        const iphdr h = iphdr::load(at(offset));
        DecodedIp& ip = m_out.ip.emplace();
        ip.offset = static_cast<std::uint32_t>(offset);
        ip.version = h.version;
        if (h.version != 4) {
            note(NoteKind::ipVersionBad, h.version);
            return;
        }
        ip.hdrLen = static_cast<std::uint8_t>(h.headerLength());
        ip.src = IpAddr::of(h.saddr);
        ip.dst = IpAddr::of(h.daddr);
        ip.ttl = h.ttl;
        ip.proto = ip.transport = h.protocol;
        ip.len = h.tot_len;
        ip.dsfield = h.tos;
        ip.id = h.id;
        ip.df = (h.frag_off & IP_DF) != 0;
        ip.mf = (h.frag_off & IP_MF) != 0;
        ip.fragOffset8 = h.frag_off & IP_OFFSET;
        ip.checksum = h.check;
        ip.checksumStatus = ChecksumStatus::unverified;
        if (ip.hdrLen < iphdr::kSize) {
            note(NoteKind::ipHeaderLengthBad, ip.hdrLen);
            return;
        }
        if (ip.len == 0) {
            ip.len = static_cast<std::uint32_t>(m_wireEnd - offset);
            note(NoteKind::ipLengthZero);
        }
        if (!has(offset, ip.hdrLen)) return;
        if (m_check == ChecksumCheck::verify) {
            ip.checksumStatus =
                ipFastCsum(m_data.subspan(offset, ip.hdrLen)) == 0 ? ChecksumStatus::good : ChecksumStatus::bad;
        }
        if (ip.len < ip.hdrLen) {
            note(NoteKind::ipLengthBad, ip.len, ip.hdrLen);
            return;
        }
        limit(offset + ip.len, ip.len, offset);
        if (ip.hdrLen > iphdr::kSize) note(NoteKind::ipOptions, ip.hdrLen - iphdr::kSize);
        if (ip.isFragment()) note(NoteKind::fragment, std::size_t{ip.fragOffset8} * 8, ip.mf ? 1 : 0);
        if (ip.fragOffset8 == 0) transport(ip, offset + ip.hdrLen);
    }

    // The IP header says where the packet ends: what lies behind is padding; a packet that ends before is noted.
    void limit(std::size_t end, std::size_t said, std::size_t offset) {
        if (end > m_wireEnd) note(NoteKind::ipLengthBad, said, m_wireEnd - offset);
        m_wireEnd = std::min(m_wireEnd, end);
        m_end = std::min(m_end, m_wireEnd);
    }

    void ipv6(std::size_t offset) {
        if (!has(offset, ipv6hdr::kSize)) return;
        const ipv6hdr h = ipv6hdr::load(at(offset));
        DecodedIp& ip = m_out.ip.emplace();
        ip.offset = static_cast<std::uint32_t>(offset);
        ip.version = h.version;
        if (h.version != 6) {
            note(NoteKind::ipVersionBad, h.version);
            return;
        }
        ip.src = IpAddr::of(h.saddr);
        ip.dst = IpAddr::of(h.daddr);
        ip.ttl = h.hop_limit;
        ip.proto = ip.transport = h.nexthdr;
        ip.len = h.payload_len;
        ip.dsfield = h.tclass;
        ip.flow = h.flow_lbl;
        std::size_t next = offset + ipv6hdr::kSize;
        // payload_len 0 with a hop-by-hop header is a jumbogram or BIG TCP; before a TCP header that is there it is
        // what TSO had yet to split. The packet ends with the frame.
        const bool tso = h.nexthdr == IPPROTO_TCP && m_wireEnd >= next + tcphdr::kSize;
        if (ip.len == 0 && (h.nexthdr == IPPROTO_HOPOPTS || tso)) {
            note(NoteKind::ipLengthZero);
        } else {
            limit(next + ip.len, ip.len + ipv6hdr::kSize, offset);
        }
        extensions(ip, next);
    }

    // Follows the chain as ipv6_skip_exthdr() does, AH too, which Linux itself would leave to xfrm.
    void extensions(DecodedIp& ip, std::size_t offset) {
        m_checksumDst = ip.dst;
        for (;;) {
            const std::uint8_t number = ip.transport;
            const HeaderKind kind = headerKindOfProtocol(number, HeaderKind::ipv6);
            if (!isIpv6Extension(kind)) break;
            if (!has(offset, ipv6_opt_hdr::kSize)) return;
            const HeaderAt h = headerAt(kind, kept(), offset);
            ip.ext.push_back(number);
            if (!whole(h)) return;
            ip.transport = static_cast<std::uint8_t>(h.nextNumber);
            if (number == IPPROTO_ROUTING) routing(offset, h.length);
            if (kind == HeaderKind::ipv6Fragment) {
                const frag_hdr f = frag_hdr::load(at(offset));
                ip.frag = DecodedIpFragment{static_cast<std::uint16_t>(f.frag_off >> 3), (f.frag_off & IP6_MF) != 0,
                                            f.identification, f.nexthdr};
                if (ip.isFragment()) note(NoteKind::fragment, f.frag_off & IP6_OFFSET, ip.frag->mf ? 1 : 0);
                if (ip.frag->offset8 != 0) return;  // the middle of a datagram: what follows are no headers
            }
            offset = h.end();
        }
        transport(ip, offset);
    }

    // While segments are left the transport checksum is over the last destination (RFC 8200, section 8.1): the last
    // address of types 0 and 2, the first of a segment routing header, which lists them backwards.
    void routing(std::size_t offset, std::size_t size) {
        const std::uint8_t type = *at(offset + 2);
        const std::uint8_t left = *at(offset + 3);
        if (left == 0) return;
        note(NoteKind::routingHeader, left);
        constexpr std::size_t kAddress = 16;
        if (size < 8 + kAddress) return;
        if (type == 0 || type == 2) {
            const std::size_t count = (size - 8) / kAddress;
            m_checksumDst = IpAddr::of(Ipv6Addr::load(at(offset + 8 + (count - 1) * kAddress)));
        } else if (type == 4) {
            m_checksumDst = IpAddr::of(Ipv6Addr::load(at(offset + 8)));
        }
    }

    void transport(const DecodedIp& ip, std::size_t offset) {
        if (ip.version == 4) m_checksumDst = ip.dst;
        m_out.transportOffset = static_cast<std::uint32_t>(offset);
        m_out.transportLength = static_cast<std::uint32_t>(m_wireEnd > offset ? m_wireEnd - offset : 0);
        switch (ip.transport) {
            case IPPROTO_UDP:
                udp(ip, offset);
                break;
            case IPPROTO_TCP:
                tcp(ip, offset);
                break;
            case IPPROTO_ICMP:
                if (ip.version == 4) icmp(ip, offset, m_out.icmp);
                break;
            case IPPROTO_ICMPV6:
                if (ip.version == 6) icmp(ip, offset, m_out.icmpv6);
                break;
            case IPPROTO_AH:
                note(NoteKind::payloadNotWalked, ip.transport);
                authenticated(ip, offset);
                break;
            case IPPROTO_IGMP:
            case IPPROTO_NONE:
                break;
            default:
                note(NoteKind::payloadNotWalked, ip.transport);
        }
    }

    // Linux hands AH over IPv4 to xfrm; without it the packet ends there. What is behind is in the clear, so it is
    // shown.
    void authenticated(const DecodedIp& ip, std::size_t offset) {
        const HeaderAt h = headerAt(HeaderKind::authentication, kept(), offset);
        if (!whole(h) || h.nextNumber == IPPROTO_AH) return;
        DecodedIp inner = ip;
        inner.transport = static_cast<std::uint8_t>(h.nextNumber);
        transport(inner, h.end());
    }

    // Checks `length` bytes from `offset`, the checksum's field included.
    ChecksumStatus verify(const DecodedIp& ip, std::size_t offset, std::size_t length, std::uint16_t field) {
        const bool complete = !ip.isFragment() && m_end == m_wireEnd && offset + length <= m_end;
        if (!complete || m_check == ChecksumCheck::skip) return ChecksumStatus::unverified;
        const std::uint32_t pseudo = pseudoSum(ip, length);
        if (m_check == ChecksumCheck::offload && field != static_cast<std::uint16_t>(~csumFold(pseudo)))
            return ChecksumStatus::unverified;
        if (csumFold(csumPartial(m_data.subspan(offset, length), pseudo)) == 0) return ChecksumStatus::good;
        const bool partial = ip.transport != IPPROTO_ICMP && ip.transport != IPPROTO_ICMPV6 &&
                             field == static_cast<std::uint16_t>(~csumFold(pseudo));
        note(partial ? NoteKind::checksumOffload : NoteKind::checksumBad);
        return ChecksumStatus::bad;
    }

    std::uint32_t pseudoSum(const DecodedIp& ip, std::size_t length) const {
        if (ip.transport == IPPROTO_ICMP) return 0;
        const auto len = static_cast<std::uint32_t>(length);
        return ip.version == 4 ? csumTcpUdpNofold(ip.src.v4(), m_checksumDst.v4(), len, ip.transport, 0)
                               : csumIpv6Nofold(ip.src.v6(), m_checksumDst.v6(), len, ip.transport, 0);
    }

    void udp(const DecodedIp& ip, std::size_t offset) {
        if (!has(offset, udphdr::kSize)) return;
        const udphdr h = udphdr::load(at(offset));
        DecodedUdp& u = m_out.udp.emplace();
        u.sport = h.source;
        u.dport = h.dest;
        u.length = h.len;
        u.checksum = h.check;
        if (h.check == 0) {
            u.checksumStatus = ip.version == 4 ? ChecksumStatus::none : ChecksumStatus::illegal;
        } else {
            u.checksumStatus = h.len < udphdr::kSize ? ChecksumStatus::unverified : verify(ip, offset, h.len, h.check);
        }
    }

    void tcp(const DecodedIp& ip, std::size_t offset) {
        if (!has(offset, tcphdr::kSize)) return;
        const tcphdr h = tcphdr::load(at(offset));
        DecodedTcp& t = m_out.tcp.emplace();
        t.sport = h.source;
        t.dport = h.dest;
        t.flags = static_cast<std::uint16_t>(h.res1 << 8 | h.flags);
        t.seq = h.seq;
        t.ack = h.ack_seq;
        t.hdrLen = static_cast<std::uint8_t>(h.headerLength());
        t.window = h.window;
        t.urg = h.urg_ptr;
        t.checksum = h.check;
        t.payloadLen = m_out.transportLength > t.hdrLen ? m_out.transportLength - t.hdrLen : 0;
        t.checksumStatus = verify(ip, offset, m_wireEnd - offset, h.check);
    }

    void icmp(const DecodedIp& ip, std::size_t offset, std::optional<DecodedIcmp>& out) {
        constexpr std::size_t kSmallest = 4;  // type, code and checksum
        if (!has(offset, kSmallest)) return;
        DecodedIcmp& i = out.emplace();
        i.type = *at(offset);
        i.code = *at(offset + 1);
        i.checksum = loadBe16(at(offset + 2));
        i.checksumStatus = verify(ip, offset, m_wireEnd - offset, i.checksum);
    }

    DecodedPacket& m_out;
    ByteView m_data;
    std::size_t m_end;
    std::size_t m_wireEnd;
    std::size_t m_frame = 0;
    IpAddr m_checksumDst;
    ChecksumCheck m_check;
};

}  // namespace

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
    Walker(packet, check, out).walk(packet.linktype);
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
