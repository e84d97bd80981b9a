#include "views/theme/glyph.h"

#include <QPolygonF>
#include <array>

namespace ringside {
namespace {

constexpr std::size_t kGlyphs = static_cast<std::size_t>(Glyph::count_);

QPainterPath polygon(std::initializer_list<QPointF> points) {
    QPainterPath path;
    path.addPolygon(QPolygonF(QList<QPointF>(points)));
    path.closeSubpath();
    return path;
}

QPainterPath strokes(std::initializer_list<QLineF> lines) {
    QPainterPath path;
    for (const QLineF& line : lines) {
        path.moveTo(line.p1());
        path.lineTo(line.p2());
    }
    return path;
}

QPainterPath chip() {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRoundedRect(-3.5, -3.5, 7, 7, 0.8, 0.8);
    for (const double at : {-1.75, 1.75}) {
        path.addRect(at - 0.5, -5, 1, 10);
        path.addRect(-5, at - 0.5, 10, 1);
    }
    return path;
}

QPainterPath circle(double radius) {
    QPainterPath path;
    path.addEllipse(QPointF(0, 0), radius, radius);
    return path;
}

QPainterPath brackets() {
    QPainterPath path;
    path.moveTo(-1.6, -4.6);
    path.lineTo(-4.6, -4.6);
    path.lineTo(-4.6, 4.6);
    path.lineTo(-1.6, 4.6);
    path.moveTo(1.6, -4.6);
    path.lineTo(4.6, -4.6);
    path.lineTo(4.6, 4.6);
    path.lineTo(1.6, 4.6);
    return path;
}

QPainterPath square() {
    QPainterPath path;
    path.addRoundedRect(-4.25, -4.25, 8.5, 8.5, 1.3, 1.3);
    return path;
}

QPainterPath warning() {
    QPainterPath path = polygon({{0, -4.6}, {4.9, 4.2}, {-4.9, 4.2}});
    path.addPath(strokes({{0, -1.4, 0, 1.2}, {0, 2.6, 0, 2.7}}));
    return path;
}

QPainterPath info() {
    QPainterPath path = circle(4.6);
    path.addPath(strokes({{0, -0.4, 0, 2.4}, {0, -2.4, 0, -2.3}}));
    return path;
}

std::array<GlyphShape, kGlyphs> makeShapes() {
    std::array<GlyphShape, kGlyphs> shapes;
    const auto at = [&](Glyph glyph) -> GlyphShape& { return shapes[static_cast<std::size_t>(glyph)]; };
    at(Glyph::chip) = {chip(), 0, false};
    at(Glyph::bolt) = {polygon({{1.25, -5}, {-3.75, 1}, {0, 1}, {-1.25, 5}, {3.75, -1}, {0, -1}}), 0, false};
    at(Glyph::diamond) = {polygon({{0, -5}, {5, 0}, {0, 5}, {-5, 0}}), 0, true};
    at(Glyph::square) = {square(), 0, false};
    at(Glyph::circle) = {circle(4.6), 0, false};
    at(Glyph::brackets) = {brackets(), 1.6, false};
    at(Glyph::hollow_circle) = {circle(4.0), 1.7, false};
    at(Glyph::cross) = {strokes({{-4, -4, 4, 4}, {4, -4, -4, 4}}), 2.4, false};
    at(Glyph::check) = {[] {
                            QPainterPath path;
                            path.moveTo(-3.8, 0.2);
                            path.lineTo(-1.2, 2.8);
                            path.lineTo(4, -3);
                            return path;
                        }(),
                        1.8, false};
    at(Glyph::arrow_right) = {polygon({{5, 0}, {-4.6, 4.8}, {-4.6, -4.8}}), 0, false};
    at(Glyph::arrow_left) = {polygon({{-5, 0}, {4.6, -4.8}, {4.6, 4.8}}), 0, false};
    at(Glyph::arrow_up) = {polygon({{0, -5}, {4.8, 4.6}, {-4.8, 4.6}}), 0, false};
    at(Glyph::arrow_down) = {polygon({{0, 5}, {-4.8, -4.6}, {4.8, -4.6}}), 0, false};
    at(Glyph::warning) = {warning(), 1.3, false};
    at(Glyph::info) = {info(), 1.4, false};
    return shapes;
}

}  // namespace

std::string_view nameOf(Glyph glyph) {
    static constexpr std::array<std::string_view, kGlyphs> names{
        "none",  "chip",  "bolt",        "diamond",    "square",   "circle",     "brackets", "hollow_circle",
        "cross", "check", "arrow_right", "arrow_left", "arrow_up", "arrow_down", "warning",  "info"};
    return names[static_cast<std::size_t>(glyph)];
}

const GlyphShape& shapeOf(Glyph glyph) {
    static const std::array<GlyphShape, kGlyphs> shapes = makeShapes();
    return shapes[static_cast<std::size_t>(glyph)];
}

Glyph glyphOf(Tone tone) {
    switch (tone) {
        case Tone::hw:
            return Glyph::chip;
        case Tone::hardirq:
            return Glyph::bolt;
        case Tone::softirq:
            return Glyph::diamond;
        case Tone::process:
            return Glyph::square;
        case Tone::user:
            return Glyph::circle;
        case Tone::rcu:
            return Glyph::brackets;
        case Tone::idle:
            return Glyph::hollow_circle;
        case Tone::drop:
            return Glyph::cross;
        case Tone::changed:
            return Glyph::arrow_right;
    }
    return Glyph::none;
}

}  // namespace ringside
