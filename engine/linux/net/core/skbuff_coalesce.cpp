// Follows net/core/skbuff.c of Linux 6.1.192: skb_try_coalesce(), __pskb_pull_tail(). Modelled: copying what fits,
// stealing a head that is a page fragment, the part of truesize that moves. Left out: page pools, zero copy.

#include <algorithm>

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct skb_try_coalesce : args::skb_try_coalesce {
    using Self = skb_try_coalesce;
    SkbId skb;

    Next room(K& k) {
        skb = to;
        const SkBuff& t = k.skb(to);
        const SkBuff& f = k.skb(from);
        if (net::cloned(k, t)) return ret(Coalesced::no);
        if (f.len > t.tailroom()) return next<&Self::steal>();
        if (f.len == 0) return taken(k, Coalesced::copied);
        return k.call<&Self::copy>(fn::skb_put, to, f.len);
    }
    Next copy(K& k, std::uint32_t tail) {
        const std::span<std::uint8_t> bytes = k.write(k.skb(to).head).bytes.write();
        std::uint32_t at = tail;
        net::eachPiece(k, from, [&](std::span<const std::uint8_t> piece) {
            std::copy(piece.begin(), piece.end(), bytes.begin() + at);
            at += static_cast<std::uint32_t>(piece.size());
        });
        k.spend(net::perByte(at - tail));
        return taken(k, Coalesced::copied);
    }
    Next steal(K& k) {
        const SkBuff& f = k.skb(from);
        const Buffer& theirs = k.buffer(f.head);
        const Buffer& ours = k.buffer(k.skb(to).head);
        const bool linear = f.headlen() != 0;
        if (ours.frag_list || theirs.frag_list) return ret(Coalesced::no);
        if (ours.frags.size() + theirs.frags.size() + (linear ? 1 : 0) > MAX_SKB_FRAGS) return ret(Coalesced::no);
        // skb_head_is_locked(): a head from kmalloc, or shared with a clone, cannot become a page fragment
        if (linear && (!theirs.head_frag || net::cloned(k, f))) return ret(Coalesced::no);
        std::vector<SkbFrag> moved = theirs.frags;
        const std::uint32_t delta = f.truesize - (linear ? kSkBuffSize : net::skbTruesize(f.end));
        if (linear) moved.insert(moved.begin(), SkbFrag{f.head, f.data, f.headlen()});
        const std::uint32_t len = f.len;
        if (net::cloned(k, f)) {
            for (const SkbFrag& frag : moved) ++k.write(frag.page).dataref;
        } else if (!moved.empty()) {
            Buffer& head = k.write(f.head);
            head.frags.clear();
            if (linear) ++head.dataref;  // `from` points to it until kfree_skb_partial()
        }
        Buffer& buffer = k.write(k.skb(to).head);
        buffer.frags.insert(buffer.frags.end(), moved.begin(), moved.end());
        SkBuff& t = k.write(to);
        t.truesize += delta;
        t.len += len;
        t.data_len += len;
        return taken(k, linear ? Coalesced::stolen : Coalesced::moved);
    }

    /// The wire packets of `from` are those of `to` now.
    Next taken(K& k, Coalesced how) {
        const SkBuff& f = k.skb(from);
        std::vector<std::uint32_t> packets = k.buffer(f.head).carried;
        if (f.packet && f.packet != k.skb(to).packet) packets.insert(packets.begin(), f.packet);
        if (!packets.empty()) {
            std::vector<std::uint32_t>& carried = k.write(k.skb(to).head).carried;
            carried.insert(carried.end(), packets.begin(), packets.end());
        }
        return ret(how);
    }
    using stages = Stages<Stage<"does the data fit behind the linear part?", &Self::room, cost::check>,
                          Stage<"copy it there", &Self::copy, cost::copy>,
                          Stage<"else take its pages: they become page fragments", &Self::steal, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("skb", s.skb);
    }
};

struct __pskb_pull_tail : args::__pskb_pull_tail {
    using Self = __pskb_pull_tail;
    SkbId part;  // sk_buffs of frag_list that nothing is left of

    Next room(K& k) {
        const SkBuff& s = k.skb(skb);
        const std::uint32_t missing = s.tail + delta > s.end ? s.tail + delta - s.end : 0;
        if (missing == 0 && !net::cloned(k, s)) return pull(k);
        return k.call<&Self::pull>(fn::pskb_expand_head, skb, 0U, missing ? missing + 128 : 0U);
    }
    Next pull(K& k) {
        std::vector<std::uint8_t> bytes;
        std::uint32_t skip = k.skb(skb).headlen();
        net::eachPiece(k, skb, [&](std::span<const std::uint8_t> piece) {
            const auto from = std::min<std::size_t>(skip, piece.size());
            skip -= static_cast<std::uint32_t>(from);
            const std::size_t take = std::min(piece.size() - from, delta - bytes.size());
            bytes.insert(bytes.end(), piece.begin() + static_cast<std::ptrdiff_t>(from),
                         piece.begin() + static_cast<std::ptrdiff_t>(from + take));
        });
        RS_ASSERT(bytes.size() == delta);
        SkBuff& s = k.write(skb);
        Buffer& head = k.write(s.head);
        std::copy(bytes.begin(), bytes.end(), head.bytes.write().begin() + s.tail);
        s.tail += delta;
        s.data_len -= delta;
        std::uint32_t eat = delta;
        while (eat > 0 && !k.buffer(s.head).frags.empty()) {
            std::vector<SkbFrag>& frags = k.write(s.head).frags;
            const std::uint32_t size = std::min(eat, frags.front().size);
            eat -= size;
            frags.front().offset += size;
            frags.front().size -= size;
            if (frags.front().size != 0) break;
            const BufferId page = frags.front().page;
            frags.erase(frags.begin());
            if (--k.write(page).dataref == 0) k.machine.buffers.free(page);
        }
        const SkbId first = k.buffer(s.head).frag_list;
        SkbId last{}, list = first;
        while (eat > 0) {
            SkBuff& p = k.write(list);
            RS_ASSERT(p.data_len == 0);
            const std::uint32_t size = std::min(eat, p.len);
            eat -= size;
            net::pull(p, size);
            if (p.len != 0) break;
            last = list;
            list = p.next;
        }
        if (!last) return ret(k.skb(skb).tail);
        part = first;
        k.write(last).next = {};
        k.write(k.skb(skb).head).frag_list = list;
        return next<&Self::list>();
    }
    Next list(K& k) {
        if (!part) return ret(k.skb(skb).tail);
        const SkbId freed = std::exchange(part, k.skb(part).next);
        k.write(freed).next = {};
        const std::uint32_t packet = k.skb(freed).packet;
        if (packet && packet != k.skb(skb).packet) k.write(k.skb(skb).head).carried.push_back(packet);
        return k.call<&Self::list>(fn::consume_skb, freed);
    }
    using stages =
        Stages<Stage<"is there room behind the linear part?", &Self::room, cost::check>,
               Stage<"copy the bytes there, take them off the page fragments", &Self::pull, cost::copy>,
               Stage<"free the sk_buffs of frag_list that nothing is left of", &Self::list, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("part", s.part);
    }
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(skb_try_coalesce, "net/core/skbuff.c", "Takes over the data of another packet, without its sk_buff."),
    RS_DEFINE(__pskb_pull_tail, "net/core/skbuff.c", "Makes more of a packet linear, so that a header can be read."),
};

}  // namespace

std::span<const FunctionInfo> skbuffCoalesceFunctions() { return kFunctions; }

}  // namespace ringside
