// Follows net/ipv4/inet_fragment.c of Linux 6.1.192, the functions that IPv4 and IPv6 call (see fragments.h for the
// inlined ones). Modelled: the fragment that came last becomes the head (skb_morph), its followers are taken over by
// skb_try_coalesce() or linked to frag_list, queues that are freed. Left out: ECN.

#include "engine/linux/net/fragments.h"

namespace ringside {
namespace {

/// Puts `fresh` where `old` stands.
void replaceInList(K& k, SkbList& list, SkbId old, SkbId fresh) {
    SkBuff& o = k.write(old);
    const SkbId prev = o.prev, next_one = o.next;
    const SkbOwner owner = o.owner;
    o.prev = o.next = {};
    o.owner = SkbOwner::frame;
    SkBuff& f = k.write(fresh);
    f.prev = prev;
    f.next = next_one;
    f.owner = owner;
    (prev ? k.write(prev).next : list.first) = fresh;
    (next_one ? k.write(next_one).prev : list.last) = fresh;
}

struct inet_frag_reasm_prepare : args::inet_frag_reasm_prepare {
    using Self = inet_frag_reasm_prepare;
    SkbId head;

    Next first(K& k) {
        head = net::fragmentQueue(k, queue).fragments.first;
        if (head == skb) return ret();
        return k.call<&Self::cloned>(fn::skb_clone, skb);
    }
    Next cloned(K& k, SkbId fp) {
        replaceInList(k, net::fragmentQueue(k, queue).fragments, skb, fp);
        return k.call<&Self::morphed>(fn::skb_morph, skb, head);
    }
    Next morphed(K& k, SkbId) {
        replaceInList(k, net::fragmentQueue(k, queue).fragments, head, skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(head, skb));
    }
    Next done(K&) { return ret(); }
    using stages = Stages<Stage<"did the first fragment come last?", &Self::first, cost::check>,
                          Stage<"a clone stands in for the last fragment", &Self::cloned, cost::list_step>,
                          Stage<"the last sk_buff is now the first fragment", &Self::morphed, cost::list_step>,
                          Stage<"the head is ready", &Self::done, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("head", s.head, Unit::none, "the first fragment");
    }
};

struct inet_frag_reasm_finish : args::inet_frag_reasm_finish {
    using Self = inet_frag_reasm_finish;
    SkbId fp, tail;

    Next push(K& k) {
        const SkBuff& s = k.skb(skb);
        return k.call<&Self::head>(fn::skb_push, skb, s.data - s.network_header);
    }
    Next head(K& k, std::uint32_t) {
        k.remove(net::fragmentQueue(k, queue).fragments, skb);
        return next<&Self::each>();
    }
    Next each(K& k) {
        SkbList& list = net::fragmentQueue(k, queue).fragments;
        fp = k.popFront(list);
        if (!fp) return ret();
        SkBuff& h = k.write(skb);
        if (h.ip_summed != k.skb(fp).ip_summed) h.ip_summed = IpSummed::CHECKSUM_NONE;
        return try_coalesce ? k.call<&Self::coalesced>(fn::skb_try_coalesce, skb, fp) : link(k);
    }
    Next coalesced(K& k, Coalesced how) {
        if (how == Coalesced::no) return link(k);
        return k.call<&Self::each>(fn::kfree_skb_partial, std::exchange(fp, {}), how == Coalesced::stolen);
    }

    Next link(K& k) {
        SkBuff& p = k.write(fp);
        p.owner = SkbOwner::parent_skb;
        p.next = p.prev = {};
        p.sk = {};
        p.destructor = {};
        RS_ASSERT(!p.dst);  // queued fragments have none
        const std::uint32_t len = p.len, truesize = p.truesize;
        SkBuff& h = k.write(skb);
        h.data_len += len;
        h.len += len;
        h.truesize += truesize;
        if (tail)
            k.write(tail).next = fp;
        else
            k.write(k.skb(skb).head).frag_list = fp;
        tail = std::exchange(fp, {});
        return next<&Self::each>();
    }
    using stages =
        Stages<Stage<"back to the IP header", &Self::push, cost::check>,
               Stage<"the first fragment leaves the queue", &Self::head, cost::list_step>,
               Stage<"the next fragment", &Self::each, cost::list_step>,
               Stage<"taken over? its sk_buff is freed; else it goes to frag_list", &Self::coalesced, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("fp", s.fp, Unit::none, "the fragment");
        v("tail", s.tail, Unit::none, "last sk_buff of frag_list");
    }
};

struct inet_frag_rbtree_purge : args::inet_frag_rbtree_purge {
    using Self = inet_frag_rbtree_purge;
    std::uint32_t sum;

    Next each(K& k) {
        if (root.qlen == 0) return ret(sum);
        sum += k.skb(root.first).truesize;
        return k.drop<&Self::each>(k.popFront(root), Drop::NOT_SPECIFIED);
    }
    using stages = Stages<Stage<"free the next fragment", &Self::each, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("sum", s.sum, Unit::bytes, "memory that comes back");
    }
};

constexpr const char* kSource = "net/ipv4/inet_fragment.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(inet_frag_reasm_prepare, kSource, "Makes the fragment that came last the head of the datagram."),
    RS_DEFINE(inet_frag_reasm_finish, kSource, "Joins the other fragments to the head."),
    RS_DEFINE(inet_frag_rbtree_purge, kSource, "Frees the fragments of a queue."),
};

}  // namespace

std::span<const FunctionInfo> inetFragmentFunctions() { return kFunctions; }

}  // namespace ringside
