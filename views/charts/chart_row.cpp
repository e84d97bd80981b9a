#include "views/charts/chart_row.h"

#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLegendMarker>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace ringside {

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

ChartRow::ChartRow(QWidget* parent)
    : QChartView(parent), m_theme(makeTheme(ThemeKind::light)), m_time(new QValueAxis), m_value(new QValueAxis) {
    auto* chart = new QChart;
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundRoundness(0);
    chart->addAxis(m_time, Qt::AlignBottom);
    chart->addAxis(m_value, Qt::AlignLeft);
    chart->legend()->setAlignment(Qt::AlignRight);
    chart->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    setChart(chart);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMinimumHeight(120);
    setCursor(Qt::PointingHandCursor);
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

void ChartRow::setData(const QString& title, const QString& unit, double span, const std::vector<ChartLine>& lines) {
    chart()->setTitle(title.toHtmlEscaped());
    chart()->removeAllSeries();
    m_series.clear();
    m_lines = lines;
    double low = 0, top = 0;
    bool whole = true;
    for (const ChartLine& line : lines) addLine(line, low, top, whole);
    m_time->setRange(0, span > 0 ? span : 1);
    // the unit stands with each number: a title of its own would take the room of the numbers
    m_time->setLabelFormat((span < 10 ? QStringLiteral("%.1f ") : QStringLiteral("%.0f ")) + unit);
    m_value->setRange(low * 1.05, top > 0 ? top * 1.05 : low < 0 ? 0 : 1);
    m_value->setTickCount(3);
    m_decimals = !whole && top - low < 10 ? 2 : 0;
    if (whole && low == 0 && top < 4) {
        m_value->setRange(0, top + 1);
        m_value->setTickCount(static_cast<int>(top) + 2);
    }
    m_value->setLabelFormat(QStringLiteral("%.%1f").arg(m_decimals));
    setAccessibleName(title);
    restyle();
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

void ChartRow::drawForeground(QPainter* painter, const QRectF&) {
    if (m_series.empty()) return;
    const QRectF plot = chart()->plotArea();
    const double x = plot.left() + plot.width() * std::clamp(m_playhead / m_time->max(), 0.0, 1.0);
    QColor veil = m_theme.color(Role::surface);
    veil.setAlphaF(0.55F);
    painter->fillRect(QRectF(QPointF(x, plot.top()), plot.bottomRight()), veil);
    painter->setPen(QPen(m_theme.color(Role::ink), m_theme.stroke(2)));
    painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
}

void ChartRow::pick(QPointF at) {
    const QRectF plot = chart()->plotArea();
    if (m_series.empty() || plot.width() <= 0) return;
    emit picked(std::clamp((at.x() - plot.left()) / plot.width(), 0.0, 1.0) * m_time->max());
}

void ChartRow::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) pick(mapToScene(event->position().toPoint()));
}

void ChartRow::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) pick(mapToScene(event->position().toPoint()));
}

}  // namespace ringside
