#include "engine/linux/driver.h"

#include <algorithm>

#include "engine/linux/table.h"

namespace ringside {

#define RS_DRIVER(driver) extern const Driver driver;
#include "engine/linux/drivers/drivers.def"
#undef RS_DRIVER

namespace {

/// What each driver says, after its name.
std::string perDriver(NumberLimits Driver::*limits) {
    std::string text;
    for (const Driver* driver : drivers())
        text += (text.empty() ? "" : "; ") + std::string(driver->name) + ": " + (driver->*limits).text();
    return text;
}

}  // namespace

std::string NumberLimits::text() const {
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    return step == 1 ? range : range + ", a multiple of " + std::to_string(step);
}

std::span<const Driver* const> drivers() {
#define RS_DRIVER(driver) &(driver),
    static const Driver* const all[] = {
#include "engine/linux/drivers/drivers.def"
    };
#undef RS_DRIVER
    return all;
}

const Driver* findDriver(std::string_view name) {
    const auto all = drivers();
    const auto it = std::find_if(all.begin(), all.end(), [&](const Driver* driver) { return driver->name == name; });
    return it == all.end() ? nullptr : *it;
}

bool cleansRx(std::string_view function) {
    const auto all = drivers();
    return std::any_of(all.begin(), all.end(),
                       [&](const Driver* driver) { return function == linux61Table()[driver->clean_rx].name; });
}

std::string_view driverNames() {
    static const std::string names = [] {
        std::string text;
        for (const Driver* driver : drivers()) text += (text.empty() ? "" : ", ") + std::string(driver->name);
        return text;
    }();
    return names;
}

std::string_view driverRings() {
    static const std::string text = perDriver(&Driver::ring);
    return text;
}

std::string_view driverMtus() {
    static const std::string text = perDriver(&Driver::mtu);
    return text;
}

}  // namespace ringside
