#include "views/home/home_row.h"

#include <QKeyEvent>
#include <QPainter>

namespace ringside {

HomeRow::HomeRow(QWidget* parent) : QAbstractButton(parent), m_theme(makeTheme(ThemeKind::light)) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HomeRow::setContent(HomeRowContent content) {
    m_content = std::move(content);
    setToolTip(m_content.detail.isEmpty() ? m_content.title : m_content.title + QLatin1Char('\n') + m_content.detail);
    QStringList said{m_content.title};
    for (const QString& more : {m_content.detail, m_content.right})
        if (!more.isEmpty()) said << more;
    setAccessibleName(said.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void HomeRow::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

bool HomeRow::hasHere() const {
    return m_content.picture == HomeRowContent::Picture::mark && m_content.mark == LessonMark::here;
}

QSize HomeRow::sizeHint() const {
    const bool lab = m_content.picture == HomeRowContent::Picture::lab;
    return {px(220), lab ? px(60) : m_content.detail.isEmpty() ? px(28) : px(48)};
}

QSize HomeRow::minimumSizeHint() const { return {px(120), sizeHint().height()}; }

void HomeRow::paintMark(QPainter& p, QPointF centre, const QColor& ink) const {
    const double s = m_theme.text_percent / 100.0;
    p.setPen(Qt::NoPen);
    p.setBrush(ink);
    switch (m_content.mark) {
        case LessonMark::done:
            p.drawEllipse(centre, 4 * s, 4 * s);
            break;
        case LessonMark::here:
            p.drawRoundedRect(QRectF(centre.x() - 3.5 * s, centre.y() - 6.5 * s, 7 * s, 13 * s), 3.5 * s, 3.5 * s);
            break;
        case LessonMark::begun:
            p.drawPie(QRectF(centre.x() - 3.5 * s, centre.y() - 3.5 * s, 7 * s, 7 * s), 90 * 16, 180 * 16);
            [[fallthrough]];
        case LessonMark::to_come:
            p.setBrush(Qt::NoBrush);
            p.setPen(QPen(m_theme.color(Role::border2), m_theme.stroke(1.3)));
            p.drawEllipse(centre, 3.5 * s, 3.5 * s);
            break;
    }
}

/// A buffer: headroom, data in ink, tailroom.
void HomeRow::paintLab(QPainter& p, const QRectF& room) const {
    p.setPen(QPen(m_theme.color(Role::border), 1));
    p.setBrush(m_theme.color(Role::surface));
    p.drawRoundedRect(room, 6, 6);
    const QRectF buffer =
        room.adjusted(room.width() * 0.14, room.height() * 0.36, -room.width() * 0.14, -room.height() * 0.36);
    p.setPen(QPen(m_theme.color(Role::border2), 1));
    p.setBrush(Qt::NoBrush);
    p.drawRect(buffer);
    const auto part = [&](double from, double to, Role fill) {
        p.fillRect(
            QRectF(buffer.left() + buffer.width() * from, buffer.top(), buffer.width() * (to - from), buffer.height()),
            m_theme.color(fill));
    };
    part(0.18, 0.36, Role::l3);
    part(0.36, 0.5, Role::l4);
    part(0.5, 0.8, Role::l2);
    p.setPen(QPen(m_theme.color(Role::ink), m_theme.stroke(2)));
    p.drawRect(QRectF(buffer.left() + buffer.width() * 0.18, buffer.top(), buffer.width() * 0.62, buffer.height()));
}

void HomeRow::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const bool here = hasHere(), hover = underMouse() && isEnabled();
    const QRectF all = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (here || hover) {
        p.setPen(Qt::NoPen);
        p.setBrush(m_theme.color(here ? Role::ink : Role::hover));
        p.drawRoundedRect(all, 5, 5);
    }
    if (hasFocus()) {
        p.setPen(QPen(m_theme.color(here ? Role::onink : Role::ink), 2));
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(here ? all.adjusted(2, 2, -2, -2) : all, 5, 5);
    }
    const QColor strong = m_theme.color(here ? Role::onink : m_content.faint ? Role::text2 : Role::text);
    const QColor weak = m_theme.color(here ? Role::onink : Role::text3);
    int x = px(8);
    const int line = m_content.detail.isEmpty() ? height() : px(28);
    int top = 0;
    if (m_content.picture == HomeRowContent::Picture::mark) {
        paintMark(p, QPointF(x + px(5), line / 2.0), here ? m_theme.color(Role::onink) : m_theme.color(Role::ink));
        x += px(20);
    } else if (m_content.picture == HomeRowContent::Picture::lab) {
        paintLab(p, QRectF(x, px(6), px(80), px(48)));
        x += px(94);
        top = px(6);
    }
    const int end = width() - px(8);
    int right = end;
    p.setFont(m_theme.font(TextToken::small));
    if (!m_content.right.isEmpty()) {
        const int wide = p.fontMetrics().horizontalAdvance(m_content.right);
        p.setPen(weak);
        p.drawText(QRect(end - wide, top, wide, line), Qt::AlignVCenter | Qt::AlignLeft, m_content.right);
        right = end - wide - px(10);
    }
    if (!m_content.number.isEmpty()) {
        p.setFont(m_theme.font(TextToken::mono_small));
        const int wide = p.fontMetrics().horizontalAdvance(m_content.number);
        p.setPen(weak);
        p.drawText(QRect(x, top, wide, line), Qt::AlignVCenter | Qt::AlignLeft, m_content.number);
        x += wide + px(10);
    }
    const bool bold = here || m_content.picture == HomeRowContent::Picture::lab;
    p.setFont(m_theme.font(m_content.code ? TextToken::mono : bold ? TextToken::ui_bold : TextToken::ui));
    p.setPen(strong);
    p.drawText(
        QRect(x, top, right - x, line), Qt::AlignVCenter | Qt::AlignLeft,
        p.fontMetrics().elidedText(m_content.title, m_content.code ? Qt::ElideMiddle : Qt::ElideRight, right - x));
    if (m_content.detail.isEmpty()) return;
    p.setFont(m_theme.font(TextToken::small));
    p.setPen(weak);
    p.drawText(QRect(x, top + px(22), end - x, px(20)), Qt::AlignVCenter | Qt::AlignLeft,
               p.fontMetrics().elidedText(m_content.detail, Qt::ElideRight, end - x));
}

void HomeRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    // arrows are for whoever arranges the rows
    if (event->key() == Qt::Key_Space) return QAbstractButton::keyPressEvent(event);
    event->ignore();
}

void HomeRow::enterEvent(QEnterEvent* event) {
    QAbstractButton::enterEvent(event);
    update();
}

void HomeRow::leaveEvent(QEvent* event) {
    QAbstractButton::leaveEvent(event);
    update();
}

}  // namespace ringside
