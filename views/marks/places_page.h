#pragma once
// Marked places of the run: markers A and B with what lies between them, and bookmarks with names.

#include <QWidget>

#include "views/marks/marks_panel.h"

class QLabel;
class QListWidget;
class QMenu;
class QPushButton;

namespace ringside {

class MarkList;

class PlacesPage : public QWidget {
    Q_OBJECT
  public:
    explicit PlacesPage(const MarkParts& parts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void focusList();
    [[nodiscard]] QListWidget& list() { return *m_list; }
    [[nodiscard]] QLabel& between() { return *m_between; }
    /// A bookmark here, its name ready to be typed.
    void addHere();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void refresh();
    void retranslate();
    void fillMenu(int row, QMenu* menu);
    void go(int row);

    MarkParts m_parts;
    Theme m_theme;
    QPushButton *m_set[2], *m_go[2], *m_add;
    QLabel *m_at[2], *m_between, *m_title;
    MarkList* m_rows;
    QListWidget* m_list;
};

/// Where the learner is.
MarkedPlace placeHere(const RunState& run);
/// The name of a bookmark before it is given another: function and event.
QString placeName(const RunState& run);
/// What lies between two places of the present branch: events, time, counters that moved. A line each.
QStringList differenceOf(RunState& run, Position from, Position to);

}  // namespace ringside
