#pragma once
// Pointer flags: a name on a stem whose tip touches the thing pointed at.

#include <vector>

#include "views/scene/parts/canvas.h"

namespace ringside {

enum class FlagState : std::uint8_t { still, moved, ghost };  ///< ghost: where it was before this step
enum class FlagSide : std::uint8_t { above, below };

struct Flag {
    QString name;
    double x = 0;  ///< where its tip is
    FlagState state = FlagState::still;
    QString tooltip;
    int grow = 0;  ///< -1: the name stands left of the tip, 1: right of it, 0: over it where there is room
};

/// Draws flags whose tips stand at height `tip`. Names that would touch are moved apart: the left one grows to the
/// left, the right one to the right, and where that is not enough the next goes one row further out. Each is an item
/// "flag:NAME" (ghosts are none).
void drawFlags(const Canvas& canvas, std::vector<Flag> flags, double tip, FlagSide side, const QString& idPrefix,
               double left, double right);

/// Height that flags take with `rows` rows.
constexpr double flagHeight(int rows) { return 31 + 24.0 * (rows - 1); }

}  // namespace ringside
