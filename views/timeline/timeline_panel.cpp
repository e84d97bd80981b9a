#include "views/timeline/timeline_panel.h"

#include <QButtonGroup>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "views/session/format.h"
#include "views/theme/glyph.h"

namespace ringside {

/// Glyph, colour and name of each context: colour is never the only sign.
class TimelinePanel::Legend : public QWidget {
  public:
    Theme theme = makeTheme(ThemeKind::light);

    [[nodiscard]] QSize sizeHint() const override {
        const QFontMetrics metrics(theme.font(TextToken::caption));
        int width = 0;
        for (const auto& [tone, name] : entries()) width += metrics.horizontalAdvance(name) + gap();
        return {width, qRound(20 * theme.text_percent / 100.0)};
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        p.setFont(theme.font(TextToken::caption));
        double x = 0;
        for (const auto& [tone, name] : entries()) {
            const double w = p.fontMetrics().horizontalAdvance(name) + gap();
            if (x + w > width() + 4) break;
            p.save();
            p.translate(x + 7, height() / 2.0);
            const GlyphShape& shape = shapeOf(glyphOf(tone));
            const QColor color = theme.color(solidOf(tone));
            if (shape.stroke > 0)
                p.strokePath(shape.path, QPen(theme.color(textOf(tone)), shape.stroke));
            else
                p.fillPath(shape.path, color);
            if (shape.outlined) p.strokePath(shape.path, QPen(theme.color(textOf(tone)), 1));
            p.restore();
            p.setPen(theme.color(Role::text2));
            p.drawText(QRectF(x + 17, 0, w, height()), Qt::AlignVCenter, name);
            x += w;
        }
    }

  private:
    [[nodiscard]] int gap() const { return qRound(34 * theme.text_percent / 100.0); }
    [[nodiscard]] static std::vector<std::pair<Tone, QString>> entries() {
        return {{Tone::hardirq, contextText(Context::hardirq)}, {Tone::softirq, contextText(Context::softirq)},
                {Tone::process, contextText(Context::process)}, {Tone::user, contextText(Context::user)},
                {Tone::idle, contextText(Context::idle)},       {Tone::drop, TimelinePanel::tr("drop")}};
    }
};

TimelinePanel::TimelinePanel(Session& session, QWidget* parent) : QWidget(parent), m_session(session) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 4);
    column->setSpacing(2);
    m_head = new QWidget;
    auto* row = new QHBoxLayout(m_head);
    row->setContentsMargins(20, 0, 20, 0);
    row->setSpacing(8);
    m_axisLabel = new QLabel;
    m_axisLabel->setProperty("tone", "secondary");
    auto* segments = new QFrame;
    segments->setProperty("segments", true);
    auto* inside = new QHBoxLayout(segments);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->setSpacing(0);
    m_axis = new QButtonGroup(this);
    for (int i = 0; i < 2; ++i) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setObjectName(QStringLiteral("axis-%1").arg(i));
        inside->addWidget(button);
        m_axis->addButton(button, i);
    }
    m_axis->button(0)->setChecked(true);
    m_run = new QLabel;
    m_run->setObjectName("run-state");
    m_run->setProperty("tone", "tertiary");
    m_stop = new QPushButton;
    m_stop->setObjectName("run-stop");
    m_stop->setProperty("flat", true);
    m_legend = new Legend;
    row->addWidget(m_axisLabel);
    row->addWidget(segments);
    row->addSpacing(12);
    row->addWidget(m_run);
    row->addWidget(m_stop);
    row->addStretch();
    row->addWidget(m_legend);
    m_view = new TimelineView(m_session);
    column->addWidget(m_head);
    column->addWidget(m_view, 1);
    connect(m_axis, &QButtonGroup::idClicked, this, [this](int id) { m_view->setAxis(static_cast<TimelineAxis>(id)); });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_session.running())
            m_session.stopRunning();
        else
            m_session.runOn();
    });
    connect(&m_session, &Session::knownChanged, this, &TimelinePanel::refresh);
    connect(&m_session, &Session::runChanged, this, &TimelinePanel::refresh);
    connect(&m_session, &Session::lessonChanged, this, &TimelinePanel::refresh);
    retranslate();
}

void TimelinePanel::setTheme(const Theme& theme) {
    m_legend->theme = theme;
    m_legend->updateGeometry();
    m_legend->update();
    m_axisLabel->setFont(theme.font(TextToken::small));
    m_run->setFont(theme.font(TextToken::small));
    m_view->setTheme(theme);
}

void TimelinePanel::setCompact(bool compact) { m_head->setVisible(!compact); }

bool TimelinePanel::compact() const { return m_head->isHidden(); }

void TimelinePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void TimelinePanel::retranslate() {
    m_axisLabel->setText(tr("Axis"));
    m_axis->button(0)->setText(tr("Events"));
    m_axis->button(0)->setToolTip(tr("Every event has the same room"));
    m_axis->button(1)->setText(tr("Time"));
    m_axis->button(1)->setToolTip(tr("Every nanosecond has the same room"));
    m_legend->updateGeometry();
    refresh();
}

void TimelinePanel::refresh() {
    if (!m_session.hasRun() || m_session.questionHides()) {
        m_run->clear();
        m_stop->hide();
        return;
    }
    const QString known = countText(m_session.explored());
    if (m_session.ended())
        m_run->setText(tr("%1 events, the whole run").arg(known));
    else if (m_session.running())
        m_run->setText(tr("%1 events so far…").arg(known));
    else
        m_run->setText(tr("%1 events known").arg(known));
    m_stop->setVisible(!m_session.ended());
    m_stop->setText(m_session.running() ? tr("Stop") : tr("Run on"));
}

}  // namespace ringside
