#include "views/scene/parts/buffer_bar.h"

#include <algorithm>

namespace ringside {
namespace {

QString bytesText(const QString& name, std::uint32_t count) { return QStringLiteral("%1 %2 B").arg(name).arg(count); }

/// A text in the middle of a part of the bar, where it fits.
void label(const Canvas& canvas, const QRectF& part, const QString& text) {
    if (canvas.width(text, TextToken::small) + 12 < part.width())
        canvas.list.text(part, text, TextToken::small, Role::text2, Align::center);
}

}  // namespace

double barX(const QRectF& rect, const BufferBar& bar, double offset) {
    const double total = std::max<double>(1, bar.end + bar.sharedInfo);
    return rect.left() + rect.width() * offset / total;
}

void drawBufferBar(const Canvas& canvas, const QRectF& rect, const BufferBar& bar, BarDetail detail) {
    DisplayList& list = canvas.list;
    const auto part = [&](double from, double to) {
        const double left = barX(rect, bar, from);
        return QRectF(left, rect.top(), std::max(0.0, barX(rect, bar, to) - left), rect.height());
    };
    const bool full = detail == BarDetail::full;
    if (full) {
        list.begin({QStringLiteral("buffer"),
                    QCoreApplication::translate("Scene", "Buffer"),
                    {},
                    QCoreApplication::translate("Scene", "headroom %1, data %2, tailroom %3 bytes")
                        .arg(bar.data)
                        .arg(bar.tail - bar.data)
                        .arg(bar.end - bar.tail),
                    {},
                    rect,
                    4});
    }
    list.rect(rect, {Role::surface}, {}, full ? 4 : 2);
    const QRectF shared = part(bar.end, bar.end + bar.sharedInfo), room = part(bar.tail, bar.end),
                 before = part(0, bar.data);
    list.rect(shared, {Role::sunken});
    for (const BufferLayer& layer : bar.layers)
        list.rect(part(layer.offset, layer.offset + layer.length), {layer.role});
    if (full)
        list.rect(before, {Role::none, Texture::hatch_wide, Role::border2});
    else
        list.rect(before, {Role::none, Texture::hatch, Role::border2});
    list.rect(rect, {}, {Role::border2, 1}, full ? 4 : 2);
    list.line(shared.topLeft(), shared.bottomLeft(), {Role::border2, 1});
    QRectF data = part(bar.data, bar.tail);
    if (data.width() < 2) data.setWidth(2);  // an empty packet still has a place
    list.rect(data, {}, {Role::ink, full ? 2.0 : 1.5});
    if (bar.overrun != 0) {
        const QRectF over = bar.overrun > 0 ? part(bar.end, bar.end + static_cast<double>(bar.overrun))
                                            : QRectF(rect.left() - 14, rect.top(), 14, rect.height());
        list.rect(over, {Role::drop_tint, Texture::hatch, Role::drop_solid}, {Role::drop_solid, 1.5});
        list.line({shared.left(), rect.top() - 4}, {shared.left(), rect.bottom() + 4}, {Role::drop_solid, 2});
    }
    if (full) {
        label(canvas, room, bytesText(QCoreApplication::translate("Scene", "tailroom"), bar.end - bar.tail));
        label(canvas, shared, bytesText(QStringLiteral("skb_shared_info"), bar.sharedInfo));
        label(canvas, before, bytesText(QCoreApplication::translate("Scene", "headroom"), bar.data));
        // Offsets under the bar: the ends always, the others where they do not touch what stands already.
        std::vector<QRectF> taken;
        for (const std::uint32_t offset : {std::uint32_t{0}, bar.end + bar.sharedInfo, bar.end, bar.data, bar.tail}) {
            const QString text = QString::number(offset);
            const double width = canvas.width(text, TextToken::mono_small) + 2;
            const double x = std::clamp(barX(rect, bar, offset) - width / 2, rect.left(), rect.right() - width);
            const QRectF box(x, rect.bottom() + 6, width, 16);
            const bool free = std::none_of(taken.begin(), taken.end(),
                                           [&](const QRectF& t) { return t.adjusted(-6, 0, 6, 0).intersects(box); });
            if (!free) continue;
            taken.push_back(box);
            list.line({barX(rect, bar, offset), rect.bottom()}, {barX(rect, bar, offset), rect.bottom() + 5},
                      {Role::border2, 1});
            list.text(box, text, TextToken::mono_small, Role::text2, Align::center);
        }
        list.end();
    }
}

void drawBufferFlags(const Canvas& canvas, const QRectF& rect, const BufferBar& bar, double phase) {
    std::vector<Flag> flags{
        {QStringLiteral("head"), rect.left() + 1, FlagState::still,
         QCoreApplication::translate("Scene", "head: where the buffer begins; offsets count from here"), 0}};
    const auto add = [&](const char* name, std::uint32_t now, int old, const QString& tooltip) {
        const bool moved = old >= 0 && old != static_cast<int>(now);
        const double at = moved ? old + (static_cast<double>(now) - old) * phase : now;
        if (moved) flags.push_back({QLatin1String(name), barX(rect, bar, old), FlagState::ghost, {}, 0});
        flags.push_back(
            {QLatin1String(name), barX(rect, bar, at), moved ? FlagState::moved : FlagState::still, tooltip, 0});
    };
    add("data", bar.data, bar.oldData,
        QCoreApplication::translate("Scene", "data: first byte of the packet as this layer sees it"));
    add("tail", bar.tail, bar.oldTail, QCoreApplication::translate("Scene", "tail: end of the data"));
    add("end", bar.end, bar.oldEnd,
        QCoreApplication::translate("Scene", "end: end of the buffer; skb_shared_info stands behind it"));
    drawFlags(canvas, std::move(flags), rect.top(), FlagSide::above, QStringLiteral("flag:"), rect.left() - 6,
              rect.right() + 6);
}

}  // namespace ringside
