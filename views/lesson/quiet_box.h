#pragma once
// A box of choices that the wheel does not change when it merely passes over: the page scrolls instead.

#include <QComboBox>
#include <QWheelEvent>

namespace ringside {

class QuietComboBox : public QComboBox {
  public:
    explicit QuietComboBox(QWidget* parent = nullptr) : QComboBox(parent) { setFocusPolicy(Qt::StrongFocus); }

  protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

}  // namespace ringside
