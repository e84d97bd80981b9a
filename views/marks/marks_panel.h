#pragma once
// What the learner set: breakpoints, watched values, markers and bookmarks, a page each.

#include <QWidget>

#include "views/session/hunt.h"
#include "views/session/view_state.h"
#include "views/theme/theme.h"

class QTabWidget;

namespace ringside {

class BreakpointPage;
class PlacesPage;
class WatchPage;

/// What the pages need of the session.
struct MarkParts {
    RunState& run;
    MarkBook& marks;
    Hunt& hunt;
    Travel& travel;
    const Texts& texts;
    std::function<void(const MarkedPlace&)> go;  ///< to a place, on whatever branch
};

class MarksPanel : public QWidget {
    Q_OBJECT
  public:
    explicit MarksPanel(const MarkParts& parts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    enum class Page : std::uint8_t { breakpoints, watch, places };
    /// Shows a page and gives it the keys.
    void show(Page page);
    [[nodiscard]] BreakpointPage& breakpoints() { return *m_breakpoints; }
    [[nodiscard]] WatchPage& watch() { return *m_watch; }
    [[nodiscard]] PlacesPage& places() { return *m_places; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    QTabWidget* m_tabs;
    BreakpointPage* m_breakpoints;
    WatchPage* m_watch;
    PlacesPage* m_places;
};

/// Words that a condition can have: functions, drop reasons, tasks, names of the state, and words of its own.
QStringList conditionWords(const RunState& run);

}  // namespace ringside
