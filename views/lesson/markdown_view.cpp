#include "views/lesson/markdown_view.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextFragment>
#include <cmath>

namespace ringside {

MarkdownView::MarkdownView(QWidget* parent) : QTextBrowser(parent), m_theme(makeTheme(ThemeKind::light)) {
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setOpenLinks(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    setStyleSheet(QStringLiteral("QTextBrowser { background: transparent; border: 0; }"));
    viewport()->setAutoFillBackground(false);
    setFocusPolicy(Qt::NoFocus);
}

void MarkdownView::setTheme(const Theme& theme) {
    m_theme = theme;
    render();
}

void MarkdownView::setToken(TextToken token, Role role) {
    m_token = token;
    m_role = role;
    render();
}

void MarkdownView::setMarkdownText(const QString& markdown) {
    if (markdown == m_source) return;
    m_source = markdown;
    render();
}

void MarkdownView::render() {
    const QFont font = m_theme.font(m_token);
    const TextStyle& style = styleOf(m_token);
    const double scale = m_theme.text_percent / 100.0;
    document()->setDefaultFont(font);
    document()->setMarkdown(m_source, QTextDocument::MarkdownNoHTML);
    const QFont mono = m_theme.font(TextToken::mono, style.size - 1.5);
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(style.line * scale, QTextBlockFormat::MinimumHeight);
        format.setTopMargin(0);
        format.setBottomMargin(block.next().isValid() ? 8 * scale : 0);
        cursor.setBlockFormat(format);
        std::vector<std::pair<int, int>> code;
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (fragment.charFormat().fontFixedPitch()) code.emplace_back(fragment.position(), fragment.length());
        }
        QTextCharFormat plain;
        plain.setForeground(m_theme.color(m_role));
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(plain);
        for (const auto& [at, length] : code) {
            cursor.setPosition(at);
            cursor.setPosition(at + length, QTextCursor::KeepAnchor);
            QTextCharFormat shown;
            shown.setFont(mono);
            shown.setForeground(m_theme.color(m_role));
            shown.setBackground(m_theme.color(Role::sunken));
            cursor.setCharFormat(shown);
        }
    }
    setAccessibleDescription(document()->toPlainText());
    fit();
}

void MarkdownView::fit() {
    document()->setTextWidth(std::max(40, viewport()->width()));
    const int height = static_cast<int>(std::ceil(document()->size().height()));
    if (height == m_height && minimumHeight() == height) return;
    m_height = height;
    setFixedHeight(height);
    updateGeometry();
}

QSize MarkdownView::sizeHint() const { return {240, m_height}; }

void MarkdownView::resizeEvent(QResizeEvent* event) {
    QTextBrowser::resizeEvent(event);
    fit();
}

}  // namespace ringside
