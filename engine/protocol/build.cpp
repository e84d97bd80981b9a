#include "engine/protocol/build.h"

#include <algorithm>

#include "engine/protocol/checksum.h"

namespace ringside {
namespace {

void append(ByteVector& to, ByteView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

template <class Header>
void append(ByteVector& to, const Header& header) {
    to.resize(to.size() + Header::kSize);
    header.store(to.data() + (to.size() - Header::kSize));
}

void pad(ByteVector& frame, Padding padding) {
    if (padding == Padding::toMinimum && frame.size() < ETH_ZLEN) frame.resize(ETH_ZLEN);
}

void corrupt16(std::uint8_t* p) { storeBe16(p, static_cast<std::uint16_t>(loadBe16(p) ^ 0x5555U)); }

// Puts the checksum of the segment at `checkAt`, wrong where the frame asks for it, and wraps it in IP and Ethernet.
ByteVector withChecksum(const FrameSpec& frame, std::uint8_t protocol, ByteVector segment, std::size_t checkAt) {
    storeBe16(&segment[checkAt], transportChecksum(frame.src, frame.dst, protocol, segment));
    if (frame.corrupt == Corrupt::transportChecksum) corrupt16(&segment[checkAt]);
    return ipFrame(frame, protocol, segment);
}

}  // namespace

std::uint16_t transportChecksum(const IpAddr& src, const IpAddr& dst, std::uint8_t protocol, ByteView segment) {
    const std::uint32_t sum = csumPartial(segment, 0);
    const auto len = static_cast<std::uint32_t>(segment.size());
    if (protocol == IPPROTO_ICMP) return csumFold(sum);
    const std::uint16_t check = src.version == 6 ? csumIpv6Magic(src.v6(), dst.v6(), len, protocol, sum)
                                                 : csumTcpUdpMagic(src.v4(), dst.v4(), len, protocol, sum);
    return check == 0 && protocol == IPPROTO_UDP ? CSUM_MANGLED_0 : check;
}

void setIpChecksum(MutableByteView bytes, std::size_t offset) {
    std::uint8_t* p = bytes.data() + offset;
    storeBe16(p + 10, 0);
    storeBe16(p + 10, ipFastCsum(bytes.subspan(offset, (p[0] & 0xfU) * 4U)));
}

ByteVector ethernetFrame(const FrameSpec& frame, std::uint16_t etherType, ByteView payload) {
    ByteVector out;
    out.reserve(ETH_HLEN + frame.vlan.size() * VLAN_HLEN + payload.size());
    append(out, ethhdr{frame.dstMac, frame.srcMac, frame.vlan.empty() ? etherType : ETH_P_8021Q});
    for (std::size_t i = 0; i < frame.vlan.size(); ++i) {
        append(out, vlan_hdr{frame.vlan[i], i + 1 < frame.vlan.size() ? ETH_P_8021Q : etherType});
    }
    append(out, payload);
    pad(out, frame.padding);
    return out;
}

ByteVector ipFrame(const FrameSpec& frame, std::uint8_t protocol, ByteView payload) {
    ByteVector packet;
    if (frame.src.version == 6) {
        ipv6hdr ip;
        ip.version = 6;
        ip.tclass = frame.tos;
        ip.payload_len = static_cast<std::uint16_t>(payload.size());
        ip.nexthdr = protocol;
        ip.hop_limit = frame.ttl;
        ip.saddr = frame.src.v6();
        ip.daddr = frame.dst.v6();
        append(packet, ip);
    } else {
        iphdr ip;
        ip.version = 4;
        ip.ihl = 5;
        ip.tos = frame.tos;
        ip.tot_len = static_cast<std::uint16_t>(iphdr::kSize + payload.size());
        ip.id = frame.id;
        ip.frag_off = frame.fragOff;
        ip.ttl = frame.ttl;
        ip.protocol = protocol;
        ip.saddr = frame.src.v4();
        ip.daddr = frame.dst.v4();
        append(packet, ip);
        setIpChecksum(packet, 0);
        if (frame.corrupt == Corrupt::ipChecksum) corrupt16(&packet[10]);
    }
    append(packet, payload);
    return ethernetFrame(frame, frame.src.version == 6 ? ETH_P_IPV6 : ETH_P_IP, packet);
}

ByteVector udpFrame(const FrameSpec& frame, const UdpSpec& udp) {
    ByteVector segment;
    append(segment, udphdr{udp.source, udp.dest, static_cast<std::uint16_t>(udphdr::kSize + udp.payload.size()), 0});
    append(segment, ByteView{udp.payload});
    if (udp.noChecksum) return ipFrame(frame, IPPROTO_UDP, segment);
    return withChecksum(frame, IPPROTO_UDP, std::move(segment), 6);
}

ByteVector tcpFrame(const FrameSpec& frame, const TcpSpec& tcp) {
    ByteVector options = tcp.options;
    options.resize(std::min<std::size_t>((options.size() + 3) / 4 * 4, 40));
    tcphdr h;
    h.source = tcp.source;
    h.dest = tcp.dest;
    h.seq = tcp.seq;
    h.ack_seq = tcp.ackSeq;
    h.doff = static_cast<std::uint8_t>((tcphdr::kSize + options.size()) / 4);
    h.flags = tcp.flags;
    h.window = tcp.window;
    ByteVector segment;
    append(segment, h);
    append(segment, ByteView{options});
    append(segment, ByteView{tcp.payload});
    return withChecksum(frame, IPPROTO_TCP, std::move(segment), 16);
}

ByteVector echoFrame(const FrameSpec& frame, const EchoSpec& echo) {
    const bool v6 = frame.src.version == 6;
    const bool request = echo.kind == EchoSpec::Kind::request;
    icmphdr h;
    h.type = v6 ? (request ? ICMPV6_ECHO_REQUEST : ICMPV6_ECHO_REPLY) : (request ? ICMP_ECHO : ICMP_ECHOREPLY);
    h.rest = std::uint32_t{echo.id} << 16 | echo.sequence;
    ByteVector segment;
    append(segment, h);
    append(segment, ByteView{echo.payload});
    return withChecksum(frame, v6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP, std::move(segment), 2);
}

ByteVector arpFrame(const ArpSpec& arp) {
    ByteVector packet;
    append(packet, arphdr{ARPHRD_ETHER, ETH_P_IP, ETH_ALEN, 4, arp.op});
    append(packet, arp.addresses);
    FrameSpec frame;
    frame.srcMac = arp.srcMac;
    frame.dstMac = arp.dstMac;
    frame.padding = arp.padding;
    return ethernetFrame(frame, ETH_P_ARP, packet);
}

std::vector<ByteVector> ipv4Fragments(ByteView frame, std::uint32_t mtu) {
    std::size_t at = ETH_HLEN;
    const auto eth = readHeader<ethhdr>(frame);
    std::uint16_t type = eth ? eth->h_proto : 0;
    while (type == ETH_P_8021Q || type == ETH_P_8021AD) {
        const auto tag = readHeader<vlan_hdr>(frame, at);
        if (!tag) break;
        type = tag->h_vlan_encapsulated_proto;
        at += VLAN_HLEN;
    }
    const auto ip = type == ETH_P_IP ? readHeader<iphdr>(frame, at) : std::nullopt;
    const std::size_t hlen = ip ? ip->headerLength() : 0;
    const bool whole = ip && hlen >= iphdr::kSize && ip->tot_len >= hlen && at + ip->tot_len <= frame.size();
    if (!whole || ip->tot_len <= mtu || mtu < hlen + 8) return {ByteVector(frame.begin(), frame.end())};
    const std::size_t step = (mtu - hlen) / 8 * 8;
    const std::size_t total = ip->tot_len - hlen;
    std::vector<ByteVector> out;
    for (std::size_t done = 0; done < total; done += step) {
        const std::size_t n = std::min(step, total - done);
        ByteVector piece(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(at + hlen));
        append(piece, frame.subspan(at + hlen + done, n));
        iphdr h = *ip;
        h.tot_len = static_cast<std::uint16_t>(hlen + n);
        const bool more = done + n < total || (ip->frag_off & IP_MF) != 0;
        h.frag_off = static_cast<std::uint16_t>((more ? IP_MF : 0U) | ((ip->frag_off & IP_OFFSET) + done / 8));
        h.store(&piece[at]);
        setIpChecksum(piece, at);
        out.push_back(std::move(piece));
    }
    return out;
}

}  // namespace ringside
