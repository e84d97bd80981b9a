// The theme: contrast, fonts, palette and style sheet.
#include <gtest/gtest.h>

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include "views/theme/theme.h"

namespace ringside {
namespace {

constexpr ThemeKind kKinds[] = {ThemeKind::light, ThemeKind::dark, ThemeKind::high_contrast};
const char* nameOf(ThemeKind kind) {
    return kind == ThemeKind::light ? "light" : kind == ThemeKind::dark ? "dark" : "high contrast";
}

double ratio(const Theme& theme, Role a, Role b) { return contrastRatio(theme.color(a), theme.color(b)); }

TEST(SceneTheme, ContrastFormulaIsThatOfWcag) {
    EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21.0, 0.01);
    EXPECT_NEAR(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white), 4.48, 0.01);
}

TEST(SceneTheme, EveryTextPairReaches4point5) {
    for (const ThemeKind kind : kKinds) {
        const Theme theme = makeTheme(kind);
        const auto check = [&](Role text, Role ground) {
            EXPECT_GE(ratio(theme, text, ground), 4.5)
                << nameOf(kind) << ": " << nameOf(text) << " on " << nameOf(ground);
        };
        for (const Role text : {Role::text, Role::text2, Role::text3}) {
            for (const Role ground : {Role::bg, Role::surface, Role::sunken, Role::softirq_tint}) check(text, ground);
        }
        check(Role::onink, Role::ink);
        for (std::size_t i = 0; i < kTones; ++i) {
            const auto tone = static_cast<Tone>(i);
            check(textOf(tone), tintOf(tone));
            check(textOf(tone), Role::surface);
            check(onOf(tone), solidOf(tone));
        }
        for (const Role layer : {Role::l2, Role::l3, Role::l4, Role::l7}) check(Role::text, layer);
        check(Role::ltext, Role::surface);
    }
}

TEST(SceneTheme, MeaningfulLinesReach3) {
    for (const ThemeKind kind : kKinds) {
        const Theme theme = makeTheme(kind);
        for (const Role line : {Role::border2, Role::route_next, Role::ink, Role::lline}) {
            EXPECT_GE(ratio(theme, line, Role::surface), 3.0) << nameOf(kind) << ": " << nameOf(line);
        }
        for (std::size_t i = 0; i < kTones; ++i) {
            const auto tone = static_cast<Tone>(i);
            // Amber and yellow are too light alone on white, and idle is a grey on purpose: their outline, glyph or
            // line in the text colour carries the meaning, and that is held to 4.5 above.
            if (tone == Tone::idle || (kind == ThemeKind::light && (tone == Tone::softirq || tone == Tone::changed)))
                continue;
            EXPECT_GE(ratio(theme, solidOf(tone), Role::surface), 3.0) << nameOf(kind) << ": " << nameOf(tone);
        }
    }
}

TEST(SceneTheme, BundledFontsAreUsed) {
    EXPECT_TRUE(loadFonts().isEmpty());
    const Theme theme = makeTheme(ThemeKind::light);
    EXPECT_EQ(QFontInfo(theme.font(TextToken::body)).family(), QStringLiteral("Inter"));
    EXPECT_EQ(QFontInfo(theme.font(TextToken::mono)).family(), QStringLiteral("JetBrains Mono"));
    // Each weight is a cut of its own: a bold that was made by smearing would be as wide as the regular one.
    const auto width = [&](TextToken token) {
        return QFontMetricsF(theme.font(token, 20)).horizontalAdvance(QStringLiteral("minimum"));
    };
    EXPECT_GT(width(TextToken::ui_medium), width(TextToken::ui));
    EXPECT_GT(width(TextToken::ui_bold), width(TextToken::ui_medium));
    EXPECT_GT(width(TextToken::title), width(TextToken::ui_bold));
}

/// Dark pixels of a text drawn at one place.
QImage drawn(const QFont& font, const QStringList& runs) {
    QImage image(120, 40, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font);
    painter.setPen(Qt::black);
    double x = 10;
    for (const QString& run : runs) {
        painter.drawText(QPointF(x, 30), run);
        x += QFontMetricsF(font).horizontalAdvance(run);
    }
    return image;
}

TEST(SceneTheme, ArrowOfKernelCodeStaysTwoCharacters) {
    loadFonts();
    QFont font = makeTheme(ThemeKind::light).font(TextToken::mono, 20);
    const QImage apart = drawn(font, {QStringLiteral("-"), QStringLiteral(">")});
    EXPECT_EQ(drawn(font, {QStringLiteral("->")}), apart);
    // The font would join them if it were let.
    font.setStyleStrategy(QFont::PreferDefault);
    EXPECT_NE(drawn(font, {QStringLiteral("->")}), apart);
}

TEST(SceneTheme, TextSizeAndProjectorScale) {
    const Theme usual = makeTheme(ThemeKind::light), room = makeTheme(ThemeKind::light, 100, true),
                large = makeTheme(ThemeKind::light, 150);
    EXPECT_DOUBLE_EQ(usual.scale(), 1.0);
    EXPECT_DOUBLE_EQ(room.scale(), 1.45);
    EXPECT_DOUBLE_EQ(large.scale(), 1.5);
    EXPECT_DOUBLE_EQ(makeTheme(ThemeKind::light, 130).stroke(2), 2);
    EXPECT_DOUBLE_EQ(large.stroke(2), 3);
    EXPECT_EQ(usual.font(TextToken::mono).pixelSize(), 13);
    EXPECT_EQ(large.font(TextToken::ui).pixelSize(), 21);
    // What must be read from the back of a room is at least 18 pixels, and nothing is under 16.
    EXPECT_GE(room.font(TextToken::stop_current).pixelSize(), 18);
    EXPECT_GE(room.font(TextToken::index).pixelSize(), 16);
}

TEST(SceneTheme, StyleSheetNamesOnlyRolesThatExist) {
    for (const ThemeKind kind : kKinds) {
        const QString sheet = styleSheetOf(makeTheme(kind));
        EXPECT_FALSE(sheet.contains(QLatin1Char('@')));
        EXPECT_FALSE(sheet.contains(QLatin1Char('$')));
        EXPECT_TRUE(sheet.contains(makeTheme(kind).color(Role::ink).name()));
    }
    EXPECT_TRUE(styleSheetOf(makeTheme(ThemeKind::light, 150)).contains(QStringLiteral("min-height: 42px")));
    EXPECT_EQ(paletteOf(makeTheme(ThemeKind::dark)).color(QPalette::Window), QColor(0x14, 0x17, 0x1c));
}

}  // namespace
}  // namespace ringside
