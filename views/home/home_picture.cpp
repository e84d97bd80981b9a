#include "views/home/home_picture.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace ringside {

HomePicture::HomePicture(QWidget* parent) : QWidget(parent), m_theme(makeTheme(ThemeKind::light)) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void HomePicture::setTheme(const Theme& theme) {
    m_theme = theme;
    setFixedSize(sizeHint());
    update();
}

void HomePicture::setAlong(double along) {
    m_along = std::clamp(along, 0.0, 1.0);
    update();
}

QSize HomePicture::sizeHint() const {
    return {qRound(248 * m_theme.text_percent / 100.0), qRound(178 * m_theme.text_percent / 100.0)};
}

void HomePicture::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    // drawn on 248 by 178
    p.scale(width() / 248.0, height() / 178.0);
    const auto color = [this](Role role) { return m_theme.color(role); };
    const QRectF all(0.5, 0.5, 247, 177);
    QPainterPath frame;
    frame.addRoundedRect(all, 6, 6);
    p.setClipPath(frame);
    p.fillRect(QRectF(0, 0, 248, 36), color(Role::bg));
    p.fillRect(QRectF(0, 36, 248, 97), color(Role::surface));
    p.fillRect(QRectF(0, 133, 248, 45), color(Role::sunken));
    p.setPen(QPen(color(Role::border2), 1));
    p.drawLine(QPointF(0, 36), QPointF(248, 36));
    p.drawLine(QPointF(0, 133), QPointF(248, 133));
    const auto box = [&](QRectF where, Role fill, Role line) {
        p.setPen(QPen(color(line), 1));
        p.setBrush(color(fill));
        p.drawRoundedRect(where, 3, 3);
    };
    box({10, 9, 64, 18}, Role::surface, Role::border);
    box({152, 9, 76, 18}, Role::surface, Role::border);
    box({12, 46, 52, 74}, Role::surface, Role::border);
    p.fillRect(QRectF(16, 51, 44, 9), color(Role::ink));
    for (int i = 0; i < 4; ++i) p.fillRect(QRectF(16, 63 + 13 * i, 44, 10), color(Role::softirq_tint));
    box({80, 46, 156, 18}, Role::bg, Role::border);
    box({80, 69, 156, 24}, Role::softirq_tint, Role::softirq_solid);
    box({80, 98, 156, 18}, Role::bg, Role::border);
    for (int i = 0; i < 9; ++i)
        box({80 + 17.5 * i, 126, 14, 14}, i == 1 || i == 2 ? Role::hw_solid : Role::surface, Role::border2);
    box({52, 150, 56, 18}, Role::surface, Role::border);
    // the way: from the wire at the left to the process
    const QPolygonF way(
        {{0, 159}, {104, 159}, {104, 107}, {226, 107}, {226, 81}, {92, 81}, {92, 55}, {212, 55}, {212, 18}});
    double length = 0;
    for (qsizetype i = 1; i < way.size(); ++i) length += QLineF(way[i - 1], way[i]).length();
    double left = length * m_along;
    QPainterPath done(way[0]), next;
    QPointF packet = way[0];
    bool before = true;
    for (qsizetype i = 1; i < way.size(); ++i) {
        const QLineF part(way[i - 1], way[i]);
        if (before && left <= part.length()) {
            packet = part.pointAt(left / part.length());
            done.lineTo(packet);
            next.moveTo(packet);
            before = false;
        }
        if (before) {
            done.lineTo(way[i]);
            packet = way[i];
        } else {
            next.lineTo(way[i]);
        }
        left -= part.length();
    }
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(color(Role::route_next), 2, Qt::CustomDashLine, Qt::RoundCap));
    QPen dotted = p.pen();
    dotted.setDashPattern({0.1, 2.4});
    p.setPen(dotted);
    p.drawPath(next);
    p.setPen(QPen(color(Role::ink), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.drawPath(done);
    p.setPen(Qt::NoPen);
    p.setBrush(color(Role::ink));
    p.drawRoundedRect(QRectF(packet.x() - 12, packet.y() - 7, 24, 14), 7, 7);
    p.setClipping(false);
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(color(Role::border), 1));
    p.drawRoundedRect(all, 6, 6);
}

}  // namespace ringside
