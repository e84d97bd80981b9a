#pragma once
// The keyboard's way from panel to panel, past what stands inside each.

#include <QWidget>
#include <vector>

namespace ringside {

/// Where the keyboard comes into a panel: its entry (kKeyboardEntry), else its first control; null: it has none that
/// can be seen.
QWidget* keyboardEntry(QWidget* panel);

/// Gives the focus to the next (previous) of the panels that can be seen and have something to focus: to its entry,
/// else to its first control. From outside all of them it goes to the first (last).
void focusNextPanel(const std::vector<QWidget*>& panels, bool forward);

}  // namespace ringside
