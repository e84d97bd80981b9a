// What of a captured packet enters the simulated NIC: an Ethernet frame as the wire would have carried it.
//
// A capture is not the wire. A cooked, raw or loopback capture has no Ethernet header, so one is made: to our address
// for packets to us, to the broadcast or the group's address for those, to somebody else's for the rest. A packet taken
// on its sender has neither the padding to 60 bytes nor, with checksum offload, its checksum: both are added as that
// sender's NIC would have done. What the snap length cut off is zeros, with a transport checksum to match, so that the
// packet walks the way the whole one did. A checksum that is simply wrong stays wrong. Each of these is noted.
// Frames larger than the link carries (jumbo, GRO, GSO) are handed on in one piece.
#pragma once

#include <vector>

#include "engine/capture/decode.h"
#include "engine/protocol/addresses.h"
#include "engine/protocol/byte_order.h"

namespace ringside {

/// Ethernet addresses for the headers that are made.
struct WireAddresses {
    MacAddr ours{{0x52, 0x54, 0x00, 0x12, 0x34, 0x56}};
    MacAddr peer{{0x02, 0x00, 0x00, 0x00, 0x00, 0x02}};   ///< a sender whose address the capture does not tell
    MacAddr other{{0x02, 0x00, 0x00, 0x00, 0x00, 0x03}};  ///< a receiver that is not us
};

/// A frame without FCS, and what was done to make it one.
struct WireFrame {
    ByteVector bytes;               ///< empty where the link type is not walked
    std::vector<PacketNote> notes;  ///< only what was changed here; those of decoding are in the DecodedPacket
};

/// The frame of a packet. `host` are the addresses of the chosen host (AddressCensus::hostAddresses()): they tell which
/// packets without a link layer are to us.
WireFrame wireFrame(const PacketView& packet, const DecodedPacket& decoded, const std::vector<IpAddr>& host,
                    const WireAddresses& addresses = {});

}  // namespace ringside
