#pragma once
// The quiet ground of a picture: zones, cards, chips and the boxes that say why there is nothing to see.

#include "views/scene/parts/canvas.h"

namespace ringside {

/// A band over the full width with its name at the upper left; `boundary` draws the line at its top.
enum class Boundary : std::uint8_t { none, top };
void drawZone(const Canvas& canvas, const QRectF& rect, Role fill, const QString& name, Boundary boundary);
/// Says how many machines of the run the picture leaves out; nothing where there are none.
void drawOtherMachines(const Canvas& canvas, QPointF at, int count);

/// A raised card.
void drawCard(const Canvas& canvas, const QRectF& rect, double radius = 8);

/// The chip of an execution context, 22 high, its right end at `right`. Returns its rectangle.
QRectF drawContextChip(const Canvas& canvas, double right, double middle, Tone tone, const QString& word);
/// A name of the kernel that is not translated (TASK_INTERRUPTIBLE) in a sunken chip, from `left`. Returns its
/// rectangle.
QRectF drawKernelChip(const Canvas& canvas, double left, double middle, const QString& name);
/// What a context is called in the reader's language.
QString contextWord(Tone tone);

/// A dashed box with a title and one sentence: nothing to show yet, or (tone drop) what went wrong.
void drawMessageBox(const Canvas& canvas, const QRectF& rect, const QString& title, const QString& sentence,
                    bool error = false);

}  // namespace ringside
