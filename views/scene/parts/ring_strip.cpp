#include "views/scene/parts/ring_strip.h"

#include <algorithm>

#include "views/scene/parts/capsule.h"
#include "views/scene/parts/flag.h"

namespace ringside {
namespace {

constexpr double kDescriptor = 34, kDescriptorHeight = 36, kLeastPitch = 38;
constexpr int kLead = 2;  // cells left of next_to_clean that stay in view

QString wordOf(CellState state) {
    switch (state) {
        case CellState::ready:
            return QCoreApplication::translate("Scene", "ready for the NIC");
        case CellState::used:
            return QCoreApplication::translate("Scene", "used, DD = 1");
        case CellState::cleaning:
            return QCoreApplication::translate("Scene", "being cleaned");
        case CellState::dma:
            return QCoreApplication::translate("Scene", "DMA now");
        case CellState::no_buffer:
            return QCoreApplication::translate("Scene", "no buffer");
    }
    return {};
}

void drawCell(const Canvas& canvas, QPointF middle, const RingCell& cell, const RingStrip& strip) {
    DisplayList& list = canvas.list;
    const QRectF rect(middle.x() - kDescriptor / 2, middle.y() - kDescriptorHeight / 2, kDescriptor, kDescriptorHeight);
    list.begin({QStringLiteral("desc:%1:%2").arg(strip.nic).arg(cell.index),
                QCoreApplication::translate("Scene", "Descriptor"),
                QString::number(cell.index),
                wordOf(cell.state),
                {},
                rect,
                4,
                false});
    switch (cell.state) {
        case CellState::ready:
            list.rect(rect, {Role::surface}, {Role::border2, 1}, 4);
            break;
        case CellState::used:
            list.rect(rect, {Role::hw_solid}, {Role::hw_solid, 1}, 4);
            break;
        case CellState::cleaning:
            list.rect(rect, {Role::hw_tint}, {Role::ink, 2}, 4);
            break;
        case CellState::no_buffer:
            list.rect(rect, {}, {Role::border2, 1.2, Dash::dashed}, 4);
            break;
        case CellState::dma: {
            list.rect(rect, {Role::surface}, {Role::hw_solid, 1.5}, 4);
            QRectF level = grown(rect, -1.5);
            level.setTop(level.bottom() - level.height() * std::clamp(cell.filled, 0.0, 1.0));
            list.rect(level, {Role::hw_tint}, {}, 3);
            break;
        }
    }
    if (cell.packet != 0 && cell.state != CellState::ready && cell.state != CellState::no_buffer) {
        const CapsuleKind kind = cell.state == CellState::dma    ? CapsuleKind::expected
                                 : cell.packet == strip.followed ? CapsuleKind::followed
                                                                 : CapsuleKind::other;
        // The followed packet's ink would vanish on a used cell's dark fill; there it keeps the light pill.
        drawCapsule(canvas, {middle, QString::number(cell.packet),
                             cell.state == CellState::used ? CapsuleKind::other : kind, 18});
    } else if (cell.state == CellState::ready) {
        list.text(rect, QStringLiteral("[%1]").arg(cell.index), TextToken::index, Role::text3, Align::center,
                  Elide::none, cell.index > 99 ? 10 : 0);
    }
    list.end();
}

}  // namespace

bool RingWindow::contains(int index) const { return count > 0 && (index - first + count) % count < shown; }

QPointF RingWindow::cell(int index) const {
    if (count == 0) return rect.center();
    int at = (index - first + count) % count;
    if (at >= shown) at = at - shown < (count - shown) / 2 ? shown - 1 : 0;
    return {rect.left() + 8 + pitch * (at + 0.5), rect.center().y()};
}

RingWindow windowOf(const RingStrip& strip, const QRectF& rect) {
    RingWindow window{rect, 0, 0, static_cast<int>(strip.cells.size()), kLeastPitch};
    if (window.count == 0) return window;
    const double room = rect.width() - 16;
    window.shown = std::clamp(static_cast<int>(room / kLeastPitch), 1, window.count);
    window.pitch = std::min(room / window.shown, kLeastPitch * 1.6);
    window.first = window.shown == window.count ? 0 : (strip.next_to_clean - kLead + window.count) % window.count;
    if (window.shown == window.count) window.first = (strip.next_to_clean - kLead + window.count) % window.count;
    return window;
}

void drawRingStrip(const Canvas& canvas, const RingWindow& window, const RingStrip& strip, RingFlags flags) {
    DisplayList& list = canvas.list;
    const QRectF frame(window.rect.left(), window.rect.top(), window.pitch * window.shown + 16, window.rect.height());
    list.begin({QStringLiteral("ring:") + strip.nic, QCoreApplication::translate("Scene", "Receive ring"), strip.nic,
                QCoreApplication::translate("Scene", "next to clean %1, next to use %2")
                    .arg(strip.next_to_clean)
                    .arg(strip.next_to_use),
                QCoreApplication::translate("Scene",
                                            "Receive descriptors in memory: the NIC fills buffers and sets DD, the "
                                            "driver takes them and gives new ones."),
                frame, 8});
    list.rect(frame, {Role::surface}, {Role::border2, 1}, 8);
    for (int i = 0; i < window.shown; ++i) {
        const auto index = static_cast<std::size_t>((window.first + i) % window.count);
        drawCell(canvas, window.cell(static_cast<int>(index)), strip.cells[index], strip);
    }
    list.end();
    if (flags == RingFlags::hidden) return;
    // The route of the packet being cleaned leaves through the middle of its cell, so the driver's flags stand beside
    // it.
    constexpr double kBeside = 11;
    const auto flag = [&](const char* name, int at, int old, double shift, int grow) {
        std::vector<Flag> one;
        const bool moved = old >= 0 && old != at;
        if (window.contains(at))
            one.push_back({QLatin1String(name),
                           window.cell(at).x() + shift,
                           moved ? FlagState::moved : FlagState::still,
                           {},
                           grow});
        return one;
    };
    std::vector<Flag> above = flag("next_to_use", strip.next_to_use, strip.old_next_to_use, -kBeside, -1);
    for (Flag& clean : flag("next_to_clean", strip.next_to_clean, strip.old_next_to_clean, kBeside, 1))
        above.push_back(std::move(clean));
    const double left = frame.left() - 24, right = frame.right() + 20;
    drawFlags(canvas, above, {frame.top() + 1, FlagSide::above, left, right}, QStringLiteral("flag:"));
    if (flags == RingFlags::driver) return;
    drawFlags(canvas, flag("RDH", strip.rdh, strip.old_rdh, -kBeside, -1),
              {frame.bottom() - 1, FlagSide::below, left, right}, QStringLiteral("flag:"));
}

void drawRingLegend(const Canvas& canvas, double right, double middle) {
    const auto entry = [&](const QString& word, Fill fill, Stroke stroke) {
        const double width = canvas.width(word, TextToken::caption);
        canvas.list.text({right - width - 1, middle - 8, width + 2, 16}, word, TextToken::caption, Role::text2);
        canvas.list.rect({right - width - 21, middle - 7, 14, 14}, fill, stroke, 3);
        right -= width + 38;
    };
    entry(QCoreApplication::translate("Scene", "no buffer"), {}, {Role::border2, 1.2, Dash::dashed});
    entry(QCoreApplication::translate("Scene", "ready for NIC"), {Role::surface}, {Role::border2, 1});
    entry(QCoreApplication::translate("Scene", "used, DD = 1"), {Role::hw_solid}, {});
}

}  // namespace ringside
