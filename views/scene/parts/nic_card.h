#pragma once
// The network card with its FIFO, the wire that ends in it, the DMA arrow into the ring and the interrupt line to a
// CPU.

#include <vector>

#include "views/scene/parts/canvas.h"

namespace ringside {

struct NicCard {
    QString name;                     ///< "eth0"
    QString driver;                   ///< "e1000"
    std::vector<std::uint32_t> fifo;  ///< packets, the next to leave first
    std::uint32_t followed = 0;
};

/// Draws into `rect` (220 × 66, or one line when lower). Item "nic:NAME".
void drawNicCard(const Canvas& canvas, const QRectF& rect, const NicCard& card);
/// Where packet `index` of the FIFO stands, 0 at the exit.
QPointF fifoSlot(const QRectF& rect, std::size_t index);
void drawWire(const Canvas& canvas, QPointF from, QPointF to, const QString& label);
/// `active`: data is being written now.
void drawDmaArrow(const Canvas& canvas, QPointF from, QPointF to, const QString& label, bool active);

enum class IrqState : std::uint8_t { enabled, masked, firing };
enum class IrqLabel : std::uint8_t { shown, hidden };
void drawIrqLine(const Canvas& canvas, QPointF from, QPointF to, IrqState state, IrqLabel label = IrqLabel::shown);

}  // namespace ringside
