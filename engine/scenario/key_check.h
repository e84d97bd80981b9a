#pragma once
// The limits of the key lists, held against a scenario however it was made: read from YAML, from a capture, by hand.

#include <optional>
#include <string>

#include "engine/core/keys.h"
#include "engine/core/result.h"

namespace ringside {

/// Visits a struct's keys and finds the first value that its key does not allow. Places are paths: "nics[0].mtu".
class KeyCheck {
  public:
    explicit KeyCheck(std::string path) : m_path(std::move(path)) {}

    template <class T>
    void operator()(const Key& key, const T& value) {
        if (!error) check(key, value, m_path + (m_path.empty() ? "" : ".") + std::string(key.name));
    }
    template <class T, class Sink>
    void each(const Key&, const Sink&) {}

    std::optional<Error> error;

  private:
    template <class T>
    void check(const Key& key, const T& value, const std::string& path) {
        if (key.refers != Refers::nothing) return;  // the part that owns the list looks
        if constexpr (kIsOptional<T>) {
            if (value) check(key, *value, path);
        } else if constexpr (kIsList<T>) {
            if (value.size() > key.longest)
                error = Error{path, "at most " + std::to_string(key.longest), std::to_string(value.size())};
            for (std::size_t i = 0; i < value.size() && !error; ++i)
                check(key, value[i], path + "[" + std::to_string(i) + "]");
        } else if constexpr (HasKeys<T>) {
            KeyCheck inner(path);
            T::keys(inner, value);
            error = inner.error;
        } else if constexpr (std::is_same_v<T, std::string>) {
            const auto length = static_cast<std::int64_t>(value.size());
            if (length < key.least || length > key.most)
                error = Error{path, range(key, " characters"), "\"" + value + "\""};
        } else if constexpr (std::is_same_v<T, bool>) {
        } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
            number(key, static_cast<std::int64_t>(value), path);
        }
    }
    void number(const Key& key, std::int64_t value, const std::string& path) {
        if (key.choices.empty() && (value < key.least || value > key.most || value % key.multiple != 0))
            error = Error{path, range(key, ""), std::to_string(value)};
        bool known = key.choices.empty();
        std::string names;
        for (const KeyChoice& choice : key.choices) {
            known = known || choice.value == value;
            names += (names.empty() ? "" : ", ") + std::string(choice.name);
        }
        if (!known) error = Error{path, "one of " + names, std::to_string(value)};
    }
    static std::string range(const Key& key, const char* what) {
        return std::to_string(key.least) + " to " + std::to_string(key.most) + what +
               (key.multiple == 1 ? "" : ", a multiple of " + std::to_string(key.multiple));
    }
    std::string m_path;
};

/// The first value of a struct that its keys do not allow.
template <HasKeys T>
std::optional<Error> checkKeys(const T& spec, const std::string& path) {
    KeyCheck check(path);
    T::keys(check, spec);
    return check.error;
}

}  // namespace ringside
