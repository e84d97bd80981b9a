// Follows net/ipv4/ip_fragment.c of Linux 6.1.192; what IPv6 does alike is in fragments.h and inet_fragment.cpp.
// Modelled: the queue of a datagram, overlaps and duplicates, reassembly, time-out, the limit of memory. Left out: ECN,
// ip_frag_too_far().

#include "engine/linux/net/fragments.h"

namespace ringside {
namespace {

struct ip_defrag : args::ip_defrag {
    using Self = ip_defrag;
    std::uint32_t queue;
    std::int32_t result;

    Next find(K& k) {
        ++k.counters().ip.ReasmReqds;
        const iphdr iph = net::ipHeader(k, skb);
        queue = net::queueFor(k, IpAddr::of(iph.saddr), IpAddr::of(iph.daddr), iph.id, iph.protocol);
        if (queue != 0) return k.call<&Self::put>(fn::ip_frag_queue, queue, std::exchange(skb, {}));
        ++k.counters().ip.ReasmFails;
        result = net::kENOMEM;
        return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next put(K& k, std::int32_t queued) {
        result = queued;
        SkbList rest;
        if (net::putQueue(k, queue, rest) && rest.qlen != 0)
            return k.call<&Self::done>(fn::inet_frag_rbtree_purge, rest);
        return done(k);
    }
    Next done(K&) { return ret(result); }
    using stages = Stages<Stage<"find or make the queue of this datagram", &Self::find, cost::lookup>,
                          Stage<"ipq_put: is the queue done with?", &Self::put, cost::check>,
                          Stage<"is the datagram whole?", &Self::done, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("queue", s.queue, Unit::index, "the datagram's queue");
        v.hidden("result", s.result);
    }
};

struct Ipv4Fragments {
    static constexpr auto reasm = fn::ip_frag_reasm;
    static IpCounters& counters(Counters& counters) { return counters.ip; }
    static constexpr bool kRouteFirst = true;
    template <auto Then>
    static Next tell(K& k, SkbId skb) {
        return k.call<Then>(fn::__icmp_send, skb, std::uint32_t{ICMP_TIME_EXCEEDED}, std::uint32_t{ICMP_EXC_FRAGTIME});
    }
    static net::Place place(K& k, SkbId skb) {
        const iphdr iph = net::ipHeader(k, skb);
        const auto header = static_cast<std::uint32_t>(iph.headerLength());
        const auto offset = static_cast<std::uint32_t>(iph.fragmentOffset());
        const bool last = (iph.frag_off & IP_MF) == 0;
        std::uint32_t end = offset + k.skb(skb).len - header;
        if (!last && (end & 7U) != 0) {
            end &= ~7U;
            if (k.skb(skb).ip_summed != IpSummed::CHECKSUM_UNNECESSARY)
                k.write(skb).ip_summed = IpSummed::CHECKSUM_NONE;
        }
        return {offset, end, header, last, true};
    }
    static void measure(const K& k, FragmentQueue& q, SkbId skb) {
        const iphdr iph = net::ipHeader(k, skb);
        const auto size = static_cast<std::uint16_t>(k.skb(skb).len + iph.headerLength());
        q.max_size = std::max(q.max_size, size);
        if ((iph.frag_off & IP_DF) != 0) q.max_df_size = std::max(q.max_df_size, size);
    }
};
using ip_frag_queue = net::FragQueue<Ipv4Fragments>;

struct ip_frag_reasm : args::ip_frag_reasm {
    using Self = ip_frag_reasm;

    Next kill(K& k) {
        net::killQueue(k, net::fragmentQueue(k, queue));
        return k.call<&Self::prepared>(fn::inet_frag_reasm_prepare, queue, skb);
    }
    Next prepared(K& k) {
        const std::uint32_t total = net::fragmentQueue(k, queue).len;
        if (total + net::ipHeader(k, skb).headerLength() <= 0xffff)
            return k.call<&Self::finish>(fn::inet_frag_reasm_finish, queue, skb, true);
        ++k.counters().ip.ReasmFails;
        return ret(net::kE2BIG);
    }
    Next finish(K& k) {
        const FragmentQueue& q = net::fragmentQueue(k, queue);
        const SkBuff& s = k.skb(skb);
        const std::uint32_t start = s.network_header,
                            header = static_cast<std::uint32_t>(net::ipHeader(k, skb).headerLength());
        const std::span<std::uint8_t> bytes = k.write(s.head).bytes.write();
        storeBe16(bytes.data() + start + 2, static_cast<std::uint16_t>(q.len + header));
        storeBe16(bytes.data() + start + 6, q.max_df_size == q.max_size ? IP_DF : std::uint16_t{0});
        storeBe16(bytes.data() + start + 10, 0);
        storeBe16(bytes.data() + start + 10, ipFastCsum(bytes.subspan(start, header)));
        ++k.counters().ip.ReasmOKs;
        return ret(std::int32_t{0});
    }
    using stages =
        Stages<Stage<"take the queue out of the table", &Self::kill, cost::list_step>,
               Stage<"is the datagram too long?", &Self::prepared, cost::check>,
               Stage<"write the whole length and the checksum into the IP header", &Self::finish, cost::copy>>;
};

using ip_expire = net::FragExpire<Ipv4Fragments, args::ip_expire>;

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
