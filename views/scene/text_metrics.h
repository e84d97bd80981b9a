#pragma once
// How wide a text is, in logical pixels at 100 %. Layouts ask this interface, so they can be tested without fonts.

#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <QString>
#include <map>

#include "views/theme/theme.h"

namespace ringside {

class TextMetrics {
  public:
    virtual ~TextMetrics() = default;
    /// Advance of a text in a token's font; `size` replaces the token's when above 0.
    [[nodiscard]] virtual double width(const QString& text, TextToken token, double size = 0) const = 0;
};

/// Measures with the fonts of a theme.
class FontTextMetrics : public TextMetrics {
  public:
    explicit FontTextMetrics(const Theme& theme) : m_theme(theme) {}
    [[nodiscard]] double width(const QString& text, TextToken token, double size = 0) const override;

  private:
    Theme m_theme;
    mutable std::map<std::pair<TextToken, double>, QFontMetricsF> m_fonts;
    mutable QHash<QString, double> m_widths;  ///< texts come back with every frame
};

/// Every character as wide as the design's average: 0.6 of the size in mono, 0.55 otherwise, 1 for Chinese. For tests.
class PlainTextMetrics : public TextMetrics {
  public:
    [[nodiscard]] double width(const QString& text, TextToken token, double size = 0) const override;
};

}  // namespace ringside
