#include "views/scene/display_list.h"

#include <algorithm>

#include "engine/core/types.h"

namespace ringside {
namespace {

QRectF boundsOfPoints(const std::vector<QPointF>& points) {
    if (points.empty()) return {};
    double left = points[0].x(), right = left, top = points[0].y(), bottom = top;
    for (const QPointF& p : points) {
        left = std::min(left, p.x());
        right = std::max(right, p.x());
        top = std::min(top, p.y());
        bottom = std::max(bottom, p.y());
    }
    return {left, top, right - left, bottom - top};
}

}  // namespace

QString Item::spoken() const {
    QString said = kind;
    if (!name.isEmpty()) said += (said.isEmpty() ? QString() : QStringLiteral(" ")) + name;
    if (!state.isEmpty()) said += (said.isEmpty() ? QString() : QStringLiteral(", ")) + state;
    return said;
}

void DisplayList::begin(Item item) {
    item.parent = m_open.empty() ? -1 : m_open.back();
    item.layer = m_layer;
    m_open.push_back(static_cast<int>(m_items.size()));
    m_items.push_back(std::move(item));
}

void DisplayList::end() {
    RS_ASSERT(!m_open.empty());
    m_open.pop_back();
}

Primitive& DisplayList::add(Shape shape, QRectF rect) {
    Primitive& primitive = m_primitives.emplace_back();
    primitive.shape = shape;
    primitive.layer = m_layer;
    primitive.item = m_open.empty() ? -1 : m_open.back();
    primitive.rect = rect;
    return primitive;
}

void DisplayList::rect(QRectF rect, Fill fill, Stroke stroke, double radius) {
    Primitive& p = add(Shape::rect, rect);
    p.fill = fill;
    p.stroke = stroke;
    p.radius = radius;
}

void DisplayList::line(QPointF from, QPointF to, Stroke stroke) { route({from, to}, stroke, 0); }

void DisplayList::route(std::vector<QPointF> points, Stroke stroke, double radius) {
    Primitive& p = add(Shape::line, boundsOfPoints(points));
    p.points = std::move(points);
    p.stroke = stroke;
    p.radius = radius;
}

void DisplayList::polygon(std::vector<QPointF> points, Fill fill, Stroke stroke) {
    Primitive& p = add(Shape::line, boundsOfPoints(points));
    p.points = std::move(points);
    p.fill = fill;
    p.stroke = stroke;
    p.closed = true;
}

void DisplayList::circle(QPointF centre, double radius, Fill fill, Stroke stroke) {
    Primitive& p = add(Shape::arc, {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius});
    p.fill = fill;
    p.stroke = stroke;
}

void DisplayList::arc(QPointF centre, double radius, double start, double span, Stroke stroke) {
    Primitive& p = add(Shape::arc, {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius});
    p.stroke = stroke;
    p.start = start;
    p.span = span;
}

void DisplayList::glyph(Glyph glyph, QPointF centre, double size, Role fill, Role line) {
    Primitive& p = add(Shape::glyph, {centre.x() - size / 2, centre.y() - size / 2, size, size});
    p.glyph = glyph;
    p.fill.role = fill;
    p.stroke.role = line;
}

void DisplayList::text(QRectF box, QString text, TextToken token, Role role, Align align, Elide elide, double size) {
    if (text.isEmpty()) return;
    Primitive& p = add(Shape::text, box);
    p.text = std::move(text);
    p.token = token;
    p.fill.role = role;
    p.align = align;
    p.elide = elide;
    p.size = size;
}

int DisplayList::hitTest(QPointF point) const {
    // What moves is painted above what stands, and within a layer the later above the earlier.
    for (const Layer layer : {Layer::moving, Layer::still}) {
        for (auto i = static_cast<int>(m_items.size()) - 1; i >= 0; --i) {
            const Item& item = m_items[static_cast<std::size_t>(i)];
            if (item.layer == layer && item.rect.contains(point)) return i;
        }
    }
    return -1;
}

int DisplayList::find(const QString& id) const {
    const auto it = std::find_if(m_items.begin(), m_items.end(), [&](const Item& item) { return item.id == id; });
    return it == m_items.end() ? -1 : static_cast<int>(it - m_items.begin());
}

std::vector<QRectF> DisplayList::movingRects() const {
    std::vector<QRectF> rects;
    for (const Primitive& p : m_primitives) {
        if (p.layer == Layer::moving) rects.push_back(boundsOf(p));
    }
    return rects;
}

QRectF boundsOf(const Primitive& primitive) {
    const double grow = primitive.stroke.role == Role::none ? 0 : primitive.stroke.width / 2;
    return primitive.rect.adjusted(-grow, -grow, grow, grow);
}

std::vector<QString> unhittableItems(const DisplayList& list) {
    const auto& items = list.items();
    std::vector<QRectF> drawn(items.size());
    for (const Primitive& p : list.primitives()) {
        for (int item = p.item; item >= 0; item = items[static_cast<std::size_t>(item)].parent) {
            drawn[static_cast<std::size_t>(item)] |= boundsOf(p).adjusted(-0.1, -0.1, 0.1, 0.1);
        }
    }
    const auto inside = [&](int hit, int wanted) {
        for (; hit >= 0; hit = items[static_cast<std::size_t>(hit)].parent) {
            if (hit == wanted) return true;
        }
        return false;
    };
    constexpr int kSteps = 9;  // points tried across and down
    std::vector<QString> wrong;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const QRectF& rect = items[i].rect;
        bool hit = false;
        for (int n = 0; n < kSteps * kSteps && !hit; ++n) {
            const QPointF at(rect.left() + rect.width() * (n % kSteps + 0.5) / kSteps,
                             rect.top() + rect.height() * (n / kSteps + 0.5) / kSteps);
            hit = inside(list.hitTest(at), static_cast<int>(i));
        }
        if (!hit || !rect.intersects(drawn[i])) wrong.push_back(items[i].id);
    }
    return wrong;
}

}  // namespace ringside
