#include "views/scene/parts/byte_rows.h"

#include <algorithm>

namespace ringside {
namespace {

constexpr double kCell = 37, kLeastCell = 31, kFolded = 22, kCellHeight = 34, kNames = 120, kField = 16, kGap = 14,
                 kMore = 18;
constexpr std::uint32_t kMostColumns = 20;
constexpr double kHexSize = 14;

class Rows {
  public:
    Rows(const Canvas& canvas, const QRectF& rect, const ByteRows& rows)
        : m_canvas(canvas), m_list(canvas.list), m_rect(rect), m_rows(rows) {
        m_left = rect.left() + kNames;
        // Columns come by fours, as headers do; cells give way a little before a column does.
        const double room = rect.width() - kNames - 8;
        for (m_columns = kMostColumns; m_columns > 4 && room / m_columns < kLeastCell; m_columns -= 4) {
        }
        m_cell = std::min(kCell, room / m_columns);
    }

    void draw() {
        // Where there is little room, headers that are done with fold to one line each, outermost first.
        double wanted = -kGap;
        // Of payload two lines are enough: better less of it than no header.
        for (const ByteLayer& layer : m_rows.layers) {
            wanted += (layer.fields.empty() ? std::min(linesOf(layer), 2U) : linesOf(layer)) * lineHeight(layer) + kGap;
        }
        bool folded = false;
        double y = m_rect.top();
        for (std::size_t i = 0; i < m_rows.layers.size(); ++i) {
            const ByteLayer& layer = m_rows.layers[i];
            const std::uint32_t lines = linesOf(layer);
            const double line = lineHeight(layer);
            if (wanted > m_rect.height() && layer.offset + layer.length <= m_rows.data &&
                i + 1 < m_rows.layers.size()) {
                drawFolded(layer, y);
                y += kFolded;
                wanted -= lines * line + kGap - kFolded;
                folded = true;
                continue;
            }
            if (folded) y += kGap / 2;
            folded = false;
            // the line that says how much more there is stands below the bytes
            double rest = -kGap;
            for (std::size_t k = i; k < m_rows.layers.size(); ++k)
                rest += linesOf(m_rows.layers[k]) * lineHeight(m_rows.layers[k]) + kGap;
            const double bottom = m_rect.bottom() + 1 - (y + rest > m_rect.bottom() + 1 ? kMore : 0);
            const auto room = static_cast<std::uint32_t>(std::max(0.0, (bottom - y) / line));
            const std::uint32_t shown = std::min(lines, room);
            if (shown == 0) return more(y, i, 0);
            drawLayer(layer, y, shown, line);
            y += shown * line + kGap;
            if (shown < lines) return more(y - kGap, i, shown * m_columns);
        }
    }

  private:
    [[nodiscard]] std::uint32_t linesOf(const ByteLayer& layer) const {
        return std::max(1U, (layer.length + m_columns - 1) / m_columns);
    }
    [[nodiscard]] static double lineHeight(const ByteLayer& layer) {
        return kCellHeight + (layer.fields.empty() ? kField : 2 * kField) + 4;
    }

    void drawFolded(const ByteLayer& layer, double y) {
        const QRectF box(m_rect.left(), y, m_rect.width(), kFolded);
        const QString state =
            QCoreApplication::translate("Scene", "offset %1, %2 bytes").arg(layer.offset).arg(layer.length);
        m_list.begin({QStringLiteral("layer:") + layer.name, QCoreApplication::translate("Scene", "Header"), layer.name,
                      state, layer.note, box, 4});
        m_list.rect({m_left, y + 3, 28, kFolded - 8}, {layer.role, Texture::hatch_wide, Role::border2},
                    {Role::lline, 1}, 2);
        m_list.text({m_rect.left(), y, kNames - 8, kFolded - 2}, layer.name, TextToken::layer, Role::text2, Align::left,
                    Elide::right);
        m_list.text({m_left + 38, y, m_rect.right() - m_left - 40, kFolded - 2}, state, TextToken::caption, Role::text3,
                    Align::left, Elide::right);
        m_list.end();
    }

    [[nodiscard]] QRectF cell(const ByteLayer& layer, std::uint32_t offset, double top, double line) const {
        const std::uint32_t n = offset - layer.offset;
        return {m_left + m_cell * (n % m_columns), top + line * (n / m_columns), m_cell, kCellHeight};
    }

    void more(double y, std::size_t layer, std::uint32_t drawn) {
        std::uint32_t rest = m_rows.layers[layer].length - drawn;
        for (std::size_t i = layer + 1; i < m_rows.layers.size(); ++i) rest += m_rows.layers[i].length;
        m_list.text({m_left, std::min(y, m_rect.bottom() - 16), 300, 16},
                    QCoreApplication::translate("Scene", "%1 more bytes").arg(rest), TextToken::caption, Role::text3);
    }

    void drawLayer(const ByteLayer& layer, double top, std::uint32_t lines, double line) {
        const std::uint32_t shown = std::min(layer.length, lines * m_columns), last = layer.offset + shown;
        const double columns = std::min<double>(m_columns, layer.length);
        m_list.begin({QStringLiteral("layer:") + layer.name,
                      QCoreApplication::translate("Scene", "Header"),
                      layer.name,
                      QCoreApplication::translate("Scene", "offset %1, %2 bytes").arg(layer.offset).arg(layer.length),
                      layer.note,
                      {m_rect.left(), top, kNames + columns * m_cell, lines * line - 4},
                      4});
        m_list.text({m_rect.left(), top - 2, kNames - 8, 20}, layer.name, TextToken::layer, Role::text, Align::left,
                    Elide::right);
        m_list.text({m_rect.left(), top + 18, 50, 16}, QString::number(layer.offset), TextToken::mono_small,
                    Role::text3);
        for (std::uint32_t at = layer.offset; at < last; ++at) drawByte(layer, at, cell(layer, at, top, line));
        for (const ByteField& field : layer.fields) {
            if (field.offset < last) drawField(layer, field, top, line);
        }
        if (layer.fields.empty()) outline(layer, layer.offset, shown, top, line, {Role::lline, 1});
        drawPointers(layer, last, top, line);
        if (!layer.note.isEmpty() && layer.length <= m_columns) {
            const double left = m_left + columns * m_cell + 14;
            m_list.text({left, top + 7, std::max(0.0, m_rect.right() - left), 20}, layer.note, TextToken::mono_small,
                        Role::ltext, Align::left, Elide::right);
        }
        m_list.end();
    }

    void drawByte(const ByteLayer& layer, std::uint32_t at, const QRectF& box) {
        const bool gone = at < m_rows.data, written = at - m_rows.changed < m_rows.changedLength;
        m_list.rect(box, {written ? Role::changed_tint : layer.role, gone ? Texture::hatch_wide : Texture::none,
                          Role::border2});
        if (gone)
            m_list.rect({box.center().x() - 11, box.center().y() - 9, 22, 18}, {layer.role}, {},
                        3);  // the digits stay readable
        const std::uint8_t byte = at < m_rows.bytes.size() ? m_rows.bytes[at] : std::uint8_t{0};
        m_list.text(box, QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')), TextToken::mono, Role::text,
                    Align::center, Elide::none, kHexSize);
        if (layer.fields.empty()) {
            const bool print = byte >= 0x20 && byte < 0x7f;
            const QString shown = print          ? QString(QLatin1Char(static_cast<char>(byte)))
                                  : byte == '\n' ? QStringLiteral("\\n")
                                                 : QStringLiteral("·");
            m_list.text({box.left(), box.bottom() + 1, m_cell, kField}, shown, TextToken::mono_small,
                        print ? Role::text2 : Role::text3, Align::center);
        }
    }

    /// Rectangles round `length` bytes from `offset`, one a line of cells.
    void outline(const ByteLayer& layer, std::uint32_t offset, std::uint32_t length, double top, double line,
                 Stroke stroke) {
        while (length > 0) {
            const QRectF first = cell(layer, offset, top, line);
            const std::uint32_t here = std::min(length, m_columns - (offset - layer.offset) % m_columns);
            m_list.rect({first.left(), first.top(), m_cell * here, kCellHeight}, {}, stroke);
            offset += here;
            length -= here;
        }
    }

    void drawField(const ByteLayer& layer, const ByteField& field, double top, double line) {
        const QRectF first = cell(layer, field.offset, top, line);
        const double width = m_cell * std::min(field.length, m_columns - (field.offset - layer.offset) % m_columns);
        const QRectF box(first.left(), first.top(), width, kCellHeight + 2 * kField);
        m_list.begin({QStringLiteral("field:%1.%2").arg(layer.name, field.name),
                      QCoreApplication::translate("Scene", "Field"), field.name, field.value, field.tooltip, box, 2,
                      false});
        outline(layer, field.offset, field.length, top, line, {Role::lline, 1});
        const bool marked = field.offset == m_rows.marked && m_rows.markedLength != 0;
        if (marked) outline(layer, field.offset, field.length, top, line, {Role::ink, 2});
        m_list.text({box.left() - 2, first.bottom() + 1, width + 4, kField}, field.name, TextToken::caption,
                    Role::ltext, Align::center, Elide::right);
        m_list.text({box.left() - 4, first.bottom() + kField, width + 8, kField}, field.value, TextToken::mono_small,
                    Role::text, Align::center, Elide::right);
        m_list.end();
    }

    /// data and tail where they stand among the bytes; a dashed ghost where data was.
    void drawPointers(const ByteLayer& layer, std::uint32_t last, double top, double line) {
        const bool moved = m_rows.oldData >= 0 && m_rows.oldData != static_cast<int>(m_rows.data);
        if (moved)
            pointer(layer, static_cast<std::uint32_t>(m_rows.oldData), last, QStringLiteral("data"), Look::ghost, top,
                    line);
        pointer(layer, m_rows.data, last, QStringLiteral("data"), moved ? Look::moved : Look::still, top, line);
        if (m_rows.tail == layer.offset + layer.length && last == m_rows.tail) {
            const QRectF end = cell(layer, last - 1, top, line);
            const bool tailMoved = m_rows.oldTail >= 0 && m_rows.oldTail != static_cast<int>(m_rows.tail);
            m_list.line({end.right(), end.top() - 3}, {end.right(), end.bottom() + 3}, {Role::ink, 2});
            if (end.right() + 70 < m_rect.right())
                sideFlag(end.right() + 12, end.center().y(), QStringLiteral("tail"),
                         tailMoved ? Look::moved : Look::still, false);
        }
    }
    enum class Look : std::uint8_t { still, moved, ghost };
    void pointer(const ByteLayer& layer, std::uint32_t at, std::uint32_t last, const QString& name, Look look,
                 double top, double line) {
        if (at < layer.offset || at >= last) return;
        const QRectF box = cell(layer, at, top, line);
        m_list.line(
            {box.left(), box.top() - 3}, {box.left(), box.bottom() + 3},
            {look == Look::ghost ? Role::border2 : Role::ink, 2, look == Look::ghost ? Dash::dashed : Dash::solid});
        if ((at - layer.offset) % m_columns == 0) sideFlag(box.left() - 12, box.center().y(), name, look, true);
    }
    /// A flag beside a row, its tip towards the bytes.
    void sideFlag(double tip, double middle, const QString& name, Look look, bool leftOf) {
        const double width = m_canvas.width(name, TextToken::mono_bold) + 14;
        const QRectF box(leftOf ? tip - width : tip, middle - 11, width, 22);
        const double toward = leftOf ? 10 : -10, root = leftOf ? box.right() : box.left();
        const bool ghost = look == Look::ghost;
        m_list.polygon({{root + toward, middle}, {root, middle - 5}, {root, middle + 5}},
                       {ghost ? Role::border2 : Role::ink});
        m_list.rect(box, {look == Look::moved ? Role::ink : Role::surface},
                    ghost ? Stroke{Role::border2, 1.2, Dash::dashed} : Stroke{Role::ink, 1}, 5);
        m_list.text(box, name, TextToken::mono_bold,
                    look == Look::moved ? Role::onink
                    : ghost             ? Role::text3
                                        : Role::text,
                    Align::center);
    }

    const Canvas& m_canvas;
    DisplayList& m_list;
    QRectF m_rect;
    const ByteRows& m_rows;
    double m_left = 0, m_cell = kCell;
    std::uint32_t m_columns = kMostColumns;
};

}  // namespace

void drawByteRows(const Canvas& canvas, const QRectF& rect, const ByteRows& rows) { Rows(canvas, rect, rows).draw(); }

}  // namespace ringside
