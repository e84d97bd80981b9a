// Follows net/ipv6/{exthdrs,reassembly}.c of Linux 6.1.192. Modelled: hop-by-hop and destination options, routing
// headers that are used up, fragments with reassembly by frag_list. Left out: what options ask for (unknown ones that
// demand an error included), routing headers with segments left (refused, as by default).

#include "engine/linux/net/fragments.h"

namespace ringside {
namespace {

constexpr std::int32_t kEINPROGRESS = -115;

/// Length of the extension header that begins at the transport header; 0 where it is not all there.
std::uint32_t extensionLength(const K& k, SkbId skb) {
    const SkBuff& s = k.skb(skb);
    if (!net::linearHas(s, s.transport_header, 8)) return 0;
    const std::uint32_t length = (net::at(k, skb, s.transport_header, 2)[1] + 1U) * 8U;
    return net::linearHas(s, s.transport_header, length) ? length : 0;
}

struct ipv6_parse_hopopts : args::ipv6_parse_hopopts {
    using Self = ipv6_parse_hopopts;

    Next parse(K& k) {
        const std::uint32_t length = extensionLength(k, skb);
        if (length == 0) return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        SkBuff& s = k.write(skb);
        s.transport_header = static_cast<std::uint16_t>(s.transport_header + length);
        return ret(std::int32_t{1});
    }
    Next bad(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"step over the hop-by-hop options", &Self::parse, cost::check>,
                          Stage<"they are cut short", &Self::bad, cost::check>>;
};

struct ipv6_destopt_rcv : args::ipv6_destopt_rcv {
    using Self = ipv6_destopt_rcv;

    Next parse(K& k) {
        const std::uint32_t length = extensionLength(k, skb);
        if (length == 0) {
            ++k.counters().ip6.InHdrErrors;
            return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        }
        SkBuff& s = k.write(skb);
        s.transport_header = static_cast<std::uint16_t>(s.transport_header + length);
        return ret(std::int32_t{1});
    }
    Next bad(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"step over the destination options", &Self::parse, cost::check>,
                          Stage<"they are cut short", &Self::bad, cost::check>>;
};

struct ipv6_rthdr_rcv : args::ipv6_rthdr_rcv {
    using Self = ipv6_rthdr_rcv;

    Next parse(K& k) {
        const std::uint32_t length = extensionLength(k, skb);
        const bool left = length != 0 && net::at(k, skb, k.skb(skb).transport_header + 3U, 1)[0] != 0;
        if (length == 0 || left) {
            ++k.counters().ip6.InHdrErrors;
            return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        }
        SkBuff& s = k.write(skb);
        s.transport_header = static_cast<std::uint16_t>(s.transport_header + length);
        return ret(std::int32_t{1});
    }
    Next bad(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"is the route used up?", &Self::parse, cost::check>,
                          Stage<"source routes are not followed", &Self::bad, cost::check>>;
};

struct ipv6_frag_rcv : args::ipv6_frag_rcv {
    using Self = ipv6_frag_rcv;

    Next header(K& k) {
        IpCounters& ip = k.counters().ip6;
        ++ip.ReasmReqds;
        SkBuff& s = k.write(skb);
        // a fragment inside a reassembled datagram is refused, as is a header that is not all there
        if (s.data_len != 0 || !net::linearHas(s, s.transport_header, frag_hdr::kSize)) {
            ++ip.InHdrErrors;
            return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        }
        const frag_hdr fh = frag_hdr::load(net::at(k, skb, s.transport_header, frag_hdr::kSize));
        if ((fh.frag_off & (IP6_OFFSET | IP6_MF)) == 0) {  // a fragment header, but the datagram is whole
            s.transport_header = static_cast<std::uint16_t>(s.transport_header + frag_hdr::kSize);
            ++ip.ReasmOKs;
            return ret(std::int32_t{1});
        }
        const ipv6hdr h = net::ipv6Header(k, skb);
        const std::uint32_t queue =
            net::queueFor(k, IpAddr::of(h.saddr), IpAddr::of(h.daddr), fh.identification, IPPROTO_FRAGMENT);
        if (queue != 0) return k.returns(fn::ip6_frag_queue, queue, std::exchange(skb, {}));
        ++ip.ReasmFails;
        return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next bad(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"find or make the queue of this datagram", &Self::header, cost::lookup>,
                          Stage<"the fragment is gone", &Self::bad, cost::check>>;
};

struct ip6_frag_queue : args::ip6_frag_queue {
    using Self = ip6_frag_queue;
    std::uint32_t offset, end;
    SkbList killed;
    std::uint8_t dev, dst_input;
    bool dst;

    Next position(K& k) {
        const SkBuff& old = k.skb(skb);
        const frag_hdr fh = frag_hdr::load(net::at(k, skb, old.transport_header, frag_hdr::kSize));
        const std::uint32_t data = static_cast<std::uint32_t>(old.transport_header + frag_hdr::kSize);
        const auto payload =
            static_cast<std::uint32_t>(old.network_header + ipv6hdr::kSize) + net::ipv6Header(k, skb).payload_len;
        offset = fh.frag_off & IP6_OFFSET;
        end = offset + (payload > data ? payload - data : 0);
        FragmentQueue& q = k.net().fragments.write()[net::findQueue(k.net(), queue)];
        std::uint32_t reach = 0;
        if (q.fragments.last) reach = q.offsets.back() + k.skb(q.fragments.last).len;
        // too long, or not rounded to 8 bytes: the sender is told, the queue stays
        if (end > 0xffff || ((fh.frag_off & IP6_MF) != 0 && (end & 7U) != 0)) {
            ++k.counters().ip6.InHdrErrors;
            return k.drop<&Self::refused>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        }
        if ((fh.frag_off & IP6_MF) == 0) {
            if (end < reach || (q.len != 0 && end != q.len)) return discard(k);
            q.len = end;
        } else if (q.len != 0 && end > q.len) {
            return discard(k);
        }
        if (end == offset) return discard(k);
        SkBuff& s = k.write(skb);
        net::pull(s, data - s.data);
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
        return k.call<&Self::reassembled>(fn::ip6_frag_reasm, queue, skb);
    }
    Next reassembled(K& k, std::int32_t result) {
        if (result < 0) {
            skb = {};  // it goes with the others of the queue
            return discard(k);
        }
        SkBuff& s = k.write(skb);
        s.dev = dev;
        s.dst = dst;
        s.dst_input = dst_input;
        skb = {};
        return ret(std::int32_t{1});
    }
    Next refused(K&) { return ret(std::int32_t{-1}); }
    Next purge(K& k) {
        if (killed.qlen != 0) return k.drop<&Self::purge>(k.popFront(killed), Drop::NOT_SPECIFIED);
        if (skb) return k.drop<&Self::refused>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        return ret(std::int32_t{-1});
    }

    Next discard(K& k) {
        ++k.counters().ip6.ReasmFails;
        killed = net::killQueue(k, queue);
        return next<&Self::purge>();
    }
    using stages = Stages<Stage<"where does it belong? does it fit the others?", &Self::position, cost::check>,
                          Stage<"put it in its place", &Self::insert, cost::list_step>,
                          Stage<"all are there: one datagram", &Self::reassembled, cost::check>,
                          Stage<"the fragment is gone", &Self::refused, cost::check>,
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

struct ip6_frag_reasm : args::ip6_frag_reasm {
    using Self = ip6_frag_reasm;
    SkbList list;
    SkbId head;
    std::uint32_t total;

    Next kill(K& k) {
        const std::size_t i = net::findQueue(k.net(), queue);
        total = (*k.net().fragments)[i].len;
        const SkBuff& first = k.skb((*k.net().fragments)[i].fragments.first);
        const std::uint32_t headers = first.data - first.network_header;
        if (headers + total - ipv6hdr::kSize - frag_hdr::kSize > 0xffff) return ret(std::int32_t{-1});
        list = net::killQueue(k, queue);
        head = list.first;
        if (head == skb) return next<&Self::relocate>();
        return k.call<&Self::cloned>(fn::skb_clone, skb);
    }
    Next cloned(K& k, SkbId fp) {
        net::replaceInList(k, list, skb, fp);
        return k.call<&Self::morphed>(fn::skb_morph, skb, head);
    }
    Next morphed(K& k, SkbId) {
        net::replaceInList(k, list, head, skb);
        return k.call<&Self::relocate>(fn::consume_skb, std::exchange(head, skb));
    }
    Next relocate(K& k) {
        // the headers move down over the fragment header, and the one before it points to what follows
        SkBuff& s = k.write(skb);
        const std::span<std::uint8_t> bytes = k.write(s.head).bytes.write();
        std::uint32_t at = static_cast<std::uint32_t>(s.network_header + ipv6hdr::kSize), field = s.network_header + 6U;
        while (at < s.transport_header) {
            field = at;
            at += (bytes[at + 1] + 1U) * 8U;
        }
        bytes[field] = bytes[s.transport_header];
        constexpr auto gap = static_cast<std::uint16_t>(frag_hdr::kSize);
        std::memmove(bytes.data() + gap, bytes.data(), s.data - gap);
        s.mac_header = static_cast<std::uint16_t>(s.mac_header + gap);
        s.network_header = static_cast<std::uint16_t>(s.network_header + gap);
        s.transport_header = static_cast<std::uint16_t>(s.data);
        return k.call<&Self::finish>(fn::skb_push, skb, s.data - s.network_header);
    }
    Next finish(K& k, std::uint32_t) {
        net::linkFragList(k, skb, std::exchange(list, {}));
        const SkBuff& s = k.skb(skb);
        const std::span<std::uint8_t> bytes = k.write(s.head).bytes.write();
        storeBe16(bytes.data() + s.network_header + 4, static_cast<std::uint16_t>(s.len - ipv6hdr::kSize));
        ++k.counters().ip6.ReasmOKs;
        return ret(std::int32_t{1});
    }
    using stages = Stages<Stage<"take the queue out of the table", &Self::kill, cost::list_step>,
                          Stage<"a clone stands in for the last fragment", &Self::cloned, cost::list_step>,
                          Stage<"the last sk_buff is now the first fragment", &Self::morphed, cost::list_step>,
                          Stage<"close the gap of the fragment header", &Self::relocate, cost::copy>,
                          Stage<"link the others to frag_list, write the whole length", &Self::finish, cost::copy>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("head", s.head, Unit::none, "the first fragment");
        v.hidden("list", s.list);
        v.hidden("total", s.total);
    }
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ipv6_parse_hopopts, "net/ipv6/exthdrs.c", "Steps over the hop-by-hop options."),
    RS_DEFINE(ipv6_destopt_rcv, "net/ipv6/exthdrs.c", "Steps over destination options."),
    RS_DEFINE(ipv6_rthdr_rcv, "net/ipv6/exthdrs.c", "Takes a routing header: only one that is used up passes."),
    RS_DEFINE(ipv6_frag_rcv, "net/ipv6/reassembly.c", "Collects the fragments of a datagram."),
    RS_DEFINE(ip6_frag_queue, "net/ipv6/reassembly.c", "Puts a fragment in its place in the queue."),
    RS_DEFINE(ip6_frag_reasm, "net/ipv6/reassembly.c", "Makes one packet of a complete queue."),
};

}  // namespace

std::span<const FunctionInfo> exthdrsFunctions() { return kFunctions; }

}  // namespace ringside
