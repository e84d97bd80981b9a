// Follows net/ipv4/igmp.c and the doors of net/ipv4/ipmr.c (pim_rcv, pim_rcv_v1) of Linux 6.1.192. Modelled: which
// messages a host takes and which it frees, and the state by which it decides: which older versions routers speak, and
// their intervals. Left out: the timers and reports that a query starts, multicast routing (no router runs here, so
// every PIM message is freed).

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
                return heardQuery(k) ? take(k) : unwanted(k);
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

    /// igmp_heard_query(): version 1 and 2 have 8 bytes, version 3 at least 12 and its list of sources. As long as a
    /// router of an older version counts as present, the list is not looked at.
    bool heardQuery(K& k) const {
        const SkBuff& s = k.skb(skb);
        const auto now = static_cast<std::uint64_t>(jiffiesAt(k.now()));
        IgmpState& state = k.device(s.dev).igmp;
        if (s.len == kIgmpSize) {
            const std::uint64_t seconds = std::uint64_t{state.mr_qrv} * state.mr_qi + state.mr_qri;
            const bool first = net::at(k, skb, s.data, kIgmpSize)[1] == 0;  // version 1 has no response time
            (first ? state.mr_v1_seen : state.mr_v2_seen) = now + seconds * HZ;
            return true;
        }
        if (s.len < kQueryV3Size) return false;
        if (now < state.mr_v1_seen || now < state.mr_v2_seen) return true;
        if (!net::mayPull(s, kQueryV3Size)) return false;
        const std::uint8_t* const query = net::at(k, skb, s.data, kQueryV3Size);
        const std::uint32_t sources = loadBe16(query + 10);
        if (sources != 0 && !net::mayPull(s, kQueryV3Size + 4 * sources)) return false;
        const std::uint32_t robustness = query[8] & 7U, interval = floating(query[9]);
        state.mr_qrv = robustness != 0 ? robustness : IgmpState{}.mr_qrv;
        state.mr_qi = interval != 0 ? interval : IgmpState{}.mr_qi;
        if (state.mr_qri >= state.mr_qi) state.mr_qri = state.mr_qi - 1;
        const bool general = loadBe32(query + 4) == 0;
        return !general || sources == 0;
    }
    /// IGMPV3_QQIC: from 128 on three bits of exponent and four of mantissa.
    static std::uint32_t floating(std::uint8_t code) {
        return code < 0x80 ? code : ((code & 0xfU) | 0x10U) << (((code >> 4) & 7U) + 3);
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
