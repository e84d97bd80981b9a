#include "views/scene/scene_widget.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QEasingCurve>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "views/scene/scene_accessible.h"

namespace ringside {
namespace {

constexpr int kFrameMilliseconds = 16;  // at most 60 repaints a second
constexpr int kTooltipMilliseconds = 500;
constexpr double kFocusGap = 3;  // the focus ring stands this far outside an item
constexpr double kDirtyMargin = 2;
/// Above this many moving shapes one region of many rectangles costs more than their common bounds.
constexpr std::size_t kMostDirtyRects = 64;

}  // namespace

SceneWidget::SceneWidget(QWidget* parent) : QWidget(parent) {
    installSceneAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setTheme(makeTheme(ThemeKind::light));
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kFrameMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &SceneWidget::tick);
    m_tooltip.setSingleShot(true);
    m_tooltip.setInterval(kTooltipMilliseconds);
    connect(&m_tooltip, &QTimer::timeout, this, [this] {
        if (const Item* item = itemOf(m_hovered); item && !item->tooltip.isEmpty()) {
            QToolTip::showText(mapToGlobal(m_pointer), item->tooltip, this);
        }
    });
}

SceneWidget::~SceneWidget() = default;

void SceneWidget::setBuilder(SceneBuilder builder) {
    m_builder = std::move(builder);
    refresh();
}

void SceneWidget::setTheme(const Theme& theme) {
    m_theme = theme;
    m_metrics = std::make_unique<FontTextMetrics>(m_theme);
    m_painter.reset();
    m_still = {};
    refresh();
}

void SceneWidget::refresh() {
    stopMotion();
    invalidate();
}

void SceneWidget::invalidate() {
    m_stale = true;
    m_stillOld = true;
    update();
    if (!m_focused.isEmpty() && hasFocus()) announceFocus();
}

void SceneWidget::animate(int milliseconds) {
    if (m_reduced || milliseconds <= 0 || !isVisible()) return refresh();
    stopMotion();
    m_duration = milliseconds;
    m_clock.start();
    m_timer.start();
    m_stillOld = true;
    build(0);
    update();
}

void SceneWidget::setReducedMotion(bool reduced) {
    m_reduced = reduced;
    if (reduced && animating()) refresh();
}

void SceneWidget::stopMotion() {
    if (!m_timer.isActive()) return;
    m_timer.stop();
    emit motionFinished();
}

void SceneWidget::build(double phase) {
    m_stale = false;
    const QSizeF room(width() / m_theme.scale(), height() / m_theme.scale());
    m_list = m_builder ? m_builder(SceneRequest{room, m_theme, *m_metrics, phase}) : DisplayList(room);
}

void SceneWidget::tick() {
    const double linear = std::min(1.0, static_cast<double>(m_clock.elapsed()) / m_duration);
    const auto before = m_list.movingRects();
    build(QEasingCurve(QEasingCurve::InOutCubic).valueForProgress(linear));
    updateMoving(before);
    if (linear >= 1) stopMotion();
}

void SceneWidget::updateMoving(const std::vector<QRectF>& before) {
    if (!m_painter) return update();
    const auto after = m_list.movingRects();
    const auto dirty = [&](const QRectF& rect) {
        return m_painter->toWidget(rect.adjusted(-kDirtyMargin, -kDirtyMargin, kDirtyMargin, kDirtyMargin))
            .toAlignedRect();
    };
    QRegion region;
    QRect bounds;
    for (const auto* rects : {&before, &after}) {
        for (const QRectF& rect : *rects) {
            bounds |= dirty(rect);
            if (before.size() + after.size() <= kMostDirtyRects) region += dirty(rect);
        }
    }
    update(region.isEmpty() ? QRegion(bounds) : region);
}

const DisplayList& SceneWidget::displayList() const {
    if (m_stale) const_cast<SceneWidget*>(this)->build(1);
    return m_list;
}

const Item* SceneWidget::itemOf(const QString& id) const {
    if (id.isEmpty()) return nullptr;
    const int index = displayList().find(id);
    return index < 0 ? nullptr : &m_list.items()[static_cast<std::size_t>(index)];
}

int SceneWidget::itemAt(QPointF point) const { return displayList().hitTest(point / m_theme.scale()); }

QRect SceneWidget::itemRect(const QString& id) const {
    const Item* item = itemOf(id);
    if (!item) return {};
    const double s = m_theme.scale();
    return QRectF(item->rect.topLeft() * s, item->rect.size() * s).toAlignedRect();
}

void SceneWidget::setSelectedItem(const QString& id) {
    if (m_selected == id) return;
    m_selected = id;
    update();
}

void SceneWidget::setFocusedItem(const QString& id) {
    if (m_focused == id) return;
    m_focused = id;
    m_ring = true;
    update();
    announceFocus();
}

void SceneWidget::announceFocus() {
    const int index = displayList().find(m_focused);
    QAccessibleEvent event(this, QAccessible::Focus);
    if (index >= 0) event.setChild(index);
    QAccessible::updateAccessibility(&event);
}

void SceneWidget::paintEvent(QPaintEvent* event) {
    const double ratio = devicePixelRatioF();
    if (m_stale) build(1);
    if (!m_painter) m_painter = std::make_unique<ScenePainter>(m_theme, ratio);
    renewStill(ratio);
    QPainter painter(this);
    for (const QRect& rect : event->region()) {
        painter.drawPixmap(rect, m_still,
                           QRectF(QPointF(rect.topLeft()) * ratio, QSizeF(rect.size()) * ratio).toRect());
    }
    m_painter->paint(painter, m_list, Part::moving);
    paintMarks(painter);
}

/// From one step to the next most of the still layer stays as it is: only what looks different is painted again.
void SceneWidget::renewStill(double ratio) {
    const QSize pixels = size() * ratio;
    const bool whole = m_still.size() != pixels;
    if (!whole && !m_stillOld) return;
    m_stillOld = false;
    std::unordered_map<std::size_t, QRectF> looks;
    for (const Primitive& p : m_list.primitives()) {
        if (p.layer != Layer::still) continue;
        // Two that look alike stand at the same place, so one entry says as much as two.
        looks.emplace(lookOf(p), boundsOf(p));
    }
    QRegion region;
    if (whole) {
        m_painter = std::make_unique<ScenePainter>(m_theme, ratio);  // the ratio may be a new one
        m_still = QPixmap(pixels);
        m_still.setDevicePixelRatio(ratio);
        region = rect();
    } else {
        const auto add = [&](const auto& from, const auto& other) {
            for (const auto& [look, bounds] : from) {
                if (!other.contains(look))
                    region += m_painter->toWidget(bounds)
                                  .adjusted(-kDirtyMargin, -kDirtyMargin, kDirtyMargin, kDirtyMargin)
                                  .toAlignedRect();
            }
        };
        add(looks, m_stillLooks);
        add(m_stillLooks, looks);
    }
    m_stillLooks = std::move(looks);
    if (region.isEmpty()) return;
    QPainter still(&m_still);
    for (const QRect& part : region) still.fillRect(part, m_theme.color(Role::bg));
    m_painter->paintStill(still, m_list, region);
}

void SceneWidget::paintMarks(QPainter& painter) {
    painter.setBrush(Qt::NoBrush);
    const auto ring = [&](const Item& item, double gap, Role role, double width) {
        const double pen = m_theme.stroke(width), radius = (item.radius + gap) * m_theme.scale();
        painter.setPen(QPen(m_theme.color(role), pen));
        painter.drawRoundedRect(m_painter->toWidget(item.rect.adjusted(-gap, -gap, gap, gap)), radius, radius);
    };
    if (const Item* item = itemOf(m_hovered)) ring(*item, 0, Role::border2, 1);
    if (const Item* item = itemOf(m_selected)) ring(*item, 0, Role::ink, 2);
    if (const Item* item = itemOf(m_focused); item && m_ring && hasFocus()) ring(*item, kFocusGap, Role::ink, 2);
}

void SceneWidget::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    refresh();
}

void SceneWidget::hover(const QString& id) {
    if (id == m_hovered) return;
    m_hovered = id;
    if (id.isEmpty())
        unsetCursor();
    else
        setCursor(Qt::PointingHandCursor);
    QToolTip::hideText();
    m_tooltip.start();
    update();
    emit itemHovered(id);
}

void SceneWidget::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position().toPoint();
    const int index = itemAt(event->position());
    hover(index < 0 ? QString() : m_list.items()[static_cast<std::size_t>(index)].id);
}

void SceneWidget::mousePressEvent(QMouseEvent* event) {
    const int index = itemAt(event->position());
    if (event->button() != Qt::LeftButton || index < 0) return QWidget::mousePressEvent(event);
    const QString id = m_list.items()[static_cast<std::size_t>(index)].id;
    m_focused = id;
    m_ring = false;
    update();
    emit itemActivated(id);
}

void SceneWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    const int index = itemAt(event->position());
    if (index >= 0) emit itemOpened(m_list.items()[static_cast<std::size_t>(index)].id);
}

void SceneWidget::contextMenuEvent(QContextMenuEvent* event) {
    const bool key = event->reason() == QContextMenuEvent::Keyboard;
    const int index = key ? displayList().find(m_focused) : itemAt(event->pos());
    if (index < 0) return event->ignore();
    const Item& item = displayList().items()[static_cast<std::size_t>(index)];
    emit itemMenuWanted(item.id, item.name, key ? mapToGlobal(itemRect(item.id).center()) : event->globalPos());
}

void SceneWidget::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && itemOf(m_focused))
        emit itemActivated(QString(m_focused));
    else
        QWidget::keyPressEvent(event);
}

bool SceneWidget::focusNextPrevChild(bool next) {
    const auto& items = displayList().items();
    const int step = next ? 1 : -1;
    int at = displayList().find(m_focused);
    if (at < 0) at = next ? -1 : static_cast<int>(items.size());
    for (at += step; at >= 0 && at < static_cast<int>(items.size()); at += step) {
        if (items[static_cast<std::size_t>(at)].focusable) {
            setFocusedItem(items[static_cast<std::size_t>(at)].id);
            return true;
        }
    }
    return QWidget::focusNextPrevChild(next);
}

void SceneWidget::focusInEvent(QFocusEvent* event) {
    // Coming by Tab, the focus starts at the end it came from.
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason) {
        m_focused.clear();
        focusNextPrevChild(event->reason() == Qt::TabFocusReason);
    }
    update();
}

void SceneWidget::focusOutEvent(QFocusEvent*) { update(); }

void SceneWidget::leaveEvent(QEvent*) {
    m_tooltip.stop();
    hover({});
}

void SceneWidget::changeEvent(QEvent* event) {
    // Names in the picture are translated when it is built.
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

bool SceneWidget::event(QEvent* event) {
    // Tooltips come from the items after their own delay.
    if (event->type() == QEvent::ToolTip) return true;
    return QWidget::event(event);
}

}  // namespace ringside
