#include "views/scene/parts/skb_struct.h"

#include <algorithm>

#include "views/scene/parts/card.h"

namespace ringside {
namespace {

constexpr double kMemberRow = 21, kStructTitle = 30, kSharer = 46;

QString sharerTitle(const SkbSharer& one) { return QStringLiteral("sk_buff %1").arg(one.id); }
QString sharerWords(const SkbSharer& one) {
    return QStringLiteral("data %1  tail %2  len %3").arg(one.data).arg(one.tail).arg(one.len);
}

void beginMember(const Canvas& canvas, const SkbMember& member, const QRectF& box) {
    canvas.list.begin({QStringLiteral("member:") + member.name, QCoreApplication::translate("Scene", "Field"),
                       member.name,
                       member.old.isEmpty() ? member.value : member.old + QStringLiteral(" → ") + member.value,
                       member.doc, box, 3, false});
    if (member.old.isEmpty()) return;
    canvas.list.rect(box, {Role::changed_tint}, {}, 2);
    canvas.list.rect({box.left(), box.top(), 4, box.height()}, {Role::changed_solid});
}

/// What shares the buffer, as one line of a strip or below it.
QString sharedBy(const std::vector<SkbSharer>& sharers) {
    return QCoreApplication::translate("Scene", "the same bytes: %1")
        .arg(sharerTitle(sharers.front()) + QStringLiteral(" (") + sharerWords(sharers.front()) + QLatin1Char(')'));
}

}  // namespace

double drawStructColumn(const Canvas& canvas, const QRectF& rect, const SkbStruct& skb) {
    DisplayList& list = canvas.list;
    // Of the members those that have room, and the sharers below them.
    const double forSharers = std::min(2.0, static_cast<double>(skb.sharers.size())) * (kSharer + 8);
    const auto fit =
        static_cast<std::size_t>(std::max(0.0, (rect.height() - kStructTitle - 8 - forSharers) / kMemberRow));
    const std::size_t shown = std::min(skb.members.size(), fit);
    const QRectF card(rect.left(), rect.top(), rect.width(),
                      kStructTitle + 8 + kMemberRow * static_cast<double>(shown));
    drawCard(canvas, card);
    list.text({card.left() + 12, card.top() + 6, card.width() - 24, 20}, QStringLiteral("struct ") + skb.title,
              TextToken::mono_bold, Role::text, Align::left, Elide::right);
    double head = card.top() + kStructTitle + kMemberRow / 2;
    for (std::size_t i = 0; i < shown; ++i) {
        const SkbMember& member = skb.members[i];
        const QRectF row(card.left() + 6, card.top() + kStructTitle + kMemberRow * static_cast<double>(i),
                         card.width() - 12, kMemberRow - 1);
        if (member.name == QLatin1String("head")) head = row.center().y();
        beginMember(canvas, member, row);
        const QString value = member.old.isEmpty() ? member.value : member.old + QStringLiteral(" → ") + member.value;
        const double width = canvas.width(value, TextToken::mono) + 2;
        list.text({row.right() - 6 - width, row.top(), width, row.height()}, value, TextToken::mono, Role::text,
                  Align::right);
        list.text({row.left() + 8, row.top(), row.width() - 18 - width, row.height()}, member.name, TextToken::mono,
                  Role::text2, Align::left, Elide::right);
        list.end();
    }
    double y = card.bottom() + 8;
    for (std::size_t i = 0; i < skb.sharers.size() && y + kSharer <= rect.bottom() + 1; ++i, y += kSharer + 8) {
        const SkbSharer& one = skb.sharers[i];
        const QRectF box(rect.left(), y, rect.width(), kSharer);
        const std::size_t beyond = skb.sharers.size() - 1 - i;
        const bool last = beyond > 0 && y + 2 * kSharer + 8 > rect.bottom() + 1;
        list.begin({QStringLiteral("sharer:%1").arg(one.id), QCoreApplication::translate("Scene", "Clone"),
                    sharerTitle(one), sharerWords(one),
                    QCoreApplication::translate("Scene",
                                                "Another sk_buff with the same bytes; each has its own data and tail."),
                    box, 8});
        drawCard(canvas, box);
        const QString more = last ? QCoreApplication::translate("Scene", "%1 more").arg(beyond) : QString();
        const double width = more.isEmpty() ? 0 : canvas.width(more, TextToken::caption) + 4;
        list.text({box.left() + 12, box.top() + 4, box.width() - 28 - width, 20},
                  QStringLiteral("struct ") + sharerTitle(one), TextToken::mono_bold, Role::text, Align::left,
                  Elide::right);
        if (last)
            list.text({box.right() - 10 - width, box.top() + 4, width, 20}, more, TextToken::caption, Role::text2);
        list.text({box.left() + 12, box.top() + 24, box.width() - 18, 18}, sharerWords(one), TextToken::mono_small,
                  Role::text2, Align::left, Elide::right);
        list.end();
        if (last) break;
    }
    return head;
}

void drawStructStrip(const Canvas& canvas, const QRectF& rect, const SkbStruct& skb) {
    DisplayList& list = canvas.list;
    drawCard(canvas, rect, 6);
    const double titleWidth = canvas.width(skb.title, TextToken::mono_bold) + 2;
    list.text({rect.left() + 10, rect.top() + 3, titleWidth, 18}, QStringLiteral("struct"), TextToken::mono_small,
              Role::text3);
    list.text({rect.left() + 10, rect.top() + 21, titleWidth, 20}, skb.title, TextToken::mono_bold, Role::text);
    double right = rect.right() - 8;
    if (!skb.sharers.empty()) {
        const QString words = sharedBy(skb.sharers);
        const double width = std::min(rect.width() * 0.4, canvas.width(words, TextToken::caption) + 18);
        const QRectF box(right - width, rect.top() + 5, width, rect.height() - 10);
        list.begin({QStringLiteral("sharer:%1").arg(skb.sharers.front().id),
                    QCoreApplication::translate("Scene", "Clone"), sharerTitle(skb.sharers.front()), words, words, box,
                    4});
        list.rect(box, {Role::bg}, {Role::border2, 1}, 4);
        list.text(box.adjusted(8, 0, -8, 0), words, TextToken::caption, Role::text2, Align::left, Elide::right);
        list.end();
        right = box.left() - 6;
    }
    double x = rect.left() + 10 + titleWidth + 12;
    std::size_t shown = 0;
    for (const SkbMember& member : skb.members) {
        const QString value = member.old.isEmpty() ? member.value : member.old + QStringLiteral(" → ") + member.value;
        const double width =
            std::max(canvas.width(member.name, TextToken::mono_small), canvas.width(value, TextToken::mono_bold)) + 16;
        const bool last = shown + 1 == skb.members.size();
        if (x + width > right - (last ? 0 : 44)) break;
        const QRectF box(x, rect.top() + 2, width, rect.height() - 4);
        beginMember(canvas, member, box);
        list.text({box.left() + 8, box.top() + 2, width - 8, 17}, member.name, TextToken::mono_small, Role::text2);
        list.text({box.left() + 8, box.top() + 19, width - 8, 19}, value, TextToken::mono_bold, Role::text);
        list.end();
        x += width + 2;
        ++shown;
    }
    if (shown < skb.members.size() && x + 38 <= right)
        list.text({x + 4, rect.top(), 36, rect.height()}, QStringLiteral("+%1").arg(skb.members.size() - shown),
                  TextToken::mono_small, Role::text3);
}

void drawPieces(const Canvas& canvas, const QRectF& rect, const std::vector<SkbPiece>& pieces) {
    double x = rect.left();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const SkbPiece& piece = pieces[i];
        const QString words = QStringLiteral("%1 · %2 B").arg(piece.name).arg(piece.bytes);
        const double width = canvas.width(words, TextToken::mono_small) + 20;
        const bool last = i + 1 == pieces.size();
        if (x + width > rect.right() - (last ? 0 : 70)) {
            canvas.list.text({x, rect.top(), std::max(0.0, rect.right() - x), rect.height()},
                             QCoreApplication::translate("Scene", "%1 more").arg(pieces.size() - i), TextToken::caption,
                             Role::text2, Align::left, Elide::right);
            return;
        }
        const QRectF box(x, rect.top(), width, rect.height());
        canvas.list.begin(
            {QStringLiteral("piece:") + piece.name, QCoreApplication::translate("Scene", "Fragment"), piece.name,
             QString::number(piece.bytes),
             piece.skb
                 ? QCoreApplication::translate("Scene", "An sk_buff of frag_list: it carries more of this packet.")
                 : QCoreApplication::translate("Scene", "Data in a page; skb_shared_info says where."),
             box, piece.skb ? box.height() / 2 : 3});
        canvas.list.rect(box, {Role::l7}, {Role::lline, 1}, piece.skb ? box.height() / 2 : 3);
        canvas.list.text(box, words, TextToken::mono_small, Role::text, Align::center);
        canvas.list.end();
        x += width + 8;
    }
}

}  // namespace ringside
