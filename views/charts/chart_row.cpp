#include "views/charts/chart_row.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace ringside {

namespace {

/// Digits behind the point that a step needs.
int decimalsOf(double step) {
    return step >= 1 || !(step > 0) ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
}

}  // namespace

std::vector<QPointF> thinned(const std::vector<QPointF>& points, std::size_t limit) {
    if (points.size() <= limit || limit < 8) return points;
    const std::size_t stretches = limit / 4;
    std::vector<QPointF> out;
    out.reserve(limit);
    for (std::size_t s = 0; s < stretches; ++s) {
        const std::size_t begin = s * points.size() / stretches, end = (s + 1) * points.size() / stretches;
        std::size_t low = begin, high = begin;
        for (std::size_t i = begin; i < end; ++i) {
            if (points[i].y() < points[low].y()) low = i;
            if (points[i].y() > points[high].y()) high = i;
        }
        std::size_t keep[] = {begin, low, high, end - 1};
        std::sort(std::begin(keep), std::end(keep));
        for (std::size_t k = 0; k < 4; ++k) {
            if (k == 0 || keep[k] != keep[k - 1]) out.push_back(points[keep[k]]);
        }
    }
    return out;
}

TimeSpan movingSpan(const std::vector<ChartLine>& lines, double end) {
    double first = end, last = 0;
    for (const ChartLine& line : lines) {
        for (std::size_t i = 1; i < line.points.size(); ++i) {
            const double was = line.points[i - 1].y(), is = line.points[i].y();
            if (was == is || (std::isnan(was) && std::isnan(is))) continue;
            first = std::min(first, line.points[i].x());
            last = std::max(last, line.points[i].x());
        }
    }
    if (first > last) return {0, end > 0 ? end : 1};
    const double room = std::max((last - first) * 0.08, end * 1e-6);
    return {std::max(0.0, first - room), std::max(std::min(end, last + room), first + room)};
}

double roundStep(double range, int most) {
    if (!(range > 0) || most < 1) return 1;
    const double least = range / most, power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double times : {1.0, 2.0, 5.0}) {
        if (times * power >= least * 0.999999) return times * power;
    }
    return 10 * power;
}

ChartRow::ChartRow(QWidget* parent)
    : QChartView(parent), m_theme(makeTheme(ThemeKind::light)), m_time(new QValueAxis), m_value(new QValueAxis) {
    auto* chart = new QChart;
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundRoundness(0);
    for (QValueAxis* axis : {m_time, m_value}) {
        axis->setTickType(QValueAxis::TicksDynamic);  // at multiples of a round step, wherever the range begins
        axis->setTickAnchor(0);
    }
    chart->addAxis(m_time, Qt::AlignBottom);
    chart->addAxis(m_value, Qt::AlignLeft);
    chart->legend()->setAlignment(Qt::AlignRight);
    chart->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    setChart(chart);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMinimumHeight(120);
    setCursor(Qt::PointingHandCursor);
    viewport()->setMouseTracking(true);
    restyle();
}

void ChartRow::setTheme(const Theme& theme) {
    m_theme = theme;
    restyle();
}

void ChartRow::restyle() {
    chart()->setBackgroundBrush(m_theme.color(Role::surface));
    setBackgroundBrush(m_theme.color(Role::surface));
    chart()->setTitleFont(m_theme.font(TextToken::ui_bold));
    chart()->setTitleBrush(m_theme.color(Role::text));
    chart()->legend()->setLabelColor(m_theme.color(Role::text2));
    chart()->legend()->setFont(m_theme.font(TextToken::small));
    for (QValueAxis* axis : {m_time, m_value}) {
        axis->setLabelsFont(m_theme.font(TextToken::caption));
        axis->setLabelsColor(m_theme.color(Role::text3));
        axis->setTitleFont(m_theme.font(TextToken::caption));
        axis->setTitleBrush(m_theme.color(Role::text3));
        axis->setGridLineColor(m_theme.color(Role::grid));
        axis->setLinePen(QPen(m_theme.color(Role::border2), 1));
    }
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        for (QLineSeries* piece : m_series[i])
            piece->setPen(QPen(m_theme.color(m_lines[i].role), m_theme.stroke(2), m_lines[i].style));
    }
    viewport()->update();
}

void ChartRow::addLine(const ChartLine& line, double& low, double& top, bool& whole) {
    std::vector<QLineSeries*>& pieces = m_series.emplace_back();
    for (auto at = line.points.begin(); at != line.points.end() || pieces.empty();) {
        at = std::find_if(at, line.points.end(), [](const QPointF& p) { return !std::isnan(p.y()); });
        const auto end = std::find_if(at, line.points.end(), [](const QPointF& p) { return std::isnan(p.y()); });
        QList<QPointF> drawn;
        for (const QPointF& p : thinned({at, end})) {
            if (line.step && !drawn.isEmpty() && drawn.back().y() != p.y()) drawn.push_back({p.x(), drawn.back().y()});
            drawn.push_back(p);
            low = std::min(low, p.y());
            top = std::max(top, p.y());
            whole = whole && p.y() == std::floor(p.y());
        }
        at = end;
        if (drawn.isEmpty() && !pieces.empty()) continue;
        auto* series = new QLineSeries;
        series->setName(line.name.toHtmlEscaped());
        series->replace(drawn);
        chart()->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_value);
        // the pieces of a line have one name
        if (!pieces.empty())
            for (QLegendMarker* marker : chart()->legend()->markers(series)) marker->setVisible(false);
        pieces.push_back(series);
    }
}

void ChartRow::setData(const QString& title, const QString& unit, TimeSpan span, const std::vector<ChartLine>& lines) {
    chart()->setTitle(title.toHtmlEscaped());
    chart()->removeAllSeries();
    m_series.clear();
    m_lines = lines;
    m_unit = unit;
    double low = 0, top = 0;
    bool whole = true;
    for (const ChartLine& line : lines) addLine(line, low, top, whole);
    setSpan(span);
    if (top <= low) top = low + 1;
    const double step = std::max(roundStep((top - low) * 1.02, 3), whole ? 1.0 : 0.0);
    m_value->setRange(std::floor(low / step) * step, std::ceil((top + (top - low) * 0.02) / step) * step);
    m_value->setTickInterval(step);
    m_decimals = decimalsOf(step);
    m_value->setLabelFormat(QStringLiteral("%.%1f").arg(m_decimals));
    setAccessibleName(title);
    setAccessibleDescription(emptyBecause());
    restyle();
}

void ChartRow::setSpan(TimeSpan span) {
    if (!(span.end > span.begin)) span.end = span.begin + 1;
    constexpr int kTicks = 6;
    const double step = roundStep(span.end - span.begin, kTicks);
    m_time->setRange(span.begin, span.end);
    m_time->setTickInterval(step);
    // the unit stands with each number: a title of its own would take the room of the numbers
    m_time->setLabelFormat(QStringLiteral("%.%1f ").arg(decimalsOf(step)) + m_unit);
    viewport()->update();
}

QStringList ChartRow::valuesAt(double x) const {
    QStringList all;
    for (const ChartLine& line : m_lines) {
        const auto after = std::upper_bound(line.points.begin(), line.points.end(), x,
                                            [](double at, const QPointF& p) { return at < p.x(); });
        if (after == line.points.begin() || std::isnan(std::prev(after)->y())) continue;
        all << QStringLiteral("%1 %2").arg(line.name, QString::number(std::prev(after)->y(), 'g', 10));
    }
    return all;
}

QString ChartRow::emptyBecause() const {
    bool any = false;
    for (const ChartLine& line : m_lines) {
        for (const QPointF& p : line.points) {
            if (std::isnan(p.y())) continue;
            any = true;
            if (p.y() != 0) return {};
        }
    }
    return any ? tr("0 from the beginning to here: nothing of this happens in this run.")
               : tr("No value here: what this chart is about does not exist in this run.");
}

double ChartRow::numbersWidth() const {
    const QFontMetricsF metrics(m_value->labelsFont());
    // half of the time axis's first label hangs over too
    return std::max(std::max(metrics.horizontalAdvance(QString::number(m_value->max(), 'f', m_decimals)),
                             metrics.horizontalAdvance(QString::number(m_value->min(), 'f', m_decimals))),
                    metrics.horizontalAdvance(QString::asprintf(m_time->labelFormat().toLatin1(), 0.0)) / 2);
}

double ChartRow::namesWidth() const {
    const QFontMetricsF metrics(chart()->legend()->font());
    double width = 0;
    for (const ChartLine& line : m_lines) width = std::max(width, metrics.horizontalAdvance(line.name));
    return width;
}

void ChartRow::setRoom(double left, double right) {
    chart()->setMargins(QMargins(static_cast<int>(std::lround(left - numbersWidth())), 2,
                                 8 + static_cast<int>(std::lround(right - namesWidth())), 2));
}

double ChartRow::plotLeft() const {
    chart()->layout()->activate();
    return chart()->plotArea().left();
}

void ChartRow::indent(double by) {
    QMargins margins = chart()->margins();
    margins.setLeft(margins.left() + static_cast<int>(std::lround(by)));
    chart()->setMargins(margins);
}

void ChartRow::setPlayhead(double x) {
    if (x == m_playhead) return;
    m_playhead = x;
    viewport()->update();
}

int ChartRow::pointCount(int i) const {
    int count = 0;
    for (const QLineSeries* piece : m_series[static_cast<std::size_t>(i)]) count += static_cast<int>(piece->count());
    return count;
}

double ChartRow::placeOf(double x) const {
    const QRectF plot = chart()->plotArea();
    return plot.left() + plot.width() * (x - m_time->min()) / (m_time->max() - m_time->min());
}

double ChartRow::timeAt(QPointF at) const {
    const QRectF plot = chart()->plotArea();
    const double part = std::clamp((at.x() - plot.left()) / plot.width(), 0.0, 1.0);
    return m_time->min() + part * (m_time->max() - m_time->min());
}

void ChartRow::drawForeground(QPainter* painter, const QRectF&) {
    if (m_series.empty()) return;
    const QRectF plot = chart()->plotArea();
    const double x = placeOf(m_playhead);
    QColor veil = m_theme.color(Role::surface);
    veil.setAlphaF(0.55F);
    if (x < plot.right())
        painter->fillRect(QRectF(QPointF(std::max(x, plot.left()), plot.top()), plot.bottomRight()), veil);
    if (const QString why = emptyBecause(); !why.isEmpty()) {
        painter->setFont(m_theme.font(TextToken::small));
        painter->setPen(m_theme.color(Role::text2));
        painter->drawText(plot.adjusted(8, 4, -8, -4), Qt::AlignCenter | Qt::TextWordWrap, why);
    }
    if (m_hover >= 0) {
        painter->setPen(QPen(m_theme.color(Role::border2), 1, Qt::DashLine));
        painter->drawLine(QPointF(placeOf(m_hover), plot.top()), QPointF(placeOf(m_hover), plot.bottom()));
    }
    if (x < plot.left() - 1 || x > plot.right() + 1) return;
    painter->setPen(QPen(m_theme.color(Role::ink), m_theme.stroke(2)));
    painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
}

void ChartRow::pick(QPointF at) {
    if (m_series.empty() || chart()->plotArea().width() <= 0) return;
    emit picked(timeAt(at));
}

void ChartRow::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) pick(mapToScene(event->position().toPoint()));
}

void ChartRow::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = mapToScene(event->position().toPoint());
    if (event->buttons() & Qt::LeftButton) pick(at);
    if (m_series.empty() || !chart()->plotArea().contains(at)) return leaveEvent(event);
    m_hover = timeAt(at);
    viewport()->update();
    const QString time =
        QStringLiteral("%1 %2").arg(QString::number(m_hover, 'f', decimalsOf(m_time->tickInterval()) + 2), m_unit);
    QToolTip::showText(event->globalPosition().toPoint(),
                       (QStringList{time} + valuesAt(m_hover)).join(QLatin1Char('\n')), this);
}

void ChartRow::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) emit fitted();
}

void ChartRow::wheelEvent(QWheelEvent* event) {
    if (m_series.empty() || event->angleDelta().y() == 0) return event->ignore();
    // The time under the pointer stays where it is.
    const double x = timeAt(mapToScene(event->position().toPoint()));
    const double by = std::pow(0.8, event->angleDelta().y() / 120.0);
    emit zoomed({x - (x - m_time->min()) * by, x + (m_time->max() - x) * by});
    event->accept();
}

void ChartRow::leaveEvent(QEvent*) {
    if (m_hover < 0) return;
    m_hover = -1;
    QToolTip::hideText();
    viewport()->update();
}

}  // namespace ringside
