// Protocol headers as plain values with the kernel's field names (include/uapi/linux/if_ether.h, if_vlan.h, if_arp.h,
// ip.h, ipv6.h, udp.h, tcp.h, icmp.h, icmpv6.h). A value is a copy in host order, not a view: `load` reads it from
// bytes in network order, `read` does so only where the bytes are there, `store` writes it. Nothing overlays a struct
// on packet memory. Left out: IPv4 options, TCP options and the bodies of extension headers, which stay bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/protocol/addresses.h"
#include "engine/protocol/byte_order.h"
#include "engine/protocol/constants.h"

namespace ringside {

/// The header at the beginning of `bytes`, or nothing where they are too few.
template <class Header>
constexpr std::optional<Header> readHeader(ByteView bytes, std::size_t offset = 0) {
    if (offset > bytes.size() || bytes.size() - offset < Header::kSize) return std::nullopt;
    return Header::load(bytes.data() + offset);
}

/// Ethernet.
struct ethhdr {
    static constexpr std::size_t kSize = ETH_HLEN;

    MacAddr h_dest{};
    MacAddr h_source{};
    std::uint16_t h_proto = 0;  ///< an EtherType, or a length below ETH_P_802_3_MIN

    /// Reads kSize bytes; p must have them.
    static ethhdr load(const std::uint8_t* p) {
        ethhdr h;
        h.h_dest = MacAddr::load(p + 0);
        h.h_source = MacAddr::load(p + 6);
        h.h_proto = loadBe16(p + 12);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        h_dest.store(p + 0);
        h_source.store(p + 6);
        storeBe16(p + 12, h_proto);
    }
    bool operator==(const ethhdr&) const = default;
};

/// The four bytes of an 802.1Q or 802.1ad tag that follow its EtherType.
struct vlan_hdr {
    static constexpr std::size_t kSize = VLAN_HLEN;

    std::uint16_t h_vlan_TCI = 0;  ///< priority (3 bits), drop eligible (1), id (12)
    std::uint16_t h_vlan_encapsulated_proto = 0;

    /// Reads kSize bytes; p must have them.
    static vlan_hdr load(const std::uint8_t* p) {
        vlan_hdr h;
        h.h_vlan_TCI = loadBe16(p + 0);
        h.h_vlan_encapsulated_proto = loadBe16(p + 2);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        storeBe16(p + 0, h_vlan_TCI);
        storeBe16(p + 2, h_vlan_encapsulated_proto);
    }

    constexpr std::uint16_t id() const { return h_vlan_TCI & 0x0fffU; }
    bool operator==(const vlan_hdr&) const = default;
};

/// ARP: the fixed part. For Ethernet and IPv4 an arp_addresses follows.
struct arphdr {
    static constexpr std::size_t kSize = 8;

    std::uint16_t ar_hrd = 0;
    std::uint16_t ar_pro = 0;
    std::uint8_t ar_hln = 0;
    std::uint8_t ar_pln = 0;
    std::uint16_t ar_op = 0;

    /// Reads kSize bytes; p must have them.
    static arphdr load(const std::uint8_t* p) {
        arphdr h;
        h.ar_hrd = loadBe16(p + 0);
        h.ar_pro = loadBe16(p + 2);
        h.ar_hln = p[4];
        h.ar_pln = p[5];
        h.ar_op = loadBe16(p + 6);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        storeBe16(p + 0, ar_hrd);
        storeBe16(p + 2, ar_pro);
        p[4] = ar_hln;
        p[5] = ar_pln;
        storeBe16(p + 6, ar_op);
    }
    bool operator==(const arphdr&) const = default;
};

/// What follows an arphdr with ar_hln 6 and ar_pln 4; the kernel names these only in a comment.
struct arp_addresses {
    static constexpr std::size_t kSize = 20;

    MacAddr ar_sha{};
    Ipv4Addr ar_sip{};
    MacAddr ar_tha{};
    Ipv4Addr ar_tip{};

    /// Reads kSize bytes; p must have them.
    static arp_addresses load(const std::uint8_t* p) {
        arp_addresses h;
        h.ar_sha = MacAddr::load(p + 0);
        h.ar_sip = Ipv4Addr::load(p + 6);
        h.ar_tha = MacAddr::load(p + 10);
        h.ar_tip = Ipv4Addr::load(p + 16);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        ar_sha.store(p + 0);
        ar_sip.store(p + 6);
        ar_tha.store(p + 10);
        ar_tip.store(p + 16);
    }
    bool operator==(const arp_addresses&) const = default;
};

/// IPv4 without options.
struct iphdr {
    static constexpr std::size_t kSize = 20;

    std::uint8_t version = 0;
    std::uint8_t ihl = 0;  ///< header length in units of 4 bytes
    std::uint8_t tos = 0;
    std::uint16_t tot_len = 0;  ///< bytes, this header included
    std::uint16_t id = 0;
    std::uint16_t frag_off = 0;  ///< IP_DF, IP_MF and the offset in units of 8 bytes
    std::uint8_t ttl = 0;
    std::uint8_t protocol = 0;
    std::uint16_t check = 0;
    Ipv4Addr saddr{};
    Ipv4Addr daddr{};

    /// Reads kSize bytes; p must have them.
    static iphdr load(const std::uint8_t* p) {
        iphdr h;
        h.version = static_cast<std::uint8_t>(p[0] >> 4);
        h.ihl = static_cast<std::uint8_t>(p[0] & 0xfU);
        h.tos = p[1];
        h.tot_len = loadBe16(p + 2);
        h.id = loadBe16(p + 4);
        h.frag_off = loadBe16(p + 6);
        h.ttl = p[8];
        h.protocol = p[9];
        h.check = loadBe16(p + 10);
        h.saddr = Ipv4Addr::load(p + 12);
        h.daddr = Ipv4Addr::load(p + 16);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        p[0] = static_cast<std::uint8_t>((version << 4) | (ihl & 0xfU));
        p[1] = tos;
        storeBe16(p + 2, tot_len);
        storeBe16(p + 4, id);
        storeBe16(p + 6, frag_off);
        p[8] = ttl;
        p[9] = protocol;
        storeBe16(p + 10, check);
        saddr.store(p + 12);
        daddr.store(p + 16);
    }

    constexpr std::size_t headerLength() const { return std::size_t{ihl} * 4; }
    /// As ip_is_fragment(): more fragments follow, or this one does not begin the datagram.
    constexpr bool isFragment() const { return (frag_off & (IP_MF | IP_OFFSET)) != 0; }
    /// The place of this piece in the datagram, in bytes.
    constexpr std::size_t fragmentOffset() const {
        return std::size_t{static_cast<std::uint16_t>(frag_off & IP_OFFSET)} * 8;
    }
    bool operator==(const iphdr&) const = default;
};

/// IPv6. `tclass` is the kernel's priority and the high bits of flow_lbl[0] put together, flow_lbl the 20 bits below
/// them.
struct ipv6hdr {
    static constexpr std::size_t kSize = 40;

    std::uint8_t version = 0;
    std::uint8_t tclass = 0;
    std::uint32_t flow_lbl = 0;
    std::uint16_t payload_len = 0;  ///< bytes after this header
    std::uint8_t nexthdr = 0;
    std::uint8_t hop_limit = 0;
    Ipv6Addr saddr{};
    Ipv6Addr daddr{};

    /// Reads kSize bytes; p must have them.
    static ipv6hdr load(const std::uint8_t* p) {
        ipv6hdr h;
        h.version = static_cast<std::uint8_t>(p[0] >> 4);
        h.tclass = static_cast<std::uint8_t>(loadBe16(p) >> 4);
        h.flow_lbl = loadBe32(p) & 0xfffffU;
        h.payload_len = loadBe16(p + 4);
        h.nexthdr = p[6];
        h.hop_limit = p[7];
        h.saddr = Ipv6Addr::load(p + 8);
        h.daddr = Ipv6Addr::load(p + 24);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        storeBe32(p, (std::uint32_t{version} << 28) | (std::uint32_t{tclass} << 20) | (flow_lbl & 0xfffffU));
        storeBe16(p + 4, payload_len);
        p[6] = nexthdr;
        p[7] = hop_limit;
        saddr.store(p + 8);
        daddr.store(p + 24);
    }
    bool operator==(const ipv6hdr&) const = default;
};

/// The beginning of an IPv6 extension header.
struct ipv6_opt_hdr {
    static constexpr std::size_t kSize = 2;

    std::uint8_t nexthdr = 0;
    std::uint8_t hdrlen = 0;  ///< units of 8 bytes beyond the first 8 (AH: units of 4 beyond the first 8)

    /// Reads kSize bytes; p must have them.
    static ipv6_opt_hdr load(const std::uint8_t* p) {
        ipv6_opt_hdr h;
        h.nexthdr = p[0];
        h.hdrlen = p[1];
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        p[0] = nexthdr;
        p[1] = hdrlen;
    }
    bool operator==(const ipv6_opt_hdr&) const = default;
};

/// The IPv6 fragment header.
struct frag_hdr {
    static constexpr std::size_t kSize = 8;

    std::uint8_t nexthdr = 0;
    std::uint8_t reserved = 0;
    std::uint16_t frag_off = 0;  ///< IP6_OFFSET in bytes, IP6_MF
    std::uint32_t identification = 0;

    /// Reads kSize bytes; p must have them.
    static frag_hdr load(const std::uint8_t* p) {
        frag_hdr h;
        h.nexthdr = p[0];
        h.reserved = p[1];
        h.frag_off = loadBe16(p + 2);
        h.identification = loadBe32(p + 4);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        p[0] = nexthdr;
        p[1] = reserved;
        storeBe16(p + 2, frag_off);
        storeBe32(p + 4, identification);
    }
    bool operator==(const frag_hdr&) const = default;
};

/// UDP.
struct udphdr {
    static constexpr std::size_t kSize = 8;

    std::uint16_t source = 0;
    std::uint16_t dest = 0;
    std::uint16_t len = 0;    ///< bytes, this header included
    std::uint16_t check = 0;  ///< 0: none was computed

    /// Reads kSize bytes; p must have them.
    static udphdr load(const std::uint8_t* p) {
        udphdr h;
        h.source = loadBe16(p + 0);
        h.dest = loadBe16(p + 2);
        h.len = loadBe16(p + 4);
        h.check = loadBe16(p + 6);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        storeBe16(p + 0, source);
        storeBe16(p + 2, dest);
        storeBe16(p + 4, len);
        storeBe16(p + 6, check);
    }
    bool operator==(const udphdr&) const = default;
};

/// TCP without options.
struct tcphdr {
    static constexpr std::size_t kSize = 20;

    std::uint16_t source = 0;
    std::uint16_t dest = 0;
    std::uint32_t seq = 0;
    std::uint32_t ack_seq = 0;
    std::uint8_t doff = 0;   ///< header length in units of 4 bytes
    std::uint8_t res1 = 0;   ///< four reserved bits
    std::uint8_t flags = 0;  ///< TCPHDR_*
    std::uint16_t window = 0;
    std::uint16_t check = 0;
    std::uint16_t urg_ptr = 0;

    /// Reads kSize bytes; p must have them.
    static tcphdr load(const std::uint8_t* p) {
        tcphdr h;
        h.source = loadBe16(p + 0);
        h.dest = loadBe16(p + 2);
        h.seq = loadBe32(p + 4);
        h.ack_seq = loadBe32(p + 8);
        h.doff = static_cast<std::uint8_t>(p[12] >> 4);
        h.res1 = static_cast<std::uint8_t>(p[12] & 0xfU);
        h.flags = p[13];
        h.window = loadBe16(p + 14);
        h.check = loadBe16(p + 16);
        h.urg_ptr = loadBe16(p + 18);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        storeBe16(p + 0, source);
        storeBe16(p + 2, dest);
        storeBe32(p + 4, seq);
        storeBe32(p + 8, ack_seq);
        p[12] = static_cast<std::uint8_t>((doff << 4) | (res1 & 0xfU));
        p[13] = flags;
        storeBe16(p + 14, window);
        storeBe16(p + 16, check);
        storeBe16(p + 18, urg_ptr);
    }

    constexpr std::size_t headerLength() const { return std::size_t{doff} * 4; }
    bool operator==(const tcphdr&) const = default;
};

/// ICMP. `rest` is the second half, whose meaning depends on the type.
struct icmphdr {
    static constexpr std::size_t kSize = 8;

    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint16_t checksum = 0;
    std::uint32_t rest = 0;  ///< echo: id in the high half, sequence in the low

    /// Reads kSize bytes; p must have them.
    static icmphdr load(const std::uint8_t* p) {
        icmphdr h;
        h.type = p[0];
        h.code = p[1];
        h.checksum = loadBe16(p + 2);
        h.rest = loadBe32(p + 4);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        p[0] = type;
        p[1] = code;
        storeBe16(p + 2, checksum);
        storeBe32(p + 4, rest);
    }
    bool operator==(const icmphdr&) const = default;
};

/// ICMPv6.
struct icmp6hdr {
    static constexpr std::size_t kSize = 8;

    std::uint8_t icmp6_type = 0;
    std::uint8_t icmp6_code = 0;
    std::uint16_t icmp6_cksum = 0;
    std::uint32_t rest = 0;  ///< echo: identifier in the high half, sequence in the low

    /// Reads kSize bytes; p must have them.
    static icmp6hdr load(const std::uint8_t* p) {
        icmp6hdr h;
        h.icmp6_type = p[0];
        h.icmp6_code = p[1];
        h.icmp6_cksum = loadBe16(p + 2);
        h.rest = loadBe32(p + 4);
        return h;
    }
    /// Writes kSize bytes.
    void store(std::uint8_t* p) const {
        p[0] = icmp6_type;
        p[1] = icmp6_code;
        storeBe16(p + 2, icmp6_cksum);
        storeBe32(p + 4, rest);
    }
    bool operator==(const icmp6hdr&) const = default;
};

}  // namespace ringside
