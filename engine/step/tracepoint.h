#pragma once
// What a tracepoint says, with the kernel's field names: made from an event and the World after it.

#include <string>
#include <vector>

#include "engine/core/event.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// One argument of a tracepoint.
struct TraceArgument {
    const char* name;
    std::int64_t number = 0;
    std::string text;  ///< not empty: the value is this text
};

/// The arguments of the event's tracepoint, in the kernel's order; empty when it has none. `world` is the World after
/// the event.
std::vector<TraceArgument> tracepointArguments(const World& world, const Inputs& inputs, const Event& event);

/// The same as one line of text: "work=1 budget=64".
std::string tracepointText(const World& world, const Inputs& inputs, const Event& event);

}  // namespace ringside
