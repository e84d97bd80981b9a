#pragma once
// The list of events with its filter; follows the playhead, a double click goes there.

#include <QWidget>

#include "views/events/event_model.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"

class QLabel;
class QLineEdit;
class QMenu;
class QTableView;
class QToolButton;

namespace ringside {

class EventList : public QWidget {
    Q_OBJECT
  public:
    EventList(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void focusFilter();
    /// The menu of a row; the caller owns it.
    [[nodiscard]] QMenu* rowMenu(int row);
    [[nodiscard]] EventModel& model() { return *m_model; }
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] QLineEdit& filter() { return *m_filter; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    /// What can be done with a row.
    void showMenu(QPoint where);
    void retranslate();
    void showFilter();
    void follow();
    void tell();

    const RunState& m_run;
    const Texts& m_texts;
    ViewState& m_view;
    Travel& m_travel;
    EventModel* m_model;
    QLineEdit* m_filter;
    QLabel *m_count, *m_empty;
    QTableView* m_table;
    Theme m_theme;
};

}  // namespace ringside
