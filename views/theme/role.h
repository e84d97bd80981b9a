#pragma once
// The names of colours and texts. A scene holds only these; a theme turns them into values.

#include <cstdint>
#include <string_view>

#include "engine/core/event.h"
#include "views/theme/role_table.h"

namespace ringside {

/// A colour by what it is for.
enum class Role : std::uint8_t {
    none,  ///< nothing is drawn
#define RS_ROLE(name, light, dark, contrast) name,
    RS_ROLES(RS_ROLE)
#undef RS_ROLE
        count_
};
inline constexpr std::size_t kRoles = static_cast<std::size_t>(Role::count_);
std::string_view nameOf(Role role);

/// A meaning that has a hue: an execution context, a loss or a change. Each has four roles.
enum class Tone : std::uint8_t { hw, hardirq, softirq, process, user, rcu, idle, drop, changed };
inline constexpr std::size_t kTones = 9;
std::string_view nameOf(Tone tone);

namespace detail {
constexpr Role toneRole(Tone tone, unsigned which) {
    return static_cast<Role>(static_cast<unsigned>(Role::hw_solid) + 4 * static_cast<unsigned>(tone) + which);
}
}  // namespace detail
/// Bars and strips.
constexpr Role solidOf(Tone tone) { return detail::toneRole(tone, 0); }
/// Areas behind text.
constexpr Role tintOf(Tone tone) { return detail::toneRole(tone, 1); }
/// Words in that tone.
constexpr Role textOf(Tone tone) { return detail::toneRole(tone, 2); }
/// Text on the solid.
constexpr Role onOf(Tone tone) { return detail::toneRole(tone, 3); }
static_assert(solidOf(Tone::changed) == Role::changed_solid && onOf(Tone::drop) == Role::drop_on);

/// The tone of an execution context.
Tone toneOf(Context context);

/// A text style of the design: family, size, line height and weight.
enum class TextToken : std::uint8_t {
    display,
    title,
    heading,
    body,
    body_bold,
    ui,
    ui_medium,
    ui_bold,
    layer,
    small,
    small_medium,
    caption,
    caption_bold,
    mono,
    mono_medium,
    mono_bold,
    mono_small,
    mono_title,
    stop_next,
    stop_done,
    stop_current,
    index,
    count_
};
inline constexpr std::size_t kTextTokens = static_cast<std::size_t>(TextToken::count_);

/// What a token stands for; sizes in logical pixels at 100 %.
struct TextStyle {
    std::string_view name;
    bool mono = false;
    double size = 14;
    double line = 20;
    int weight = 400;
};
const TextStyle& styleOf(TextToken token);

}  // namespace ringside
