#pragma once
// Values that are no field: they follow from several, and expressions may name them like one.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/value.h"
#include "engine/world/machine/machine.h"

namespace ringside {

/// `used`: descriptors that the card filled and the driver has not taken yet.
std::optional<Value> derivedValue(const Machine& machine, const RxRing& ring, std::string_view name);
/// `context`: what the CPU is doing, by the frame that runs.
std::optional<Value> derivedValue(const Machine& machine, const Cpu& cpu, std::string_view name);
/// `headroom`, `tailroom`, `headlen`.
std::optional<Value> derivedValue(const Machine& machine, const SkBuff& skb, std::string_view name);

/// Their names, for messages.
std::span<const std::string_view> derivedNames(const RxRing& ring);
std::span<const std::string_view> derivedNames(const Cpu& cpu);
std::span<const std::string_view> derivedNames(const SkBuff& skb);

template <class T>
concept HasDerivedValues = requires(const Machine& machine, const T& value) {
    derivedValue(machine, value, std::string_view{});
};

/// A number with its name.
Value numberValue(std::string name, std::int64_t number, Unit unit);

}  // namespace ringside
