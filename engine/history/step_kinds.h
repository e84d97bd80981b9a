#pragma once
// How far one step of the learner goes: a table with a row for each kind of step. Adding one is adding a row.

#include <cstdint>
#include <optional>

#include "engine/history/timeline.h"

namespace ringside {

/// The rows of the table. Each goes in both directions.
enum class StepKind : std::uint8_t {
    stage,        ///< the next event
    function,     ///< the next function entry
    packet,       ///< the next event about another packet
    into,         ///< into the next call that this frame makes; to its caller when it makes none any more
    over,         ///< the next event of this frame or, when it is over, of its callers
    out,          ///< the frame's caller
    same_packet,  ///< the next event about the packet that is followed
    same_task,    ///< the next event while this task is the CPU's current one
    same_cpu,     ///< the next event on this CPU
    count_
};

/// Where a step begins. `event.seq` is 0 at the start of a run.
struct StepFrom {
    Event event;
    std::uint32_t packet = 0;  ///< the one that is followed; 0: none
};

/// Which events a step of this kind stops at, the first of them in its direction; none: it has nothing to go by there
/// (out of a function where no function runs).
///
/// Into, over and out stay on the stack of the task, wherever it runs. Backwards, `over` comes to the event of the same
/// frame before the calls it made, `out` to the place of the call, `into` to where the last call it made ended.
/// Interrupts that came on top are passed by, with all they call. Forward such a filter must be shown the events in
/// their order, each once, as Timeline::find() does.
std::optional<EventFilter> stepFilter(StepKind kind, Direction direction, const StepFrom& from);

}  // namespace ringside
