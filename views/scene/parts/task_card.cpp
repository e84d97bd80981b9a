#include "views/scene/parts/task_card.h"

#include "views/scene/parts/card.h"

namespace ringside {

void drawTaskCard(const Canvas& canvas, const QRectF& rect, const TaskCard& card) {
    DisplayList& list = canvas.list;
    list.begin({QStringLiteral("task:%1").arg(card.pid),
                QCoreApplication::translate("Scene", "Task"),
                card.name + QStringLiteral(" (%1)").arg(card.pid),
                card.state + (card.note.isEmpty() ? QString() : QStringLiteral(", ") + card.note),
                {},
                rect,
                8});
    drawCard(canvas, rect);
    const bool flat = rect.height() < 50;  // then the state stands beside both lines
    const double first = flat ? rect.top() + 14 : rect.top() + rect.height() * 0.3,
                 second = flat ? rect.bottom() - 12 : rect.bottom() - rect.height() * 0.25;
    list.glyph(card.running ? Glyph::circle : Glyph::hollow_circle, {rect.left() + 20, first}, 12, Role::user_solid);
    double x = rect.left() + 34;
    canvas.textAt(x, first, card.name, TextToken::mono_title, Role::text);
    x += canvas.width(card.name, TextToken::mono_title) + 10;
    const QString pid = QStringLiteral("pid %1").arg(card.pid);
    canvas.textAt(x, first, pid, TextToken::mono, Role::text3);
    x += canvas.width(pid, TextToken::mono) + 12;
    const double stateWidth = canvas.width(card.state, TextToken::mono_small) + 16,
                 stateLeft = rect.right() - 12 - stateWidth;
    const bool room = stateLeft > x;
    if (room) drawKernelChip(canvas, stateLeft, flat ? rect.center().y() : first, card.state);
    const QString below = room || !card.note.isEmpty() ? card.note : card.state;
    const double right = flat && room ? stateLeft - 6 : rect.right() - 14;
    list.text({rect.left() + 14, second - 10, right - rect.left() - 14, 20}, below, TextToken::mono_small, Role::text2,
              Align::left, Elide::right);
    list.end();
}

}  // namespace ringside
