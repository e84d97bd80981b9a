#pragma once
// The small shapes that say beside every hue what it means. Drawn as paths on a 10 px box, never as font characters.

#include <QPainterPath>
#include <cstdint>
#include <string_view>

#include "views/theme/role.h"

namespace ringside {

enum class Glyph : std::uint8_t {
    none,
    chip,
    bolt,
    diamond,
    square,
    circle,
    brackets,
    hollow_circle,
    cross,
    check,
    arrow_right,
    arrow_left,
    arrow_up,
    arrow_down,
    warning,
    info,
    count_
};
std::string_view nameOf(Glyph glyph);

/// How a path is to be drawn.
struct GlyphShape {
    QPainterPath path;      ///< on a box from (-5, -5) to (5, 5)
    double stroke = 0;      ///< 0: filled; else the width of its line
    bool outlined = false;  ///< filled, with a 1 px line in the tone's text colour around it
};
const GlyphShape& shapeOf(Glyph glyph);

/// The glyph that goes with a tone.
Glyph glyphOf(Tone tone);

}  // namespace ringside
