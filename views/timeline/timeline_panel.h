#pragma once
// The scrubber with its legend, what its axis counts, and how the background run stands.

#include <QWidget>

#include "views/session/explorer.h"
#include "views/timeline/timeline_view.h"

class QButtonGroup;
class QLabel;
class QPushButton;

namespace ringside {

class TimelinePanel : public QWidget {
    Q_OBJECT
  public:
    TimelinePanel(const RunState& run, ViewState& view, Travel& travel, Explorer& explorer, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setCompact(bool compact);
    [[nodiscard]] bool compact() const;
    [[nodiscard]] TimelineView& view() { return *m_lanes; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    class Legend;
    const RunState& m_run;
    Explorer& m_explorer;
    QWidget* m_head;
    QLabel *m_axisLabel, *m_state;
    QButtonGroup* m_axis;
    QPushButton* m_stop;
    Legend* m_legend;
    TimelineView* m_lanes;
};

}  // namespace ringside
