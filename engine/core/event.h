#pragma once
// The small record of one step: when, where, what, about which packet, and because of what.

#include <cstdint>
#include <string_view>

#include "engine/core/types.h"

namespace ringside {

/// In which kind of execution a CPU is. `hardware` is no CPU at all: wire, NIC, interrupt controller.
enum class Context : std::uint8_t { idle, process, softirq, hardirq, user, hardware };
std::string_view nameOf(Context context);

/// What kind of step an event is.
enum class EventKind : std::uint8_t { enter, stage, hardware };
std::string_view nameOf(EventKind kind);

/// Index into the function table; stable within one build only, names are what is stored outside.
using FunctionId = std::uint16_t;
inline constexpr FunctionId kNoFunction = 0xffff;

/// The kernel's reasons for a drop, in its order (enum skb_drop_reason, include/net/dropreason.h of 6.1), without the
/// prefix.
// clang-format off
#define RS_DROP_REASONS(X) \
    X(NOT_SPECIFIED) X(NO_SOCKET) X(PKT_TOO_SMALL) X(TCP_CSUM) X(SOCKET_FILTER) X(UDP_CSUM) X(NETFILTER_DROP) \
    X(OTHERHOST) X(IP_CSUM) X(IP_INHDR) X(IP_RPFILTER) X(UNICAST_IN_L2_MULTICAST) X(XFRM_POLICY) X(IP_NOPROTO) \
    X(SOCKET_RCVBUFF) X(PROTO_MEM) X(TCP_MD5NOTFOUND) X(TCP_MD5UNEXPECTED) X(TCP_MD5FAILURE) X(SOCKET_BACKLOG) \
    X(TCP_FLAGS) X(TCP_ZEROWINDOW) X(TCP_OLD_DATA) X(TCP_OVERWINDOW) X(TCP_OFOMERGE) X(TCP_RFC7323_PAWS) \
    X(TCP_INVALID_SEQUENCE) X(TCP_RESET) X(TCP_INVALID_SYN) X(TCP_CLOSE) X(TCP_FASTOPEN) X(TCP_OLD_ACK) \
    X(TCP_TOO_OLD_ACK) X(TCP_ACK_UNSENT_DATA) X(TCP_OFO_QUEUE_PRUNE) X(TCP_OFO_DROP) X(IP_OUTNOROUTES) \
    X(BPF_CGROUP_EGRESS) X(IPV6DISABLED) X(NEIGH_CREATEFAIL) X(NEIGH_FAILED) X(NEIGH_QUEUEFULL) X(NEIGH_DEAD) \
    X(TC_EGRESS) X(QDISC_DROP) X(CPU_BACKLOG) X(XDP) X(TC_INGRESS) X(UNHANDLED_PROTO) X(SKB_CSUM) \
    X(SKB_GSO_SEG) X(SKB_UCOPY_FAULT) X(DEV_HDR) X(DEV_READY) X(FULL_RING) X(NOMEM) X(HDR_TRUNC) X(TAP_FILTER) \
    X(TAP_TXFILTER) X(ICMP_CSUM) X(INVALID_PROTO) X(IP_INADDRERRORS) X(IP_INNOROUTES) X(PKT_TOO_BIG) \
    X(TC_CHAIN_NOTFOUND)
// clang-format on
/// NOT_DROPPED is the model's own: this event drops nothing.
enum class Drop : std::uint8_t {
    NOT_DROPPED,
#define RS_NAME(name) name,
    RS_DROP_REASONS(RS_NAME)
#undef RS_NAME
};
std::string_view nameOf(Drop reason);

/// Tracepoints of the kernel that stages carry. Their arguments are made from Event::args and the World
/// (step/tracepoint.h).
enum class Tracepoint : std::uint8_t {
    none,
    irq_handler_entry,
    irq_handler_exit,
    softirq_raise,
    softirq_entry,
    softirq_exit,
    napi_poll,
    napi_gro_receive_entry,
    napi_gro_receive_exit,
    netif_receive_skb,
    fib_table_lookup,
    kfree_skb,
    consume_skb,
    sched_waking,
    sched_wakeup,
    sched_switch,
};
std::string_view nameOf(Tracepoint tracepoint);

/// One step of the model. It is described by the World after it. 64 bytes; strings live in the function table.
struct Event {
    Position seq = 0;                ///< position after the event, counting from 1
    Position cause = 0;              ///< seq of the event that brought this one about; 0: the scenario
    Time time = 0;                   ///< when its effect happened
    std::uint32_t skb = 0;           ///< SkBuff::id of the packet buffer it is about; 0: none
    SkbId skb_slot{};                ///< where that is in the World after the event (it may have been freed)
    std::uint32_t packet = 0;        ///< number of the wire packet behind it, from 1; 0: none
    TaskId task{};                   ///< the CPU's current task, of that machine
    std::uint32_t args[2] = {0, 0};  ///< of the tracepoint
    FunctionId function = kNoFunction;
    CpuNo cpu = kNoCpu;  ///< of its machine
    std::uint8_t stage = 0;
    std::uint8_t depth = 0;  ///< frames on the stack, this one included; 1 is the outermost
    Context context = Context::hardware;
    EventKind kind = EventKind::hardware;
    Drop drop = Drop::NOT_DROPPED;
    Tracepoint tracepoint = Tracepoint::none;
    MachineNo machine = 0;  ///< on which it happened
};
static_assert(sizeof(Event) <= 64, "the event log holds tens of millions of these");

}  // namespace ringside
