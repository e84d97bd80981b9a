#pragma once
// What IPv4 and IPv6 reassembly share: net/ipv4/inet_fragment.c of Linux 6.1.192. The fragments of a queue are a list
// sorted by offset where the kernel has a tree of runs; a queue is named by its generation, because its place in the
// World's list may change.

#include <algorithm>

#include "engine/linux/net/inline.h"

namespace ringside::net {

/// The queue of that generation; end of the list if it is gone.
inline std::size_t findQueue(const Net& net, std::uint32_t generation) {
    const std::vector<FragmentQueue>& queues = *net.fragments;
    std::size_t i = 0;
    while (i < queues.size() && queues[i].generation != generation) ++i;
    return i;
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

/// inet_frag_find(): the generation of the queue for this datagram, made if there is none; 0 when the memory for
/// fragments is used up.
inline std::uint32_t queueFor(K& k, const IpAddr& saddr, const IpAddr& daddr, std::uint32_t id, std::uint8_t protocol) {
    // a few queues cannot hold that much: a datagram has at most 64 KB
    if (k.net().fragments->size() > 16 && fragmentMemory(k, saddr.version) > kFragmentMemory) return 0;
    for (const FragmentQueue& q : *k.net().fragments) {
        if (q.id == id && q.protocol == protocol && q.saddr == saddr && q.daddr == daddr) return q.generation;
    }
    FragmentQueue& q = k.net().fragments.write().emplace_back();
    q.saddr = saddr;
    q.daddr = daddr;
    q.id = id;
    q.protocol = protocol;
    q.generation = static_cast<std::uint32_t>(k.event.seq);
    q.expires = k.now() + Time{k.net().sysctl->ipfrag_time} * kSecond;
    k.later(q.expires, Due::timer, kFragmentTimer | k.cpu.id, q.generation);
    return q.generation;
}

enum class Insert : std::uint8_t { ok, duplicate, overlap };

/// inet_frag_queue_insert(): puts bytes [offset, end) in their place. A fragment inside what is there already is a
/// duplicate, one that only partly overlaps spoils the datagram (RFC 5722).
inline Insert insertFragment(K& k, FragmentQueue& q, SkbId skb, std::uint32_t offset, std::uint32_t end) {
    std::size_t place = 0;
    SkbId after{}, walk = q.fragments.first;
    std::uint32_t from = 0, to = 0;  // the run of fragments without a hole that ends at `walk`
    for (std::size_t i = 0; i < q.offsets.size(); ++i) {
        if (i == 0 || q.offsets[i] != to) from = q.offsets[i];
        to = q.offsets[i] + k.skb(walk).len;
        const bool ends = i + 1 == q.offsets.size() || q.offsets[i + 1] != to;
        if (ends && offset < to && end > from) return offset >= from && end <= to ? Insert::duplicate : Insert::overlap;
        if (q.offsets[i] < offset) {
            place = i + 1;
            after = walk;
        }
        walk = k.skb(walk).next;
    }
    const SkbId before = after ? k.skb(after).next : q.fragments.first;
    SkBuff& s = k.write(skb);
    s.prev = after;
    s.next = before;
    s.owner = SkbOwner::fragment_queue;
    if (after)
        k.write(after).next = skb;
    else
        q.fragments.first = skb;
    if (before)
        k.write(before).prev = skb;
    else
        q.fragments.last = skb;
    ++q.fragments.qlen;
    q.offsets.insert(q.offsets.begin() + static_cast<std::ptrdiff_t>(place), offset);
    return Insert::ok;
}

/// Puts `fresh` where `old` stands.
inline void replaceInList(K& k, SkbList& list, SkbId old, SkbId fresh) {
    SkBuff& o = k.write(old);
    const SkbId prev = o.prev, next_one = o.next;
    const SkbOwner owner = o.owner;
    o.prev = o.next = {};
    o.owner = SkbOwner::frame;
    SkBuff& f = k.write(fresh);
    f.prev = prev;
    f.next = next_one;
    f.owner = owner;
    if (prev)
        k.write(prev).next = fresh;
    else
        list.first = fresh;
    if (next_one)
        k.write(next_one).prev = fresh;
    else
        list.last = fresh;
}

/// inet_frag_kill(): takes the queue out of the table and gives its fragments to the caller.
inline SkbList killQueue(K& k, std::uint32_t generation) {
    const std::size_t i = findQueue(k.net(), generation);
    if (i == k.net().fragments->size()) return {};
    std::vector<FragmentQueue>& queues = k.net().fragments.write();
    const SkbList list = queues[i].fragments;
    queues.erase(queues.begin() + static_cast<std::ptrdiff_t>(i));
    return list;
}

/// inet_frag_reasm_finish(): all but the first go to the first one's frag_list. skb_try_coalesce(), which would turn
/// some of them into page fragments of the first, is left out: they stay sk_buffs of their own.
inline void linkFragList(K& k, SkbId head, SkbList list) {
    SkbId part = k.skb(head).next;
    k.remove(list, head);
    k.write(k.skb(head).head).frag_list = part;
    while (part) {
        SkBuff& p = k.write(part);
        p.owner = SkbOwner::parent_skb;
        p.prev = {};
        dropDst(p);
        SkBuff& h = k.write(head);
        if (h.ip_summed != p.ip_summed) h.ip_summed = IpSummed::CHECKSUM_NONE;
        h.data_len += p.len;
        h.len += p.len;
        h.truesize += p.truesize;
        part = p.next;
    }
}

}  // namespace ringside::net
