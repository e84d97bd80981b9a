// One packet in a few words, for lists.
#pragma once

#include <string>

#include "engine/capture/decode.h"

namespace ringside {

/// "UDP 10.0.0.2:40000 -> 10.0.0.1:5000", "ARP who-has 192.0.2.1 tell 192.0.2.2", "IP 10.0.0.2 -> 10.0.0.1 GRE,
/// fragment". No translation: protocol words and addresses only.
std::string packetSummary(const DecodedPacket& packet);

}  // namespace ringside
