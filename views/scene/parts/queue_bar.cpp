#include "views/scene/parts/queue_bar.h"

#include <algorithm>

#include "views/scene/parts/capsule.h"

namespace ringside {
namespace {

constexpr double kSlot = 34, kSlotHeight = 22, kPitch = 36;
constexpr int kMostSlots = 10;
constexpr int kUsualTruesize = 768;  // of a packet copied into a small buffer, the least there is

int slotsOf(const QueueBar& bar, double room) {
    // The kernel checks before it adds, so the last one may stand across the limit.
    const int each = std::max(1, bar.perSkb > 0 ? bar.perSkb : kUsualTruesize);
    const int fits = std::max({1, (bar.limit + each - 1) / each, static_cast<int>(bar.packets.size())});
    return std::clamp(static_cast<int>(room / kPitch), 1, std::min(fits, kMostSlots));
}

}  // namespace

QPointF queueSlot(const QRectF& rect, std::size_t index) {
    return {rect.left() + kPitch * static_cast<double>(std::min<std::size_t>(index, kMostSlots - 1)) + kSlot / 2,
            rect.center().y()};
}

QPointF drawQueueBar(const Canvas& canvas, const QRectF& rect, const QueueBar& bar) {
    DisplayList& list = canvas.list;
    QString memory = QStringLiteral("%1 / %2 B").arg(bar.memory).arg(bar.limit);
    double text = canvas.width(memory, TextToken::mono) + 10;
    if (rect.width() - text < kPitch) {  // little room: the limit is said in the inspector
        memory = QStringLiteral("%1 B").arg(bar.memory);
        text = canvas.width(memory, TextToken::mono) + 10;
    }
    const bool over = bar.memory > bar.limit;
    list.begin({QStringLiteral("socket:") + bar.socket, QCoreApplication::translate("Scene", "Socket"), bar.socket,
                QCoreApplication::translate("Scene", "packets queued: %1").arg(bar.packets.size()),
                QCoreApplication::translate(
                    "Scene", "sk_receive_queue: packets wait here for the reader. Memory: sk_rmem_alloc of sk_rcvbuf."),
                rect, 4});
    const int shown = slotsOf(bar, rect.width() - text);
    const bool overflow = bar.packets.size() > static_cast<std::size_t>(shown);
    QPointF free = queueSlot(rect, bar.packets.size());
    for (int i = 0; i < shown; ++i) {
        const QPointF middle = queueSlot(rect, static_cast<std::size_t>(i));
        const QRectF slot(middle.x() - kSlot / 2, middle.y() - kSlotHeight / 2, kSlot, kSlotHeight);
        const bool filled = static_cast<std::size_t>(i) < bar.packets.size();
        list.rect(slot, {filled ? Role::hw_tint : Role::surface}, {filled ? Role::border2 : Role::border, 1}, 4);
        if (filled) {
            const bool last = overflow && i + 1 == shown;
            const auto number = bar.packets[static_cast<std::size_t>(i)];
            drawCapsule(canvas, {middle, QString::number(number),
                                 number == bar.followed ? CapsuleKind::followed : CapsuleKind::other, 17,
                                 last ? static_cast<int>(bar.packets.size()) - i : 1});
        } else if (bar.expected != 0 && static_cast<std::size_t>(i) == bar.packets.size()) {
            drawCapsule(canvas, {middle, QString::number(bar.expected), CapsuleKind::expected, 17});
        }
    }
    const double end = rect.left() + kPitch * shown;
    if (bar.perSkb > 0 && bar.limit / bar.perSkb < kMostSlots) {
        // The kernel checks before it adds, so the line may go through the last slot.
        const double at = rect.left() + kPitch * bar.limit / bar.perSkb;
        if (at <= end + 2) list.line({at, rect.center().y() - 14}, {at, rect.center().y() + 14}, {Role::drop_solid, 2});
    }
    if (!bar.refused.isEmpty()) {
        drawCapsule(canvas, {{end + 24, rect.center().y()}, bar.refused, CapsuleKind::dropped, 17});
    }
    list.text({rect.right() - text, rect.top(), text, rect.height()}, memory, TextToken::mono,
              over ? Role::drop_text : Role::text2, Align::right);
    list.end();
    return free;
}

}  // namespace ringside
