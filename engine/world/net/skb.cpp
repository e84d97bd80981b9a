#include "engine/world/net/skb.h"

#include <array>

namespace ringside {

std::string_view nameOf(IpSummed summed) {
    static constexpr std::array<std::string_view, 4> names{"CHECKSUM_NONE", "CHECKSUM_UNNECESSARY", "CHECKSUM_COMPLETE",
                                                           "CHECKSUM_PARTIAL"};
    return names[static_cast<std::size_t>(summed)];
}

std::string_view nameOf(PacketType type) {
    static constexpr std::array<std::string_view, 5> names{"PACKET_HOST", "PACKET_BROADCAST", "PACKET_MULTICAST",
                                                           "PACKET_OTHERHOST", "PACKET_OUTGOING"};
    return names[static_cast<std::size_t>(type)];
}

std::string_view nameOf(SkbOwner owner) {
    static constexpr std::array<std::string_view, 10> names{
        "frame",        "gro_list",       "rx_list",    "sub_list", "receive_queue",
        "reader_queue", "fragment_queue", "parent_skb", "backlog",  "lab"};
    return names[static_cast<std::size_t>(owner)];
}

}  // namespace ringside
