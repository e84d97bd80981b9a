#pragma once
// Key lists: what a struct of the scenario language is made of. Said once, it serves reader, checks and reference page.
//
//     struct Nic {
//         std::uint32_t mtu = 1500;
//         template <class V, class S>
//         static void keys(V& v, S& s) {
//             v({.name = "mtu", .doc = "largest IP packet", .unit = Unit::bytes, .least = 68, .most = 16110}, s.mtu);
//         }
//     };
//
// S is const or not; V is called once a key, in the order of the reference page. The default of a key is what the
// member has in a struct made by `T{}`. Kinds of members: bool, numbers, enums, std::string, values with a text form,
// structs with a key list, std::optional and std::vector of these.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/core/fields.h"

namespace ringside {

/// A word that stands for a number or an enum's value.
struct KeyChoice {
    std::string_view name;
    std::int64_t value = 0;
};

/// What an entry of the scenario may name.
enum class Refers : std::uint8_t { nothing, nic, socket };

/// One key.
struct Key {
    std::string_view name;
    std::string_view doc;  ///< one sentence without a full stop, English
    Unit unit = Unit::none;
    /// Limits, both allowed: of a number, a size or a time (ns); of the numbers in a list; of a text's length in bytes.
    std::int64_t least = 0;
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::int64_t multiple = 1;   ///< of a number: of what it must be a multiple
    std::size_t longest = 4096;  ///< of a list: elements
    bool required = false;
    std::span<const KeyChoice> choices{};  ///< not empty: these words only
    Refers refers = Refers::nothing;       ///< the number stands for the element of a list, said by its name
    std::string_view fallback{};           ///< the default in words, where the member's own value does not tell it
    std::string_view (*told)() = nullptr;  ///< what may stand there, where another table decides it; null: type and
                                           ///< limits tell it
};

namespace detail {
struct KeyProbe {
    template <class T>
    void operator()(const Key&, T&&) {}
    template <class T, class Sink>
    void each(const Key&, Sink&&) {}
};
}  // namespace detail

/// A struct with a key list.
template <class T>
concept HasKeys = requires(detail::KeyProbe& v, T& s) {
    T::keys(v, s);
};

/// A struct that may also be written as the value of one of its keys alone: `T::kShort` is that key.
template <class T>
concept HasShortForm = HasKeys<T> && requires {
    std::string_view(T::kShort);
};

/// A value with a text form (engine/scenario/values.h): `parseValue(text, value)` reads it and returns what was
/// expected instead, or an empty text; `formOf(value)` says what the text looks like.
template <class T>
concept TextValue = requires(std::string_view text, T& value) {
    { parseValue(text, value) } -> std::convertible_to<std::string>;
    { formOf(value) } -> std::convertible_to<std::string_view>;
};

/// The names of a struct's keys, in order.
struct KeyNames {
    std::vector<std::string_view> names;
    template <class T>
    void operator()(const Key& key, const T&) {
        names.push_back(key.name);
    }
    template <class T, class Sink>
    void each(const Key& key, const Sink&) {
        names.push_back(key.name);
    }
};
template <HasKeys T>
std::vector<std::string_view> keyNames(const T& spec) {
    KeyNames names;
    T::keys(names, spec);
    return std::move(names.names);
}
template <HasKeys T>
std::vector<std::string_view> keyNames() {
    return keyNames(T{});
}

/// The part of a struct that it inherits, const as the struct is.
template <class Base, class S>
auto& inherited(S& s) {
    if constexpr (std::is_const_v<S>)
        return static_cast<const Base&>(s);
    else
        return static_cast<Base&>(s);
}

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;

}  // namespace ringside
