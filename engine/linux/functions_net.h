#pragma once
// The functions of drivers/net and net/. See functions.h. Where the kernel passes a net_device the model passes its
// ifindex ("dev"), where it passes packet bytes it passes offsets. Three prototypes say more than C's:
// __udp_enqueue_schedule_skb() returns the packet it refused (C: an error, the caller still owns the packet),
// __napi_poll() and e1000_clean_rx_irq() return what C passes back through pointers.

#include "engine/core/event.h"
#include "engine/core/types.h"
#include "engine/world/net/skb.h"

namespace ringside {
/// What __napi_poll() returns: the work done, and in this bit C's `*repoll`.
inline constexpr std::uint32_t kRepoll = 0x8000'0000;
}  // namespace ringside

// clang-format off
#define RS_NET_FUNCTIONS(X)                                                                                                         \
    /* drivers/net/ethernet/intel/e1000/e1000_main.c (irq, dev), kernel/dma/mapping.c, net/ethernet/eth.c */                        \
    X(e1000_intr, bool(std::uint32_t, std::uint32_t)) X(e1000_clean, std::uint32_t(std::uint32_t, std::uint32_t))                   \
    X(e1000_clean_rx_irq, std::uint64_t(std::uint32_t, std::uint32_t)) X(e1000_alloc_rx_buffers, void(std::uint32_t, std::uint32_t)) \
    X(e1000_update_itr, std::uint32_t(std::uint32_t, std::uint32_t, std::uint32_t)) X(dma_unmap_page_attrs, void(BufferId, std::uint32_t)) \
    X(eth_type_trans, std::uint16_t(SkbId, std::uint32_t))                                                                          \
    /* net/socket.c, net/ipv4/af_inet.c, net/ipv6/af_inet6.c: (fd, size), (socket, size) */                                         \
    X(__x64_sys_recvfrom, std::int64_t(std::uint32_t, std::uint32_t)) X(__sys_recvfrom, std::int64_t(std::uint32_t, std::uint32_t)) \
    X(sock_recvmsg, std::int64_t(SocketId, std::uint32_t)) X(inet_recvmsg, std::int64_t(SocketId, std::uint32_t))                   \
    X(inet6_recvmsg, std::int64_t(SocketId, std::uint32_t))                                                                         \
    /* net/core/skbuff.c */                                                                                                         \
    X(kfree_skb_reason, void(SkbId, Drop)) X(consume_skb, void(SkbId)) X(__consume_stateless_skb, void(SkbId))                      \
    X(skb_release_head_state, void(SkbId)) X(skb_release_data, void(SkbId))                                                         \
    X(skb_free_head, void(BufferId)) X(page_frag_free, void(BufferId)) X(kfree_skbmem, void(SkbId))                                 \
    X(__alloc_skb, SkbId(std::uint32_t)) X(__napi_alloc_skb, SkbId(std::uint32_t, std::uint32_t))                                   \
    X(napi_build_skb, SkbId(BufferId, std::uint32_t)) X(__napi_build_skb, SkbId(BufferId, std::uint32_t))                           \
    X(skb_reserve, void(SkbId, std::uint32_t)) X(skb_put, std::uint32_t(SkbId, std::uint32_t)) X(skb_push, std::uint32_t(SkbId, std::uint32_t)) \
    X(skb_pull, std::uint32_t(SkbId, std::uint32_t)) X(skb_pull_rcsum, std::uint32_t(SkbId, std::uint32_t))                         \
    X(skb_trim, void(SkbId, std::uint32_t)) X(skb_clone, SkbId(SkbId)) X(skb_copy, SkbId(SkbId)) X(skb_morph, SkbId(SkbId, SkbId))  \
    X(pskb_expand_head, std::int32_t(SkbId, std::uint32_t, std::uint32_t)) X(skb_vlan_untag, SkbId(SkbId))                          \
    /* net/core/dev.c, gro.c, dst.c, filter.c, sock.c, datagram.c */                                                                \
    X(napi_schedule_prep, bool(std::uint32_t)) X(__napi_schedule, void(std::uint32_t)) X(net_rx_action, void())                     \
    X(__napi_poll, std::uint32_t(std::uint32_t)) X(napi_complete_done, bool(std::uint32_t, std::uint32_t))                          \
    X(napi_gro_receive, std::uint32_t(std::uint32_t, SkbId)) X(dev_gro_receive, std::uint32_t(std::uint32_t, SkbId))                \
    X(__skb_gro_checksum_complete, std::uint16_t(SkbId, std::uint32_t, std::uint32_t))                                              \
    X(vlan_gro_receive, void(SkbId, std::uint32_t)) X(inet_gro_receive, void(SkbId, std::uint32_t)) X(ipv6_gro_receive, void(SkbId, std::uint32_t)) \
    X(udp4_gro_receive, void(SkbId, std::uint32_t, bool)) X(udp6_gro_receive, void(SkbId, std::uint32_t, bool)) X(udp_gro_receive, void(SkbId)) \
    X(tcp4_gro_receive, void(SkbId, std::uint32_t, bool)) X(tcp6_gro_receive, void(SkbId, std::uint32_t, bool))                     \
    X(netif_receive_skb_list_internal, void(SkbList)) X(__netif_receive_skb_list_core, void(SkbList, bool))                         \
    X(__netif_receive_skb_core, std::uint32_t(SkbId)) X(dst_alloc, void(SkbId))                                                     \
    X(sk_filter_trim_cap, std::int32_t(SocketId, SkbId, std::uint32_t)) X(__sk_mem_raise_allocated, bool(SocketId, std::uint32_t))  \
    X(sock_def_readable, void(SocketId)) X(__skb_try_recv_from_queue, SkbId(SocketId)) X(__skb_wait_for_more_packets, Time(SocketId, Time)) \
    X(__skb_datagram_iter, std::int32_t(SkbId, std::uint32_t, bool))                                                                \
    /* net/ipv4: ip_input.c, route.c, fib_trie.c, fib_frontend.c, ip_fragment.c, ip_forward.c, raw.c */                             \
    X(ip_list_rcv, void(SkbList, std::uint32_t)) X(ip_rcv_core, SkbId(SkbId)) X(ip_sublist_rcv, void(SkbList, std::uint32_t))       \
    X(ip_rcv_finish_core, std::int32_t(SkbId, std::uint32_t, SkbId)) X(ip_sublist_rcv_finish, void(SkbList))                        \
    X(ip_local_deliver, std::int32_t(SkbId)) X(ip_local_deliver_finish, std::int32_t(SkbId)) X(ip_protocol_deliver_rcu, void(SkbId, std::uint32_t)) \
    X(raw_local_deliver, bool(SkbId, std::uint32_t)) X(ip_route_input_noref, std::int32_t(SkbId, std::uint32_t))                    \
    X(ip_route_input_slow, std::int32_t(SkbId, std::uint32_t)) X(ip_route_use_hint, std::int32_t(SkbId, std::uint32_t, SkbId))      \
    X(fib_table_lookup, std::int32_t(std::uint32_t, std::uint32_t)) X(fib_validate_source, std::int32_t(SkbId, std::uint32_t))      \
    X(ip_error, std::int32_t(SkbId)) X(ip_forward, std::int32_t(SkbId)) X(ip_defrag, std::int32_t(SkbId)) X(ip_frag_queue, std::int32_t(std::uint32_t, SkbId)) \
    X(ip_frag_reasm, std::int32_t(std::uint32_t, SkbId)) X(ip_expire, void(std::uint32_t))                                          \
    /* net/ipv4: udp.c, udp_offload.c, inet_hashtables.c, ip_sockglue.c, icmp.c, igmp.c, arp.c, tcp_ipv4.c */                        \
    X(udp_v4_early_demux, std::int32_t(SkbId)) X(udp_rcv, std::int32_t(SkbId)) X(__udp4_lib_rcv, std::int32_t(SkbId, std::uint32_t)) \
    X(__udp4_lib_lookup, SocketId(std::uint32_t, std::uint16_t, std::uint32_t, std::uint16_t, std::uint32_t, SkbId))                \
    X(udp4_lib_lookup2, SocketId(std::uint32_t, std::uint16_t, std::uint32_t, std::uint16_t, std::uint32_t, SkbId, bool))           \
    X(inet_lookup_reuseport, SocketId(SocketId, SkbId)) X(udp_unicast_rcv_skb, std::int32_t(SocketId, SkbId))                       \
    X(__udp4_lib_mcast_deliver, std::int32_t(SkbId))                                                                                \
    X(udp_queue_rcv_skb, std::int32_t(SocketId, SkbId)) X(udp_queue_rcv_one_skb, std::int32_t(SocketId, SkbId))                     \
    X(ipv4_pktinfo_prepare, void(SocketId, SkbId)) X(__udp_enqueue_schedule_skb, SkbId(SocketId, SkbId))                            \
    X(udp_recvmsg, std::int64_t(SocketId, std::uint32_t)) X(__skb_recv_udp, SkbId(SocketId))                                        \
    X(udp_rmem_release, void(SocketId, std::uint32_t, bool)) X(skb_consume_udp, void(SocketId, SkbId, std::uint32_t))               \
    X(__icmp_send, void(SkbId, std::uint32_t, std::uint32_t)) X(icmp_rcv, std::int32_t(SkbId)) X(icmp_echo, Drop(SkbId))            \
    X(igmp_rcv, std::int32_t(SkbId)) X(arp_rcv, std::int32_t(SkbId)) X(arp_process, std::int32_t(SkbId)) X(tcp_v4_rcv, std::int32_t(SkbId)) \
    /* net/ipv6 */                                                                                                                  \
    X(ipv6_list_rcv, void(SkbList, std::uint32_t)) X(ip6_rcv_core, SkbId(SkbId)) X(ip6_sublist_rcv, void(SkbList, std::uint32_t))   \
    X(ip6_rcv_finish_core, void(SkbId, std::uint32_t)) X(ip6_sublist_rcv_finish, void(SkbList)) X(ip6_route_input, void(SkbId))     \
    X(ip6_input, std::int32_t(SkbId)) X(ip6_mc_input, std::int32_t(SkbId)) X(ip6_input_finish, std::int32_t(SkbId))                 \
    X(ip6_protocol_deliver_rcu, void(SkbId)) X(ip6_forward, std::int32_t(SkbId)) X(ip6_pkt_discard, std::int32_t(SkbId)) \
    X(ipv6_parse_hopopts, std::int32_t(SkbId)) X(ipv6_rthdr_rcv, std::int32_t(SkbId)) X(ipv6_destopt_rcv, std::int32_t(SkbId)) \
    X(ipv6_frag_rcv, std::int32_t(SkbId)) X(ip6_frag_queue, std::int32_t(std::uint32_t, SkbId))       \
    X(ip6_frag_reasm, std::int32_t(std::uint32_t, SkbId)) X(icmp6_send, void(SkbId, std::uint32_t, std::uint32_t))                  \
    X(icmpv6_rcv, std::int32_t(SkbId)) X(ndisc_rcv, std::int32_t(SkbId)) X(tcp_v6_rcv, std::int32_t(SkbId))                                 \
    X(udp_v6_early_demux, void(SkbId)) X(udpv6_rcv, std::int32_t(SkbId)) X(__udp6_lib_rcv, std::int32_t(SkbId, std::uint32_t))      \
    X(__udp6_lib_lookup, SocketId(SkbId)) X(udp6_lib_lookup2, SocketId(SkbId, bool)) X(__udp6_lib_mcast_deliver, std::int32_t(SkbId)) \
    X(udp6_unicast_rcv_skb, std::int32_t(SocketId, SkbId)) X(udpv6_queue_rcv_skb, std::int32_t(SocketId, SkbId))                    \
    X(udpv6_queue_rcv_one_skb, std::int32_t(SocketId, SkbId)) X(udpv6_recvmsg, std::int64_t(SocketId, std::uint32_t))
// clang-format on
