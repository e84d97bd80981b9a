#include "views/capture/time_histogram.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "views/session/format.h"

namespace ringside {
namespace {

constexpr int kDragFrom = 4;  ///< pixels of the mouse that make a drag of a click

Tone toneOfKind(CaptureCounts::Kind kind) {
    switch (kind) {
        case CaptureCounts::delivered:
            return Tone::user;
        case CaptureCounts::dropped:
            return Tone::drop;
        case CaptureCounts::otherwise:
            return Tone::softirq;
        case CaptureCounts::unknown:
        case CaptureCounts::kinds:
            break;
    }
    return Tone::idle;
}

}  // namespace

TimeHistogram::TimeHistogram(const CaptureCounts& counts, QWidget* parent)
    : QWidget(parent), m_counts(counts), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("capture-histogram");
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void TimeHistogram::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

QSize TimeHistogram::sizeHint() const { return {300, qRound(76 * m_theme.scale())}; }

void TimeHistogram::refresh() {
    setVisible(!m_counts.bins().empty());
    describe();
    update();
}

void TimeHistogram::restart() {
    m_range.reset();
    m_cursor = m_anchor = 0;
    m_dragging = false;
    refresh();
}

void TimeHistogram::clear() {
    m_range.reset();
    describe();
    update();
}

QRectF TimeHistogram::plot() const {
    const double line = 18 * m_theme.scale();
    return QRectF(2, line, std::max(1, width() - 4), std::max(8.0, height() - 2 * line));
}

int TimeHistogram::placeOf(std::size_t bin) const {
    const QRectF box = plot();
    return qRound(box.left() + (static_cast<double>(bin) + 0.5) * box.width() / double{CaptureCounts::kBins});
}

std::size_t TimeHistogram::binAt(double x) const {
    const QRectF box = plot();
    const double at = (x - box.left()) / box.width() * double{CaptureCounts::kBins};
    return static_cast<std::size_t>(std::clamp(at, 0.0, double{CaptureCounts::kBins} - 1));
}

QString TimeHistogram::sayBin(std::size_t bin) const {
    if (bin >= m_counts.bins().size()) return {};
    const auto& of = m_counts.bins()[bin].of;
    const QString from = timeText(m_counts.binBegin(bin)), to = timeText(m_counts.binBegin(bin + 1));
    return tr("%1 to %2: delivered %3, dropped %4, otherwise %5, not reached yet %6")
        .arg(from, to, countText(of[CaptureCounts::delivered]), countText(of[CaptureCounts::dropped]),
             countText(of[CaptureCounts::otherwise]), countText(of[CaptureCounts::unknown]));
}

void TimeHistogram::describe() {
    setAccessibleName(tr("Packets over time"));
    setAccessibleDescription(m_range ? tr("Chosen: %1 to %2").arg(timeText(m_range->first), timeText(m_range->second))
                                     : sayBin(m_cursor));
}

void TimeHistogram::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        describe();
        update();
    }
    QWidget::changeEvent(event);
}

bool TimeHistogram::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // its keys are its own, though the window steps with some of them
        const auto* key = static_cast<const QKeyEvent*>(event);
        const int k = key->key();
        const bool moves = k == Qt::Key_Left || k == Qt::Key_Right || k == Qt::Key_Home || k == Qt::Key_End;
        const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
        if (plain && (moves || k == Qt::Key_Return || k == Qt::Key_Enter || (k == Qt::Key_Escape && m_range))) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<const QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), sayBin(binAt(help->pos().x())), this);
        return true;
    }
    return QWidget::event(event);
}

void TimeHistogram::choose(std::size_t from, std::size_t to) {
    m_range = TimeRange{m_counts.binBegin(std::min(from, to)), m_counts.binBegin(std::max(from, to) + 1)};
    describe();
    update();
}

void TimeHistogram::go(std::size_t bin) {
    // an empty bar: the next packet behind it
    for (; bin < m_counts.bins().size(); ++bin) {
        if (m_counts.bins()[bin].first != 0) {
            emit packetWanted(m_counts.bins()[bin].first);
            return;
        }
    }
}

void TimeHistogram::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_counts.bins().empty()) return;
    m_pressed = event->position().x();
    m_anchor = m_cursor = binAt(m_pressed);
    m_dragging = false;
}

void TimeHistogram::mouseMoveEvent(QMouseEvent* event) {
    if (!event->buttons().testFlag(Qt::LeftButton) || m_counts.bins().empty()) return;
    if (!m_dragging && std::abs(event->position().x() - m_pressed) < kDragFrom) return;
    m_dragging = true;
    m_cursor = binAt(event->position().x());
    choose(m_anchor, m_cursor);
}

void TimeHistogram::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_counts.bins().empty()) return;
    if (std::exchange(m_dragging, false))
        emit rangeChanged();
    else
        go(binAt(event->position().x()));
}

void TimeHistogram::keyPressEvent(QKeyEvent* event) {
    if (m_counts.bins().empty()) return QWidget::keyPressEvent(event);
    const std::size_t last = m_counts.bins().size() - 1;
    switch (event->key()) {
        case Qt::Key_Left:
            m_cursor -= m_cursor > 0 ? 1 : 0;
            break;
        case Qt::Key_Right:
            m_cursor = std::min(last, m_cursor + 1);
            break;
        case Qt::Key_Home:
            m_cursor = 0;
            break;
        case Qt::Key_End:
            m_cursor = last;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return go(m_cursor);
        case Qt::Key_Escape:
            if (!m_range) return QWidget::keyPressEvent(event);
            clear();
            emit rangeChanged();
            return;
        default:
            return QWidget::keyPressEvent(event);
    }
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        choose(m_anchor, m_cursor);
        emit rangeChanged();
    } else {
        m_anchor = m_cursor;
        describe();
        update();
    }
}

void TimeHistogram::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box = plot();
    const auto& bins = m_counts.bins();
    if (bins.empty()) return;
    std::uint64_t most = 1;
    for (const CaptureCounts::Bin& bin : bins) {
        std::uint64_t sum = 0;
        for (const std::uint32_t n : bin.of) sum += n;
        most = std::max(most, sum);
    }
    const double wide = box.width() / double{CaptureCounts::kBins};
    if (m_range) {
        const auto x = [&](std::int64_t at) {
            return box.left() + static_cast<double>(at) / static_cast<double>(m_counts.binBegin(1)) * wide;
        };
        painter.fillRect(QRectF(x(m_range->first), box.top(), x(m_range->second) - x(m_range->first), box.height()),
                         m_theme.color(Role::changed_tint));
    }
    for (std::size_t b = 0; b < bins.size(); ++b) {
        double y = box.bottom();
        for (std::size_t kind = 0; kind < CaptureCounts::kinds; ++kind) {
            if (bins[b].of[kind] == 0) continue;
            const double tall =
                std::max(1.0, static_cast<double>(bins[b].of[kind]) / static_cast<double>(most) * box.height());
            const QRectF bar(box.left() + static_cast<double>(b) * wide, y - tall, std::max(1.0, wide - 1), tall);
            const Tone tone = toneOfKind(static_cast<CaptureCounts::Kind>(kind));
            painter.fillRect(bar, m_theme.color(solidOf(tone)));
            // losses are told by their hatch too
            if (kind == CaptureCounts::dropped)
                painter.fillRect(bar, QBrush(m_theme.color(Role::surface), Qt::BDiagPattern));
            y -= tall;
        }
    }
    painter.setPen(QPen(m_theme.color(Role::border2), 1));
    painter.drawLine(box.bottomLeft(), box.bottomRight());
    painter.setFont(m_theme.font(TextToken::caption));
    painter.setPen(m_theme.color(Role::text3));
    const QRectF above(box.left(), 0, box.width(), box.top()), below(box.left(), box.bottom(), box.width(), box.top());
    painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter, tr("Packets per %1").arg(timeText(m_counts.binBegin(1))));
    painter.drawText(above, Qt::AlignRight | Qt::AlignVCenter, countText(most));
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, timeText(0));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, timeText(m_counts.binBegin(CaptureCounts::kBins)));
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(Role::ink), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
        painter.drawLine(QPointF(placeOf(m_cursor), box.top()), QPointF(placeOf(m_cursor), box.bottom()));
    }
}

}  // namespace ringside
