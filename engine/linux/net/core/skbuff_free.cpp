// Follows net/core/skbuff.c (freeing) and mm/page_alloc.c (page_frag_free) of Linux 6.1.192. Modelled: users and
// dataref, the reason of a drop with its tracepoint, frag_list, page-fragment and kmalloc heads. Left out: the per-CPU
// recycling of sk_buffs, zero copy, page pools.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

/// skb_unref() turned round: true while others hold references. The last one is not counted down, as in the kernel.
bool stillUsed(K& k, SkbId skb) {
    if (k.skb(skb).users == 1) return false;
    RS_ASSERT(k.skb(skb).users > 1);
    --k.write(skb).users;
    return true;
}

struct kfree_skb_reason : args::kfree_skb_reason {
    using Self = kfree_skb_reason;

    Next unref(K& k) {
        if (stillUsed(k, skb)) {
            skb = {};
            return ret();
        }
        const FunctionId location = k.caller();
        k.trace(Tracepoint::kfree_skb, static_cast<std::uint32_t>(reason), location);
        // parts of a frag_list share the fate of the packet they belong to
        if (k.skb(skb).owner != SkbOwner::parent_skb) k.fate(skb, Fate::dropped, reason, location);
        return k.call<&Self::data>(fn::skb_release_head_state, skb);
    }
    Next data(K& k) { return k.call<&Self::mem>(fn::skb_release_data, skb); }
    Next mem(K& k) { return k.returns(fn::kfree_skbmem, std::exchange(skb, {})); }
    using stages = Stages<Stage<"give up a reference; was it the last?", &Self::unref, cost::check>,
                          Stage<"release the data", &Self::data, cost::field>,
                          Stage<"give the sk_buff back", &Self::mem, cost::field>>;
};

struct consume_skb : args::consume_skb {
    using Self = consume_skb;

    Next unref(K& k) {
        if (stillUsed(k, skb)) {
            skb = {};
            return ret();
        }
        k.trace(Tracepoint::consume_skb);
        return k.call<&Self::data>(fn::skb_release_head_state, skb);
    }
    Next data(K& k) { return k.call<&Self::mem>(fn::skb_release_data, skb); }
    Next mem(K& k) { return k.returns(fn::kfree_skbmem, std::exchange(skb, {})); }
    using stages = Stages<Stage<"give up a reference; was it the last?", &Self::unref, cost::check>,
                          Stage<"release the data", &Self::data, cost::field>,
                          Stage<"give the sk_buff back", &Self::mem, cost::field>>;
};

struct __consume_stateless_skb : args::__consume_stateless_skb {
    using Self = __consume_stateless_skb;

    Next data(K& k) {
        k.trace(Tracepoint::consume_skb);
        return k.call<&Self::mem>(fn::skb_release_data, skb);
    }
    Next mem(K& k) { return k.returns(fn::kfree_skbmem, std::exchange(skb, {})); }
    using stages = Stages<Stage<"release the data", &Self::data, cost::field>,
                          Stage<"give the sk_buff back", &Self::mem, cost::field>>;
};

struct skb_release_head_state : args::skb_release_head_state {
    using Self = skb_release_head_state;

    Next release(K& k) {
        if (const DstId dst = net::dstTake(k.write(skb))) return k.call<&Self::owner>(fn::dst_release, dst);
        return owner(k);
    }
    Next owner(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!s.destructor) return ret();
        return k.call<&Self::orphaned>(s.destructor, skb);
    }
    Next orphaned(K& k) {
        SkBuff& s = k.write(skb);
        s.destructor = {};
        s.sk = {};
        return ret();
    }
    using stages = Stages<Stage<"let go of route and socket", &Self::release, cost::field>,
                          Stage<"the route is given up; does an owner want to know?", &Self::owner, cost::check>,
                          Stage<"the owner knows: the packet has none any more", &Self::orphaned, cost::field>>;
};

struct skb_release_data : args::skb_release_data {
    using Self = skb_release_data;
    BufferId head;
    SkbId part;

    Next unref(K& k) {
        SkBuff& s = k.write(skb);
        head = s.head;
        s.head = {};
        Buffer& buffer = k.write(head);
        RS_ASSERT(buffer.dataref > 0);
        if (--buffer.dataref > 0) return ret();  // a clone still uses it
        part = std::exchange(buffer.frag_list, {});
        return buffer.frags.empty() ? rest(k) : next<&Self::pages>();
    }
    Next pages(K& k) {
        const std::vector<SkbFrag> frags = std::exchange(k.write(head).frags, {});
        for (const SkbFrag& frag : frags) {
            if (--k.write(frag.page).dataref == 0) k.machine.buffers.free(frag.page);
        }
        return rest(k);
    }
    Next list(K& k) {
        if (!part) return k.returns(fn::skb_free_head, head);
        const SkbId freed = part;
        SkBuff& s = k.write(freed);
        part = s.next;
        s.next = {};
        return k.call<&Self::list>(fn::kfree_skb_reason, freed, Drop::NOT_SPECIFIED);
    }

    Next rest(K& k) { return part ? next<&Self::list>() : k.returns(fn::skb_free_head, head); }
    using stages = Stages<Stage<"one user of the data less", &Self::unref, cost::check>,
                          Stage<"__skb_frag_unref: give the page fragments back", &Self::pages, cost::free>,
                          Stage<"free the sk_buffs of frag_list", &Self::list, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("head", s.head, Unit::none, "its data buffer");
        v("part", s.part, Unit::none, "next sk_buff of its frag_list");
    }
};

/// The sk_buff of data that another one has taken over.
struct kfree_skb_partial : args::kfree_skb_partial {
    using Self = kfree_skb_partial;

    Next state(K& k) { return k.call<&Self::data>(fn::skb_release_head_state, skb); }
    Next data(K& k) {
        if (!head_stolen) return k.call<&Self::mem>(fn::skb_release_data, skb);
        --k.write(std::exchange(k.write(skb).head, {})).dataref;
        k.machine.skbs.free(std::exchange(skb, {}));
        return ret();
    }
    Next mem(K& k) { return k.returns(fn::kfree_skbmem, std::exchange(skb, {})); }
    using stages = Stages<Stage<"release what hung at it", &Self::state, cost::field>,
                          Stage<"its head has a new owner? then only the sk_buff is freed", &Self::data, cost::free>,
                          Stage<"give the sk_buff back", &Self::mem, cost::field>>;
};

struct skb_free_head : args::skb_free_head {
    using Self = skb_free_head;

    Next release(K& k) {
        if (k.buffer(head).head_frag) return k.returns(fn::page_frag_free, head);
        k.machine.buffers.free(std::exchange(head, {}));
        return ret();
    }
    using stages = Stages<Stage<"page fragment or slab?", &Self::release, cost::check>>;
};

struct page_frag_free : args::page_frag_free {
    using Self = page_frag_free;

    Next release(K& k) {
        k.machine.buffers.free(std::exchange(addr, {}));
        return ret();
    }
    using stages = Stages<Stage<"give the page fragment back", &Self::release, cost::free>>;
};

struct kfree_skbmem : args::kfree_skbmem {
    using Self = kfree_skbmem;

    Next release(K& k) {
        k.machine.skbs.free(std::exchange(skb, {}));
        return ret();
    }
    using stages = Stages<Stage<"give the sk_buff back to its cache", &Self::release, cost::free>>;
};

constexpr const char* kSource = "net/core/skbuff.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(kfree_skb_reason, kSource, "Frees a packet that is dropped, and says why."),
    RS_DEFINE(consume_skb, kSource, "Frees a packet that has done its work: no drop."),
    RS_DEFINE(__consume_stateless_skb, kSource, "Frees a consumed packet that has neither route nor socket."),
    RS_DEFINE(skb_release_head_state, kSource,
              "Lets go of what is attached to the sk_buff: route, socket, connection."),
    RS_DEFINE(skb_release_data, kSource, "Gives up the data; the last user frees it."),
    RS_DEFINE(kfree_skb_partial, kSource, "Frees the sk_buff of data that another one has taken over."),
    RS_DEFINE(skb_free_head, kSource, "Frees the linear buffer."),
    RS_DEFINE(page_frag_free, "mm/page_alloc.c", "Gives a page fragment back."),
    RS_DEFINE(kfree_skbmem, kSource, "Frees the sk_buff itself."),
};

}  // namespace

std::span<const FunctionInfo> skbuffFreeFunctions() { return kFunctions; }

}  // namespace ringside
