#pragma once
// The list of breakpoints: typed with completion, switched off by a tick, deleted by a key.

#include <QWidget>

#include "views/marks/marks_panel.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace ringside {

class WordEdit;

class BreakpointPage : public QWidget {
    Q_OBJECT
  public:
    explicit BreakpointPage(const MarkParts& parts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void focusEdit();
    [[nodiscard]] WordEdit& edit() { return *m_edit; }
    [[nodiscard]] QListWidget& list() { return *m_list; }
    /// What is said of the line as it is typed.
    [[nodiscard]] QString complaint() const;

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void add();
    void refresh();
    void retranslate();
    void showMenu(QPoint where);

    MarkParts m_parts;
    Theme m_theme;
    WordEdit* m_edit;
    QLabel *m_wrong, *m_empty;
    QListWidget* m_list;
    QPushButton *m_add, *m_back, *m_on, *m_remove;
};

}  // namespace ringside
