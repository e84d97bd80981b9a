#pragma once
// Watched expressions: the value here, what it was where this step changed it, and its history in small.

#include <QWidget>

#include "views/marks/marks_panel.h"

class QLabel;
class QPushButton;
class QTreeWidget;

namespace ringside {

class WordEdit;

class WatchPage : public QWidget {
    Q_OBJECT
  public:
    explicit WatchPage(const MarkParts& parts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void focusEdit();
    [[nodiscard]] WordEdit& edit() { return *m_edit; }
    [[nodiscard]] QTreeWidget& list() { return *m_list; }
    [[nodiscard]] QString complaint() const;

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void add();
    void refresh();
    void retranslate();
    void showMenu(QPoint where);
    /// The expression's value as a person reads it, before this step or after it; empty: it has none.
    [[nodiscard]] QString valueOf(const QString& text, bool before) const;

    MarkParts m_parts;
    Theme m_theme;
    WordEdit* m_edit;
    QLabel *m_wrong, *m_empty;
    QTreeWidget* m_list;
    QPushButton *m_add, *m_remove;
    class Line;
    Line* m_line;
};

}  // namespace ringside
