#include "views/lesson/markdown_view.h"

#include <QAbstractTextDocumentLayout>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFragment>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

namespace ringside {
namespace {

constexpr int kWordKey = QTextFormat::UserProperty + 1;

/// Where a line must not break: within `f(a, b)`, and between a number and its unit or a CPU and its number.
QString unbreakable(QString text) {
    static const QRegularExpression code(QStringLiteral("`[^`]{1,40}`"));
    for (auto it = code.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        text.replace(match.capturedStart(), match.capturedLength(),
                     match.captured().replace(QLatin1Char(' '), QChar::Nbsp));
    }
    static const QRegularExpression unit(
        QStringLiteral("(?<=[0-9]) (?=(B|KiB|MiB|ns|µs|ms|s|bytes|字节|个|毫秒)(?![A-Za-z]))|(?<=CPU) (?=[0-9])"));
    return text.replace(unit, QString(QChar::Nbsp));
}

}  // namespace

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
    document()->setMarkdown(unbreakable(m_source), QTextDocument::MarkdownNoHTML);
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
    if (m_words) markWords();
    fit();
}

void MarkdownView::markWords() {
    struct Marked {
        int from, length;
        QString key;
    };
    std::vector<Marked> places;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QString plain = block.text();
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (!fragment.charFormat().background().isOpaque()) continue;  // only code has a ground
            const QString key = m_words->keyOfCode(fragment.text());
            if (!key.isEmpty()) places.push_back({fragment.position(), fragment.length(), key});
            const int at = fragment.position() - block.position();
            plain.replace(at, fragment.length(), QString(fragment.length(), QChar::ObjectReplacementCharacter));
        }
        plain.replace(QChar::Nbsp, QLatin1Char(' '));
        for (const LessonWords::Mark& mark : m_words->marks(plain))
            places.push_back({block.position() + mark.from, mark.length, mark.key});
    }
    QTextCursor cursor(document());
    for (const Marked& place : places) {
        cursor.setPosition(place.from);
        cursor.setPosition(place.from + place.length, QTextCursor::KeepAnchor);
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::DotLine);
        format.setUnderlineColor(m_theme.color(Role::text3));
        format.setProperty(kWordKey, place.key);
        cursor.mergeCharFormat(format);
    }
}

void MarkdownView::setWords(const LessonWords* words) {
    m_words = words;
    render();
}

QString MarkdownView::wordAt(QPoint place) const {
    const int at = document()->documentLayout()->hitTest(viewport()->mapFrom(this, place), Qt::ExactHit);
    if (at < 0) return {};
    QTextCursor cursor(document());
    cursor.setPosition(at);
    cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor);  // the format of what stands behind the place
    return cursor.charFormat().property(kWordKey).toString();
}

QStringList MarkdownView::markedWords() const {
    QStringList words;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            if (it.fragment().charFormat().hasProperty(kWordKey)) words << it.fragment().text();
        }
    }
    return words;
}

bool MarkdownView::viewportEvent(QEvent* event) {
    if (!m_words) return QTextBrowser::viewportEvent(event);
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto entry = m_words->entry(wordAt(help->pos()));
        if (entry)
            QToolTip::showText(help->globalPos(), QStringLiteral("<p><b>%1</b><br>%2</p>")
                                                      .arg(entry->title.toHtmlEscaped(), entry->says.toHtmlEscaped()));
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        viewport()->setCursor(wordAt(mouse->position().toPoint()).isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    }
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const QString key = wordAt(mouse->position().toPoint());
        if (mouse->button() == Qt::LeftButton && !textCursor().hasSelection() && !key.isEmpty())
            emit wordClicked(key, mouse->globalPosition().toPoint());
    }
    return QTextBrowser::viewportEvent(event);
}

/// It is as high as its text: what the wheel scrolls is the page around it.
void MarkdownView::wheelEvent(QWheelEvent* event) { event->ignore(); }

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
