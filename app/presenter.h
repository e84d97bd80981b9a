#pragma once
// The keys and the pointer of somebody who presents: a sheet over the window in projector mode that turns black, leaves
// a spot of light at the mouse, or shows a part of the scene larger. It takes no clicks.

#include <QWidget>
#include <functional>
#include <optional>

#include "engine/history/timeline.h"

class QKeyEvent;
class QMouseEvent;
class QTimer;

namespace ringside {

class SceneWidget;

class Presenter : public QWidget {
    Q_OBJECT
  public:
    /// What its keys lead to.
    struct Acts {
        std::function<void(Direction)> step;  ///< to the next or previous step of the lesson
        std::function<void()> reveal;
        std::function<SceneWidget*()> scene;  ///< the one that is shown; null: none
    };
    Presenter(QWidget* window, Acts acts);
    ~Presenter() override;

    [[nodiscard]] bool black() const { return m_black; }
    [[nodiscard]] bool spotlight() const { return m_spotlight; }
    /// How many times larger the scene is shown.
    [[nodiscard]] double zoom() const { return m_zoom; }
    /// Where the spot is, in the window's pixels.
    [[nodiscard]] QPoint spot() const { return m_pointer; }
    /// The pointer is here, in the window's pixels.
    void pointAt(QPoint place);
    /// Back to the plain picture; false: it was plain.
    bool plain();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    [[nodiscard]] bool takes(const QKeyEvent& key) const;
    void act(const QKeyEvent& key);
    bool mouse(QMouseEvent& event, const QWidget& on);
    void setZoom(double zoom, QPointF at);
    void follow();
    /// The scene's place in the window.
    [[nodiscard]] QRect place() const;

    Acts m_acts;
    QTimer* m_following;
    QPoint m_pointer;
    bool m_black = false, m_spotlight = false;
    double m_zoom = 1;
    QPointF m_middle;                ///< what stands in the middle of the scene when it is zoomed, its pixels
    std::optional<QRect> m_drawing;  ///< a region that is being drawn with the mouse, the window's pixels
};

}  // namespace ringside
