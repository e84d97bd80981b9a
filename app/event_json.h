#pragma once
// One event as the JSON line that scripts rely on (`ringside run --format jsonl`), and as a line of text.

#include <string>

#include "engine/core/event.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"
#include "lessons/kernel_text.h"

namespace ringside {

/// The event as one JSON object without its closing brace, so that a caller can add members ("watch"). `world` is the
/// World after it.
void appendEventJson(std::string& out, const World& world, const Inputs& inputs, const Event& event);

/// The event as one line for a person: time, CPU, context, task, function indented by depth, stage, packet, drop.
void appendEventText(std::string& out, const World& world, const Inputs& inputs, const Event& event,
                     const KernelText& text = {});

}  // namespace ringside
