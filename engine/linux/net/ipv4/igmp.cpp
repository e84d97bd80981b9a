// Follows net/ipv4/igmp.c and the doors of net/ipv4/ipmr.c (pim_rcv, pim_rcv_v1) of Linux 6.1.192. Modelled: which
// messages a host takes and which it frees. Left out: the timers and reports that a query starts, multicast routing (no
// router runs here, so every PIM message is freed).

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

// IGMP_*: message types
constexpr std::uint8_t kQuery = 0x11, kReport = 0x12, kPim = 0x14, kReportV2 = 0x16;

struct igmp_rcv : args::igmp_rcv {
    using Self = igmp_rcv;

    Next verify(K& k) {
        const SkBuff& s = k.skb(skb);
        if (!net::mayPull(s, kIgmpSize)) return unwanted(k);
        k.spend(net::perByte(s.len));
        if (!net::csumUnnecessary(s) && csumFold(net::csumSkb(k, skb, 0, s.len)) != 0) return unwanted(k);
        return next<&Self::message>();
    }
    Next message(K& k) {
        const SkBuff& s = k.skb(skb);
        switch (net::at(k, skb, s.data, 1)[0]) {
            case kQuery:
                return goodQuery(k) ? take(k) : unwanted(k);
            case kReport:
            case kReportV2:
                // a report that came by unicast is not believed
                return s.pkt_type == PacketType::PACKET_MULTICAST || s.pkt_type == PacketType::PACKET_BROADCAST
                           ? take(k)
                           : unwanted(k);
            case kPim:
                return k.returns(fn::pim_rcv_v1, std::exchange(skb, {}));
            default:
                return unwanted(k);  // what only routers listen to
        }
    }
    Next done(K&) { return ret(std::int32_t{0}); }

    /// igmp_heard_query(): version 1 and 2 have 8 bytes, version 3 at least 12 and its list of sources.
    bool goodQuery(const K& k) const {
        const SkBuff& s = k.skb(skb);
        if (s.len == kIgmpSize) return true;
        if (s.len < kQueryV3Size || !net::mayPull(s, kQueryV3Size)) return false;
        return net::mayPull(s, kQueryV3Size + 4U * loadBe16(net::at(k, skb, s.data + 10, 2)));
    }
    Next take(K& k) {
        k.fate(skb, Fate::consumed, Drop::NOT_DROPPED, fn::igmp_rcv.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next unwanted(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }

    static constexpr std::uint32_t kIgmpSize = 8, kQueryV3Size = 12;
    using stages = Stages<Stage<"verify the checksum", &Self::verify, cost::checksum>,
                          Stage<"a query or a report? routers' messages are freed", &Self::message, cost::check>,
                          Stage<"done", &Self::done, cost::check>>;
};

/// No multicast router runs here: there is no interface into which a registered packet could go.
struct pim_rcv : args::pim_rcv {
    using Self = pim_rcv;

    Next refuse(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"no multicast router runs here", &Self::refuse, cost::check>,
                          Stage<"done", &Self::done, cost::check>>;
};

using pim_rcv_v1 = pim_rcv;
using pim6_rcv = pim_rcv;

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(igmp_rcv, "net/ipv4/igmp.c", "Takes reports and queries of multicast groups."),
    RS_DEFINE(pim_rcv, "net/ipv4/ipmr.c", "PIM's handler: for multicast routers."),
    RS_DEFINE(pim_rcv_v1, "net/ipv4/ipmr.c", "Takes version 1 of PIM, which came over IGMP."),
    RS_DEFINE(pim6_rcv, "net/ipv6/ip6mr.c", "PIM's handler for IPv6."),
};

}  // namespace

std::span<const FunctionInfo> igmpFunctions() { return kFunctions; }

}  // namespace ringside
