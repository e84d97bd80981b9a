#pragma once
// The few pictures on buttons, drawn as paths in the theme's ink so that they follow theme and size.

#include <QIcon>

#include "views/theme/theme.h"

namespace ringside {

enum class Icon : std::uint8_t {
    start,
    back,
    play,
    pause,
    step,
    close,
    detach,
    search,
    help,
    open,
    language,
    projector,
    mark
};

/// The icon in the colours of a theme; `on_ink`: for the filled button.
QIcon makeIcon(Icon icon, const Theme& theme, bool on_ink = false);
/// The same as a pixmap of `size` logical pixels.
QPixmap makePixmap(Icon icon, QColor color, int size, double ratio);

}  // namespace ringside
