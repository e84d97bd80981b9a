// Who talks with whom in a capture: packets of both directions between two ends, by transport and ports. Counted when
// it is asked for, which costs a decoding of every packet.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/capture/capture.h"
#include "engine/protocol/addresses.h"

namespace ringside {

struct Conversation {
    IpAddr a, b;             ///< the smaller end first
    std::uint8_t proto = 0;  ///< IPPROTO_*
    std::uint16_t port_a = 0, port_b = 0;
    std::uint64_t packets = 0;

    /// "UDP 10.0.0.1:5000 - 10.0.0.2:40000": protocol words and addresses, nothing to translate.
    [[nodiscard]] std::string text() const;
};

struct Conversations {
    std::vector<Conversation> all;  ///< most packets first, ties by their ends
    std::vector<std::uint32_t> of;  ///< of each packet, by number - 1: index into `all` + 1, 0: no IP packet
};

/// At most `most` are told apart, those that begin first; packets of others belong to none. Empty when a stop is asked
/// for. Where the file can no longer be read, the packets from there on belong to none.
Conversations conversationsOf(const Capture& capture, const std::stop_token& stop = {}, std::size_t most = 65'536);

}  // namespace ringside
