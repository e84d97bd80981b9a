// Follows net/core/skbuff.c of Linux 6.1.192: skb_clone(), skb_copy(), skb_morph(), pskb_expand_head(). Modelled:
// shared data (dataref, cloned), the size of the copy, headers that move with the headroom. Left out: fast clones,
// copies of page fragments.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

/// __skb_clone(): `n` gets the same data and headers as `id`; both are marked as cloned. `n` keeps its own serial and
/// owner.
void cloneInto(K& k, SkbId n, SkbId id) {
    k.write(id).cloned = true;
    ++k.write(k.skb(id).head).dataref;
    SkBuff copy = k.skb(id);
    SkBuff& s = k.write(n);
    copy.id = s.id;
    copy.born = s.born;
    copy.owner = s.owner;
    copy.next = copy.prev = {};
    copy.sk = {};
    copy.destructor = {};
    copy.users = s.users;
    s = copy;
    net::dstCopy(k, n, id);
}

/// skb_copy_bits() of the whole packet, headroom included, into linear bytes.
void copyLinear(const K& k, SkbId from, std::span<std::uint8_t> to) {
    const auto headroom = k.bytes(from, 0, k.skb(from).data);
    auto at = std::copy(headroom.begin(), headroom.end(), to.begin());
    net::eachPiece(k, from,
                   [&](std::span<const std::uint8_t> bytes) { at = std::copy(bytes.begin(), bytes.end(), at); });
}

struct skb_clone : args::skb_clone {
    using Self = skb_clone;
    SkbId n;

    Next clone(K& k) {
        n = k.machine.skbs.alloc();
        SkBuff& fresh = k.write(n);
        fresh.id = k.machine.next_skb_id++;
        fresh.born = k.now();
        cloneInto(k, n, skb);
        return ret(n);
    }
    using stages = Stages<Stage<"a second sk_buff on the same data", &Self::clone, cost::alloc>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("n", s.n, Unit::none, "its clone");
    }
};

struct skb_morph : args::skb_morph {
    using Self = skb_morph;
    SkbId skb;

    Next release(K& k) {
        skb = dst;
        return k.call<&Self::data>(fn::skb_release_head_state, skb);
    }
    Next data(K& k) { return k.call<&Self::become>(fn::skb_release_data, skb); }
    Next become(K& k) {
        cloneInto(k, skb, src);
        return ret(skb);
    }
    using stages = Stages<Stage<"release what hung at it", &Self::release, cost::field>,
                          Stage<"release its data", &Self::data, cost::field>,
                          Stage<"become a clone of the other", &Self::become, cost::copy>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("skb", s.skb);
    }
};

struct skb_copy : args::skb_copy {
    using Self = skb_copy;
    SkbId n;

    Next allocate(K& k) {
        const SkBuff& s = k.skb(skb);
        return k.call<&Self::reserve>(fn::__alloc_skb, s.end + s.data_len);
    }
    Next reserve(K& k, SkbId fresh) {
        n = fresh;
        SkBuff& c = k.write(n);
        c.data = c.tail = k.skb(skb).data;
        return k.call<&Self::copy>(fn::skb_put, n, k.skb(skb).len);
    }
    Next copy(K& k, std::uint32_t) {
        copyLinear(k, skb, k.write(k.skb(n).head).bytes.write());
        const SkBuff from = k.skb(skb);
        const Buffer& source = k.buffer(from.head);
        const std::uint16_t gso_size = source.gso_size, gso_segs = source.gso_segs;
        const std::uint32_t gso_type = source.gso_type;
        const std::vector<std::uint32_t> carried = source.carried;
        Buffer& to = k.write(k.skb(n).head);
        to.gso_size = gso_size;
        to.gso_segs = gso_segs;
        to.gso_type = gso_type;
        to.carried = carried;
        SkBuff& c = k.write(n);
        const SkBuff own = c;
        c = from;  // skb_copy_header(): everything but the buffer, the list and the counts
        c.id = own.id;
        c.head = own.head;
        c.data = own.data;
        c.tail = own.tail;
        c.end = own.end;
        c.len = own.len;
        c.data_len = 0;
        c.truesize = own.truesize;
        c.born = own.born;
        c.users = 1;
        c.cloned = false;
        c.next = c.prev = {};
        c.sk = {};
        c.destructor = {};
        c.owner = own.owner;
        net::dstCopy(k, n, skb);
        k.spend(net::perByte(c.len));
        return ret(n);
    }
    using stages = Stages<Stage<"room for all of it", &Self::allocate, cost::field>,
                          Stage<"skb_reserve: the same headroom", &Self::reserve, cost::field>,
                          Stage<"copy bytes and header fields", &Self::copy, cost::copy>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("n", s.n, Unit::none, "its copy");
    }
};

struct pskb_expand_head : args::pskb_expand_head {
    using Self = pskb_expand_head;
    BufferId head;

    Next allocate(K& k) {
        const SkBuff& s = k.skb(skb);
        const std::uint32_t size = skbDataAlign(s.end + nhead + ntail);
        head = k.machine.buffers.alloc();
        Buffer& fresh = k.write(head);
        fresh.bytes = Bytes(size);
        const auto old = k.bytes(skb, 0, s.tail);
        std::copy(old.begin(), old.end(), fresh.bytes.write().begin() + nhead);
        return next<&Self::move>();
    }
    Next move(K& k) {
        SkBuff& s = k.write(skb);
        const BufferId old = std::exchange(s.head, head);
        Buffer& buffer = k.write(old);
        Buffer& fresh = k.write(head);
        fresh.gso_size = buffer.gso_size;
        fresh.gso_segs = buffer.gso_segs;
        fresh.gso_type = buffer.gso_type;
        fresh.dataref = 1;
        const bool last = --buffer.dataref == 0;
        fresh.carried = buffer.carried;
        if (last) {
            fresh.frags = std::exchange(buffer.frags, {});
            fresh.frag_list = std::exchange(buffer.frag_list, {});
        } else {
            fresh.frags = buffer.frags;
            for (const SkbFrag& frag : fresh.frags) ++k.write(frag.page).dataref;
        }
        s.data += nhead;
        s.tail += nhead;
        s.end = static_cast<std::uint32_t>(fresh.bytes.size());
        for (std::uint16_t* header : {&s.mac_header, &s.network_header, &s.transport_header}) {
            if (*header != kUnset) *header = static_cast<std::uint16_t>(*header + nhead);
        }
        s.cloned = false;
        return last ? k.call<&Self::done>(fn::skb_free_head, old) : next<&Self::done>();
    }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"a larger buffer with the old bytes", &Self::allocate, cost::copy>,
                          Stage<"offsets move with the headroom", &Self::move, cost::field>,
                          Stage<"the packet is writable now", &Self::done, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("head", s.head);
    }
};

constexpr const char* kSource = "net/core/skbuff.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(skb_clone, kSource, "A second sk_buff for the same data."),
    RS_DEFINE(skb_morph, kSource, "Turns an sk_buff into a clone of another."),
    RS_DEFINE(skb_copy, kSource, "A private, linear copy of a packet."),
    RS_DEFINE(pskb_expand_head, kSource, "Moves the data to a larger buffer of its own."),
};

}  // namespace

std::span<const FunctionInfo> skbuffCopyFunctions() { return kFunctions; }

}  // namespace ringside
