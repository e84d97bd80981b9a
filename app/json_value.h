#pragma once
// Values of the World as JSON.

#include <nlohmann/json.hpp>

#include "engine/core/value.h"

namespace ringside {

/// A group as an object in field order, a list of keyed elements as an object too, a plain list as an array.
nlohmann::ordered_json toJson(const Value& value);

}  // namespace ringside
