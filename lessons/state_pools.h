#pragma once
// What the readers of a path through the World share: where an id leads, and how the elements of a list are called. A
// path goes through an id as the kernel goes through a pointer, so an id that is missing here leads nowhere.

#include <string_view>
#include <type_traits>

#include "engine/core/cow.h"
#include "engine/world/machine/machine.h"

namespace ringside {

inline const auto& poolOf(const Machine& m, SkbId) { return m.skbs; }
inline const auto& poolOf(const Machine& m, BufferId) { return m.buffers; }
inline const auto& poolOf(const Machine& m, NapiId) { return m.napis; }
inline const auto& poolOf(const Machine& m, PtypeId) { return m.ptypes; }
inline const auto& poolOf(const Machine& m, DstId) { return m.dsts; }
inline const auto& poolOf(const Machine& m, SocketId) { return m.sockets; }
inline const auto& poolOf(const Machine& m, TaskId) { return m.tasks; }

/// An id that a path leads through.
template <class T>
concept PooledId = requires(const Machine& m, T id) {
    poolOf(m, id);
};

/// Whether `is` accepts one of the names that an element has beside its place in the list.
template <class T, class F>
bool hasName(const T& item, F&& is) {
    if constexpr (Keyed<T>) {
        if (is(std::string_view(item.fieldKey()))) return true;
    }
    if constexpr (std::is_same_v<T, Task>) return is(std::string_view(item.comm));
    return false;
}

/// The element itself, shared or not.
template <class T>
const T& unwrapped(const Cow<T>& c) {
    return *c;
}
template <class T>
const T& unwrapped(const T& item) {
    return item;
}

}  // namespace ringside
