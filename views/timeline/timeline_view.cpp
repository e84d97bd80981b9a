#include "views/timeline/timeline_view.h"

#include <QEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>

#include "views/session/format.h"

namespace ringside {

TimelineView::TimelineView(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("timeline");
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&m_session, &Session::runChanged, this, [this] {
        m_fitted = true;
        grown();
        updateGeometry();
    });
    connect(&m_session, &Session::knownChanged, this, &TimelineView::grown);
    connect(&m_session, &Session::lessonChanged, this, &TimelineView::grown);
    connect(&m_session, &Session::moved, this, &TimelineView::followPlayhead);
    retranslate();
}

void TimelineView::setTheme(const Theme& theme) {
    m_theme = theme;
    relayout();
    updateGeometry();
    update();
}

void TimelineView::setAxis(TimelineAxis axis) {
    if (axis == m_data.axis) return;
    m_data.axis = axis;
    m_data.fit(m_session.samples());
    m_fitted = true;
    update();
    emit axisChanged();
}

std::size_t TimelineView::lanes() const {
    return m_session.hasRun() ? std::clamp<std::size_t>(m_session.world().machine().cpus.size(), 1, kLanes) : 2;
}

double TimelineView::laneTop(std::size_t lane) const {
    return (16 + 4 + 18 + 4 + static_cast<double>(lane) * 28) * scale();
}

QSize TimelineView::sizeHint() const { return {800, qRound(laneTop(lanes()) + 24 * scale())}; }
QSize TimelineView::minimumSizeHint() const {
    return {300, qRound(laneTop(std::min<std::size_t>(lanes(), 2)) + 24 * scale())};
}

void TimelineView::relayout() {
    m_data.left = 112 * scale();
    m_data.width = std::max(50.0, width() - m_data.left - 24 * scale());
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    relayout();
}

void TimelineView::grown() {
    m_limit = m_session.limit();
    if (m_fitted) m_data.fit(m_session.samples());
    update();
}

void TimelineView::followPlayhead() {
    m_limit = m_session.limit();
    if (!m_fitted) m_data.reveal(m_session.samples(), m_data.valueOf(m_session.samples(), m_session.position()));
    update();
}

double TimelineView::playheadX() const {
    if (!m_session.hasRun()) return m_data.left;
    // by time the place is exact, not that of a sample
    if (m_data.axis == TimelineAxis::time) return m_data.x(static_cast<double>(m_session.world().now));
    return m_data.x(static_cast<double>(m_session.position()));
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_session.hasRun()) return;
    m_session.setPlaying(false);
    m_session.seek(std::min(m_data.positionAt(m_session.samples(), event->position().x()), m_limit));
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton) || !m_session.hasRun()) return;
    m_session.seek(std::min(m_data.positionAt(m_session.samples(), event->position().x()), m_limit));
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent*) {
    m_data.fit(m_session.samples());
    m_fitted = true;
    update();
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    const QPoint delta = event->angleDelta();
    if (std::abs(delta.x()) > std::abs(delta.y())) {
        m_data.pan(m_session.samples(), -delta.x());
    } else if (delta.y() != 0) {
        m_data.zoom(m_session.samples(), delta.y() > 0 ? 0.8 : 1.25, event->position().x());
    }
    TimelineData all = m_data;
    all.fit(m_session.samples());
    m_fitted = m_data.from <= all.from && m_data.to >= all.to;
    event->accept();
    update();
}

bool TimelineView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_session.hasRun() && !m_session.samples().empty()) {
        auto* help = static_cast<QHelpEvent*>(event);
        const Position p = m_data.positionAt(m_session.samples(), help->pos().x());
        if (help->pos().x() >= m_data.left && p <= m_limit) {
            const Sample& s = m_session.samples().samples[m_session.samples().indexAt(p)];
            QToolTip::showText(help->globalPos(), tr("event %1, %2").arg(countText(p), timeText(s.time)), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void TimelineView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void TimelineView::retranslate() {
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("Click goes there, drag scrubs, wheel zooms, double click shows everything"));
    update();
}

}  // namespace ringside
