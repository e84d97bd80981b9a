#include "engine/capture/census.h"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "engine/protocol/constants.h"

namespace ringside {
namespace {

bool isUnicast(const IpAddr& a) { return a && !a.isMulticast() && !a.isBroadcast() && !a.isUnspecified(); }

bool isGroup(const IpAddr& a) { return a.isMulticast() || a.isBroadcast(); }

bool isPrivate(const IpAddr& a) {
    if (a.isLinkLocal()) return true;
    if (a.version == 6) return (a.bytes[0] & 0xfeU) == 0xfc;  // fc00::/7
    const std::uint32_t v = a.v4().value;
    return (v >> 24) == 10 || (v >> 20) == 0xac1 || (v >> 16) == 0xc0a8;
}

}  // namespace

AddressCensus::Key::Key(const IpAddr& address, std::uint8_t proto, std::uint16_t port) {
    std::memcpy(words, address.bytes.data(), address.bytes.size());
    words[2] = std::uint64_t{address.version} << 32 | std::uint64_t{proto} << 16 | port;
}

std::uint64_t AddressCensus::Key::hash() const {
    std::uint64_t h = words[0] * 0x9e3779b97f4a7c15U + words[1] * 0xc2b2ae3d27d4eb4fU + words[2] * 0x165667b19e3779f9U;
    h ^= h >> 32;
    return h * 0x9e3779b97f4a7c15U >> 24;
}

AddressUse* AddressCensus::use(const IpAddr& address, const MacAddr& mac, const Flow& flow, bool sender) {
    AddressUse* const row = m_addresses.row(Key(address));
    if (row == nullptr) return nullptr;
    row->address = address;
    if (row->first == 0 || flow.first < row->first) {
        row->first = flow.first;
        row->sentFirst = sender;
    }
    if (mac == MacAddr{}) return row;
    // The majority vote of Boyer and Moore: one candidate and a counter.
    if (mac == row->mac) {
        row->macVotes += flow.packets;
    } else if (row->macVotes < flow.packets) {
        row->mac = mac;
        row->macVotes = flow.packets - row->macVotes;
    } else {
        row->macVotes -= flow.packets;
    }
    return row;
}

void AddressCensus::add(const Flow& flow) {
    AddressUse* const src = use(flow.src, flow.srcMac, flow, true);
    if (src != nullptr) {
        src->sent += flow.packets;
        if (flow.srcOurs) src->oursSeen += flow.packets;
        if (flow.srcOther) src->otherSeen += flow.packets;
    }
    AddressUse* const dst = use(flow.dst, flow.dstMac, flow, false);
    if (dst != nullptr) {
        dst->received += flow.packets;
        if (flow.dstOurs) dst->oursSeen += flow.packets;
        if (flow.dstOther) dst->otherSeen += flow.packets;
    }
    bool counted = src != nullptr && dst != nullptr;
    if (flow.proto != 0) {
        PortUse* const port = m_ports.row(Key(flow.dst, flow.proto, flow.port));
        if (port != nullptr) {
            port->dst = flow.dst;
            port->proto = flow.proto;
            port->port = flow.port;
            if (port->first == 0 || flow.first < port->first) port->first = flow.first;
            port->packets += flow.packets;
        }
        counted = counted && port != nullptr;
    }
    if (!counted) m_uncounted += flow.packets;
}

void AddressCensus::add(std::uint64_t number, const DecodedPacket& decoded) {
    if (!decoded.ip || !decoded.ip->src) return;
    Flow flow;
    flow.src = decoded.ip->src;
    flow.dst = decoded.ip->dst;
    flow.first = number;
    if (decoded.eth) {
        flow.srcMac = decoded.eth->src;
        flow.dstMac = decoded.eth->dst;
    }
    if (decoded.sll) {
        flow.srcMac = decoded.sll->src.value_or(MacAddr{});
        // Over the loopback device both ends are this host, whatever the kernel wrote; it says nothing of cards.
        const bool card = !decoded.sll->loopback();
        flow.srcOurs = card && decoded.sll->sent();
        flow.dstOurs = card && decoded.sll->toUs();
        flow.srcOther = card && !decoded.sll->sent();
        flow.dstOther = card && decoded.sll->sent();
    }
    if (decoded.udp || decoded.tcp) {
        flow.proto = decoded.udp ? IPPROTO_UDP : IPPROTO_TCP;
        flow.port = decoded.udp ? decoded.udp->dport : decoded.tcp->dport;
    }
    if (decoded.tcp) {
        if (const auto accepted = answerToSyn(decoded.tcp->flags, decoded.tcp->seq))
            addAnswer(flow.src, decoded.tcp->sport, *accepted);
    }
    add(flow);
}

void AddressCensus::addAnswer(const IpAddr& host, std::uint16_t port, bool accepted) {
    PortUse* const row = m_ports.row(Key(host, IPPROTO_TCP, port));
    if (row == nullptr) return;
    row->dst = host;
    row->proto = IPPROTO_TCP;
    row->port = port;
    (accepted ? row->accepted : row->refused) = true;
}

std::optional<bool> answerToSyn(std::uint16_t flags, std::uint32_t seq) {
    switch (flags & (TCPHDR_SYN | TCPHDR_RST | TCPHDR_ACK)) {
        case TCPHDR_SYN | TCPHDR_ACK:
            return true;
        case TCPHDR_RST | TCPHDR_ACK:
            return seq == 0 ? std::optional(false) : std::nullopt;
        default:
            return std::nullopt;
    }
}

std::vector<AddressUse> AddressCensus::addresses() const {
    std::vector<AddressUse> rows = m_addresses.rows();
    std::sort(rows.begin(), rows.end(), [](const AddressUse& a, const AddressUse& b) {
        const std::uint64_t na = a.sent + a.received;
        const std::uint64_t nb = b.sent + b.received;
        return na != nb ? na > nb : a.address < b.address;
    });
    return rows;
}

std::optional<AddressUse> AddressCensus::find(const IpAddr& address) const {
    const AddressUse* row = m_addresses.find(Key(address));
    return row != nullptr ? std::optional(*row) : std::nullopt;
}

std::optional<IpAddr> AddressCensus::guessHost() const {
    const AddressUse* best = nullptr;
    const auto rank = [](const AddressUse& u) {
        return std::tuple(!u.address.isLoopback(), u.ours() ? u.oursSeen : 0, u.sent + u.received, u.received,
                          isPrivate(u.address), ~u.first, u.sentFirst);
    };
    for (const AddressUse& row : m_addresses.rows()) {
        if (isUnicast(row.address) && (best == nullptr || rank(row) > rank(*best))) best = &row;
    }
    return best != nullptr ? std::optional(best->address) : std::nullopt;
}

std::vector<IpAddr> AddressCensus::hostAddresses(const IpAddr& host) const {
    std::vector<IpAddr> out{host};
    const AddressUse* const own = m_addresses.find(Key(host));
    if (own == nullptr) return out;
    const auto sameCard = [&](const AddressUse& row) {
        return own->mac != MacAddr{} && row.mac == own->mac &&
               (row.address.version != host.version || row.address.isLinkLocal());
    };
    const auto told = [&](const AddressUse& row) { return own->ours() && row.ours(); };
    constexpr std::size_t kMostOthers = 8;  // more behind one Ethernet address are hosts behind a router
    for (const AddressUse& row : m_addresses.rows()) {
        if (!isUnicast(row.address) || row.address.isLoopback() || row.address == host) continue;
        if (sameCard(row) || told(row)) out.push_back(row.address);
    }
    if (out.size() > 1 + kMostOthers) out.resize(1);
    std::sort(out.begin() + 1, out.end());
    return out;
}

std::vector<PortUse> AddressCensus::portsTo(std::uint8_t proto, const std::vector<IpAddr>& hosts) const {
    std::vector<PortUse> out;
    for (const PortUse& use : m_ports.rows()) {
        const bool wanted = isGroup(use.dst) || std::find(hosts.begin(), hosts.end(), use.dst) != hosts.end();
        if (use.proto == proto && wanted && use.packets != 0) out.push_back(use);
    }
    std::sort(out.begin(), out.end(),
              [](const PortUse& a, const PortUse& b) { return std::tie(a.port, a.dst) < std::tie(b.port, b.dst); });
    return out;
}

std::vector<std::uint16_t> AddressCensus::udpPortsTo(const std::vector<IpAddr>& hosts) const {
    std::vector<std::uint16_t> out;
    for (const PortUse& use : portsTo(IPPROTO_UDP, hosts)) {
        if (out.empty() || out.back() != use.port) out.push_back(use.port);
    }
    return out;
}

PacketDirection directionOf(const DecodedPacket& decoded, const std::vector<IpAddr>& host) {
    const auto ours = [&host](const IpAddr& a) { return std::find(host.begin(), host.end(), a) != host.end(); };
    if (decoded.arp) {
        const std::optional<arp_addresses>& arp = decoded.arp->addresses;
        if (arp && ours(IpAddr::of(arp->ar_sip))) return PacketDirection::fromHost;
        if (arp && ours(IpAddr::of(arp->ar_tip))) return PacketDirection::toHost;
        return decoded.eth && decoded.eth->dst.isMulticast() ? PacketDirection::toGroup : PacketDirection::elsewhere;
    }
    if (!decoded.ip || !decoded.ip->dst) return PacketDirection::unknown;
    // A host that talks to itself over the loopback device receives what it sends.
    if (ours(decoded.ip->dst)) return PacketDirection::toHost;
    if (ours(decoded.ip->src)) return PacketDirection::fromHost;
    return isGroup(decoded.ip->dst) ? PacketDirection::toGroup : PacketDirection::elsewhere;
}

}  // namespace ringside
