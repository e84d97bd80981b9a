#pragma once
// The steps of a lesson as dots; each goes to its step.

#include <QWidget>

#include "views/theme/theme.h"

namespace ringside {

class ProgressDots : public QWidget {
    Q_OBJECT
  public:
    explicit ProgressDots(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// `count` steps, the learner is at `current`; steps from `locked` on cannot be gone to yet.
    void setSteps(int count, int current, int locked, const QStringList& titles);
    [[nodiscard]] QRectF dotRect(int step) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {100, sizeHint().height()}; }

  signals:
    void stepClicked(int step);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

  private:
    [[nodiscard]] int stepAt(QPointF place) const;
    Theme m_theme;
    int m_count = 0, m_current = 0, m_locked = 0;
    QStringList m_titles;
};

}  // namespace ringside
