#pragma once
// A plain widget that shows a display list made by a callback, moves what moves, and gives mouse, keyboard and screen
// readers access to the items. Nothing is repainted while nothing changes.

#include <QElapsedTimer>
#include <QPixmap>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>
#include <unordered_map>

#include "views/scene/display_list.h"
#include "views/scene/scene_painter.h"
#include "views/scene/text_metrics.h"
#include "views/theme/theme.h"

namespace ringside {

/// What a builder is given.
struct SceneRequest {
    QSizeF size;  ///< room there is, in logical pixels at 100 %
    const Theme& theme;
    const TextMetrics& metrics;
    double phase = 1;  ///< how far the motion of this step has come, eased; 1: it is over
};
/// Makes the picture. During one motion everything in the still layer must stay the same.
using SceneBuilder = std::function<DisplayList(const SceneRequest&)>;

class SceneWidget : public QWidget {
    Q_OBJECT
  public:
    explicit SceneWidget(QWidget* parent = nullptr);
    ~SceneWidget() override;

    void setBuilder(SceneBuilder builder);
    void setTheme(const Theme& theme);
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    /// The state changed: shows the new picture at once, ends any motion.
    void refresh();
    /// The state changed: shows it with the motion from before to after, phase 0 to 1. 0 ms, or reduced motion: as
    /// refresh(). A motion that still runs jumps to its end.
    void animate(int milliseconds);
    [[nodiscard]] bool animating() const { return m_timer.isActive(); }
    /// No intermediate positions at all.
    void setReducedMotion(bool reduced);

    [[nodiscard]] const DisplayList& displayList() const;
    /// The item marked as selected, by id; empty: none.
    void setSelectedItem(const QString& id);
    [[nodiscard]] QString selectedItem() const { return m_selected; }
    /// The item with the keyboard focus; empty: none.
    [[nodiscard]] QString focusedItem() const { return m_focused; }
    void setFocusedItem(const QString& id);
    /// Where an item is, in widget pixels; empty if it is not in the picture.
    [[nodiscard]] QRect itemRect(const QString& id) const;
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 200}; }

  signals:
    /// Clicked, or Enter pressed on it.
    void itemActivated(const QString& id);
    /// Double-clicked.
    void itemOpened(const QString& id);
    /// The pointer moved onto another item; empty: off every item.
    void itemHovered(const QString& id);
    /// A menu is asked for, by the mouse or the keyboard; `name` is the item's.
    void itemMenuWanted(const QString& id, const QString& name, QPoint globalPosition);
    void motionFinished();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

  private:
    void build(double phase);
    void invalidate();
    void tick();
    void stopMotion();
    void hover(const QString& id);
    void paintMarks(QPainter& painter);
    void renewStill(double ratio);
    void announceFocus();
    void updateMoving(const std::vector<QRectF>& before);
    [[nodiscard]] int itemAt(QPointF point) const;
    [[nodiscard]] const Item* itemOf(const QString& id) const;

    SceneBuilder m_builder;
    Theme m_theme;
    std::unique_ptr<FontTextMetrics> m_metrics;
    std::unique_ptr<ScenePainter> m_painter;
    mutable DisplayList m_list;
    bool m_stale = true;                                   ///< the list is to be built before it is used
    QPixmap m_still;                                       ///< the still layer, null: to be painted anew
    bool m_stillOld = false;                               ///< it is of an older list
    std::unordered_map<std::size_t, QRectF> m_stillLooks;  ///< what is in it, by lookOf()
    QTimer m_timer, m_tooltip;
    QElapsedTimer m_clock;
    int m_duration = 0;
    bool m_reduced = false;
    bool m_ring = false;  ///< the focus is shown: it was moved by a key, not by the mouse
    QString m_selected, m_focused, m_hovered;
    QPoint m_pointer;
};

}  // namespace ringside
