#include "views/transport/icons.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>

namespace ringside {
namespace {

/// A path on a box of 20 by 20; `stroke` is the width of its line, 0: filled.
struct Drawing {
    QPainterPath path;
    double stroke = 0;
};

QPainterPath triangle(double x, double width, bool right) {
    QPainterPath p;
    p.moveTo(right ? x : x + width, 4);
    p.lineTo(right ? x + width : x, 10);
    p.lineTo(right ? x : x + width, 16);
    p.closeSubpath();
    return p;
}

QPainterPath box(double x, double y, double w, double h, double r = 0.8) {
    QPainterPath p;
    p.addRoundedRect(QRectF(x, y, w, h), r, r);
    return p;
}

Drawing drawingOf(Icon icon) {
    QPainterPath p;
    switch (icon) {
        case Icon::start:
            return {box(2.5, 4, 2, 12) + triangle(5, 6, false) + triangle(11, 6, false)};
        case Icon::back:
            return {box(4, 4, 2.2, 12) + triangle(7, 9, false)};
        case Icon::step:
            return {box(13.8, 4, 2.2, 12) + triangle(4, 9, true)};
        case Icon::play:
            return {triangle(5, 11, true)};
        case Icon::pause:
            return {box(4.5, 4, 4, 12) + box(11.5, 4, 4, 12)};
        case Icon::close:
            p.moveTo(5, 5);
            p.lineTo(15, 15);
            p.moveTo(15, 5);
            p.lineTo(5, 15);
            return {p, 1.8};
        case Icon::detach:
            p.addRect(QRectF(4.5, 8, 7.5, 7.5));
            p.moveTo(8, 8);
            p.lineTo(8, 4.5);
            p.lineTo(15.5, 4.5);
            p.lineTo(15.5, 12);
            p.lineTo(12, 12);
            return {p, 1.6};
        case Icon::search:
            p.addEllipse(QPointF(8.5, 8.5), 5, 5);
            p.moveTo(12.2, 12.2);
            p.lineTo(16.5, 16.5);
            return {p, 1.6};
        case Icon::help:
            p.moveTo(6.8, 7.2);
            p.cubicTo(7, 3.2, 13.4, 3.2, 13.2, 7.2);
            p.cubicTo(13.1, 9.6, 10, 9.6, 10, 12.2);
            p.moveTo(10, 15.4);
            p.lineTo(10, 15.8);
            return {p, 1.8};
        case Icon::open:
            p.moveTo(10, 3.5);
            p.lineTo(10, 12);
            p.moveTo(6.5, 8.8);
            p.lineTo(10, 12.3);
            p.lineTo(13.5, 8.8);
            p.moveTo(3.5, 13.5);
            p.lineTo(3.5, 16.5);
            p.lineTo(16.5, 16.5);
            p.lineTo(16.5, 13.5);
            return {p, 1.6};
        case Icon::language:
            p.addEllipse(QPointF(10, 10), 7, 7);
            p.addEllipse(QPointF(10, 10), 3, 7);
            p.moveTo(3, 10);
            p.lineTo(17, 10);
            return {p, 1.4};
        case Icon::projector:
            p.addRect(QRectF(3, 4, 14, 9));
            p.moveTo(10, 13);
            p.lineTo(10, 16.5);
            p.moveTo(6.5, 16.5);
            p.lineTo(13.5, 16.5);
            return {p, 1.6};
        case Icon::mark:
            p.moveTo(1, 5);
            p.lineTo(15, 5);
            p.moveTo(1, 15);
            p.lineTo(19, 15);
            p.moveTo(1, 10);
            p.lineTo(5, 10);
            p.addEllipse(QPointF(10, 10), 4.2, 3.4);
            p.moveTo(15, 10);
            p.lineTo(19, 10);
            return {p, 1.8};
    }
    return {};
}

}  // namespace

QPixmap makePixmap(Icon icon, QColor color, int size, double ratio) {
    QPixmap pixmap(qRound(size * ratio), qRound(size * ratio));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 20.0, size / 20.0);
    const Drawing drawing = drawingOf(icon);
    if (drawing.stroke > 0) {
        painter.strokePath(drawing.path, QPen(color, drawing.stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    } else {
        painter.fillPath(drawing.path, color);
    }
    return pixmap;
}

QIcon makeIcon(Icon icon, const Theme& theme, bool on_ink) {
    const int size = qRound(20 * theme.text_percent / 100.0);
    const double ratio = qGuiApp->devicePixelRatio();
    QIcon result;
    result.addPixmap(makePixmap(icon, theme.color(on_ink ? Role::onink : Role::ink), size, ratio));
    result.addPixmap(makePixmap(icon, theme.color(Role::route_next), size, ratio), QIcon::Disabled);
    return result;
}

}  // namespace ringside
