#pragma once
// struct sock of a UDP socket: address, memory accounting, receive queues, wait queue. Follows include/net/sock.h and
// include/linux/udp.h. Left out: the send side but its counters.

#include <string>
#include <vector>

#include "engine/core/fields.h"
#include "engine/protocol/addresses.h"
#include "engine/world/machine/wait.h"
#include "engine/world/net/skb.h"

namespace ringside {

/// A group that a socket has joined on an interface (ip_mc_socklist, ipv6_mc_socklist).
struct Membership {
    IpAddr group{};
    std::int32_t ifindex = 0;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("group", s.group, Unit::none, "the group");
        v("ifindex", s.ifindex, Unit::index, "the interface it is joined on");
    }
};

struct Socket {
    std::string name;          ///< how the scenario calls it; empty: by its port
    std::uint8_t version = 4;  ///< family: 4 AF_INET, 6 AF_INET6
    std::uint8_t protocol = 17;
    NetNo net = 0;            ///< namespace (sk_net)
    IpAddr saddr{};           ///< bound address; version 0: any
    std::uint16_t sport = 0;  ///< bound port (inet_num)
    IpAddr daddr{};           ///< connected peer; version 0: none
    std::uint16_t dport = 0;
    std::int32_t sk_rcvbuf = 212992, sk_sndbuf = 212992;
    std::int32_t sk_rmem_alloc = 0, sk_wmem_alloc = 1, sk_forward_alloc = 0, forward_deficit = 0;
    std::int32_t sk_bound_dev_if = 0;  ///< ifindex of SO_BINDTODEVICE; 0: any
    bool reuseport = false;            ///< SO_REUSEPORT
    std::vector<Membership> mc_list;   ///< groups joined by IP_ADD_MEMBERSHIP
    Fn<std::int64_t(SocketId, std::uint32_t)> ops_recvmsg{},
        prot_recvmsg{};  ///< sock->ops->recvmsg, sk->sk_prot->recvmsg
    Fn<void(SocketId)> sk_data_ready{};
    DstId sk_rx_dst{};  ///< route of the packet before, if early demultiplexing has found the socket; with a reference
    SkbList sk_receive_queue, reader_queue;
    std::uint64_t sk_drops = 0;
    bool csum_verify = true;  ///< checksums are checked (SO_NO_CHECK unset)
    bool closed = false;      ///< taken out of the hash tables; kept for its counters
    WaitQueue wait_queue;
    std::uint64_t delivered = 0;  ///< datagrams handed to readers; the model's own

    /// Whether it has joined the group on that interface.
    [[nodiscard]] bool joined(const IpAddr& group, std::int32_t ifindex) const {
        for (const Membership& m : mc_list) {
            if (m.group == group && m.ifindex == ifindex) return true;
        }
        return false;
    }
    /// "udp:5000", or its own name where that would not tell it from another.
    [[nodiscard]] std::string fieldKey() const { return name.empty() ? "udp:" + std::to_string(sport) : name; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("name", s.name);
        v.hidden("version", s.version);
        v.hidden("protocol", s.protocol);
        v.hidden("net", s.net);
        v.hidden("csum_verify", s.csum_verify);
        v("saddr", s.saddr, Unit::none, "bound address; none is any");
        v("sport", s.sport, Unit::index, "bound port");
        v("daddr", s.daddr, Unit::none, "connected peer");
        v("dport", s.dport, Unit::index, "its port");
        v("sk_rmem_alloc", s.sk_rmem_alloc, Unit::bytes,
          "memory charged for packets in the receive queues (their truesize)");
        v("sk_rcvbuf", s.sk_rcvbuf, Unit::bytes, "limit of that memory");
        v("sk_forward_alloc", s.sk_forward_alloc, Unit::bytes, "memory reserved ahead, taken in whole pages");
        v("forward_deficit", s.forward_deficit, Unit::bytes, "memory read but not yet given back");
        v("sk_wmem_alloc", s.sk_wmem_alloc, Unit::bytes, "memory of packets being sent, plus one");
        v("sk_sndbuf", s.sk_sndbuf, Unit::bytes, "limit of that memory");
        v("sk_bound_dev_if", s.sk_bound_dev_if, Unit::index, "ifindex it is bound to (SO_BINDTODEVICE); 0 is any");
        v("reuseport", s.reuseport, Unit::none, "shares its port (SO_REUSEPORT)");
        v("mc_list", s.mc_list, Unit::none, "groups it has joined");
        v("ops_recvmsg", s.ops_recvmsg, Unit::none, "how its address family reads (sock->ops)");
        v("prot_recvmsg", s.prot_recvmsg, Unit::none, "how its protocol reads (sk->sk_prot)");
        v("sk_data_ready", s.sk_data_ready, Unit::none, "called when there is something to read");
        v("sk_rx_dst", s.sk_rx_dst, Unit::none, "route that early demultiplexing gives its packets");
        v("sk_receive_queue", s.sk_receive_queue, Unit::none, "packets put here by the softirq");
        v("reader_queue", s.reader_queue, Unit::none, "packets the reader has taken over");
        v("sk_drops", s.sk_drops, Unit::count, "packets dropped at this socket");
        v("closed", s.closed, Unit::none, "its last holder has closed it; no packet finds it");
        v("wait_queue", s.wait_queue, Unit::none, "readers asleep");
        v("delivered", s.delivered, Unit::count, "datagrams handed to readers (the model's own)");
    }
};

}  // namespace ringside
