#pragma once
// Numbers over model time, for the whole run as far as it is known: those of the table of series, and expressions that
// the learner adds. What lies after the playhead is veiled; a click goes there.

#include <QWidget>
#include <optional>
#include <vector>

#include "views/charts/chart_row.h"
#include "views/session/format.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"
#include "views/theme/theme.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

namespace ringside {

class ChartsPanel : public QWidget {
    Q_OBJECT
  public:
    ChartsPanel(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// The charts from top to bottom: those of the table, then one for each expression of the learner's.
    [[nodiscard]] const std::vector<ChartRow*>& rows() const { return m_rows; }
    /// What is wrong with the expression that was to be added; empty: nothing.
    [[nodiscard]] QString complaint() const;

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    /// A chart with its title and lines.
    struct Chart {
        QString title;
        std::vector<ChartLine> lines;
    };
    void retranslate();
    void refresh();
    void movePlayhead();
    void goTo(double x);
    /// Shows a part of the time axis in all rows; nothing: the part in which something moves.
    void zoomTo(std::optional<TimeSpan> span);
    void showRows(std::size_t count);
    void showOwn();
    void addOwn();
    /// Why an expression cannot be drawn; empty: it can.
    [[nodiscard]] QString wrong(const std::string& expression) const;
    [[nodiscard]] std::vector<Chart> charts(const TimeUnit& unit) const;

    const RunState& m_run;
    const Texts& m_texts;
    ViewState& m_view;
    Travel& m_travel;
    Theme m_theme;
    QStackedLayout* m_stack;
    QLabel *m_empty, *m_note, *m_complaint;
    QVBoxLayout* m_column;
    QHBoxLayout* m_own;
    QLineEdit* m_expression;
    QPushButton* m_add;
    std::vector<ChartRow*> m_rows;
    TimeSpan m_fit;                  ///< where something moves
    std::optional<TimeSpan> m_zoom;  ///< what was asked for instead
    double m_end = 0;                ///< of the known run
    bool m_stale = true;
};

}  // namespace ringside
