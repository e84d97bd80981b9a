#pragma once
// Ring occupancy, socket memory, packets and drops over model time, for the whole run as far as it is known. What lies
// after the playhead is veiled; a click goes there.

#include <QWidget>
#include <array>
#include <vector>

#include "views/charts/chart_row.h"
#include "views/session/run_state.h"
#include "views/session/travel.h"
#include "views/theme/theme.h"

class QLabel;
class QStackedLayout;

namespace ringside {

class ChartsPanel : public QWidget {
    Q_OBJECT
  public:
    ChartsPanel(const RunState& run, Travel& travel, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// The rows from top to bottom: ring, socket memory, packets.
    [[nodiscard]] const std::array<ChartRow*, 3>& rows() const { return m_rows; }

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void movePlayhead();

    const RunState& m_run;
    Travel& m_travel;
    Theme m_theme;
    QStackedLayout* m_stack;
    QLabel* m_empty;
    QLabel* m_note;
    std::array<ChartRow*, 3> m_rows{};
    bool m_stale = true;
};

}  // namespace ringside
