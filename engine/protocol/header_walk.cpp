#include "engine/protocol/header_walk.h"

#include <algorithm>

#include "engine/protocol/constants.h"
#include "engine/protocol/headers.h"

namespace ringside {
namespace {

// What the header says of its own length; `b` has at least the fixed part, ARP's only its first 8 bytes.
std::uint32_t saidLength(HeaderKind kind, const std::uint8_t* b) {
    switch (kind) {
        case HeaderKind::ipv4:
            return (b[0] & 0xfU) * 4U;
        case HeaderKind::tcp:
            return (b[12] >> 4U) * 4U;
        case HeaderKind::ipv6Extension:
            return (b[1] + 1U) * 8U;
        case HeaderKind::authentication:
            return (b[1] + 2U) * 4U;
        case HeaderKind::arp:
            return static_cast<std::uint32_t>(arphdr::kSize) + 2U * b[4] + 2U * b[5];
        default:
            return 0;
    }
}

// Sets what follows the whole header that begins at `p`.
void setNext(HeaderAt& h, const std::uint8_t* p) {
    switch (h.kind) {
        case HeaderKind::ethernet:
            h.nextNumber = loadBe16(p + 12);
            break;
        case HeaderKind::vlan:
            h.nextNumber = loadBe16(p + 2);
            break;
        case HeaderKind::ipv4:
            h.nextNumber = p[9];
            h.laterFragment = (loadBe16(p + 6) & IP_OFFSET) != 0;
            break;
        case HeaderKind::ipv6:
            h.nextNumber = p[6];
            break;
        case HeaderKind::ipv6Fragment:
            h.nextNumber = p[0];
            h.laterFragment = (loadBe16(p + 2) & IP6_OFFSET) != 0;
            break;
        case HeaderKind::ipv6Extension:
        case HeaderKind::authentication:
            h.nextNumber = p[0];
            break;
        default:
            break;
    }
}

}  // namespace

std::uint32_t fixedLength(HeaderKind kind) {
    static constexpr std::uint32_t lengths[] = {0, 14, 4, 8, 20, 40, 8, 8, 8, 8, 20, 8, 8};
    return lengths[static_cast<std::size_t>(kind)];
}

bool isIpv6Extension(HeaderKind kind) {
    return kind == HeaderKind::ipv6Extension || kind == HeaderKind::ipv6Fragment || kind == HeaderKind::authentication;
}

HeaderAt headerAt(HeaderKind kind, ByteView bytes, std::size_t offset) {
    HeaderAt h;
    h.kind = kind;
    h.offset = static_cast<std::uint32_t>(offset);
    h.length = fixedLength(kind);
    const std::size_t left = offset < bytes.size() ? bytes.size() - offset : 0;
    h.cut = left < h.length;
    if (h.cut) return h;
    const std::uint8_t* const p = bytes.data() + offset;
    h.length = std::max(h.length, saidLength(kind, p));
    h.cut = left < h.length;
    if (!h.cut) setNext(h, p);
    return h;
}

HeaderKind HeaderAt::following(HeaderKind network) const {
    if (cut || laterFragment) return HeaderKind::none;
    if (kind == HeaderKind::ethernet || kind == HeaderKind::vlan) return headerKindOfEtherType(nextNumber);
    if (kind == HeaderKind::ipv4 || kind == HeaderKind::ipv6 || isIpv6Extension(kind))
        return headerKindOfProtocol(static_cast<std::uint8_t>(nextNumber), network);
    return HeaderKind::none;
}

HeaderKind headerKindOfEtherType(std::uint16_t type) {
    switch (type) {
        case ETH_P_IP:
            return HeaderKind::ipv4;
        case ETH_P_IPV6:
            return HeaderKind::ipv6;
        case ETH_P_ARP:
        case ETH_P_RARP:
            return HeaderKind::arp;
        case ETH_P_8021Q:
        case ETH_P_8021AD:
        case ETH_P_QINQ1:
            return HeaderKind::vlan;
        default:
            return HeaderKind::none;
    }
}

HeaderKind headerKindOfProtocol(std::uint8_t proto, HeaderKind network) {
    const bool v6 = network != HeaderKind::ipv4;
    switch (proto) {
        case IPPROTO_UDP:
        case IPPROTO_UDPLITE:
            return HeaderKind::udp;
        case IPPROTO_TCP:
            return HeaderKind::tcp;
        case IPPROTO_ICMP:
            return v6 ? HeaderKind::none : HeaderKind::icmp;
        case IPPROTO_ICMPV6:
            return v6 ? HeaderKind::icmpv6 : HeaderKind::none;
        case IPPROTO_AH:
            return HeaderKind::authentication;
        case IPPROTO_HOPOPTS:
        case IPPROTO_ROUTING:
        case IPPROTO_DSTOPTS:
            return v6 ? HeaderKind::ipv6Extension : HeaderKind::none;
        case IPPROTO_FRAGMENT:
            return v6 ? HeaderKind::ipv6Fragment : HeaderKind::none;
        default:
            return HeaderKind::none;
    }
}

FrameHeaders frameHeaders(ByteView bytes, HeaderKind first, std::size_t offset) {
    FrameHeaders out;
    for (HeaderKind kind = first; kind != HeaderKind::none;) {
        const HeaderAt h = headerAt(kind, bytes, offset);
        const bool ip = kind == HeaderKind::ipv4 || kind == HeaderKind::ipv6;
        if (ip || kind == HeaderKind::arp) {
            out.network = kind;
            out.networkOffset = h.offset;
        }
        if ((kind == HeaderKind::udp || kind == HeaderKind::tcp) && bytes.size() >= offset + 4) {
            out.sourcePort = loadBe16(bytes.data() + offset);
            out.destinationPort = loadBe16(bytes.data() + offset + 2);
        }
        if (h.cut) break;
        offset = h.end();
        if (kind == HeaderKind::ethernet || kind == HeaderKind::vlan) {
            out.etherType = h.nextNumber;
            out.networkOffset = h.end();
        } else if (ip || isIpv6Extension(kind)) {
            out.protocol = static_cast<std::uint8_t>(h.nextNumber);
            out.transportOffset = h.end();
            out.laterFragment |= h.laterFragment;
        }
        kind = h.following(out.network);
        if (out.transportOffset != 0 && kind != HeaderKind::none && !isIpv6Extension(kind)) out.transport = kind;
    }
    return out;
}

}  // namespace ringside
