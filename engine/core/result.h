#pragma once
// Bad input is a value, not an exception: place, what was expected, what was found.

#include <string>
#include <utility>
#include <variant>

#include "engine/core/types.h"

namespace ringside {

/// What is wrong with something a user gave: where it stands, what was expected there and what was found.
struct Error {
    std::string place;     ///< file, or file:line:column, or option; may be empty
    std::string expected;  ///< what would have been right
    std::string found;     ///< what is there

    /// One line for a person: "place: expected X, found Y".
    [[nodiscard]] std::string message() const {
        std::string text = place.empty() ? std::string{} : place + ": ";
        if (!expected.empty()) text += "expected " + expected;
        if (!expected.empty() && !found.empty()) text += ", found ";
        return text + found;
    }
    friend bool operator==(const Error&, const Error&) = default;
};

/// Either a T or the Error that explains why there is none.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : m_value(std::move(value)) {}      // NOLINT(google-explicit-constructor)
    Result(Error error) : m_value(std::move(error)) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] bool ok() const { return m_value.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& operator*() & {
        RS_ASSERT(ok());
        return std::get<0>(m_value);
    }
    const T& operator*() const& {
        RS_ASSERT(ok());
        return std::get<0>(m_value);
    }
    T&& operator*() && {
        RS_ASSERT(ok());
        return std::get<0>(std::move(m_value));
    }
    T* operator->() { return &**this; }
    const T* operator->() const { return &**this; }
    [[nodiscard]] const Error& error() const {
        RS_ASSERT(!ok());
        return std::get<1>(m_value);
    }

  private:
    std::variant<T, Error> m_value;
};

}  // namespace ringside
