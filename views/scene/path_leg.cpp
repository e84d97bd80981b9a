#include "views/scene/path_leg.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ringside {

std::vector<std::vector<std::size_t>> rowsOf(const PathStation& station, std::size_t firstStop,
                                             const TextMetrics& metrics, double room) {
    constexpr double kBetween = 18;
    std::vector<std::vector<std::size_t>> rows;
    const std::size_t count = station.stops.size();
    const auto widthOf = [&](std::size_t i) {
        return metrics.width(station.stops[i].function, TextToken::stop_current) + kBetween;
    };
    double total = 0;
    for (std::size_t i = 0; i < count; ++i) total += widthOf(i);
    // Rows of about the same number of stops look calmer than a full one and a nearly empty one.
    const auto wanted = static_cast<std::size_t>(std::max(1.0, std::ceil(total / std::max(1.0, room))));
    const std::size_t most = (count + wanted - 1) / wanted;
    double used = room + 1;
    for (std::size_t n = 0; n < count; ++n) {
        // the send leg is laid from its end
        const std::size_t i = station.leg == PathLeg::send ? count - 1 - n : n;
        const double width = widthOf(i);
        if (rows.empty() || used + width > room + kBetween || rows.back().size() >= most) {
            rows.emplace_back();
            used = 0;
        }
        rows.back().push_back(firstStop + i);
        used += width;
    }
    return rows;
}

LegBuilder::LegBuilder(const PathInput& input, const TextMetrics& metrics, const PathHeights& heights,
                       const LegPlan& plan, PathLayout& out)
    : m_in(input),
      m_metrics(metrics),
      m_heights(heights),
      m_plan(plan),
      m_out(out),
      m_leg(out.legs[static_cast<std::size_t>(plan.leg)]) {
    std::size_t stop = 0;
    for (const PathStation& station : input.stations) {
        m_firstStop.push_back(stop);
        stop += station.stops.size();
    }
}

const QString& LegBuilder::nameOf(std::size_t stop) const {
    const auto after = std::upper_bound(m_firstStop.begin(), m_firstStop.end(), stop);
    const auto station = static_cast<std::size_t>(after - m_firstStop.begin()) - 1;
    return m_in.stations[station].stops[stop - m_firstStop[station]].function;
}

void LegBuilder::reach(std::size_t stop) {
    m_leg.route.push_back(m_out.stops[stop].dot);
    m_out.stops[stop].vertex = m_leg.route.size() - 1;
}

void LegBuilder::build(QPointF start) {
    m_leg.route = {start};
    if (std::abs(start.x() - m_plan.railLeft) > 1) {
        m_leg.route.push_back(start - QPointF(0, 6));
        m_leg.route.push_back({m_plan.railLeft, start.y() - 6});
    }
    for (const std::size_t station : m_plan.stations) {
        if (m_out.stations[station].folded)
            folded(station);
        else if (m_in.stations[station].queue)
            queue(station);
        else
            spread(station);
    }
}

void LegBuilder::folded(std::size_t station) {
    PathLayout::StationAt& at = m_out.stations[station];
    at.side = rail();
    const QPointF dot(rail(), at.box.center().y());
    m_leg.route.push_back(dot);
    for (std::size_t i = 0; i < m_in.stations[station].stops.size(); ++i) {
        PathLayout::StopAt& stop = m_out.stops[m_firstStop[station] + i];
        stop = {dot, {}, Align::left, false, m_plan.leg, m_leg.route.size() - 1};
    }
}

void LegBuilder::spread(std::size_t station) {
    const QRectF& box = m_out.stations[station].box;
    const auto rows =
        rowsOf(m_in.stations[station], m_firstStop[station], m_metrics, m_plan.railRight - m_plan.railLeft - kBend);
    double y = box.bottom() - m_heights.row + m_heights.dot;
    for (const auto& row : rows) {
        const double left = m_plan.railLeft + kBend, right = m_plan.railRight - kBend;
        m_leg.route.push_back({rail(), y});
        std::vector<std::size_t> order = row;
        if (m_onRight) std::reverse(order.begin(), order.end());  // left to right on the picture
        std::vector<double> widths;
        for (const std::size_t i : order) widths.push_back(m_metrics.width(nameOf(i), TextToken::stop_current) + 2);
        const double total = std::accumulate(widths.begin(), widths.end(), 0.0);
        const double gap = order.size() > 1 ? (right - left + 8 - total) / static_cast<double>(order.size() - 1) : 0;
        double x = left - 4;
        for (std::size_t n = 0; n < order.size(); ++n) {
            const bool first = n == 0 && (order.size() > 1 || !m_onRight), last = n + 1 == order.size() && !first;
            PathLayout::StopAt& at = m_out.stops[order[n]];
            if (last && order.size() == 1) x = right + 4 - widths[n];
            at.leg = m_plan.leg;
            at.label = {x, y + m_heights.label, widths[n], 16};
            at.dot = {first ? left : last ? right : x + widths[n] / 2, y};
            at.align = first ? Align::left : last ? Align::right : Align::center;
            x += widths[n] + gap;
        }
        for (const std::size_t i : row) reach(i);
        m_onRight = !m_onRight;
        m_leg.route.push_back({rail(), y});
        y -= m_heights.row;
    }
}

/// The queue stands at the left of its layer; what happens after a packet is queued, at the right, on the way to the
/// reader.
void LegBuilder::queue(std::size_t station) {
    const QRectF& box = m_out.stations[station].box;
    const bool low = m_heights.queue < 50;
    const double y = low ? box.center().y() : box.top() + 25;
    const std::vector<PathStop>& stops = m_in.stations[station].stops;
    double labels = 0;
    for (const PathStop& s : stops) labels = std::max(labels, m_metrics.width(s.function, TextToken::stop_current) + 2);
    const double left = m_plan.railLeft, right = m_plan.railRight;
    m_out.queue = {left + kBend, y - (low ? 13 : 15), std::max(120.0, right - kBend - labels - left - kBend - 28),
                   low ? 26.0 : 30.0};
    if (m_onRight) {
        m_leg.route.push_back({right, box.bottom() + 3});
        m_leg.route.push_back({left, box.bottom() + 3});
    }
    m_leg.route.push_back({left, y});
    m_leg.route.push_back(queueSlot(m_out.queue, m_in.queue.packets.size()));
    m_out.queueVertex = m_leg.route.size() - 1;
    m_leg.route.push_back({m_out.queue.right() + 8, y});
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const double share = static_cast<double>(i + 1) / static_cast<double>(stops.size());
        const double x = m_out.queue.right() + 8 + (right - m_out.queue.right() - 8) * share;
        PathLayout::StopAt& at = m_out.stops[m_firstStop[station] + i];
        at = {{x, y}, {right - labels, y + 13, labels, 16}, Align::right, true, m_plan.leg, 0};
        if (low) at.label = {};
        reach(m_firstStop[station] + i);
    }
    m_onRight = true;
}

void LegBuilder::finish(double height, QPointF foot) {
    // a folded leg goes on from where its queue ends
    const bool up = m_plan.leg == PathLeg::receive;
    const double x = up && m_plan.folded ? m_leg.route.back().x() : up ? m_plan.railRight : rail();
    m_leg.route.push_back({x, height});
    m_leg.route.push_back(up ? foot : QPointF(x, foot.y()));
    if (m_plan.leg == PathLeg::receive) return;
    std::reverse(m_leg.route.begin(), m_leg.route.end());
    for (PathLayout::StopAt& stop : m_out.stops) {
        if (stop.leg == PathLeg::send) stop.vertex = m_leg.route.size() - 1 - stop.vertex;
    }
}

}  // namespace ringside
