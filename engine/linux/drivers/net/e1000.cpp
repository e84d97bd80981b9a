// Follows drivers/net/ethernet/intel/e1000/e1000_main.c of Linux 6.1.192. Modelled: interrupt, poll, the receive ring
// with copybreak and build_skb, refill in steps of 16 with the tail doorbell, the classes of e1000_update_itr(). Left
// out: transmission, link changes, the jumbo path with pages (with a larger MTU the buffers are larger instead),
// checksum offload (the recorded card says IXSM: nothing verified), and writing ITR: the scenario sets the gap between
// interrupts.

#include "engine/hardware/hardware.h"
#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

constexpr std::uint32_t kCopybreak = 256;     // module parameter's default
constexpr std::uint32_t kRxBufferWrite = 16;  // E1000_RX_BUFFER_WRITE
constexpr std::uint32_t kVlanFrame = 1522;    // MAXIMUM_ETHERNET_VLAN_SIZE
enum Latency : std::uint32_t { lowest_latency, low_latency, bulk_latency };

/// Linear room of a receive buffer: e1000_frag_len() without skb_shared_info.
std::uint32_t bufferSize(std::uint32_t mtu) {
    return skbDataAlign(net::kSkbPad + std::max(kVlanFrame, mtu + ETH_HLEN + VLAN_HLEN + ETH_FCS_LEN));
}

struct e1000_intr : args::e1000_intr {
    using Self = e1000_intr;

    Next readCause(K& k) {
        Nic& nic = k.nic(static_cast<std::uint8_t>(dev));
        const std::uint32_t icr = std::exchange(nic.icr, 0);  // reading ICR clears it and lowers the line
        nic.irq_asserted = false;
        if (icr == 0) return ret(false);
        return next<&Self::mask>();
    }
    Next mask(K& k) {
        k.nic(static_cast<std::uint8_t>(dev)).ims = 0;
        return k.call<&Self::schedule>(fn::napi_schedule_prep, dev);
    }
    Next schedule(K& k, bool may) {
        if (may) return k.call<&Self::handled>(fn::__napi_schedule, dev);
        k.nic(static_cast<std::uint8_t>(dev)).ims = kRxInterrupts;
        nicInterruptsEnabled(k.world, k.machine, static_cast<std::uint8_t>(dev), k.now(), k.event.seq);
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
    std::uint32_t work_done, bytes;

    Next receive(K& k) { return k.call<&Self::received>(fn::e1000_clean_rx_irq, dev, budget); }
    Next received(K& k, std::uint64_t result) {
        work_done = static_cast<std::uint32_t>(result);
        bytes = static_cast<std::uint32_t>(result >> 32);
        if (work_done == budget) return ret(budget);
        return k.call<&Self::completed>(fn::napi_complete_done, dev, work_done);
    }
    Next completed(K& k, bool done) {
        if (!done) return ret(work_done);
        return k.call<&Self::moderate>(fn::e1000_update_itr, std::uint32_t{low_latency}, 0U, 0U);
    }
    Next moderate(K& k, std::uint32_t) {
        return k.call<&Self::unmask>(fn::e1000_update_itr, std::uint32_t{low_latency}, work_done, bytes);
    }
    Next unmask(K& k, std::uint32_t) {
        k.nic(static_cast<std::uint8_t>(dev)).ims = kRxInterrupts;
        nicInterruptsEnabled(k.world, k.machine, static_cast<std::uint8_t>(dev), k.now(), k.event.seq);
        return ret(work_done);
    }
    using stages = Stages<Stage<"poll the receive ring", &Self::receive, cost::check>,
                          Stage<"all taken, or the budget?", &Self::received, cost::check>,
                          Stage<"e1000_set_itr: how busy was sending?", &Self::completed, cost::check>,
                          Stage<"e1000_set_itr: how busy was receiving?", &Self::moderate, cost::check>,
                          Stage<"e1000_irq_enable: unmask (IMS)", &Self::unmask, cost::mmio>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("work_done", s.work_done, Unit::count, "packets taken");
        v.hidden("bytes", s.bytes);
    }
};

struct e1000_update_itr : args::e1000_update_itr {
    using Self = e1000_update_itr;

    Next classify(K&) {
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

    RxRing& ring(K& k) const { return k.nic(static_cast<std::uint8_t>(dev)).rx.write(); }
    const RxRing& look(const K& k) const { return *std::as_const(k.machine).nic(static_cast<std::uint8_t>(dev)).rx; }

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
            LinkStats& stats = k.device(static_cast<std::uint8_t>(dev)).stats;
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
        return k.call<&Self::received>(fn::napi_gro_receive, dev, std::exchange(skb, {}));
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
            LinkStats& stats = k.device(static_cast<std::uint8_t>(dev)).stats;
            stats.rx_packets += packets;
            stats.rx_bytes += total_rx_bytes;
        }
        return ret(std::uint64_t{work_done} | std::uint64_t{total_rx_bytes} << 32);
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
        RxRing& rx = k.nic(static_cast<std::uint8_t>(dev)).rx.write();
        if (!started) {
            started = true;
            i = rx.next_to_use;
        }
        RxDescriptor& d = rx.descriptors[i];
        if (!d.buffer) {
            // a copied frame left its buffer in the ring; the others need a new page fragment
            d.buffer = k.machine.buffers.alloc();
            Buffer& buffer = k.write(d.buffer);
            buffer.bytes = Bytes(bufferSize(std::as_const(k.machine).device(static_cast<std::uint8_t>(dev)).mtu));
            buffer.head_frag = true;
            k.spend(cost::alloc);
        }
        d.status = 0;
        i = static_cast<std::uint16_t>(i + 1U == rx.count() ? 0 : i + 1);
        return --cleaned_count != 0 ? next<&Self::give>() : next<&Self::doorbell>();
    }
    Next doorbell(K& k) {
        RxRing& rx = k.nic(static_cast<std::uint8_t>(dev)).rx.write();
        rx.next_to_use = i;
        rx.rdt = static_cast<std::uint16_t>(i == 0 ? rx.count() - 1 : i - 1);
        nicDoorbell(k.world, k.machine, static_cast<std::uint8_t>(dev), k.now(), k.event.seq);
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
