// Frames written as a capture that other tools open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/core/result.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// Writes what the wire of this run has carried so far (the traffic up to the present, frames injected by the learner
/// included) as a pcap with nanosecond times, model time 0 being the epoch. Frames that did not enter the wire (a
/// capture's own packets) are left out. An Error names the path when it cannot be written; an existing file is replaced
/// only when all was written, one behind a link in its own place; a pipe or device is written to.
std::optional<Error> writeCapture(const std::string& path, const World& world, const Inputs& inputs);

}  // namespace ringside
