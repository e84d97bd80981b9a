#pragma once
// The verbs of the machine: what the agenda's items do. Wire, network card, interrupt controller, timers.

#include "engine/core/event.h"
#include "engine/linux/kernel.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// Does one agenda item that has come due (already taken off). True when a learner sees it: `event` is filled and the
/// position went up.
bool runDue(World& world, const Inputs& inputs, const AgendaItem& item, Event& event);

/// Puts the arrival of the traffic's next frame on the agenda, if there is one and none is pending.
void scheduleArrival(World& world, const Inputs& inputs, Position cause);

/// Puts a frame on the wire beside the traffic at `time` (an intervention of the learner): Ethernet header on, no frame
/// check sequence.
void injectFrame(World& world, const Inputs& inputs, Bytes frame, Time time);

/// The driver wrote RDT: the card looks whether it can go on. Called from linux/drivers.
void nicDoorbell(World& world, Machine& machine, std::int32_t ifindex, Time now, Position cause);
/// The driver has read the cause of a card on line `irq`: unless another card still asks, what is pending of the line
/// is no longer.
void nicLineLowered(Machine& machine, std::uint16_t irq);
/// The driver has unmasked a vector: if it asks, its interrupt is on the way, as soon as the throttling allows.
void nicInterruptsEnabled(World& world, Machine& machine, std::int32_t ifindex, std::uint32_t vector, Time now,
                          Position cause);

/// Sends an inter-processor interrupt; it arrives after the time that a real one takes (about 1 µs, illustrative).
void sendIpi(World& world, Machine& machine, CpuNo target, Ipi kind, Time now, Position cause);

/// Programs the CPU's clock event device: it interrupts at `expires` (what is past, at once), and at no other time any
/// more; kNever stops it.
void programClock(World& world, Machine& machine, CpuNo cpu, Time expires, Position cause);

/// Rows of the function table for the steps of the hardware.
std::span<const FunctionInfo> hardwareFunctions();

}  // namespace ringside
