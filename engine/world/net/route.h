#pragma once
// Routes and the IP fragment queues. Follows net/ipv4/fib_trie.c and include/net/inet_frag.h in what they hold, not in
// how: the trie is a list searched by longest prefix.

#include <string>
#include <vector>

#include "engine/core/fields.h"
#include "engine/protocol/addresses.h"
#include "engine/world/net/protocol.h"
#include "engine/world/net/skb.h"

namespace ringside {

/// One entry of a routing table (255 local, 254 main).
struct Route {
    IpAddr destination{};
    std::uint8_t prefix_length = 0;
    std::uint8_t table = 254;
    RouteType type = RouteType::RTN_UNICAST;
    std::int32_t dev = 0;  ///< ifindex out of which it leads
    IpAddr gateway{};      ///< version 0: on link
    // what the nexthop keeps of earlier packets, each with a reference
    DstId nhc_rth_input{};           ///< IPv4: for all CPUs
    std::vector<DstId> rt6i_pcpu{};  ///< IPv6: by CPU

    [[nodiscard]] std::string fieldKey() const { return destination.toString() + "/" + std::to_string(prefix_length); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("destination", s.destination, Unit::none, "network");
        v("prefix_length", s.prefix_length, Unit::count, "bits that must match");
        v("table", s.table, Unit::index, "255 local, 254 main");
        v("type", s.type, Unit::none, "what is done with a packet");
        v("dev", s.dev, Unit::index, "ifindex");
        v("gateway", s.gateway, Unit::none, "next hop; none is on link");
        v("nhc_rth_input", s.nhc_rth_input, Unit::none, "dst_entry that the nexthop keeps for packets that come in");
        v("rt6i_pcpu", s.rt6i_pcpu, Unit::none, "the same over IPv6, by CPU");
    }
};

/// INET_FRAG_*: what a queue knows.
inline constexpr std::uint8_t INET_FRAG_FIRST_IN = 1, INET_FRAG_LAST_IN = 2, INET_FRAG_COMPLETE = 4;

/// An incomplete IP datagram (struct ipq / frag_queue): its fragments in order of offset.
struct FragmentQueue {
    IpAddr saddr{}, daddr{};
    std::uint32_t id = 0;
    std::uint8_t protocol = 0;
    std::uint8_t flags = 0;
    std::int32_t iif = 0;  ///< ifindex by which the last one came
    std::uint8_t refcnt = 0;
    SkbList fragments;
    std::vector<std::uint32_t> offsets;   ///< of each fragment, bytes
    std::vector<std::uint8_t> run_heads;  ///< of each fragment: 1 where a run begins (rb_fragments has the runs)
    std::uint32_t meat = 0;               ///< bytes received
    std::uint32_t len = 0;                ///< how far the datagram reaches; its length with the last fragment
    std::uint16_t max_size = 0, max_df_size = 0;
    Time expires = 0;
    TimerId timer{};               ///< gives up then (ip_expire)
    std::uint32_t generation = 0;  ///< names the queue while its place in the list changes; the model's own

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("saddr", s.saddr, Unit::none, "sender");
        v("daddr", s.daddr, Unit::none, "receiver");
        v("id", s.id, Unit::hex, "identification");
        v("protocol", s.protocol, Unit::index, "protocol");
        v("flags", s.flags, Unit::flags, "INET_FRAG_*: 1 the first fragment is in, 2 the last, 4 done with");
        v("iif", s.iif, Unit::index, "ifindex by which the last one came");
        v("refcnt", s.refcnt, Unit::count, "references: timer, table, whoever works on it");
        v("fragments", s.fragments, Unit::none, "fragments received");
        v("offsets", s.offsets, Unit::bytes, "where each belongs");
        v("run_heads", s.run_heads, Unit::index, "1 where a run of fragments without a hole begins");
        v("meat", s.meat, Unit::bytes, "bytes received");
        v("len", s.len, Unit::bytes, "how far the datagram reaches; its length with the last fragment");
        v("max_size", s.max_size, Unit::bytes, "the longest fragment");
        v("max_df_size", s.max_df_size, Unit::bytes, "the longest that must not be fragmented");
        v("expires", s.expires, Unit::nanoseconds, "when the queue gives up");
        v.hidden("generation", s.generation);
        v("timer", s.timer, Unit::none, "the timer that does it");
    }
};

}  // namespace ringside
