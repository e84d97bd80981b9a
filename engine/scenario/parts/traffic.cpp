#include "engine/scenario/parts/traffic.h"

#include <algorithm>

#include "engine/core/rng.h"
#include "engine/protocol/constants.h"
#include "engine/scenario/scenario.h"

namespace ringside {
namespace {

constexpr std::size_t kMostIpPacket = 65535, kMostIpv6Payload = 65535;

/// Thrown inside this file only, where frames are made out of an entry.
struct Refused {
    Error error;
};
[[noreturn]] void refuse(std::string place, std::string expected, std::string found) {
    throw Refused{{std::move(place), std::move(expected), std::move(found)}};
}

class FrameMaker {
  public:
    explicit FrameMaker(const Scenario& scenario) : m_scenario(scenario) {}

    std::vector<ByteVector> operator()(const UdpTraffic& t) {
        ip(t, "udp");
        UdpSpec udp;
        udp.source = t.sport;
        udp.dest = t.dport;
        udp.payload = body(t.payload, "udp", 8);
        udp.noChecksum = !t.checksum;
        return fragments(t, udpFrame(m_frame, udp));
    }
    std::vector<ByteVector> operator()(const TcpTraffic& t) {
        ip(t, "tcp");
        TcpSpec tcp;
        tcp.source = t.sport;
        tcp.dest = t.dport;
        tcp.seq = t.seq;
        tcp.ackSeq = t.ack;
        tcp.window = t.window;
        for (const std::uint8_t flag : t.flags) tcp.flags = static_cast<std::uint8_t>(tcp.flags | flag);
        tcp.payload = body(t.payload, "tcp", 20);
        return fragments(t, tcpFrame(m_frame, tcp));
    }
    std::vector<ByteVector> operator()(const IcmpTraffic& t) {
        ip(t, "icmp");
        EchoSpec echo;
        echo.kind = t.type;
        echo.id = t.echo_id;
        echo.sequence = t.sequence;
        echo.payload = body(t.payload, "icmp", 8);
        return fragments(t, echoFrame(m_frame, echo));
    }
    std::vector<ByteVector> operator()(const ArpTraffic& t) {
        ethernet(t);
        ArpSpec arp;
        arp.srcMac = m_frame.srcMac;
        arp.padding = m_frame.padding;
        arp.op = t.op;
        arp.dstMac = t.op == ARPOP_REPLY || t.eth_dst ? m_frame.dstMac : MacAddr::broadcast();
        arp.addresses.ar_sha = t.sender_mac.value_or(arp.srcMac);
        if (t.target_mac) arp.addresses.ar_tha = *t.target_mac;
        arp.addresses.ar_sip = t.sender;
        arp.addresses.ar_tip = t.target;
        return {arpFrame(arp)};
    }
    std::vector<ByteVector> operator()(const IpTraffic& t) {
        ip(t, "ip");
        return fragments(t, ipFrame(m_frame, t.protocol, body(t.payload, "ip", 0)));
    }
    std::vector<ByteVector> operator()(const EthernetTraffic& t) {
        tagged(t);
        return {ethernetFrame(m_frame, t.type, t.payload.bytes())};
    }
    std::vector<ByteVector> operator()(const HexBytes& raw) {
        if (raw.bytes.size() < 14 || raw.bytes.size() > 65535) {
            refuse("raw", "a frame of 14 to 65535 bytes as hexadecimal digits, Ethernet header first",
                   std::to_string(raw.bytes.size()) + " bytes");
        }
        return {raw.bytes};
    }

  private:
    void ethernet(const EthernetKeys& t) {
        m_frame.srcMac = t.eth_src.value_or(MacAddr{{0x52, 0x54, 0, 0, 0, 2}});
        m_frame.dstMac = t.eth_dst.value_or(m_scenario.nics.empty() ? NicSpec::nth(0).mac : m_scenario.nics[0].mac);
        m_frame.padding = t.pad ? Padding::toMinimum : Padding::none;
    }
    void tagged(const TaggedKeys& t) {
        ethernet(t);
        m_frame.vlan = t.vlan;
    }
    void ip(const IpKeys& t, const std::string& kind) {
        tagged(t);
        if (t.src.version != t.dst.version)
            refuse(kind + ".dst", "an address of the family of src", "\"" + t.dst.toString() + "\"");
        m_frame.src = t.src;
        m_frame.dst = t.dst;
        m_frame.ttl = t.ttl;
        m_frame.tos = t.tos;
        m_frame.id = t.id.value_or(static_cast<std::uint16_t>(m_scenario.frames.size() + 1));
        m_frame.corrupt = t.corrupt;
        if (t.corrupt == Corrupt::ipChecksum && t.src.version == 6)
            refuse(kind + ".corrupt", "udp_checksum: IPv6 has no header checksum", "\"ip_checksum\"");
        if (t.fragment && t.src.version == 6)
            refuse(kind + ".fragment", "IPv4 addresses: only IPv4 frames are cut in fragments here", "IPv6");
        if (t.fragment) m_frame.fragOff = 0;
    }
    /// The payload; with the header before it, it must fit into one IP packet.
    ByteVector body(const Payload& payload, const std::string& kind, std::size_t header) const {
        ByteVector bytes = payload.bytes();
        const std::size_t room = (m_frame.src.version == 6 ? kMostIpv6Payload : kMostIpPacket - 20) - header;
        if (bytes.size() > room) {
            refuse(kind + ".payload", "at most " + std::to_string(room) + " bytes in one packet",
                   std::to_string(bytes.size()));
        }
        return bytes;
    }
    static std::vector<ByteVector> fragments(const IpKeys& t, ByteVector frame) {
        if (!t.fragment) return {std::move(frame)};
        return ipv4Fragments(frame, *t.fragment);
    }

    const Scenario& m_scenario;
    FrameSpec m_frame;
};

/// A draw from the exponential distribution with this mean, in whole numbers: von Neumann's method (1951), which only
/// compares uniform draws, so that every machine gets the same traffic.
Time exponential(Rng& rng, Time mean) {
    Time whole = 0;
    for (;;) {
        const std::uint64_t first = rng.next() >> 32;
        std::uint64_t before = first;
        unsigned run = 1;
        for (std::uint64_t draw = rng.next() >> 32; draw < before; draw = rng.next() >> 32) {
            before = draw;
            ++run;
        }
        if (run % 2 == 1) {
            // mean * first / 2^32 without overflow: an hour in ns has 42 bits
            const auto part = static_cast<Time>((static_cast<std::uint64_t>(mean) >> 16) * first >> 16);
            return whole +
                   (mean < (Time{1} << 31) ? static_cast<Time>(static_cast<std::uint64_t>(mean) * first >> 32) : part);
        }
        whole += mean;
    }
}

/// The times at which an entry's frame is sent.
std::vector<Time> schedule(const TrafficSpec& t, std::uint64_t seed) {
    if (int{t.constant.has_value()} + int{t.burst.has_value()} + int{t.poisson.has_value()} > 1)
        refuse("", "one of constant, burst, poisson", "more than one");
    std::vector<Time> times;
    if (t.constant) {
        for (std::uint32_t i = 0; i < t.constant->count; ++i) times.push_back(t.at + t.constant->gap * i);
    } else if (t.burst) {
        const std::uint64_t all = std::uint64_t{t.burst->bursts} * t.burst->size;
        if (all > kMostFrames)
            refuse("burst", "at most " + std::to_string(kMostFrames) + " frames", std::to_string(all));
        for (std::uint32_t i = 0; i < t.burst->bursts; ++i) {
            for (std::uint32_t k = 0; k < t.burst->size; ++k)
                times.push_back(t.at + t.burst->gap * i + t.burst->inside * k);
        }
    } else if (t.poisson) {
        Rng rng{t.poisson->seed.value_or(seed)};
        Time time = t.at;
        for (std::uint32_t i = 0; i < t.poisson->count; ++i) {
            times.push_back(time);
            time += exponential(rng, t.poisson->gap);
        }
    } else {
        times.push_back(t.at);
    }
    return times;
}

}  // namespace

ByteVector Payload::bytes() const {
    if (hex) return hex->bytes;
    if (text) return {text->begin(), text->end()};
    ByteVector letters(size.value_or(0));
    for (std::uint32_t i = 0; i < letters.size(); ++i) letters[i] = static_cast<std::uint8_t>('a' + i % 26);
    return letters;
}

std::optional<Error> addTraffic(Scenario& s, const TrafficSpec& t) {
    try {
        FrameMaker make(s);
        std::vector<ByteVector> frames;
        int kinds = 0;
        const auto kind = [&](const auto& spec) {
            if (!spec) return;
            if (++kinds == 1) frames = make(*spec);
        };
        kind(t.udp);
        kind(t.tcp);
        kind(t.icmp);
        kind(t.arp);
        kind(t.ip);
        kind(t.ethernet);
        kind(t.raw);
        if (kinds != 1)
            refuse("", "one of udp, tcp, icmp, arp, ip, ethernet, raw", kinds == 0 ? "none of them" : "more than one");
        const std::vector<Time> times = schedule(t, s.seed + s.frames.size());
        std::size_t bytes = 0;
        for (const ByteVector& frame : frames) bytes += frame.size();
        if (times.size() * frames.size() + s.frames.size() > kMostFrames)
            refuse("", "at most " + std::to_string(kMostFrames) + " frames", "more");
        if (times.size() * bytes + s.frame_bytes > kMostTrafficBytes)
            refuse("", "at most " + std::to_string(kMostTrafficBytes) + " bytes of traffic", "more");
        s.frame_bytes += times.size() * bytes;
        const std::uint16_t card = t.nic ? static_cast<std::uint16_t>(*t.nic) : FrameSource::kByAddress;
        for (const Time time : times) {
            for (const ByteVector& frame : frames) s.frames.push_back({time, frame, card});
        }
        return std::nullopt;
    } catch (const Refused& refused) {
        return refused.error;
    }
}

void sortTraffic(Scenario& scenario) {
    std::stable_sort(scenario.frames.begin(), scenario.frames.end(),
                     [](const TrafficFrame& a, const TrafficFrame& b) { return a.time < b.time; });
}

}  // namespace ringside
