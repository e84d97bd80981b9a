#pragma once
// Watched expressions: the value here, what it was where this step changed it, and its history in small.

#include <QWidget>
#include <map>

#include "lessons/expression.h"
#include "views/marks/marks_panel.h"

class QMenu;
class QTreeWidget;

namespace ringside {

class MarkList;
class WordEdit;
class WordLine;

class WatchPage : public QWidget {
    Q_OBJECT
  public:
    explicit WatchPage(const MarkParts& parts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void focusEdit();
    [[nodiscard]] WordEdit& edit();
    [[nodiscard]] QTreeWidget& list() { return *m_list; }
    [[nodiscard]] QString complaint() const;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    /// What is wrong with it; empty: it is watched.
    QString add(const QString& text);
    void refresh();
    void retranslate();
    void fillMenu(int row, QMenu* menu);
    /// Each expression is parsed once.
    const Result<Expression>& read(const QString& text);
    /// The expression's value as a person reads it, before this step or after it; empty: it has none.
    [[nodiscard]] QString valueOf(const QString& text, bool before);

    MarkParts m_parts;
    Theme m_theme;
    std::map<QString, Result<Expression>> m_read;
    WordLine* m_line;
    MarkList* m_rows;
    QTreeWidget* m_list;
    class Line;
    Line* m_history;
};

}  // namespace ringside
