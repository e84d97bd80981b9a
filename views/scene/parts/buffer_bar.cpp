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

constexpr double kNumbers = 16;  // the offsets under the bar, between it and the names of the header flags
constexpr double kHeaderStem = 9 + kNumbers;

FlagRow headerRow(const QRectF& rect) {
    return {rect.bottom(), FlagSide::below, rect.left() - 6, rect.right() + 6, kHeaderStem};
}
FlagRow pointerRow(const QRectF& rect) { return {rect.top(), FlagSide::above, rect.left() - 6, rect.right() + 6}; }

std::vector<Flag> headerFlags(const QRectF& rect, const BufferBar& bar) {
    std::vector<Flag> flags;
    const auto add = [&](const char* name, int at, const QString& tooltip) {
        if (at < 0) return;
        flags.push_back({QLatin1String(name), barX(rect, bar, at), FlagState::still, tooltip, 0, QString::number(at)});
    };
    add("mac", bar.mac, QCoreApplication::translate("Scene", "mac_header: where the link-layer header begins"));
    add("network", bar.network,
        QCoreApplication::translate("Scene", "network_header: where the network-layer header begins"));
    add("transport", bar.transport,
        QCoreApplication::translate("Scene", "transport_header: where the transport-layer header begins"));
    return flags;
}

std::vector<Flag> pointerFlags(const QRectF& rect, const BufferBar& bar, double phase) {
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
    return flags;
}

}  // namespace

double heightAboveBar(const Canvas& canvas, const QRectF& rect, const BufferBar& bar) {
    int rows = 1;
    constexpr int kLooks = 24;  // phases looked at: a gliding flag passes others
    for (int i = 0; i <= kLooks; ++i)
        rows = std::max(rows,
                        flagRows(canvas, pointerFlags(rect, bar, i / static_cast<double>(kLooks)), pointerRow(rect)));
    return flagHeight(rows);
}

double heightBelowBar(const Canvas& canvas, const QRectF& rect, const BufferBar& bar) {
    const std::vector<Flag> flags = headerFlags(rect, bar);
    return flags.empty() ? 6 + kNumbers : flagHeight(flagRows(canvas, flags, headerRow(rect)), kHeaderStem);
}

void drawHeaderFlags(const Canvas& canvas, const QRectF& rect, const BufferBar& bar) {
    drawFlags(canvas, headerFlags(rect, bar), headerRow(rect), QStringLiteral("flag:"));
}

double barX(const QRectF& rect, const BufferBar& bar, double offset) {
    // What a refused call wanted past end is to scale too, as long as the buffer itself stays readable.
    const double whole = std::max<double>(1, bar.end + bar.sharedInfo);
    const double total = std::max(whole, std::min(2 * whole, bar.end + static_cast<double>(bar.overrun)));
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
    const QRectF whole = part(0, bar.end + bar.sharedInfo);
    list.rect(whole, {Role::surface}, {}, full ? 4 : 2);
    const QRectF shared = part(bar.end, bar.end + bar.sharedInfo), room = part(bar.tail, bar.end),
                 before = part(0, bar.data);
    list.rect(shared, {Role::sunken});
    for (const BufferLayer& layer : bar.layers)
        list.rect(part(layer.offset, layer.offset + layer.length), {layer.role});
    if (full)
        list.rect(before, {Role::none, Texture::hatch_wide, Role::border2});
    else
        list.rect(before, {Role::none, Texture::hatch, Role::border2});
    list.rect(whole, {}, {Role::border2, 1}, full ? 4 : 2);
    list.line(shared.topLeft(), shared.bottomLeft(), {Role::border2, 1});
    QRectF data = part(bar.data, bar.tail);
    if (data.width() < 2) data.setWidth(2);  // an empty packet still has a place
    list.rect(data, {}, {Role::ink, full ? 2.0 : 1.5});
    if (bar.overrun != 0) {
        QRectF over = bar.overrun > 0 ? part(bar.end, bar.end + static_cast<double>(bar.overrun))
                                      : QRectF(rect.left() - 14, rect.top(), 14, rect.height());
        over.setRight(std::min(over.right(), rect.right()));
        list.rect(over, {Role::drop_tint, Texture::hatch, Role::drop_solid}, {Role::drop_solid, 1.5});
        list.line({shared.left(), rect.top() - 4}, {shared.left(), rect.bottom() + 4}, {Role::drop_solid, 2});
    }
    if (full) {
        label(canvas, room, bytesText(QCoreApplication::translate("Scene", "tailroom"), bar.end - bar.tail));
        if (bar.overrun <= 0) label(canvas, shared, bytesText(QStringLiteral("skb_shared_info"), bar.sharedInfo));
        label(canvas, before, bytesText(QCoreApplication::translate("Scene", "headroom"), bar.data));
        // Offsets under the bar: the ends always, the others where they do not touch what stands already.
        std::vector<QRectF> taken;
        for (const Flag& flag : headerFlags(rect, bar)) taken.emplace_back(flag.x - 2, rect.bottom(), 4, kHeaderStem);
        for (const std::uint32_t offset : {std::uint32_t{0}, bar.end + bar.sharedInfo, bar.end, bar.data, bar.tail}) {
            const QString text = QString::number(offset);
            const double width = canvas.width(text, TextToken::mono_small) + 2;
            const double x = std::clamp(barX(rect, bar, offset) - width / 2, rect.left(), rect.right() - width);
            const QRectF box(x, rect.bottom() + 5, width, kNumbers);
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
    drawFlags(canvas, pointerFlags(rect, bar, phase), pointerRow(rect), QStringLiteral("flag:"));
}

}  // namespace ringside
