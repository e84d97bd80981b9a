#pragma once
// net_device with its addresses and statistics, and napi_struct. Follows include/linux/netdevice.h and
// include/linux/inetdevice.h.

#include <string>
#include <vector>

#include "engine/core/fields.h"
#include "engine/protocol/addresses.h"
#include "engine/world/net/skb.h"

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

/// NAPI state bits (enum of include/linux/netdevice.h).
inline constexpr std::uint32_t NAPIF_STATE_SCHED = 0x1, NAPIF_STATE_MISSED = 0x2, NAPIF_STATE_DISABLE = 0x4,
                               NAPIF_STATE_LISTED = 0x10;

/// struct napi_struct.
struct Napi {
    std::uint32_t state = NAPIF_STATE_LISTED;
    std::uint16_t weight = 64;
    std::uint32_t napi_id = 0x2001;
    std::uint32_t gro_bitmask = 0;
    SkbList rx_list;   ///< GRO_NORMAL packets waiting to go up as one list; its qlen is the kernel's rx_count
    SkbList gro_list;  ///< packets held for merging (the kernel hashes them into 8 buckets)

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("state", s.state, Unit::flags, "NAPIF_STATE_* bits: 0x10 listed, 0x1 scheduled, 0x2 missed");
        v("weight", s.weight, Unit::count, "most packets one poll may take");
        v("napi_id", s.napi_id, Unit::hex, "identity used by busy polling");
        v("gro_bitmask", s.gro_bitmask, Unit::flags, "GRO buckets that hold packets");
        v("rx_list", s.rx_list, Unit::none, "packets that go up as one list");
        v("gro_list", s.gro_list, Unit::none, "packets held for merging");
    }
};

/// struct net_device, the part that receiving needs.
struct NetDevice {
    std::string name = "eth0";
    std::uint8_t ifindex = 2;
    MacAddr dev_addr{};
    std::uint32_t mtu = 1500;
    bool promiscuity = false;
    std::vector<InterfaceAddress> addresses;
    Napi napi;
    LinkStats stats;

    [[nodiscard]] std::string fieldKey() const { return name; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("name", s.name, Unit::none, "interface name");
        v("ifindex", s.ifindex, Unit::index, "number of the interface");
        v("dev_addr", s.dev_addr, Unit::none, "hardware address");
        v("mtu", s.mtu, Unit::bytes, "largest network-layer packet");
        v("promiscuity", s.promiscuity, Unit::none, "frames for other hosts are taken too");
        v("addresses", s.addresses, Unit::none, "addresses with prefix length");
        v("napi", s.napi, Unit::none, "polling state");
        v("stats", s.stats, Unit::none, "interface statistics, as `ip -s link` shows them");
    }
};

}  // namespace ringside
