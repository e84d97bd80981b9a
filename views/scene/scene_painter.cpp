#include "views/scene/scene_painter.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

namespace ringside {
namespace {

/// Larger moving items are few; they are painted anew.
constexpr double kMostSprite = 200;
constexpr qsizetype kMostSprites = 2048;
/// Textures let the colour under them through, so that text on a tint stays readable.
constexpr float kTextureOpacity = 0.45F;

QPixmap makeTexture(Texture texture, QColor color, double pixelsPerUnit) {
    const double pitch = texture == Texture::hatch_wide ? 9 : 6;
    const int side = std::max(3, static_cast<int>(std::lround(pitch * pixelsPerUnit)));
    QPixmap tile(side, side);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    if (texture == Texture::dots) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(QPointF(side / 2.0, side / 2.0), pixelsPerUnit, pixelsPerUnit);
        return tile;
    }
    const double width = (texture == Texture::hatch_wide ? 1.0 : 1.5) * pixelsPerUnit;
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
    // The corners belong to the neighbouring lines, so three are drawn.
    for (const int shift : {-side, 0, side})
        painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1));
    return tile;
}

/// The line through `points` with every bend rounded.
QPainterPath pathThrough(const std::vector<QPointF>& points, double radius, bool closed) {
    QPainterPath path;
    if (points.empty()) return path;
    path.moveTo(points.front());
    for (std::size_t i = 1; i < points.size(); ++i) {
        const QPointF at = points[i];
        if (radius <= 0 || i + 1 == points.size()) {
            path.lineTo(at);
            continue;
        }
        const QLineF in(at, points[i - 1]), out(at, points[i + 1]);
        const double r = std::min({radius, in.length() / 2, out.length() / 2});
        if (r <= 0) continue;
        path.lineTo(in.pointAt(r / in.length()));
        path.quadTo(at, out.pointAt(r / out.length()));
    }
    if (closed) path.closeSubpath();
    return path;
}

qint64 tenths(double value) { return static_cast<qint64>(std::lround(value * 10)); }

}  // namespace

std::size_t lookOf(const Primitive& p, QPointF origin) {
    const QRectF at = p.rect.translated(-origin);
    std::size_t look = qHashMulti(0, static_cast<int>(p.shape), tenths(at.x()), tenths(at.y()), tenths(at.width()),
                                  tenths(at.height()), tenths(p.radius), static_cast<int>(p.fill.role),
                                  static_cast<int>(p.fill.texture), static_cast<int>(p.fill.texture_role),
                                  tenths(p.fill.opacity * 100), static_cast<int>(p.stroke.role), tenths(p.stroke.width),
                                  static_cast<int>(p.stroke.dash));
    look = qHashMulti(look, static_cast<int>(p.glyph), static_cast<int>(p.token), tenths(p.size),
                      static_cast<int>(p.align), static_cast<int>(p.elide), p.closed, tenths(p.start), tenths(p.span),
                      p.text);
    for (const QPointF& point : p.points)
        look = qHashMulti(look, tenths(point.x() - origin.x()), tenths(point.y() - origin.y()));
    return look;
}

ScenePainter::ScenePainter(const Theme& theme, double ratio) : m_theme(theme), m_ratio(ratio), m_scale(theme.scale()) {}

double ScenePainter::snap(double value) const { return std::round(value * m_ratio) / m_ratio; }

QRectF ScenePainter::toWidget(const QRectF& rect) const {
    return {QPointF(rect.left() * m_scale, rect.top() * m_scale),
            QPointF(rect.right() * m_scale, rect.bottom() * m_scale)};
}

QColor ScenePainter::colorOf(const Fill& fill) const {
    QColor color = m_theme.color(fill.role);
    if (fill.opacity < 1) color.setAlphaF(static_cast<float>(fill.opacity));
    return color;
}

QPen ScenePainter::penOf(const Stroke& stroke) const {
    if (stroke.role == Role::none) return QPen(Qt::NoPen);
    const double width = m_theme.stroke(stroke.width);
    QPen pen(m_theme.color(stroke.role), width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    // A dash pattern counts in line widths.
    const auto pattern = [&](double on, double off) {
        pen.setDashPattern({on * m_scale / width, off * m_scale / width});
    };
    switch (stroke.dash) {
        case Dash::solid:
            break;
        case Dash::dashed:
            pattern(3, 3);
            break;
        case Dash::dotted:
            pattern(2, 4);
            break;
        case Dash::route:
            pattern(2, 7);
            pen.setCapStyle(Qt::RoundCap);
            break;
    }
    return pen;
}

const QBrush& ScenePainter::textureOf(const Fill& fill) {
    QBrush& brush = m_textures[{fill.texture, fill.texture_role}];
    if (brush.style() == Qt::NoBrush) {
        QColor color = m_theme.color(fill.texture_role);
        if (m_theme.kind != ThemeKind::high_contrast) color.setAlphaF(kTextureOpacity);
        brush = QBrush(makeTexture(fill.texture, color, m_scale * m_ratio));
        brush.setTransform(QTransform::fromScale(1 / m_ratio, 1 / m_ratio));
    }
    return brush;
}

const ScenePainter::FontOf& ScenePainter::fontOf(TextToken token, double size) {
    const auto found = m_fonts.find({token, size});
    if (found != m_fonts.end()) return found->second;
    const QFont font = m_theme.font(token, size);
    return m_fonts[{token, size}] = {font, QFontMetricsF(font).capHeight()};
}

void ScenePainter::paint(QPainter& painter, const DisplayList& list, Part part) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (part != Part::moving) {
        for (const Primitive& p : list.primitives()) {
            if (p.layer == Layer::still) draw(painter, p);
        }
    }
    if (part == Part::moving) return paintMoving(painter, list);
    if (part == Part::still) return;
    for (const Primitive& p : list.primitives()) {
        if (p.layer == Layer::moving) draw(painter, p);
    }
}

void ScenePainter::paintStill(QPainter& painter, const DisplayList& list, const QRegion& region) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRegion(region);
    for (const Primitive& p : list.primitives()) {
        if (p.layer == Layer::still && region.intersects(toWidget(boundsOf(p)).adjusted(-2, -2, 2, 2).toAlignedRect()))
            draw(painter, p);
    }
    painter.setClipping(false);
}

/// In an animation the same packets come with every frame; each is painted once and then only put elsewhere.
void ScenePainter::paintMoving(QPainter& painter, const DisplayList& list) {
    const auto& primitives = list.primitives();
    for (std::size_t i = 0; i < primitives.size();) {
        const Primitive& p = primitives[i];
        std::size_t last = i + 1;
        if (p.layer == Layer::moving && p.item >= 0) {
            while (last < primitives.size() && primitives[last].item == p.item) ++last;
            const Item& item = list.items()[static_cast<std::size_t>(p.item)];
            if (item.rect.width() <= kMostSprite && item.rect.height() <= kMostSprite) {
                drawSprite(painter, list, i, last, item);
                i = last;
                continue;
            }
        }
        for (; i < last; ++i) {
            if (primitives[i].layer == Layer::moving) draw(painter, primitives[i]);
        }
    }
}

void ScenePainter::drawSprite(QPainter& painter, const DisplayList& list, std::size_t first, std::size_t last,
                              const Item& item) {
    const auto& primitives = list.primitives();
    const QPointF origin = item.rect.topLeft();
    std::size_t key = qHashMulti(0, tenths(item.rect.width()), tenths(item.rect.height()));
    QRectF bounds = item.rect;
    for (std::size_t i = first; i < last; ++i) {
        const Primitive& p = primitives[i];
        bounds |= boundsOf(p);
        key = qHashMulti(key, lookOf(p, origin));
    }
    bounds.adjust(-1, -1, 1, 1);
    const QPointF corner = bounds.topLeft() * m_scale;
    QPixmap& sprite = m_sprites[key];
    if (sprite.isNull()) {
        if (m_sprites.size() > kMostSprites) {
            m_sprites.clear();
            return drawSprite(painter, list, first, last, item);
        }
        sprite = QPixmap((bounds.size() * m_scale * m_ratio).toSize() + QSize(1, 1));
        sprite.setDevicePixelRatio(m_ratio);
        sprite.fill(Qt::transparent);
        QPainter own(&sprite);
        own.setRenderHint(QPainter::Antialiasing);
        own.translate(-snap(corner.x()), -snap(corner.y()));
        for (std::size_t i = first; i < last; ++i) draw(own, primitives[i]);
    }
    painter.drawPixmap(QPointF(snap(corner.x()), snap(corner.y())), sprite);
}

void ScenePainter::draw(QPainter& painter, const Primitive& p) {
    switch (p.shape) {
        case Shape::rect:
            return drawRect(painter, p);
        case Shape::line:
            return drawLine(painter, p);
        case Shape::arc:
            return drawArc(painter, p);
        case Shape::glyph:
            return drawGlyph(painter, p);
        case Shape::text:
            return drawText(painter, p);
    }
}

void ScenePainter::drawRect(QPainter& painter, const Primitive& p) {
    const QPen pen = penOf(p.stroke);
    const QRectF wide = toWidget(p.rect);
    QRectF rect(QPointF(snap(wide.left()), snap(wide.top())), QPointF(snap(wide.right()), snap(wide.bottom())));
    if (pen.style() != Qt::NoPen) {
        // The outline stands inside the rectangle, so that a thin one covers whole pixels.
        const double inset = pen.widthF() / 2;
        rect.adjust(inset, inset, -inset, -inset);
    }
    if (rect.width() <= 0 || rect.height() <= 0) return;
    const double radius = std::min({p.radius * m_scale, rect.width() / 2, rect.height() / 2});
    const auto shape = [&] {
        if (radius > 0)
            painter.drawRoundedRect(rect, radius, radius);
        else
            painter.drawRect(rect);
    };
    const QBrush brush = p.fill.role == Role::none ? QBrush(Qt::NoBrush) : QBrush(colorOf(p.fill));
    if (p.fill.texture != Texture::none) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(brush);
        if (brush.style() != Qt::NoBrush) shape();
        painter.setBrush(textureOf(p.fill));
        shape();
        painter.setBrush(Qt::NoBrush);
    } else {
        painter.setBrush(brush);
    }
    painter.setPen(pen);
    if (pen.style() != Qt::NoPen || p.fill.texture == Texture::none) shape();
}

void ScenePainter::drawLine(QPainter& painter, const Primitive& p) {
    if (p.points.size() < 2) return;
    const QPen pen = penOf(p.stroke);
    // An odd number of device pixels lies centred on a pixel, an even one on an edge.
    const double half = std::lround(pen.widthF() * m_ratio) % 2 == 1 ? 0.5 / m_ratio : 0;
    std::vector<QPointF> points;
    points.reserve(p.points.size());
    for (const QPointF& at : p.points) {
        const QPointF wide = at * m_scale;
        points.push_back(p.closed ? wide : QPointF(snap(wide.x() - half) + half, snap(wide.y() - half) + half));
    }
    painter.setPen(pen);
    painter.setBrush(p.fill.role == Role::none ? QBrush(Qt::NoBrush) : QBrush(colorOf(p.fill)));
    painter.drawPath(pathThrough(points, p.radius * m_scale, p.closed));
}

void ScenePainter::drawArc(QPainter& painter, const Primitive& p) {
    painter.setPen(penOf(p.stroke));
    const QRectF rect = toWidget(p.rect);
    if (p.span >= 360) {
        painter.setBrush(p.fill.role == Role::none ? QBrush(Qt::NoBrush) : QBrush(colorOf(p.fill)));
        painter.drawEllipse(rect);
    } else {
        painter.setBrush(Qt::NoBrush);
        painter.drawArc(rect, static_cast<int>(p.start * 16), static_cast<int>(p.span * 16));
    }
}

void ScenePainter::drawGlyph(QPainter& painter, const Primitive& p) {
    const GlyphShape& shape = shapeOf(p.glyph);
    const double scale = p.rect.width() * m_scale / 10;
    const QColor color = m_theme.color(p.fill.role);
    const QPointF centre = p.rect.center() * m_scale;
    painter.save();
    painter.translate(snap(centre.x() * 2) / 2, snap(centre.y() * 2) / 2);
    painter.scale(scale, scale);
    if (shape.stroke > 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, shape.stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    } else {
        painter.setBrush(color);
        const bool line = shape.outlined && p.stroke.role != Role::none;
        painter.setPen(line ? QPen(m_theme.color(p.stroke.role), m_theme.stroke(1) / scale, Qt::SolidLine, Qt::RoundCap,
                                   Qt::RoundJoin)
                            : QPen(Qt::NoPen));
    }
    painter.drawPath(shape.path);
    painter.restore();
}

void ScenePainter::drawText(QPainter& painter, const Primitive& p) {
    const FontOf& of = fontOf(p.token, p.size);
    const QRectF box = toWidget(p.rect);
    painter.setFont(of.font);
    painter.setPen(m_theme.color(p.fill.role));
    QString text = p.text;
    if (p.elide != Elide::none || p.align != Align::left) {
        const QFontMetricsF metrics(of.font);
        if (p.elide != Elide::none) {
            text =
                metrics.elidedText(text, p.elide == Elide::right ? Qt::ElideRight : Qt::ElideMiddle, box.width() + 0.5);
        }
        if (p.align != Align::left) {
            const double free = box.width() - metrics.horizontalAdvance(text);
            const double x = box.left() + (p.align == Align::center ? free / 2 : free);
            painter.drawText(QPointF(snap(x), snap(box.center().y() + of.cap / 2)), text);
            return;
        }
    }
    painter.drawText(QPointF(snap(box.left()), snap(box.center().y() + of.cap / 2)), text);
}

void paint(QPainter& painter, const DisplayList& list, const Theme& theme, double ratio) {
    ScenePainter(theme, ratio).paint(painter, list);
}

}  // namespace ringside
