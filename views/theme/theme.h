#pragma once
// A theme: what every role and text token is worth. A plain value; widgets and painted scenes take all they show from
// it, so they can never disagree.

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>
#include <algorithm>
#include <array>

#include "views/theme/role.h"

namespace ringside {

enum class ThemeKind : std::uint8_t { light, dark, high_contrast };

/// Text sizes that Ctrl + and Ctrl - walk through, in percent.
inline constexpr std::array<int, 7> kTextSizes{90, 100, 115, 130, 150, 175, 200};
/// How much larger a scene is drawn for a room, in a window of 1280 × 720; in a larger one in proportion.
inline constexpr double kProjectorScale = 1.45;
/// How much larger everything else is drawn there.
inline constexpr double kRoomText = 4.0 / 3;
/// The largest text size, in percent, that bars and captions follow there: beyond it the scene has no place.
inline constexpr int kMostRoomPercent = 115;
/// The smallest text in a room, as a part of the window's height: 16 pixels of 720.
inline constexpr double kLeastRoomText = 16.0 / 720;

/// Values of all roles, and how large things are drawn.
struct Theme {
    ThemeKind kind = ThemeKind::light;
    int text_percent = 100;  ///< one of kTextSizes
    bool projector = false;
    double room = 1;  ///< projector: the window's size beside 1280 × 720
    std::array<QRgb, kRoles> colors{};

    [[nodiscard]] QColor color(Role role) const { return QColor::fromRgba(colors[static_cast<std::size_t>(role)]); }
    [[nodiscard]] bool dark() const { return kind != ThemeKind::light; }
    /// Factor from the design's logical pixels to the widget's.
    [[nodiscard]] double scale() const {
        // for a room a scene is as large as it can be: larger text would leave the CPU that works no place
        return projector ? std::min(text_percent, 100) / 100.0 * kProjectorScale * room : text_percent / 100.0;
    }
    /// Width in widget pixels of a line that is `width` wide at 100 %: strokes keep their width up to 130 %, then
    /// are 1.5 times.
    [[nodiscard]] double stroke(double width) const {
        return projector ? width * 1.5 * room : scale() > 1.3 ? width * 1.5 : width;
    }
    /// The font of a token in whole widget pixels, `scale()` included. `size` (logical pixels) replaces the token's own
    /// when above 0. Mono fonts never form ligatures: `->` stays two characters.
    [[nodiscard]] QFont font(TextToken token, double size = 0) const;
    friend bool operator==(const Theme&, const Theme&) = default;
};

/// The theme of a kind. `text_percent` is taken as it is, `room` counts for a projector alone.
Theme makeTheme(ThemeKind kind, int text_percent = 100, bool projector = false, double room = 1);

/// Contrast ratio of two opaque colours after WCAG 2, 1 to 21.
double contrastRatio(QColor a, QColor b);

/// Colours of standard widgets.
QPalette paletteOf(const Theme& theme);
/// Style sheet of standard widgets, sizes scaled by the text size (never by the projector: that is for scenes).
QString styleSheetOf(const Theme& theme);

/// Makes the fonts of :/fonts known to Qt; once, before the first window. Returns the families that could not be
/// loaded.
QStringList loadFonts();

}  // namespace ringside
