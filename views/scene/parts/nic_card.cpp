#include "views/scene/parts/nic_card.h"

#include <algorithm>

#include "views/scene/parts/capsule.h"
#include "views/scene/parts/card.h"

namespace ringside {
namespace {

constexpr int kFifoCells = 5;
constexpr double kFifoCell = 29, kFifoPitch = 31;

}  // namespace

QPointF fifoSlot(const QRectF& rect, std::size_t index) {
    const double right = rect.right() - 13;
    return {right - kFifoPitch * static_cast<double>(std::min<std::size_t>(index, kFifoCells - 1)) - kFifoCell / 2,
            rect.height() < 60 ? rect.center().y() : rect.bottom() - 18};
}

void drawNicCard(const Canvas& canvas, const QRectF& rect, const NicCard& card) {
    DisplayList& list = canvas.list;
    list.begin({QStringLiteral("nic:") + card.name, QCoreApplication::translate("Scene", "Network card"), card.name,
                QCoreApplication::translate("Scene", "packets in the FIFO: %1").arg(card.fifo.size()),
                QCoreApplication::translate(
                    "Scene", "Takes frames from the wire into its FIFO and writes them to memory without the CPU."),
                rect, 8});
    drawCard(canvas, rect);
    const bool flat = rect.height() < 60;
    const double first = flat ? rect.center().y() : rect.top() + 20;
    list.glyph(Glyph::chip, {rect.left() + 18, first}, 12, Role::hw_solid);
    canvas.textAt(rect.left() + 32, first, QStringLiteral("NIC ") + card.driver, TextToken::ui_bold, Role::text);
    if (!flat) {
        list.text({rect.right() - 92, first - 10, 80, 20}, card.name, TextToken::mono, Role::text3, Align::right);
        if (rect.width() > 200)  // a card whose ring is not drawn is narrower than its five cells and the word
            canvas.textAt(rect.left() + 12, rect.bottom() - 18, QStringLiteral("FIFO"), TextToken::mono_small,
                          Role::text2);
        for (std::size_t i = 0; i < kFifoCells; ++i) {
            const QPointF at = fifoSlot(rect, i);
            list.rect({at.x() - kFifoCell / 2, at.y() - 10, kFifoCell, 20}, {Role::sunken}, {Role::border, 1}, 3);
        }
    }
    const auto extra = static_cast<int>(card.fifo.size()) - kFifoCells;
    for (std::size_t i = std::min<std::size_t>(card.fifo.size(), flat ? 1 : kFifoCells); i-- > 0;) {
        const bool last = extra > 0 && i + 1 == kFifoCells;
        drawCapsule(canvas, {fifoSlot(rect, i), QString::number(card.fifo[i]),
                             card.fifo[i] == card.followed ? CapsuleKind::followed : CapsuleKind::other, 16,
                             last ? extra + 1 : 1});
    }
    list.end();
}

void drawWire(const Canvas& canvas, QPointF from, QPointF to, const QString& label) {
    canvas.list.line(from, to - QPointF(8, 0), {Role::hw_solid, 4});
    canvas.list.line(from, to - QPointF(12, 0), {Role::surface, 1, Dash::dashed});
    canvas.list.glyph(Glyph::arrow_right, to - QPointF(6, 0), 12, Role::hw_solid);
    canvas.list.text({from.x() + 20, from.y() - 32, 80, 20}, label, TextToken::small_medium, Role::hw_text);
}

void drawDmaArrow(const Canvas& canvas, QPointF from, QPointF to, const QString& label, bool active) {
    const QPointF corner(to.x(), from.y());
    canvas.list.route({from, corner, to + QPointF(0, 8)},
                      {active ? Role::hw_solid : Role::route_next, 2.5, active ? Dash::solid : Dash::route}, 14);
    canvas.list.glyph(Glyph::arrow_up, to + QPointF(0, 6), 12, active ? Role::hw_solid : Role::route_next);
    canvas.list.text({corner.x() + 12, corner.y() - 12, 200, 20}, label, TextToken::small_medium, Role::hw_text);
}

void drawIrqLine(const Canvas& canvas, QPointF from, QPointF to, IrqState state, IrqLabel label) {
    DisplayList& list = canvas.list;
    const QString word = state == IrqState::masked   ? QCoreApplication::translate("Scene", "IRQ masked while polling")
                         : state == IrqState::firing ? QCoreApplication::translate("Scene", "IRQ")
                                                     : QCoreApplication::translate("Scene", "IRQ enabled");
    const QPointF middle = (from + to) / 2;
    list.begin({QStringLiteral("irq"),
                QCoreApplication::translate("Scene", "Interrupt line"),
                {},
                word,
                {},
                {from.x() - 8, to.y(), label == IrqLabel::shown ? canvas.width(word, TextToken::small_medium) + 34 : 16,
                 from.y() - to.y()},
                4,
                false});
    list.line(from, to + QPointF(0, 8),
              {Role::hardirq_solid, 2.5, state == IrqState::masked ? Dash::dashed : Dash::solid});
    list.glyph(Glyph::arrow_up, to + QPointF(0, 5), 11, Role::hardirq_solid);
    if (state == IrqState::masked)
        list.circle({from.x(), middle.y() + 4}, 9, {Role::sunken});  // the line opens for the bolt
    if (state != IrqState::enabled) {
        list.glyph(Glyph::bolt, state == IrqState::firing ? to + QPointF(14, 8) : QPointF(from.x(), middle.y() + 4),
                   state == IrqState::firing ? 13 : 11, Role::hardirq_solid);
    }
    if (label == IrqLabel::shown)
        list.text({from.x() + 16, middle.y() - 4, canvas.width(word, TextToken::small_medium) + 4, 20}, word,
                  TextToken::small_medium, Role::hardirq_text);
    list.end();
}

}  // namespace ringside
