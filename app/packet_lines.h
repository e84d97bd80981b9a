#pragma once
// A packet as a line of `ringside packets`: as JSON with the fields of the contract, or as text.

#include <string>
#include <string_view>
#include <vector>

#include "engine/capture/decode.h"
#include "lessons/kernel_text.h"

namespace ringside {

/// What became of a packet, in words of the contract.
struct PacketEnd {
    std::string_view fate;
    std::string_view reason;    ///< empty: it was not dropped
    std::string_view function;  ///< empty: it ended outside of any
};

/// Appends the packet as one JSON object. Its words are English whatever the language: scripts read them.
void appendPacketJson(std::string& out, const PacketView& view, const DecodedPacket& packet, const PacketEnd& end);

/// Appends the packet as a line of text; notes and the fate are in the language of `text`.
void appendPacketText(std::string& out, const PacketView& view, const DecodedPacket& packet, const PacketEnd& end,
                      const KernelText& text);

}  // namespace ringside
