#include "engine/capture/census_counter.h"

#include <pcap/pcap.h>

#include <cstring>
#include <utility>

#include "engine/protocol/constants.h"
#include "engine/protocol/headers.h"

namespace ringside {
namespace {

template <class T>
T loadRaw(const std::uint8_t* p) {
    T v;
    std::memcpy(&v, p, sizeof v);
    return v;
}

constexpr std::size_t kIp = ETH_HLEN;
constexpr std::size_t kTransport = kIp + iphdr::kSize;

// Ethernet, IPv4 without options, no fragment, UDP or TCP with its whole header: what the cache takes.
bool isPlain(const PacketView& packet) {
    const std::uint8_t* const p = packet.data.data();
    if (packet.linktype != DLT_EN10MB || packet.data.size() < kTransport + tcphdr::kSize) return false;
    if (loadBe16(p + 12) != ETH_P_IP || p[kIp] != 0x45) return false;
    const std::size_t smallest = iphdr::kSize + (p[kIp + 9] == IPPROTO_UDP ? udphdr::kSize : tcphdr::kSize);
    return (loadBe16(p + kIp + 6) & (IP_MF | IP_OFFSET)) == 0 && loadBe16(p + kIp + 2) >= smallest &&
           (p[kIp + 9] == IPPROTO_UDP || p[kIp + 9] == IPPROTO_TCP);
}

}  // namespace

void CensusCounter::add(const PacketView& packet) {
    if (!isPlain(packet)) {
        m_census.add(packet.number, decodePacket(packet, ChecksumCheck::skip));
        return;
    }
    const std::uint8_t* const p = packet.data.data();
    Entry key;
    key.macs = loadRaw<std::uint64_t>(p);
    key.macsRest = loadRaw<std::uint32_t>(p + 8);
    key.addresses = loadRaw<std::uint64_t>(p + kIp + 12);
    key.port = loadBe16(p + kTransport + 2);
    key.proto = p[kIp + 9];
    std::uint64_t hash = key.addresses * 0x9e3779b97f4a7c15U + key.port * 0xc2b2ae3d27d4eb4fU + key.macsRest;
    hash ^= hash >> 33;
    Entry& entry = m_cache[(hash * 0x9e3779b97f4a7c15U) >> 54];
    static_assert(kEntries == std::size_t{1} << (64 - 54));
    const bool same = entry.addresses == key.addresses && entry.port == key.port && entry.macs == key.macs &&
                      entry.macsRest == key.macsRest && entry.proto == key.proto;
    if (!same) {
        flush(entry);
        entry = key;
        entry.first = packet.number;
    }
    ++entry.count;
    if (key.proto != IPPROTO_TCP) return;
    const std::uint8_t* const tcp = p + kTransport;
    if (const auto accepted = answerToSyn(tcp[13], loadBe32(tcp + 4)))
        m_census.addAnswer(IpAddr::of(Ipv4Addr::load(p + kIp + 12)), loadBe16(tcp), *accepted);
}

void CensusCounter::flush(Entry& entry) {
    if (entry.count == 0) return;
    std::uint8_t macs[12];
    std::memcpy(macs, &entry.macs, 8);
    std::memcpy(macs + 8, &entry.macsRest, 4);
    std::uint8_t addresses[8];
    std::memcpy(addresses, &entry.addresses, 8);
    AddressCensus::Flow flow;
    flow.src = IpAddr::of(Ipv4Addr::load(addresses));
    flow.dst = IpAddr::of(Ipv4Addr::load(addresses + 4));
    flow.dstMac = MacAddr::load(macs);
    flow.srcMac = MacAddr::load(macs + 6);
    flow.proto = entry.proto;
    flow.port = entry.port;
    flow.first = entry.first;
    flow.packets = entry.count;
    m_census.add(flow);
    entry.count = 0;
}

AddressCensus CensusCounter::take() {
    for (Entry& entry : m_cache) flush(entry);
    return std::exchange(m_census, {});
}

}  // namespace ringside
