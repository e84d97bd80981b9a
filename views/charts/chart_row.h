#pragma once
// One chart of the charts panel: a few lines over the time axis all rows share, named at their right end, a playhead
// and a veil over what was not played yet.

#include <QChartView>
#include <QLineSeries>
#include <QPointF>
#include <QString>
#include <QValueAxis>
#include <vector>

#include "views/theme/theme.h"

namespace ringside {

/// The most points a line is drawn with.
inline constexpr std::size_t kMaxChartPoints = 2000;

/// At most `limit` points that look like all of them: of each stretch the first, lowest, highest and last one stay, in
/// order.
std::vector<QPointF> thinned(const std::vector<QPointF>& points, std::size_t limit = kMaxChartPoints);

/// A line of a chart.
struct ChartLine {
    QString name;            ///< translated
    Role role = Role::text;  ///< its colour
    Qt::PenStyle style = Qt::SolidLine;
    std::vector<QPointF> points;  ///< x in the unit of the time axis; a y of NaN is a gap
    bool step = true;             ///< the value holds until the next point
};

/// A stretch of the time axis, in its unit.
struct TimeSpan {
    double begin = 0, end = 1;
    friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};
/// Where anything moves in these lines of a run that ends at `end`, with some room at both sides; the whole run where
/// nothing moves.
TimeSpan movingSpan(const std::vector<ChartLine>& lines, double end);
/// A step of 1, 2 or 5 times a power of ten that makes at most `most` of `range`.
double roundStep(double range, int most);

class ChartRow : public QChartView {
    Q_OBJECT
  public:
    explicit ChartRow(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Replaces title and lines. `unit` is the name of the time axis's unit.
    void setData(const QString& title, const QString& unit, TimeSpan span, const std::vector<ChartLine>& lines);
    /// The part of the time axis that is shown.
    void setSpan(TimeSpan span);
    [[nodiscard]] TimeSpan span() const { return {m_time->min(), m_time->max()}; }
    /// What the lines are at a time, one a line: "delivered 3". Gaps are left out.
    [[nodiscard]] QStringList valuesAt(double x) const;
    /// Why there is nothing to see; empty where there is.
    [[nodiscard]] QString emptyBecause() const;
    /// Width that the numbers of the value axis and the names of the lines need, pixels.
    [[nodiscard]] double numbersWidth() const;
    [[nodiscard]] double namesWidth() const;
    /// The room that the numbers and the names of the rows together need, so that they share one time axis.
    void setRoom(double left, double right);
    /// Where the plot begins, as the chart laid it out, and moving that to the right, pixels.
    [[nodiscard]] double plotLeft() const;
    void indent(double by);
    /// What it needs, not what its scene would like: a page of several fits a screen, and scrolls only where it does
    /// not.
    [[nodiscard]] QSize sizeHint() const override { return {400, minimumHeight()}; }
    /// The present time on the axis.
    void setPlayhead(double x);
    [[nodiscard]] double playhead() const { return m_playhead; }
    /// Lines, and points of line `i` as drawn.
    [[nodiscard]] int lineCount() const { return static_cast<int>(m_series.size()); }
    [[nodiscard]] int pointCount(int i) const;

  signals:
    /// Somebody clicked at this place of the time axis.
    void picked(double x);
    /// Somebody wants to see this part of the time axis.
    void zoomed(TimeSpan span);
    /// Somebody wants to see all that moves.
    void fitted();

  protected:
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    void restyle();
    void addLine(const ChartLine& line, double& low, double& top, bool& whole);
    void pick(QPointF at);
    [[nodiscard]] double timeAt(QPointF at) const;
    [[nodiscard]] double placeOf(double x) const;

    Theme m_theme;
    QValueAxis *m_time, *m_value;
    std::vector<std::vector<QLineSeries*>> m_series;  ///< of each line: its pieces between gaps
    std::vector<ChartLine> m_lines;
    double m_playhead = 0;
    double m_hover = -1;  ///< the time under the pointer, below 0: none
    QString m_unit;
    int m_decimals = 0;  ///< of the value axis
};

}  // namespace ringside
