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

TimelinePanel::TimelinePanel(const RunState& run, ViewState& view, Travel& travel, Explorer& explorer, QWidget* parent)
    : QWidget(parent), m_run(run), m_explorer(explorer) {
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
    m_axis->button(static_cast<int>(view.now().axis))->setChecked(true);
    m_state = new QLabel;
    m_state->setObjectName("run-state");
    m_state->setProperty("tone", "tertiary");
    m_stop = new QPushButton;
    m_stop->setObjectName("run-stop");
    m_stop->setProperty("flat", true);
    m_legend = new Legend;
    row->addWidget(m_axisLabel);
    row->addWidget(segments);
    row->addSpacing(12);
    row->addWidget(m_state);
    row->addWidget(m_stop);
    row->addStretch();
    row->addWidget(m_legend);
    m_lanes = new TimelineView(run, view, travel);
    column->addWidget(m_head);
    column->addWidget(m_lanes, 1);
    connect(m_axis, &QButtonGroup::idClicked, &view, [&view](int id) { view.setAxis(static_cast<TimelineAxis>(id)); });
    connect(&view, &ViewState::changed, this, [this, &view](ViewParts parts) {
        if (parts.testFlag(ViewPart::range)) m_axis->button(static_cast<int>(view.now().axis))->setChecked(true);
    });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_explorer.running())
            m_explorer.stop();
        else
            m_explorer.runOn();
    });
    connect(&m_run, &RunState::knownChanged, this, &TimelinePanel::refresh);
    connect(&m_run, &RunState::runChanged, this, &TimelinePanel::refresh);
    connect(&m_run, &RunState::lessonChanged, this, &TimelinePanel::refresh);
    retranslate();
}

void TimelinePanel::setTheme(const Theme& theme) {
    m_legend->theme = theme;
    m_legend->updateGeometry();
    m_legend->update();
    m_axisLabel->setFont(theme.font(TextToken::small));
    m_state->setFont(theme.font(TextToken::small));
    m_lanes->setTheme(theme);
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
    if (!m_run.hasRun() || m_run.questionHides()) {
        m_state->clear();
        m_stop->hide();
        return;
    }
    const QString known = countText(m_run.explored());
    if (m_run.ended())
        m_state->setText(tr("%1 events, the whole run").arg(known));
    else if (m_explorer.running())
        m_state->setText(tr("%1 events so far…").arg(known));
    else
        m_state->setText(tr("%1 events known").arg(known));
    m_stop->setVisible(!m_run.ended());
    m_stop->setText(m_explorer.running() ? tr("Stop") : tr("Run on"));
}

}  // namespace ringside
