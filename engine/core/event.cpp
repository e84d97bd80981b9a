#include "engine/core/event.h"

#include <array>

namespace ringside {

std::string_view nameOf(Context context) {
    static constexpr std::array<std::string_view, 6> names{"idle", "process", "softirq", "hardirq", "user", "hardware"};
    return names[static_cast<std::size_t>(context)];
}

std::string_view nameOf(EventKind kind) {
    static constexpr std::array<std::string_view, 3> names{"enter", "stage", "hardware"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view nameOf(Drop reason) {
    static constexpr std::array names{std::string_view("NOT_DROPPED"),
#define RS_NAME(name) std::string_view(#name),
                                      RS_DROP_REASONS(RS_NAME)
#undef RS_NAME
    };
    return names[static_cast<std::size_t>(reason)];
}

std::string_view nameOf(Tracepoint tracepoint) {
    static constexpr std::array<std::string_view, 16> names{"",
                                                            "irq_handler_entry",
                                                            "irq_handler_exit",
                                                            "softirq_raise",
                                                            "softirq_entry",
                                                            "softirq_exit",
                                                            "napi_poll",
                                                            "napi_gro_receive_entry",
                                                            "napi_gro_receive_exit",
                                                            "netif_receive_skb",
                                                            "fib_table_lookup",
                                                            "kfree_skb",
                                                            "consume_skb",
                                                            "sched_waking",
                                                            "sched_wakeup",
                                                            "sched_switch"};
    return names[static_cast<std::size_t>(tracepoint)];
}

}  // namespace ringside
