#include "engine/capture/conversations.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>

#include "engine/capture/decode.h"
#include "engine/protocol/constants.h"

namespace ringside {
namespace {

using Ends = std::tuple<IpAddr, IpAddr, std::uint8_t, std::uint16_t, std::uint16_t>;

Ends endsOf(const DecodedPacket& packet) {
    IpAddr a = packet.ip->src, b = packet.ip->dst;
    std::uint16_t port_a = 0, port_b = 0;
    if (packet.udp) {
        port_a = packet.udp->sport;
        port_b = packet.udp->dport;
    } else if (packet.tcp) {
        port_a = packet.tcp->sport;
        port_b = packet.tcp->dport;
    }
    if (std::tie(b, port_b) < std::tie(a, port_a)) {
        std::swap(a, b);
        std::swap(port_a, port_b);
    }
    return {a, b, packet.ip->proto, port_a, port_b};
}

std::string endText(const IpAddr& address, std::uint16_t port) {
    if (port == 0) return address.toString();
    const std::string text = address.version == 6 ? "[" + address.toString() + "]" : address.toString();
    return text + ":" + std::to_string(port);
}

}  // namespace

std::string Conversation::text() const {
    constexpr std::string_view kPrefix = "IPPROTO_";
    std::string name = ipProtocolName(proto);
    if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
    return name + " " + endText(a, port_a) + " - " + endText(b, port_b);
}

Conversations conversationsOf(const Capture& capture, const std::stop_token& stop, std::size_t most) {
    constexpr std::uint64_t kLook = 1024;  // packets between two looks at the stop token
    Conversations found;
    found.of.assign(static_cast<std::size_t>(capture.count()), 0);
    std::map<Ends, std::uint32_t> known;
    PacketReader reader = capture.reader();
    for (std::uint64_t n = 1; n <= capture.count(); ++n) {
        if (n % kLook == 0 && stop.stop_requested()) return {};
        const Result<PacketView> view = reader.packet(n);
        if (!view) break;
        const DecodedPacket packet = decodePacket(*view, ChecksumCheck::skip);
        if (!packet.ip) continue;
        const Ends ends = endsOf(packet);
        const auto at = known.find(ends);
        if (at == known.end() && found.all.size() >= most) continue;
        const std::uint32_t index = at == known.end() ? static_cast<std::uint32_t>(found.all.size()) : known.at(ends);
        if (at == known.end()) {
            known.emplace(ends, index);
            const auto& [a, b, proto, port_a, port_b] = ends;
            found.all.push_back({a, b, proto, port_a, port_b, 0});
        }
        ++found.all[index].packets;
        found.of[static_cast<std::size_t>(n - 1)] = index + 1;
    }
    // most packets first
    std::vector<std::uint32_t> order(found.all.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [&](std::uint32_t i) {
        const Conversation& c = found.all[i];
        return std::tuple(~c.packets, c.a, c.b, c.proto, c.port_a, c.port_b);
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) { return key(x) < key(y); });
    std::vector<std::uint32_t> place(order.size());
    std::vector<Conversation> sorted;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        sorted.push_back(found.all[order[i]]);
    }
    found.all = std::move(sorted);
    for (std::uint32_t& of : found.of)
        if (of != 0) of = place[of - 1] + 1;
    return found;
}

}  // namespace ringside
