#include "views/scene/parts/card.h"

namespace ringside {

void drawZone(const Canvas& canvas, const QRectF& rect, Role fill, const QString& name, Boundary boundary) {
    canvas.list.rect(rect, {fill});
    if (boundary == Boundary::top) canvas.list.line(rect.topLeft(), rect.topRight(), {Role::border2, 1});
    canvas.list.text({rect.left() + 20, rect.top() + 9, 200, 16}, name, TextToken::caption_bold, Role::text3);
}

void drawOtherMachines(const Canvas& canvas, QPointF at, int count) {
    if (count <= 0) return;
    const QString text = QCoreApplication::translate("Scene", "machines not shown: %1").arg(count);
    const QRectF box(at, QSizeF(canvas.width(text, TextToken::caption) + 2, 16));
    canvas.list.begin({QStringLiteral("machines:more"),
                       QCoreApplication::translate("Scene", "Machines"),
                       QString::number(count),
                       {},
                       QCoreApplication::translate("Scene", "The picture is of the first machine of this run."),
                       box,
                       4});
    canvas.list.text(box, text, TextToken::caption, Role::text2);
    canvas.list.end();
}

void drawCard(const Canvas& canvas, const QRectF& rect, double radius) {
    canvas.list.rect(rect.translated(0, 1.5), {Role::shadow}, {}, radius);
    canvas.list.rect(rect, {Role::surface}, {Role::border, 1}, radius);
}

QString contextWord(Tone tone) {
    switch (tone) {
        case Tone::hw:
            return QCoreApplication::translate("Scene", "hardware");
        case Tone::hardirq:
            return QCoreApplication::translate("Scene", "hard IRQ");
        case Tone::softirq:
            return QCoreApplication::translate("Scene", "softirq");
        case Tone::process:
            return QCoreApplication::translate("Scene", "process");
        case Tone::user:
            return QCoreApplication::translate("Scene", "user");
        case Tone::rcu:
            return QCoreApplication::translate("Scene", "reader");
        case Tone::idle:
            return QCoreApplication::translate("Scene", "idle");
        case Tone::drop:
            return QCoreApplication::translate("Scene", "drop");
        case Tone::changed:
            return QCoreApplication::translate("Scene", "changed");
    }
    return {};
}

QRectF drawContextChip(const Canvas& canvas, double right, double middle, Tone tone, const QString& word) {
    const double width = canvas.width(word, TextToken::caption_bold) + 30;
    const QRectF rect(right - width, middle - 11, width, 22);
    canvas.list.rect(rect, {tintOf(tone)}, {}, 11);
    canvas.list.glyph(glyphOf(tone), {rect.left() + 12.5, middle}, 9, tone == Tone::idle ? textOf(tone) : solidOf(tone),
                      textOf(tone));
    canvas.list.text(rect.adjusted(21, 0, 0, 0), word, TextToken::caption_bold, textOf(tone));
    return rect;
}

QRectF drawKernelChip(const Canvas& canvas, double left, double middle, const QString& name) {
    const QRectF rect(left, middle - 11, canvas.width(name, TextToken::mono_small) + 16, 22);
    canvas.list.rect(rect, {Role::sunken}, {}, 5);
    canvas.list.text(rect, name, TextToken::mono_small, Role::text, Align::center);
    return rect;
}

void drawMessageBox(const Canvas& canvas, const QRectF& rect, const QString& title, const QString& sentence,
                    bool error) {
    canvas.list.rect(rect, {error ? Role::drop_tint : Role::none},
                     {error ? Role::drop_solid : Role::border2, 1, error ? Dash::solid : Dash::dashed}, 8);
    const double middle = rect.center().y();
    canvas.list.text({rect.left() + 16, middle - 24, rect.width() - 32, 20}, title, TextToken::layer,
                     error ? Role::drop_text : Role::text, Align::center, Elide::right);
    canvas.list.text({rect.left() + 16, middle + 2, rect.width() - 32, 20}, sentence, TextToken::small,
                     error ? Role::drop_text : Role::text2, Align::center, Elide::right);
}

}  // namespace ringside
