#pragma once
// dst_entry: what a route comes to for packets, shared by all that take it. Follows include/net/dst.h; `rt_type` is
// struct rtable's (include/net/route.h), which begins with a dst_entry. Left out: metrics, expiry, neighbours, ops.

#include "engine/core/fields.h"
#include "engine/core/types.h"
#include "engine/world/net/protocol.h"

namespace ringside {

struct DstEntry {
    std::uint32_t refcnt = 0;
    SkbHandler input{};   ///< takes a packet that came in
    SkbHandler output{};  ///< takes a packet that goes out; none: the model does not send it
    std::int32_t dev = 0;
    std::int32_t error = 0;  ///< errno, positive over IPv4, negative over IPv6
    RouteType rt_type = RouteType::RTN_UNSPEC;
    NetNo net = 0;  ///< dev_net(dst->dev)

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("refcnt", s.refcnt, Unit::count, "references to the dst_entry: packets, nexthops, sockets");
        v("input", s.input, Unit::none, "who takes a packet that came in");
        v("output", s.output, Unit::none, "who takes a packet that goes out; none where the model does not send");
        v("dev", s.dev, Unit::index, "ifindex; 1 is lo, for packets that stay on this host");
        v("error", s.error, Unit::none, "why the route leads nowhere (errno)");
        v("rt_type", s.rt_type, Unit::none, "what the route is for");
        v.hidden("net", s.net);
    }
};

}  // namespace ringside
