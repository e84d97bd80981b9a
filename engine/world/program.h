#pragma once
// Programs of user tasks: lists of operations. An operation is a struct with a name, one sentence and a key list;
// reader, hash and reference page of the scenario language follow from it. A new one is a struct here, its place in Op,
// and what it does in linux/user/user_mode.cpp.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/keys.h"
#include "engine/core/types.h"

namespace ringside {
namespace op {

/// A descriptor of a task: 3 is the first of its `files`.
inline constexpr std::int64_t kFirstFd = 3, kLastFd = 1026;

struct exit {
    static constexpr std::string_view kName = "exit", kDoc = "the program ends";
    template <class V, class S>
    static void keys(V&, S&) {}
};

struct recvfrom {
    static constexpr std::string_view kName = "recvfrom", kDoc = "read a datagram, sleeping until there is one";
    std::uint16_t fd = 3;
    std::uint32_t size = 65536;
    Time timeout = 0;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "fd", .doc = "descriptor: 3 is the first of the task's files", .least = kFirstFd, .most = kLastFd},
          s.fd);
        v({.name = "size",
           .doc = "room for the payload; the rest of a longer datagram is lost",
           .unit = Unit::bytes,
           .most = 1 << 20},
          s.size);
        v({.name = "timeout",
           .doc = "longest wait (SO_RCVTIMEO)",
           .unit = Unit::nanoseconds,
           .fallback = "0, no limit"},
          s.timeout);
    }
};

struct compute {
    static constexpr std::string_view kName = "compute", kDoc = "use the CPU in user space", kShort = "time";
    Time time = 0;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "time", .doc = "how long", .unit = Unit::nanoseconds, .least = 1, .required = true}, s.time);
    }
};

/// Simplified: a timer and schedule(), as nanosleep() without its slack.
struct sleep {
    static constexpr std::string_view kName = "sleep", kDoc = "sleep (clock_nanosleep)", kShort = "time";
    Time time = 0;

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "time", .doc = "how long", .unit = Unit::nanoseconds, .least = 1, .required = true}, s.time);
    }
};

struct yield {
    static constexpr std::string_view kName = "yield", kDoc = "let others run (sched_yield)";
    template <class V, class S>
    static void keys(V&, S&) {}
};

/// The end of a loop; the language has `repeat` for it.
struct jump {
    static constexpr std::string_view kName = "jump", kDoc = "go on at another operation";
    std::uint16_t to = 0;     ///< index of the operation
    std::uint8_t slot = 0;    ///< which of the task's loop counters (Task::loops)
    std::uint32_t count = 0;  ///< at most so many times; 0: always

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "to", .doc = "index of the operation"}, s.to);
        v({.name = "slot", .doc = "loop counter"}, s.slot);
        v({.name = "count", .doc = "how often; 0 is always"}, s.count);
    }
};

}  // namespace op

using Op = std::variant<op::exit, op::recvfrom, op::compute, op::sleep, op::yield, op::jump>;

/// Calls `f` with one of each kind of operation, in the order of Op.
template <class F, std::size_t... I>
void eachOp(F&& f, std::index_sequence<I...>) {
    (f(std::variant_alternative_t<I, Op>{}), ...);
}
template <class F>
void eachOp(F&& f) {
    eachOp(f, std::make_index_sequence<std::variant_size_v<Op>>{});
}

/// The operation's name.
inline std::string_view nameOf(const Op& operation) {
    return std::visit([](const auto& o) { return o.kName; }, operation);
}

struct Program {
    std::string name;
    std::vector<Op> ops;
};

/// A number of what a program does: names and values of its operations.
std::uint64_t programHash(const Program& program);

}  // namespace ringside
