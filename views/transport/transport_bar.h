#pragma once
// Start, back, play, step; how far a step goes; how fast playing is; where the learner is.

#include <QWidget>

#include "views/session/run_state.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"
#include "views/theme/theme.h"

class QButtonGroup;
class QLabel;
class QSlider;
class QToolButton;

namespace ringside {

class TransportBar : public QWidget {
    Q_OBJECT
  public:
    TransportBar(const RunState& run, ViewState& view, Travel& travel, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Every kind of step with its key, behind a button; null separates.
    void setMore(const QList<QAction*>& actions);

    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QToolButton* addButton(const char* name, void (Travel::*plain)(), void (Travel::*by)(StepBy));
    void retranslate();
    void refresh();
    void fit();
    void refreshView();

    const RunState& m_run;
    ViewState& m_view;
    Travel& m_travel;
    Theme m_theme;
    QToolButton* m_more = nullptr;
    QToolButton *m_start, *m_back, *m_play, *m_step;
    QLabel *m_stepBy, *m_speedLabel, *m_speedValue, *m_counter, *m_time;
    QWidget* m_segments;
    QButtonGroup* m_granularity;
    QSlider* m_speed;
};

}  // namespace ringside
