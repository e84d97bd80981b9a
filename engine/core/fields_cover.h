#pragma once
// Whether a field list leaves nothing out: the bytes of a struct that no row of its list has.

#include <cstddef>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/core/fields.h"

namespace ringside {

/// Notes which bytes of an object the fields that it is shown lie in.
class CoverVisitor : public EveryRow<CoverVisitor> {
  public:
    CoverVisitor(const void* object, std::size_t size)
        : m_object(static_cast<const std::byte*>(object)), m_covered(size) {}
    template <class T>
    void operator()(std::string_view, const T& value, Unit = Unit::none, std::string_view = {}) {
        const auto* at = reinterpret_cast<const std::byte*>(&value);
        // compared as numbers: a row may be of a temporary somewhere else
        const auto from = reinterpret_cast<std::uintptr_t>(at), object = reinterpret_cast<std::uintptr_t>(m_object);
        if (from < object || from + sizeof value > object + m_covered.size()) return;
        for (std::size_t i = 0; i < sizeof value; ++i) m_covered[from - object + i] = true;
    }
    [[nodiscard]] bool covers(std::size_t byte) const { return m_covered[byte]; }

  private:
    const std::byte* m_object;
    std::vector<bool> m_covered;
};

/// How many bytes of `object` are neither padding nor in a field that `visit(visitor)` shows; 0 is as it should be. The
/// object's value is overwritten. Where the compiler cannot tell padding (clang) the answer is 0.
template <class T, class Visit>
requires std::is_trivially_copyable_v<T> std::size_t unlisted(T& object, Visit&& visit) {
    CoverVisitor visitor(&object, sizeof object);
    visit(visitor);
    std::size_t count = 0;
#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
    if constexpr (!std::is_empty_v<T>) {
        std::memset(static_cast<void*>(&object), 0xff, sizeof object);
        __builtin_clear_padding(&object);
        const auto* bytes = reinterpret_cast<const unsigned char*>(&object);
        for (std::size_t i = 0; i < sizeof object; ++i) count += bytes[i] != 0 && !visitor.covers(i);
    }
#endif
#endif
    return count;
}

/// The same for any struct of the World, with its own field list: how many bytes of a T no row of describe() has.
template <Described T>
std::size_t unlistedMembers() {
    T object = T();
    CoverVisitor visitor(&object, sizeof object);
    T::describe(visitor, std::as_const(object));
    std::size_t count = 0;
#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
    if constexpr (!std::is_empty_v<T>) {
        // the members stand still while their bytes are borrowed
        std::byte members[sizeof(T)], mask[sizeof(T)];
        std::memcpy(members, static_cast<const void*>(&object), sizeof object);
        std::memset(static_cast<void*>(&object), 0xff, sizeof object);
        __builtin_clear_padding(&object);
        std::memcpy(mask, static_cast<const void*>(&object), sizeof object);
        std::memcpy(static_cast<void*>(&object), members, sizeof object);
        for (std::size_t i = 0; i < sizeof object; ++i) count += mask[i] != std::byte{0} && !visitor.covers(i);
    }
#endif
#endif
    return count;
}

}  // namespace ringside
