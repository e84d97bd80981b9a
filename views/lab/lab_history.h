#pragma once
// The operations done in the lab as cards, each with the whole buffer in small. A click goes there; undone ones stay,
// dashed, until something new is done.

#include <QWidget>

#include "views/lab/lab_model.h"
#include "views/theme/theme.h"

namespace ringside {

class LabHistory : public QWidget {
    Q_OBJECT
  public:
    explicit LabHistory(LabModel& model, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Where card i is drawn, in widget pixels.
    [[nodiscard]] QRect cardRect(std::size_t i) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {cardWidth(), sizeHint().height()}; }

  signals:
    /// The present card should be scrolled into view.
    void reveal(QRect card);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void refresh();
    [[nodiscard]] int cardWidth() const;
    void paintCard(QPainter& painter, std::size_t i) const;

    LabModel& m_model;
    Theme m_theme;
};

}  // namespace ringside
