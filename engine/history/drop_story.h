#pragma once
// Why one packet died, told from the run: its row of drop_rows.h with the values that the model had at the moment.

#include <optional>
#include <string>
#include <vector>

#include "engine/history/drop_rows.h"
#include "engine/history/timeline.h"

namespace ringside {

/// A counter and what the drop made of it.
struct MovedCounter {
    std::string name;  ///< "udp.RcvbufErrors"
    std::int64_t before = 0, after = 0;
    friend bool operator==(const MovedCounter&, const MovedCounter&) = default;
};

struct DropStory {
    std::uint32_t packet = 0;
    Drop reason = Drop::NOT_DROPPED;
    FunctionId function = kNoFunction;  ///< the one that drops
    Position position = 0;              ///< of the event that drops
    Time time = 0;
    const DropRow* row = nullptr;  ///< null: the table has no row for it
    /// The row's condition with its values: "`sk_rmem_alloc` 213760 > `sk_rcvbuf` 212992". Markup: backticks for names.
    std::string condition;
    std::vector<MovedCounter> counters;
    std::string command;
};

/// The last end of the packet that is known, if it is a drop. Costs some seeks, whatever the length of the run; does
/// not move the Timeline.
std::optional<DropStory> dropStory(Timeline& run, const PacketFate& fate);

/// The event that drops: at or shortly before the position at which the fate was logged.
Position dropPosition(Timeline& run, const PacketFate& fate);

}  // namespace ringside
