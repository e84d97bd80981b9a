#include "views/timeline/timeline_view.h"

#include <QEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "views/session/format.h"

namespace ringside {
namespace {

/// Lanes of full height that the view asks room for; of more CPUs the lanes are thinner.
constexpr std::size_t kFullLanes = 8;
constexpr double kLanesTop = 16 + 4 + 18 + 4, kPitch = 28, kLeastPitch = 7;

}  // namespace

TimelineView::TimelineView(const RunState& run, ViewState& view, Travel& travel, QWidget* parent)
    : QWidget(parent), m_run(run), m_view(view), m_travel(travel), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("timeline");
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&m_run, &RunState::runChanged, this, [this] {
        grown();
        updateGeometry();
    });
    connect(&m_run, &RunState::knownChanged, this, &TimelineView::grown);
    connect(&m_run, &RunState::lessonChanged, this, &TimelineView::grown);
    connect(&m_run, &RunState::moved, this, &TimelineView::followPlayhead);
    connect(&m_view, &ViewState::changed, this, [this](ViewParts parts) {
        if (parts.testFlag(ViewPart::range)) take();
    });
    take();
    retranslate();
}

void TimelineView::setMarks(const MarkBook& marks, const Hunt& hunt) {
    m_marks = &marks;
    m_hunt = &hunt;
    connect(&marks, &MarkBook::changed, this, qOverload<>(&QWidget::update));
    connect(&hunt, &Hunt::arrived, this, qOverload<>(&QWidget::update));
}

void TimelineView::setTheme(const Theme& theme) {
    m_theme = theme;
    relayout();
    updateGeometry();
    update();
}

/// Shows what the view state asks for.
void TimelineView::take() {
    m_data.axis = m_view.now().axis;
    if (m_view.now().zoom) {
        m_data.from = m_view.now().zoom->from;
        m_data.to = m_view.now().zoom->to;
    } else {
        m_data.fit(m_run.samples());
    }
    update();
}

/// Asks for what `data` shows; where that is everything, for everything.
void TimelineView::show(const TimelineData& data, bool goesOn) {
    TimelineData all = data;
    all.fit(m_run.samples());
    const bool whole = data.from <= all.from && data.to >= all.to;
    m_view.zoom(whole ? std::nullopt : std::optional(AxisRange{data.from, data.to}), goesOn);
}

std::size_t TimelineView::lanes() const {
    return m_run.hasRun() ? std::max<std::size_t>(m_run.world().machine().cpus.size(), 1) : 2;
}

double TimelineView::lanePitch() const {
    if (lanes() <= kFullLanes) return kPitch * scale();
    const double room = height() - (kLanesTop + 24) * scale();
    return std::clamp(room / static_cast<double>(lanes()), kLeastPitch * scale(), kPitch * scale());
}

std::size_t TimelineView::shownLanes() const {
    if (lanes() <= kFullLanes) return lanes();
    const double room = height() - (kLanesTop + 24) * scale();
    return std::min(lanes(), static_cast<std::size_t>(std::max(1.0, std::floor(room / lanePitch() + 1e-6))));
}

double TimelineView::laneHeight() const {
    return lanes() <= kFullLanes ? 24 * scale() : lanePitch() - std::min(4 * scale(), lanePitch() / 4);
}

double TimelineView::laneTop(std::size_t lane) const {
    return kLanesTop * scale() + static_cast<double>(lane) * lanePitch();
}

QSize TimelineView::sizeHint() const {
    const auto full = static_cast<double>(std::min(lanes(), kFullLanes));
    return {800, qRound((kLanesTop + full * kPitch + 24) * scale())};
}
QSize TimelineView::minimumSizeHint() const {
    const auto least = static_cast<double>(std::min<std::size_t>(lanes(), 2));
    return {300, qRound((kLanesTop + least * kPitch + 24) * scale())};
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
    m_limit = m_run.limit();
    take();
}

void TimelineView::followPlayhead() {
    m_limit = m_run.limit();
    if (m_view.now().zoom) {
        TimelineData moved = m_data;
        moved.reveal(m_run.samples(), m_data.valueOf(m_run.samples(), m_run.position()));
        show(moved, true);
    }
    update();
}

double TimelineView::playheadX() const {
    if (!m_run.hasRun()) return m_data.left;
    // by time the place is exact, not that of a sample
    if (m_data.axis == TimelineAxis::time) return m_data.x(static_cast<double>(m_run.world().now));
    return m_data.x(static_cast<double>(m_run.position()));
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    m_turning = false;
    if (event->button() == Qt::BackButton) return m_view.goBack();
    if (event->button() == Qt::ForwardButton) return m_view.goForward();
    if (event->button() != Qt::LeftButton || !m_run.hasRun()) return;
    m_travel.setPlaying(false);
    m_travel.seek(std::min(m_data.positionAt(m_run.samples(), event->position().x()), m_limit));
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton) || !m_run.hasRun()) return;
    m_travel.seek(std::min(m_data.positionAt(m_run.samples(), event->position().x()), m_limit));
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) m_view.zoom(std::nullopt);
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    const QPoint delta = event->angleDelta();
    TimelineData next = m_data;
    if (std::abs(delta.x()) > std::abs(delta.y())) {
        next.pan(m_run.samples(), -delta.x());
    } else if (delta.y() != 0) {
        next.zoom(m_run.samples(), delta.y() > 0 ? 0.8 : 1.25, event->position().x());
    }
    show(next, m_turning);
    m_turning = true;
    event->accept();
}

void TimelineView::leaveEvent(QEvent*) { m_turning = false; }

bool TimelineView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_run.hasRun() && !m_run.samples().empty()) {
        auto* help = static_cast<QHelpEvent*>(event);
        const Position p = m_data.positionAt(m_run.samples(), help->pos().x());
        if (help->pos().x() >= m_data.left && p <= m_limit) {
            const Sample& s = m_run.samples().samples[m_run.samples().indexAt(p)];
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
