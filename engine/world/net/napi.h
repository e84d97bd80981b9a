#pragma once
// napi_struct, and the lists that link them: softnet_data's poll_list and the two on net_rx_action()'s stack. Follows
// include/linux/netdevice.h.

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/types.h"
#include "engine/world/net/skb.h"

namespace ringside {

/// NAPI state bits (enum of include/linux/netdevice.h).
inline constexpr std::uint32_t NAPIF_STATE_SCHED = 0x1, NAPIF_STATE_MISSED = 0x2, NAPIF_STATE_DISABLE = 0x4,
                               NAPIF_STATE_LISTED = 0x10;

/// struct napi_struct.
struct Napi {
    std::int32_t dev = 0;                           ///< ifindex of its device
    Fn<std::uint32_t(NapiId, std::uint32_t)> poll;  ///< the driver's; takes the budget, returns the packets taken
    NapiId next{}, prev{};                          ///< poll_list: it is on at most one list
    std::uint32_t state = NAPIF_STATE_LISTED;
    std::uint16_t weight = 64;
    std::uint32_t napi_id = 0x2001;
    std::uint32_t gro_bitmask = 0;
    SkbList rx_list;   ///< GRO_NORMAL packets waiting to go up as one list; its qlen is the kernel's rx_count
    SkbList gro_list;  ///< packets held for merging (the kernel hashes them into 8 buckets)

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("dev", s.dev, Unit::index, "ifindex of the device");
        v("poll", s.poll, Unit::none, "the driver's poll function");
        v("state", s.state, Unit::flags, "NAPIF_STATE_* bits: 0x10 listed, 0x1 scheduled, 0x2 missed");
        v("weight", s.weight, Unit::count, "most packets one poll may take");
        v("napi_id", s.napi_id, Unit::hex, "identity used by busy polling");
        v("gro_bitmask", s.gro_bitmask, Unit::flags, "GRO buckets that hold packets");
        v("rx_list", s.rx_list, Unit::none, "packets that go up as one list");
        v("gro_list", s.gro_list, Unit::none, "packets held for merging");
        v("next", s.next, Unit::none, "next on its poll list");
        v("prev", s.prev, Unit::none, "previous on its poll list");
    }
};

/// A list of NAPI instances (list_head); the links are in them.
struct NapiList {
    NapiId first{}, last{};

    [[nodiscard]] bool empty() const { return !first; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("next", s.first, Unit::none, "first NAPI instance of the list");
        v("prev", s.last, Unit::none, "last NAPI instance of the list");
    }
};

}  // namespace ringside
