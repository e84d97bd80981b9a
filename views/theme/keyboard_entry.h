#pragma once
// What a panel says of itself to whoever leads the keyboard from panel to panel.

namespace ringside {

/// Property of a widget, true: the keyboard comes to it first in its panel, as long as it can be seen.
inline constexpr char kKeyboardEntry[] = "keyboardEntry";

}  // namespace ringside
