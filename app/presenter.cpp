#include "app/presenter.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTimer>
#include <algorithm>

#include "views/scene/scene_painter.h"
#include "views/scene/scene_widget.h"

namespace ringside {
namespace {

constexpr double kMostZoom = 5, kZoomStep = 1.25, kFirstZoom = 2;
constexpr int kFollowMs = 16;
/// A region smaller than this is a click.
constexpr int kLeastRegion = 24;

}  // namespace

Presenter::Presenter(QWidget* window, Acts acts) : QWidget(window), m_acts(std::move(acts)) {
    setObjectName("presenter");
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    m_following = new QTimer(this);
    m_following->setInterval(kFollowMs);
    connect(m_following, &QTimer::timeout, this, &Presenter::follow);
    setGeometry(window->rect());
    raise();
    show();
    qApp->installEventFilter(this);
}

Presenter::~Presenter() { qApp->removeEventFilter(this); }

bool Presenter::takes(const QKeyEvent& key) const {
    if ((key.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) != Qt::NoModifier) return false;
    switch (key.key()) {
        case Qt::Key_PageDown:
        case Qt::Key_PageUp:
        case Qt::Key_A:
        case Qt::Key_B:
        case Qt::Key_Period:
        case Qt::Key_S:
        case Qt::Key_Z:
            return true;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
        case Qt::Key_Minus:
            return m_zoom > 1;
        case Qt::Key_Escape:
            return m_black || m_spotlight || m_zoom > 1;
        default:
            return false;
    }
}

void Presenter::act(const QKeyEvent& key) {
    switch (key.key()) {
        case Qt::Key_PageDown:
            // a black sheet is taken away before anything happens behind it
            if (std::exchange(m_black, false)) break;
            m_acts.step(Direction::forward);
            break;
        case Qt::Key_PageUp:
            if (std::exchange(m_black, false)) break;
            m_acts.step(Direction::backward);
            break;
        case Qt::Key_A:
            m_acts.reveal();
            break;
        case Qt::Key_B:
        case Qt::Key_Period:
            m_black = !m_black;
            break;
        case Qt::Key_S:
            m_spotlight = !m_spotlight;
            break;
        case Qt::Key_Z:
            setZoom(m_zoom > 1 ? 1 : kFirstZoom, m_pointer - place().topLeft());
            break;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            setZoom(m_zoom * kZoomStep, m_middle);
            break;
        case Qt::Key_Minus:
            setZoom(m_zoom / kZoomStep, m_middle);
            break;
        default:
            static_cast<void>(plain());
    }
    if (m_spotlight)
        m_following->start();
    else
        m_following->stop();
    update();
}

bool Presenter::plain() {
    if (!m_black && !m_spotlight && m_zoom <= 1) return false;
    m_black = m_spotlight = false;
    m_zoom = 1;
    m_following->stop();
    update();
    return true;
}

QRect Presenter::place() const {
    const SceneWidget* scene = m_acts.scene();
    if (!scene) return {};
    return {scene->mapTo(parentWidget(), QPoint()), scene->size()};
}

void Presenter::setZoom(double zoom, QPointF at) {
    const QSizeF size = place().size();
    m_zoom = std::clamp(zoom, 1.0, kMostZoom);
    if (m_zoom < 1.01) m_zoom = 1;
    // what is shown stays within the scene
    const double x = size.width() / m_zoom / 2, y = size.height() / m_zoom / 2;
    m_middle = {std::clamp(at.x(), x, size.width() - x), std::clamp(at.y(), y, size.height() - y)};
}

void Presenter::follow() { pointAt(parentWidget()->mapFromGlobal(QCursor::pos())); }

void Presenter::pointAt(QPoint place) {
    if (place == m_pointer) return;
    m_pointer = place;
    if (m_spotlight) update();
}

bool Presenter::mouse(QMouseEvent& event, const QWidget& on) {
    const QPoint here = on.mapTo(parentWidget(), event.position().toPoint());
    pointAt(here);
    const bool begins = event.type() == QEvent::MouseButtonPress && event.button() == Qt::LeftButton &&
                        event.modifiers() == Qt::ControlModifier && place().contains(here);
    if (begins) {
        m_drawing = QRect(here, here);
    } else if (!m_drawing) {
        return false;
    } else if (event.type() == QEvent::MouseMove) {
        m_drawing->setBottomRight(here);
    } else if (event.type() == QEvent::MouseButtonRelease) {
        const QRect region = std::exchange(m_drawing, std::nullopt)->normalized() & place();
        if (region.width() > kLeastRegion && region.height() > kLeastRegion)
            setZoom(std::min(static_cast<double>(place().width()) / region.width(),
                             static_cast<double>(place().height()) / region.height()),
                    region.center() - place().topLeft());
    }
    update();
    return true;
}

bool Presenter::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    const auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != window() || widget == this) return false;
    switch (event->type()) {
        case QEvent::ShortcutOverride:
            if (!takes(*static_cast<QKeyEvent*>(event))) return false;
            event->accept();
            return true;
        case QEvent::KeyPress:
            if (!takes(*static_cast<QKeyEvent*>(event))) return false;
            act(*static_cast<QKeyEvent*>(event));
            return true;
        case QEvent::MouseButtonPress:
        case QEvent::MouseButtonRelease:
        case QEvent::MouseMove:
            return mouse(*static_cast<QMouseEvent*>(event), *widget);
        default:
            return false;
    }
}

void Presenter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (m_black) return painter.fillRect(rect(), Qt::black);
    const SceneWidget* scene = m_acts.scene();
    if (m_zoom > 1 && scene) {
        const QRect room = place();
        painter.save();
        painter.setClipRect(room);
        painter.fillRect(room, scene->theme().color(Role::bg));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(QRectF(room).center() - m_middle * m_zoom);
        painter.scale(m_zoom, m_zoom);
        paint(painter, scene->displayList(), scene->theme(), 1);
        painter.restore();
    }
    if (m_spotlight) {
        const double radius = height() / 5.0;
        QPainterPath dark;
        dark.addRect(rect());
        dark.addEllipse(QPointF(m_pointer), radius, radius);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(dark, QColor(0, 0, 0, 170));
    }
    if (m_drawing) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 3));
        painter.drawRect(m_drawing->normalized());
    }
}

}  // namespace ringside
