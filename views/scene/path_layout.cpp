#include "views/scene/path_layout.h"

#include <QLineF>
#include <algorithm>
#include <numeric>

namespace ringside {
namespace {

constexpr double kMargin = 20;
constexpr double kLabelColumn = 96;  // name and file of a layer
constexpr double kBend = 16;         // from the vertical part of the route to the first stop
constexpr double kStripHeight = 48;  // the ring

/// Measures that give way when there is little room.
struct Heights {
    double user = 124, hardware = 146, task = 74, taskTop = 36, nic = 66;
    double row = 47, dot = 15,
           label = 13;  ///< of a row of stops: its height, where the route runs in it, and the label under that
    double folded = 34, queue = 58, gap = 6, top = 10, flags = 34;
};
constexpr Heights kRoomy{};
constexpr Heights kUsual{92, 118, 54, 26, 48, 47, 15, 13, 34, 58, 6, 10, 34};
constexpr Heights kTight{58, 82, 42, 8, 42, 38, 12, 9, 28, 34, 3, 5, 34};
constexpr Heights kLeast{50, 76, 40, 5, 40, 30, 8, 5, 24, 32, 2, 3, 30};

/// How the stops of a station are spread over rows: as many in a row as fit beside each other.
std::vector<std::vector<std::size_t>> rowsOf(const PathStation& station, std::size_t firstStop,
                                             const TextMetrics& metrics, double room) {
    constexpr double kBetween = 18;
    std::vector<std::vector<std::size_t>> rows;
    const auto widthOf = [&](std::size_t i) {
        return metrics.width(station.stops[i].function, TextToken::stop_current);
    };
    double total = 0;
    for (std::size_t i = 0; i < station.stops.size(); ++i) total += widthOf(i) + kBetween;
    // Rows of about the same number of stops look calmer than a full one and a nearly empty one.
    const auto wanted = static_cast<std::size_t>(std::max(1.0, std::ceil(total / std::max(1.0, room))));
    const std::size_t most = (station.stops.size() + wanted - 1) / wanted;
    double used = room + 1;
    for (std::size_t i = 0; i < station.stops.size(); ++i) {
        const double width = widthOf(i) + kBetween;
        if (rows.empty() || used + width > room + kBetween || rows.back().size() >= most) {
            rows.emplace_back();
            used = 0;
        }
        rows.back().push_back(firstStop + i);
        used += width;
    }
    return rows;
}

class Builder {
  public:
    Builder(const PathInput& input, const TextMetrics& metrics, QSizeF size)
        : m_in(input), m_metrics(metrics), m_size(size) {}

    PathLayout build() {
        m_out.size = m_size;
        const double cpuWidth = std::clamp(m_size.width() * 0.285, 180.0, 274.0);
        m_left = kMargin + cpuWidth + 32;
        m_right = m_size.width() - kMargin;
        m_railLeft = m_left + kLabelColumn;
        m_railRight = m_right - 14;
        chooseHeights();
        m_out.user = {0, 0, m_size.width(), m_heights.user};
        m_out.hardware = {0, m_size.height() - m_heights.hardware, m_size.width(), m_heights.hardware};
        m_out.kernel = {0, m_heights.user, m_size.width(), m_out.hardware.top() - m_heights.user};
        const QRectF strip(m_left - 6, m_out.hardware.top() - kStripHeight / 2, m_right - m_left + 12, kStripHeight);
        m_out.ring = windowOf(m_in.ring, strip);
        m_out.tight = m_heights.row < 40;
        // The route rises straight from the descriptor that is being cleaned.
        if (const double cell = m_out.ring.cell(m_in.ring.next_to_clean).x(); std::abs(cell - m_railLeft) < kBend)
            m_railLeft = cell;
        stations();
        tasks();
        hardware();
        cpus(cpuWidth);
        return std::move(m_out);
    }

  private:
    [[nodiscard]] double heightOf(std::size_t station, bool folded) const {
        if (folded) return m_heights.folded;
        if (m_in.stations[station].queue) return m_heights.queue;
        return m_heights.row * static_cast<double>(m_rows[station].size()) + 2;
    }
    [[nodiscard]] bool fits() const {
        double sum = m_heights.user + m_heights.hardware + kStripHeight / 2 + m_heights.flags + m_heights.top;
        for (std::size_t i = 0; i < m_in.stations.size(); ++i) sum += heightOf(i, m_folded[i]) + m_heights.gap;
        return sum <= m_size.height();
    }
    void use(const Heights& heights) {
        m_heights = heights;
        if (m_in.projector) m_heights.flags = 10;
    }

    /// Takes room away in steps until everything fits: first from the zones, then layers far from the current one are
    /// folded to one line, then the rows move together, at last the current layer is folded too.
    void chooseHeights() {
        std::size_t stop = 0;
        for (const PathStation& station : m_in.stations) {
            m_rows.push_back(rowsOf(station, stop, m_metrics, m_railRight - m_railLeft - kBend));
            stop += station.stops.size();
        }
        const auto current = static_cast<std::size_t>(
            std::find_if(m_in.stations.begin(), m_in.stations.end(), [](const PathStation& s) { return s.current; }) -
            m_in.stations.begin());
        std::vector<std::size_t> order(m_in.stations.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto distance = [&](std::size_t i) { return i > current ? i - current : current - i; };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return distance(a) > distance(b); });
        struct Try {
            const Heights& heights;
            bool mayFold, mayFoldCurrent;
        };
        for (const Try& attempt : {Try{kRoomy, false, false}, Try{kUsual, false, false}, Try{kUsual, true, false},
                                   Try{kTight, true, false}, Try{kLeast, true, false}, Try{kLeast, true, true}}) {
            use(attempt.heights);
            m_folded.assign(m_in.stations.size(), false);
            for (std::size_t i = 0; m_in.projector && current < m_in.stations.size() && i < current; ++i)
                m_folded[i] = !m_in.stations[i].queue;
            for (const std::size_t i : order) {
                if (attempt.mayFold && !fits() && !m_in.stations[i].queue && (i != current || attempt.mayFoldCurrent))
                    m_folded[i] = true;
            }
            if (fits()) return;
        }
    }

    void stations() {
        const double bottom = m_out.hardware.top() - kStripHeight / 2 - m_heights.flags;
        const double top = m_out.kernel.top() + m_heights.top;
        // What room is left goes between the layers, so the route fills the kernel.
        const double count = static_cast<double>(std::max<std::size_t>(1, m_in.stations.size()));
        double used = 0;
        for (std::size_t i = 0; i < m_in.stations.size(); ++i) used += heightOf(i, m_folded[i]) + m_heights.gap;
        const double spread = std::clamp((bottom - top - used + m_heights.gap) / count, 0.0, 22.0) + m_heights.gap;
        m_out.stations.resize(m_in.stations.size());
        m_out.stops.resize(std::accumulate(m_in.stations.begin(), m_in.stations.end(), std::size_t{0},
                                           [](std::size_t sum, const PathStation& s) { return sum + s.stops.size(); }));
        m_out.stopVertex.resize(m_out.stops.size());
        const QPointF cell = m_out.ring.cell(m_in.ring.next_to_clean);
        const double out = cell.y() - kStripHeight / 2;
        m_out.route = {{cell.x(), out}};
        if (std::abs(cell.x() - m_railLeft) > 1) {
            m_out.route.push_back({cell.x(), out - 6});
            m_out.route.push_back({m_railLeft, out - 6});
        }
        double y = bottom;
        std::size_t stop = 0;
        for (std::size_t i = 0; i < m_in.stations.size(); ++i) {
            const double height = heightOf(i, m_folded[i]);
            y -= height;
            m_out.stations[i] = {{m_left, y, m_right - m_left, height}, m_folded[i], rail()};
            if (m_folded[i])
                foldedStops(i, stop);
            else if (m_in.stations[i].queue)
                queueStops(i, stop);
            else
                spreadStops(i);
            stop += m_in.stations[i].stops.size();
            y -= spread;
        }
    }

    [[nodiscard]] double rail() const { return m_onRight ? m_railRight : m_railLeft; }

    void foldedStops(std::size_t station, std::size_t stop) {
        const QPointF dot(rail(), m_out.stations[station].box.center().y());
        m_out.route.push_back(dot);
        for (std::size_t i = 0; i < m_in.stations[station].stops.size(); ++i, ++stop) {
            m_out.stops[stop] = {dot, {}, Align::left, false};
            m_out.stopVertex[stop] = m_out.route.size() - 1;
        }
    }

    void spreadStops(std::size_t station) {
        const QRectF& box = m_out.stations[station].box;
        double y = box.bottom() - m_heights.row + m_heights.dot;
        for (const auto& row : m_rows[station]) {
            const double left = m_railLeft + kBend, right = m_railRight - kBend;
            m_out.route.push_back({rail(), y});
            std::vector<std::size_t> order = row;
            if (m_onRight) std::reverse(order.begin(), order.end());  // left to right on the picture
            std::vector<double> widths;
            for (const std::size_t i : order)
                widths.push_back(m_metrics.width(functionOf(i), TextToken::stop_current) + 2);
            const double total = std::accumulate(widths.begin(), widths.end(), 0.0);
            const double gap =
                order.size() > 1 ? (right - left + 8 - total) / static_cast<double>(order.size() - 1) : 0;
            double x = left - 4;
            for (std::size_t n = 0; n < order.size(); ++n) {
                const bool first = n == 0 && (order.size() > 1 || !m_onRight), last = n + 1 == order.size() && !first;
                PathLayout::StopAt& at = m_out.stops[order[n]];
                if (last && order.size() == 1) x = right + 4 - widths[n];
                at.label = {x, y + m_heights.label, widths[n], 16};
                at.dot = {first ? left : last ? right : x + widths[n] / 2, y};
                at.align = first ? Align::left : last ? Align::right : Align::center;
                x += widths[n] + gap;
            }
            for (const std::size_t i : row) {
                m_out.route.push_back(m_out.stops[i].dot);
                m_out.stopVertex[i] = m_out.route.size() - 1;
            }
            m_onRight = !m_onRight;
            m_out.route.push_back({rail(), y});
            y -= m_heights.row;
        }
    }

    /// The queue stands at the left of its layer; what happens after a packet is queued, at the right, on the way to
    /// the reader.
    void queueStops(std::size_t station, std::size_t stop) {
        const QRectF& box = m_out.stations[station].box;
        const bool low = m_heights.queue < 50;
        const double y = low ? box.center().y() : box.top() + 25;
        double labels = 0;
        for (const PathStop& s : m_in.stations[station].stops)
            labels = std::max(labels, m_metrics.width(s.function, TextToken::stop_current) + 2);
        m_out.queue = {m_railLeft + kBend, y - 15,
                       std::max(120.0, m_railRight - kBend - labels - m_railLeft - kBend - 28), low ? 26.0 : 30.0};
        if (m_onRight) m_out.route.push_back({m_railRight, box.bottom() + 3});
        if (m_onRight) m_out.route.push_back({m_railLeft, box.bottom() + 3});
        m_out.route.push_back({m_railLeft, y});
        m_out.route.push_back(queueSlot(m_out.queue, m_in.queue.packets.size()));
        m_out.queueVertex = m_out.route.size() - 1;
        m_out.route.push_back({m_out.queue.right() + 8, y});
        const std::size_t count = m_in.stations[station].stops.size();
        for (std::size_t i = 0; i < count; ++i) {
            const double share = static_cast<double>(i + 1) / static_cast<double>(count);
            const double x = m_out.queue.right() + 8 + (m_railRight - m_out.queue.right() - 8) * share;
            m_out.stops[stop + i] = {{x, y}, {m_railRight - labels, y + 13, labels, 16}, Align::right, true};
            if (low) m_out.stops[stop + i].label = {};
            m_out.route.push_back({x, y});
            m_out.stopVertex[stop + i] = m_out.route.size() - 1;
        }
        m_onRight = true;
    }

    [[nodiscard]] QString functionOf(std::size_t stop) const {
        for (const PathStation& station : m_in.stations) {
            if (stop < station.stops.size()) return station.stops[stop].function;
            stop -= station.stops.size();
        }
        return {};
    }

    void tasks() {
        const double top = m_heights.taskTop;
        const double first = top < 20 ? 104 : kMargin;  // beside the zone's name, or under it
        const double readerWidth = std::min(372.0, (m_right - m_left) * 0.62);
        const double readerLeft = m_railRight - 36 - readerWidth;
        const QRectF reader(readerLeft, top, readerWidth, m_heights.task);
        double x = first;
        const double width = std::min(
            274.0,
            std::max(200.0,
                     (readerLeft - first - 16) / std::max<double>(1, static_cast<double>(m_in.tasks.size()) - 1) - 16));
        for (std::size_t i = 0; i < m_in.tasks.size(); ++i) {
            if (static_cast<int>(i) == m_in.reader) {
                m_out.tasks.push_back(reader);
            } else {
                const bool fits = x + width <= (m_in.reader >= 0 ? readerLeft - 16 : m_right);
                m_out.tasks.push_back(fits ? QRectF(x, top, width, m_heights.task) : QRectF());
                x += width + 16;
            }
        }
        if (m_in.reader >= 0) {
            const double y = reader.center().y();
            m_out.route.push_back({m_railRight, y});
            m_out.route.push_back({reader.right() + 8, y});
        }
        m_out.taskVertex = m_out.route.size() - 1;
    }

    void hardware() {
        const QRectF& zone = m_out.hardware;
        const bool low = m_heights.nic < 60;
        const double height = m_heights.nic, width = std::min(220.0, m_left - 60);
        const double left = std::clamp(m_left - 56 - width * 0.5, 90.0, 240.0);
        m_out.nic = {left, zone.bottom() - height - (low ? 12 : 22), width, height};
        m_out.wireFrom = {0, m_out.nic.center().y()};
        m_out.wireTo = {m_out.nic.left(), m_out.nic.center().y()};
        m_out.irqFrom = {m_out.nic.left() + 28, m_out.nic.top()};
        m_out.irqTo = {m_out.nic.left() + 28, zone.top() - 4};
        m_out.dmaFrom = {m_out.nic.right(), low ? m_out.nic.center().y() : m_out.nic.bottom() - 18};
        m_out.dmaTo = {m_out.ring.cell(m_in.ring.rdh).x(), m_out.ring.rect.bottom() + 2};
    }

    /// Every card gets its least height; what is left goes to the CPU of this step first, then to the others in order.
    void cpus(double width) {
        double y = m_out.kernel.top() + 30;
        const double bottom = m_out.hardware.top() - 12;
        double left = bottom - y + 12;
        std::vector<double> heights;
        for (const StackCard& card : m_in.cpus) {
            const bool room = left >= leastHeight(card) + 12;
            heights.push_back(room ? leastHeight(card) : 0);
            left -= heights.back() + (room ? 12 : 0);
        }
        for (const bool active : {true, false}) {
            for (std::size_t i = 0; i < heights.size(); ++i) {
                const double more = wantedHeight(m_in.cpus[i]) - heights[i];
                // An idle CPU has one line to show: all of it or none.
                if (m_in.cpus[i].active != active || heights[i] <= 0 ||
                    (m_in.cpus[i].tone == Tone::idle && more > left))
                    continue;
                const double given = std::clamp(left, 0.0, more);
                heights[i] += given;
                left -= given;
            }
        }
        for (const double height : heights) {
            m_out.cpus.push_back(height > 0 ? QRectF(kMargin, y, width, height) : QRectF());
            if (height > 0) y += height + 12;
        }
    }

    const PathInput& m_in;
    const TextMetrics& m_metrics;
    QSizeF m_size;
    Heights m_heights;
    PathLayout m_out;
    std::vector<std::vector<std::vector<std::size_t>>> m_rows;
    std::vector<bool> m_folded;
    double m_left = 0, m_right = 0, m_railLeft = 0, m_railRight = 0;
    bool m_onRight = false;
};

}  // namespace

PathLayout layoutPath(const PathInput& input, const TextMetrics& metrics, QSizeF size) {
    return Builder(input, metrics, size).build();
}

QPointF PathLayout::point(const PathPlace& place) const {
    switch (place.at) {
        case PathPlace::At::nowhere:
        case PathPlace::At::wire:
            return {wireFrom.x() + (wireTo.x() - wireFrom.x()) * 0.45, wireTo.y()};
        case PathPlace::At::fifo:
            return fifoSlot(nic, static_cast<std::size_t>(place.index));
        case PathPlace::At::dma:
        case PathPlace::At::ring:
            return ring.cell(place.index);
        case PathPlace::At::stop:
            return stops.empty() ? QPointF()
                                 : stops[std::min(stops.size() - 1, static_cast<std::size_t>(place.index))].dot;
        case PathPlace::At::queue:
            return queueSlot(queue, static_cast<std::size_t>(place.index));
        case PathPlace::At::task:
            return route.empty() ? QPointF() : route[taskVertex] - QPointF(26, 0);
    }
    return {};
}

int PathLayout::vertexOf(const PathPlace& place) const {
    switch (place.at) {
        case PathPlace::At::ring:
            return 0;
        case PathPlace::At::stop:
            return stopVertex.empty()
                       ? -1
                       : static_cast<int>(
                             stopVertex[std::min(stops.size() - 1, static_cast<std::size_t>(place.index))]);
        case PathPlace::At::queue:
            return static_cast<int>(queueVertex);
        case PathPlace::At::task:
            return static_cast<int>(taskVertex);
        default:
            return -1;
    }
}

std::vector<QPointF> PathLayout::way(const PathPlace& from, const PathPlace& to) const {
    const QPointF begin = point(from), finish = point(to);
    const int a = vertexOf(from), b = vertexOf(to);
    std::vector<QPointF> way{begin};
    if (a >= 0 && b >= 0) {
        const int step = a < b ? 1 : -1;
        for (int i = a; i != b; i += step) way.push_back(route[static_cast<std::size_t>(i)]);
    } else if (from.at == PathPlace::At::fifo && (to.at == PathPlace::At::dma || to.at == PathPlace::At::ring)) {
        way.push_back({finish.x(), dmaFrom.y()});
    } else if (from.at == PathPlace::At::nowhere && to.at == PathPlace::At::wire) {
        way.front() = wireFrom;
    }
    way.push_back(finish);
    return way;
}

double lengthOf(const std::vector<QPointF>& way) {
    double length = 0;
    for (std::size_t i = 1; i < way.size(); ++i) length += QLineF(way[i - 1], way[i]).length();
    return length;
}

std::vector<QPointF> cutWay(const std::vector<QPointF>& way, double share) {
    if (way.empty()) return {};
    double left = lengthOf(way) * std::clamp(share, 0.0, 1.0);
    std::vector<QPointF> cut{way.front()};
    for (std::size_t i = 1; i < way.size(); ++i) {
        const QLineF part(way[i - 1], way[i]);
        if (part.length() > left) {
            if (part.length() > 0) cut.push_back(part.pointAt(left / part.length()));
            return cut;
        }
        left -= part.length();
        cut.push_back(way[i]);
    }
    return cut;
}

QPointF pointOn(const std::vector<QPointF>& way, double share) {
    return way.empty() ? QPointF() : cutWay(way, share).back();
}

}  // namespace ringside
