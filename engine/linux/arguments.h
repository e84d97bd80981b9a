#pragma once
// What the arguments of functions are, by name, where a function list says nothing else.

#include <stdexcept>

#include "engine/core/prototype.h"

namespace ringside::args {

struct KnownArgument {
    std::string_view name;
    Unit unit;
    std::string_view doc;
};
// clang-format off
inline constexpr KnownArgument kKnownArguments[] = {
    {"addr", Unit::none, "the buffer"},
    {"any", Unit::none, "among sockets bound to any address"},
    {"budget", Unit::count, "most packets to take"},
    {"bytes", Unit::bytes, "their bytes"},
    {"cap", Unit::bytes, "bytes a filter may not cut"},
    {"checksum", Unit::none, "the checksum is verified on the way"},
    {"cleaned_count", Unit::count, "descriptors to go"},
    {"cpu", Unit::index, "the CPU"},
    {"csum", Unit::hex, "sum of the pseudo header"},
    {"curr", Unit::none, "the running task"},
    {"daddr", Unit::hex, "receiver"},
    {"data", Unit::none, "the buffer"},
    {"desc", Unit::index, "the line, by the number of its irq_desc"},
    {"dev", Unit::index, "ifindex of the device"},
    {"dif", Unit::index, "ifindex the packet came by"},
    {"dport", Unit::index, "its port"},
    {"dst", Unit::none, "the sk_buff that changes"},
    {"duration", Unit::nanoseconds, "how long"},
    {"fd", Unit::index, "file descriptor"},
    {"flush", Unit::none, "the packet will not wait, so nothing is verified"},
    {"frag_size", Unit::bytes, "its size, skb_shared_info included"},
    {"head", Unit::none, "the packets"},
    {"hint", Unit::none, "the packet whose route is taken over"},
    {"hnum", Unit::index, "its port"},
    {"iif", Unit::index, "ifindex the packet came by"},
    {"irq", Unit::index, "interrupt line"},
    {"itr_setting", Unit::none, "class so far: 0 lowest latency, 1 low latency, 2 bulk"},
    {"mode", Unit::hex, "states from which tasks are woken"},
    {"n", Unit::none, "the NAPI instance"},
    {"napi", Unit::none, "the NAPI instance"},
    {"next", Unit::none, "the task whose address space is loaded"},
    {"nhead", Unit::bytes, "headroom to add"},
    {"ntail", Unit::bytes, "tailroom to add"},
    {"offset", Unit::offset, "where the header stands, from data"},
    {"p", Unit::none, "the task"},
    {"packets", Unit::count, "packets since the last interrupt"},
    {"partial", Unit::none, "may wait for more"},
    {"pfmemalloc", Unit::none, "from an emergency reserve"},
    {"preempt", Unit::none, "the task is preempted, it did not ask"},
    {"prev", Unit::none, "the task that ran"},
    {"prev_cpu", Unit::index, "the CPU it ran on"},
    {"proto", Unit::index, "protocol"},
    {"protocol", Unit::index, "protocol of its IP header"},
    {"queue", Unit::index, "the datagram's queue"},
    {"reason", Unit::none, "why it is dropped"},
    {"rqtp", Unit::nanoseconds, "how long"},
    {"saddr", Unit::hex, "sender"},
    {"sk", Unit::none, "the socket"},
    {"skb", Unit::none, "the packet"},
    {"sock", Unit::none, "the socket"},
    {"sport", Unit::index, "its port"},
    {"src", Unit::none, "the one it becomes a clone of"},
    {"sync", Unit::hex, "0x10: the waker sleeps soon"},
    {"task", Unit::none, "the waiter"},
    {"this_cpu", Unit::index, "the waker's CPU"},
    {"timer", Unit::none, "the timer"},
    {"timeo", Unit::nanoseconds, "how long it may sleep"},
    {"timeout", Unit::nanoseconds, "longest sleep; the greatest number is for ever"},
    {"vector", Unit::hex, "entry of the IDT"},
    {"wake_flags", Unit::hex, "0x8 a wake-up, 0x10 the waker sleeps soon, 0x20 the task got another CPU"},
    {"wq_entry", Unit::index, "the entry of the waiter"},
    {"wq_head", Unit::none, "the wait queue"},
    {"work_done", Unit::count, "packets taken"},
    {"work_to_do", Unit::count, "most packets to take"},
};
// clang-format on

/// The text of an argument of this name; one that is not known has to be written in the function list.
consteval ArgumentText argumentText(std::string_view name) {
    for (const KnownArgument& known : kKnownArguments) {
        if (known.name == name) return {known.unit, known.doc};
    }
    throw std::logic_error("an argument without a text, here or in the function list");
}
/// As that one, with another doc.
consteval ArgumentText argumentText(std::string_view name, std::string_view doc) {
    for (const KnownArgument& known : kKnownArguments) {
        if (known.name == name) return {known.unit, doc};
    }
    return {Unit::none, doc};
}
consteval ArgumentText argumentText(std::string_view, Unit unit, std::string_view doc) { return {unit, doc}; }

}  // namespace ringside::args
