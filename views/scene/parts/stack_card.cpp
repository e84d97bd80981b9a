#include "views/scene/parts/stack_card.h"

#include <algorithm>

#include "views/scene/parts/capsule.h"
#include "views/scene/parts/card.h"

namespace ringside {
namespace {

constexpr double kHeader = 40, kLine = 22, kFoot = 10, kInset = 12, kStrip = 5;

void drawStrip(const Canvas& canvas, const QRectF& row, Tone tone) {
    const QRectF strip(row.left(), row.top(), kStrip, row.height());
    const bool hatch = tone == Tone::softirq;
    canvas.list.rect(strip,
                     {solidOf(tone), hatch ? Texture::hatch : Texture::none, hatch ? Role::softirq_on : Role::none});
}

void drawLine(const Canvas& canvas, const QRectF& row, const StackLine& line, bool top, const StackCard& card,
              std::size_t depth) {
    DisplayList& list = canvas.list;
    list.rect(row, {tintOf(line.tone)});
    drawStrip(canvas, row, line.tone);
    QRectF label = row.adjusted(14, 0, -8, 0);
    if (line.band) {
        list.glyph(glyphOf(line.tone), {row.left() + 19, row.center().y()}, 9,
                   line.tone == Tone::idle ? textOf(line.tone) : solidOf(line.tone), textOf(line.tone));
        list.text(label.adjusted(16, 0, 0, 0), line.function, TextToken::caption_bold, textOf(line.tone), Align::left,
                  Elide::right);
        return;
    }
    // a frame of a task that sleeps leads to the task
    list.begin({!card.kept.isEmpty() ? QStringLiteral("task:%1:%2").arg(card.cpu).arg(depth)
                                     : QStringLiteral("frame:%1:%2").arg(card.cpu).arg(depth),
                QCoreApplication::translate("Scene", "Stack frame"),
                line.function,
                contextWord(line.tone),
                {},
                row,
                4,
                false});
    if (top) list.rect(row, {Role::ink}, {}, 4);
    if (!line.packet.isEmpty()) {
        Capsule capsule{{}, line.packet, top ? CapsuleKind::other : CapsuleKind::followed, 17};
        const double width = boundsOf(canvas, capsule).width();
        capsule.centre = {row.right() - 8 - width / 2, row.center().y()};
        drawCapsule(canvas, capsule);
        label.setRight(capsule.centre.x() - width / 2 - 4);
    }
    list.text(label, line.function, top ? TextToken::stop_current : TextToken::stop_done,
              top ? Role::onink : Role::text, Align::left, Elide::right);
    list.end();
}

}  // namespace

double wantedHeight(const StackCard& card) {
    return kHeader + kLine * static_cast<double>(std::max<std::size_t>(1, card.lines.size())) + kFoot;
}
double leastHeight(const StackCard& card) {
    return kHeader + (card.active ? 3 * kLine : card.tone == Tone::idle ? 0 : kLine) + kFoot;
}

void drawStackCard(const Canvas& canvas, const QRectF& rect, const StackCard& card) {
    DisplayList& list = canvas.list;
    const QString name =
        !card.kept.isEmpty() ? card.task : QCoreApplication::translate("Scene", "CPU %1").arg(card.cpu);
    const QString doing = card.kept.isEmpty() ? contextWord(card.tone) : card.kept;
    QString state = doing;
    if (!card.lines.empty()) state += QStringLiteral(", ") + card.lines.front().function;
    list.begin({(!card.kept.isEmpty() ? QStringLiteral("task:%1") : QStringLiteral("cpu:%1")).arg(card.cpu),
                {},
                name,
                state,
                card.task,
                rect,
                8});
    drawCard(canvas, rect);
    const bool flat = rect.height() < kHeader + kFoot + kLine;
    const double middle = flat ? rect.center().y() : rect.top() + 20;
    list.text({rect.left() + 14, middle - 10, 100, 20}, name, TextToken::layer, Role::text);
    const QRectF chip = drawContextChip(canvas, rect.right() - kInset, middle, card.tone, doing);
    const double nameEnd = rect.left() + 14 + canvas.width(name, TextToken::layer) + 8;
    if (card.kept.isEmpty() && !card.task.isEmpty() && chip.left() - nameEnd > 40) {
        list.text({nameEnd, middle - 10, chip.left() - nameEnd - 8, 20}, card.task, TextToken::mono_small, Role::text3,
                  Align::left, Elide::right);
    }
    if (!flat) {
        const auto room = static_cast<std::size_t>(std::max(1.0, (rect.height() - kHeader - kFoot + 0.5) / kLine));
        const std::size_t total = card.lines.size();
        // The newest frames say where we are, the oldest how we came here: what is folded is in the middle.
        const std::size_t shown = total <= room ? total : room - 1,
                          tail = total <= room ? 0 : std::min<std::size_t>(2, shown / 3), head = shown - tail;
        double y = rect.top() + kHeader;
        const auto row = [&] {
            const QRectF at(rect.left() + kInset, y, rect.width() - 2 * kInset, kLine);
            y += kLine;
            return at;
        };
        for (std::size_t i = 0; i < head; ++i)
            drawLine(canvas, row(), card.lines[i], i == 0 && !card.lines[i].band, card, total - i);
        if (total > room) {
            const QRectF at = row();
            const StackLine& around = card.lines[head];
            list.rect(at, {tintOf(around.tone)});
            drawStrip(canvas, at, around.tone);
            list.text(at.adjusted(14, 0, -8, 0),
                      QCoreApplication::translate("Scene", "%1 more frames").arg(total - shown), TextToken::caption,
                      Role::text3);
        }
        for (std::size_t i = total - tail; i < total; ++i)
            drawLine(canvas, row(), card.lines[i], false, card, total - i);
    }
    list.end();
}

}  // namespace ringside
