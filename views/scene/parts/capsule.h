#pragma once
// A packet: an ink pill with its number. Solid is the one being followed, outlined any other, dashed where one is
// expected.

#include "views/scene/parts/canvas.h"

namespace ringside {

enum class CapsuleKind : std::uint8_t { other, followed, expected, dropped };

struct Capsule {
    QPointF centre;
    QString number;
    CapsuleKind kind = CapsuleKind::other;
    double height = 24;  ///< 28 at the current stop, 17 to 19 inside cells
    int count = 1;       ///< more than 1: a stack of so many packets at one place, shown as ×count
};

/// Where a capsule will be, stack and cross included.
QRectF boundsOf(const Canvas& canvas, const Capsule& capsule);
void drawCapsule(const Canvas& canvas, const Capsule& capsule);

}  // namespace ringside
