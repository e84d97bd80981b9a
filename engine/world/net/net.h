#pragma once
// A network namespace: what `ip netns` keeps apart. Follows include/net/net_namespace.h.

#include <string>
#include <vector>

#include "engine/core/cow.h"
#include "engine/core/fields.h"
#include "engine/world/net/counters.h"
#include "engine/world/net/netdev.h"
#include "engine/world/net/netfilter.h"
#include "engine/world/net/route.h"
#include "engine/world/sysctl.h"

namespace ringside {

/// struct net: devices, routes, incomplete datagrams, counters and settings of one namespace. Its sockets stand in the
/// machine's pool and name it in Socket::net.
struct Net {
    std::string name;                        ///< as `ip netns` shows it; empty: the first one (init_net)
    std::vector<Cow<NetDevice>> devices;     ///< ifindexes are given once a machine, not once a namespace
    Cow<std::vector<PtypeId>> ptype_base;    ///< who takes packets of one EtherType, the last registered first
    Cow<std::vector<PtypeId>> ptype_all;     ///< who takes a look at every packet, taps
    Cow<std::vector<NfHookEntry>> nf_hooks;  ///< by priority
    Cow<std::vector<Route>> routes;
    Cow<std::vector<FragmentQueue>> fragments;
    DstId ip6_null_entry{};                     ///< for packets of IPv6 without a route
    Cow<std::vector<std::uint16_t>> tcp_ports;  ///< TCP ports with a listener or a connection, ascending
    Cow<Counters> counters;
    Cow<NetSysctl> sysctl;

    [[nodiscard]] std::string fieldKey() const { return name.empty() ? "init_net" : name; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("name", s.name);
        v("dev", s.devices, Unit::none, "net_device");
        v("ptype_base", s.ptype_base, Unit::none, "who takes packets of which EtherType (packet_type)");
        v("ptype_all", s.ptype_all, Unit::none, "who sees packets of every EtherType: taps");
        v("nf_hooks", s.nf_hooks, Unit::none, "functions at the hook points of netfilter");
        v("route", s.routes, Unit::none, "routing tables");
        v("ip6_null_entry", s.ip6_null_entry, Unit::none, "dst_entry of packets of IPv6 that no route takes");
        v("fragment", s.fragments, Unit::none, "incomplete datagrams");
        v("tcp_ports", s.tcp_ports, Unit::index,
          "ports with a TCP listener or connection (the model's own: it has no TCP sockets)");
        v("counters", s.counters, Unit::none, "protocol counters");
        v("sysctl", s.sysctl, Unit::none, "kernel settings");
    }
};

}  // namespace ringside
