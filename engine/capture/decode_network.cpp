// The network layer of a capture: ARP, IPv4, IPv6 with its extension headers.
#include "engine/capture/decode_walker.h"

#include "engine/protocol/checksum.h"
#include "engine/protocol/constants.h"

namespace ringside {

void DecodeWalker::arp(std::size_t offset) {
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

void DecodeWalker::ipv4(std::size_t offset) {
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

void DecodeWalker::limit(std::size_t end, std::size_t said, std::size_t offset) {
    if (end > m_wireEnd) note(NoteKind::ipLengthBad, said, m_wireEnd - offset);
    m_wireEnd = std::min(m_wireEnd, end);
    m_end = std::min(m_end, m_wireEnd);
}

void DecodeWalker::ipv6(std::size_t offset) {
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

void DecodeWalker::extensions(DecodedIp& ip, std::size_t offset) {
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

void DecodeWalker::routing(std::size_t offset, std::size_t size) {
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

}  // namespace ringside
