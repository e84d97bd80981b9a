#pragma once
// The title of a dock: its name and the buttons that let it float and close it. The style's own cuts the lower strokes
// of Chinese characters.

#include <QWidget>

#include "views/theme/theme.h"

class QDockWidget;
class QLabel;
class QToolButton;

namespace ringside {

class DockTitle : public QWidget {
    Q_OBJECT
  public:
    explicit DockTitle(QDockWidget* dock);
    void setTheme(const Theme& theme);
    void retranslate();
    /// Takes no room while it is collapsed.
    void setCollapsed(bool collapsed);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  private:
    QLabel* m_name;
    QToolButton *m_float, *m_close;
    bool m_collapsed = false;
};

}  // namespace ringside
