#pragma once
// The list of breakpoints: typed with completion, switched off by a tick, deleted by a key.

#include <QWidget>

#include "views/marks/marks_panel.h"

class QListWidget;
class QMenu;
class QPushButton;

namespace ringside {

class MarkList;
class WordEdit;
class WordLine;

class BreakpointPage : public QWidget {
    Q_OBJECT
  public:
    explicit BreakpointPage(const MarkParts& parts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void focusEdit();
    [[nodiscard]] WordEdit& edit();
    [[nodiscard]] QListWidget& list() { return *m_list; }
    /// What is said of the line as it is typed.
    [[nodiscard]] QString complaint() const;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    /// What is wrong with it; empty: it is kept.
    QString add(const QString& text);
    void refresh();
    void retranslate();
    void fillMenu(int row, QMenu* menu);

    MarkParts m_parts;
    Theme m_theme;
    WordLine* m_line;
    MarkList* m_rows;
    QListWidget* m_list;
    QPushButton *m_back, *m_on;
};

}  // namespace ringside
