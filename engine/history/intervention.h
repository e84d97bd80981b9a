#pragma once
// What a learner does to a run, as data. An intervention changes the World at a position without being an event: the
// same place is reached again by the same journal. What it sets off (an arrival, a call) are events as any others.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/core/result.h"
#include "engine/core/types.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// Puts a frame on the wire of the first card, `after` nanoseconds from now: Ethernet header on, no frame check
/// sequence.
struct InjectFrame {
    std::vector<std::uint8_t> bytes;
    Time after = 0;
    friend bool operator==(const InjectFrame&, const InjectFrame&) = default;
};

/// `sysctl -w name=value`; the name is the kernel's ("net.core.netdev_budget").
struct SetSysctl {
    std::string name;
    std::int64_t value = 0;
    friend bool operator==(const SetSysctl&, const SetSysctl&) = default;
};

/// `kill -9 pid`, sent from outside the machine's CPUs: the task is woken if it sleeps, leaves the kernel and ends.
struct KillTask {
    std::uint32_t pid = 0;
    friend bool operator==(const KillTask&, const KillTask&) = default;
};

/// Calls a kernel function on the stack of the task that is current on `cpu`, which must be at rest (halted, or user
/// space): the sk_buff lab. The first argument is `skb` where it is not 0, then `argument`; functions with fewer
/// arguments want 0 there. The call's events follow when the run goes on; it is over when labCallActive() says so
/// (Timeline::finishLabCall goes there).
struct LabCall {
    FunctionId function = kNoFunction;
    SkbId skb{};
    std::uint32_t argument = 0;
    CpuNo cpu = 0;
    friend bool operator==(const LabCall&, const LabCall&) = default;
};

/// Copies bytes into the data of an sk_buff from its `data` on, as a caller does with what skb_put() gave it: the
/// sk_buff lab.
struct WriteData {
    SkbId skb{};
    std::vector<std::uint8_t> bytes;
    friend bool operator==(const WriteData&, const WriteData&) = default;
};

using Intervention = std::variant<InjectFrame, SetSysctl, KillTask, LabCall, WriteData>;

/// One line for a person, English: "sysctl net.core.netdev_budget=16".
std::string describeIntervention(const Intervention& what, const Inputs& inputs);

/// Does it. An Error (place, expected, found) when it cannot be done; the World is then unchanged.
std::optional<Error> applyIntervention(World& world, const Inputs& inputs, const Intervention& what);

/// Whether a call made by LabCall is still under way on this CPU: its stack holds more than the bottom frame, or that
/// frame has yet to take the result.
bool labCallActive(const World& world, CpuNo cpu = 0);

/// What a call would come to, tried on a copy: the World after it (with World::oops set where the kernel would stop),
/// or the Error when it cannot be made.
Result<World> tryLabCall(World world, const Inputs& inputs, const LabCall& what);

/// What the call that has just ended returned (an SkbId's slot, a number, a pointer as offset); nothing when the CPU
/// has gone on since.
std::optional<std::uint64_t> labCallResult(const World& world, CpuNo cpu = 0);

}  // namespace ringside
