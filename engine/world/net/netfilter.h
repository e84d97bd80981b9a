#pragma once
// What netfilter keeps of a namespace: the functions that are called at its hook points. Follows
// include/linux/netfilter.h. Left out: queues, sockets, the device on the way out.

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/types.h"

namespace ringside {

inline constexpr std::uint8_t NFPROTO_IPV4 = 2, NFPROTO_IPV6 = 10;
inline constexpr std::uint8_t NF_INET_PRE_ROUTING = 0, NF_INET_LOCAL_IN = 1;
// verdicts, in the low byte of what a hook returns; behind NF_DROP and NF_STOLEN an errno in the high half
inline constexpr std::uint32_t NF_DROP = 0, NF_ACCEPT = 1, NF_STOLEN = 2, NF_VERDICT_MASK = 0xff, NF_VERDICT_QBITS = 16;

/// struct nf_hook_state: where a packet stands.
struct NfHookState {
    std::uint8_t pf = 0;    ///< NFPROTO_*
    std::uint8_t hook = 0;  ///< NF_INET_*
    std::int32_t in = 0;    ///< ifindex by which the packet came

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("pf", s.pf, Unit::index, "protocol family: 2 IPv4, 10 IPv6");
        v("hook", s.hook, Unit::index, "hook point: 0 PREROUTING, 1 INPUT");
        v("in", s.in, Unit::index, "ifindex by which the packet came");
    }
};

/// nf_hookfn: says what is to be done with a packet.
using NfHookFunction = Fn<std::uint32_t(SkbId, NfHookState)>;

/// struct nf_hook_ops: a function at a hook point.
struct NfHookEntry {
    std::uint8_t pf = 0, hooknum = 0;
    std::int32_t priority = 0;  ///< lower ones are called first
    NfHookFunction hook{};

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("pf", s.pf, Unit::index, "protocol family: 2 IPv4, 10 IPv6");
        v("hooknum", s.hooknum, Unit::index, "hook point: 0 PREROUTING, 1 INPUT");
        v("priority", s.priority, Unit::none, "lower ones are called first");
        v("hook", s.hook, Unit::none, "the function");
    }
};

}  // namespace ringside
