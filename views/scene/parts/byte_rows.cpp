#include "views/scene/parts/byte_rows.h"

#include <algorithm>

namespace ringside {
namespace {

constexpr double kCell = 37, kLeastCell = 31, kFolded = 22, kCellHeight = 34, kLeastNames = 120, kMostNames = 190,
                 kField = 16, kGap = 14, kMore = 18, kZeros = 22;
constexpr std::uint32_t kMostColumns = 20;
constexpr double kHexSize = 14;

/// A line of cells, or of a number of bytes that are all 0.
struct Line {
    std::uint32_t from = 0, length = 0;  ///< from the start of the layer
    bool zeros = false;
    double top = 0, height = 0;
};

class Rows {
  public:
    Rows(const Canvas& canvas, const QRectF& rect, const ByteRows& rows)
        : m_canvas(canvas), m_list(canvas.list), m_rect(rect), m_rows(rows) {
        // The flag of data stands between a name and its bytes.
        const double flag = canvas.width(QStringLiteral("data"), TextToken::mono_bold) + 32;
        for (const ByteLayer& layer : rows.layers) {
            m_names = std::max({m_names, canvas.width(layer.name, TextToken::layer) + flag,
                                canvas.width(layer.state, TextToken::caption) + 10});
        }
        m_names = std::min({m_names, kMostNames, rect.width() / 3});
        m_left = rect.left() + m_names;
        // Columns come by fours, as headers do; cells give way a little before a column does.
        const double room = rect.width() - m_names - 8;
        for (m_columns = kMostColumns; m_columns > 4 && room / m_columns < kLeastCell; m_columns -= 4) {
        }
        m_cell = std::min(kCell, room / m_columns);
    }

    void draw() {
        std::vector<std::vector<Line>> lines;
        for (const ByteLayer& layer : m_rows.layers) lines.push_back(linesOf(layer));
        // Where there is little room, headers that are done with fold to one line each, outermost first.
        double wanted = -kGap;
        // Of payload two lines are enough: better less of it than no header.
        for (std::size_t i = 0; i < lines.size(); ++i)
            wanted += heightOf(lines[i], m_rows.layers[i].fields.empty() ? 2 : lines[i].size()) + kGap;
        bool folded = false;
        double y = m_rect.top();
        for (std::size_t i = 0; i < m_rows.layers.size(); ++i) {
            const ByteLayer& layer = m_rows.layers[i];
            m_lines = std::move(lines[i]);
            const double whole = heightOf(m_lines, m_lines.size());
            if (wanted > m_rect.height() && layer.offset + layer.length <= m_rows.data && !layer.fields.empty() &&
                i + 1 < m_rows.layers.size() && y + kFolded + kMore <= m_rect.bottom()) {
                drawFolded(layer, y);
                y += kFolded;
                wanted -= whole + kGap - kFolded;
                folded = true;
                continue;
            }
            if (folded) y += kGap / 2;
            folded = false;
            // the line that says how much more there is stands below the bytes
            double rest = whole;
            for (std::size_t k = i + 1; k < lines.size(); ++k) rest += kGap + heightOf(lines[k], lines[k].size());
            const double bottom = m_rect.bottom() + 1 - (y + rest > m_rect.bottom() + 1 ? kMore : 0);
            const std::size_t all = m_lines.size();
            std::size_t shown = 0;
            double top = y;
            for (; shown < all && top + m_lines[shown].height <= bottom; ++shown) {
                m_lines[shown].top = top;
                top += m_lines[shown].height;
            }
            const std::uint32_t left = shown < all ? layer.length - m_lines[shown].from : 0;
            if (shown == 0) return more(y, i, left);
            m_lines.resize(shown);
            drawLayer(layer);
            if (left > 0) return more(top, i, left);
            y = top + kGap;
        }
    }

  private:
    [[nodiscard]] std::uint8_t byteAt(std::uint32_t at) const {
        return at < m_rows.bytes.size() ? m_rows.bytes[at] : std::uint8_t{0};
    }
    /// Two lines or more of 0 become one; headers keep their cells.
    [[nodiscard]] std::vector<Line> linesOf(const ByteLayer& layer) const {
        std::vector<Line> lines;
        const double high = kCellHeight + (layer.fields.empty() ? kField : 2 * kField) + 4;
        for (std::uint32_t from = 0; from < layer.length; from += m_columns) {
            const std::uint32_t length = std::min(m_columns, layer.length - from);
            bool zeros = layer.fields.empty();
            for (std::uint32_t i = 0; i < length; ++i) zeros = zeros && byteAt(layer.offset + from + i) == 0;
            if (zeros && !lines.empty() && lines.back().zeros)
                lines.back().length += length;
            else
                lines.push_back({from, length, zeros, 0, high});
        }
        for (Line& line : lines) {
            line.zeros = line.zeros && line.length > m_columns;
            // a layer of nothing else still has room for its offset and its state
            if (line.zeros) line.height = lines.size() == 1 ? kZeros + 32 : kZeros + 6;
        }
        return lines;
    }
    /// Height of the first `count` lines.
    static double heightOf(const std::vector<Line>& lines, std::size_t count) {
        double height = 0;
        for (std::size_t i = 0; i < std::min(count, lines.size()); ++i) height += lines[i].height;
        return height;
    }

    void drawFolded(const ByteLayer& layer, double y) {
        const QRectF box(m_rect.left(), y, m_rect.width(), kFolded);
        const QString state =
            QCoreApplication::translate("Scene", "offset %1, %2 bytes").arg(layer.offset).arg(layer.length);
        m_list.begin({QStringLiteral("layer:") + layer.name, QCoreApplication::translate("Scene", "Header"), layer.name,
                      state, layer.note, box, 4});
        m_list.rect({m_left, y + 3, 28, kFolded - 8}, {layer.role, Texture::hatch_wide, Role::border2},
                    {Role::lline, 1}, 2);
        m_list.text({m_rect.left(), y, m_names - 8, kFolded - 2}, layer.name, TextToken::layer, Role::text2,
                    Align::left, Elide::right);
        m_list.text({m_left + 38, y, m_rect.right() - m_left - 40, kFolded - 2}, state, TextToken::caption, Role::text3,
                    Align::left, Elide::right);
        m_list.end();
    }

    /// The cell of a byte that a line of cells shows.
    [[nodiscard]] QRectF cell(const ByteLayer& layer, std::uint32_t offset) const {
        const std::uint32_t n = offset - layer.offset;
        for (const Line& line : m_lines) {
            if (n < line.from + line.length || &line == &m_lines.back())
                return {m_left + m_cell * (line.zeros ? 0 : (n - line.from) % m_columns), line.top, m_cell,
                        line.zeros ? kZeros : kCellHeight};
        }
        return {};
    }

    void more(double y, std::size_t layer, std::uint32_t rest) {
        for (std::size_t i = layer + 1; i < m_rows.layers.size(); ++i) rest += m_rows.layers[i].length;
        if (y + 16 > m_rect.bottom() + 2) return;
        m_list.text({m_left, y, m_rect.right() - m_left, 16},
                    QCoreApplication::translate("Scene", "%1 more bytes").arg(rest), TextToken::caption, Role::text3);
    }

    void drawLayer(const ByteLayer& layer) {
        const double top = m_lines.front().top, bottom = m_lines.back().top + m_lines.back().height - 4;
        const std::uint32_t last = layer.offset + m_lines.back().from + m_lines.back().length;
        const double columns = std::min<double>(m_columns, layer.length);
        const QString span =
            QCoreApplication::translate("Scene", "offset %1, %2 bytes").arg(layer.offset).arg(layer.length);
        m_list.begin({QStringLiteral("layer:") + layer.name,
                      QCoreApplication::translate("Scene", "Header"),
                      layer.name,
                      layer.state.isEmpty() ? span : span + QStringLiteral(", ") + layer.state,
                      layer.note,
                      {m_rect.left(), top, m_names + columns * m_cell, bottom - top},
                      4});
        m_list.text({m_rect.left(), top - 2, m_names - 8, 20}, layer.name, TextToken::layer, Role::text, Align::left,
                    Elide::right);
        if (bottom - top >= 34)
            m_list.text({m_rect.left(), top + 18, 50, 16}, QString::number(layer.offset), TextToken::mono_small,
                        Role::text3);
        if (bottom - top >= 50)
            m_list.text({m_rect.left(), top + 34, m_names - 8, 16}, layer.state, TextToken::caption, Role::text3,
                        Align::left, Elide::right);
        for (const Line& line : m_lines) {
            if (line.zeros) {
                drawZeros(layer, line);
                continue;
            }
            for (std::uint32_t i = 0; i < line.length; ++i) {
                const std::uint32_t at = layer.offset + line.from + i;
                drawByte(layer, at, cell(layer, at));
            }
        }
        for (const ByteField& field : layer.fields) {
            if (field.offset < last) drawField(layer, field);
        }
        if (layer.fields.empty()) {
            for (const Line& line : m_lines) {
                if (!line.zeros) outline(layer, layer.offset + line.from, line.length, {Role::lline, 1});
            }
        }
        drawPointers(layer, last);
        const bool tailHere = m_rows.tail == layer.offset + layer.length && last == m_rows.tail;
        const double left = m_left + columns * m_cell + (tailHere ? 80 : 14);
        // A note without room is told by the flag under the bar, and by the tooltip.
        if (!layer.note.isEmpty() && layer.length <= m_columns &&
            left + m_canvas.width(layer.note, TextToken::mono_small) <= m_rect.right())
            m_list.text({left, top + 7, m_rect.right() - left, 20}, layer.note, TextToken::mono_small, Role::ltext);
        m_list.end();
    }

    [[nodiscard]] bool outside(std::uint32_t at) const { return at < m_rows.data || at >= m_rows.tail; }

    /// Many bytes that are all 0, as one pale line.
    void drawZeros(const ByteLayer& layer, const Line& line) {
        const QRectF box(m_left, line.top, m_cell * m_columns, kZeros);
        const bool gone = outside(layer.offset + line.from);
        m_list.rect(box, {Role::surface, gone ? Texture::hatch_wide : Texture::none, Role::border2},
                    {Role::lline, 1, Dash::dashed});
        const QString words = QCoreApplication::translate("Scene", "%1 bytes, all of them 00").arg(line.length);
        const double width = std::min(box.width() - 8, m_canvas.width(words, TextToken::mono_small) + 12);
        const QRectF plate(box.center().x() - width / 2, box.top() + 2, width, kZeros - 4);
        if (gone) m_list.rect(plate, {Role::surface});
        m_list.text(plate, words, TextToken::mono_small, Role::text3, Align::center, Elide::right);
    }

    void drawByte(const ByteLayer& layer, std::uint32_t at, const QRectF& box) {
        const bool gone = outside(at), written = at - m_rows.changed < m_rows.changedLength;
        m_list.rect(box, {written ? Role::changed_tint : layer.role, gone ? Texture::hatch_wide : Texture::none,
                          Role::border2});
        if (gone)
            m_list.rect({box.center().x() - 11, box.center().y() - 9, 22, 18}, {layer.role}, {},
                        3);  // the digits stay readable
        const std::uint8_t byte = byteAt(at);
        const Role ink = byte == 0 && layer.fields.empty() ? Role::text3 : Role::text;
        m_list.text(box, QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')), TextToken::mono, ink, Align::center,
                    Elide::none, kHexSize);
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
    void outline(const ByteLayer& layer, std::uint32_t offset, std::uint32_t length, Stroke stroke) {
        while (length > 0) {
            const QRectF first = cell(layer, offset);
            const std::uint32_t here = std::min(length, m_columns - (offset - layer.offset) % m_columns);
            m_list.rect({first.left(), first.top(), m_cell * here, kCellHeight}, {}, stroke);
            offset += here;
            length -= here;
        }
    }

    void drawField(const ByteLayer& layer, const ByteField& field) {
        const QRectF first = cell(layer, field.offset);
        const double width = m_cell * std::min(field.length, m_columns - (field.offset - layer.offset) % m_columns);
        const QRectF box(first.left(), first.top(), width, kCellHeight + 2 * kField);
        m_list.begin({QStringLiteral("field:%1.%2").arg(layer.name, field.name),
                      QCoreApplication::translate("Scene", "Field"), field.name, field.value, field.tooltip, box, 2,
                      false});
        outline(layer, field.offset, field.length, {Role::lline, 1});
        const bool marked = field.offset == m_rows.marked && m_rows.markedLength != 0;
        if (marked) outline(layer, field.offset, field.length, {Role::ink, 2});
        const auto fitting = [&](const QString& whole, const QString& shorter, TextToken token) {
            return shorter.isEmpty() || m_canvas.width(whole, token) <= width - 3 ? whole : shorter;
        };
        m_list.text({box.left(), first.bottom() + 1, width, kField},
                    fitting(field.name, field.shortName, TextToken::caption), TextToken::caption, Role::ltext,
                    Align::center, Elide::right);
        m_list.text({box.left(), first.bottom() + kField, width, kField},
                    fitting(field.value, field.shortValue, TextToken::mono_small), TextToken::mono_small, Role::text,
                    Align::center, Elide::right);
        m_list.end();
    }

    /// data and tail where they stand among the bytes; a dashed ghost where data was.
    void drawPointers(const ByteLayer& layer, std::uint32_t last) {
        const bool moved = m_rows.oldData >= 0 && m_rows.oldData != static_cast<int>(m_rows.data);
        if (moved)
            pointer(layer, static_cast<std::uint32_t>(m_rows.oldData), last, QStringLiteral("data"), Look::ghost);
        pointer(layer, m_rows.data, last, QStringLiteral("data"), moved ? Look::moved : Look::still);
        if (m_rows.tail == layer.offset + layer.length && last == m_rows.tail) {
            QRectF end = cell(layer, last - 1);
            if (m_lines.back().zeros) end.setRight(m_left + m_cell * m_columns);
            const bool tailMoved = m_rows.oldTail >= 0 && m_rows.oldTail != static_cast<int>(m_rows.tail);
            m_list.line({end.right(), end.top() - 3}, {end.right(), end.bottom() + 3}, {Role::ink, 2});
            if (end.right() + 70 < m_rect.right())
                sideFlag(end.right() + 12, end.center().y(), QStringLiteral("tail"),
                         tailMoved ? Look::moved : Look::still, false);
        }
    }
    enum class Look : std::uint8_t { still, moved, ghost };
    void pointer(const ByteLayer& layer, std::uint32_t at, std::uint32_t last, const QString& name, Look look) {
        if (at < layer.offset || at >= last) return;
        const QRectF box = cell(layer, at);
        const std::uint32_t n = at - layer.offset;
        const bool folded = std::any_of(m_lines.begin(), m_lines.end(), [&](const Line& line) {
            return line.zeros && n > line.from && n < line.from + line.length;
        });
        if (folded) return;
        m_list.line(
            {box.left(), box.top() - 3}, {box.left(), box.bottom() + 3},
            {look == Look::ghost ? Role::border2 : Role::ink, 2, look == Look::ghost ? Dash::dashed : Dash::solid});
        const double taken = n < m_columns ? m_canvas.width(layer.name, TextToken::layer) : 40;
        const double free = m_names - 12 - taken - m_canvas.width(name, TextToken::mono_bold) - 14;
        if (n % m_columns == 0 && free >= 2) sideFlag(box.left() - 12, box.center().y(), name, look, true);
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
    std::vector<Line> m_lines;  ///< of the layer that is drawn, those that are shown
    double m_names = kLeastNames, m_left = 0, m_cell = kCell;
    std::uint32_t m_columns = kMostColumns;
};

}  // namespace

void drawByteRows(const Canvas& canvas, const QRectF& rect, const ByteRows& rows) { Rows(canvas, rect, rows).draw(); }

}  // namespace ringside
