#include "views/scene/skb_scene.h"

#include <QCoreApplication>
#include <algorithm>

#include "views/scene/parts/card.h"

namespace ringside {
namespace {

constexpr double kSide = 32, kBar = 44, kGlide = 240;

BufferBar barOf(const SkbInput& in) {
    BufferBar bar{in.data, in.tail, in.end, in.sharedInfo, in.oldData, in.oldTail, in.oldEnd, {}, in.overrun};
    for (const ByteLayer& layer : in.layers) bar.layers.push_back({layer.name, layer.offset, layer.length, layer.role});
    return bar;
}

/// The call with its sentence, and what it does to the fields in a card at the right. Returns where the next thing may
/// begin.
double drawHead(const Canvas& canvas, const SkbInput& in, double width) {
    DisplayList& list = canvas.list;
    if (!in.refusedLine.isEmpty()) {
        const QRectF card(kSide, 18, width - 2 * kSide, 74);
        list.begin({QStringLiteral("refused"),
                    QCoreApplication::translate("Scene", "Refused"),
                    in.title,
                    in.refusedLine,
                    {},
                    card,
                    8});
        list.rect(card, {Role::drop_tint}, {Role::drop_solid, 1}, 8);
        list.glyph(Glyph::cross, {card.left() + 20, card.top() + 19}, 11, Role::drop_solid);
        list.text({card.left() + 36, card.top() + 9, card.width() - 50, 20}, in.title, TextToken::mono_bold,
                  Role::drop_text, Align::left, Elide::right);
        list.text({card.left() + 14, card.top() + 30, card.width() - 28, 20}, in.sentence, TextToken::small,
                  Role::drop_text, Align::left, Elide::right);
        list.text({card.left() + 14, card.top() + 49, card.width() - 28, 18}, in.refusedLine, TextToken::mono_small,
                  Role::drop_text, Align::left, Elide::right);
        list.end();
        return card.bottom();
    }
    double effects = 0;
    for (const QString& line : in.effects) effects = std::max(effects, canvas.width(line, TextToken::mono) + 28);
    list.text({kSide, 18, width - 2 * kSide - effects - 16, 26}, in.title, TextToken::mono_title, Role::text,
              Align::left, Elide::right, 20);
    list.text({kSide, 48, width - 2 * kSide - effects - 16, 22}, in.sentence, TextToken::ui, Role::text2, Align::left,
              Elide::right);
    if (!in.effects.isEmpty()) {
        const QRectF card(width - kSide - effects, 16, effects, 14.0 + 18 * static_cast<double>(in.effects.size()));
        drawCard(canvas, card);
        for (int i = 0; i < in.effects.size(); ++i)
            list.text({card.left() + 14, card.top() + 7 + 18.0 * i, effects, 18}, in.effects[i], TextToken::mono,
                      Role::text);
    }
    return 74;
}

}  // namespace

DisplayList buildSkbScene(const SkbInput& in, const SceneRequest& request) {
    DisplayList list(request.size);
    const Canvas canvas{list, request.metrics};
    const double width = request.size.width(), height = request.size.height();
    list.rect({0, 0, width, height}, {Role::bg});
    if (!in.empty.isEmpty()) {
        const QRectF box((width - std::min(420.0, width - 40)) / 2, (height - 120) / 2, std::min(420.0, width - 40),
                         120);
        drawMessageBox(canvas, box, QCoreApplication::translate("Scene", "No sk_buff here"), in.empty);
        return list;
    }
    const double head = drawHead(canvas, in, width);
    // Two rows of flags have room over the bar: data and tail often stand near each other.
    const QRectF bar(kSide + 4, head + 64, width - 2 * kSide - 8, kBar);
    const BufferBar buffer = barOf(in);
    drawBufferBar(canvas, bar, buffer, BarDetail::full);

    const double top = bar.bottom() + 62, foot = 12 + 18.0 * static_cast<double>(in.notes.size());
    const QRectF card(kSide, top, width - 2 * kSide, std::max(60.0, height - top - 16));
    if (!in.layers.empty()) {
        const std::uint32_t first = in.layers.front().offset, last = in.layers.back().offset + in.layers.back().length;
        const double left = barX(bar, buffer, first), right = barX(bar, buffer, last);
        // What the card shows is a piece of the bar.
        list.polygon({{left, bar.bottom() + 26},
                      {right, bar.bottom() + 26},
                      {card.right(), card.top()},
                      {card.left(), card.top()}},
                     {Role::l2, Texture::none, Role::none, 0.6});
        list.rect(card, {Role::surface}, {Role::lline, 1}, 8);
        list.text({card.left() + 16, card.top() + 10, 300, 18},
                  QCoreApplication::translate("Scene", "Bytes %1 to %2").arg(first).arg(last == 0 ? 0 : last - 1),
                  TextToken::caption_bold, Role::ltext);
        if (in.data > first) {
            list.text({card.right() - 316, card.top() + 10, 300, 18},
                      QCoreApplication::translate("Scene", "hatched: before data, still in memory"), TextToken::caption,
                      Role::text2, Align::right);
        }
        ByteRows rows{in.layers,  in.bytes,  in.data,         in.tail,    in.oldData,
                      in.oldTail, in.marked, in.markedLength, in.changed, in.changedLength};
        drawByteRows(canvas, {card.left() + 16, card.top() + 42, card.width() - 32, card.height() - 46 - foot}, rows);
    } else {
        drawMessageBox(canvas, card, QCoreApplication::translate("Scene", "No bytes yet"),
                       QCoreApplication::translate(
                           "Scene", "data and tail stand at the same place; skb_put makes room behind tail."));
    }
    double y = card.bottom() - foot;
    for (const QString& note : in.notes) {
        list.text({card.left() + 16, y, card.width() - 32, 18}, note, TextToken::caption, Role::text2, Align::left,
                  Elide::right);
        y += 18;
    }
    list.setLayer(Layer::moving);
    drawBufferFlags(canvas, bar, buffer, request.phase);
    return list;
}

int skbMotion(const SkbInput& in, bool backwards) {
    const auto moved = [](int old, std::uint32_t now) { return old >= 0 && old != static_cast<int>(now); };
    const bool any = moved(in.oldData, in.data) || moved(in.oldTail, in.tail) || moved(in.oldEnd, in.end);
    return any ? static_cast<int>(backwards ? kGlide / 2 : kGlide) : 0;
}

}  // namespace ringside
