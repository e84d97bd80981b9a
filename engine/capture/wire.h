// What of a captured packet enters the simulated NIC: an Ethernet frame as the wire would have carried it.
//
// A capture is not the wire. A cooked, raw or loopback capture has no Ethernet header, so one is made: to our address
// for packets to us, to the broadcast or the group's address for those, to somebody else's for the rest. A packet taken
// on its sender has neither the padding to 60 bytes nor, with checksum offload, its checksum: both are added as that
// sender's NIC would have done. What the snap length cut off is zeros, with a transport checksum to match, so that the
// packet walks the way the whole one did. A checksum that is simply wrong stays wrong. Each of these is noted.
//
// Not every captured packet was a frame on this machine's wire: what it sent, what went over its loopback device, what
// GRO had joined or TSO had yet to split. And of some too little was kept to say what became of them. onWire() tells.
#pragma once

#include <vector>

#include "engine/capture/decode.h"
#include "engine/protocol/addresses.h"
#include "engine/protocol/byte_order.h"
#include "engine/protocol/constants.h"

namespace ringside {

/// Ethernet addresses for the headers that are made.
struct WireAddresses {
    MacAddr ours{{0x52, 0x54, 0x00, 0x12, 0x34, 0x56}};
    MacAddr peer{{0x02, 0x00, 0x00, 0x00, 0x00, 0x02}};   ///< a sender whose address the capture does not tell
    MacAddr other{{0x02, 0x00, 0x00, 0x00, 0x00, 0x03}};  ///< a receiver that is not us
};

/// What of a captured packet the wire of this machine brought.
enum class OnWire : std::uint8_t {
    frame,
    sent,       ///< this host sent it
    loopback,   ///< it did not leave the host
    joined,     ///< several frames, or none yet: longer than the link takes, of TCP; or of IP length 0
    notEnough,  ///< a frame, but what decides about it was not kept
    notWalked,  ///< the link type is not walked
};

/// Tells by the notes and the addresses. `host` as below; `mtu` is the card's: with a larger one a long frame of TCP is
/// taken for a jumbo frame.
OnWire onWire(const PacketView& packet, const DecodedPacket& decoded, const std::vector<IpAddr>& host,
              std::uint32_t mtu = ETH_DATA_LEN);

/// A frame without FCS, and what was done to make it one.
struct WireFrame {
    ByteVector bytes;               ///< empty where the link type is not walked
    std::vector<PacketNote> notes;  ///< only what was changed here; those of decoding are in the DecodedPacket
};

/// The frame of a packet for which onWire() says that there is one. `host` are the addresses of the chosen host
/// (AddressCensus::hostAddresses()): they tell which packets without a link layer are to us.
WireFrame wireFrame(const PacketView& packet, const DecodedPacket& decoded, const std::vector<IpAddr>& host,
                    const WireAddresses& addresses = {});

}  // namespace ringside
