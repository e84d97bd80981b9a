#pragma once
// The network card after Intel's controllers: FIFO, DMA engine, queues with their descriptor rings, interrupt vectors
// with cause, mask and throttling. How many queues and vectors there are, and which queue speaks by which vector, is
// the driver's to say when it opens: an 8254x (e1000) has one of each. Registers carry the manual's names, the driver's
// ring indices the driver's. Left out: sending (the ring is there, nothing fills it), the choice of a queue by a
// packet's hash, link negotiation, EEPROM, PHY.

#include <string>
#include <vector>

#include "engine/core/cow.h"
#include "engine/core/fields.h"
#include "engine/world/machine/e1000.h"
#include "engine/world/net/skb.h"

namespace ringside {

/// A legacy receive descriptor with the driver's record of its buffer (e1000_rx_desc, e1000_rx_buffer).
struct RxDescriptor {
    BufferId buffer{};         ///< where buffer_addr points; 0: no buffer
    std::uint32_t packet = 0;  ///< number of the wire packet in it; the model's own
    std::uint16_t length = 0;  ///< bytes written by the NIC, frame check sequence included
    std::uint8_t status = 0, errors = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("buffer", s.buffer, Unit::none, "the buffer the NIC writes to");
        v("length", s.length, Unit::bytes, "bytes written, frame check sequence included");
        v("status", s.status, Unit::flags, "E1000_RXD_STAT_*: 1 is DD, descriptor done");
        v("errors", s.errors, Unit::flags, "E1000_RXD_ERR_*");
        v("packet", s.packet, Unit::index, "number of the packet on the wire (the model's own)");
    }
};

/// The receive ring: descriptors in memory shared by NIC and driver, with both sides' indices.
struct RxRing {
    std::vector<RxDescriptor> descriptors;
    std::uint16_t next_to_use = 0;    ///< driver: next descriptor to give a buffer
    std::uint16_t next_to_clean = 0;  ///< driver: next descriptor to look at
    std::uint16_t rdh = 0;            ///< NIC: next descriptor to fill
    std::uint16_t rdt = 0;            ///< NIC: one past the last descriptor it owns

    [[nodiscard]] std::uint16_t count() const { return static_cast<std::uint16_t>(descriptors.size()); }
    /// Descriptors that the NIC may fill now.
    [[nodiscard]] std::uint16_t ready() const { return static_cast<std::uint16_t>((rdt + count() - rdh) % count()); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        const std::uint16_t count = s.count();
        v("count", count, Unit::count, "descriptors in the ring");
        v("next_to_use", s.next_to_use, Unit::index, "driver: the next descriptor to be given a buffer");
        v("next_to_clean", s.next_to_clean, Unit::index, "driver: the next descriptor to be looked at");
        v("rdh", s.rdh, Unit::index, "NIC register RDH: the next descriptor to be filled");
        v("rdt", s.rdt, Unit::index, "NIC register RDT: the first descriptor it does not own");
        v("descriptors", s.descriptors, Unit::none, "the ring itself");
    }
};

/// A transmit descriptor with the driver's record of its packet (e1000_tx_desc, e1000_tx_buffer).
struct TxDescriptor {
    SkbId skb{};  ///< whose last part it carries; 0: none
    std::uint16_t length = 0;
    std::uint8_t status = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the packet that is sent");
        v("length", s.length, Unit::bytes, "bytes to send");
        v("status", s.status, Unit::flags, "E1000_TXD_STAT_*: 1 is DD, descriptor done");
    }
};

/// The transmit ring, one packet a descriptor. Left out: packets of several descriptors, offload contexts.
struct TxRing {
    std::vector<TxDescriptor> descriptors;
    std::uint16_t next_to_use = 0;    ///< driver: next descriptor to fill
    std::uint16_t next_to_clean = 0;  ///< driver: next descriptor to look at

    [[nodiscard]] std::uint16_t count() const { return static_cast<std::uint16_t>(descriptors.size()); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        const std::uint16_t count = s.count();
        v("count", count, Unit::count, "descriptors in the ring");
        v("next_to_use", s.next_to_use, Unit::index, "driver: the next descriptor to be filled");
        v("next_to_clean", s.next_to_clean, Unit::index, "driver: the next descriptor to be looked at");
        v("descriptors", s.descriptors, Unit::none, "the ring itself");
    }
};

/// A frame as it stands in the NIC's FIFO. (A packet on the wire is never called a frame in code but here.)
struct FifoFrame {
    std::uint32_t packet = 0;  ///< number in the traffic, from 1
    std::uint32_t length = 0;  ///< bytes, frame check sequence included
    std::uint8_t queue = 0;    ///< receive queue it goes to

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("packet", s.packet, Unit::index, "number of the packet on the wire");
        v("length", s.length, Unit::bytes, "with its frame check sequence");
        v.hidden("queue", s.queue);
    }
};

/// A pair of rings, and the interrupt vector by which the card tells of them.
struct NicQueue {
    Cow<RxRing> rx;
    Cow<TxRing> tx;
    std::uint8_t vector = 0;  ///< index in Nic::vectors

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("rx", s.rx, Unit::none, "receive descriptor ring");
        v("tx", s.tx, Unit::none, "transmit descriptor ring");
        v.hidden("vector", s.vector);
    }
};

/// One of the card's ways to interrupt: its line and pin, or an MSI-X vector. Each has causes, mask and throttling.
struct NicVector {
    std::uint16_t irq = 10;
    std::uint32_t icr = 0;      ///< interrupt causes pending
    std::uint32_t ims = 0;      ///< causes that may interrupt; the driver sets them when it opens
    std::uint32_t itr = 0;      ///< ITR: gap between interrupts that the driver asked for, in 256 ns
    bool irq_asserted = false;  ///< raised and not yet answered
    bool itr_waiting = false;   ///< a throttled interrupt is due later
    bool itr_obeyed = false;    ///< it throttles as ITR says; else by `itr_gap`, as an emulated card does
    Time itr_gap = 0;           ///< least time between interrupts, 0: no throttling
    Time last_interrupt = -kSecond;
    std::uint64_t interrupts = 0;  ///< interrupts raised (`/proc/interrupts`)

    /// The card asks for an interrupt that may be delivered.
    [[nodiscard]] bool asks() const { return (icr & ims) != 0 && !irq_asserted; }
    /// From when on the next interrupt may come.
    [[nodiscard]] Time allowed() const { return last_interrupt + (itr_obeyed ? Time{itr} * 256 : itr_gap); }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("icr", s.icr, Unit::flags, "ICR: interrupt causes pending");
        v("ims", s.ims, Unit::flags, "IMS: causes that may interrupt; 0 while masked");
        v("irq_asserted", s.irq_asserted, Unit::none, "the interrupt line is up");
        v("irq", s.irq, Unit::index, "number of the interrupt line");
        v("itr", s.itr, Unit::count, "ITR: gap between interrupts that the driver asked for, in 256 ns");
        v("itr_gap", s.itr_gap, Unit::nanoseconds, "least time between two interrupts");
        v("last_interrupt", s.last_interrupt, Unit::nanoseconds, "when it last interrupted");
        v("interrupts", s.interrupts, Unit::count, "interrupts raised");
        v.hidden("itr_waiting", s.itr_waiting);
        v.hidden("itr_obeyed", s.itr_obeyed);
    }
};

/// What the DMA engine is doing.
enum class DmaState : std::uint8_t { idle, descriptor_fetch, buffer_write, write_back };
std::string_view nameOf(DmaState state);

struct Nic {
    std::string name = "eth0";  ///< interface it carries
    std::int32_t ifindex = 2;
    std::vector<NicQueue> queues = std::vector<NicQueue>(1);     ///< at least one
    std::vector<NicVector> vectors = std::vector<NicVector>(1);  ///< at least one
    std::vector<FifoFrame> fifo;
    std::uint32_t fifo_bytes = 0, fifo_size = 48 * 1024;
    DmaState dma = DmaState::idle;
    std::uint32_t rx_max = 1522;  ///< longest frame it takes, check sequence included (RCTL: LPE, BSIZE)
    E1000Adapter adapter;
    std::uint64_t rx_no_buffer_count = 0;  ///< RNBC: a frame arrived and no descriptor was ready
    std::uint64_t rx_missed = 0;           ///< MPC: frames lost because the FIFO was full
    std::uint64_t rx_filtered = 0;         ///< frames for other hosts the address filter did not take
    std::uint64_t rx_total = 0;            ///< frames taken from the wire

    [[nodiscard]] std::string fieldKey() const { return name; }
    /// Where queue `q` raises its interrupts.
    [[nodiscard]] NicVector& vectorOf(std::size_t q) { return vectors[queues[q].vector]; }
    [[nodiscard]] const NicVector& vectorOf(std::size_t q) const { return vectors[queues[q].vector]; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("name", s.name);
        v.hidden("ifindex", s.ifindex);
        v.spread("queue", s.queues, "its queues");
        v("adapter", s.adapter, Unit::none, "what the driver keeps of the card");
        v("fifo", s.fifo, Unit::none, "frames in the card, not yet in memory");
        v("fifo_bytes", s.fifo_bytes, Unit::bytes, "filled part of the FIFO");
        v("fifo_size", s.fifo_size, Unit::bytes, "size of the FIFO");
        v("dma", s.dma, Unit::none, "what the DMA engine is doing");
        v.spread("vector", s.vectors, "its interrupt vectors");
        v("rx_max", s.rx_max, Unit::bytes, "longest frame it takes, check sequence included");
        v("rx_no_buffer_count", s.rx_no_buffer_count, Unit::count, "RNBC: no descriptor was ready when a frame came");
        v("rx_missed", s.rx_missed, Unit::count, "MPC: frames lost because the FIFO was full");
        v("rx_filtered", s.rx_filtered, Unit::count, "frames for other hosts, not taken");
        v("rx_total", s.rx_total, Unit::count, "frames taken from the wire");
    }
};

}  // namespace ringside
