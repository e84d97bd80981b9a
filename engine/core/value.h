#pragma once
// A part of the World as a tree of named values, made by the visitors of fields_visitors.h.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/fields.h"

namespace ringside {

/// One named value, or a group of them.
struct Value {
    enum class Kind : std::uint8_t { none, number, boolean, text, group, list };
    std::string name;  ///< the kernel's name of the field
    Kind kind = Kind::none;
    std::int64_t number = 0;  ///< number and boolean; also the number behind a named enum
    std::string text;         ///< text; for a named enum its name
    Unit unit = Unit::none;
    std::string doc;              ///< one sentence, English
    std::vector<Value> children;  ///< group and list

    [[nodiscard]] bool leaf() const { return kind != Kind::group && kind != Kind::list; }
    /// The leaf as text, without unit: "78", "0x11", "true", "CHECKSUM_NONE".
    [[nodiscard]] std::string show() const;
    /// The child with this name, or null.
    [[nodiscard]] const Value* child(std::string_view key) const;
    /// The value at a path of names joined by dots ("rx.next_to_clean"; list elements by key or [index]), or null.
    [[nodiscard]] const Value* at(std::string_view path) const;
    friend bool operator==(const Value&, const Value&) = default;
};

}  // namespace ringside
