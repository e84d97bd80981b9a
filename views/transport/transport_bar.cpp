#include "views/transport/transport_bar.h"

#include <QButtonGroup>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

#include "views/session/format.h"
#include "views/transport/icons.h"

namespace ringside {

TransportBar::TransportBar(const RunState& run, ViewState& view, Travel& travel, QWidget* parent)
    : QWidget(parent), m_run(run), m_view(view), m_travel(travel), m_theme(makeTheme(ThemeKind::light)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    // what does not fit gives way one by one, see fit(), instead of keeping the window wide
    row->setSizeConstraint(QLayout::SetNoConstraint);
    row->setContentsMargins(20, 6, 20, 6);
    row->setSpacing(4);
    m_start = addButton("transport-start", &Travel::toStart, nullptr);
    m_start->setProperty("flat", true);
    m_back = addButton("transport-back", nullptr, &Travel::back);
    m_play = addButton("transport-play", nullptr, nullptr);
    m_play->setProperty("primary", true);
    connect(m_play, &QToolButton::clicked, this, [this] { m_travel.setPlaying(!m_travel.playing()); });
    m_step = addButton("transport-step", nullptr, &Travel::step);

    m_stepBy = new QLabel;
    m_stepBy->setProperty("tone", "secondary");
    row->addSpacing(14);
    row->addWidget(m_stepBy);
    row->addSpacing(4);
    auto* segments = new QFrame;
    segments->setProperty("segments", true);
    m_segments = segments;
    auto* inside = new QHBoxLayout(segments);
    inside->setContentsMargins(2, 2, 2, 2);
    inside->setSpacing(0);
    m_granularity = new QButtonGroup(this);
    for (int i = 0; i < 4; ++i) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setObjectName(QStringLiteral("granularity-%1").arg(i));
        inside->addWidget(button);
        m_granularity->addButton(button, i);
    }
    connect(m_granularity, &QButtonGroup::idClicked, this,
            [this](int id) { m_view.setStepBy(static_cast<StepBy>(id)); });
    row->addWidget(segments);
    m_more = new QToolButton;
    m_more->setObjectName("transport-more");
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setProperty("flat", true);
    row->addSpacing(4);
    row->addWidget(m_more);

    m_speedLabel = new QLabel;
    m_speedLabel->setProperty("tone", "secondary");
    m_speed = new QSlider(Qt::Horizontal);
    m_speed->setObjectName("speed");
    m_speed->setRange(0, kSpeedStops - 1);
    m_speed->setPageStep(1);
    m_speed->setFixedWidth(84);
    m_speedValue = new QLabel;
    row->addSpacing(14);
    row->addWidget(m_speedLabel);
    row->addSpacing(8);
    row->addWidget(m_speed);
    row->addSpacing(4);
    row->addWidget(m_speedValue);
    connect(m_speed, &QSlider::valueChanged, &m_view, &ViewState::setSpeed);

    row->addStretch();
    m_counter = new QLabel;
    m_counter->setObjectName("event-counter");
    m_counter->setProperty("tone", "secondary");
    m_time = new QLabel;
    m_time->setObjectName("model-time");
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_counter);
    row->addSpacing(12);
    row->addWidget(m_time);

    connect(&m_run, &RunState::moved, this, &TransportBar::refresh);
    connect(&m_run, &RunState::knownChanged, this, &TransportBar::refresh);
    connect(&m_run, &RunState::lessonChanged, this, &TransportBar::refresh);
    connect(&m_run, &RunState::runChanged, this, &TransportBar::refresh);
    connect(&m_travel, &Travel::playingChanged, this, &TransportBar::refresh);
    connect(&m_view, &ViewState::changed, this, &TransportBar::refreshView);
    retranslate();
    refreshView();
}

QToolButton* TransportBar::addButton(const char* name, void (Travel::*plain)(), void (Travel::*by)(StepBy)) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    if (plain) connect(button, &QToolButton::clicked, &m_travel, plain);
    if (by) connect(button, &QToolButton::clicked, this, [this, by] { (m_travel.*by)(m_view.now().step_by); });
    layout()->addWidget(button);
    return button;
}

void TransportBar::setMore(const QList<QAction*>& actions) {
    auto* menu = new QMenu(m_more);
    for (QAction* action : actions) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    m_more->setMenu(menu);
    fit();
}

void TransportBar::setTheme(const Theme& theme) {
    m_theme = theme;
    const double scale = theme.text_percent / 100.0;
    m_start->setFixedSize(qRound(36 * scale), qRound(32 * scale));
    m_back->setFixedSize(qRound(44 * scale), qRound(32 * scale));
    m_step->setFixedSize(qRound(44 * scale), qRound(32 * scale));
    m_play->setFixedSize(qRound(52 * scale), qRound(32 * scale));
    const QSize icon(qRound(18 * scale), qRound(18 * scale));
    for (QToolButton* button : {m_start, m_back, m_play, m_step}) button->setIconSize(icon);
    m_start->setIcon(makeIcon(Icon::start, theme));
    m_back->setIcon(makeIcon(Icon::back, theme));
    m_step->setIcon(makeIcon(Icon::step, theme));
    m_time->setFont(theme.font(TextToken::mono_bold, 15));
    m_counter->setFont(theme.font(TextToken::small));
    m_speedValue->setFont(theme.font(TextToken::mono));
    // as wide as the widest, so that nothing beside it moves
    m_speedValue->setMinimumWidth(QFontMetrics(m_speedValue->font()).horizontalAdvance(QStringLiteral("0.25×")));
    m_time->setMinimumWidth(m_time->fontMetrics().horizontalAdvance(QStringLiteral("t = 000.000000 ms")));
    refresh();
    fit();
}

QSize TransportBar::minimumSizeHint() const { return {480, layout()->minimumSize().height()}; }

void TransportBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void TransportBar::fit() {
    QWidget* const optional[] = {m_stepBy, m_speedLabel, m_speedValue, m_counter, m_speed, m_more, m_segments};
    for (QWidget* widget : optional) widget->setVisible(widget != m_more || m_more->menu());
    for (QWidget* widget : optional) {
        if (layout()->minimumSize().width() <= width()) break;
        widget->hide();
        layout()->invalidate();
    }
}

void TransportBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void TransportBar::retranslate() {
    setAccessibleName(tr("Transport"));
    const auto say = [](QToolButton* button, const QString& name, const QString& key) {
        button->setAccessibleName(name);
        button->setToolTip(QStringLiteral("%1 (%2)").arg(name, key));
    };
    say(m_start, tr("Go to the start"), tr("Home"));
    say(m_back, tr("Back"), QStringLiteral("←"));
    say(m_step, tr("Step"), QStringLiteral("→"));
    m_stepBy->setText(tr("Step by"));
    const QString names[] = {tr("Stage"), tr("Function"), tr("Packet"), tr("Lesson step")};
    for (int i = 0; i < 4; ++i) m_granularity->button(i)->setText(names[i]);
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More kinds of step"));
    m_more->setToolTip(tr("More kinds of step, with their keys"));
    m_speedLabel->setText(tr("Speed"));
    m_speed->setAccessibleName(tr("Speed of playing"));
    m_speed->setToolTip(tr("Speed of playing ([ slower, ] faster)"));
    refresh();
    fit();
}

void TransportBar::refresh() {
    const bool run = m_run.hasRun();
    m_start->setEnabled(run && m_run.canBack());
    m_back->setEnabled(run && m_run.canBack());
    m_step->setEnabled(run && m_run.canStep());
    m_play->setEnabled(run && (m_travel.playing() || m_run.canStep()));
    m_play->setIcon(makeIcon(m_travel.playing() ? Icon::pause : Icon::play, m_theme, true));
    const QString play = m_travel.playing() ? tr("Pause") : tr("Play");
    m_play->setAccessibleName(play);
    m_play->setToolTip(QStringLiteral("%1 (%2)").arg(play, tr("Space")));
    m_granularity->button(static_cast<int>(StepBy::lesson))->setEnabled(m_run.player() != nullptr);
    if (!run) {
        m_counter->clear();
        m_time->clear();
        return;
    }
    // while a question is open, how long the run is would tell too much
    const QString here = countText(m_run.position());
    const QString all = countText(m_run.explored()) + (m_run.ended() ? QString() : QStringLiteral("+"));
    m_counter->setText(m_run.questionHides() ? tr("event %1").arg(here) : tr("event %1 of %2").arg(here, all));
    m_time->setText(QStringLiteral("t = %1").arg(timeText(m_run.world().now)));
    // only what no longer fits changes the row: one that fitted anew at each number would flicker
    if (layout()->minimumSize().width() > width()) fit();
}

void TransportBar::refreshView() {
    const View& view = m_view.now();
    m_granularity->button(static_cast<int>(view.step_by))->setChecked(true);
    const QSignalBlocker quiet(m_speed);
    m_speed->setValue(view.speed);
    static const char* const kNames[] = {"0.25×", "0.5×", "0.75×", "1×", "2×", "4×", "8×"};
    m_speedValue->setText(QString::fromUtf8(kNames[view.speed]));
}

}  // namespace ringside
