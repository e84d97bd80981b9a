#pragma once
// The walk over one packet of a capture, header by header; decode.h is what others use. Its functions stand in
// decode_link.cpp, decode_network.cpp and decode_transport.cpp.

#include <algorithm>

#include "engine/capture/decode.h"
#include "engine/protocol/header_walk.h"
#include "engine/protocol/headers.h"

namespace ringside {

// `m_end` is where the bytes end, `m_wireEnd` where the packet ended; both only shrink.
class DecodeWalker {
  public:
    DecodeWalker(const PacketView& packet, ChecksumCheck check, DecodedPacket& out)
        : m_out(out), m_data(packet.data), m_end(packet.data.size()), m_wireEnd(packet.len), m_check(check) {
        m_wireEnd = std::max(m_wireEnd, m_end);
        m_frame = m_wireEnd;
    }

    void walk(int linktype);

  private:
    // decode_link.cpp
    void link(int linktype);
    // Says of a frame that is longer than a card takes what it may have been. The link layer of other captures is
    // replaced by an Ethernet header.
    void length();
    void ethernet();
    // What follows a type field: tags, LLC behind a length, or the network layer.
    void typed(std::uint16_t type, std::size_t offset);
    void llc(std::size_t offset);
    void sll();
    void sll2();
    void cooked(std::uint16_t etype, std::size_t offset);
    void raw();
    // The family is in the byte order of the host that wrote the file (DLT_LOOP: network order), and IPv6 has a number
    // for each system: 10 Linux, 23 Windows, 24 NetBSD and OpenBSD, 28 FreeBSD, 30 Darwin.
    void null(bool networkOrder);
    void network(std::uint16_t type, std::size_t offset);
    // decode_network.cpp
    void arp(std::size_t offset);
    void ipv4(std::size_t offset);
    // The IP header says where the packet ends: what lies behind is padding; a packet that ends before is noted.
    void limit(std::size_t end, std::size_t said, std::size_t offset);
    void ipv6(std::size_t offset);
    // Follows the chain as ipv6_skip_exthdr() does, AH too, which Linux itself would leave to xfrm.
    void extensions(DecodedIp& ip, std::size_t offset);
    // While segments are left the transport checksum is over the last destination (RFC 8200, section 8.1): the last
    // address of types 0 and 2, the first of a segment routing header, which lists them backwards.
    void routing(std::size_t offset, std::size_t size);
    // decode_transport.cpp
    void transport(const DecodedIp& ip, std::size_t offset);
    // Linux hands AH over IPv4 to xfrm; without it the packet ends there. What is behind is in the clear, so it is
    // shown.
    void authenticated(const DecodedIp& ip, std::size_t offset);
    // Checks `length` bytes from `offset`, the checksum's field included.
    ChecksumStatus verify(const DecodedIp& ip, std::size_t offset, std::size_t length, std::uint16_t field);
    std::uint32_t pseudoSum(const DecodedIp& ip, std::size_t length) const;
    void udp(const DecodedIp& ip, std::size_t offset);
    void tcp(const DecodedIp& ip, std::size_t offset);
    void icmp(const DecodedIp& ip, std::size_t offset, std::optional<DecodedIcmp>& out);
    // decode.cpp
    // Whether bytes that were not kept decide what becomes of the packet: a header, a message that is read to its end,
    // a piece of what has a checksum over all pieces. UDP over IPv4 is spared: it may go without a checksum.
    bool cutWhereItMatters() const;

    void note(NoteKind kind, std::size_t a = 0, std::size_t b = 0) {
        m_out.notes.push_back({kind, static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b)});
    }
    const std::uint8_t* at(std::size_t offset) const { return m_data.data() + offset; }
    // Whether `size` bytes were kept from `offset` on; notes a cut header where they were not.
    bool has(std::size_t offset, std::size_t size) {
        if (offset <= m_end && m_end - offset >= size) return true;
        note(NoteKind::headerCut);
        return false;
    }
    ByteView kept() const { return m_data.first(m_end); }
    // Whether the header is there to its end; notes a cut one.
    bool whole(const HeaderAt& header) {
        if (header.cut) note(NoteKind::headerCut);
        return !header.cut;
    }

    DecodedPacket& m_out;
    ByteView m_data;
    std::size_t m_end;
    std::size_t m_wireEnd;
    std::size_t m_frame = 0;
    IpAddr m_checksumDst;
    ChecksumCheck m_check;
};

}  // namespace ringside
