#include "views/scene/skb_scene.h"

#include <QCoreApplication>
#include <algorithm>

#include "views/scene/parts/card.h"

namespace ringside {
namespace {

constexpr double kSide = 32, kBar = 44, kGlide = 240, kGapAbove = 8, kPiece = 26;
constexpr double kColumnFrom = 1040;  // a scene so wide has the struct beside the buffer, a narrower one above it
constexpr double kLow = 330, kStripFrom = 560, kLeastRows = 62;

BufferBar barOf(const SkbInput& in) {
    BufferBar bar{in.data,      in.tail,    in.end,     in.sharedInfo, in.mac, in.network,
                  in.transport, in.oldData, in.oldTail, in.oldEnd,     {},     in.overrun};
    for (const ByteLayer& layer : in.layers) bar.layers.push_back({layer.name, layer.offset, layer.length, layer.role});
    return bar;
}

/// The lines a text takes in a width, broken at spaces; what goes beyond `most` lines is left to the last one.
QStringList linesOf(const Canvas& canvas, const QString& text, TextToken token, double width, int most) {
    QStringList lines;
    QString line;
    for (const QString& word : text.split(QLatin1Char(' '))) {
        const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
        if (!line.isEmpty() && lines.size() + 1 < most && canvas.width(longer, token) > width) {
            lines.push_back(line);
            line = word;
        } else {
            line = longer;
        }
    }
    lines.push_back(line);
    return lines;
}

/// The call the kernel stopped for, what it would have done, and the line it prints. Returns where the next may begin.
double drawRefused(const Canvas& canvas, const SkbInput& in, double width, bool low) {
    DisplayList& list = canvas.list;
    const double inside = width - 2 * kSide - 28;
    const QStringList said = low ? QStringList() : linesOf(canvas, in.sentence, TextToken::small, inside, 2),
                      line = low || in.refusedLine.isEmpty()
                                 ? QStringList()
                                 : linesOf(canvas, in.refusedLine, TextToken::mono_small, inside, 3);
    const QRectF card(
        kSide, low ? 6 : 14, width - 2 * kSide,
        32 + 19 * static_cast<double>(said.size()) + 17 * static_cast<double>(line.size()) + (low ? 0 : 6));
    list.begin({QStringLiteral("refused"), QCoreApplication::translate("Scene", "Refused"), in.title, in.refusedLine,
                in.sentence + QLatin1Char('\n') + in.refusedLine, card, 8});
    list.rect(card, {Role::drop_tint}, {Role::drop_solid, 1}, 8);
    list.glyph(Glyph::cross, {card.left() + 20, card.top() + 17}, 11, Role::drop_solid);
    list.text({card.left() + 36, card.top() + 7, card.width() - 50, 20}, in.title, TextToken::mono_bold,
              Role::drop_text, Align::left, Elide::right);
    double y = card.top() + 29;
    for (const QString& words : said) {
        list.text({card.left() + 14, y, inside, 19}, words, TextToken::small, Role::drop_text, Align::left,
                  Elide::right);
        y += 19;
    }
    for (const QString& words : line) {
        list.text({card.left() + 14, y, inside, 17}, words, TextToken::mono_small, Role::drop_text, Align::left,
                  Elide::right);
        y += 17;
    }
    list.end();
    return card.bottom();
}

/// The call with its sentence, and what it does to the fields in a card at the right. Returns where the next thing may
/// begin.
double drawHead(const Canvas& canvas, const SkbInput& in, double width, bool low) {
    if (in.refused) return drawRefused(canvas, in, width, low);
    DisplayList& list = canvas.list;
    double effects = 0;
    for (const QString& line : in.effects) effects = std::max(effects, canvas.width(line, TextToken::mono) + 28);
    if (low || effects > width / 3) effects = 0;
    const double room = width - 2 * kSide - (effects > 0 ? effects + 16 : 0);
    list.text({kSide, low ? 6.0 : 16.0, room, 26}, in.title, TextToken::mono_title, Role::text, Align::left,
              Elide::right, 20);
    if (low) return 34;
    list.begin({QStringLiteral("sentence"),
                QCoreApplication::translate("Scene", "What happens"),
                in.sentence,
                {},
                in.sentence,
                {kSide, 44, room, 22},
                4,
                false});
    list.text({kSide, 44, room, 22}, in.sentence, TextToken::ui, Role::text2, Align::left, Elide::right);
    list.end();
    if (effects > 0) {
        const QRectF card(width - kSide - effects, 12, effects, 10.0 + 17 * static_cast<double>(in.effects.size()));
        drawCard(canvas, card);
        for (int i = 0; i < in.effects.size(); ++i)
            list.text({card.left() + 14, card.top() + 5 + 17.0 * i, effects - 20, 17}, in.effects[i], TextToken::mono,
                      Role::text);
        return std::max(70.0, card.bottom() + 2);
    }
    return 70;
}

void drawBytes(const Canvas& canvas, const QRectF& card, const QRectF& bar, const BufferBar& buffer,
               const SkbInput& in) {
    DisplayList& list = canvas.list;
    const std::uint32_t first = in.layers.front().offset, last = in.layers.back().offset + in.layers.back().length;
    // What the card shows is a piece of the bar.
    list.polygon({{barX(bar, buffer, first), bar.bottom() + 23},
                  {barX(bar, buffer, last), bar.bottom() + 23},
                  {card.right(), card.top()},
                  {card.left(), card.top()}},
                 {Role::l2, Texture::none, Role::none, 0.6});
    list.rect(card, {Role::surface}, {Role::lline, 1}, 8);
    const QString span =
        QCoreApplication::translate("Scene", "Bytes %1 to %2").arg(first).arg(last == 0 ? 0 : last - 1);
    const double width = canvas.width(span, TextToken::caption_bold) + 4;
    list.text({card.left() + 16, card.top() + 8, width, 18}, span, TextToken::caption_bold, Role::ltext);
    const double rest = card.width() - 48 - width;
    if ((in.data > first || last > in.tail) && rest > 40) {
        list.text({card.right() - 16 - rest, card.top() + 8, rest, 18},
                  QCoreApplication::translate("Scene", "hatched: outside data and tail, still in memory"),
                  TextToken::caption, Role::text2, Align::right, Elide::right);
    }
    const ByteRows rows{in.layers,  in.bytes,  in.data,         in.tail,    in.oldData,
                        in.oldTail, in.marked, in.markedLength, in.changed, in.changedLength};
    drawByteRows(canvas, {card.left() + 16, card.top() + 34, card.width() - 32, card.height() - 42}, rows);
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
    const bool low = height < kLow, beside = width >= kColumnFrom && height >= kLow && !in.skb.members.empty(),
               above = !beside && height >= kStripFrom && !in.skb.members.empty();
    double y = drawHead(canvas, in, width, low) + kGapAbove;
    const double left = beside ? kSide + kStructColumn + 30 : kSide;
    if (above) {
        drawStructStrip(canvas, {kSide, y, width - 2 * kSide, kStructStrip}, in.skb);
        y += kStructStrip + kGapAbove;
    }
    BufferBar buffer = barOf(in);
    QRectF bar(left + 4, y, width - left - kSide - 8, kBar);
    bar.moveTop(y + heightAboveBar(canvas, bar, buffer));
    if (beside) {
        const double head = drawStructColumn(canvas, {kSide, y, kStructColumn, height - y - 16}, in.skb);
        // head, a pointer, points to the buffer
        const double from = kSide + kStructColumn, turn = from + 14;
        list.route({{from, head}, {turn, head}, {turn, bar.center().y()}, {bar.left() - 2, bar.center().y()}},
                   {Role::ink, 1.5}, 5);
        list.polygon({{bar.left(), bar.center().y()},
                      {bar.left() - 8, bar.center().y() - 4},
                      {bar.left() - 8, bar.center().y() + 4}},
                     {Role::ink});
    }
    // The offsets of the headers are the first to give way; the struct and the inspector have them too.
    if (bar.bottom() + heightBelowBar(canvas, bar, buffer) > height - 4)
        buffer.mac = buffer.network = buffer.transport = -1;
    drawBufferBar(canvas, bar, buffer, BarDetail::full);
    y = bar.bottom() + heightBelowBar(canvas, bar, buffer) + 12;
    if (!in.pieces.empty() && y + kPiece < height - 8) {
        const double shared = barX(bar, buffer, in.end + in.sharedInfo / 2.0);
        const QRectF row(left, y, width - left - kSide, kPiece);
        list.line({shared, bar.bottom()}, {shared, row.top() - 6}, {Role::border2, 1.2, Dash::dashed});
        list.line({row.left(), row.top() - 6}, {shared, row.top() - 6}, {Role::border2, 1.2, Dash::dashed});
        drawPieces(canvas, row, in.pieces);
        y = row.bottom() + 12;
    }
    const QRectF card(left, y, width - left - kSide, height - y - 14);
    if (card.height() >= kLeastRows) {
        if (in.layers.empty()) {
            drawMessageBox(canvas, card, QCoreApplication::translate("Scene", "No bytes yet"),
                           QCoreApplication::translate(
                               "Scene", "data and tail stand at the same place; skb_put makes room behind tail."));
        } else {
            drawBytes(canvas, card, bar, buffer, in);
        }
    }
    // Header flags stand over the wedge from the bar to its bytes.
    drawHeaderFlags(canvas, bar, buffer);
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
