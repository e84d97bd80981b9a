// Counting addresses at the pace of reading: nearly all packets of a capture belong to a few conversations, so a small
// cache recognises those by the bytes of their headers and only counts; what it forgets goes to the census.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/capture/census.h"
#include "engine/capture/decode.h"

namespace ringside {

class CensusCounter {
  public:
    CensusCounter() : m_cache(kEntries) {}

    /// Takes a packet into account; its bytes are looked at only here.
    void add(const PacketView& packet);

    /// The census of all packets added; the counter is empty afterwards.
    AddressCensus take();

  private:
    // Ethernet addresses, IPv4 addresses, destination port and protocol, as they lie in the packet.
    struct Entry {
        std::uint64_t macs = 0;
        std::uint64_t addresses = 0;
        std::uint32_t macsRest = 0;
        std::uint16_t port = 0;
        std::uint8_t proto = 0;
        std::uint64_t first = 0;
        std::uint64_t count = 0;
    };
    static constexpr std::size_t kEntries = 1024;  // 48 KB: stays in the nearest caches

    void flush(Entry& entry);

    std::vector<Entry> m_cache;
    AddressCensus m_census;
};

}  // namespace ringside
