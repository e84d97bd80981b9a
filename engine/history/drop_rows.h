#pragma once
// Why a packet dies, place by place: a table with a row for each function that drops and each reason it gives. Says
// what was compared, which counters tell of it, how a person sees them on a real machine and what helps. A test holds
// the table against the source of the functions and against the drops of real runs.

#include <cstddef>
#include <span>
#include <string_view>

#include "engine/core/event.h"

namespace ringside {

/// What another try of the same packet would need, where the model has a way to give it.
enum class DropRemedy : std::uint8_t {
    none,
    open_sockets,     ///< the capture is opened again with a socket for every port
    lossless_pace,    ///< the capture is opened again at a pace at which the card keeps up
    no_rp_filter,     ///< net.ipv4.conf.all.rp_filter=0
    no_l2_multicast,  ///< net.ipv4.conf.all.drop_unicast_in_l2_multicast=0
    forward,          ///< net.ipv4.ip_forward=1
};

struct DropRow {
    Drop reason = Drop::NOT_SPECIFIED;
    /// Functions that drop for this reason, a blank between them; or kCleanRx. In counters and command `%` stands for
    /// "6" in those of IPv6, for nothing in the others.
    std::string_view functions;
    /// What a stage of the function is called where one reason has several: Event::stage; -1: any.
    int stage = -1;
    std::string_view key;  ///< its texts are filed under "drop.KEY.why"
    std::string_view why;  ///< one sentence, English
    /// The values that decided, as kernel names with `{{value}}` (DropStory::condition). Clauses are parted by " · ";
    /// one that has no value at the moment is left out.
    std::string_view condition;
    std::string_view decided;   ///< the function that compares; empty: the one that drops
    std::string_view counters;  ///< those that tell of it, a blank between them, the most telling first; empty: none
    std::string_view command;   ///< what shows them on a real machine
    std::string_view advice;    ///< key of a text: what would have saved the packet
    DropRemedy remedy = DropRemedy::none;

    /// Whether the function is one of them, and where it stands.
    [[nodiscard]] bool names(std::string_view function) const;
};

std::span<const DropRow> dropRows();
/// The row of a drop; null where the table has none.
const DropRow* dropRow(Drop reason, std::string_view function, int stage = -1);

/// A text of advice by its key ("port"): filed under "drop.advice.KEY".
struct DropAdvice {
    std::string_view key, text;
};
std::span<const DropAdvice> dropAdvice();
std::string_view dropAdvice(std::string_view key);

}  // namespace ringside
