#include "engine/world/machine/machine.h"

namespace ringside {
namespace {

/// Where a device stands: namespace and place in its list.
struct DevicePlace {
    std::size_t net, index;
};

DevicePlace placeOf(const Machine& machine, std::int32_t ifindex) {
    for (std::size_t n = 0; n < machine.nets.size(); ++n) {
        const auto& devices = machine.nets[n].devices;
        for (std::size_t i = 0; i < devices.size(); ++i) {
            if (devices[i]->ifindex == ifindex) return {n, i};
        }
    }
    RS_ASSERT(!"no device has this ifindex");
    return {0, 0};
}

std::size_t lineOf(const Machine& machine, std::uint32_t number) {
    for (std::size_t i = 0; i < machine.irqs.size(); ++i) {
        if (machine.irqs[i]->irq == number) return i;
    }
    RS_ASSERT(!"no interrupt line has this number");
    return 0;
}

std::size_t cardOf(const Machine& machine, std::int32_t ifindex) {
    for (std::size_t i = 0; i < machine.nics.size(); ++i) {
        if (machine.nics[i]->ifindex == ifindex) return i;
    }
    RS_ASSERT(!"no card carries this ifindex");
    return 0;
}

}  // namespace

NetNo Machine::netOf(std::int32_t ifindex) const { return static_cast<NetNo>(placeOf(*this, ifindex).net); }

NetDevice& Machine::device(std::int32_t ifindex) {
    const DevicePlace place = placeOf(*this, ifindex);
    return nets[place.net].devices[place.index].write();
}

const NetDevice& Machine::device(std::int32_t ifindex) const {
    const DevicePlace place = placeOf(*this, ifindex);
    return *nets[place.net].devices[place.index];
}

IrqDesc& Machine::irq(std::uint32_t line) { return irqs[lineOf(*this, line)].write(); }

const IrqDesc& Machine::irq(std::uint32_t line) const { return *irqs[lineOf(*this, line)]; }

Nic& Machine::nic(std::int32_t ifindex) { return nics[cardOf(*this, ifindex)].write(); }

const Nic& Machine::nic(std::int32_t ifindex) const { return *nics[cardOf(*this, ifindex)]; }

SkbId Machine::findSkb(std::uint32_t id) const {
    SkbId found{};
    if (id == 0) return found;
    skbs.each([&](SkbId slot, const SkBuff& skb) {
        if (skb.id == id) found = slot;
    });
    return found;
}

}  // namespace ringside
