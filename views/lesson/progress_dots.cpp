#include "views/lesson/progress_dots.h"

#include <QEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace ringside {

ProgressDots::ProgressDots(QWidget* parent) : QWidget(parent), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("progress-dots");
    setCursor(Qt::PointingHandCursor);
}

void ProgressDots::setTheme(const Theme& theme) {
    m_theme = theme;
    updateGeometry();
    update();
}

void ProgressDots::setSteps(int count, int current, int locked, const QStringList& titles) {
    m_count = count;
    m_current = current;
    m_locked = locked;
    m_titles = titles;
    setAccessibleName(tr("Step %1 of %2").arg(current + 1).arg(count));
    update();
}

QSize ProgressDots::sizeHint() const { return {200, qRound(20 * m_theme.text_percent / 100.0)}; }

QRectF ProgressDots::dotRect(int step) const {
    const double pitch = m_count > 0 ? std::min(16.0 * m_theme.text_percent / 100.0, width() / double(m_count)) : 16;
    return {step * pitch, 0, pitch, double(height())};
}

int ProgressDots::stepAt(QPointF place) const {
    for (int step = 0; step < m_count; ++step) {
        if (dotRect(step).contains(place)) return step;
    }
    return -1;
}

void ProgressDots::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const double scale = m_theme.text_percent / 100.0;
    const double y = height() / 2.0;
    if (m_count > 40) {
        p.setPen(Qt::NoPen);
        p.setBrush(m_theme.color(Role::border));
        p.drawRoundedRect(QRectF(0, y - 2, width(), 4), 2, 2);
        p.setBrush(m_theme.color(Role::ink));
        p.drawRoundedRect(QRectF(0, y - 2, width() * (m_current + 1.0) / m_count, 4), 2, 2);
        return;
    }
    for (int step = 0; step < m_count; ++step) {
        const QPointF centre(dotRect(step).left() + 6 * scale, y);
        if (step == m_current) {
            p.setPen(Qt::NoPen);
            p.setBrush(m_theme.color(Role::ink));
            p.drawRoundedRect(QRectF(centre.x() - 3.5 * scale, y - 6 * scale, 7 * scale, 12 * scale), 3.5 * scale,
                              3.5 * scale);
        } else if (step < m_current) {
            p.setPen(Qt::NoPen);
            p.setBrush(m_theme.color(Role::ink));
            p.drawEllipse(centre, 2.5 * scale, 2.5 * scale);
        } else {
            p.setPen(QPen(m_theme.color(step < m_locked ? Role::border2 : Role::border), 1.2));
            p.setBrush(Qt::NoBrush);
            p.drawEllipse(centre, 2 * scale, 2 * scale);
        }
    }
}

void ProgressDots::mousePressEvent(QMouseEvent* event) {
    const int step = stepAt(event->position());
    if (step >= 0) emit stepClicked(step);
}

bool ProgressDots::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int step = stepAt(help->pos());
        // the title of what is still hidden would give it away
        if (step >= 0 && step < m_locked && step < m_titles.size())
            QToolTip::showText(help->globalPos(), m_titles[step], this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

}  // namespace ringside
