// Follows net/ipv4/ip_forward.c of Linux 6.1.192 up to the point where a packet would be sent. Left out: sending.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct ip_forward : args::ip_forward {
    using Self = ip_forward;

    Next check(K& k) {
        const SkBuff& s = k.skb(skb);
        if (s.pkt_type != PacketType::PACKET_HOST)
            return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        if (net::ipHeader(k, skb).ttl <= 1) {
            ++k.counters().ip.InHdrErrors;
            return k.call<&Self::expired>(fn::__icmp_send, skb, std::uint32_t{ICMP_TIME_EXCEEDED}, 0U);
        }
        ++k.counters().ip.ForwDatagrams;
        k.fate(skb, Fate::forwarded, Drop::NOT_DROPPED, fn::ip_forward.id);
        k.about(skb);
        return k.call<&Self::done>(fn::consume_skb, std::exchange(skb, {}));
    }
    Next expired(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), Drop::IP_INHDR); }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages =
        Stages<Stage<"may it live on? (sending is left out)", &Self::check, cost::check>,
               Stage<"its time to live is over", &Self::expired, cost::check>, Stage<"done", &Self::done, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ip_forward, "net/ipv4/ip_forward.c", "Forwards a packet; the model ends its way here."),
};

}  // namespace

std::span<const FunctionInfo> ipForwardFunctions() { return kFunctions; }

}  // namespace ringside
