#include "views/message/message_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include "views/theme/glyph.h"
#include "views/transport/icons.h"

namespace ringside {
namespace {

QPixmap glyphPixmap(Glyph glyph, QColor color, int size, double ratio) {
    QPixmap pixmap(qRound(size * ratio), qRound(size * ratio));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(size / 2.0, size / 2.0);
    painter.scale(size / 12.0, size / 12.0);
    const GlyphShape& shape = shapeOf(glyph);
    if (shape.stroke > 0) {
        painter.strokePath(shape.path, QPen(color, shape.stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    } else {
        painter.fillPath(shape.path, color);
    }
    return pixmap;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("message-bar");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 6, 12, 6);
    row->setSpacing(12);
    m_icon = new QLabel;
    m_text = new QLabel;
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setWordWrap(true);
    m_action = new QPushButton;
    m_action->setObjectName("message-action");
    m_close = new QToolButton;
    m_close->setObjectName("message-close");
    m_close->setProperty("flat", true);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto act = m_act;
        dismiss();
        if (act) act();
    });
    setTheme(m_theme);
    retranslate();
    hide();
}

void MessageBar::setTheme(const Theme& theme) {
    m_theme = theme;
    m_close->setIcon(makeIcon(Icon::close, theme));
    m_text->setFont(theme.font(TextToken::ui_medium));
    const bool error = m_kind == Messages::Kind::error, warning = m_kind == Messages::Kind::warning;
    const Role color = error ? Role::drop_text : warning ? Role::changed_text : Role::text;
    const Glyph glyph = error ? Glyph::cross : warning ? Glyph::warning : Glyph::info;
    m_icon->setPixmap(
        glyphPixmap(glyph, theme.color(color), qRound(18 * theme.text_percent / 100.0), devicePixelRatioF()));
}

void MessageBar::show(Messages::Kind kind, const QString& text, const QString& action, std::function<void()> act) {
    m_kind = kind;
    m_history << text;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_act = std::move(act);
    const char* name = kind == Messages::Kind::error ? "error" : kind == Messages::Kind::warning ? "warning" : "info";
    setProperty("messageKind", name);
    setAccessibleName(text);
    // a property that a style sheet asks for is looked at again only after this
    for (QWidget* widget : {static_cast<QWidget*>(this), static_cast<QWidget*>(m_text)}) {
        style()->unpolish(widget);
        style()->polish(widget);
    }
    setTheme(m_theme);
    setVisible(true);
}

void MessageBar::dismiss() { hide(); }

QString MessageBar::text() const { return isHidden() ? QString() : m_text->text(); }

void MessageBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

void MessageBar::retranslate() {
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close the message"));
}

}  // namespace ringside
