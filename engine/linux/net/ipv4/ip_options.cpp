// Follows net/ipv4/ip_options.c of Linux 6.1.192: __ip_options_compile() for a received packet. Modelled: every check
// of an option's form. Left out: what record route and timestamp write into the packet; labels (CIPSO) without a
// configured domain are refused, as in the kernel.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

// IPOPT_*: types of options
constexpr std::uint8_t kEnd = 0, kNoop = 1, kRecordRoute = 7, kTimestamp = 68, kCipso = 134, kLooseRoute = 131,
                       kStrictRoute = 137, kRouterAlert = 148;

struct __ip_options_compile : args::__ip_options_compile {
    using Self = __ip_options_compile;
    std::uint16_t at, left;  // the next option: from head, and the bytes up to the end of the header
    bool route, record, timestamp;

    Next begin(K& k) {
        const SkBuff& s = k.skb(skb);
        at = static_cast<std::uint16_t>(s.network_header + iphdr::kSize);
        left = static_cast<std::uint16_t>(net::ipHeader(k, skb).headerLength() - iphdr::kSize);
        return next<&Self::each>();
    }
    Next each(K& k) {
        if (left == 0) return ret(std::int32_t{0});
        const std::uint8_t* option = net::at(k, skb, at, left);
        if (option[0] == kEnd) return ret(std::int32_t{0});
        std::uint16_t length = 1;
        if (option[0] != kNoop) {
            if (left < 2 || option[1] < 2 || option[1] > left || !good(k, option)) return ret(net::kEINVAL);
            length = option[1];
        }
        at = static_cast<std::uint16_t>(at + length);
        left = static_cast<std::uint16_t>(left - length);
        return next<&Self::each>();
    }

    bool good(K& k, const std::uint8_t* option) {
        const std::uint32_t length = option[1];
        switch (option[0]) {
            case kStrictRoute:
            case kLooseRoute:
                if (length < 3 || option[2] < 4 || std::exchange(route, true)) return false;
                k.write(skb).cb_flags |= kSourceRouted;
                return true;
            case kRecordRoute:
                if (std::exchange(record, true) || length < 3 || option[2] < 4) return false;
                return option[2] > length || option[2] + 3U <= length;
            case kTimestamp:
                return !std::exchange(timestamp, true) && goodTimestamp(option, length);
            case kRouterAlert:
                return length >= 4;
            default:
                return option[0] != kCipso;
        }
    }
    static bool goodTimestamp(const std::uint8_t* option, std::uint32_t length) {
        constexpr std::uint8_t stampAndAddress = 1, prespecified = 3;
        if (length < 4 || option[2] < 5) return false;
        const unsigned kind = option[3] & 15U, overflow = option[3] >> 4U;
        if (option[2] > length) return kind == prespecified || overflow != 15;
        if (option[2] + 3U > length) return false;
        return (kind != stampAndAddress && kind != prespecified) || option[2] + 7U <= length;
    }
    using stages = Stages<Stage<"where do the options begin and end?", &Self::begin, cost::check>,
                          Stage<"is the next option well formed?", &Self::each, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("at", s.at, Unit::offset, "the next option");
        v("left", s.left, Unit::bytes, "up to the end of the header");
        v.hidden("route", s.route);
        v.hidden("record", s.record);
        v.hidden("timestamp", s.timestamp);
    }
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(__ip_options_compile, "net/ipv4/ip_options.c", "Checks the options of an IPv4 header."),
};

}  // namespace

std::span<const FunctionInfo> ipOptionsFunctions() { return kFunctions; }

}  // namespace ringside
