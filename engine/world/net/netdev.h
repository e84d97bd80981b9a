#pragma once
// net_device with its addresses and statistics. Follows include/linux/netdevice.h and
// include/linux/inetdevice.h.

#include <string>
#include <vector>

#include "engine/core/fields.h"
#include "engine/protocol/addresses.h"
#include "engine/world/net/napi.h"

namespace ringside {

/// An address of an interface (in_ifaddr or inet6_ifaddr).
struct InterfaceAddress {
    IpAddr address{};
    std::uint8_t prefix_length = 0;

    [[nodiscard]] std::string toString() const { return address.toString() + "/" + std::to_string(prefix_length); }
};

/// struct rtnl_link_stats64, the part that receiving moves (`ip -s link`).
struct LinkStats {
    std::uint64_t rx_packets = 0, rx_bytes = 0, rx_errors = 0, rx_dropped = 0, multicast = 0, rx_crc_errors = 0,
                  rx_length_errors = 0, rx_missed_errors = 0, rx_nohandler = 0, rx_otherhost_dropped = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("rx_packets", s.rx_packets, Unit::count, "good packets received");
        v("rx_bytes", s.rx_bytes, Unit::bytes, "bytes of good packets");
        v("rx_errors", s.rx_errors, Unit::count, "bad packets of all kinds");
        v("rx_dropped", s.rx_dropped, Unit::count, "received but not processed (no handler for the protocol)");
        v("multicast", s.multicast, Unit::count, "multicast packets received");
        v("rx_length_errors", s.rx_length_errors, Unit::count, "frames of invalid length");
        v("rx_crc_errors", s.rx_crc_errors, Unit::count, "frames with a bad check sequence");
        v("rx_missed_errors", s.rx_missed_errors, Unit::count, "frames the NIC lost for want of room");
        v("rx_nohandler", s.rx_nohandler, Unit::count, "delivered to an inactive device");
        v("rx_otherhost_dropped", s.rx_otherhost_dropped, Unit::count, "dropped because addressed to another host");
    }
};

/// struct in_device, the part that IGMP keeps: which older versions routers speak, and how often they ask.
struct IgmpState {
    std::uint64_t mr_v1_seen = 0, mr_v2_seen = 0;  ///< until when a router of that version counts as present
    std::uint32_t mr_qrv = 2;                      ///< sysctl_igmp_qrv
    std::uint32_t mr_qi = 125, mr_qri = 10;        ///< seconds: IGMP_QUERY_INTERVAL, IGMP_QUERY_RESPONSE_INTERVAL

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("mr_v1_seen", s.mr_v1_seen, Unit::count, "jiffy until which a router of IGMP version 1 counts as present");
        v("mr_v2_seen", s.mr_v2_seen, Unit::count, "jiffy until which a router of IGMP version 2 counts as present");
        v("mr_qrv", s.mr_qrv, Unit::count, "how many queries may get lost (robustness)");
        v("mr_qi", s.mr_qi, Unit::count, "seconds between a router's queries");
        v("mr_qri", s.mr_qri, Unit::count, "seconds within which a query is answered");
    }
};

/// struct net_device, the part that receiving needs.
struct NetDevice {
    std::string name = "eth0";
    std::int32_t ifindex = 2;
    MacAddr dev_addr{};
    std::uint32_t mtu = 1500;
    bool promiscuity = false;
    std::vector<InterfaceAddress> addresses;
    NapiId napi{};                                   ///< of its one queue
    std::vector<PtypeId> ptype_all, ptype_specific;  ///< handlers of its packets alone: of all, of one EtherType
    LinkStats stats;
    IgmpState igmp;

    [[nodiscard]] std::string fieldKey() const { return name; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("name", s.name, Unit::none, "interface name");
        v("ifindex", s.ifindex, Unit::index, "number of the interface");
        v("dev_addr", s.dev_addr, Unit::none, "hardware address");
        v("mtu", s.mtu, Unit::bytes, "largest network-layer packet");
        v("promiscuity", s.promiscuity, Unit::none, "frames for other hosts are taken too");
        v("addresses", s.addresses, Unit::none, "addresses with prefix length");
        v("ptype_all", s.ptype_all, Unit::none, "who sees every packet of this device: taps");
        v("ptype_specific", s.ptype_specific, Unit::none, "who takes its packets of one EtherType");
        v("napi", s.napi, Unit::none, "polling state");
        v("stats", s.stats, Unit::none, "interface statistics, as `ip -s link` shows them");
        v("igmp", s.igmp, Unit::none, "what IGMP has heard of routers");
    }
};

}  // namespace ringside
