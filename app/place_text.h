#pragma once
// What somebody types to be elsewhere: a step of a lesson, a position of the run, a packet.

#include <QString>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "engine/core/types.h"

namespace ringside {

struct StepPlace {
    std::string lesson;  ///< empty: the one that is open
    std::string step;    ///< empty: its beginning
    friend bool operator==(const StepPlace&, const StepPlace&) = default;
};
struct PositionPlace {
    Position position = 0;
    friend bool operator==(const PositionPlace&, const PositionPlace&) = default;
};
struct PacketPlace {
    std::uint32_t packet = 0;
    friend bool operator==(const PacketPlace&, const PacketPlace&) = default;
};
using TypedPlace = std::variant<StepPlace, PositionPlace, PacketPlace>;

/// "wire-to-recvfrom#ip", "#ip", "ringside wire-to-recvfrom#ip" as it is called in a terminal; "1234"; "packet 17" or
/// "p17", also with the translated word. None: it is none of these.
std::optional<TypedPlace> typedPlace(const QString& text);

}  // namespace ringside
