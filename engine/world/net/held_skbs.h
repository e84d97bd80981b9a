#pragma once
// Which packet buffers a frame of a kernel stack has in its hands: the sk_buff its function is about, and the lists
// among its arguments and locals. Found through the field list of the function's struct, so that no function is named.

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "engine/world/net/skb.h"

namespace ringside {

struct HeldSkbs {
    SkbId skb{};                     ///< the one the function is about; none: it is about no single one
    std::array<SkbList, 4> lists{};  ///< a function has two at most
    std::size_t list_count = 0;
    std::array<SkbId, 8> ids{};  ///< every single one that its fields name, `skb` too
    std::size_t id_count = 0;

    [[nodiscard]] bool empty() const { return !skb && list_count == 0; }

    /// The visitor of the field list: collects what is an SkbList and not empty, or an SkbId and not none.
    template <class T>
    void operator()(std::string_view, T&& value, Unit = Unit::none, std::string_view = {}) {
        take(value);
    }
    template <class T>
    void hidden(std::string_view, T&& value) {
        take(value);
    }

  private:
    template <class T>
    void take(const T& value) {
        if constexpr (std::is_same_v<std::remove_cvref_t<T>, SkbList>) {
            if (value.first && list_count < lists.size()) lists[list_count++] = value;
        } else if constexpr (std::is_same_v<std::remove_cvref_t<T>, SkbId>) {
            if (value && id_count < ids.size()) ids[id_count++] = value;
        }
    }
};

}  // namespace ringside
