#pragma once
// What a container of the World holds: by this the types inside are found where it is empty.

#include <array>
#include <vector>

#include "engine/core/agenda.h"
#include "engine/core/cow.h"
#include "engine/core/log.h"
#include "engine/core/pool.h"

namespace ringside {

/// `Held<T>::type` is the type of a container's elements; void where T is none.
template <class T>
struct Held {
    using type = void;
};
template <class T>
struct Held<Cow<T>> {
    using type = T;
};
template <class T>
struct Held<std::vector<T>> {
    using type = T;
};
template <class T, std::size_t N>
struct Held<std::array<T, N>> {
    using type = T;
};
template <class T, class I, std::size_t N>
struct Held<Pool<T, I, N>> {
    using type = T;
};
template <class T, std::size_t N>
struct Held<Log<T, N>> {
    using type = T;
};
template <>
struct Held<Agenda> {
    using type = AgendaItem;
};

}  // namespace ringside
