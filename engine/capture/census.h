// Who talks in a capture: the IP addresses with their counts, the ports traffic goes to, and the best guess which host
// is "ours". Counted while the index is built; bounded, so a scan from a million addresses cannot fill the memory.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/capture/count_table.h"
#include "engine/capture/decode.h"
#include "engine/protocol/addresses.h"

namespace ringside {

/// One address of the outermost IP headers.
struct AddressUse {
    IpAddr address;
    std::uint64_t sent = 0;       ///< packets with it as the source
    std::uint64_t received = 0;   ///< packets with it as the destination
    std::uint64_t oursSeen = 0;   ///< packets whose cooked header says that this is the capturing host
    std::uint64_t otherSeen = 0;  ///< packets whose cooked header says that it is another: forwarded ones have both
    std::uint64_t first = 0;      ///< number of the first packet it is in
    bool sentFirst = false;       ///< it sent that packet
    MacAddr mac;                  ///< the Ethernet address it mostly came with; zeros where none was seen
    std::uint64_t macVotes = 0;   ///< by how many packets `mac` is ahead

    /// Whether the kernel that captured says that this is an address of its own.
    bool ours() const { return oursSeen > otherSeen; }
};

/// Packets to one transport port.
struct PortUse {
    IpAddr dst;
    std::uint8_t proto = 0;  ///< IPPROTO_UDP or IPPROTO_TCP
    std::uint16_t port = 0;
    std::uint64_t packets = 0;
    std::uint64_t first = 0;  ///< number of the first one
    bool refused = false;     ///< TCP: a SYN to it was answered with RST
    bool accepted = false;    ///< TCP: … with SYN and ACK

    /// Whether the capture shows that nobody listened there.
    bool closed() const { return refused && !accepted; }
};

/// Where a packet goes, seen from the chosen host.
enum class PacketDirection : std::uint8_t { toHost, fromHost, toGroup, elsewhere, unknown };

/// Counts of a whole capture. A value: copying it copies the counts.
class AddressCensus {
  public:
    /// Packets of one kind: the same addresses, and the same port where proto is UDP or TCP.
    struct Flow {
        IpAddr src;
        IpAddr dst;
        MacAddr srcMac;  ///< zeros where there is none
        MacAddr dstMac;
        std::uint8_t proto = 0;  ///< 0: no ports
        std::uint16_t port = 0;  ///< destination
        std::uint64_t first = 0;
        std::uint64_t packets = 1;
        bool srcOurs = false;  ///< the cooked header says that src, or dst, is the capturing host
        bool dstOurs = false;
        bool srcOther = false;  ///< … is another host
        bool dstOther = false;
    };

    /// Takes packets into account.
    void add(const Flow& flow);

    /// Takes one packet into account; `decoded` may have been made without checking checksums.
    void add(std::uint64_t number, const DecodedPacket& decoded);

    /// Takes an answer to a SYN into account: what `host` sent from its TCP port.
    void addAnswer(const IpAddr& host, std::uint16_t port, bool accepted);

    /// The addresses, most packets first, ties by address.
    std::vector<AddressUse> addresses() const;

    /// What is known of one address.
    std::optional<AddressUse> find(const IpAddr& address) const;

    /// The address that is most likely the capturing host's: one of a card before one of the loopback device, then what
    /// a cooked header says of direction, then
    /// the unicast address that takes part in most packets, then the one that received more, then a private one before
    /// a public one, then the one seen first (the sender before the receiver). Nothing where no unicast address was
    /// seen.
    std::optional<IpAddr> guessHost() const;

    /// The host and its other addresses: those with the same Ethernet address that are of the other family or
    /// link-local, and where a cooked header tells which addresses are the host's, those. Else just the host.
    std::vector<IpAddr> hostAddresses(const IpAddr& host) const;

    /// The ports of `proto` that packets to one of `hosts` go to, and to groups and broadcast too; by port, one row a
    /// destination.
    std::vector<PortUse> portsTo(std::uint8_t proto, const std::vector<IpAddr>& hosts) const;

    /// portsTo(IPPROTO_UDP, hosts), each port once, smallest first.
    std::vector<std::uint16_t> udpPortsTo(const std::vector<IpAddr>& hosts) const;

    /// Packets whose address or port was not counted because the table was full (65,536 rows).
    std::uint64_t uncounted() const { return m_uncounted; }

  private:
    // An address, and for ports the rest, as three words: comparing and hashing them is most of the counting.
    struct Key {
        std::uint64_t words[3];
        explicit Key(const IpAddr& address, std::uint8_t proto = 0, std::uint16_t port = 0);
        bool operator==(const Key& o) const {
            return words[0] == o.words[0] && words[1] == o.words[1] && words[2] == o.words[2];
        }
        std::uint64_t hash() const;
    };
    AddressUse* use(const IpAddr& address, const MacAddr& mac, const Flow& flow, bool sender);

    CountTable<Key, AddressUse> m_addresses;
    CountTable<Key, PortUse> m_ports;
    std::uint64_t m_uncounted = 0;
};

/// Whether a TCP segment answers a SYN, and how: true, accepted; false, refused. A refusal has sequence number 0, as
/// the SYN that it answers acknowledges nothing; the reset of a connection has another.
std::optional<bool> answerToSyn(std::uint16_t flags, std::uint32_t seq);

/// Where a decoded packet goes, seen from the addresses of the chosen host.
PacketDirection directionOf(const DecodedPacket& decoded, const std::vector<IpAddr>& host);

}  // namespace ringside
