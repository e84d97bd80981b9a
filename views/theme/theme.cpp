#include "views/theme/theme.h"

#include <QFontDatabase>
#include <algorithm>
#include <cmath>

namespace ringside {
namespace {

constexpr std::size_t kKinds = 3;
constexpr std::array<std::array<QRgb, kKinds>, kRoles> kTable{{{0, 0, 0},
#define RS_ROLE(name, light, dark, contrast) {0xff000000U | light, 0xff000000U | dark, 0xff000000U | contrast},
                                                               RS_ROLES(RS_ROLE)
#undef RS_ROLE
}};

/// Qt draws fonts of whole pixels only (a fraction is rounded when the font is loaded). Half a pixel goes down:
/// function names of 12.5 stay narrow enough for the call stacks.
int wholePixels(double size) { return std::max(1, static_cast<int>(std::floor(size + 0.49))); }

QFont::Weight weightOf(int weight) { return static_cast<QFont::Weight>(weight); }

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}
double luminance(QColor color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

}  // namespace

Theme makeTheme(ThemeKind kind, int text_percent, bool projector, double room) {
    Theme theme{kind, text_percent, projector, projector ? room : 1, {}};
    for (std::size_t role = 0; role < kRoles; ++role) theme.colors[role] = kTable[role][static_cast<std::size_t>(kind)];
    return theme;
}

QFont Theme::font(TextToken token, double size) const {
    const TextStyle& style = styleOf(token);
    QFont font;
    if (style.mono) {
        font.setFamilies(
            {QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono CJK SC"), QStringLiteral("monospace")});
        font.setStyleHint(QFont::Monospace);
        // JetBrains Mono draws "->" as one arrow by contextual alternates, which only leaving out the shaping switches
        // off.
        font.setStyleStrategy(QFont::PreferNoShaping);
    } else {
        font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans CJK SC"), QStringLiteral("sans-serif")});
        font.setStyleHint(QFont::SansSerif);
    }
    font.setHintingPreference(QFont::PreferNoHinting);  // the same widths on every machine
    const int pixels = wholePixels((size > 0 ? size : style.size) * scale());
    // nothing is drawn in a room that cannot be read there
    font.setPixelSize(projector ? std::max(pixels, wholePixels(kLeastRoomText * 720 * room)) : pixels);
    font.setWeight(weightOf(style.weight));
    return font;
}

double contrastRatio(QColor a, QColor b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QStringList loadFonts() {
    static constexpr std::array<const char*, 7> files{
        "Inter-Regular.otf",         "Inter-Medium.otf",         "Inter-SemiBold.otf",    "Inter-Bold.otf",
        "JetBrainsMono-Regular.ttf", "JetBrainsMono-Medium.ttf", "JetBrainsMono-Bold.ttf"};
    QStringList missing;
    for (const char* file : files) {
        const QString path = QStringLiteral(":/fonts/") + QLatin1String(file);
        if (QFontDatabase::addApplicationFont(path) < 0) missing << path;
    }
    return missing;
}

}  // namespace ringside
