// What the scrubber looks like.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "views/session/format.h"
#include "views/timeline/timeline_view.h"

namespace ringside {
namespace {

/// 45 degree hatch of pitch 6, for what is softirq whatever the eye makes of its colour.
void hatch(QPainter& p, const QRectF& rect, QColor color) {
    p.save();
    p.setClipRect(rect);
    p.setPen(QPen(color, 1));
    for (double x = rect.left() - rect.height() - std::fmod(rect.left(), 6.0); x < rect.right(); x += 6) {
        p.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    }
    p.restore();
}

}  // namespace

void TimelineView::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), m_theme.color(Role::bg));
    if (!m_run.hasRun()) {
        p.setPen(m_theme.color(Role::text3));
        p.setFont(m_theme.font(TextToken::small));
        p.drawText(rect(), Qt::AlignCenter, tr("Nothing is open. Open a lesson or a capture."));
        return;
    }
    paintAxis(p);
    if (m_run.player()) paintNotches(p);
    for (std::size_t lane = 0; lane < shownLanes(); ++lane) paintLane(p, lane);
    paintDrops(p);
    paintMarks(p);
    paintPlayhead(p);
}

void TimelineView::paintAxis(QPainter& p) const {
    const double h = 16 * scale();
    p.setFont(m_theme.font(TextToken::caption));
    const bool time = m_data.axis == TimelineAxis::time;
    const TimeUnit unit = unitOf(static_cast<Time>(m_data.to));
    p.setPen(m_theme.color(Role::text3));
    p.drawText(QRectF(0, 0, m_data.left - 14 * scale(), h), Qt::AlignRight | Qt::AlignVCenter,
               time ? unit.name : tr("event"));
    for (const AxisTick& tick : m_data.ticks(110 * scale())) {
        if (tick.x < m_data.left - 1 || tick.x > m_data.left + m_data.width + 1) continue;
        p.setPen(QPen(m_theme.color(Role::grid), 1));
        p.drawLine(QPointF(tick.x, h + 2), QPointF(tick.x, laneTop(shownLanes()) + 18 * scale()));
        p.setPen(m_theme.color(Role::text3));
        const QString text = time ? QString::number(tick.value / unit.nanoseconds, 'g', 7)
                                  : countText(static_cast<std::uint64_t>(tick.value));
        p.drawText(QRectF(tick.x - 60, 0, 120, h), Qt::AlignCenter, text);
    }
}

void TimelineView::paintNotches(QPainter& p) const {
    const double top = 20 * scale(), h = 18 * scale();
    p.setFont(m_theme.font(TextToken::small));
    p.setPen(m_theme.color(Role::text2));
    p.drawText(QRectF(20 * scale(), top, 88 * scale(), h), Qt::AlignVCenter, tr("Lesson"));
    Player* player = m_run.player();
    for (std::size_t step = 0; step < player->stepCount(); ++step) {
        const Result<Position> moment = player->moment(step);
        if (!moment || *moment > m_limit) break;
        const double x = m_data.x(m_data.valueOf(m_run.samples(), *moment));
        if (x < m_data.left || x > m_data.left + m_data.width) continue;
        const bool done = *moment <= m_run.position();
        const bool asks = player->lesson().steps[step].question.has_value();
        const double height = (asks ? 14 : 10) * scale();
        p.fillRect(QRectF(x - 1.5, top + (h - height) / 2, 3, height),
                   m_theme.color(done ? Role::ink : Role::route_next));
    }
}

void TimelineView::paintLane(QPainter& p, std::size_t lane) const {
    const double y = laneTop(lane), h = laneHeight();
    p.setFont(m_theme.font(TextToken::small));
    p.setPen(m_theme.color(Role::text2));
    // thin lanes share a label
    const double text = 15 * scale();
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(text / lanePitch())));
    if (lane % every == 0)
        p.drawText(QRectF(20 * scale(), y, 88 * scale(), std::max(h, text)), Qt::AlignVCenter, tr("CPU %1").arg(lane));
    const double head = std::clamp(playheadX(), m_data.left, m_data.left + m_data.width);
    const double right = m_data.left + m_data.width;
    if (head < right - 2) {
        QPen dashed(m_theme.color(Role::border2), 1, Qt::DashLine);
        dashed.setDashPattern({3, 3});
        p.setPen(dashed);
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(QRectF(head + 1, y + 0.5, right - head - 1, h - 1), 2, 2);
        if (lane == 0 && h >= text && right - head > 110 * scale()) {
            p.setPen(m_theme.color(Role::text3));
            p.setFont(m_theme.font(TextToken::caption));
            p.drawText(QRectF(head + 10 * scale(), y, 300, h), Qt::AlignVCenter, tr("not played yet"));
        }
    }
    for (const LaneBar& bar : m_data.bars(m_run.samples(), lane, m_run.position() + 1)) {
        const double x1 = std::min(bar.x1, head);
        if (x1 <= bar.x0) continue;
        if (bar.context == Context::idle) {
            p.fillRect(QRectF(bar.x0, y + h / 2 - 1, x1 - bar.x0, 2), m_theme.color(Role::idle_solid));
            continue;
        }
        const Tone tone = toneOf(bar.context);
        QRectF box(bar.x0, y, std::max(x1 - bar.x0, 1.0), h);
        if (bar.share < 1) {
            // Mostly idle: the work stands as high as its share, a quarter at least so that it is seen.
            p.fillRect(QRectF(bar.x0, y + h / 2 - 1, box.width(), 2), m_theme.color(Role::idle_solid));
            box.setTop(box.bottom() - h * std::max(0.25, bar.share));
        }
        const bool wide = box.width() >= 3;
        p.setPen(Qt::NoPen);
        p.setBrush(m_theme.color(solidOf(tone)));
        p.drawRoundedRect(box, wide ? 2 : 0, wide ? 2 : 0);
        if (wide && bar.context == Context::softirq) {
            // On a dark ground the words of a tone are nearly as light as its bars.
            hatch(p, box, m_theme.color(m_theme.dark() ? Role::softirq_on : Role::softirq_text));
            p.setPen(QPen(m_theme.color(Role::softirq_text), 1));
            p.setBrush(Qt::NoBrush);
            p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        }
        if (wide && bar.context == Context::hardirq) {
            p.fillRect(QRectF(box.left(), box.top(), box.width(), 3 * scale()), m_theme.color(Role::hardirq_text));
        }
        QString label;
        if (bar.packet)
            label = QString::number(bar.packet);
        else if (bar.context == Context::user && m_run.world().machine().tasks.live(bar.task)) {
            label = QString::fromStdString(m_run.world().machine().tasks[bar.task].comm);
        }
        p.setFont(m_theme.font(TextToken::caption_bold));
        const double need = p.fontMetrics().horizontalAdvance(label) + 14 * scale();
        if (label.isEmpty() || bar.share < 1 || box.width() < need + 4 || h < 20 * scale()) continue;
        if (bar.packet) {
            const QRectF pill(box.center().x() - need / 2, y + h / 2 - 8.5 * scale(), need, 17 * scale());
            p.setPen(QPen(m_theme.color(Role::ink), 1.5));
            p.setBrush(m_theme.color(Role::surface));
            p.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
            p.setPen(m_theme.color(Role::text));
            p.drawText(pill, Qt::AlignCenter, label);
        } else {
            p.setPen(m_theme.color(onOf(tone)));
            p.drawText(box.adjusted(6 * scale(), 0, 0, 0), Qt::AlignVCenter, label);
        }
    }
}

void TimelineView::paintDrops(QPainter& p) const {
    const double y = laneTop(shownLanes()), h = 18 * scale();
    p.setFont(m_theme.font(TextToken::small));
    p.setPen(m_theme.color(Role::text2));
    p.drawText(QRectF(20 * scale(), y, 88 * scale(), h), Qt::AlignVCenter, tr("Drops"));
    if (const std::size_t more = lanes() - shownLanes()) {
        p.setPen(m_theme.color(Role::text3));
        p.drawText(QRectF(m_data.left, y, m_data.width, h), Qt::AlignVCenter | Qt::AlignRight,
                   tr("CPUs not shown: %1").arg(more));
    }
    double busyTo = m_data.left;
    bool any = false;
    for (const DropMark& drop : m_run.samples().drops) {
        if (drop.position > m_run.position()) break;
        any = true;
        const double v =
            m_data.axis == TimelineAxis::time ? static_cast<double>(drop.time) : static_cast<double>(drop.position);
        const double x = m_data.x(v);
        if (x < m_data.left || x > m_data.left + m_data.width || x < busyTo - 2) continue;
        const double r = 4 * scale();
        p.setPen(QPen(m_theme.color(Role::drop_solid), 2, Qt::SolidLine, Qt::RoundCap));
        p.drawLine(QPointF(x - r, y + h / 2 - r), QPointF(x + r, y + h / 2 + r));
        p.drawLine(QPointF(x - r, y + h / 2 + r), QPointF(x + r, y + h / 2 - r));
        const QString label = QStringLiteral("%1, %2").arg(drop.packet).arg(fromView(nameOf(drop.reason)));
        const double w = p.fontMetrics().horizontalAdvance(label);
        if (x > busyTo && x + w + 20 < m_data.left + m_data.width) {
            p.setPen(m_theme.color(Role::drop_text));
            p.drawText(QRectF(x + 9 * scale(), y, w + 4, h), Qt::AlignVCenter, label);
            busyTo = x + w + 24 * scale();
        }
    }
    // the event that drops stands here: its mark comes with the sample that counts it, some events later
    const std::optional<Event>& event = m_run.event();
    if (event && event->drop != Drop::NOT_DROPPED) {
        any = true;
        const double x = m_data.x(m_data.axis == TimelineAxis::time ? static_cast<double>(event->time)
                                                                    : static_cast<double>(event->seq));
        const double r = 4 * scale();
        p.setPen(QPen(m_theme.color(Role::drop_solid), 2, Qt::SolidLine, Qt::RoundCap));
        p.drawLine(QPointF(x - r, y + h / 2 - r), QPointF(x + r, y + h / 2 + r));
        p.drawLine(QPointF(x - r, y + h / 2 + r), QPointF(x + r, y + h / 2 - r));
        if (x > busyTo) {
            p.setPen(m_theme.color(Role::drop_text));
            const QString label = QStringLiteral("%1, %2").arg(event->packet).arg(fromView(nameOf(event->drop)));
            p.drawText(QRectF(x + 9 * scale(), y, p.fontMetrics().horizontalAdvance(label) + 4, h), Qt::AlignVCenter,
                       label);
        }
    }
    if (!any) {
        p.setPen(m_theme.color(Role::text3));
        p.setFont(m_theme.font(TextToken::caption));
        const double wide = p.fontMetrics().horizontalAdvance(tr("none so far"));
        // beside the playhead, where it would go through the words
        double x = m_data.left + 6 * scale();
        if (playheadX() > x - 4 * scale() && playheadX() < x + wide + 4 * scale()) x = playheadX() + 6 * scale();
        p.drawText(QRectF(x, y, wide + 4, h), Qt::AlignVCenter, tr("none so far"));
    }
}

/// Flags with a letter for the markers, ribbons with their names for bookmarks, an octagon where a breakpoint stopped.
void TimelineView::paintMarks(QPainter& p) const {
    if (!m_marks) return;
    const double top = 20 * scale(), bottom = laneTop(shownLanes()) + 18 * scale();
    const auto seen = [&](const MarkedPlace& place, double& x) {
        if (place.branch != m_run.branch() || place.position > m_limit) return false;
        x = m_data.x(m_data.valueOf(m_run.samples(), place.position));
        return x >= m_data.left - 1 && x <= m_data.left + m_data.width + 1;
    };
    const QColor ink = m_theme.color(Role::ink), on = m_theme.color(Role::onink);
    p.setFont(m_theme.font(TextToken::caption));
    double x = 0, busyTo = 0;
    for (const Bookmark& bookmark : m_marks->now().bookmarks) {
        if (!seen(bookmark.place, x)) continue;
        const double w = 7 * scale(), h = 11 * scale();
        p.fillRect(QRectF(x - 0.5, top, 1, bottom - top), m_theme.color(Role::border2));
        QPainterPath ribbon;
        ribbon.moveTo(x, top);
        ribbon.lineTo(x + w, top);
        ribbon.lineTo(x + w, top + h);
        ribbon.lineTo(x + w / 2, top + h - 3 * scale());
        ribbon.lineTo(x, top + h);
        ribbon.closeSubpath();
        p.fillPath(ribbon, ink);
        const QString name = p.fontMetrics().elidedText(bookmark.name, Qt::ElideRight, qRound(120 * scale()));
        const double wide = p.fontMetrics().horizontalAdvance(name) + 4;
        // where the names would lie over each other, or over the lesson's notches, the ribbon is enough
        if (m_run.player() || x + w < busyTo || x + w + 3 + wide > m_data.left + m_data.width) continue;
        p.setPen(m_theme.color(Role::text2));
        p.drawText(QRectF(x + w + 3, top - 2, wide, h + 4), Qt::AlignVCenter, name);
        busyTo = x + w + 3 + wide;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const auto& marker = m_marks->now().markers.at(i);
        if (!marker || !seen(*marker, x)) continue;
        p.fillRect(QRectF(x - 0.5, top, 1, bottom - top), ink);
        const QRectF flag(x, top, 20 * scale(), 17 * scale());
        p.fillRect(flag, ink);
        p.setPen(on);
        p.drawText(flag, Qt::AlignCenter, i == 0 ? QStringLiteral("A") : QStringLiteral("B"));
    }
    const auto& met = m_hunt ? m_hunt->met() : std::nullopt;
    if (met && seen({met->position, m_run.branch()}, x)) {
        const double r = 7.5 * scale(), y = bottom - r;
        QPolygonF octagon;
        for (int corner = 0; corner < 8; ++corner) {
            const double angle = (corner + 0.5) * 3.14159265358979 / 4;
            octagon << QPointF(x + r * std::cos(angle), y + r * std::sin(angle));
        }
        const bool here = met->position == m_run.position();
        p.setPen(QPen(ink, 1.5));
        p.setBrush(here ? QBrush(ink) : QBrush(m_theme.color(Role::bg)));
        p.drawPolygon(octagon);
        p.setBrush(Qt::NoBrush);
    }
}

void TimelineView::paintPlayhead(QPainter& p) const {
    const double x = playheadX();
    if (x < m_data.left - 1 || x > m_data.left + m_data.width + 1) return;
    const QColor ink = m_theme.color(Role::ink);
    p.fillRect(QRectF(x - 1, 16 * scale(), 2, laneTop(shownLanes()) + 4 * scale()), ink);
    QPainterPath flag;
    flag.addRoundedRect(QRectF(x - 6, 14 * scale(), 12, 8), 2, 2);
    flag.moveTo(x - 6, 14 * scale() + 7);
    flag.lineTo(x, 14 * scale() + 13);
    flag.lineTo(x + 6, 14 * scale() + 7);
    p.fillPath(flag, ink);
}

}  // namespace ringside
