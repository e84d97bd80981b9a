#pragma once
// The drivers of network cards, by name. A driver is a folder of functions, a Driver in it and a line of
// drivers/drivers.def.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/world/machine/machine.h"

namespace ringside {

/// What a driver takes for a number: from `least` to `most`, a multiple of `step`.
struct NumberLimits {
    std::uint32_t least = 0, most = 0, step = 1;

    [[nodiscard]] bool take(std::uint32_t number) const {
        return number >= least && number <= most && number % step == 0;
    }
    /// "48 to 4096, a multiple of 8".
    [[nodiscard]] std::string text() const;
};

struct Driver {
    std::string_view name;  ///< also the folder of its source in the kernel's tree
    /// Takes the card of this interface, which must have its MTU and interrupt line, and opens it: registers handlers
    /// and NAPI, fills the receive ring.
    void (*open)(Machine& machine, std::int32_t ifindex, std::uint16_t rx_descriptors);
    FunctionId clean_rx = kNoFunction;  ///< takes received frames out of the ring
    NumberLimits ring;                  ///< receive descriptors
    NumberLimits mtu;
};

/// Stands for `clean_rx` of every driver in tables that name functions.
inline constexpr std::string_view kCleanRx = "(clean_rx)";

std::span<const Driver* const> drivers();
/// The driver of this name, or null.
const Driver* findDriver(std::string_view name);
/// Whether the function takes frames out of the ring of some driver.
bool cleansRx(std::string_view function);

/// "e1000": the drivers there are, separated by commas.
std::string_view driverNames();
/// "e1000: 48 to 4096, a multiple of 8": receive descriptors, driver by driver.
std::string_view driverRings();
/// "e1000: 46 to 16110": the MTU, driver by driver.
std::string_view driverMtus();

}  // namespace ringside
