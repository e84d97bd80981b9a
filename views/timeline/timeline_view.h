#pragma once
// The scrubber: the played part of the run as lanes of context, with lesson notches, drops and the playhead.

#include <QWidget>

#include "views/session/hunt.h"
#include "views/session/mark_book.h"
#include "views/session/run_state.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_data.h"

namespace ringside {

class TimelineView : public QWidget {
    Q_OBJECT
  public:
    TimelineView(const RunState& run, ViewState& view, Travel& travel, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Markers, bookmarks and the last stop are drawn.
    void setMarks(const MarkBook& marks, const Hunt& hunt);
    [[nodiscard]] const TimelineData& data() const { return m_data; }
    /// Where the playhead stands, in widget pixels.
    [[nodiscard]] double playheadX() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void relayout();
    void followPlayhead();
    void grown();
    void take();
    void show(const TimelineData& data, bool goesOn);
    [[nodiscard]] double scale() const { return m_theme.text_percent / 100.0; }
    /// CPUs, and those that there is room for: many get thinner lanes, as thin as they can be seen.
    [[nodiscard]] std::size_t lanes() const;
    [[nodiscard]] std::size_t shownLanes() const;
    [[nodiscard]] double lanePitch() const;
    [[nodiscard]] double laneHeight() const;
    [[nodiscard]] double laneTop(std::size_t lane) const;
    void paintAxis(QPainter& p) const;
    void paintNotches(QPainter& p) const;
    void paintLane(QPainter& p, std::size_t lane) const;
    void paintDrops(QPainter& p) const;
    void paintMarks(QPainter& p) const;
    void paintPlayhead(QPainter& p) const;
    void retranslate();

    const RunState& m_run;
    ViewState& m_view;
    Travel& m_travel;
    const MarkBook* m_marks = nullptr;
    const Hunt* m_hunt = nullptr;
    Theme m_theme;
    TimelineData m_data;
    Position m_limit = 0;    ///< what may be shown
    bool m_turning = false;  ///< the wheel is being turned: one step of the history
};

}  // namespace ringside
