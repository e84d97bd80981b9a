// The transport layer of a capture: UDP, TCP, ICMP, and their checksums.
#include "engine/capture/decode_walker.h"

#include "engine/protocol/checksum.h"
#include "engine/protocol/constants.h"

namespace ringside {

void DecodeWalker::transport(const DecodedIp& ip, std::size_t offset) {
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

void DecodeWalker::authenticated(const DecodedIp& ip, std::size_t offset) {
    const HeaderAt h = headerAt(HeaderKind::authentication, kept(), offset);
    if (!whole(h) || h.nextNumber == IPPROTO_AH) return;
    DecodedIp inner = ip;
    inner.transport = static_cast<std::uint8_t>(h.nextNumber);
    transport(inner, h.end());
}

ChecksumStatus DecodeWalker::verify(const DecodedIp& ip, std::size_t offset, std::size_t length, std::uint16_t field) {
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

std::uint32_t DecodeWalker::pseudoSum(const DecodedIp& ip, std::size_t length) const {
    if (ip.transport == IPPROTO_ICMP) return 0;
    const auto len = static_cast<std::uint32_t>(length);
    return ip.version == 4 ? csumTcpUdpNofold(ip.src.v4(), m_checksumDst.v4(), len, ip.transport, 0)
                           : csumIpv6Nofold(ip.src.v6(), m_checksumDst.v6(), len, ip.transport, 0);
}

void DecodeWalker::udp(const DecodedIp& ip, std::size_t offset) {
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

void DecodeWalker::tcp(const DecodedIp& ip, std::size_t offset) {
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

void DecodeWalker::icmp(const DecodedIp& ip, std::size_t offset, std::optional<DecodedIcmp>& out) {
    constexpr std::size_t kSmallest = 4;  // type, code and checksum
    if (!has(offset, kSmallest)) return;
    DecodedIcmp& i = out.emplace();
    i.type = *at(offset);
    i.code = *at(offset + 1);
    i.checksum = loadBe16(at(offset + 2));
    i.checksumStatus = verify(ip, offset, m_wireEnd - offset, i.checksum);
}

}  // namespace ringside
