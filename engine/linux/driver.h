#pragma once
// The drivers of network cards, by name. A driver is a folder of functions and a row here.

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/world/machine/machine.h"

namespace ringside {

struct Driver {
    std::string_view name;
    /// Takes the card of this interface, which must have its MTU and interrupt line, and opens it: registers handlers
    /// and NAPI, fills the receive ring.
    void (*open)(Machine& machine, std::int32_t ifindex, std::uint16_t rx_descriptors);
    std::uint16_t least_ring, most_ring, ring_step;  ///< receive descriptors: limits, and what they are a multiple of
    std::uint32_t min_mtu, max_mtu;
};

std::span<const Driver* const> drivers();
/// The driver of this name, or null.
const Driver* findDriver(std::string_view name);

}  // namespace ringside
