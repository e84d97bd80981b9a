#include "app/panel_focus.h"

#include <QApplication>
#include <algorithm>

#include "views/theme/keyboard_entry.h"

namespace ringside {
namespace {

bool takesKeys(const QWidget* widget) {
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0;
}

/// The first control inside in the order of Tab; null: there is none.
QWidget* firstControl(QWidget* inside) {
    if (takesKeys(inside)) return inside;
    for (QWidget* next = inside->nextInFocusChain(); next != inside; next = next->nextInFocusChain()) {
        if (inside->isAncestorOf(next) && takesKeys(next)) return next;
    }
    return nullptr;
}

}  // namespace

QWidget* keyboardEntry(QWidget* panel) {
    for (QWidget* part : panel->findChildren<QWidget*>()) {
        if (!part->property(kKeyboardEntry).toBool() || !part->isVisible()) continue;
        if (QWidget* control = firstControl(part)) return control;
    }
    return firstControl(panel);
}

void focusNextPanel(const std::vector<QWidget*>& panels, bool forward) {
    const QWidget* focus = QApplication::focusWidget();
    const auto here = std::find_if(panels.begin(), panels.end(), [&](const QWidget* panel) {
        return focus && (panel == focus || panel->isAncestorOf(focus));
    });
    const auto count = static_cast<std::ptrdiff_t>(panels.size());
    std::ptrdiff_t at = here != panels.end() ? here - panels.begin() : forward ? -1 : count;
    for (std::ptrdiff_t tried = 0; tried < count; ++tried) {
        at = (at + (forward ? 1 : count - 1)) % count;
        QWidget* panel = panels[static_cast<std::size_t>(at)];
        QWidget* to = panel->isVisible() ? keyboardEntry(panel) : nullptr;
        if (!to) continue;
        to->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
        return;
    }
}

}  // namespace ringside
