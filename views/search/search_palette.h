#pragma once
// The palette of Ctrl K: a field and its answers over the window. Up and Down choose, Enter goes there, Esc or a click
// beside it closes.

#include <QListWidget>
#include <QStyledItemDelegate>
#include <QWidget>

#include "views/search/search_index.h"
#include "views/theme/theme.h"

class QFrame;
class QLabel;
class QLineEdit;

namespace ringside {

class SearchPalette : public QWidget {
    Q_OBJECT
  public:
    /// Lies over all of `window`.
    explicit SearchPalette(QWidget* window);
    void setTheme(const Theme& theme);
    void setIndex(SearchIndex index);
    /// Shows it, empty, with the focus.
    void open();
    void close();
    [[nodiscard]] QLineEdit& field() { return *m_field; }
    [[nodiscard]] QListWidget& list() { return *m_list; }
    /// The answer that Enter goes to; null: there is none.
    [[nodiscard]] const SearchItem* chosen() const;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void fill();
    void place();
    void move(int by);
    void go();
    [[nodiscard]] QString groupName(SearchGroup group) const;

    Theme m_theme;
    SearchIndex m_index;
    QFrame* m_box;
    QLineEdit* m_field;
    QListWidget* m_list;
    QLabel *m_none, *m_hint;
    QWidget* m_before = nullptr;  ///< had the focus
};

}  // namespace ringside
