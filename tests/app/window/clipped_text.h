#pragma once
// Which labels and buttons of a window cut their text or lie on one another.

#include <QAbstractButton>
#include <QLabel>
#include <QLayout>
#include <QTextDocument>
#include <QToolButton>
#include <QWidget>

namespace ringside::test {

/// Width and height that a label's text needs when it may not be wider than it is, pixels.
inline QSize needed(const QLabel& label) {
    const QFontMetrics metrics(label.font());
    const int width = label.contentsRect().width() - 2 * label.margin();
    if (Qt::mightBeRichText(label.text()) && label.textFormat() != Qt::PlainText) {
        QTextDocument page;
        page.setDefaultFont(label.font());
        page.setDocumentMargin(0);
        page.setHtml(label.text());
        if (label.wordWrap()) page.setTextWidth(width);
        return page.size().toSize();
    }
    const QRect room(0, 0, label.wordWrap() ? width : 100'000, 100'000);
    return metrics.boundingRect(room, label.wordWrap() ? Qt::TextWordWrap : 0, label.text()).size();
}

/// "what: text" of each visible label or button whose text has less room than it needs.
inline QStringList clipped(const QWidget& window) {
    QStringList found;
    const auto tell = [&](const QWidget* widget, const QString& text, QSize need, QSize room) {
        // a pixel of rounding
        if (need.width() <= room.width() + 1 && need.height() <= room.height() + 1) return;
        found << QStringLiteral("%1 %2: \"%3\" needs %4x%5, has %6x%7")
                     .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(), text)
                     .arg(need.width())
                     .arg(need.height())
                     .arg(room.width())
                     .arg(room.height());
    };
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty()) continue;
        tell(label, label->text(), needed(*label), label->contentsRect().size());
    }
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
        const QString text = QString(button->text()).remove(QLatin1Char('&'));
        const auto* tool = qobject_cast<const QToolButton*>(button);
        const bool picture = tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull();
        if (!button->isVisible() || text.isEmpty() || picture) continue;
        const QFontMetrics metrics(button->font());
        tell(button, text, QSize(metrics.horizontalAdvance(text), metrics.height()), button->size());
    }
    return found;
}

/// "A over B" of each two visible labels, buttons or fields of one parent that share more than an edge.
inline QStringList overlapping(const QWidget& window) {
    QStringList found;
    const auto counts = [](const QWidget* w) {
        if (!w->isVisible() || w->visibleRegion().isEmpty()) return false;
        const auto* label = qobject_cast<const QLabel*>(w);
        return label ? !label->text().isEmpty() || !label->pixmap(Qt::ReturnByValue).isNull()
                     : w->focusPolicy() != Qt::NoFocus || w->inherits("QAbstractButton");
    };
    const auto named = [](const QWidget* w) {
        const auto* label = qobject_cast<const QLabel*>(w);
        return QStringLiteral("%1 %2 %3")
            .arg(QString::fromLatin1(w->metaObject()->className()), w->objectName(), label ? label->text() : QString());
    };
    for (const QWidget* parent : window.findChildren<QWidget*>()) {
        // what a splitter, a stack or a scrolled page holds lies where these put it
        if (parent->inherits("QSplitter") || parent->inherits("QStackedWidget") || !parent->layout()) continue;
        QList<const QWidget*> parts;
        for (const QObject* one : parent->children()) {
            const auto* part = qobject_cast<const QWidget*>(one);
            if (part && !part->isWindow() && counts(part)) parts << part;
        }
        for (qsizetype i = 0; i < parts.size(); ++i) {
            for (qsizetype j = i + 1; j < parts.size(); ++j) {
                const QRect both = parts[i]->geometry() & parts[j]->geometry();
                if (both.width() > 1 && both.height() > 1) found << named(parts[i]) + " over " + named(parts[j]);
            }
        }
    }
    return found;
}

}  // namespace ringside::test
