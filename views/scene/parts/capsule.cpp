#include "views/scene/parts/capsule.h"

#include <algorithm>

namespace ringside {
namespace {

constexpr double kStackStep = 3;  // how far each pill of a stack stands out behind the first
constexpr double kCrossGap = 4;

QString labelOf(const Capsule& c) { return c.count > 1 ? QStringLiteral("×%1").arg(c.count) : c.number; }
double textSize(double height) { return height * 0.54; }

QRectF pill(const Canvas& canvas, const Capsule& c) {
    const double text = canvas.width(labelOf(c), TextToken::mono_bold, textSize(c.height));
    const double width = std::max(1.45 * c.height, text + 18 * c.height / 24);
    return {c.centre.x() - width / 2, c.centre.y() - c.height / 2, width, c.height};
}

}  // namespace

QRectF boundsOf(const Canvas& canvas, const Capsule& c) {
    QRectF rect = pill(canvas, c);
    if (c.count > 1) rect.adjust(0, -2 * kStackStep, 2 * kStackStep, 0);
    if (c.kind == CapsuleKind::dropped) rect.adjust(0, 0, kCrossGap + c.height * 0.42, 0);
    return rect;
}

void drawCapsule(const Canvas& canvas, const Capsule& c) {
    DisplayList& list = canvas.list;
    const QRectF rect = pill(canvas, c);
    const double radius = c.height / 2;
    const Stroke outline{Role::ink, 1.5, Dash::solid};
    for (int behind = c.count > 1 ? 2 : 0; behind > 0; --behind) {
        list.rect(rect.translated(kStackStep * behind, -kStackStep * behind), {Role::surface}, outline, radius);
    }
    Role text = Role::text;
    switch (c.kind) {
        case CapsuleKind::followed:
            list.rect(rect, {Role::ink}, {}, radius);
            text = Role::onink;
            break;
        case CapsuleKind::expected:
            list.rect(rect, {}, {Role::border2, 1.5, Dash::dashed}, radius);
            text = Role::text3;
            break;
        case CapsuleKind::other:
        case CapsuleKind::dropped:
            list.rect(rect, {Role::surface}, outline, radius);
            break;
    }
    list.text(rect, labelOf(c), TextToken::mono_bold, text, Align::center, Elide::none, textSize(c.height));
    if (c.kind == CapsuleKind::dropped) {
        const double size = c.height * 0.42;
        list.glyph(Glyph::cross, {rect.right() + kCrossGap + size / 2, rect.center().y()}, size, Role::drop_solid);
    }
}

}  // namespace ringside
