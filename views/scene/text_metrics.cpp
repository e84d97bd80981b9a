#include "views/scene/text_metrics.h"

namespace ringside {

double FontTextMetrics::width(const QString& text, TextToken token, double size) const {
    const QString key = text + QChar(0x1f) + QChar(static_cast<ushort>(token)) + QString::number(size);
    if (const auto known = m_widths.constFind(key); known != m_widths.constEnd()) return *known;
    auto font = m_fonts.find({token, size});
    if (font == m_fonts.end())
        font = m_fonts.emplace(std::pair(token, size), QFontMetricsF(m_theme.font(token, size))).first;
    if (m_widths.size() > 4096) m_widths.clear();
    return *m_widths.insert(key, font->second.horizontalAdvance(text) / m_theme.scale());
}

double PlainTextMetrics::width(const QString& text, TextToken token, double size) const {
    const TextStyle& style = styleOf(token);
    double ems = 0;
    for (const QChar c : text) ems += c.unicode() > 0x2e80 ? 1.0 : style.mono ? 0.6 : 0.55;
    return ems * (size > 0 ? size : style.size);
}

}  // namespace ringside
