#pragma once
// The packets of a capture over its time, each bar divided by what became of them. A drag chooses a stretch of time, a
// click goes to the first packet there; with the keys, the arrows move, Shift with them chooses, Enter goes.

#include <QWidget>
#include <optional>

#include "views/capture/capture_counts.h"
#include "views/theme/theme.h"

namespace ringside {

/// A stretch of time, in nanoseconds from the earliest packet: from, and the first moment behind it.
using TimeRange = std::pair<std::int64_t, std::int64_t>;

class TimeHistogram : public QWidget {
    Q_OBJECT
  public:
    explicit TimeHistogram(const CaptureCounts& counts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// The counts have changed.
    void refresh();
    /// Of another capture: nothing is chosen.
    void restart();
    [[nodiscard]] const std::optional<TimeRange>& range() const { return m_range; }
    /// Lets go of what was chosen; tells nobody.
    void clear();
    /// Middle of a bar, in pixels.
    [[nodiscard]] int placeOf(std::size_t bin) const;

    [[nodiscard]] QSize sizeHint() const override;

  signals:
    void rangeChanged();
    void packetWanted(std::uint32_t packet);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] std::size_t binAt(double x) const;
    void choose(std::size_t from, std::size_t to);
    void go(std::size_t bin);
    void describe();
    [[nodiscard]] QString sayBin(std::size_t bin) const;

    const CaptureCounts& m_counts;
    Theme m_theme;
    std::optional<TimeRange> m_range;
    std::size_t m_cursor = 0, m_anchor = 0;
    double m_pressed = 0;
    bool m_dragging = false;
};

}  // namespace ringside
