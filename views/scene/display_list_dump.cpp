// A display list as stable text: what golden tests compare.
#include <algorithm>
#include <array>
#include <cmath>

#include "views/scene/display_list.h"

namespace ringside {
namespace {

std::string number(double value) {
    const double tenths = std::round(value * 10);
    const auto whole = static_cast<long long>(tenths / 10), rest = std::llabs(static_cast<long long>(tenths) % 10);
    std::string text = std::to_string(whole);
    if (tenths < 0 && whole == 0) text = "-0";
    return rest == 0 ? (tenths == 0 ? "0" : text) : text + "." + std::to_string(rest);
}
std::string point(QPointF p) { return number(p.x()) + "," + number(p.y()); }
std::string box(const QRectF& r) { return point(r.topLeft()) + " " + number(r.width()) + "x" + number(r.height()); }
std::string quoted(const QString& text) { return "\"" + text.toStdString() + "\""; }

template <std::size_t N, class E>
const char* pick(const std::array<const char*, N>& names, E value) {
    return names[static_cast<std::size_t>(value)];
}

std::string looks(const Primitive& p) {
    std::string text;
    if (p.fill.role != Role::none) text += " fill " + std::string(nameOf(p.fill.role));
    if (p.fill.opacity < 1) text += " at " + number(p.fill.opacity * 100) + "%";
    if (p.fill.texture != Texture::none) {
        text += std::string(" ") + pick(std::array{"", "hatch", "hatch_wide", "dots"}, p.fill.texture) + " " +
                std::string(nameOf(p.fill.texture_role));
    }
    if (p.stroke.role != Role::none) {
        text += " stroke " + std::string(nameOf(p.stroke.role)) + " " + number(p.stroke.width);
        if (p.stroke.dash != Dash::solid)
            text += std::string(" ") + pick(std::array{"", "dashed", "dotted", "route"}, p.stroke.dash);
    }
    return text;
}

std::string describe(const Primitive& p) {
    switch (p.shape) {
        case Shape::rect:
            return "rect " + box(p.rect) + (p.radius > 0 ? " r" + number(p.radius) : "") + looks(p);
        case Shape::arc:
            return (p.span == 360 ? "circle " : "arc ") + box(p.rect) +
                   (p.span == 360 ? "" : " from " + number(p.start) + " by " + number(p.span)) + looks(p);
        case Shape::glyph:
            return "glyph " + std::string(nameOf(p.glyph)) + " " + box(p.rect) + looks(p);
        case Shape::text:
            return "text " + box(p.rect) + " " + quoted(p.text) + " " + std::string(styleOf(p.token).name) +
                   (p.size > 0 ? " size " + number(p.size) : "") + " " +
                   pick(std::array{"left", "center", "right"}, p.align) +
                   pick(std::array{"", " elide", " elide-middle"}, p.elide) + looks(p);
        case Shape::line: {
            std::string text = p.closed ? "polygon" : "line";
            for (const QPointF& at : p.points) text += " " + point(at);
            return text + (p.radius > 0 ? " r" + number(p.radius) : "") + looks(p);
        }
    }
    return {};
}

}  // namespace

std::string DisplayList::dump() const {
    std::string out = "scene " + number(m_size.width()) + "x" + number(m_size.height()) + "\n";
    const auto depthOf = [&](int item) {
        std::size_t depth = 0;
        for (; item >= 0; item = m_items[static_cast<std::size_t>(item)].parent) ++depth;
        return depth;
    };
    int written = -1;  // items up to here have their line; an item that draws nothing itself still gets one
    const auto writeItems = [&](int upTo) {
        while (written < upTo) {
            const Item& item = m_items[static_cast<std::size_t>(++written)];
            out += std::string(2 * depthOf(item.parent), ' ') + "item " + item.id.toStdString() + " " +
                   quoted(item.spoken()) + " " + box(item.rect) + (item.focusable ? "" : " unfocusable") +
                   (item.layer == Layer::moving ? " moving" : "") + "\n";
        }
    };
    for (const Primitive& p : m_primitives) {
        writeItems(p.item);
        out += std::string(2 * depthOf(p.item), ' ') + describe(p) + (p.layer == Layer::moving ? " moving" : "") + "\n";
    }
    writeItems(static_cast<int>(m_items.size()) - 1);
    return out;
}

}  // namespace ringside
