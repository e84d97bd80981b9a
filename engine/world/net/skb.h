#pragma once
// sk_buff, its data buffer and skb_shared_info. Follows include/linux/skbuff.h of Linux 6.1; the fields that can be
// seen moving on the modelled ways are here, with their kernel names. Offsets are bytes from `head`, as the kernel
// keeps tail and end on x86-64.

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/fields.h"
#include "engine/core/types.h"
#include "engine/world/net/protocol.h"

namespace ringside {

/// Header offsets that were never set (the kernel's ~0U cut to 16 bits).
inline constexpr std::uint16_t kUnset = 0xffff;
/// SKB_DATA_ALIGN(sizeof(struct skb_shared_info)) and SKB_DATA_ALIGN(sizeof(struct sk_buff)) of the recorded kernel.
inline constexpr std::uint32_t kSharedInfoSize = 320;
inline constexpr std::uint32_t kSkBuffSize = 256;
/// NET_SKB_PAD + NET_IP_ALIGN of x86-64: headroom in front of every received frame.
inline constexpr std::uint32_t kNetSkbPad = 64;
/// SKB_DATA_ALIGN on x86-64: up to the next cache line.
constexpr std::uint32_t skbDataAlign(std::uint32_t size) { return (size + 63U) & ~63U; }

/// What skb->ip_summed says of the transport checksum.
enum class IpSummed : std::uint8_t { CHECKSUM_NONE, CHECKSUM_UNNECESSARY, CHECKSUM_COMPLETE, CHECKSUM_PARTIAL };
std::string_view nameOf(IpSummed summed);

/// IP6CB(skb)->flags: a fragment header was taken off.
inline constexpr std::uint16_t IP6SKB_FRAGMENTED = 16;
/// The model's own bit of cb_flags: IPCB(skb)->opt.srr is set, the packet has a source route.
inline constexpr std::uint16_t kSourceRouted = 0x8000;

/// For whom a received frame is (skb->pkt_type).
enum class PacketType : std::uint8_t {
    PACKET_HOST,
    PACKET_BROADCAST,
    PACKET_MULTICAST,
    PACKET_OTHERHOST,
    PACKET_OUTGOING
};
std::string_view nameOf(PacketType type);

/// Who holds an sk_buff; the model's own book-keeping, checked by the invariants (exactly one owner each).
enum class SkbOwner : std::uint8_t {
    frame,
    gro_list,
    rx_list,
    sub_list,
    receive_queue,
    reader_queue,
    fragment_queue,
    parent_skb,
    backlog,
    lab
};
std::string_view nameOf(SkbOwner owner);

/// skb_frag_t: data that lies in a page, not in the linear part. The page is a buffer that was another sk_buff's head.
struct SkbFrag {
    BufferId page{};
    std::uint32_t offset = 0, size = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("page", s.page, Unit::none, "the page");
        v("offset", s.offset, Unit::offset, "where the data begins in it");
        v("size", s.size, Unit::bytes, "bytes of data");
    }
};
inline constexpr std::size_t MAX_SKB_FRAGS = 17;

/// A data buffer with its skb_shared_info: what `head` points to, shared by clones, or a receive buffer the NIC writes
/// into.
struct Buffer {
    Bytes bytes;                 ///< head .. end
    std::uint32_t dataref = 0;   ///< how many sk_buffs (or frags) use it; 0 while only the ring holds it
    bool head_frag = false;      ///< from a page fragment, not kmalloc
    std::vector<SkbFrag> frags;  ///< at most MAX_SKB_FRAGS
    SkbId frag_list{};
    std::vector<std::uint32_t> carried;  ///< wire packets whose data was taken over; the model's own
    std::uint16_t gso_size = 0, gso_segs = 0;
    std::uint32_t gso_type = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("dataref", s.dataref, Unit::count, "sk_buffs that share this data");
        v("frags", s.frags, Unit::none, "page fragments behind the linear part (nr_frags of them)");
        v("frag_list", s.frag_list, Unit::none, "sk_buffs that carry the rest of a reassembled packet");
        v("gso_size", s.gso_size, Unit::bytes, "payload of each segment of a segmentation-offload packet");
        v("gso_segs", s.gso_segs, Unit::count, "segments in it");
        v("gso_type", s.gso_type, Unit::flags, "SKB_GSO_* of it");
        v("head_frag", s.head_frag, Unit::none, "allocated from a page fragment");
        v("carried", s.carried, Unit::index, "wire packets whose data was taken over (the model's own)");
        v("bytes", s.bytes, Unit::none, "the linear part, head to end");
    }
};

/// A list of sk_buffs, as list_head or sk_buff_head hold them: ends and length; the links are in the sk_buffs.
struct SkbList {
    SkbId first{}, last{};
    std::uint32_t qlen = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("next", s.first, Unit::none, "first sk_buff of the list");
        v("prev", s.last, Unit::none, "last sk_buff of the list");
        v("qlen", s.qlen, Unit::count, "sk_buffs on the list");
    }
};
static_assert(sizeof(SkbList) == 12);

/// The sk_buff. Derived values (headroom) are functions below, not fields.
struct SkBuff {
    std::uint32_t id = 0;      ///< serial of this allocation, never reused; the model's own
    std::uint32_t packet = 0;  ///< number of the wire packet it carries, from 1; the model's own
    BufferId head{};
    std::uint32_t data = 0, tail = 0, end = 0;
    std::uint32_t len = 0, data_len = 0, truesize = 0;
    std::uint16_t mac_header = kUnset, network_header = 0, transport_header = kUnset, mac_len = 0;
    std::uint16_t protocol = 0;  ///< host order; the kernel keeps it as on the wire
    std::uint16_t vlan_tci = 0, vlan_proto = 0;
    std::uint16_t queue_mapping = 0;
    PacketType pkt_type = PacketType::PACKET_HOST;
    IpSummed ip_summed = IpSummed::CHECKSUM_NONE;
    std::uint8_t csum_level = 0;
    bool csum_valid = false, csum_complete_sw = false, cloned = false;
    std::uint32_t csum = 0, hash = 0;
    std::uint32_t users = 1;
    std::int32_t dev = 0;    ///< ifindex; 0: NULL
    DstId dst{};             ///< the route attached (skb_dst)
    bool dst_noref = false;  ///< SKB_DST_NOREF: without a reference of its own, as long as RCU protects the dst_entry
    std::uint16_t cb_flags = 0;  ///< IPCB(skb)->flags or IP6CB(skb)->flags
    SocketId sk{};
    Fn<void(SkbId)> destructor{};  ///< called when the sk_buff is let go of
    SkbId next{}, prev{};
    Time born = 0;  ///< when it was allocated; the model's own
    SkbOwner owner = SkbOwner::frame;
    bool fate_told = false;  ///< what became of it is logged already; the model's own

    [[nodiscard]] std::uint32_t headroom() const { return data; }
    [[nodiscard]] std::uint32_t tailroom() const { return data_len ? 0 : end - tail; }
    [[nodiscard]] std::uint32_t headlen() const { return len - data_len; }
    /// Whether a rule of every sk_buff is broken; the kernel does not notice at once.
    [[nodiscard]] bool broken() const { return data > tail || tail > end || len != tail - data + data_len; }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("id", s.id, Unit::index, "serial of the allocation (the model's own)");
        v("packet", s.packet, Unit::index, "number of the packet on the wire (the model's own)");
        v("data", s.data, Unit::offset, "first byte of the packet as this layer sees it");
        v("tail", s.tail, Unit::offset, "end of the data in the linear part");
        v("end", s.end, Unit::offset, "end of the linear part; skb_shared_info stands behind it");
        v("len", s.len, Unit::bytes, "bytes of the packet from data on, fragments included");
        v("data_len", s.data_len, Unit::bytes, "bytes that are in fragments, not in the linear part");
        v("truesize", s.truesize, Unit::bytes, "memory it is charged for, sk_buff included");
        v("mac_header", s.mac_header, Unit::offset, "link-layer header; 65535 is unset");
        v("network_header", s.network_header, Unit::offset, "network-layer header");
        v("transport_header", s.transport_header, Unit::offset, "transport-layer header; 65535 is unset");
        v("mac_len", s.mac_len, Unit::bytes, "length of the link-layer header");
        v("protocol", s.protocol, Unit::hex, "EtherType");
        v("pkt_type", s.pkt_type, Unit::none, "for whom the frame is");
        v("ip_summed", s.ip_summed, Unit::none, "what is known of the transport checksum");
        v("csum", s.csum, Unit::hex, "checksum so far, when ip_summed says so");
        v("csum_valid", s.csum_valid, Unit::none, "the checksum was verified in software");
        v("csum_level", s.csum_level, Unit::count, "how many checksums deep CHECKSUM_UNNECESSARY goes");
        v("csum_complete_sw", s.csum_complete_sw, Unit::none, "csum was computed by software");
        v("vlan_tci", s.vlan_tci, Unit::hex, "VLAN tag taken off the frame");
        v("vlan_proto", s.vlan_proto, Unit::hex, "EtherType of that tag");
        v("queue_mapping", s.queue_mapping, Unit::index, "receive queue");
        v("hash", s.hash, Unit::hex, "flow hash");
        v("cloned", s.cloned, Unit::none, "the data may be shared with a clone");
        v("users", s.users, Unit::count, "references to this sk_buff");
        v("dev", s.dev, Unit::index, "ifindex of the device");
        v("dst", s.dst, Unit::none, "the route attached to it (dst_entry)");
        v("dst_noref", s.dst_noref, Unit::none, "it holds no reference to the dst_entry (SKB_DST_NOREF)");
        v("sk", s.sk, Unit::none, "owning socket");
        v("destructor", s.destructor, Unit::none, "what the owner has called when the packet is let go of");
        v("next", s.next, Unit::none, "next sk_buff on the list");
        v("prev", s.prev, Unit::none, "previous sk_buff on the list");
        v("head", s.head, Unit::none, "its data buffer");
        v("cb_flags", s.cb_flags, Unit::flags, "flags of the IP layer in the control block");
        const bool broken = s.broken();
        v("broken", broken, Unit::none, "data, tail, end and len contradict each other: a bug of the caller");
        v("fate_told", s.fate_told, Unit::none, "what became of it is logged (the model's own)");
        v("born", s.born, Unit::nanoseconds, "when it was allocated (the model's own)");
        v("owner", s.owner, Unit::none, "who holds it (the model's own)");
    }
};

}  // namespace ringside
