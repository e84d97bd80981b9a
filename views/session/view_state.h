#pragma once
// What all views share of "what am I looking at": one object, changed only through the Session.

#include <cstdint>
#include <string>

#include "engine/core/types.h"

namespace ringside {

/// How far one step of the learner goes.
enum class StepBy : std::uint8_t { stage, function, packet, lesson };

/// A thing the inspector shows. `automatic` is what the event is about.
struct Selection {
    enum class Kind : std::uint8_t { automatic, skb, nic, ring, device, socket, task, cpu, counters, sysctl, frame };
    Kind kind = Kind::automatic;
    std::uint32_t id = 0;  ///< skb: serial; socket, task: slot; nic, device, cpu: index; frame: CPU * 256 + depth
    friend bool operator==(const Selection&, const Selection&) = default;
};

struct ViewState {
    Selection selection;
    std::uint32_t followed = 0;  ///< packet on the wire; 0: the one the event is about
    StepBy step_by = StepBy::function;
    int speed = 3;  ///< index into kSpeeds
};

/// Stops of the speed slider: how many times the ordinary pace.
inline constexpr double kSpeeds[] = {0.25, 0.5, 0.75, 1, 2, 4, 8};
inline constexpr int kSpeedStops = 7;
/// Wall time of one step at 1x, in milliseconds: each event takes the same, however long it lasts in the model.
inline constexpr int kStepMs = 480;

}  // namespace ringside
