// Follows net/ipv6/exthdrs.c of Linux 6.1.192. Modelled: hop-by-hop and destination options with padding, the options
// that a host knows and what unknown ones ask for, routing headers. Left out: IOAM and segment routing (off by
// default), IPsec bindings of home addresses (there are none), routing headers that are followed.

#include <algorithm>

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

// IPV6_TLV_*: types of options
constexpr std::uint8_t kPad1 = 0, kPadN = 1, kRouterAlert = 5, kCalipso = 7, kIoam = 49, kJumbo = 194,
                       kHomeAddress = 201;
constexpr std::uint32_t kMaxOptions = 8;  // net.ipv6.max_hbh_opts_number, max_dst_opts_number

/// Length of the extension header that begins at the transport header; 0 where it is not all there.
std::uint32_t extensionLength(const K& k, SkbId skb) {
    const SkBuff& s = k.skb(skb);
    if (!net::linearHas(s, s.transport_header, 8)) return 0;
    const std::uint32_t length = (net::at(k, skb, s.transport_header, 2)[1] + 1U) * 8U;
    return net::linearHas(s, s.transport_header, length) ? length : 0;
}

void stepOver(K& k, SkbId skb) {
    const std::uint32_t length = extensionLength(k, skb);
    SkBuff& s = k.write(skb);
    s.transport_header = static_cast<std::uint16_t>(s.transport_header + length);
}

struct ip6_parse_tlv : args::ip6_parse_tlv {
    using Self = ip6_parse_tlv;
    std::uint16_t off, left;  // of the next option: from the IPv6 header, and the bytes up to the end
    std::uint8_t padlen, tlv_count;

    Next begin(K& k) {
        const SkBuff& s = k.skb(skb);
        off = static_cast<std::uint16_t>(s.transport_header - s.network_header + 2);
        left = static_cast<std::uint16_t>(extensionLength(k, skb) - 2);
        return next<&Self::each>();
    }
    Next each(K& k) {
        while (left > 0) {
            const std::uint32_t at = k.skb(skb).network_header + std::uint32_t{off};
            const std::uint8_t* option = net::at(k, skb, at, left);
            if (option[0] == kPad1) {
                if (++padlen > 7) return bad(k);
                ++off;
                --left;
                continue;
            }
            if (left < 2 || option[1] + 2 > left) return bad(k);
            const auto length = static_cast<std::uint16_t>(option[1] + 2), start = off;
            if (option[0] == kPadN) {
                // padding fills up to the next 8 bytes, with zeros
                padlen = static_cast<std::uint8_t>(std::min(padlen + length, 8));
                if (padlen > 7) return bad(k);
                for (std::uint32_t i = 2; i < length; ++i) {
                    if (option[i] != 0) return bad(k);
                }
                off = static_cast<std::uint16_t>(off + length);
                left = static_cast<std::uint16_t>(left - length);
                continue;
            }
            if (++tlv_count > kMaxOptions) return bad(k);
            padlen = 0;
            off = static_cast<std::uint16_t>(off + length);
            left = static_cast<std::uint16_t>(left - length);
            if (!hopbyhop && option[0] == kHomeAddress)
                return k.call<&Self::known>(fn::ipv6_dest_hao, skb, std::uint32_t{start});
            if (!hopbyhop || !handled(option[0]))
                return k.call<&Self::known>(fn::ip6_tlvopt_unknown, skb, std::uint32_t{start});
            if (option[0] == kJumbo) return jumbo(k, start, option[1]);
            // CALIPSO needs a domain that is configured, of which there is none; IOAM is looked at for its place only
            const bool good = option[0] == kRouterAlert ? option[1] == 2 : option[0] == kIoam && (start & 3U) == 0;
            if (!good) return bad(k);
        }
        return ret(true);
    }
    Next known(K& k, bool good) {
        if (good) return each(k);
        skb = {};
        return ret(false);
    }
    Next dropped(K&) { return ret(false); }

    static bool handled(std::uint8_t type) {
        return type == kRouterAlert || type == kIoam || type == kJumbo || type == kCalipso;
    }
    /// ipv6_hop_jumbo(): no frame of this machine is long enough for a good one.
    Next jumbo(K& k, std::uint32_t start, std::uint8_t length) {
        if (length != 4 || (start & 3U) != 2) return bad(k);
        const std::uint32_t bytes = loadBe32(net::at(k, skb, k.skb(skb).network_header + start + 2, 4));
        if (bytes <= 0xffff || net::ipv6Header(k, skb).payload_len != 0)
            return k.call<&Self::dropped>(fn::icmpv6_param_prob_reason, std::exchange(skb, {}),
                                          std::uint32_t{ICMPV6_HDR_FIELD}, Drop::IP_INHDR);
        return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::PKT_TOO_SMALL);
    }
    Next bad(K& k) { return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::IP_INHDR); }
    using stages = Stages<Stage<"where do the options begin and end?", &Self::begin, cost::check>,
                          Stage<"walk over padding and options", &Self::each, cost::check>,
                          Stage<"may the packet go on with this option?", &Self::known, cost::check>,
                          Stage<"the options are bad", &Self::dropped, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("off", s.off, Unit::offset, "the next option, from the IPv6 header");
        v("left", s.left, Unit::bytes, "up to the end of the options");
        v.hidden("padlen", s.padlen);
        v.hidden("tlv_count", s.tlv_count);
    }
};

struct ip6_tlvopt_unknown : args::ip6_tlvopt_unknown {
    using Self = ip6_tlvopt_unknown;

    Next demand(K& k) {
        // the two highest bits of its type say what a host does that does not know it
        const std::uint32_t demands = net::at(k, skb, k.skb(skb).network_header + optoff, 1)[0] >> 6U;
        if (demands == 0) return ret(true);
        const bool silent = demands == 1 || (demands == 3 && net::ipv6Header(k, skb).daddr.isMulticast());
        if (silent) return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::UNHANDLED_PROTO);
        return k.call<&Self::dropped>(fn::icmpv6_param_prob_reason, std::exchange(skb, {}),
                                      std::uint32_t{ICMPV6_UNK_OPTION}, Drop::UNHANDLED_PROTO);
    }
    Next dropped(K&) { return ret(false); }
    using stages =
        Stages<Stage<"what does the option ask of a host that does not know it?", &Self::demand, cost::check>,
               Stage<"the packet is gone", &Self::dropped, cost::check>>;
};

struct ipv6_dest_hao : args::ipv6_dest_hao {
    using Self = ipv6_dest_hao;

    Next binding(K& k) {
        const std::uint32_t at = k.skb(skb).network_header + optoff;
        if (net::at(k, skb, at, 2)[1] != 16) return drop(k, Drop::IP_INHDR);
        const Ipv6Addr home = Ipv6Addr::load(net::at(k, skb, at + 2, 16));
        if (home.isMulticast() || home.isUnspecified()) return drop(k, Drop::INVALID_PROTO);
        // only a binding that IPsec policies know vouches for the address
        return drop(k, Drop::XFRM_POLICY);
    }
    Next dropped(K&) { return ret(false); }

    Next drop(K& k, Drop reason) { return k.drop<&Self::dropped>(std::exchange(skb, {}), reason); }
    using stages = Stages<Stage<"a home address: does this host know the binding?", &Self::binding, cost::lookup>,
                          Stage<"the packet is gone", &Self::dropped, cost::check>>;
};

struct ipv6_parse_hopopts : args::ipv6_parse_hopopts {
    using Self = ipv6_parse_hopopts;

    Next parse(K& k) {
        if (extensionLength(k, skb) == 0) return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        return k.call<&Self::parsed>(fn::ip6_parse_tlv, true, skb);
    }
    Next parsed(K& k, bool good) {
        if (!good) return gone();
        stepOver(k, skb);
        return ret(std::int32_t{1});
    }
    Next bad(K&) { return ret(std::int32_t{-1}); }

    Next gone() {
        skb = {};
        return ret(std::int32_t{-1});
    }
    using stages = Stages<Stage<"are the hop-by-hop options all there?", &Self::parse, cost::check>,
                          Stage<"step over the hop-by-hop options", &Self::parsed, cost::check>,
                          Stage<"they are cut short", &Self::bad, cost::check>>;
};

struct ipv6_destopt_rcv : args::ipv6_destopt_rcv {
    using Self = ipv6_destopt_rcv;

    Next parse(K& k) {
        if (extensionLength(k, skb) == 0) {
            ++k.counters().ip6.InHdrErrors;
            return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
        }
        return k.call<&Self::parsed>(fn::ip6_parse_tlv, false, skb);
    }
    Next parsed(K& k, bool good) {
        if (!good) {
            ++k.counters().ip6.InHdrErrors;
            skb = {};
            return ret(std::int32_t{-1});
        }
        stepOver(k, skb);
        return ret(std::int32_t{1});
    }
    Next bad(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"are the destination options all there?", &Self::parse, cost::check>,
                          Stage<"step over the destination options", &Self::parsed, cost::check>,
                          Stage<"they are cut short", &Self::bad, cost::check>>;
};

struct ipv6_rthdr_rcv : args::ipv6_rthdr_rcv {
    using Self = ipv6_rthdr_rcv;

    Next check(K& k) {
        IpCounters& ip = k.counters().ip6;
        if (extensionLength(k, skb) == 0) {
            ++ip.InHdrErrors;
            return drop(k);
        }
        const SkBuff& s = k.skb(skb);
        if (net::ipv6Header(k, skb).daddr.isMulticast() || s.pkt_type != PacketType::PACKET_HOST) {
            ++ip.InAddrErrors;
            return drop(k);
        }
        return next<&Self::kind>();
    }
    Next kind(K& k) {
        IpCounters& ip = k.counters().ip6;
        const std::uint8_t* h = net::at(k, skb, k.skb(skb).transport_header, 4);
        const std::uint8_t length = h[1], type = h[2], left = h[3];
        if (type == kSegmentRouting) return k.returns(fn::ipv6_srh_rcv, std::exchange(skb, {}));
        if (type == kRpl) return k.returns(fn::ipv6_rpl_srh_rcv, std::exchange(skb, {}));
        if (type == kMobile) {
            // good for a home address of this host only, and it has none
            ++(left != 0 && (length != 2 || left != 1) ? ip.InHdrErrors : ip.InAddrErrors);
            return drop(k);
        }
        if (left == 0) {
            stepOver(k, skb);
            return ret(std::int32_t{1});
        }
        ++ip.InHdrErrors;
        return k.call<&Self::bad>(fn::icmpv6_param_prob_reason, std::exchange(skb, {}), std::uint32_t{ICMPV6_HDR_FIELD},
                                  Drop::NOT_SPECIFIED);
    }
    Next bad(K&) { return ret(std::int32_t{-1}); }

    static constexpr std::uint8_t kMobile = 2, kRpl = 3, kSegmentRouting = 4;  // IPV6_SRCRT_TYPE_*
    Next drop(K& k) { return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    using stages =
        Stages<Stage<"is the header all there, and the packet for this host alone?", &Self::check, cost::check>,
               Stage<"which kind, and is the route used up?", &Self::kind, cost::check>,
               Stage<"source routes are not followed", &Self::bad, cost::check>>;
};

/// net.ipv6.conf.*.seg6_enabled (and rpl_seg_enabled) is off: such packets are freed without a word.
struct ipv6_srh_rcv : args::ipv6_srh_rcv {
    using Self = ipv6_srh_rcv;

    Next refuse(K& k) { return k.drop<&Self::bad>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    Next bad(K&) { return ret(std::int32_t{-1}); }
    using stages = Stages<Stage<"segment routing is switched off", &Self::refuse, cost::check>,
                          Stage<"the packet is gone", &Self::bad, cost::check>>;
};

using ipv6_rpl_srh_rcv = ipv6_srh_rcv;

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(ip6_parse_tlv, "net/ipv6/exthdrs.c", "Walks over the options of an extension header."),
    RS_DEFINE(ip6_tlvopt_unknown, "net/ipv6/exthdrs.c", "Does what an option asks of a host that does not know it."),
    RS_DEFINE(ipv6_dest_hao, "net/ipv6/exthdrs.c", "Takes the home address of a mobile sender."),
    RS_DEFINE(ipv6_parse_hopopts, "net/ipv6/exthdrs.c", "Reads the hop-by-hop options."),
    RS_DEFINE(ipv6_destopt_rcv, "net/ipv6/exthdrs.c", "Reads destination options."),
    RS_DEFINE(ipv6_rthdr_rcv, "net/ipv6/exthdrs.c", "Takes a routing header: only one that is used up passes."),
    RS_DEFINE(ipv6_srh_rcv, "net/ipv6/exthdrs.c", "Takes a segment routing header."),
    RS_DEFINE(ipv6_rpl_srh_rcv, "net/ipv6/exthdrs.c", "Takes a routing header of a low-power network (RPL)."),
};

}  // namespace

std::span<const FunctionInfo> exthdrsFunctions() { return kFunctions; }

}  // namespace ringside
