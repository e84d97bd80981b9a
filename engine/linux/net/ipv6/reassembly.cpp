// Follows net/ipv6/reassembly.c of Linux 6.1.192; what IPv4 does alike is in fragments.h and ipv4/inet_fragment.cpp.
// Modelled: the checks of a fragment header, the queue of a datagram, reassembly, time-out. Left out: ECN.

#include "engine/linux/net/fragments.h"

namespace ringside {
namespace {

struct ipv6_frag_rcv : args::ipv6_frag_rcv {
    using Self = ipv6_frag_rcv;
    std::uint32_t queue;
    std::int32_t result;

    Next header(K& k) {
        if ((k.skb(skb).cb_flags & IP6SKB_FRAGMENTED) != 0) return badHeader(k);
        IpCounters& ip = k.counters().ip6;
        ++ip.ReasmReqds;
        SkBuff& s = k.write(skb);
        const ipv6hdr h = net::ipv6Header(k, skb);
        if (h.payload_len == 0 || !net::linearHas(s, s.transport_header, frag_hdr::kSize)) return badHeader(k);
        const frag_hdr fh = frag_hdr::load(net::at(k, skb, s.transport_header, frag_hdr::kSize));
        if ((fh.frag_off & (IP6_OFFSET | IP6_MF)) == 0) {  // a fragment header, but the datagram is whole
            s.transport_header = static_cast<std::uint16_t>(s.transport_header + frag_hdr::kSize);
            s.cb_flags |= IP6SKB_FRAGMENTED;
            ++ip.ReasmOKs;
            return ret(std::int32_t{1});
        }
        if (truncated(k, fh)) {
            ++ip.InHdrErrors;
            return k.call<&Self::bad>(fn::icmpv6_param_prob_reason, std::exchange(skb, {}),
                                      std::uint32_t{ICMPV6_HDR_INCOMP}, Drop::NOT_SPECIFIED);
        }
        return next<&Self::find>();
    }
    Next find(K& k) {
        const ipv6hdr h = net::ipv6Header(k, skb);
        const frag_hdr fh = frag_hdr::load(net::at(k, skb, k.skb(skb).transport_header, frag_hdr::kSize));
        queue = net::queueFor(k, IpAddr::of(h.saddr), IpAddr::of(h.daddr), fh.identification, IPPROTO_FRAGMENT);
        if (queue != 0) return k.call<&Self::put>(fn::ip6_frag_queue, queue, skb);
        ++k.counters().ip6.ReasmFails;
        return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next put(K& k, std::int32_t queued) {
        result = queued;
        if (result != net::kBadField) skb = {};
        SkbList rest;
        if (net::putQueue(k, queue, rest) && rest.qlen != 0)
            return k.call<&Self::queued>(fn::inet_frag_rbtree_purge, rest);
        return verdict(k);
    }
    Next queued(K& k) { return verdict(k); }
    Next bad(K&) { return ret(std::int32_t{-1}); }

    Next verdict(K& k) { return result == net::kBadField ? badHeader(k) : ret(result); }
    Next badHeader(K& k) {
        ++k.counters().ip6.InHdrErrors;
        return k.call<&Self::bad>(fn::icmpv6_param_prob_reason, std::exchange(skb, {}), std::uint32_t{ICMPV6_HDR_FIELD},
                                  Drop::NOT_SPECIFIED);
    }
    /// ipv6frag_thdr_truncated(): whether a first fragment ends before the transport header does.
    bool truncated(const K& k, const frag_hdr& fh) const {
        if ((fh.frag_off & IP6_OFFSET) != 0) return false;
        const SkBuff& s = k.skb(skb);
        const std::uint32_t end = s.data + s.len;
        std::uint32_t at = static_cast<std::uint32_t>(s.transport_header + frag_hdr::kSize);
        std::uint8_t nexthdr = fh.nexthdr;
        while (nexthdr == IPPROTO_HOPOPTS || nexthdr == IPPROTO_ROUTING || nexthdr == IPPROTO_DSTOPTS) {
            if (!net::linearHas(s, at, 2)) return true;
            const std::uint8_t* h = net::at(k, skb, at, 2);
            nexthdr = h[0];
            at += (h[1] + 1U) * 8U;
        }
        const std::uint32_t header = nexthdr == IPPROTO_TCP                                ? tcphdr::kSize
                                     : nexthdr == IPPROTO_UDP || nexthdr == IPPROTO_ICMPV6 ? udphdr::kSize
                                                                                           : 1U;
        return at + header > end;
    }
    using stages = Stages<Stage<"a fragment header where one may be?", &Self::header, cost::check>,
                          Stage<"find or make the queue of this datagram", &Self::find, cost::lookup>,
                          Stage<"inet_frag_put: is the queue done with?", &Self::put, cost::check>,
                          Stage<"is the datagram whole?", &Self::queued, cost::check>,
                          Stage<"the fragment is gone", &Self::bad, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("queue", s.queue, Unit::index, "the datagram's queue");
        v.hidden("result", s.result);
    }
};

struct Ipv6Fragments {
    static constexpr auto reasm = fn::ip6_frag_reasm;
    static IpCounters& counters(Counters& counters) { return counters.ip6; }
    static constexpr bool kRouteFirst = false;
    template <auto Then>
    static Next tell(K& k, SkbId skb) {
        return k.call<Then>(fn::icmp6_send, skb, std::uint32_t{ICMPV6_TIME_EXCEED}, std::uint32_t{ICMPV6_EXC_FRAGTIME});
    }
    static net::Place place(K& k, SkbId skb) {
        const SkBuff& s = k.skb(skb);
        const frag_hdr fh = frag_hdr::load(net::at(k, skb, s.transport_header, frag_hdr::kSize));
        const std::uint32_t data = static_cast<std::uint32_t>(s.transport_header + frag_hdr::kSize);
        const auto payload =
            static_cast<std::uint32_t>(s.network_header + ipv6hdr::kSize) + net::ipv6Header(k, skb).payload_len;
        const std::uint32_t offset = fh.frag_off & IP6_OFFSET, end = offset + (payload > data ? payload - data : 0);
        const bool last = (fh.frag_off & IP6_MF) == 0;
        // too long, or not rounded to 8 bytes: the sender is told
        return {offset, end, data - s.data, last, end <= 0xffff && (last || (end & 7U) == 0)};
    }
    static void measure(const K& k, FragmentQueue& q, SkbId skb) {
        const SkBuff& s = k.skb(skb);
        q.max_size = std::max(q.max_size, static_cast<std::uint16_t>(s.data - s.network_header + s.len));
    }
};
using ip6_frag_queue = net::FragQueue<Ipv6Fragments>;

struct ip6_frag_reasm : args::ip6_frag_reasm {
    using Self = ip6_frag_reasm;
    std::uint32_t payload_len;

    Next kill(K& k) {
        net::killQueue(k, net::fragmentQueue(k, queue));
        return k.call<&Self::relocate>(fn::inet_frag_reasm_prepare, queue, skb);
    }
    Next relocate(K& k) {
        SkBuff& s = k.write(skb);
        payload_len = static_cast<std::uint32_t>(s.data - s.network_header + net::fragmentQueue(k, queue).len -
                                                 ipv6hdr::kSize - frag_hdr::kSize);
        if (payload_len > 0xffff) {
            ++k.counters().ip6.ReasmFails;
            return ret(std::int32_t{-1});
        }
        // the headers move down over the fragment header, and the one before it points to what follows
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
        return k.call<&Self::finish>(fn::inet_frag_reasm_finish, queue, skb, true);
    }
    Next finish(K& k) {
        SkBuff& s = k.write(skb);
        const std::span<std::uint8_t> bytes = k.write(s.head).bytes.write();
        storeBe16(bytes.data() + s.network_header + 4, static_cast<std::uint16_t>(payload_len));
        s.cb_flags |= IP6SKB_FRAGMENTED;
        ++k.counters().ip6.ReasmOKs;
        return ret(std::int32_t{1});
    }
    using stages = Stages<Stage<"take the queue out of the table", &Self::kill, cost::list_step>,
                          Stage<"close the gap of the fragment header", &Self::relocate, cost::copy>,
                          Stage<"write the whole length into the IPv6 header", &Self::finish, cost::copy>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("payload_len", s.payload_len, Unit::bytes, "what the datagram has behind its IPv6 header");
    }
};

using ip6_frag_expire = net::FragExpire<Ipv6Fragments, args::ip6_frag_expire>;

constexpr const char* kSource = "net/ipv6/reassembly.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ipv6_frag_rcv, kSource, "Collects the fragments of a datagram."),
    RS_DEFINE(ip6_frag_queue, kSource, "Puts a fragment in its place in the queue."),
    RS_DEFINE(ip6_frag_reasm, kSource, "Makes one packet of a complete queue."),
    RS_DEFINE(ip6_frag_expire, kSource, "Gives up a datagram that stayed incomplete."),
};

}  // namespace

std::span<const FunctionInfo> reassemblyFunctions() { return kFunctions; }

}  // namespace ringside
