#pragma once
// The scrubber: the played part of the run as lanes of context, with lesson notches, drops and the playhead.

#include <QWidget>

#include "views/session/session.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_data.h"

namespace ringside {

class TimelineView : public QWidget {
    Q_OBJECT
  public:
    explicit TimelineView(Session& session, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setAxis(TimelineAxis axis);
    [[nodiscard]] TimelineAxis axis() const { return m_data.axis; }
    [[nodiscard]] const TimelineData& data() const { return m_data; }
    /// Where the playhead stands, in widget pixels.
    [[nodiscard]] double playheadX() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  signals:
    void axisChanged();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void relayout();
    void followPlayhead();
    void grown();
    [[nodiscard]] double scale() const { return m_theme.text_percent / 100.0; }
    [[nodiscard]] double laneTop(std::size_t lane) const;
    [[nodiscard]] std::size_t lanes() const;
    void paintAxis(QPainter& p) const;
    void paintNotches(QPainter& p) const;
    void paintLane(QPainter& p, std::size_t lane) const;
    void paintDrops(QPainter& p) const;
    void paintPlayhead(QPainter& p) const;
    void retranslate();

    Session& m_session;
    Theme m_theme;
    TimelineData m_data;
    bool m_fitted = true;  ///< everything is shown: stays so while the run grows
    Position m_limit = 0;  ///< what may be shown
};

}  // namespace ringside
