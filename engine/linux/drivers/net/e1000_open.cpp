// Follows drivers/net/ethernet/intel/e1000/e1000_main.c of Linux 6.1.192: what e1000_probe() and e1000_open() leave
// behind, done at once before a run. Left out: everything that touches the PHY, the link and the EEPROM.
#include "engine/linux/driver.h"
#include "engine/linux/drivers/net/e1000.h"
#include "engine/linux/functions.h"
#include "engine/linux/irq.h"

namespace ringside {

namespace e1000 {

std::uint32_t rxBufferLength(std::uint32_t mtu) {
    constexpr std::uint32_t largest_vlan = 1522;  // MAXIMUM_ETHERNET_VLAN_SIZE
    constexpr std::uint32_t header = 14, fcs = 4, vlan = 4, rx_buffer_2048 = 2048;
    const std::uint32_t max_frame = mtu + header + fcs;
    if (max_frame == largest_vlan - vlan || max_frame == largest_vlan) return std::max(largest_vlan, max_frame + vlan);
    return std::max(rx_buffer_2048, max_frame + vlan);
}

BufferId newBuffer(Machine& machine, const E1000Adapter& adapter) {
    const BufferId id = machine.buffers.alloc();
    Buffer& buffer = machine.buffers.write(id);
    buffer.bytes = Bytes(skbDataAlign(kNetSkbPad + adapter.rx_buffer_len));
    buffer.head_frag = true;
    return id;
}

}  // namespace e1000

namespace {

/// Every descriptor but one has a buffer, the tail register stands one before next_to_use.
void fillRing(Machine& machine, Nic& nic, std::uint16_t count) {
    RxRing& ring = nic.queues.front().rx.write();
    ring.descriptors.resize(count);
    for (std::uint16_t i = 0; i + 1 < count; ++i) ring.descriptors[i].buffer = e1000::newBuffer(machine, nic.adapter);
    ring.next_to_use = static_cast<std::uint16_t>(count - 1);
    ring.rdt = static_cast<std::uint16_t>(count - 2);
}

void open(Machine& machine, std::int32_t ifindex, std::uint16_t rx_descriptors) {
    constexpr std::uint16_t tx_descriptors = 256;  // E1000_DEFAULT_TXD
    Nic& nic = machine.nic(ifindex);
    NetDevice& dev = machine.device(ifindex);
    // e1000_probe(): netif_napi_add()
    dev.napi = machine.napis.alloc();
    Napi& napi = machine.napis.write(dev.napi);
    napi.dev = ifindex;
    napi.poll = fn::e1000_clean;
    napi.napi_id += dev.napi.slot - 1;
    // e1000_open(): rings, registers, request_irq(), e1000_irq_enable()
    nic.adapter.rx_buffer_len = e1000::rxBufferLength(dev.mtu);
    nic.queues.front().tx.write().descriptors.resize(tx_descriptors);
    // e1000_setup_rctl(): without LPE the card discards what is longer than a frame with a VLAN tag
    nic.rx_max = dev.mtu <= 1500 ? 1522 : nic.adapter.rx_buffer_len;
    NicVector& pin = nic.vectors.front();
    pin.itr = e1000::itrRegister(nic.adapter.itr);
    fillRing(machine, nic, rx_descriptors);
    requestIrq(machine, pin.irq, {fn::e1000_intr, ifindex, dev.name});
    pin.ims = kRxInterrupts;
}

}  // namespace

// e1000_ethtool.c (rings: multiples of 8) and e1000_probe() (MTU: MAX_JUMBO_FRAME_SIZE) have the limits.
extern const Driver kE1000Driver;
const Driver kE1000Driver{"e1000", &open, fn::e1000_clean_rx_irq.id, {48, 4096, 8}, {46, 16110}};

}  // namespace ringside
