#pragma once
// The call stack of one CPU: newest frame on top, bands of colour and texture where the context changes.

#include <vector>

#include "views/scene/parts/canvas.h"

namespace ringside {

/// One line of a call stack.
struct StackLine {
    QString function;
    Tone tone = Tone::process;
    QString packet;     ///< number of the packet it handles; empty: none
    bool band = false;  ///< not a frame but a sentence with the tone's glyph: "cc1, interrupted"
};

struct StackCard {
    int cpu = 0;
    Tone tone = Tone::idle;        ///< what the CPU is doing now
    std::vector<StackLine> lines;  ///< newest first
    QString task;                  ///< whose stack it is
    bool active = false;           ///< this step happened here
    QString kept = {};             ///< not empty: the stack of a task that no CPU runs, and why; `cpu` is its pid
};

/// Height the card would like to have.
double wantedHeight(const StackCard& card);
/// The least height that still says something.
double leastHeight(const StackCard& card);
/// Draws into `rect`; lines that do not fit are folded in the middle. Items "cpu:N" and "frame:N:FUNCTION".
void drawStackCard(const Canvas& canvas, const QRectF& rect, const StackCard& card);

}  // namespace ringside
