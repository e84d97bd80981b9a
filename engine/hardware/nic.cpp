// The receive side of the card, after Intel's 8254x manual: DMA engine, descriptors, interrupt causes. Illustrative:
// the times of the phases. Left out: descriptor prefetching and write-back in groups, the receive delay timers (RDTR,
// RADV), checksum offload (the recorded card sets IXSM: it has none).
#include "engine/hardware/crc32.h"
#include "engine/hardware/hardware.h"
#include "engine/hardware/stages.h"

namespace ringside {
namespace {

constexpr Time kDescriptorFetch = 250;
constexpr Time kBufferWriteStart = 100;  // plus one nanosecond for every 4 bytes
constexpr Time kWriteBackTime = 100;

}  // namespace

void nicDoorbell(World& world, Machine& machine, std::int32_t ifindex, Time now, Position cause) {
    hw::startDma(world, machine.number, machine.nic(ifindex), now, cause);
}

namespace hw {

void startDma(World& world, MachineNo machine, Nic& nic, Time now, Position cause) {
    if (nic.dma != DmaState::idle || nic.fifo.empty()) return;
    if (nic.queues[nic.fifo.front().queue].rx->ready() == 0) return;
    nic.dma = DmaState::descriptor_fetch;
    world.agenda.add(now + kDescriptorFetch, Due::nic_dma, machine, nic.ifindex, 0, cause);
}

namespace {

/// The frame, padding to the least length and the frame check sequence go into the buffer of the next descriptor.
void writeBuffer(World& world, Machine& machine, const Inputs& inputs, const Nic& nic) {
    const FifoFrame& frame = nic.fifo.front();
    const std::span<const std::uint8_t> bytes = frameBytes(world, inputs, frame.packet);
    const RxRing& ring = *nic.queues[frame.queue].rx;
    const RxDescriptor& descriptor = ring.descriptors[ring.rdh];
    RS_ASSERT(descriptor.buffer);
    const std::span<std::uint8_t> to = machine.buffers.write(descriptor.buffer).bytes.write(kNetSkbPad, frame.length);
    std::memcpy(to.data(), bytes.data(), bytes.size());
    const std::size_t length = frame.length - kFcs;
    std::memset(to.data() + bytes.size(), 0, length - bytes.size());
    const std::uint32_t fcs = ~crc32(~0U, to.first(length));
    for (unsigned i = 0; i < kFcs; ++i) to[length + i] = static_cast<std::uint8_t>(fcs >> (8 * i));
}

/// The descriptor says that its buffer is full; RDH goes on. Returns the vector that shall tell of it.
std::uint32_t writeBack(Nic& nic) {
    const FifoFrame frame = nic.fifo.front();
    const std::uint32_t vector = nic.queues[frame.queue].vector;
    RxRing& ring = nic.queues[frame.queue].rx.write();
    RxDescriptor& descriptor = ring.descriptors[ring.rdh];
    descriptor.packet = frame.packet;
    descriptor.length = static_cast<std::uint16_t>(frame.length);
    descriptor.status = E1000_RXD_STAT_DD | E1000_RXD_STAT_EOP | E1000_RXD_STAT_IXSM;
    descriptor.errors = 0;
    ring.rdh = static_cast<std::uint16_t>(ring.rdh + 1 == ring.count() ? 0 : ring.rdh + 1);
    nic.fifo.erase(nic.fifo.begin());
    nic.fifo_bytes -= frame.length;
    nic.vectors[vector].icr |= E1000_ICR_RXT0;
    if (ring.ready() < ring.count() / 2) nic.vectors[vector].icr |= E1000_ICR_RXDMT0;
    return vector;
}

}  // namespace

bool dmaStep(World& world, const Inputs& inputs, const AgendaItem& item, Event& event) {
    Machine& machine = world.machine(item.machine);
    Nic& nic = machine.nic(static_cast<std::int32_t>(item.arg));
    const std::uint32_t packet = nic.fifo.front().packet, length = nic.fifo.front().length;
    switch (nic.dma) {
        case DmaState::idle:
            RS_ASSERT(!"the DMA engine is at rest");
            return false;
        case DmaState::descriptor_fetch:
            hardwareEvent(world, item, fn::nic.id, kFetchDescriptor, packet, event);
            nic.dma = DmaState::buffer_write;
            world.agenda.add(item.time + kBufferWriteStart + length / 4, Due::nic_dma, item.machine, item.arg, 0,
                             event.seq);
            return true;
        case DmaState::buffer_write:
            hardwareEvent(world, item, fn::nic.id, kWriteBuffer, packet, event);
            writeBuffer(world, machine, inputs, nic);
            nic.dma = DmaState::write_back;
            world.agenda.add(item.time + kWriteBackTime, Due::nic_dma, item.machine, item.arg, 0, event.seq);
            return true;
        case DmaState::write_back: {
            hardwareEvent(world, item, fn::nic.id, kWriteBack, packet, event);
            const std::uint32_t vector = writeBack(nic);
            nic.dma = DmaState::idle;
            startDma(world, item.machine, nic, item.time, event.seq);
            nicInterruptsEnabled(world, machine, nic.ifindex, vector, item.time, event.seq);
            return true;
        }
    }
    return false;
}

}  // namespace hw
}  // namespace ringside
