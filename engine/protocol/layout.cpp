#include "engine/protocol/layout.h"

#include <algorithm>
#include <span>

#include "engine/protocol/constants.h"
#include "engine/protocol/headers.h"

namespace ringside {
namespace {

enum class Form : std::uint8_t {
    number,
    hex,
    mac,
    ipv4,
    ipv6,
    etherType,
    protocol,
    words,
    port,
    tci,
    ipFragment,
    ipv6Fragment,
    tcpFlags,
    arpOperation,
    raw,
};

struct Field {
    std::string_view name;
    std::uint16_t bit;   // from the start of the header
    std::uint16_t bits;  // 0: all that is left of the header (options)
    Form form;
    std::string_view doc;
};

constexpr Field kEthernet[] = {
    {"h_dest", 0, 48, Form::mac, "Ethernet address of the receiver"},
    {"h_source", 48, 48, Form::mac, "Ethernet address of the sender"},
    {"h_proto", 96, 16, Form::etherType, "type of what follows; below 0x0600 a length"},
};
constexpr Field kVlan[] = {
    {"h_vlan_TCI", 0, 16, Form::tci, "priority, drop eligible indicator and VLAN id"},
    {"h_vlan_encapsulated_proto", 16, 16, Form::etherType, "type of what follows the tag"},
};
constexpr Field kArp[] = {
    {"ar_hrd", 0, 16, Form::number, "format of the hardware address; 1 is Ethernet"},
    {"ar_pro", 16, 16, Form::etherType, "format of the protocol address"},
    {"ar_hln", 32, 8, Form::number, "length of a hardware address in bytes"},
    {"ar_pln", 40, 8, Form::number, "length of a protocol address in bytes"},
    {"ar_op", 48, 16, Form::arpOperation, "what is asked or answered"},
    {"ar_sha", 64, 48, Form::mac, "hardware address of the sender"},
    {"ar_sip", 112, 32, Form::ipv4, "protocol address of the sender"},
    {"ar_tha", 144, 48, Form::mac, "hardware address of the target"},
    {"ar_tip", 192, 32, Form::ipv4, "protocol address of the target"},
};
constexpr Field kIpv4[] = {
    {"version", 0, 4, Form::number, "4"},
    {"ihl", 4, 4, Form::words, "header length in units of 4 bytes"},
    {"tos", 8, 8, Form::hex, "differentiated services and congestion marks"},
    {"tot_len", 16, 16, Form::number, "length of header and data in bytes"},
    {"id", 32, 16, Form::hex, "which datagram a fragment belongs to"},
    {"frag_off", 48, 16, Form::ipFragment, "fragmentation flags and offset"},
    {"ttl", 64, 8, Form::number, "routers that may still forward it"},
    {"protocol", 72, 8, Form::protocol, "protocol of the data"},
    {"check", 80, 16, Form::hex, "checksum over this header"},
    {"saddr", 96, 32, Form::ipv4, "address of the sender"},
    {"daddr", 128, 32, Form::ipv4, "address of the receiver"},
    {"options", 160, 0, Form::raw, "IPv4 options"},
};
constexpr Field kIpv6[] = {
    {"version", 0, 4, Form::number, "6"},
    {"priority", 4, 8, Form::hex, "traffic class: differentiated services and congestion marks"},
    {"flow_lbl", 12, 20, Form::hex, "flow label"},
    {"payload_len", 32, 16, Form::number, "bytes after this header"},
    {"nexthdr", 48, 8, Form::protocol, "protocol or extension header that follows"},
    {"hop_limit", 56, 8, Form::number, "routers that may still forward it"},
    {"saddr", 64, 128, Form::ipv6, "address of the sender"},
    {"daddr", 192, 128, Form::ipv6, "address of the receiver"},
};
constexpr Field kIpv6Extension[] = {
    {"nexthdr", 0, 8, Form::protocol, "protocol or extension header that follows"},
    {"hdrlen", 8, 8, Form::number, "length in units of 8 bytes beyond the first 8"},
    {"data", 16, 0, Form::raw, "options, segments or parameters"},
};
constexpr Field kIpv6Fragment[] = {
    {"nexthdr", 0, 8, Form::protocol, "protocol of the data"},
    {"reserved", 8, 8, Form::hex, "0"},
    {"frag_off", 16, 16, Form::ipv6Fragment, "offset and the more-fragments flag"},
    {"identification", 32, 32, Form::hex, "which datagram a fragment belongs to"},
};
constexpr Field kAuthentication[] = {
    {"nexthdr", 0, 8, Form::protocol, "protocol or extension header that follows"},
    {"hdrlen", 8, 8, Form::number, "length in units of 4 bytes beyond the first 8"},
    {"reserved", 16, 16, Form::hex, "0"},
    {"spi", 32, 32, Form::hex, "which security association it belongs to"},
    {"seq_no", 64, 32, Form::number, "number of the packet in its association"},
    {"auth_data", 96, 0, Form::raw, "value that proves the packet unchanged"},
};
constexpr Field kUdp[] = {
    {"source", 0, 16, Form::port, "port of the sender"},
    {"dest", 16, 16, Form::port, "port of the receiver"},
    {"len", 32, 16, Form::number, "length of header and data in bytes"},
    {"check", 48, 16, Form::hex, "checksum over pseudo header, header and data; 0: none"},
};
constexpr Field kTcp[] = {
    {"source", 0, 16, Form::port, "port of the sender"},
    {"dest", 16, 16, Form::port, "port of the receiver"},
    {"seq", 32, 32, Form::number, "number of the first byte of data"},
    {"ack_seq", 64, 32, Form::number, "number of the byte expected next"},
    {"doff", 96, 4, Form::words, "header length in units of 4 bytes"},
    {"res1", 100, 4, Form::hex, "reserved"},
    {"flags", 104, 8, Form::tcpFlags, "control bits (cwr, ece, urg, ack, psh, rst, syn, fin)"},
    {"window", 112, 16, Form::number, "bytes the sender will accept, before scaling"},
    {"check", 128, 16, Form::hex, "checksum over pseudo header, header and data"},
    {"urg_ptr", 144, 16, Form::number, "end of urgent data"},
    {"options", 160, 0, Form::raw, "TCP options"},
};
constexpr Field kIcmp[] = {
    {"type", 0, 8, Form::number, "kind of message; 8 asks for an echo, 0 answers"},
    {"code", 8, 8, Form::number, "kind within the type"},
    {"checksum", 16, 16, Form::hex, "checksum over the message"},
    {"un", 32, 32, Form::hex, "for an echo: id and sequence"},
};
constexpr Field kIcmpv6[] = {
    {"icmp6_type", 0, 8, Form::number, "kind of message; 128 asks for an echo, 135 for a neighbour"},
    {"icmp6_code", 8, 8, Form::number, "kind within the type"},
    {"icmp6_cksum", 16, 16, Form::hex, "checksum over pseudo header and message"},
    {"icmp6_dataun", 32, 32, Form::hex, "for an echo: identifier and sequence"},
};

struct Header {
    std::string_view name;
    std::span<const Field> fields;
};

const Header& header(HeaderKind kind) {
    static constexpr Header table[] = {
        {"", {}},
        {"ethhdr", kEthernet},
        {"vlan_hdr", kVlan},
        {"arphdr", kArp},
        {"iphdr", kIpv4},
        {"ipv6hdr", kIpv6},
        {"ipv6_opt_hdr", kIpv6Extension},
        {"frag_hdr", kIpv6Fragment},
        {"ip_auth_hdr", kAuthentication},
        {"udphdr", kUdp},
        {"tcphdr", kTcp},
        {"icmphdr", kIcmp},
        {"icmp6hdr", kIcmpv6},
    };
    return table[static_cast<std::size_t>(kind)];
}

std::string hexText(std::uint64_t v, std::size_t digits) {
    std::string s = "0x";
    for (std::size_t i = digits; i-- > 0;) s += "0123456789abcdef"[(v >> (i * 4)) & 0xfU];
    return s;
}

std::string tcpFlagsText(std::uint64_t v) {
    static constexpr std::string_view names[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
    std::string s;
    for (std::size_t i = 0; i < 8; ++i) {
        if ((v >> i & 1U) == 0) continue;
        if (!s.empty()) s += ' ';
        s += names[i];
    }
    return s.empty() ? "none" : s;
}

std::string fragmentText(bool dontFragment, bool more, std::uint64_t offset) {
    std::string s;
    if (dontFragment) s += "DF, ";
    if (more) s += "MF, ";
    return s + "offset " + std::to_string(offset);
}

std::string bytesText(ByteView bytes) {
    constexpr std::size_t kShown = 16;  // a line of the inspector
    std::string s;
    for (std::size_t i = 0; i < bytes.size() && i < kShown; ++i) {
        if (i > 0) s += ' ';
        s += "0123456789abcdef"[bytes[i] >> 4];
        s += "0123456789abcdef"[bytes[i] & 0xfU];
    }
    if (bytes.size() > kShown) s += " …";
    return s;
}

std::string text(Form form, std::uint64_t v, std::uint16_t bits, ByteView raw) {
    switch (form) {
        case Form::number:
        case Form::port:
            return std::to_string(v);
        case Form::hex:
            return hexText(v, (bits + 3U) / 4U);
        case Form::mac:
            return MacAddr::load(raw.data()).toString();
        case Form::ipv4:
            return Ipv4Addr::load(raw.data()).toString();
        case Form::ipv6:
            return Ipv6Addr::load(raw.data()).toString();
        case Form::etherType:
            return etherTypeName(static_cast<std::uint16_t>(v));
        case Form::protocol:
            return ipProtocolName(static_cast<std::uint8_t>(v));
        case Form::words:
            return std::to_string(v) + " (" + std::to_string(v * 4) + " bytes)";
        case Form::tci:
            return "pcp " + std::to_string(v >> 13) + ", dei " + std::to_string(v >> 12 & 1U) + ", vid " +
                   std::to_string(v & 0xfffU);
        case Form::ipFragment:
            return fragmentText((v & IP_DF) != 0, (v & IP_MF) != 0, (v & IP_OFFSET) * 8);
        case Form::ipv6Fragment:
            return fragmentText(false, (v & IP6_MF) != 0, v & IP6_OFFSET);
        case Form::tcpFlags:
            return tcpFlagsText(v);
        case Form::arpOperation:
            return v == ARPOP_REQUEST ? "1 (request)" : v == ARPOP_REPLY ? "2 (reply)" : std::to_string(v);
        case Form::raw:
            return bytesText(raw);
    }
    return {};
}

}  // namespace

std::string_view headerName(HeaderKind kind) { return header(kind).name; }

LayoutLayer headerLayout(HeaderKind kind, ByteView bytes, std::size_t offset) {
    LayoutLayer layer;
    layer.kind = kind;
    layer.name = headerName(kind);
    layer.offset = static_cast<std::uint32_t>(offset);
    const ByteView b = offset < bytes.size() ? bytes.subspan(offset) : ByteView{};
    const HeaderAt here = headerAt(kind, bytes, offset);
    layer.cut = here.cut;
    layer.length = std::min(here.length, static_cast<std::uint32_t>(b.size()));
    for (const Field& f : header(kind).fields) {
        const std::uint32_t first = f.bit / 8U;
        const std::uint32_t end = f.bits == 0 ? layer.length : (f.bit + f.bits + 7U) / 8U;
        if (end > layer.length || first >= end) continue;
        if (kind == HeaderKind::arp && first >= arphdr::kSize && (b[4] != ETH_ALEN || b[5] != 4)) continue;
        LayoutField out;
        out.name = f.name;
        out.doc = f.doc;
        out.offset = layer.offset + first;
        out.length = end - first;
        out.bitOffset = static_cast<std::uint8_t>(f.bit % 8U);
        out.bits = f.bits == 0 ? static_cast<std::uint16_t>(out.length * 8U) : f.bits;
        const ByteView raw = b.subspan(first, out.length);
        if (out.bits <= 64) {
            for (const std::uint8_t byte : raw) out.value = out.value << 8 | byte;
            out.value >>= out.length * 8U - out.bitOffset - out.bits;
            if (out.bits < 64) out.value &= (std::uint64_t{1} << out.bits) - 1;
        }
        out.text = text(f.form, out.value, out.bits, raw);
        layer.fields.push_back(std::move(out));
    }
    return layer;
}

std::vector<LayoutLayer> layoutFrom(HeaderKind first, ByteView bytes, std::size_t offset) {
    std::vector<LayoutLayer> layers;
    HeaderKind network = HeaderKind::none;
    for (HeaderKind kind = first; kind != HeaderKind::none && offset < bytes.size();) {
        if (kind == HeaderKind::ipv4 || kind == HeaderKind::ipv6) network = kind;
        layers.push_back(headerLayout(kind, bytes, offset));
        const HeaderAt here = headerAt(kind, bytes, offset);
        kind = here.following(network);
        offset = here.end();
    }
    return layers;
}

}  // namespace ringside
