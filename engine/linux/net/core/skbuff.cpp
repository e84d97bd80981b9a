// Follows net/core/skbuff.c of Linux 6.1.192: allocation, and moving data and tail. Copying and cloning are in
// skbuff_copy.cpp, freeing in skbuff_free.cpp. Modelled: sizes, offsets, truesize, page-fragment and kmalloc heads, the
// lines that skb_over_panic() and skb_under_panic() print. Left out: page fragments (nr_frags), NUMA, memory reserves,
// allocation failures. Where a caller could ask for more than is there, C's `return NULL` is the result 0.

#include <bit>
#include <cstdio>

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

/// A fresh data buffer of `size` bytes.
BufferId allocHead(K& k, std::uint32_t size, bool head_frag) {
    const BufferId id = k.machine.buffers.alloc();
    Buffer& buffer = k.write(id);
    buffer.bytes = Bytes(size);
    buffer.head_frag = head_frag;
    return id;
}

/// __build_skb_around(): a fresh sk_buff in front of `head`, whose skb_shared_info stands at `size`.
SkbId buildAround(K& k, BufferId head, std::uint32_t size) {
    const SkbId id = k.machine.skbs.alloc();
    SkBuff& s = k.write(id);
    s.id = k.machine.next_skb_id++;
    s.head = head;
    s.end = size;
    s.truesize = size + kSkBuffSize + kSharedInfoSize;
    s.born = k.now();
    k.write(head).dataref = 1;
    return id;
}

/// kmalloc_size_roundup(): the slab that serves a request.
std::uint32_t kmallocSize(std::uint32_t size) {
    if (size <= 64) return std::bit_ceil(std::max(size, 8U));
    if (size <= 96) return 96;
    if (size > 128 && size <= 192) return 192;
    return std::bit_ceil(size);
}

/// The line of skb_panic(). Addresses are made up from the buffer's slot and the caller's name: the model has offsets,
/// the kernel pointers.
std::string panicLine(K& k, SkbId id, const char* name, std::uint32_t put, std::uint32_t len, std::int64_t data,
                      std::uint32_t tail) {
    const SkBuff& s = k.skb(id);
    const unsigned long long head = 0xffff'8881'0000'0000ULL + std::uint64_t{s.head.slot} * 0x1000;
    const unsigned long long text = 0xffff'ffff'8100'0000ULL + functionNameHash(k.caller()) % 0x10'0000 * 16;
    std::string dev = "<NULL>";
    for (const auto& device : k.net().devices) {
        if (s.dev != 0 && device->ifindex == s.dev) dev = device->name;
    }
    char line[256];
    std::snprintf(line, sizeof line,
                  "skbuff: %s: text:%llx len:%u put:%u head:%llx data:%llx tail:0x%x end:0x%x dev:%s", name, text, len,
                  put, head, head + static_cast<std::uint64_t>(data), tail, s.end, dev.c_str());
    return line;
}

struct __alloc_skb : args::__alloc_skb {
    using Self = __alloc_skb;
    SkbId skb;

    Next reserve(K& k) {
        // SKB_HEAD_ALIGN(size), rounded up to a slab; what the slab has more becomes tailroom
        size = kmallocSize(skbDataAlign(size) + kSharedInfoSize) - kSharedInfoSize;
        skb = buildAround(k, allocHead(k, size, false), size);
        return ret(skb);
    }
    using stages = Stages<Stage<"take an sk_buff and data from the slab", &Self::reserve, cost::alloc>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the new sk_buff");
    }
};

struct __napi_build_skb : args::__napi_build_skb {
    using Self = __napi_build_skb;
    SkbId skb;

    Next build(K& k) {
        skb = buildAround(k, data, frag_size - kSharedInfoSize);
        return ret(skb);
    }
    using stages = Stages<Stage<"take an sk_buff from the cache, point it at the buffer", &Self::build, cost::alloc>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the new sk_buff");
    }
};

struct napi_build_skb : args::napi_build_skb {
    using Self = napi_build_skb;
    SkbId skb;

    Next build(K& k) { return k.call<&Self::mark>(fn::__napi_build_skb, data, frag_size); }
    Next mark(K& k, SkbId built) {
        skb = built;
        k.write(data).head_frag = true;
        return ret(skb);
    }
    using stages = Stages<Stage<"build an sk_buff on the buffer", &Self::build, cost::field>,
                          Stage<"mark the head as a page fragment", &Self::mark, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("skb", s.skb);
    }
};

struct __napi_alloc_skb : args::__napi_alloc_skb {
    using Self = __napi_alloc_skb;
    BufferId data;
    SkbId skb;

    Next fragment(K& k) {
        // below 1 KB every head is a page fragment of 1 KB; above, one of the size that is needed
        const std::uint32_t room = len + net::kSkbPad;
        const std::uint32_t size = room <= 1024 - kSharedInfoSize ? 1024 : skbDataAlign(room) + kSharedInfoSize;
        data = allocHead(k, size - kSharedInfoSize, false);
        return k.call<&Self::reserve>(fn::__napi_build_skb, data, size);
    }
    Next reserve(K& k, SkbId built) {
        skb = built;
        k.write(data).head_frag = true;
        SkBuff& s = k.write(skb);
        s.data = s.tail = net::kSkbPad;
        s.dev = dev;
        return ret(skb);
    }
    using stages = Stages<Stage<"take a page fragment", &Self::fragment, cost::alloc>,
                          Stage<"skb_reserve: leave headroom", &Self::reserve, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("data", s.data);
        v.hidden("skb", s.skb);
    }
};

struct skb_reserve : args::skb_reserve {
    using Self = skb_reserve;

    Next move(K& k) {
        // nothing is checked, as in the kernel: with data already there, or too little room, the sk_buff is broken
        SkBuff& s = k.write(skb);
        s.data += len;
        s.tail += len;
        return ret();
    }
    using stages = Stages<Stage<"move data and tail forward", &Self::move, cost::field>>;
};

struct skb_put : args::skb_put {
    using Self = skb_put;

    Next extend(K& k) {
        const SkBuff& old = k.skb(skb);
        RS_ASSERT(old.data_len == 0);  // SKB_LINEAR_ASSERT
        const std::uint32_t tail = old.tail;
        if (std::uint64_t{tail} + len > old.end) {
            return k.panic(panicLine(k, skb, "skb_over_panic", len, old.len + len, old.data, tail + len));
        }
        SkBuff& s = k.write(skb);
        s.tail += len;
        s.len += len;
        return ret(tail);
    }
    using stages = Stages<Stage<"move tail forward: the data grows at its end", &Self::extend, cost::field>>;
};

struct skb_push : args::skb_push {
    using Self = skb_push;

    Next extend(K& k) {
        const SkBuff& old = k.skb(skb);
        if (len > old.data) {
            return k.panic(panicLine(k, skb, "skb_under_panic", len, old.len + len,
                                     std::int64_t{old.data} - std::int64_t{len}, old.tail));
        }
        SkBuff& s = k.write(skb);
        s.data -= len;
        s.len += len;
        return ret(s.data);
    }
    using stages = Stages<Stage<"move data back: the data grows at its start", &Self::extend, cost::field>>;
};

struct skb_pull : args::skb_pull {
    using Self = skb_pull;

    Next shrink(K& k) {
        const SkBuff& old = k.skb(skb);
        if (len > old.len) return ret(std::uint32_t{0});
        // __skb_pull() has no other place to take the bytes from: BUG_ON(skb->len < skb->data_len)
        if (len > old.headlen()) return k.panic("kernel BUG at include/linux/skbuff.h:2665!");
        SkBuff& s = k.write(skb);
        net::pull(s, len);
        return ret(s.data);
    }
    using stages = Stages<Stage<"move data forward: the data shrinks at its start", &Self::shrink, cost::field>>;
};

struct skb_pull_rcsum : args::skb_pull_rcsum {
    using Self = skb_pull_rcsum;

    Next shrink(K& k) {
        const SkBuff& old = k.skb(skb);
        if (len > old.headlen()) return ret(std::uint32_t{0});
        const bool complete = old.ip_summed == IpSummed::CHECKSUM_COMPLETE;
        const std::uint32_t part = complete ? csumPartial(k.bytes(skb, old.data, len), 0) : 0;
        SkBuff& s = k.write(skb);
        if (complete) s.csum = csumSub(s.csum, part);
        net::pull(s, len);
        return ret(s.data);
    }
    using stages = Stages<Stage<"move data forward, take the header out of the checksum", &Self::shrink, cost::field>>;
};

struct skb_trim : args::skb_trim {
    using Self = skb_trim;

    Next shrink(K& k) {
        const SkBuff& old = k.skb(skb);
        if (old.len > len && old.data_len == 0) {
            SkBuff& s = k.write(skb);
            s.len = len;
            s.tail = s.data + len;
        }
        return ret();
    }
    using stages = Stages<Stage<"move tail back: the data shrinks at its end", &Self::shrink, cost::field>>;
};

struct skb_vlan_untag : args::skb_vlan_untag {
    using Self = skb_vlan_untag;

    Next tag(K& k) {
        const SkBuff& old = k.skb(skb);
        if (!net::mayPull(old, VLAN_HLEN + 2)) return k.drop<&Self::gone>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        const vlan_hdr vlan = vlan_hdr::load(net::at(k, skb, old.data, VLAN_HLEN));
        SkBuff& s = k.write(skb);
        s.vlan_proto = s.protocol;
        s.vlan_tci = vlan.h_vlan_TCI;
        return k.call<&Self::reorder>(fn::skb_pull_rcsum, skb, VLAN_HLEN);
    }
    Next reorder(K& k, std::uint32_t) {
        // the addresses move four bytes down over the tag, so that an Ethernet header stands in front of the packet
        // again
        SkBuff& s = k.write(skb);
        const std::span<std::uint8_t> head = k.write(s.head).bytes.write();
        const std::uint16_t inner = loadBe16(head.data() + s.data - 2);
        std::memmove(head.data() + s.mac_header + VLAN_HLEN, head.data() + s.mac_header, std::size_t{2} * ETH_ALEN);
        s.mac_header = static_cast<std::uint16_t>(s.mac_header + VLAN_HLEN);
        const bool type = inner >= ETH_P_802_3_MIN;
        s.protocol = type ? inner : ETH_P_802_2;
        s.network_header = static_cast<std::uint16_t>(s.data);
        s.transport_header = static_cast<std::uint16_t>(s.data);
        s.mac_len = static_cast<std::uint16_t>(s.network_header - s.mac_header);
        return ret(skb);
    }
    Next gone(K&) { return ret(SkbId{}); }
    using stages = Stages<Stage<"read the tag", &Self::tag, cost::check>,
                          Stage<"close the gap in the Ethernet header", &Self::reorder, cost::copy>,
                          Stage<"give up", &Self::gone, cost::field>>;
};

constexpr const char* kSource = "net/core/skbuff.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(__alloc_skb, kSource, "Allocates an sk_buff with a data buffer from the slab (alloc_skb())."),
    RS_DEFINE(__napi_build_skb, kSource,
              "Puts an sk_buff from the per-CPU cache in front of a buffer that exists already."),
    RS_DEFINE(napi_build_skb, kSource, "Builds an sk_buff on a page fragment without copying."),
    RS_DEFINE(__napi_alloc_skb, kSource, "Allocates an sk_buff in a poll function, with headroom for received frames."),
    RS_DEFINE(skb_reserve, "include/linux/skbuff.h", "Leaves headroom in an empty buffer."),
    RS_DEFINE(skb_put, kSource, "Adds room at the end of the data; past end the kernel stops with skb_over_panic."),
    RS_DEFINE(skb_push, kSource,
              "Adds room at the start of the data; before head the kernel stops with skb_under_panic."),
    RS_DEFINE(skb_pull, kSource, "Takes bytes off the start of the data."),
    RS_DEFINE(skb_pull_rcsum, kSource, "Takes bytes off the start and out of the checksum so far."),
    RS_DEFINE(skb_trim, kSource, "Cuts the data to a length."),
    RS_DEFINE(skb_vlan_untag, kSource, "Takes a VLAN tag out of the frame and keeps it beside the packet."),
};

}  // namespace

std::span<const FunctionInfo> skbuffFunctions() { return kFunctions; }

}  // namespace ringside
