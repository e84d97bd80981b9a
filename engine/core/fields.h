#pragma once
// One description of a struct serves everything: inspector rows, changed-value marks, JSON, hash, names in expressions.
//
// A state struct says once what it holds:
//
//     template <class V, class S>
//     static void describe(V& v, S& s) {
//         v("data", s.data, Unit::bytes, "offset of the first byte of the packet, from head");
//     }
//
// and a visitor (fields_visitors.h) does the rest. S is const or not; V is called once a field, in order. A field that
// steers the run but that no view shows is `v.hidden("name", s.name)`: hashed as the others, in no Value and no path.
// `v.apart("name", s.name)` is one that worldHash() folds by itself, because that takes more than the value (the names
// of functions, an order); `v.spread("name", s.list)` shows the first element's fields in place of the list, and the
// list itself only when it has more. A row of a temporary is derived: it shows what follows from members. Each member
// has to stand in the list in one of these ways, or test_engine --gtest_filter=EveryField* fails.

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace ringside {

/// How a number is to be read, and shown.
enum class Unit : std::uint8_t { none, bytes, nanoseconds, count, flags, hex, offset, index };

namespace detail {
struct ProbeVisitor {
    template <class T>
    void operator()(std::string_view, T&&, Unit = Unit::none, std::string_view = {}) {}
    template <class T>
    void hidden(std::string_view, T&&) {}
    template <class T>
    void apart(std::string_view, T&&) {}
    template <class T>
    void spread(std::string_view, T&&, std::string_view = {}) {}
};
}  // namespace detail

/// Base of a visitor that treats every row the same, shown or hidden: `class X : public EveryRow<X>` has operator()
/// only.
template <class Visitor>
class EveryRow {
  public:
    template <class T>
    void hidden(std::string_view name, T&& value) {
        row(name, value);
    }
    template <class T>
    void apart(std::string_view name, T&& value) {
        row(name, value);
    }
    template <class T>
    void spread(std::string_view name, T&& value, std::string_view = {}) {
        row(name, value);
    }

  private:
    friend Visitor;
    EveryRow() = default;
    template <class T>
    void row(std::string_view name, T& value) {
        static_cast<Visitor&> (*this)(name, value);
    }
};

/// A struct with a field list.
template <class T>
concept Described = requires(detail::ProbeVisitor& v, const T& s) {
    std::remove_cvref_t<T>::describe(v, s);
};

/// An enum whose values have kernel names: `std::string_view nameOf(E)`, found by argument-dependent lookup.
template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E e) {
    { nameOf(e) } -> std::convertible_to<std::string_view>;
};

/// A value that shows as text: addresses, names of fixed length.
template <class T>
concept Textual = requires(const T& t) {
    { t.toString() } -> std::convertible_to<std::string>;
};

/// A list element that is looked up by a name ("eth0") instead of its index.
template <class T>
concept Keyed = requires(const T& t) {
    { t.fieldKey() } -> std::convertible_to<std::string>;
};

}  // namespace ringside
