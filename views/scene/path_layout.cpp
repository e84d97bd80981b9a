#include "views/scene/path_layout.h"

#include <QLineF>
#include <algorithm>
#include <numeric>

#include "views/scene/path_leg.h"

namespace ringside {
namespace {

constexpr double kMargin = 20;
constexpr double kLabelColumn = 96;                         // name and file of a layer
constexpr double kStripHeight = 48;                         // the ring
constexpr double kFoldedLeg = 300, kFoldedLegNarrow = 170;  // beside the other leg: with its texts, without
constexpr double kBothLegsWide = 1280;                      // of scene, from which on a folded leg keeps its texts
constexpr double kOtherCard = 190;                          // width of a card whose ring is not drawn

constexpr PathHeights kRoomy{};
constexpr PathHeights kUsual{92, 118, 54, 26, 48, 47, 15, 13, 34, 58, 6, 10, 34};
constexpr PathHeights kTight{58, 82, 42, 8, 42, 38, 12, 9, 28, 34, 3, 5, 34};
constexpr PathHeights kLeast{50, 76, 40, 5, 40, 30, 8, 5, 24, 32, 2, 3, 30};

/// A layer: the stations of both legs that stand at one height.
struct Band {
    std::vector<std::size_t> stations;
};

/// The layers, the lowest first. The receive leg's order counts; what only the send leg has stands where that passes
/// it.
std::vector<Band> bandsOf(const std::vector<PathStation>& stations) {
    std::vector<Band> bands;
    for (std::size_t i = 0; i < stations.size(); ++i) {
        if (stations[i].leg == PathLeg::receive) bands.push_back({{i}});
    }
    std::size_t above = 0;  // where the next one from below would stand
    for (std::size_t i = stations.size(); i-- > 0;) {
        if (stations[i].leg != PathLeg::send) continue;
        const auto same =
            std::find_if(bands.begin() + static_cast<std::ptrdiff_t>(above), bands.end(),
                         [&](const Band& b) { return stations[b.stations.front()].name == stations[i].name; });
        if (same != bands.end()) {
            same->stations.push_back(i);
            above = static_cast<std::size_t>(same - bands.begin()) + 1;
        } else {
            bands.insert(bands.begin() + static_cast<std::ptrdiff_t>(above++), Band{{i}});
        }
    }
    return bands;
}

class Builder {
  public:
    Builder(const PathInput& input, const TextMetrics& metrics, QSizeF size)
        : m_in(input), m_metrics(metrics), m_size(size), m_bands(bandsOf(input.stations)) {}

    PathLayout build() {
        m_out.size = m_size;
        m_out.card = std::clamp(m_in.card, 0, std::max(0, static_cast<int>(m_in.cards.size()) - 1));
        const double cpuWidth = std::clamp(m_size.width() * 0.285, 180.0, 274.0);
        m_left = kMargin + cpuWidth + 32;
        m_right = m_size.width() - kMargin;
        planLegs();
        chooseHeights();
        m_out.user = {0, 0, m_size.width(), m_heights.user};
        m_out.hardware = {0, m_size.height() - m_heights.hardware, m_size.width(), m_heights.hardware};
        m_out.kernel = {0, m_heights.user, m_size.width(), m_out.hardware.top() - m_heights.user};
        const QRectF strip(m_left - 6, m_out.hardware.top() - kStripHeight / 2, m_right - m_left + 12, kStripHeight);
        m_out.ring = windowOf(ring(), strip);
        m_out.tight = m_heights.row < 40;
        // The route rises straight from the descriptor that is being cleaned.
        LegPlan& up = m_plans[0];
        if (const double cell = m_out.ring.cell(ring().next_to_clean).x(); std::abs(cell - up.railLeft) < kBend)
            up.railLeft = cell;
        stations();
        tasks();
        hardware();
        cpus(cpuWidth);
        return std::move(m_out);
    }

  private:
    [[nodiscard]] const RingStrip& ring() const {
        static const RingStrip none;
        return m_in.cards.empty() ? none : m_in.cards[static_cast<std::size_t>(m_out.card)].ring;
    }
    [[nodiscard]] bool bothLegs() const { return !m_plans[1].stations.empty() && !m_plans[0].stations.empty(); }

    /// Which columns the legs have. Of two, the one on which the followed packet is has its stops, the other is a line.
    void planLegs() {
        m_plans[0].leg = PathLeg::receive;
        m_plans[1].leg = PathLeg::send;
        for (const Band& band : m_bands) {
            for (const std::size_t i : band.stations)
                m_plans[static_cast<std::size_t>(m_in.stations[i].leg)].stations.push_back(i);
        }
        for (LegPlan& plan : m_plans) {
            plan.railLeft = m_left + kLabelColumn;
            plan.railRight = m_right - 14;
        }
        if (!bothLegs()) return;
        const double width = m_size.width() >= kBothLegsWide ? kFoldedLeg : kFoldedLegNarrow;
        if (followedLeg() == PathLeg::receive) {
            m_plans[1].folded = true;
            m_plans[1].railLeft = m_split = m_right - width;
            m_plans[0].railRight = m_split - 40;
        } else {
            m_plans[0].folded = true;
            m_plans[0].railRight = m_plans[0].railLeft + width - 40;
            m_split = m_plans[0].railLeft + width;
            m_plans[1].railLeft = m_split;
        }
    }
    [[nodiscard]] PathLeg followedLeg() const {
        if (m_in.followedTo.at != PathPlace::At::stop) return PathLeg::receive;
        int stop = m_in.followedTo.index;
        for (const PathStation& station : m_in.stations) {
            if (stop < static_cast<int>(station.stops.size())) return station.leg;
            stop -= static_cast<int>(station.stops.size());
        }
        return PathLeg::receive;
    }

    [[nodiscard]] double heightOf(const Band& band) const {
        double height = 0;
        for (const std::size_t i : band.stations) {
            height = std::max(height, m_folded[i]              ? m_heights.folded
                                      : m_in.stations[i].queue ? m_heights.queue
                                                               : m_heights.row * static_cast<double>(m_rows[i]) + 2);
        }
        return height;
    }
    [[nodiscard]] bool fits() const {
        double sum = m_heights.user + m_heights.hardware + kStripHeight / 2 + m_heights.flags + m_heights.top;
        for (const Band& band : m_bands) sum += heightOf(band) + m_heights.gap;
        return sum <= m_size.height();
    }
    void use(const PathHeights& heights) {
        m_heights = heights;
        if (m_in.projector) m_heights.flags = 10;
    }

    /// Takes room away in steps until everything fits: first from the zones, then layers far from the current one are
    /// folded to one line, then the rows move together, at last the current layer is folded too.
    void chooseHeights() {
        for (const PathStation& station : m_in.stations) {
            const LegPlan& plan = m_plans[static_cast<std::size_t>(station.leg)];
            m_rows.push_back(rowsOf(station, 0, m_metrics, plan.railRight - plan.railLeft - kBend).size());
        }
        std::size_t current = m_bands.size();
        for (std::size_t b = 0; b < m_bands.size(); ++b) {
            for (const std::size_t i : m_bands[b].stations) {
                if (m_in.stations[i].current && current == m_bands.size()) current = b;
            }
        }
        std::vector<std::size_t> order(m_bands.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto distance = [&](std::size_t i) { return i > current ? i - current : current - i; };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return distance(a) > distance(b); });
        struct Try {
            const PathHeights& heights;
            bool mayFold, mayFoldCurrent;
        };
        for (const Try& attempt : {Try{kRoomy, false, false}, Try{kUsual, false, false}, Try{kUsual, true, false},
                                   Try{kTight, true, false}, Try{kLeast, true, false}, Try{kLeast, true, true}}) {
            use(attempt.heights);
            m_folded.assign(m_in.stations.size(), false);
            for (std::size_t i = 0; i < m_in.stations.size(); ++i)
                m_folded[i] = m_plans[static_cast<std::size_t>(m_in.stations[i].leg)].folded && !m_in.stations[i].queue;
            for (std::size_t b = 0; m_in.projector && current < m_bands.size() && b < current; ++b) fold(m_bands[b]);
            for (const std::size_t b : order) {
                if (attempt.mayFold && !fits() && (b != current || attempt.mayFoldCurrent)) fold(m_bands[b]);
            }
            if (fits()) return;
        }
    }
    /// What a queue holds is never folded away.
    void fold(const Band& band) {
        for (const std::size_t i : band.stations) m_folded[i] = !m_in.stations[i].queue;
    }

    void stations() {
        const double bottom = m_out.hardware.top() - kStripHeight / 2 - m_heights.flags;
        const double top = m_out.kernel.top() + m_heights.top;
        // What room is left goes between the layers, so the route fills the kernel.
        const double count = static_cast<double>(std::max<std::size_t>(1, m_bands.size()));
        double used = 0;
        for (const Band& band : m_bands) used += heightOf(band) + m_heights.gap;
        const double spread = std::clamp((bottom - top - used + m_heights.gap) / count, 0.0, 22.0) + m_heights.gap;
        m_out.stations.resize(m_in.stations.size());
        for (const PathStation& station : m_in.stations)
            m_out.stops.resize(m_out.stops.size() + station.stops.size(), {{}, {}, Align::left, true, station.leg, 0});
        double y = bottom;
        for (const Band& band : m_bands) {
            const double height = heightOf(band);
            y -= height;
            const QRectF all(m_left, y, m_right - m_left, height);
            for (std::size_t n = 0; n < band.stations.size(); ++n) place(band.stations[n], all, n == 0);
            y -= spread;
        }
        const QPointF cell = m_out.ring.cell(ring().next_to_clean);
        LegBuilder(m_in, m_metrics, m_heights, m_plans[0], m_out).build(cell - QPointF(0, kStripHeight / 2));
        m_out.taskVertex = m_out.route().size() - 1;
        if (m_plans[1].stations.empty()) return;
        const LegPlan& down = m_plans[1];
        LegBuilder send(m_in, m_metrics, m_heights, down, m_out);
        send.build({down.folded ? down.railLeft : down.railRight, m_out.hardware.top() - kStripHeight / 2});
        send.finish(m_out.user.bottom(), {down.railLeft, m_out.user.bottom() - 8});
    }
    void place(std::size_t i, const QRectF& band, bool first) {
        PathLayout::StationAt& at = m_out.stations[i];
        at.folded = m_folded[i];
        at.band = first ? band : QRectF();
        at.box = band;
        if (bothLegs() && m_in.stations[i].leg == PathLeg::receive) at.box.setRight(m_split - 20);
        if (bothLegs() && m_in.stations[i].leg == PathLeg::send) at.box.setLeft(m_split - 16);
        at.textTo = at.box.right();
        if (m_plans[static_cast<std::size_t>(m_in.stations[i].leg)].folded && m_size.width() < kBothLegsWide)
            at.textTo = 0;
    }

    void tasks() {
        const double top = m_heights.taskTop;
        const double first = top < 20 ? 104 : kMargin;  // beside the zone's name, or under it
        const double readerWidth = std::min(372.0, (m_right - m_left) * 0.62);
        const double right = m_plans[0].folded ? m_right - 14 : m_plans[0].railRight;
        const double readerLeft = right - 36 - readerWidth;
        const QRectF reader(readerLeft, top, readerWidth, m_heights.task);
        const double width = std::min(
            274.0,
            std::max(200.0,
                     (readerLeft - first - 16) / std::max<double>(1, static_cast<double>(m_in.tasks.size()) - 1) - 16));
        // Tasks that run come before those that sleep, where not all have room.
        const double to = m_in.reader >= 0 ? readerLeft - 16 : m_right;
        const auto fit = static_cast<std::size_t>(std::max(0.0, (to - first + 16) / (width + 16)));
        std::vector<bool> shown(m_in.tasks.size(), false);
        std::size_t taken = 0;
        for (const bool running : {true, false}) {
            for (std::size_t i = 0; i < m_in.tasks.size(); ++i) {
                if (static_cast<int>(i) == m_in.reader || m_in.tasks[i].running != running || taken == fit) continue;
                shown[i] = true;
                ++taken;
            }
        }
        double x = first;
        for (std::size_t i = 0; i < m_in.tasks.size(); ++i) {
            if (static_cast<int>(i) == m_in.reader) {
                m_out.tasks.push_back(reader);
                continue;
            }
            m_out.tasks.push_back(shown[i] ? QRectF(x, top, width, m_heights.task) : QRectF());
            if (shown[i]) x += width + 16;
        }
        if (m_in.reader >= 0 && !m_out.route().empty()) {
            const double y = reader.center().y();
            LegBuilder(m_in, m_metrics, m_heights, m_plans[0], m_out)
                .finish(y, {m_plans[0].folded ? reader.left() - 8 : reader.right() + 8, y});
        }
        m_out.taskVertex = std::max<std::size_t>(1, m_out.route().size()) - 1;
        if (m_out.route().empty()) return;
        m_out.taskPoint = m_out.route().back() - QPointF(26, 0);
        if (m_in.reader < 0 || m_plans[0].folded) return;
        // The pill stands in the doorway, on the edge of the card: inside it would lie on the task's state.
        constexpr double kHeight = 28, kInside = 8;
        const double text =
            m_metrics.width(QString::number(m_in.followed), TextToken::mono_bold, kHeight * 0.54) + 18 * kHeight / 24;
        const double pill = std::max(1.45 * kHeight, text);
        m_out.taskPoint.setX(std::min(reader.right() - kInside, m_size.width() - pill - 4) + pill / 2);
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
        const bool more = m_in.cards.size() > 1;
        // the arrow runs above the other cards
        m_out.dmaFrom = {m_out.nic.right(), more  ? m_out.nic.top() + (low ? 5 : 8)
                                            : low ? m_out.nic.center().y()
                                                  : m_out.nic.bottom() - 18};
        m_out.dmaTo = {m_out.ring.cell(ring().rdh).x(), m_out.ring.rect.bottom() + 2};
        if (more) otherCards();
    }

    /// The other cards stand from the right edge on; those without room are counted at its left.
    void otherCards() {
        constexpr double kBetween = 12, kCount = 84;
        m_out.cards.resize(m_in.cards.size());
        m_out.cards[static_cast<std::size_t>(m_out.card)] = m_out.nic;
        const double top = m_out.dmaFrom.y() + 12, bottom = m_out.hardware.bottom() - 8;
        const double from = m_out.nic.right() + 24;
        const auto others = static_cast<int>(m_in.cards.size()) - 1;
        const auto fitting = [&](double room) {
            return std::max(0, static_cast<int>((room + kBetween) / (kOtherCard + kBetween)));
        };
        int shown = std::min(others, fitting(m_right - from));
        if (shown < others) shown = std::min(shown, fitting(m_right - from - kCount - kBetween));
        double right = m_right;
        int n = 0;
        for (std::size_t i = m_in.cards.size(); i-- > 0;) {
            if (static_cast<int>(i) == m_out.card || n >= shown) continue;
            m_out.cards[i] = {right - kOtherCard, top, kOtherCard, bottom - top};
            right -= kOtherCard + kBetween;
            ++n;
        }
        m_out.cardsLeftOut = others - shown;
        if (m_out.cardsLeftOut > 0) m_out.more = {right - kCount, top, kCount, bottom - top};
    }

    /// Every card gets its least height; what is left goes to the CPU of this step first, then to the others in order.
    void cpus(double width) {
        double y = m_out.kernel.top() + 30;
        const double bottom = m_out.hardware.top() - 12;
        double left = bottom - y + 12;
        std::vector<double> heights(m_in.cpus.size(), 0);
        // The CPU of this step stands there whatever else does, then those that work, then the idle ones.
        const auto weight = [](const StackCard& card) { return card.active ? 0 : card.tone == Tone::idle ? 2 : 1; };
        for (const int turn : {0, 1, 2}) {
            for (std::size_t i = 0; i < heights.size(); ++i) {
                const double least = leastHeight(m_in.cpus[i]);
                if (weight(m_in.cpus[i]) != turn || (left < least + 12 && turn != 0)) continue;
                heights[i] = least;
                left -= least + 12;
            }
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
    std::vector<Band> m_bands;
    std::array<LegPlan, 2> m_plans;
    PathHeights m_heights;
    PathLayout m_out;
    std::vector<std::size_t> m_rows;  ///< rows of stops of each station
    std::vector<bool> m_folded;
    double m_left = 0, m_right = 0, m_split = 0;
};

}  // namespace

PathLayout layoutPath(const PathInput& input, const TextMetrics& metrics, QSizeF size) {
    return Builder(input, metrics, size).build();
}

QPointF PathLayout::point(const PathPlace& place) const {
    const bool elsewhere = place.card != card && place.card >= 0 && place.card < static_cast<int>(cards.size());
    // a card that has no room stands where it is counted
    QRectF box = elsewhere ? cards[static_cast<std::size_t>(place.card)] : QRectF();
    if (box.isNull()) box = more;
    switch (place.at) {
        case PathPlace::At::nowhere:
        case PathPlace::At::wire:
            if (elsewhere) return QPointF(box.left(), box.center().y());
            return {wireFrom.x() + (wireTo.x() - wireFrom.x()) * 0.45, wireTo.y()};
        case PathPlace::At::fifo:
            if (elsewhere) return QPointF(box.right() - 24, box.center().y());
            return fifoSlot(nic, static_cast<std::size_t>(place.index));
        case PathPlace::At::dma:
        case PathPlace::At::ring:
            if (elsewhere) return QPointF(box.right() - 24, box.center().y());
            return ring.cell(place.index);
        case PathPlace::At::stop:
            return stops.empty() ? QPointF()
                                 : stops[std::min(stops.size() - 1, static_cast<std::size_t>(place.index))].dot;
        case PathPlace::At::queue:
            return queueSlot(queue, static_cast<std::size_t>(place.index));
        case PathPlace::At::task:
            return taskPoint;
    }
    return {};
}

PathLeg PathLayout::legOf(const PathPlace& place) const {
    if (place.at != PathPlace::At::stop || stops.empty()) return PathLeg::receive;
    return stops[std::min(stops.size() - 1, static_cast<std::size_t>(place.index))].leg;
}

int PathLayout::vertexOf(const PathPlace& place) const {
    switch (place.at) {
        case PathPlace::At::ring:
            return place.card == card ? 0 : -1;
        case PathPlace::At::stop:
            return stops.empty() ? -1
                                 : static_cast<int>(
                                       stops[std::min(stops.size() - 1, static_cast<std::size_t>(place.index))].vertex);
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
    const std::vector<QPointF>& route = this->route(legOf(from));
    if (a >= 0 && b >= 0 && legOf(from) == legOf(to)) {
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
