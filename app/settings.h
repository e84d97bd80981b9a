#pragma once
// What the window remembers from one time to the next: how it looks, not what was done in it.

#include <QByteArray>
#include <QString>

#include "views/theme/theme.h"

namespace ringside {

struct Settings {
    ThemeKind theme = ThemeKind::light;
    int text_percent = 100;  ///< one of kTextSizes
    QString language;        ///< "en", "zh_CN"; empty: the desktop's
    bool reduced_motion = false;
    int speed = 3;  ///< stop of the speed slider
    QByteArray geometry, layout;

    /// As remembered; at the first start dark where the desktop is.
    static Settings load();
    void save() const;
    /// The language to use: the chosen one, or the desktop's where it is one of ours.
    [[nodiscard]] QString languageOrDesktop() const;
};

/// The next larger (+1) or smaller (-1) text size.
int nextTextSize(int percent, int direction);

}  // namespace ringside
