// Follows drivers/net/ethernet/intel/e1000/e1000_main.c of Linux 6.1.192. Modelled: interrupt, poll, cleaning of the
// transmit ring, the receive ring with copybreak and build_skb, refill in steps of 16 with the tail doorbell,
// e1000_set_itr(). What the driver does before a run is in e1000_open.cpp. Left out: filling the transmit ring, link
// changes, the jumbo path with pages (with a larger MTU the buffers are larger instead), checksum offload (the recorded
// card says IXSM: nothing verified).

#include "engine/linux/drivers/net/e1000.h"
#include "engine/hardware/hardware.h"
#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

constexpr std::uint32_t kCopybreak = 256;     // module parameter's default
constexpr std::uint32_t kRxBufferWrite = 16;  // E1000_RX_BUFFER_WRITE
constexpr std::uint32_t kPin = 0;             // this card has one queue and one way to interrupt

struct e1000_intr : args::e1000_intr {
    using Self = e1000_intr;

    Next readCause(K& k) {
        NicVector& pin = k.nic(dev).vectors.front();
        const std::uint32_t icr = std::exchange(pin.icr, 0);  // reading ICR clears it and lowers the line
        pin.irq_asserted = false;
        nicLineLowered(k.machine, pin.irq);
        if (icr == 0) return ret(false);
        return next<&Self::mask>();
    }
    Next mask(K& k) {
        k.nic(dev).vectors.front().ims = 0;
        return k.call<&Self::schedule>(fn::napi_schedule_prep, k.device(dev).napi);
    }
    Next schedule(K& k, bool may) {
        if (may) {
            E1000Adapter& adapter = k.nic(dev).adapter;
            adapter.total_tx_bytes = adapter.total_tx_packets = 0;
            adapter.total_rx_bytes = adapter.total_rx_packets = 0;
            return k.call<&Self::handled>(fn::__napi_schedule, k.device(dev).napi);
        }
        k.nic(dev).vectors.front().ims = kRxInterrupts;
        nicInterruptsEnabled(k.world, k.machine, dev, kPin, k.now(), k.event.seq);
        return ret(true);
    }
    Next handled(K&) { return ret(true); }
    using stages = Stages<Stage<"read the cause (ICR)", &Self::readCause, cost::mmio>,
                          Stage<"mask the device's interrupts (IMC)", &Self::mask, cost::mmio>,
                          Stage<"schedule NAPI", &Self::schedule, cost::check>,
                          Stage<"return IRQ_HANDLED", &Self::handled, cost::field>>;
};

struct e1000_clean : args::e1000_clean {
    using Self = e1000_clean;
    std::uint32_t work_done, count;
    std::int32_t dev;
    bool sending_left;

    /// e1000_clean_tx_irq(): packets that the card has sent are freed, at most one round of the ring.
    Next cleanSent(K& k) {
        dev = k.napi(napi).dev;
        const TxRing& ring = *std::as_const(k.machine).nic(dev).queues.front().tx;
        if (ring.count() == 0 || (ring.descriptors[ring.next_to_clean].status & E1000_TXD_STAT_DD) == 0)
            return next<&Self::receive>();
        if (count == ring.count()) {
            sending_left = true;
            return next<&Self::receive>();
        }
        Nic& nic = k.nic(dev);
        TxRing& tx = nic.queues.front().tx.write();
        TxDescriptor done = std::exchange(tx.descriptors[tx.next_to_clean], {});
        tx.next_to_clean = static_cast<std::uint16_t>(tx.next_to_clean + 1U == tx.count() ? 0 : tx.next_to_clean + 1);
        ++count;
        ++nic.adapter.total_tx_packets;
        nic.adapter.total_tx_bytes += done.length;
        return k.call<&Self::cleanSent>(fn::consume_skb, done.skb);
    }
    Next receive(K& k) { return k.call<&Self::received>(fn::e1000_clean_rx_irq, dev, budget); }
    Next received(K& k, std::uint32_t taken) {
        work_done = taken;
        if (sending_left || work_done == budget) return ret(budget);
        return k.call<&Self::completed>(fn::napi_complete_done, napi, work_done);
    }
    Next completed(K& k, bool done) {
        if (!done) return ret(work_done);
        const E1000Adapter& adapter = std::as_const(k.machine).nic(dev).adapter;
        if ((adapter.itr_setting & 3U) == 0) return unmask(k);
        return k.call<&Self::classed>(fn::e1000_update_itr, static_cast<std::uint32_t>(adapter.tx_itr),
                                      adapter.total_tx_packets, adapter.total_tx_bytes);
    }
    Next classed(K& k, std::uint32_t range) {
        E1000Adapter& adapter = k.nic(dev).adapter;
        adapter.tx_itr = conservative(adapter, range);
        return k.call<&Self::rate>(fn::e1000_update_itr, static_cast<std::uint32_t>(adapter.rx_itr),
                                   adapter.total_rx_packets, adapter.total_rx_bytes);
    }
    Next rate(K& k, std::uint32_t range) {
        E1000Adapter& adapter = k.nic(dev).adapter;
        adapter.rx_itr = conservative(adapter, range);
        constexpr std::uint32_t rates[] = {70000, 20000, 4000};
        const std::uint32_t wanted = rates[static_cast<std::size_t>(std::max(adapter.rx_itr, adapter.tx_itr))];
        if (wanted == adapter.itr) return next<&Self::unmask>();
        // upwards by steps, which keeps the rate low for longer
        adapter.itr = wanted > adapter.itr ? std::min(adapter.itr + wanted / 4, wanted) : wanted;
        return next<&Self::throttle>();
    }
    Next throttle(K& k) {
        Nic& nic = k.nic(dev);
        nic.vectors.front().itr = e1000::itrRegister(nic.adapter.itr);
        return next<&Self::unmask>();
    }
    Next unmask(K& k) {
        k.nic(dev).vectors.front().ims = kRxInterrupts;
        nicInterruptsEnabled(k.world, k.machine, dev, kPin, k.now(), k.event.seq);
        return ret(work_done);
    }
    using stages = Stages<Stage<"e1000_clean_tx_irq: free what was sent", &Self::cleanSent, cost::check>,
                          Stage<"poll the receive ring", &Self::receive, cost::check>,
                          Stage<"all taken, or the budget?", &Self::received, cost::check>,
                          Stage<"e1000_set_itr: how busy was sending?", &Self::completed, cost::check>,
                          Stage<"e1000_set_itr: how busy was receiving?", &Self::classed, cost::check>,
                          Stage<"e1000_set_itr: which rate of interrupts?", &Self::rate, cost::check>,
                          Stage<"e1000_set_itr: write ITR", &Self::throttle, cost::mmio>,
                          Stage<"e1000_irq_enable: unmask (IMS)", &Self::unmask, cost::mmio>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("work_done", s.work_done, Unit::count, "packets taken");
        v("count", s.count, Unit::count, "transmit descriptors cleaned");
        v("dev", s.dev, Unit::index, "ifindex of the device");
        v.hidden("sending_left", s.sending_left);
    }

  private:
    /// Conservative mode (itr_setting 3) knows no lowest_latency.
    static LatencyRange conservative(const E1000Adapter& adapter, std::uint32_t range) {
        const auto r = static_cast<LatencyRange>(range);
        return adapter.itr_setting == 3 && r == LatencyRange::lowest_latency ? LatencyRange::low_latency : r;
    }
};

struct e1000_update_itr : args::e1000_update_itr {
    using Self = e1000_update_itr;

    Next classify(K&) {
        constexpr auto lowest_latency = static_cast<std::uint32_t>(LatencyRange::lowest_latency),
                       low_latency = static_cast<std::uint32_t>(LatencyRange::low_latency),
                       bulk_latency = static_cast<std::uint32_t>(LatencyRange::bulk_latency);
        std::uint32_t to = itr_setting;
        if (packets == 0) return ret(to);
        const std::uint32_t size = bytes / packets;
        if (itr_setting == lowest_latency) {
            if (size > 8000)
                to = bulk_latency;
            else if (packets < 5 && bytes > 512)
                to = low_latency;
        } else if (itr_setting == low_latency) {
            if (bytes > 10000) {
                if (size > 8000 || packets < 10 || size > 1200)
                    to = bulk_latency;
                else if (packets > 35)
                    to = lowest_latency;
            } else if (size > 2000) {
                to = bulk_latency;
            } else if (packets <= 2 && bytes < 512) {
                to = lowest_latency;
            }
        } else if (bytes > 25000) {
            if (packets > 35) to = low_latency;
        } else if (bytes < 6000) {
            to = low_latency;
        }
        return ret(to);
    }
    using stages = Stages<Stage<"lowest latency, low latency, or bulk?", &Self::classify, cost::check>>;
};

struct e1000_clean_rx_irq : args::e1000_clean_rx_irq {
    using Self = e1000_clean_rx_irq;
    SkbId skb;
    std::uint32_t length, work_done, total_rx_bytes;
    std::uint16_t i, cleaned_count, packets;
    std::uint8_t status;
    bool copied, started;

    RxRing& ring(K& k) const { return k.nic(dev).queues.front().rx.write(); }
    const RxRing& look(const K& k) const { return *std::as_const(k.machine).nic(dev).queues.front().rx; }

    Next descriptor(K& k) {
        const RxRing& rx = look(k);
        if (!started) {
            started = true;
            i = rx.next_to_clean;
        }
        const RxDescriptor& d = rx.descriptors[i];
        if ((d.status & E1000_RXD_STAT_DD) == 0 || work_done >= work_to_do) return next<&Self::finish>();
        ++work_done;
        status = d.status;
        length = d.length;
        copied = length <= kCopybreak;
        if (copied) return k.call<&Self::copybreak>(fn::__napi_alloc_skb, dev, length);
        const auto size = static_cast<std::uint32_t>(k.buffer(d.buffer).bytes.size());
        return k.call<&Self::reserve>(fn::napi_build_skb, d.buffer, size + kSharedInfoSize);
    }
    Next copybreak(K& k, SkbId fresh) {
        skb = fresh;
        k.write(skb).packet = look(k).descriptors[i].packet;
        return k.call<&Self::copy>(fn::skb_put, skb, length);
    }
    Next copy(K& k, std::uint32_t tail) {
        const auto from = k.buffer(look(k).descriptors[i].buffer).bytes.read(net::kSkbPad, length);
        const auto to = k.write(k.skb(skb).head).bytes.write(tail, length);
        std::memcpy(to.data(), from.data(), length);
        k.spend(net::perByte(length));
        return next<&Self::check>();
    }
    Next reserve(K& k, SkbId built) {
        skb = built;
        SkBuff& s = k.write(skb);
        s.data = s.tail = net::kSkbPad;
        s.packet = look(k).descriptors[i].packet;
        return k.call<&Self::detach>(fn::dma_unmap_page_attrs, s.head, length);
    }
    Next detach(K& k) {
        ring(k).descriptors[i].buffer = {};
        return next<&Self::check>();
    }
    Next check(K& k) {
        RxRing& rx = ring(k);
        RxDescriptor& d = rx.descriptors[i];
        const std::uint8_t errors = d.errors;
        d.status = 0;
        i = static_cast<std::uint16_t>(i + 1U == rx.count() ? 0 : i + 1);
        ++cleaned_count;
        // several descriptors for one frame, or a frame the card found bad: tossed without a reason
        if ((status & E1000_RXD_STAT_EOP) == 0 || errors != 0 || length < ETH_HLEN + ETH_FCS_LEN) {
            LinkStats& stats = k.device(dev).stats;
            ++stats.rx_errors;
            if (errors == 0) ++stats.rx_length_errors;
            k.event.drop = Drop::NOT_SPECIFIED;
            k.fate(skb, Fate::dropped, Drop::NOT_SPECIFIED, fn::e1000_clean_rx_irq.id);
            return k.call<&Self::refill>(fn::consume_skb, std::exchange(skb, {}));
        }
        length -= ETH_FCS_LEN;
        total_rx_bytes += length;
        ++packets;
        if (copied) return k.call<&Self::type>(fn::skb_trim, skb, length);
        return k.call<&Self::grown>(fn::skb_put, skb, length);
    }
    Next type(K& k) { return k.call<&Self::receive>(fn::eth_type_trans, skb, dev); }
    Next grown(K& k, std::uint32_t) { return k.call<&Self::receive>(fn::eth_type_trans, skb, dev); }
    Next receive(K& k, std::uint16_t protocol) {
        k.write(skb).protocol = protocol;
        return k.call<&Self::received>(fn::napi_gro_receive, k.device(dev).napi, std::exchange(skb, {}));
    }
    Next received(K& k, std::uint32_t) { return refill(k); }
    Next refill(K& k) {
        if (cleaned_count < kRxBufferWrite) return descriptor(k);
        return k.call<&Self::descriptor>(fn::e1000_alloc_rx_buffers, dev,
                                         std::uint32_t{std::exchange(cleaned_count, std::uint16_t{0})});
    }
    Next finish(K& k) {
        RxRing& rx = ring(k);
        rx.next_to_clean = i;
        const int unused = (rx.next_to_clean > rx.next_to_use ? 0 : rx.count()) + rx.next_to_clean - rx.next_to_use - 1;
        if (unused > 0)
            return k.call<&Self::count>(fn::e1000_alloc_rx_buffers, dev, static_cast<std::uint32_t>(unused));
        return count(k);
    }
    Next count(K& k) {
        if (packets != 0) {
            LinkStats& stats = k.device(dev).stats;
            stats.rx_packets += packets;
            stats.rx_bytes += total_rx_bytes;
            E1000Adapter& adapter = k.nic(dev).adapter;
            adapter.total_rx_packets += packets;
            adapter.total_rx_bytes += total_rx_bytes;
        }
        return ret(work_done);
    }
    using stages =
        Stages<Stage<"is the next descriptor done (DD)?", &Self::descriptor, cost::check>,
               Stage<"e1000_copybreak: dma_sync_single_for_cpu, room for the frame", &Self::copybreak, cost::field>,
               Stage<"skb_put_data: copy the frame", &Self::copy, cost::copy>,
               Stage<"skb_reserve: the frame stands behind the headroom", &Self::reserve, cost::field>,
               Stage<"the buffer leaves the ring", &Self::detach, cost::field>,
               Stage<"whole and good? cut the check sequence", &Self::check, cost::check>,
               Stage<"e1000_receive_skb: whose frame is it?", &Self::type, cost::check>,
               Stage<"e1000_receive_skb: who gets it?", &Self::grown, cost::check>,
               Stage<"hand it to NAPI", &Self::receive, cost::field>,
               Stage<"on to the next descriptor", &Self::received, cost::check>,
               Stage<"16 cleaned: refill?", &Self::refill, cost::check>,
               Stage<"write next_to_clean", &Self::finish, cost::field>,
               Stage<"count packets and bytes", &Self::count, cost::field>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("work_done", s.work_done, Unit::count, "packets taken");
        v("i", s.i, Unit::index, "descriptor");
        v("length", s.length, Unit::bytes, "length of the frame");
        v("cleaned_count", s.cleaned_count, Unit::count, "descriptors to give a buffer again");
        v("total_rx_bytes", s.total_rx_bytes, Unit::bytes, "bytes received in this poll");
        v("skb", s.skb, Unit::none, "the packet");
        v.hidden("packets", s.packets);
        v.hidden("status", s.status);
        v.hidden("copied", s.copied);
        v.hidden("started", s.started);
    }
};

struct e1000_alloc_rx_buffers : args::e1000_alloc_rx_buffers {
    using Self = e1000_alloc_rx_buffers;
    std::uint16_t i;
    bool started;

    Next give(K& k) {
        Nic& nic = k.nic(dev);
        RxRing& rx = nic.queues.front().rx.write();
        if (!started) {
            started = true;
            i = rx.next_to_use;
        }
        RxDescriptor& d = rx.descriptors[i];
        if (!d.buffer) {
            // a copied frame left its buffer in the ring; the others need a new page fragment
            d.buffer = e1000::newBuffer(k.machine, nic.adapter);
            k.spend(cost::alloc);
        }
        d.status = 0;
        i = static_cast<std::uint16_t>(i + 1U == rx.count() ? 0 : i + 1);
        return --cleaned_count != 0 ? next<&Self::give>() : next<&Self::doorbell>();
    }
    Next doorbell(K& k) {
        RxRing& rx = k.nic(dev).queues.front().rx.write();
        rx.next_to_use = i;
        rx.rdt = static_cast<std::uint16_t>(i == 0 ? rx.count() - 1 : i - 1);
        nicDoorbell(k.world, k.machine, dev, k.now(), k.event.seq);
        return ret();
    }
    using stages = Stages<Stage<"give a descriptor its buffer", &Self::give, cost::list_step>,
                          Stage<"doorbell: write the tail register (RDT)", &Self::doorbell, cost::mmio>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("i", s.i, Unit::index, "descriptor");
        v.hidden("started", s.started);
    }
};

struct dma_unmap_page_attrs : args::dma_unmap_page_attrs {
    using Self = dma_unmap_page_attrs;

    Next unmap(K&) { return ret(); }
    using stages = Stages<Stage<"the device may not write here any more", &Self::unmap, cost::check>>;
};

constexpr const char* kSource = "drivers/net/ethernet/intel/e1000/e1000_main.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(e1000_intr, kSource, "The driver's interrupt handler: masks the card and schedules a poll."),
    RS_DEFINE(e1000_clean, kSource,
              "The driver's poll function: takes frames until none is left or the budget is used up."),
    RS_DEFINE(e1000_clean_rx_irq, kSource, "Walks over the descriptors that the card has filled."),
    RS_DEFINE(e1000_alloc_rx_buffers, kSource, "Gives cleaned descriptors back to the card."),
    RS_DEFINE(e1000_update_itr, kSource,
              "Chooses between few interrupts and low latency from what the last poll found."),
    RS_DEFINE(dma_unmap_page_attrs, "kernel/dma/mapping.c", "Ends the device's access to a buffer."),
};

}  // namespace

std::span<const FunctionInfo> e1000Functions() { return kFunctions; }

}  // namespace ringside
