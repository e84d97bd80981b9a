#pragma once
// Protocol counters as /proc/net/snmp, /proc/net/netstat and /proc/net/softnet_stat show them, with their names there.

#include "engine/core/fields.h"

namespace ringside {

/// A row of counters, generated from one list of names so that field, JSON and inspector cannot differ.
#define RS_COUNTER_MEMBER(name) std::uint64_t name = 0;
#define RS_COUNTER_DESCRIBE(name) v(#name, s.name, Unit::count);
#define RS_COUNTERS(Struct, LIST)          \
    struct Struct {                        \
        LIST(RS_COUNTER_MEMBER)            \
        template <class V, class S>        \
        static void describe(V& v, S& s) { \
            LIST(RS_COUNTER_DESCRIBE)      \
        }                                  \
    };

// clang-format off
#define RS_IP_COUNTERS(X)                                                                                          \
    X(InReceives)                                                                                                  \
    X(InHdrErrors) X(InAddrErrors) X(ForwDatagrams) X(InUnknownProtos) X(InDiscards) X(InDelivers) X(ReasmTimeout) \
        X(ReasmReqds) X(ReasmOKs) X(ReasmFails) X(InNoRoutes) X(InTruncatedPkts) X(InMcastPkts) X(InBcastPkts)     \
            X(InOctets) X(InCsumErrors) X(InNoECTPkts) X(InECT1Pkts) X(InECT0Pkts) X(InCEPkts) X(InMcastOctets) X(InBcastOctets) \
                X(ReasmOverlaps)
#define RS_UDP_COUNTERS(X) \
    X(InDatagrams) X(NoPorts) X(InErrors) X(OutDatagrams) X(RcvbufErrors) X(InCsumErrors) X(IgnoredMulti) X(MemErrors)
#define RS_ICMP_COUNTERS(X)                                                                              \
    X(InMsgs)                                                                                            \
    X(InErrors) X(InCsumErrors) X(InDestUnreachs) X(InEchos) X(InEchoReps) X(OutMsgs) X(OutDestUnreachs) \
        X(OutEchoReps)
#define RS_TCP_COUNTERS(X) X(InSegs) X(InErrs) X(InCsumErrors) X(OutRsts)
#define RS_EXT_COUNTERS(X) X(IPReversePathFilter)
#define RS_ARP_COUNTERS(X) X(requests) X(replies) X(ignored)
// clang-format on

RS_COUNTERS(IpCounters, RS_IP_COUNTERS)
RS_COUNTERS(UdpCounters, RS_UDP_COUNTERS)
RS_COUNTERS(IcmpCounters, RS_ICMP_COUNTERS)
RS_COUNTERS(TcpCounters, RS_TCP_COUNTERS)
/// TcpExt of /proc/net/netstat.
RS_COUNTERS(ExtCounters, RS_EXT_COUNTERS)
/// ARP has no counters in the kernel; these are the model's own.
RS_COUNTERS(ArpCounters, RS_ARP_COUNTERS)

/// All of them.
struct Counters {
    IpCounters ip, ip6;
    UdpCounters udp, udp6;
    IcmpCounters icmp, icmp6;
    TcpCounters tcp;
    ExtCounters ext;
    ArpCounters arp;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("ip", s.ip, Unit::none, "IPv4");
        v("ip6", s.ip6, Unit::none, "IPv6");
        v("udp", s.udp, Unit::none, "UDP over IPv4");
        v("udp6", s.udp6, Unit::none, "UDP over IPv6");
        v("icmp", s.icmp, Unit::none, "ICMP");
        v("icmp6", s.icmp6, Unit::none, "ICMPv6");
        v("tcp", s.tcp, Unit::none, "TCP");
        v("ext", s.ext, Unit::none, "TcpExt");
        v("arp", s.arp, Unit::none, "ARP (the model's own)");
    }
};

}  // namespace ringside
