#pragma once
// What net/ipv4/ip_input.c and net/ipv6/ip6_input.c of Linux 6.1.192 do alike: a list of packets, or a single one, from
// the handler of its EtherType through PREROUTING to the input function of its route. One text for both families.

#include "engine/linux/net/inline.h"
#include "engine/linux/net/netfilter.h"

namespace ringside {

inline constexpr std::int32_t kNetRxDrop = 1;

template <bool kV6>
struct IpFamily {
    static constexpr auto rcv_core = fn::ip_rcv_core;
    static constexpr auto sublist_rcv = fn::ip_sublist_rcv;
    static constexpr auto sublist_rcv_finish = fn::ip_sublist_rcv_finish;
    static constexpr std::uint8_t pf = NFPROTO_IPV4;
};
template <>
struct IpFamily<true> {
    static constexpr auto rcv_core = fn::ip6_rcv_core;
    static constexpr auto sublist_rcv = fn::ip6_sublist_rcv;
    static constexpr auto sublist_rcv_finish = fn::ip6_sublist_rcv_finish;
    static constexpr std::uint8_t pf = NFPROTO_IPV6;
};

/// ip_list_rcv() and ipv6_list_rcv().
template <bool kV6, class Args>
struct IpListRcv : Args {
    using Self = IpListRcv;
    using Args::ret, Args::head, Args::dev;
    SkbList sublist;
    SkbId skb;

    Next each(K& k) {
        skb = k.popFront(head);
        if (!skb) return next<&Self::deliver>();
        return k.call<&Self::keep>(IpFamily<kV6>::rcv_core, std::exchange(skb, {}));
    }
    Next keep(K& k, SkbId passed) {
        if (passed) k.pushBack(sublist, passed, SkbOwner::sub_list);
        return each(k);
    }
    Next deliver(K& k) {
        if (sublist.qlen == 0) return ret();
        return k.returns(IpFamily<kV6>::sublist_rcv, std::exchange(sublist, {}), dev);
    }
    using stages = Stages<Stage<"take the next packet", &Self::each, cost::list_step>,
                          Stage<"keep what passed", &Self::keep, cost::list_step>,
                          Stage<"hand on the list", &Self::deliver, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("sublist", s.sublist, Unit::none, "packets that passed");
        v.hidden("skb", s.skb);
    }
};

/// ip_rcv() and ipv6_rcv(), with ip_rcv_finish() and ip6_rcv_finish() inlined.
template <bool kV6, class Args>
struct IpRcv : Args {
    using Self = IpRcv;
    using Args::ret, Args::skb;

    Next core(K& k) { return k.call<&Self::hook>(IpFamily<kV6>::rcv_core, std::exchange(skb, {})); }
    Next hook(K& k, SkbId passed) {
        skb = passed;
        if (!skb) return ret(kNetRxDrop);
        const NfHookState state{IpFamily<kV6>::pf, NF_INET_PRE_ROUTING, k.skb(skb).dev};
        return net::nfHooked(k, state) ? k.call<&Self::verdict>(fn::nf_hook_slow, skb, state, 0U) : finish(k);
    }
    Next verdict(K& k, std::int32_t result) {
        if (result == 1) return finish(k);
        skb = {};
        return ret(result);
    }
    Next routed(K& k, std::int32_t dropped) {
        if (dropped != kNetRxDrop) return input(k);
        skb = {};
        return ret(kNetRxDrop);
    }
    Next input(K& k) {
        const SkbHandler handler = k.dst(k.skb(skb).dst).input;
        return k.returns(handler, std::exchange(skb, {}));
    }

    Next finish(K& k) {
        const std::int32_t dev = k.skb(skb).dev;
        if constexpr (kV6)
            return k.call<&Self::input>(fn::ip6_rcv_finish_core, skb, dev);
        else
            return k.call<&Self::routed>(fn::ip_rcv_finish_core, skb, dev, SkbId{});
    }
    using Routed = Stage<"dst_input: where its route leads", &Self::routed, cost::check>;
    using Input = Stage<"dst_input: where its route leads", &Self::input, cost::check>;
    using stages = Stages<Stage<"check the header", &Self::core, cost::check>,
                          Stage<"hook point PREROUTING: is a function registered?", &Self::hook, cost::check>,
                          Stage<"does it pass?", &Self::verdict, cost::check>, std::conditional_t<kV6, Input, Routed>>;
};

/// ip_sublist_rcv() and ip6_sublist_rcv(), with ip_list_rcv_finish() and ip6_list_rcv_finish() inlined.
template <bool kV6, class Args>
struct IpSublistRcv : Args {
    using Self = IpSublistRcv;
    using Args::ret, Args::head, Args::dev;
    SkbList sublist;
    SkbId skb, hint;
    DstId curr_dst;

    Next hook(K& k) {
        const NfHookState state{IpFamily<kV6>::pf, NF_INET_PRE_ROUTING, dev};
        if (!net::nfHooked(k, state)) return next<&Self::each>();
        return k.call<&Self::passed>(fn::nf_hook_slow_list, std::exchange(head, {}), state);
    }
    Next passed(K& k, SkbEnds ends) {
        head = {ends.first, ends.last, 0};
        for (SkbId id = ends.first; id; id = k.skb(id).next) ++head.qlen;
        return each(k);
    }
    Next each(K& k) {
        skb = k.popFront(head);
        if (!skb) return next<&Self::deliver>();
        if constexpr (kV6) {
            // ip6_can_use_hint()
            if (!hint || k.skb(skb).dst || net::ipv6Header(k, hint).daddr != net::ipv6Header(k, skb).daddr)
                return k.call<&Self::sorted>(fn::ip6_rcv_finish_core, skb, dev);
            net::dstCopy(k, skb, hint);
            return next<&Self::sorted>();
        } else {
            return k.call<&Self::sort>(fn::ip_rcv_finish_core, skb, dev, hint);
        }
    }
    Next sort(K& k, std::int32_t verdict) {
        if (verdict != kNetRxDrop) return sorted(k);
        skb = {};
        return each(k);
    }
    Next sorted(K& k) {
        const SkBuff& s = k.skb(skb);
        if (curr_dst == s.dst) return append(k);
        curr_dst = s.dst;
        hint = !kV6 && net::rtType(k, s) == RouteType::RTN_BROADCAST ? SkbId{} : skb;  // ip_extract_route_hint()
        if (sublist.qlen == 0) return append(k);
        return k.call<&Self::append>(IpFamily<kV6>::sublist_rcv_finish, std::exchange(sublist, {}));
    }
    Next append(K& k) {
        k.pushBack(sublist, std::exchange(skb, {}), SkbOwner::sub_list);
        return each(k);
    }
    Next deliver(K& k) {
        hint = {};
        curr_dst = {};
        return k.returns(IpFamily<kV6>::sublist_rcv_finish, std::exchange(sublist, {}));
    }
    using Each4 = Stage<"ip_list_rcv_finish: take the next packet", &Self::each, cost::list_step>;
    using Each6 = Stage<"ip6_list_rcv_finish: take the next packet", &Self::each, cost::list_step>;
    using Sort = Stage<"same route as the packet before?", &Self::sort, cost::list_step>;
    using Sorted = Stage<"same route as the packet before?", &Self::sorted, cost::list_step>;
    using stages = Stages<Stage<"hook point PREROUTING: is a function registered?", &Self::hook, cost::check>,
                          Stage<"go on with the packets that passed", &Self::passed, cost::list_step>,
                          std::conditional_t<kV6, Each6, Each4>, std::conditional_t<kV6, Sorted, Sort>,
                          Stage<"begin a new sublist", &Self::append, cost::list_step>,
                          Stage<"hand on the sublist", &Self::deliver, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("sublist", s.sublist, Unit::none, "packets with one route");
        v("skb", s.skb, Unit::none, "the packet");
        v("hint", s.hint, Unit::none, "a packet whose route may be taken over");
        v("curr_dst", s.curr_dst, Unit::none, "their dst_entry");
    }
};

/// ip_sublist_rcv_finish() and ip6_sublist_rcv_finish().
template <class Args>
struct IpSublistRcvFinish : Args {
    using Self = IpSublistRcvFinish;
    using Args::ret, Args::head;

    Next each(K& k) {
        const SkbId skb = k.popFront(head);
        if (!skb) return ret();
        k.about(skb);
        return k.call<&Self::done>(k.dst(k.skb(skb).dst).input, skb);
    }
    Next done(K& k, std::int32_t) { return each(k); }
    using stages = Stages<Stage<"dst_input: where its route leads", &Self::each, cost::list_step>,
                          Stage<"dst_input of the next packet", &Self::done, cost::list_step>>;
};

/// skb_share_check() in ip_rcv_core() and ip6_rcv_core(), behind skb_clone(): who shared the sk_buff keeps it, the
/// clone goes on and is the packet of the wire from now on. What comes back has a reference to be given up.
inline SkbId unshare(K& k, SkbId& skb, SkbId clone) {
    const SkbId shared = std::exchange(skb, clone);
    k.write(shared).packet = 0;
    return shared;
}

}  // namespace ringside
