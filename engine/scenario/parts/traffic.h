#pragma once
// Traffic described by a few values: entries that become frames, once or repeated by a generator.

#include <optional>
#include <string>
#include <vector>

#include "engine/core/keys.h"
#include "engine/core/result.h"
#include "engine/protocol/build.h"
#include "engine/scenario/values.h"

namespace ringside {

struct Scenario;

inline constexpr std::size_t kMostFrames = 1'000'000;
inline constexpr std::size_t kMostTrafficBytes = std::size_t{256} << 20;
inline constexpr std::uint32_t kMostPayload = 65507;  ///< of a UDP datagram over IPv4

/// What a packet carries: "100 B" is a size, any other text itself.
struct Payload {
    std::optional<HexBytes> hex;
    std::optional<std::string> text;
    std::optional<std::uint32_t> size;

    /// The bytes; those of a size are letters.
    [[nodiscard]] ByteVector bytes() const;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "size", .doc = "so many bytes, letters of the alphabet", .unit = Unit::bytes, .most = kMostPayload},
          s.size);
        v({.name = "text", .doc = "these characters", .most = kMostPayload}, s.text);
        v({.name = "hex", .doc = "these bytes"}, s.hex);
    }
};

/// The Ethernet header.
struct EthernetKeys {
    std::optional<MacAddr> eth_src, eth_dst;
    bool pad = false;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "eth_src", .doc = "sender's hardware address", .fallback = "52:54:00:00:00:02"}, s.eth_src);
        v({.name = "eth_dst", .doc = "receiver's hardware address", .fallback = "that of the first card"}, s.eth_dst);
        v({.name = "pad", .doc = "a short frame is filled to 60 bytes, as a sending card does"}, s.pad);
    }
};

/// The Ethernet header with VLAN tags.
struct TaggedKeys : EthernetKeys {
    std::vector<std::uint16_t> vlan;

    template <class V, class S>
    static void keys(V& v, S& s) {
        EthernetKeys::keys(v, s);
        v({.name = "vlan",
           .doc = "VLAN tags (TCI), the outermost first",
           .most = 65535,
           .longest = 4,
           .fallback = "none"},
          s.vlan);
    }
};

inline constexpr KeyChoice kCorrupt[] = {{"none", static_cast<std::int64_t>(Corrupt::nothing)},
                                         {"ip_checksum", static_cast<std::int64_t>(Corrupt::ipChecksum)},
                                         {"udp_checksum", static_cast<std::int64_t>(Corrupt::transportChecksum)},
                                         {"tcp_checksum", static_cast<std::int64_t>(Corrupt::transportChecksum)},
                                         {"icmp_checksum", static_cast<std::int64_t>(Corrupt::transportChecksum)}};

/// The IP header.
struct IpKeys : TaggedKeys {
    IpAddr src, dst;
    std::uint8_t ttl = 64, tos = 0;
    std::optional<std::uint16_t> id;
    Corrupt corrupt = Corrupt::nothing;
    std::optional<std::uint32_t> fragment;

    template <class V, class S>
    static void keys(V& v, S& s) {
        TaggedKeys::keys(v, s);
        v({.name = "src", .doc = "sender's address", .required = true}, s.src);
        v({.name = "dst", .doc = "receiver's address, of the same family", .required = true}, s.dst);
        v({.name = "ttl", .doc = "hop limit", .most = 255}, s.ttl);
        v({.name = "tos", .doc = "type of service, traffic class", .most = 255}, s.tos);
        v({.name = "id", .doc = "identification (IPv4)", .most = 65535, .fallback = "number of the frame"}, s.id);
        v({.name = "corrupt", .doc = "a checksum that is wrong", .choices = kCorrupt}, s.corrupt);
        v({.name = "fragment",
           .doc = "cut into fragments for this MTU (IPv4)",
           .least = 68,
           .most = 65535,
           .fallback = "whole"},
          s.fragment);
    }
};

struct UdpTraffic : IpKeys {
    std::uint16_t sport = 0, dport = 0;
    Payload payload;
    bool checksum = true;

    template <class V, class S>
    static void keys(V& v, S& s) {
        IpKeys::keys(v, s);
        v({.name = "sport", .doc = "source port", .most = 65535, .required = true}, s.sport);
        v({.name = "dport", .doc = "destination port", .most = 65535, .required = true}, s.dport);
        v({.name = "payload", .doc = "what it carries: a size, a text, {hex: …}", .fallback = "nothing"}, s.payload);
        v({.name = "checksum", .doc = "false: sent with checksum 0"}, s.checksum);
    }
};

inline constexpr KeyChoice kTcpFlags[] = {{"fin", TCPHDR_FIN}, {"syn", TCPHDR_SYN}, {"rst", TCPHDR_RST},
                                          {"psh", TCPHDR_PSH}, {"ack", TCPHDR_ACK}, {"urg", TCPHDR_URG},
                                          {"ece", TCPHDR_ECE}, {"cwr", TCPHDR_CWR}};

struct TcpTraffic : IpKeys {
    std::uint16_t sport = 0, dport = 0, window = 64240;
    std::uint32_t seq = 0, ack = 0;
    std::vector<std::uint8_t> flags;
    Payload payload;

    template <class V, class S>
    static void keys(V& v, S& s) {
        IpKeys::keys(v, s);
        v({.name = "sport", .doc = "source port", .most = 65535, .required = true}, s.sport);
        v({.name = "dport", .doc = "destination port", .most = 65535, .required = true}, s.dport);
        v({.name = "seq", .doc = "sequence number", .most = 0xffffffff}, s.seq);
        v({.name = "ack", .doc = "acknowledgement number", .most = 0xffffffff}, s.ack);
        v({.name = "flags", .doc = "flags that are set", .longest = 8, .choices = kTcpFlags, .fallback = "none"},
          s.flags);
        v({.name = "window", .doc = "receive window", .most = 65535}, s.window);
        v({.name = "payload", .doc = "what it carries: a size, a text, {hex: …}", .fallback = "nothing"}, s.payload);
    }
};

inline constexpr KeyChoice kEchoKinds[] = {{"request", static_cast<std::int64_t>(EchoSpec::Kind::request)},
                                           {"reply", static_cast<std::int64_t>(EchoSpec::Kind::reply)}};

struct IcmpTraffic : IpKeys {
    EchoSpec::Kind type = EchoSpec::Kind::request;
    std::uint16_t echo_id = 0, sequence = 0;
    Payload payload;

    template <class V, class S>
    static void keys(V& v, S& s) {
        IpKeys::keys(v, s);
        v({.name = "type", .doc = "which echo", .choices = kEchoKinds}, s.type);
        v({.name = "echo_id", .doc = "identifier of the echo", .most = 65535}, s.echo_id);
        v({.name = "sequence", .doc = "its sequence number", .most = 65535}, s.sequence);
        v({.name = "payload", .doc = "what it carries: a size, a text, {hex: …}", .fallback = "nothing"}, s.payload);
    }
};

inline constexpr KeyChoice kArpOps[] = {{"request", ARPOP_REQUEST}, {"reply", ARPOP_REPLY}};

struct ArpTraffic : EthernetKeys {
    std::uint16_t op = ARPOP_REQUEST;
    std::optional<MacAddr> sender_mac, target_mac;
    Ipv4Addr sender, target;

    template <class V, class S>
    static void keys(V& v, S& s) {
        EthernetKeys::keys(v, s);
        v({.name = "op", .doc = "operation; a request goes to all unless eth_dst says otherwise", .choices = kArpOps},
          s.op);
        v({.name = "sender_mac", .doc = "sender's hardware address in the packet", .fallback = "eth_src"},
          s.sender_mac);
        v({.name = "sender", .doc = "sender's address", .required = true}, s.sender);
        v({.name = "target_mac", .doc = "target's hardware address", .fallback = "00:00:00:00:00:00"}, s.target_mac);
        v({.name = "target", .doc = "target's address", .required = true}, s.target);
    }
};

struct IpTraffic : IpKeys {
    std::uint8_t protocol = 0;
    Payload payload;

    template <class V, class S>
    static void keys(V& v, S& s) {
        IpKeys::keys(v, s);
        v({.name = "protocol", .doc = "protocol number, next header", .most = 255, .required = true}, s.protocol);
        v({.name = "payload", .doc = "what it carries: a size, a text, {hex: …}", .fallback = "nothing"}, s.payload);
    }
};

struct EthernetTraffic : TaggedKeys {
    std::uint16_t type = 0;
    Payload payload;

    template <class V, class S>
    static void keys(V& v, S& s) {
        TaggedKeys::keys(v, s);
        v({.name = "type", .doc = "EtherType", .most = 65535, .required = true}, s.type);
        v({.name = "payload", .doc = "what it carries: a size, a text, {hex: …}", .fallback = "nothing"}, s.payload);
    }
};

/// Generators: how often an entry is sent.
struct ConstantRate {
    std::uint32_t count = 1;
    Time gap = 0;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "count", .doc = "how many", .least = 1, .most = kMostFrames, .required = true}, s.count);
        v({.name = "gap", .doc = "time from one to the next", .unit = Unit::nanoseconds, .required = true}, s.gap);
    }
};
struct Bursts {
    std::uint32_t bursts = 1, size = 1;
    Time gap = 0, inside = 0;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "bursts", .doc = "how many bursts", .least = 1, .most = kMostFrames, .required = true}, s.bursts);
        v({.name = "size", .doc = "frames in a burst", .least = 1, .most = kMostFrames, .required = true}, s.size);
        v({.name = "gap", .doc = "from one burst's begin to the next's", .unit = Unit::nanoseconds, .required = true},
          s.gap);
        v({.name = "inside", .doc = "time between the frames of a burst", .unit = Unit::nanoseconds}, s.inside);
    }
};
struct PoissonRate {
    std::uint32_t count = 1;
    Time gap = 0;
    std::optional<std::uint64_t> seed;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "count", .doc = "how many", .least = 1, .most = kMostFrames, .required = true}, s.count);
        v({.name = "gap", .doc = "mean time from one to the next", .unit = Unit::nanoseconds, .required = true}, s.gap);
        v({.name = "seed",
           .doc = "of the drawn times",
           .most = std::int64_t{1} << 62,
           .fallback = "from the scenario's"},
          s.seed);
    }
};

/// One entry of `traffic`: one kind of frame, at most one generator.
struct TrafficSpec {
    Time at = 0;
    std::optional<std::size_t> nic;  ///< index into Scenario::nics
    std::optional<ConstantRate> constant;
    std::optional<Bursts> burst;
    std::optional<PoissonRate> poisson;
    std::optional<UdpTraffic> udp;
    std::optional<TcpTraffic> tcp;
    std::optional<IcmpTraffic> icmp;
    std::optional<ArpTraffic> arp;
    std::optional<IpTraffic> ip;
    std::optional<EthernetTraffic> ethernet;
    std::optional<HexBytes> raw;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "at", .doc = "when the (first) frame reaches the card", .unit = Unit::nanoseconds}, s.at);
        v({.name = "nic",
           .doc = "card that the frame comes to",
           .refers = Refers::nic,
           .fallback = "that with its destination address, else the first"},
          s.nic);
        v({.name = "constant", .doc = "sent at a constant rate"}, s.constant);
        v({.name = "burst", .doc = "sent in bursts"}, s.burst);
        v({.name = "poisson", .doc = "sent at times of a Poisson process"}, s.poisson);
        v({.name = "udp", .doc = "a UDP datagram"}, s.udp);
        v({.name = "tcp", .doc = "a TCP segment"}, s.tcp);
        v({.name = "icmp", .doc = "an ICMP or ICMPv6 echo"}, s.icmp);
        v({.name = "arp", .doc = "an ARP packet"}, s.arp);
        v({.name = "ip", .doc = "an IP packet of any protocol"}, s.ip);
        v({.name = "ethernet", .doc = "an Ethernet frame of any type"}, s.ethernet);
        v({.name = "raw", .doc = "a frame of 14 to 65535 bytes, Ethernet header first"}, s.raw);
    }
};

/// Appends the frames of an entry to Scenario::frames; the scenario's cards are known by then. The error's place is the
/// key's path inside the entry ("udp.dst").
std::optional<Error> addTraffic(Scenario& scenario, const TrafficSpec& entry);
/// Sorts the frames by time; equal times keep the order in which they were added.
void sortTraffic(Scenario& scenario);

}  // namespace ringside
