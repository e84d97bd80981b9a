#include "views/lab/lab_history.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace ringside {
namespace {
constexpr int kWidth = 176, kHeight = 92, kGap = 10;
}  // namespace

LabHistory::LabHistory(LabModel& model, QWidget* parent)
    : QWidget(parent), m_model(model), m_theme(makeTheme(ThemeKind::light)) {
    setFocusPolicy(Qt::StrongFocus);
    connect(&m_model, &LabModel::changed, this, &LabHistory::refresh);
    refresh();
}

void LabHistory::setTheme(const Theme& theme) {
    m_theme = theme;
    refresh();
}

void LabHistory::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

int LabHistory::cardWidth() const { return qRound(kWidth * m_theme.text_percent / 100.0); }

QRect LabHistory::cardRect(std::size_t i) const {
    const int w = cardWidth();
    return {static_cast<int>(i) * (w + kGap) + 2, 2, w, qRound(kHeight * m_theme.text_percent / 100.0)};
}

QSize LabHistory::sizeHint() const {
    const std::size_t n = std::max<std::size_t>(1, m_model.entries().size());
    const QRect last = cardRect(n - 1);
    return {last.right() + 3, last.bottom() + 3};
}

void LabHistory::refresh() {
    setAccessibleName(tr("History of operations"));
    const std::size_t n = m_model.entries().size();
    setAccessibleDescription(n ? tr("operation %1 of %2").arg(m_model.done()).arg(n) : tr("nothing done yet"));
    setFixedSize(sizeHint());
    updateGeometry();
    update();
    if (m_model.done() > 0) emit reveal(cardRect(m_model.done() - 1));
}

void LabHistory::paintCard(QPainter& painter, std::size_t i) const {
    const LabEntry& entry = m_model.entries()[i];
    const bool done = i < m_model.done(), present = i + 1 == m_model.done();
    const QRectF card = QRectF(cardRect(i)).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setBrush(m_theme.color(done ? Role::bg : Role::surface));
    QPen outline(m_theme.color(present ? Role::ink : Role::border), present ? m_theme.stroke(2) : 1);
    if (!done) outline = QPen(m_theme.color(Role::border2), 1, Qt::DashLine);
    painter.setPen(outline);
    painter.drawRoundedRect(card, 8, 8);

    const double pad = 10;
    const QRectF inside = card.adjusted(pad, 8, -pad, -8);
    const QColor ink = m_theme.color(done ? Role::text : Role::route_next);
    const QString call = takesNumber(entry.op)
                             ? QStringLiteral("%1(%2)").arg(QLatin1String(nameOf(entry.op))).arg(entry.argument)
                             : QStringLiteral("%1()").arg(QLatin1String(nameOf(entry.op)));
    painter.setPen(ink);
    painter.setFont(m_theme.font(TextToken::mono_medium));
    const QFontMetrics big(painter.font());
    painter.drawText(QRectF(inside.left(), inside.top(), inside.width(), big.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     big.elidedText(call, Qt::ElideRight, static_cast<int>(inside.width())));
    painter.setFont(m_theme.font(TextToken::caption));
    const QFontMetrics small(painter.font());
    const QString values =
        done ? QStringLiteral("data %1  len %2").arg(entry.shape.data).arg(entry.shape.len) : tr("undone");
    const QRectF bottom(inside.left(), inside.bottom() - small.height(), inside.width(), small.height());
    painter.drawText(bottom, Qt::AlignLeft | Qt::AlignVCenter, values);

    // the whole buffer to scale, data filled
    const QRectF bar(inside.left(), (inside.top() + big.height() + bottom.top()) / 2 - 6, inside.width(), 12);
    painter.setPen(QPen(m_theme.color(done ? Role::lline : Role::border2), 1));
    painter.setBrush(m_theme.color(Role::surface));
    painter.drawRect(bar);
    if (entry.shape.end > 0) {
        const double scale = bar.width() / entry.shape.end;
        const QRectF part(bar.left() + entry.shape.data * scale, bar.top(),
                          (entry.shape.tail - entry.shape.data) * scale, bar.height());
        painter.fillRect(part, m_theme.color(done ? Role::l4 : Role::border));
        painter.setPen(QPen(ink, m_theme.stroke(2)));
        painter.drawLine(QPointF(part.left(), bar.top() - 2), QPointF(part.left(), bar.bottom() + 2));
    }
}

void LabHistory::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_model.entries().empty()) {
        painter.setFont(m_theme.font(TextToken::small));
        painter.setPen(m_theme.color(Role::text3));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("nothing done yet"));
        return;
    }
    for (std::size_t i = 0; i < m_model.entries().size(); ++i) paintCard(painter, i);
    if (hasFocus() && m_model.done() > 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.color(Role::ink), 2, Qt::DotLine));
        painter.drawRoundedRect(QRectF(cardRect(m_model.done() - 1)).adjusted(4, 4, -4, -4), 5, 5);
    }
}

void LabHistory::mousePressEvent(QMouseEvent* event) {
    for (std::size_t i = 0; i < m_model.entries().size(); ++i) {
        if (cardRect(i).contains(event->position().toPoint())) return m_model.goTo(i + 1);
    }
}

void LabHistory::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left && m_model.canUndo())
        m_model.undo();
    else if (event->key() == Qt::Key_Right && m_model.canRedo())
        m_model.redo();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace ringside
