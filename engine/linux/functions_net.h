#pragma once
// The functions of drivers/net and net/. See functions.h.

#include "engine/core/types.h"

// clang-format off
#define RS_NET_FUNCTIONS(X)                                                                                                         \
    /* net/socket.c, net/ipv4/af_inet.c */                                                                                          \
    X(__x64_sys_recvfrom, std::int64_t(std::uint32_t, std::uint32_t)) X(__sys_recvfrom, std::int64_t(std::uint32_t, std::uint32_t)) \
    X(sock_recvmsg, std::int64_t(SocketId, std::uint32_t)) X(inet_recvmsg, std::int64_t(SocketId, std::uint32_t))                   \
    /* net/core/skbuff.c */                                                                                                         \
    X(kfree_skb_reason, void(SkbId, Drop)) X(skb_release_head_state, void(SkbId)) X(skb_release_data, void(SkbId))                  \
    X(skb_free_head, void(BufferId)) X(page_frag_free, void(BufferId)) X(kfree_skbmem, void(SkbId))                                 \
    /* net/ipv4/ip_input.c */                                                                                                       \
    X(ip_rcv_core, SkbId(SkbId))
// clang-format on
