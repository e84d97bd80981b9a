// The traffic of a scenario: frames described by a few values, and generators that repeat them.

#include <fmt/format.h>

#include <algorithm>

#include "engine/core/rng.h"
#include "engine/protocol/build.h"
#include "engine/protocol/constants.h"
#include "lessons/scenario_yaml.h"

namespace ringside::scenario_yaml {
namespace {

constexpr std::size_t kMostFrames = 1'000'000;
constexpr std::size_t kMostBytes = std::size_t{256} << 20;
constexpr std::size_t kMostPayload = 65507;  // of a UDP datagram over IPv4

std::optional<ByteVector> parseHex(std::string_view text) {
    ByteVector bytes;
    int high = -1;
    for (const char c : text) {
        if (c == ' ' || c == ':' || c == '\n') continue;
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) return std::nullopt;
        if (high < 0) {
            high = digit;
        } else {
            bytes.push_back(static_cast<std::uint8_t>(high * 16 + digit));
            high = -1;
        }
    }
    if (high >= 0) return std::nullopt;
    return bytes;
}

ByteVector filled(std::uint32_t size) {
    ByteVector bytes(size);
    for (std::uint32_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>('a' + i % 26);
    return bytes;
}

/// "100 B" is a size, {hex: …} are bytes, anything else is text.
ByteVector payload(const YamlView& v) {
    ByteVector bytes;
    if (v.isMap()) {
        v.keys({"hex", "text", "size"});
        if (const auto x = v.find("hex")) {
            const auto parsed = parseHex(x->text());
            if (!parsed) x->fail("pairs of hexadecimal digits");
            bytes = *parsed;
        } else if (const auto t = v.find("text")) {
            const std::string text = t->text();
            bytes.assign(text.begin(), text.end());
        } else {
            bytes = filled(v.need("size").size(kMostPayload));
        }
    } else if (const std::string text = v.text(); const auto size = parseSize(text)) {
        bytes = filled(v.size(kMostPayload));
    } else {
        bytes.assign(text.begin(), text.end());
    }
    if (bytes.size() > kMostPayload)
        v.fail(fmt::format("at most {} bytes", kMostPayload), fmt::format("{}", bytes.size()));
    return bytes;
}

struct FrameReader {
    const Scenario& scenario;
    FrameSpec frame;

    void ethernet(const YamlView& v) {
        frame.srcMac = *MacAddr::parse("52:54:00:00:00:02");
        frame.dstMac = scenario.nics.empty() ? *MacAddr::parse("52:54:00:12:34:56") : scenario.nics[0].mac;
        if (const auto x = v.find("eth_src")) frame.srcMac = readMac(*x);
        if (const auto x = v.find("eth_dst")) frame.dstMac = readMac(*x);
        if (const auto x = v.find("vlan")) {
            const std::vector<YamlView> tags = x->isList() ? x->list() : std::vector<YamlView>{*x};
            if (tags.size() > 4) x->fail("at most 4 tags", fmt::format("{}", tags.size()));
            for (const YamlView& tag : tags) frame.vlan.push_back(tag.integer<std::uint16_t>(0, 65535));
        }
        if (const auto x = v.find("pad")) frame.padding = x->boolean() ? Padding::toMinimum : Padding::none;
    }
    void ip(const YamlView& v) {
        frame.src = readAddress(v.need("src"));
        frame.dst = readAddress(v.need("dst"));
        if (frame.src.version != frame.dst.version) v.need("dst").fail("an address of the family of src");
        if (const auto x = v.find("ttl")) frame.ttl = x->integer<std::uint8_t>(0, 255);
        if (const auto x = v.find("tos")) frame.tos = x->integer<std::uint8_t>(0, 255);
        if (const auto x = v.find("id"))
            frame.id = x->integer<std::uint16_t>(0, 65535);
        else
            frame.id = static_cast<std::uint16_t>(scenario.frames.size() + 1);
        if (const auto x = v.find("corrupt")) {
            frame.corrupt = x->oneOf<Corrupt>({{"none", Corrupt::nothing},
                                               {"ip_checksum", Corrupt::ipChecksum},
                                               {"udp_checksum", Corrupt::transportChecksum},
                                               {"tcp_checksum", Corrupt::transportChecksum},
                                               {"icmp_checksum", Corrupt::transportChecksum}});
            if (frame.corrupt == Corrupt::ipChecksum && frame.src.version == 6)
                x->fail("udp_checksum: IPv6 has no header checksum");
        }
        if (const auto x = v.find("fragment")) {
            if (frame.src.version == 6) x->fail("IPv4 addresses: only IPv4 frames are cut in fragments here", "IPv6");
            frame.fragOff = 0;
        }
    }
    static ByteVector body(const YamlView& v) {
        const auto x = v.find("payload");
        return x ? payload(*x) : ByteVector{};
    }

    ByteVector udp(const YamlView& v) {
        v.keys({"eth_src", "eth_dst", "vlan", "pad", "src", "dst", "ttl", "tos", "id", "corrupt", "fragment", "sport",
                "dport", "payload", "checksum"});
        ethernet(v);
        ip(v);
        UdpSpec udp;
        udp.source = v.need("sport").integer<std::uint16_t>(0, 65535);
        udp.dest = v.need("dport").integer<std::uint16_t>(0, 65535);
        udp.payload = body(v);
        if (const auto x = v.find("checksum")) udp.noChecksum = !x->boolean();
        return udpFrame(frame, udp);
    }
    ByteVector tcp(const YamlView& v) {
        v.keys({"eth_src", "eth_dst", "vlan", "pad", "src", "dst", "ttl", "tos", "id", "corrupt", "fragment", "sport",
                "dport", "payload", "seq", "ack", "flags", "window"});
        ethernet(v);
        ip(v);
        TcpSpec tcp;
        tcp.source = v.need("sport").integer<std::uint16_t>(0, 65535);
        tcp.dest = v.need("dport").integer<std::uint16_t>(0, 65535);
        if (const auto x = v.find("seq")) tcp.seq = x->integer<std::uint32_t>(0, 0xffffffff);
        if (const auto x = v.find("ack")) tcp.ackSeq = x->integer<std::uint32_t>(0, 0xffffffff);
        if (const auto x = v.find("window")) tcp.window = x->integer<std::uint16_t>(0, 65535);
        if (const auto x = v.find("flags")) {
            for (const YamlView& flag : x->list()) {
                tcp.flags = static_cast<std::uint8_t>(tcp.flags | flag.oneOf<std::uint8_t>({{"fin", TCPHDR_FIN},
                                                                                            {"syn", TCPHDR_SYN},
                                                                                            {"rst", TCPHDR_RST},
                                                                                            {"psh", TCPHDR_PSH},
                                                                                            {"ack", TCPHDR_ACK},
                                                                                            {"urg", TCPHDR_URG},
                                                                                            {"ece", TCPHDR_ECE},
                                                                                            {"cwr", TCPHDR_CWR}}));
            }
        }
        tcp.payload = body(v);
        return tcpFrame(frame, tcp);
    }
    ByteVector icmp(const YamlView& v) {
        v.keys({"eth_src", "eth_dst", "vlan", "pad", "src", "dst", "ttl", "tos", "id", "corrupt", "fragment", "type",
                "echo_id", "sequence", "payload"});
        ethernet(v);
        ip(v);
        EchoSpec echo;
        if (const auto x = v.find("type"))
            echo.kind =
                x->oneOf<EchoSpec::Kind>({{"request", EchoSpec::Kind::request}, {"reply", EchoSpec::Kind::reply}});
        if (const auto x = v.find("echo_id")) echo.id = x->integer<std::uint16_t>(0, 65535);
        if (const auto x = v.find("sequence")) echo.sequence = x->integer<std::uint16_t>(0, 65535);
        echo.payload = body(v);
        return echoFrame(frame, echo);
    }
    ByteVector arp(const YamlView& v) {
        v.keys({"op", "sender_mac", "sender", "target_mac", "target", "eth_src", "eth_dst", "pad"});
        ethernet(v);
        ArpSpec arp;
        arp.srcMac = frame.srcMac;
        arp.padding = frame.padding;
        if (const auto x = v.find("op"))
            arp.op = x->oneOf<std::uint16_t>({{"request", ARPOP_REQUEST}, {"reply", ARPOP_REPLY}});
        arp.dstMac = arp.op == ARPOP_REPLY || v.find("eth_dst") ? frame.dstMac : MacAddr::broadcast();
        arp.addresses.ar_sha = arp.srcMac;
        if (const auto x = v.find("sender_mac")) arp.addresses.ar_sha = readMac(*x);
        if (const auto x = v.find("target_mac")) arp.addresses.ar_tha = readMac(*x);
        arp.addresses.ar_sip = v4(v.need("sender"));
        arp.addresses.ar_tip = v4(v.need("target"));
        return arpFrame(arp);
    }
    ByteVector protocol(const YamlView& v) {
        v.keys({"eth_src", "eth_dst", "vlan", "pad", "src", "dst", "ttl", "tos", "id", "corrupt", "fragment",
                "protocol", "payload"});
        ethernet(v);
        ip(v);
        return ipFrame(frame, v.need("protocol").integer<std::uint8_t>(0, 255), body(v));
    }
    ByteVector ethernetOnly(const YamlView& v) {
        v.keys({"eth_src", "eth_dst", "vlan", "pad", "type", "payload"});
        ethernet(v);
        return ethernetFrame(frame, v.need("type").integer<std::uint16_t>(0, 65535), body(v));
    }
    static Ipv4Addr v4(const YamlView& v) {
        const IpAddr address = readAddress(v);
        if (address.version != 4) v.fail("an IPv4 address");
        return address.v4();
    }
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
std::vector<Time> schedule(const YamlView& v, Time start, std::uint64_t seed) {
    std::vector<Time> times;
    const auto count = [](const YamlView& g, const char* key) {
        return g.need(key).integer<std::uint32_t>(1, kMostFrames);
    };
    if (const auto g = v.find("constant")) {
        g->keys({"count", "gap"});
        const Time gap = g->need("gap").time();
        for (std::uint32_t i = 0, n = count(*g, "count"); i < n; ++i) times.push_back(start + gap * i);
    } else if (const auto b = v.find("burst")) {
        b->keys({"bursts", "size", "gap", "inside"});
        const Time gap = b->need("gap").time();
        const auto inside = b->find("inside");
        const Time step = inside ? inside->time() : Time{0};
        const std::uint32_t bursts = count(*b, "bursts"), size = count(*b, "size");
        if (std::uint64_t{bursts} * size > kMostFrames)
            b->fail(fmt::format("at most {} frames", kMostFrames), fmt::format("{}", std::uint64_t{bursts} * size));
        for (std::uint32_t i = 0; i < bursts; ++i) {
            for (std::uint32_t k = 0; k < size; ++k) times.push_back(start + gap * i + step * k);
        }
    } else if (const auto p = v.find("poisson")) {
        p->keys({"count", "gap", "seed"});
        const Time gap = p->need("gap").time();
        Rng rng;
        rng.state = p->find("seed") ? p->find("seed")->integer<std::uint64_t>(0, std::uint64_t{1} << 62) : seed;
        Time at = start;
        for (std::uint32_t i = 0, n = count(*p, "count"); i < n; ++i) {
            times.push_back(at);
            at += exponential(rng, gap);
        }
    } else {
        times.push_back(start);
    }
    return times;
}

}  // namespace

void readTraffic(const YamlView& v, Scenario& scenario) {
    v.keys({"at", "constant", "burst", "poisson", "udp", "tcp", "icmp", "arp", "ip", "ethernet", "raw"});
    const auto at = v.find("at");
    const Time start = at ? at->time() : Time{0};
    FrameReader reader{scenario, {}};
    std::vector<ByteVector> frames;
    std::optional<YamlView> spec;
    const auto kind = [&](const char* name) {
        const auto found = v.find(name);
        if (found && spec) found->fail("one kind of frame an entry", std::string("also ") + name);
        if (found) spec = found;
        return found.has_value();
    };
    if (kind("udp")) frames = {reader.udp(*spec)};
    if (kind("tcp")) frames = {reader.tcp(*spec)};
    if (kind("icmp")) frames = {reader.icmp(*spec)};
    if (kind("arp")) frames = {reader.arp(*spec)};
    if (kind("ip")) frames = {reader.protocol(*spec)};
    if (kind("ethernet")) frames = {reader.ethernetOnly(*spec)};
    if (kind("raw")) {
        const auto bytes = parseHex(spec->text());
        if (!bytes || bytes->size() < 14 || bytes->size() > 65535)
            spec->fail("a frame of 14 to 65535 bytes as hexadecimal digits, Ethernet header first");
        frames = {*bytes};
    }
    if (!spec) v.fail("one of udp, tcp, icmp, arp, ip, ethernet, raw", "none of them");
    if (spec->isMap()) {
        if (const auto mtu = spec->find("fragment"))
            frames = ipv4Fragments(frames[0], mtu->integer<std::uint32_t>(68, 65535));
    }
    const std::vector<Time> times = schedule(v, start, scenario.seed + scenario.frames.size());
    std::size_t bytes = 0;
    for (const ByteVector& frame : frames) bytes += frame.size();
    std::size_t held = 0;
    if (!scenario.frames.empty()) held = scenario.frames.size() * scenario.frames.back().bytes.size();
    if (times.size() * frames.size() + scenario.frames.size() > kMostFrames)
        v.fail(fmt::format("at most {} frames", kMostFrames), "more");
    if (times.size() * bytes + held > kMostBytes)
        v.fail(fmt::format("at most {} bytes of traffic", kMostBytes), "more");
    for (const Time time : times) {
        for (const ByteVector& frame : frames) scenario.frames.push_back({time, frame});
    }
}

void sortTraffic(Scenario& scenario) {
    std::stable_sort(scenario.frames.begin(), scenario.frames.end(),
                     [](const TrafficFrame& a, const TrafficFrame& b) { return a.time < b.time; });
}

}  // namespace ringside::scenario_yaml
