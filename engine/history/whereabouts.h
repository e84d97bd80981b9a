#pragma once
// Where the packets are at one moment, as the World tells it: in the hands of a function on a kernel stack, or in a
// queue. Two CPUs at work hold two packets at two places.

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/world/inputs.h"
#include "engine/world/net/held_skbs.h"
#include "engine/world/world.h"

namespace ringside {

/// What a frame of a stack has in its hands; nothing where its function describes none.
HeldSkbs heldBy(const Inputs& inputs, const Stack& stack, const Frame& frame);

/// The innermost frame that holds an sk_buff. A frame that was called but not entered counts as its caller.
struct SkbHand {
    CpuNo cpu = kNoCpu;  ///< where the task runs, or ran last
    TaskId task{};
    std::size_t depth = 0;  ///< index into the stack's frames
    std::size_t inner = 0;  ///< of the innermost frame at work for it: called from there, without a packet of its own
};

struct Whereabouts {
    SkbId skb{};
    std::uint32_t packet = 0;  ///< number on the wire; 0: it carries none
    SkbOwner owner = SkbOwner::frame;
    std::optional<SkbHand> hand;  ///< none: it stands in the queue that `owner` names
};

/// Every living sk_buff of a machine that carries a packet, in the order of the pool, but for those of the lab. One
/// pass over all stacks and lists.
std::vector<Whereabouts> packetsInMemory(const Machine& machine, const Inputs& inputs);

/// What a CPU is doing: the context of the innermost frame that has begun; idle where none has.
Context contextOf(const Machine& machine, const Cpu& cpu);

}  // namespace ringside
