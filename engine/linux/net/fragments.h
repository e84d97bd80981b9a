#pragma once
// What IPv4 and IPv6 reassembly share: net/ipv4/inet_fragment.c and include/net/inet_frag.h of Linux 6.1.192. The
// fragments of a queue are one list sorted by offset with marks where a run begins, where the kernel has a tree of
// runs. A queue is named by its generation, because its place in the World's list may change.

#include <algorithm>

#include "engine/linux/kernel/time/timer.h"
#include "engine/linux/net/inline.h"

namespace ringside::net {

inline constexpr std::int32_t kE2BIG = -7, kENOENT = -2, kEINPROGRESS = -115;
/// Result of ip6_frag_queue() where C passes back `*prob_offset`: the packet is still the caller's.
inline constexpr std::int32_t kBadField = -0x7fff;

/// The namespace of the queue of that generation, which exists as long as its references are held.
inline Net& netOfQueue(K& k, std::uint32_t generation) {
    for (Net& net : k.machine.nets) {
        for (const FragmentQueue& q : *net.fragments) {
            if (q.generation == generation) return net;
        }
    }
    RS_ASSERT(!"the queue is gone");
    return k.net();
}
/// The queue itself.
inline FragmentQueue& fragmentQueue(K& k, std::uint32_t generation) {
    std::vector<FragmentQueue>& queues = netOfQueue(k, generation).fragments.write();
    return *std::find_if(queues.begin(), queues.end(),
                         [&](const FragmentQueue& q) { return q.generation == generation; });
}

/// net.ipv4.ipfrag_high_thresh, and what an empty queue is charged for (struct ipq, about).
inline constexpr std::uint32_t kFragmentMemory = 4 * 1024 * 1024, kQueueMemory = 208;

/// frag_mem_limit(): what the waiting fragments of one family are charged for.
inline std::uint32_t fragmentMemory(const K& k, std::uint8_t version) {
    std::uint32_t bytes = 0;
    for (const FragmentQueue& q : *k.net().fragments) {
        if (q.saddr.version != version) continue;
        bytes += kQueueMemory;
        for (SkbId id = q.fragments.first; id; id = k.skb(id).next) bytes += k.skb(id).truesize;
    }
    return bytes;
}

/// inet_frag_find(): the generation of the queue for this datagram, made if there is none, with a reference for the
/// caller; 0 when the memory for fragments is used up.
inline std::uint32_t queueFor(K& k, const IpAddr& saddr, const IpAddr& daddr, std::uint32_t id, std::uint8_t protocol) {
    // a few queues cannot hold that much: a datagram has at most 64 KB
    if (k.net().fragments->size() > 16 && fragmentMemory(k, saddr.version) > kFragmentMemory) return 0;
    std::vector<FragmentQueue>& queues = k.net().fragments.write();
    for (FragmentQueue& q : queues) {
        const bool complete = (q.flags & INET_FRAG_COMPLETE) != 0;
        if (complete || q.id != id || q.protocol != protocol || q.saddr != saddr || q.daddr != daddr) continue;
        ++q.refcnt;
        return q.generation;
    }
    FragmentQueue& q = queues.emplace_back();
    q.saddr = saddr;
    q.daddr = daddr;
    q.id = id;
    q.protocol = protocol;
    q.refcnt = 3;  // the timer, the table, the caller
    q.generation = static_cast<std::uint32_t>(k.event.seq);
    q.expires = k.now() + Time{k.net().sysctl->ipfrag_time} * kSecond;
    q.timer = k.machine.timers.alloc();
    TimerList& timer = k.machine.timers.write(q.timer);
    timer.function = saddr.version == 6 ? fn::ip6_frag_expire : fn::ip_expire;
    timer.arg = q.generation;
    timers::add(k, q.timer, timers::jiffies(q.expires));
    return q.generation;
}

/// inet_frag_kill(): takes the queue out of the table and stops its timer; whoever holds it keeps it alive. A timer
/// that runs cannot be stopped: its reference is its function's.
inline void killQueue(K& k, FragmentQueue& q) {
    const bool pending = timers::remove(k, q.timer);
    if ((q.flags & INET_FRAG_COMPLETE) != 0) return;
    q.flags |= INET_FRAG_COMPLETE;
    q.refcnt = static_cast<std::uint8_t>(q.refcnt - (pending ? 2 : 1));
}

/// inet_frag_put() up to inet_frag_destroy(): true if this was the last reference; the fragments that are left are in
/// `rest` then, for inet_frag_rbtree_purge().
inline bool putQueue(K& k, std::uint32_t generation, SkbList& rest) {
    std::vector<FragmentQueue>& queues = netOfQueue(k, generation).fragments.write();
    FragmentQueue& q = fragmentQueue(k, generation);
    if (--q.refcnt != 0) return false;
    rest = q.fragments;
    k.machine.timers.free(q.timer);
    queues.erase(queues.begin() + (&q - queues.data()));
    return true;
}

enum class Insert : std::uint8_t { ok, duplicate, overlap };

/// inet_frag_queue_insert(): puts bytes [offset, end) in their place. A fragment inside a run that is there already is
/// a duplicate, one that only partly overlaps spoils the datagram (RFC 5722). Only what comes in order joins a run.
inline Insert insertFragment(K& k, FragmentQueue& q, SkbId skb, std::uint32_t offset, std::uint32_t end) {
    std::size_t place = q.offsets.size();
    bool head = true;
    const std::uint32_t last_end = place != 0 ? q.offsets.back() + k.skb(q.fragments.last).len : 0;
    if (place != 0 && last_end < end) {
        if (offset < last_end) return Insert::overlap;
        head = offset != last_end;
    } else if (place != 0) {
        SkbId walk = q.fragments.first;
        std::uint32_t from = 0, to = 0;  // the run that ends at `walk`
        for (std::size_t i = 0; i < q.offsets.size(); ++i, walk = k.skb(walk).next) {
            if (q.run_heads[i] != 0) {
                if (end <= q.offsets[i]) {
                    place = i;
                    break;
                }
                from = q.offsets[i];
            }
            to = q.offsets[i] + k.skb(walk).len;
            const bool ends = i + 1 == q.offsets.size() || q.run_heads[i + 1] != 0;
            if (ends && offset < to) return offset >= from && end <= to ? Insert::duplicate : Insert::overlap;
        }
    }
    SkbId before = q.fragments.first;
    for (std::size_t i = 0; i < place; ++i) before = k.skb(before).next;
    const SkbId after = before ? k.skb(before).prev : q.fragments.last;
    SkBuff& s = k.write(skb);
    s.prev = after;
    s.next = before;
    s.owner = SkbOwner::fragment_queue;
    (after ? k.write(after).next : q.fragments.first) = skb;
    (before ? k.write(before).prev : q.fragments.last) = skb;
    ++q.fragments.qlen;
    q.offsets.insert(q.offsets.begin() + static_cast<std::ptrdiff_t>(place), offset);
    q.run_heads.insert(q.run_heads.begin() + static_cast<std::ptrdiff_t>(place), head ? 1 : 0);
    return Insert::ok;
}

/// Where a fragment belongs, as its headers say.
struct Place {
    std::uint32_t offset, end;
    std::uint32_t header;  ///< bytes in front of its data
    bool last;             ///< no more fragments
    bool good;             ///< false: the sender has to be told
};

/// ip_frag_queue() and ip6_frag_queue(): the same but for the header. `Family` has place(), measure(), counters() and
/// reasm.
template <class Family>
struct FragQueue : args::ip_frag_queue {
    using Self = FragQueue;
    std::uint32_t offset, end;
    DstId dst;  // with the packet's reference
    bool noref;
    std::int32_t dev;

    Next position(K& k) {
        FragmentQueue& q = fragmentQueue(k, queue);
        if ((q.flags & INET_FRAG_COMPLETE) != 0) return drop(k);
        const Place p = Family::place(k, skb);
        offset = p.offset;
        end = p.end;
        if (!p.good) {
            skb = {};  // the caller still has it, and answers
            return ret(kBadField);
        }
        const bool lastIn = (q.flags & INET_FRAG_LAST_IN) != 0;
        if (p.last ? end < q.len || (lastIn && end != q.len) : lastIn && end > q.len) return discard(k);
        if (p.last) q.flags |= INET_FRAG_LAST_IN;
        q.len = std::max(q.len, end);
        if (end == offset) return discard(k);
        SkBuff& s = k.write(skb);
        pull(s, p.header);
        s.len = end - offset;
        s.tail = s.data + s.len;
        return next<&Self::insert>();
    }
    Next insert(K& k) {
        FragmentQueue& q = fragmentQueue(k, queue);
        const Insert result = insertFragment(k, q, skb, offset, end);
        if (result == Insert::duplicate) return drop(k);
        if (result == Insert::overlap) {
            ++Family::counters(k.counters()).ReasmOverlaps;
            return discard(k);
        }
        SkBuff& s = k.write(skb);
        q.iif = s.dev;
        q.meat += s.len;
        Family::measure(k, q, skb);
        if (offset == 0) q.flags |= INET_FRAG_FIRST_IN;
        if (q.flags != (INET_FRAG_FIRST_IN | INET_FRAG_LAST_IN) || q.meat != q.len) {
            if (const DstId old = dstTake(s)) return k.call<&Self::waits>(fn::dst_release, old);
            return waits(k);
        }
        // the whole datagram has the route of the fragment that came last
        dev = s.dev;
        dst = std::exchange(s.dst, {});
        noref = std::exchange(s.dst_noref, false);
        return k.call<&Self::reassembled>(Family::reasm, queue, skb);
    }
    Next waits(K&) {
        skb = {};
        return ret(kEINPROGRESS);
    }
    Next reassembled(K& k, std::int32_t result) {
        SkBuff& s = k.write(skb);
        s.dst = std::exchange(dst, {});
        s.dst_noref = std::exchange(noref, false);
        if (result < 0)
            killQueue(k, fragmentQueue(k, queue));  // it goes with the others of the queue
        else
            s.dev = dev;
        skb = {};
        return ret(result);
    }
    Next refused(K&) { return ret(kEINVAL); }

    Next discard(K& k) {
        killQueue(k, fragmentQueue(k, queue));
        ++Family::counters(k.counters()).ReasmFails;
        return drop(k);
    }
    Next drop(K& k) { return k.drop<&Self::refused>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    using stages = Stages<Stage<"where does it belong? does it fit the others?", &Self::position, cost::check>,
                          Stage<"put it in its place", &Self::insert, cost::list_step>,
                          Stage<"the datagram waits for the others", &Self::waits, cost::check>,
                          Stage<"all are there: one datagram", &Self::reassembled, cost::check>,
                          Stage<"the fragment is gone", &Self::refused, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("offset", s.offset, Unit::bytes, "its place in the datagram");
        v("end", s.end, Unit::bytes, "where it ends");
        v.hidden("dev", s.dev);
        v("dst", s.dst, Unit::none, "route of the datagram, while it is put together");
        v.hidden("noref", s.noref);
    }
};

/// ip_expire() and ip6_frag_expire(): the timer of a queue. `Family` has counters(), tell() and kRouteFirst: the first
/// fragment needs a route again before its sender can be told.
template <class Family, class Args>
struct FragExpire : Args {
    using Self = FragExpire;
    using Args::ret, Args::t;
    SkbId skb;
    std::uint32_t queue;

    Next kill(K& k) {
        queue = std::as_const(k.machine.timers)[t].arg;
        FragmentQueue& q = fragmentQueue(k, queue);
        if ((q.flags & INET_FRAG_COMPLETE) != 0) return next<&Self::put>();  // complete in the meantime
        killQueue(k, q);
        IpCounters& ip = Family::counters(netOfQueue(k, queue).counters.write());
        ++ip.ReasmFails;
        ++ip.ReasmTimeout;
        if ((q.flags & INET_FRAG_FIRST_IN) == 0) return next<&Self::put>();
        skb = k.popFront(q.fragments);
        k.write(skb).dev = q.iif;
        if constexpr (Family::kRouteFirst)
            return k.call<&Self::routed>(fn::ip_route_input_noref, skb, q.iif);
        else
            return Family::template tell<&Self::head>(k, skb);
    }
    Next routed(K& k, std::int32_t error) { return error != 0 ? head(k) : Family::template tell<&Self::head>(k, skb); }
    Next head(K& k) { return k.drop<&Self::put>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    Next put(K& k) {
        SkbList rest;
        if (putQueue(k, queue, rest) && rest.qlen != 0) return k.call<&Self::done>(fn::inet_frag_rbtree_purge, rest);
        return ret();
    }
    Next done(K&) { return ret(); }

    using Kill = Stage<"the rest never came: give up", &Self::kill, cost::list_step>;
    using KillAndTell = Stage<"the rest never came: give up, tell the sender", &Self::kill, cost::list_step>;
    using Routed = Stage<"tell the sender", &Self::routed, cost::check>;
    using Head = Stage<"free the first fragment", &Self::head, cost::check>;
    using Put = Stage<"inet_frag_put: free the queue", &Self::put, cost::list_step>;
    using Done = Stage<"done", &Self::done, cost::check>;
    using stages = std::conditional_t<Family::kRouteFirst, Stages<Kill, Routed, Head, Put, Done>,
                                      Stages<KillAndTell, Head, Put, Done>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("queue", s.queue, Unit::index, "the datagram's queue");
        v("skb", s.skb, Unit::none, "the first fragment");
    }
};

}  // namespace ringside::net
