#pragma once
// A small drawing of the path scene: the card below, the kernel, the process above, and a packet on its way.

#include <QWidget>

#include "views/theme/theme.h"

namespace ringside {

class HomePicture : public QWidget {
    Q_OBJECT
  public:
    explicit HomePicture(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// How far the packet is, 0 to 1.
    void setAlong(double along);
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme;
    double m_along = 0.35;
};

}  // namespace ringside
