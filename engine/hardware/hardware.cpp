#include "engine/hardware/hardware.h"

#include "engine/hardware/stages.h"

namespace ringside {
namespace {

// The order of the stages is that of the enums in stages.h. The agenda does these steps; they have no code to run and
// cost no CPU time.
constexpr StageInfo kWire[] = {{"a frame arrives", nullptr, 0}, {"a frame is lost on the link", nullptr, 0}};
constexpr StageInfo kNic[] = {{"fetch the next descriptor", nullptr, 0},
                              {"write the frame into the descriptor's buffer", nullptr, 0},
                              {"write the descriptor back with DD set", nullptr, 0},
                              {"the address filter does not take the frame", nullptr, 0},
                              {"no room in the FIFO: the frame is lost", nullptr, 0},
                              {"a frame of invalid length is discarded", nullptr, 0}};
constexpr StageInfo kController[] = {{"deliver the card's interrupt", nullptr, 0},
                                     {"deliver an inter-processor interrupt", nullptr, 0}};
constexpr StageInfo kTimer[] = {{"the clock reaches the time it is programmed for", nullptr, 0}};

// Their names for translations.
constexpr std::string_view kWireNames[] = {"frameArrives", "frameLost"};
constexpr std::string_view kNicNames[] = {"fetchDescriptor", "writeBuffer", "writeBack",
                                          "notForUs",        "fifoFull",    "badLength"};
constexpr std::string_view kControllerNames[] = {"deviceInterrupt", "interProcessor"};
constexpr std::string_view kTimerNames[] = {"clockEvent"};

constexpr FunctionInfo kFunctions[] = {
    {fn::wire.id, "wire", "hardware", "The cable: frames arrive.", kWire, -1, nullptr, nullptr, kWireNames},
    {fn::nic.id, "nic", "hardware",
     "The network card: takes frames from the wire into its FIFO and by DMA into memory.", kNic, -1, nullptr, nullptr,
     kNicNames},
    {fn::interrupt_controller.id, "interrupt_controller", "hardware", "Delivers interrupts to CPUs.", kController, -1,
     nullptr, nullptr, kControllerNames},
    {fn::timer.id, "timer", "hardware", "The CPUs' clocks: each is programmed for the next timer and interrupts.",
     kTimer, -1, nullptr, nullptr, kTimerNames},
};

}  // namespace

bool runDue(World& world, const Inputs& inputs, const AgendaItem& item, Event& event) {
    // of a machine whose kernel has stopped nothing more is told; the wire goes on for the others
    const bool of_all = item.due == Due::wire_arrival || item.due == Due::link_delivers || item.due == Due::run_ends;
    if (!of_all && !world.machine(item.machine).oops.empty()) return false;
    switch (item.due) {
        case Due::wire_arrival:
            return hw::frameArrives(world, inputs, item, event);
        case Due::link_delivers:
            return hw::linkDelivers(world, inputs, item, event);
        case Due::nic_dma:
            return hw::dmaStep(world, inputs, item, event);
        case Due::irq:
            return hw::deliverInterrupt(world, item, event);
        case Due::clock_event:
            return hw::clockEvent(world, item, event);
        case Due::cpu_ready: {
            const auto n = static_cast<CpuNo>(item.arg);
            Machine& machine = world.machine(item.machine);
            const Cpu& cpu = std::as_const(machine).cpu(n);
            if (cpu.waiting && cpu.wait_generation == item.arg2) world.resumeCpu(machine, n, item.time);
            return false;
        }
        case Due::ipi: {
            const auto n = static_cast<CpuNo>(item.arg);
            hw::hardwareEvent(world, item, fn::interrupt_controller.id, hw::kInterProcessor, 0, event);
            Machine& machine = world.machine(item.machine);
            Cpu& cpu = machine.cpu(n);
            cpu.raise(static_cast<std::uint8_t>(item.arg2), event.seq);
            world.resumeCpu(machine, n, item.time);
            return true;
        }
        case Due::run_ends:
            world.over = true;
            return false;
    }
    return false;
}

std::span<const FunctionInfo> hardwareFunctions() { return kFunctions; }

}  // namespace ringside
