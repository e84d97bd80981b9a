#pragma once
// The list of events with its filter; follows the playhead, a click goes there.

#include <QWidget>
#include <memory>

#include "views/events/event_model.h"
#include "views/events/event_page.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"

class QLabel;
class QLineEdit;
class QMenu;
class QScrollBar;
class QTableView;
class QToolButton;

namespace ringside {

class ThingMenus;

class EventList : public QWidget {
    Q_OBJECT
  public:
    /// The table has at most `rows` of the events at a time.
    EventList(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, QWidget* parent = nullptr,
              int rows = 16'384);
    void setTheme(const Theme& theme);
    void focusFilter();
    /// Rows have more to do with what they are about.
    void setMenus(const ThingMenus& menus);
    /// The menu of a row of the model; the caller owns it.
    [[nodiscard]] QMenu* rowMenu(int row);
    [[nodiscard]] EventModel& model() { return *m_model; }
    /// What of it the table has.
    [[nodiscard]] EventPage& page() { return *m_page; }
    [[nodiscard]] QTableView& table() { return *m_table; }
    [[nodiscard]] QLineEdit& filter() { return *m_filter; }

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    /// What can be done with a row.
    void showMenu(QPoint where);
    void retranslate();
    void showFilter();
    void follow();
    /// Chooses a row of the model and brings it into sight.
    void choose(int row);
    /// Shows this row of the model first.
    void scrollTo(int row);
    /// The bar beside the table stands for all rows, the table's own for those that it has.
    void scrolled();
    void fitBar();
    void tell();

    const RunState& m_run;
    const Texts& m_texts;
    ViewState& m_view;
    Travel& m_travel;
    std::shared_ptr<const ThingMenus> m_menus;
    EventModel* m_model;
    EventPage* m_page;
    QLineEdit* m_filter;
    QLabel *m_count, *m_empty;
    QTableView* m_table;
    QScrollBar* m_bar;
    bool m_scrolling = false;
    int m_followed = -1;  ///< the row of the model that follow() chose
    Theme m_theme;
};

}  // namespace ringside
