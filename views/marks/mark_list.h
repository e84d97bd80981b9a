#pragma once
// What the lists of breakpoints, watched values and bookmarks have in common: Delete by key, button and menu, Enter on
// a row, a menu, and a sentence where there is no row.

#include <QAbstractItemView>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace ringside {

class MarkList : public QWidget {
    Q_OBJECT
  public:
    /// `view` is the list itself, without levels. `name` begins the names of its parts: NAME-list, NAME-remove.
    MarkList(const QString& name, QAbstractItemView* view, QWidget* parent = nullptr);
    /// Adds a button left of Delete.
    QPushButton* addButton(const QString& name);
    /// What the list is called, and what is said while it has no row.
    void setTexts(const QString& accessible, const QString& empty);
    /// The row that is chosen; -1: none.
    [[nodiscard]] int row() const;
    /// To be called when rows came or went: shows list or sentence, chooses this row or the one nearest to it.
    void rowsChanged(int chosen);
    [[nodiscard]] bool any() const;

  signals:
    /// A row is to go.
    void removed(int row);
    void entered(int row);
    /// The menu of a row is about to be shown: what belongs into it before Delete is to be added.
    void menuAsked(int row, QMenu* menu);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void showMenu(QPoint where);

    QAbstractItemView* m_view;
    QLabel* m_empty;
    QHBoxLayout* m_buttons;
    QPushButton* m_remove;
};

}  // namespace ringside
