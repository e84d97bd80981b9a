// Follows net/ipv4/ip_fragment.c of Linux 6.1.192. Modelled: the queue of a datagram, overlaps and duplicates,
// reassembly by frag_list (the fragment that came last becomes the head: skb_morph), time-out, the limit of memory.
// Left out: ECN, skb_try_coalesce(), ip_frag_too_far().

#include "engine/linux/net/fragments.h"

namespace ringside {
namespace {

constexpr std::int32_t kEINPROGRESS = -115, kEMSGSIZE = -90;

struct ip_defrag : args::ip_defrag {
    using Self = ip_defrag;

    Next find(K& k) {
        ++k.counters().ip.ReasmReqds;
        const iphdr iph = net::ipHeader(k, skb);
        const std::uint32_t queue =
            net::queueFor(k, IpAddr::of(iph.saddr), IpAddr::of(iph.daddr), iph.id, iph.protocol);
        if (queue != 0) return k.returns(fn::ip_frag_queue, queue, std::exchange(skb, {}));
        ++k.counters().ip.ReasmFails;
        return k.drop<&Self::refused>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next refused(K&) { return ret(net::kENOMEM); }
    using stages = Stages<Stage<"find or make the queue of this datagram", &Self::find, cost::lookup>,
                          Stage<"the fragment is gone", &Self::refused, cost::check>>;
};

struct ip_frag_queue : args::ip_frag_queue {
    using Self = ip_frag_queue;
    std::uint32_t offset, end;
    SkbList killed;
    std::uint8_t dev, dst_input;
    bool dst;

    Next position(K& k) {
        const SkBuff& old = k.skb(skb);
        const iphdr iph = net::ipHeader(k, skb);
        const auto header = static_cast<std::uint32_t>(iph.headerLength());
        offset = static_cast<std::uint32_t>(iph.fragmentOffset());
        end = offset + old.len - header;
        FragmentQueue& q = k.net().fragments.write()[net::findQueue(k.net(), queue)];
        std::uint32_t reach = 0;
        if (q.fragments.last) reach = q.offsets.back() + k.skb(q.fragments.last).len;
        if ((iph.frag_off & IP_MF) == 0) {
            if (end < reach || (q.len != 0 && end != q.len)) return discard(k);
            q.len = end;
        } else {
            end &= ~7U;
            if (q.len != 0 && end > q.len) return discard(k);
        }
        if (end == offset) return discard(k);
        SkBuff& s = k.write(skb);
        net::pull(s, header);
        s.len = end - offset;
        s.tail = s.data + s.len;
        return next<&Self::insert>();
    }
    Next insert(K& k) {
        FragmentQueue& q = k.net().fragments.write()[net::findQueue(k.net(), queue)];
        const net::Insert result = net::insertFragment(k, q, skb, offset, end);
        if (result == net::Insert::duplicate)
            return k.drop<&Self::refused>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        if (result == net::Insert::overlap) return discard(k);
        SkBuff& s = k.write(skb);
        q.meat += s.len;
        if (q.len == 0 || q.meat != q.len || q.offsets.front() != 0) {
            net::dropDst(s);
            skb = {};
            return ret(kEINPROGRESS);
        }
        dev = s.dev;
        dst = s.dst;
        dst_input = s.dst_input;
        return k.call<&Self::reassembled>(fn::ip_frag_reasm, queue, skb);
    }
    Next reassembled(K& k, std::int32_t error) {
        if (error != 0) {
            skb = {};  // it goes with the others of the queue
            return discard(k);
        }
        SkBuff& s = k.write(skb);
        s.dev = dev;
        s.dst = dst;
        s.dst_input = dst_input;
        skb = {};
        return ret(std::int32_t{0});
    }
    Next refused(K&) { return ret(net::kEINVAL); }
    Next purge(K& k) {
        if (killed.qlen != 0) return k.drop<&Self::purge>(k.popFront(killed), Drop::NOT_SPECIFIED);
        if (skb) return k.drop<&Self::refused>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        return ret(net::kEINVAL);
    }

    Next discard(K& k) {
        ++k.counters().ip.ReasmFails;
        killed = net::killQueue(k, queue);
        return next<&Self::purge>();
    }
    using stages = Stages<Stage<"where does it belong? does it fit the others?", &Self::position, cost::check>,
                          Stage<"put it in its place", &Self::insert, cost::list_step>,
                          Stage<"all are there: one datagram", &Self::reassembled, cost::check>,
                          Stage<"a duplicate is gone", &Self::refused, cost::check>,
                          Stage<"the datagram is spoilt: drop its fragments", &Self::purge, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("offset", s.offset, Unit::bytes, "its place in the datagram");
        v("end", s.end, Unit::bytes, "where it ends");
        v.hidden("killed", s.killed);
        v.hidden("dev", s.dev);
        v.hidden("dst_input", s.dst_input);
        v.hidden("dst", s.dst);
    }
};

struct ip_frag_reasm : args::ip_frag_reasm {
    using Self = ip_frag_reasm;
    SkbList list;
    SkbId head;
    std::uint32_t total;

    Next kill(K& k) {
        const std::size_t i = net::findQueue(k.net(), queue);
        total = (*k.net().fragments)[i].len;
        if (total + net::ipHeader(k, skb).headerLength() > 0xffff) return ret(kEMSGSIZE);
        list = net::killQueue(k, queue);
        head = list.first;
        if (head == skb) return next<&Self::push>();
        return k.call<&Self::cloned>(fn::skb_clone, skb);
    }
    Next cloned(K& k, SkbId fp) {
        net::replaceInList(k, list, skb, fp);
        return k.call<&Self::morphed>(fn::skb_morph, skb, head);
    }
    Next morphed(K& k, SkbId) {
        net::replaceInList(k, list, head, skb);
        return k.call<&Self::push>(fn::consume_skb, std::exchange(head, skb));
    }
    Next push(K& k) {
        const SkBuff& s = k.skb(skb);
        return k.call<&Self::finish>(fn::skb_push, skb, s.data - s.network_header);
    }
    Next finish(K& k, std::uint32_t) {
        net::linkFragList(k, skb, std::exchange(list, {}));
        const SkBuff& s = k.skb(skb);
        const std::uint32_t start = s.network_header,
                            header = static_cast<std::uint32_t>(net::ipHeader(k, skb).headerLength());
        const std::span<std::uint8_t> bytes = k.write(s.head).bytes.write();
        storeBe16(bytes.data() + start + 2, static_cast<std::uint16_t>(total + header));
        storeBe16(bytes.data() + start + 6, 0);
        storeBe16(bytes.data() + start + 10, 0);
        storeBe16(bytes.data() + start + 10, ipFastCsum(bytes.subspan(start, header)));
        ++k.counters().ip.ReasmOKs;
        return ret(std::int32_t{0});
    }
    using stages = Stages<Stage<"take the queue out of the table", &Self::kill, cost::list_step>,
                          Stage<"a clone stands in for the last fragment", &Self::cloned, cost::list_step>,
                          Stage<"the last sk_buff is now the first fragment", &Self::morphed, cost::list_step>,
                          Stage<"back to the IP header", &Self::push, cost::check>,
                          Stage<"link the others to frag_list, write the whole length", &Self::finish, cost::copy>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("head", s.head, Unit::none, "the first fragment");
        v.hidden("list", s.list);
        v.hidden("total", s.total);
    }
};

struct ip_expire : args::ip_expire {
    using Self = ip_expire;
    SkbList killed;

    Next kill(K& k) {
        const std::size_t i = net::findQueue(k.net(), queue);
        if (i == k.net().fragments->size()) return ret();  // complete in the meantime
        const bool v6 = (*k.net().fragments)[i].saddr.version == 6;
        IpCounters& ip = v6 ? k.counters().ip6 : k.counters().ip;
        ++ip.ReasmFails;
        ++ip.ReasmTimeout;
        killed = net::killQueue(k, queue);
        return next<&Self::each>();
    }
    Next each(K& k) {
        if (killed.qlen == 0) return ret();
        return k.drop<&Self::each>(k.popFront(killed), Drop::NOT_SPECIFIED);
    }
    using stages = Stages<Stage<"the rest never came: give up", &Self::kill, cost::list_step>,
                          Stage<"drop a fragment", &Self::each, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("killed", s.killed);
    }
};

constexpr const char* kSource = "net/ipv4/ip_fragment.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ip_defrag, kSource, "Collects the fragments of a datagram."),
    RS_DEFINE(ip_frag_queue, kSource, "Puts a fragment in its place in the queue."),
    RS_DEFINE(ip_frag_reasm, kSource, "Makes one packet of a complete queue."),
    RS_DEFINE(ip_expire, kSource, "Gives up a datagram that stayed incomplete."),
};

}  // namespace

std::span<const FunctionInfo> ipFragmentFunctions() { return kFunctions; }

}  // namespace ringside
