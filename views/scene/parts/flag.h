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
    int grow = 0;     ///< -1: the name stands left of the tip, 1: right of it, 0: over it where there is room
    QString value{};  ///< stands behind the name: "64"
};

/// How flags stand: the height their tips touch, the room to the sides, and the stem of those in the first row.
struct FlagRow {
    double tip = 0;
    FlagSide side = FlagSide::above;
    double left = 0, right = 0;
    double stem = 9;
};

/// Where the name of a flag stands; `row` counts from the tips outwards.
struct FlagPlace {
    std::size_t flag = 0;  ///< index into the flags given
    QRectF box;
    int row = 0;
    bool named = true;  ///< a ghost without room keeps its stem and loses its name
};

/// Finds the room: names never touch. The left one of two that are near grows to the left, the right one to the right,
/// and where no place of a row is free the next row is taken. A ghost goes no further out than the others do.
std::vector<FlagPlace> placeFlags(const Canvas& canvas, const std::vector<Flag>& flags, const FlagRow& where);
/// Rows that these flags take, at least 1.
int flagRows(const Canvas& canvas, const std::vector<Flag>& flags, const FlagRow& where);

/// Draws flags. Each is an item "PREFIX" + name (ghosts are none).
void drawFlags(const Canvas& canvas, const std::vector<Flag>& flags, const FlagRow& where, const QString& idPrefix);

/// Height that flags take with `rows` rows.
constexpr double flagHeight(int rows, double stem = 9) { return stem + 22 + 24.0 * (rows - 1); }

}  // namespace ringside
