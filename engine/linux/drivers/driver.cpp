#include "engine/linux/driver.h"

namespace ringside {

extern const Driver kE1000Driver;

std::span<const Driver* const> drivers() {
    static const Driver* const all[] = {&kE1000Driver};
    return all;
}

const Driver* findDriver(std::string_view name) {
    for (const Driver* driver : drivers()) {
        if (driver->name == name) return driver;
    }
    return nullptr;
}

}  // namespace ringside
