// Walks the field lists as hash and inspector do, so that a new field counts without a line here.
#include "engine/history/footprint.h"

#include <string>
#include <vector>

namespace ringside {
namespace {

constexpr std::size_t kBlock = 16;  // what malloc adds to a block

template <class T>
std::size_t heapOf(const T& now, const T* before);

/// The places of a struct's fields, in order; null for a row of a temporary.
class FieldPlaces : public EveryRow<FieldPlaces> {
  public:
    FieldPlaces(const void* object, std::size_t size)
        : m_begin(reinterpret_cast<std::uintptr_t>(object)), m_end(m_begin + size) {}
    template <class T>
    void operator()(std::string_view, const T& value, Unit = Unit::none, std::string_view = {}) {
        const auto at = reinterpret_cast<std::uintptr_t>(&value);
        places.push_back(at >= m_begin && at < m_end ? &value : nullptr);
    }
    std::vector<const void*> places;

  private:
    std::uintptr_t m_begin, m_end;
};

/// Adds up what the fields hold outside the struct. A struct lists its fields in the same order each time, so the
/// places of the other state's fields are found by counting.
class FootprintVisitor : public EveryRow<FootprintVisitor> {
  public:
    FootprintVisitor(const void* object, std::size_t size, const std::vector<const void*>& before)
        : m_own(object, size), m_before(before) {}
    template <class T>
    void operator()(std::string_view name, const T& value, Unit = Unit::none, std::string_view = {}) {
        m_own(name, value);
        const std::size_t n = m_own.places.size() - 1;
        if (!m_own.places[n]) return;  // derived
        bytes += heapOf(value, n < m_before.size() ? static_cast<const T*>(m_before[n]) : nullptr);
    }
    std::size_t bytes = 0;

  private:
    FieldPlaces m_own;
    const std::vector<const void*>& m_before;
};

// What a value holds outside itself and does not share with the other state's value (null: there is none).
template <class T>
std::size_t heapIn(const Cow<T>& now, const Cow<T>* before) {
    if (before && now.same(*before)) return 0;
    return Cow<T>::nodeBytes() + kBlock + heapOf(*now, before ? &**before : nullptr);
}
template <class T>
std::size_t heapIn(const std::vector<T>& now, const std::vector<T>* before) {
    std::size_t bytes = now.capacity() ? now.capacity() * sizeof(T) + kBlock : 0;
    if constexpr (!std::is_trivially_copyable_v<T>) {
        for (std::size_t i = 0; i < now.size(); ++i)
            bytes += heapOf(now[i], before && i < before->size() ? &(*before)[i] : nullptr);
    }
    return bytes;
}
template <class T, class I, std::size_t N>
std::size_t heapIn(const Pool<T, I, N>& now, const Pool<T, I, N>* before) {
    return now.bytesBeyond(before, [](const T& value, const T* old) { return heapOf(value, old); });
}
template <class T, std::size_t N>
std::size_t heapIn(const Log<T, N>& now, const Log<T, N>*) {
    return now.size() ? N * sizeof(T) : 0;  // the last, unfinished chunk is duplicated when both go on
}
std::size_t heapIn(const Bytes& now, const Bytes* before) {
    if (before && now.same(*before)) return 0;
    return Cow<std::vector<std::uint8_t>>::nodeBytes() + now.size() + 2 * kBlock;
}
std::size_t heapIn(const std::string& text, const std::string*) {
    return text.capacity() > 15 ? text.capacity() + kBlock : 0;
}
std::size_t heapIn(const CpuMask& mask, const CpuMask*) { return mask.heapBytes(); }
std::size_t heapIn(const Agenda& agenda, const Agenda*) { return agenda.heapBytes(); }
std::size_t heapIn(const MinTree& tree, const MinTree*) {
    return tree.size() * 2 * (sizeof(Time) + sizeof(std::uint16_t));
}
std::size_t heapIn(const Stack& stack, const Stack*) { return stack.heapBytes(); }

template <class T>
std::size_t heapOf(const T& now, const T* before) {
    if constexpr (std::is_trivially_copyable_v<T>) {
        return 0;
    } else if constexpr (Described<T>) {
        FieldPlaces old(before, sizeof(T));
        if (before) T::describe(old, *before);
        FootprintVisitor visitor(&now, sizeof now, old.places);
        T::describe(visitor, now);
        return visitor.bytes;
    } else {
        return heapIn(now, before);
    }
}

}  // namespace

std::size_t bytesBeyond(const World& now, const World* before) { return sizeof(World) + heapOf(now, before); }

}  // namespace ringside
