#pragma once
// The steps of the hardware that a learner sees, and the event of one of them. Shared by the files of hardware/.

#include "engine/core/event.h"
#include "engine/linux/functions.h"
#include "engine/world/world.h"

namespace ringside::hw {

/// Bytes of the frame check sequence.
inline constexpr std::uint32_t kFcs = 4;

enum WireStage : std::uint8_t { kFrameArrives, kFrameLost };
enum NicStage : std::uint8_t { kFetchDescriptor, kWriteBuffer, kWriteBack, kNotForUs, kFifoFull, kBadLength };
enum ControllerStage : std::uint8_t { kDeviceInterrupt, kInterProcessor };
enum TimerStage : std::uint8_t { kClockEvent };

/// Fills in the event of a step of the hardware; the position goes up.
inline void hardwareEvent(World& world, const AgendaItem& item, FunctionId function, std::uint8_t stage,
                          std::uint32_t packet, Event& event) {
    event = Event{};
    event.seq = ++world.position;
    event.cause = item.cause;
    event.time = item.time;
    event.function = function;
    event.stage = stage;
    event.packet = packet;
    event.machine = item.machine;
}

/// The wire's part of runDue().
bool frameArrives(World& world, const Inputs& inputs, const AgendaItem& item, Event& event);
/// A frame that needed time to cross its link.
bool linkDelivers(World& world, const Inputs& inputs, const AgendaItem& item, Event& event);
/// The DMA engine's.
bool dmaStep(World& world, const Inputs& inputs, const AgendaItem& item, Event& event);
/// The interrupt of a card is delivered, unless it was masked meanwhile.
bool deliverInterrupt(World& world, const AgendaItem& item, Event& event);
/// The CPUs' clocks'.
bool clockEvent(World& world, const AgendaItem& item, Event& event);

/// The frame that is packet `number`, from 1: of the traffic, or one that was injected. Good until the next call.
std::span<const std::uint8_t> frameBytes(const World& world, const Inputs& inputs, std::uint32_t number);
/// Starts the DMA engine if it rests, a frame waits in the FIFO and a descriptor is ready.
void startDma(World& world, MachineNo machine, Nic& nic, Time now, Position cause);

}  // namespace ringside::hw
