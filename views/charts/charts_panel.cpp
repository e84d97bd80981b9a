#include "views/charts/charts_panel.h"

#include <QEvent>
#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "views/session/format.h"

namespace ringside {

ChartsPanel::ChartsPanel(const RunState& run, Travel& travel, QWidget* parent)
    : QWidget(parent), m_run(run), m_travel(travel), m_theme(makeTheme(ThemeKind::light)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    m_stack = new QStackedLayout(this);
    m_empty = new QLabel;
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("tone", "secondary");
    auto* charts = new QWidget;
    auto* column = new QVBoxLayout(charts);
    column->setContentsMargins(20, 12, 20, 12);
    column->setSpacing(8);
    const char* const names[] = {"chart-ring", "chart-memory", "chart-packets"};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i] = new ChartRow;
        m_rows[i]->setObjectName(names[i]);
        column->addWidget(m_rows[i], 1);
        connect(m_rows[i], &ChartRow::picked, this, [this](double x) {
            const SampleSeries& series = m_run.samples();
            if (series.empty()) return;
            const TimeUnit unit = unitOf(series.samples.back().time);
            m_travel.seek(series.samples[series.indexAtTime(static_cast<Time>(x * unit.nanoseconds))].position);
        });
    }
    m_note = new QLabel;
    m_note->setProperty("tone", "secondary");
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(charts);
    connect(&m_run, &RunState::runChanged, this, &ChartsPanel::refresh);
    connect(&m_run, &RunState::knownChanged, this, &ChartsPanel::refresh);
    connect(&m_run, &RunState::lessonChanged, this, &ChartsPanel::refresh);
    connect(&m_run, &RunState::moved, this, &ChartsPanel::movePlayhead);
    retranslate();
}

void ChartsPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    for (ChartRow* row : m_rows) row->setTheme(theme);
    m_note->setFont(theme.font(TextToken::small));
    refresh();
}

void ChartsPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void ChartsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_stale) refresh();
}

void ChartsPanel::retranslate() {
    setAccessibleName(tr("Charts"));
    m_empty->setText(tr("Open a lesson, a scenario or a capture to see its charts."));
    m_note->setText(tr("Model time: the cost of each stage is notional. Click to go there."));
    refresh();
}

void ChartsPanel::refresh() {
    // a panel nobody sees is brought up to date when it is shown
    m_stale = !isVisible();
    if (m_stale) return;
    if (!m_run.hasRun() || m_run.samples().empty()) {
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    const SampleSeries& series = m_run.samples();
    const Position limit = m_run.limit();
    const TimeUnit unit = unitOf(series.samples.back().time);
    std::array<ChartLine, 2> memory{
        ChartLine{tr("sk_rmem_alloc of all sockets"), Role::process_solid, Qt::SolidLine, {}, true},
        ChartLine{tr("limit (sk_rcvbuf)"), Role::drop_solid, Qt::DashLine, {}, true}};
    std::array<ChartLine, 2> ring{ChartLine{tr("descriptors used"), Role::hw_solid, Qt::SolidLine, {}, true},
                                  ChartLine{tr("ring size"), Role::border2, Qt::DashLine, {}, true}};
    std::array<ChartLine, 3> packets{ChartLine{tr("received"), Role::hw_solid, Qt::SolidLine, {}, true},
                                     ChartLine{tr("delivered"), Role::user_solid, Qt::DashLine, {}, true},
                                     ChartLine{tr("dropped"), Role::drop_solid, Qt::DotLine, {}, true}};
    std::uint32_t fullest = 0;
    std::int64_t most = 0;
    for (const Sample& s : series.samples) {
        if (s.position > limit) break;  // an open question hides the rest
        const double x = static_cast<double>(s.time) / unit.nanoseconds;
        ring[0].points.emplace_back(x, s.ring_used);
        ring[1].points.emplace_back(x, s.ring_size);
        memory[0].points.emplace_back(x, static_cast<double>(s.socket_memory));
        memory[1].points.emplace_back(x, static_cast<double>(s.socket_limit));
        packets[0].points.emplace_back(x, static_cast<double>(s.received));
        packets[1].points.emplace_back(x, static_cast<double>(s.delivered));
        packets[2].points.emplace_back(x, static_cast<double>(s.dropped));
        fullest = std::max(fullest, s.ring_used);
        most = std::max(most, s.socket_memory);
    }
    const double span = static_cast<double>(series.samples.back().time) / unit.nanoseconds;
    // a limit far above the line would press it flat; it is drawn where the run comes near it
    const bool near_ring = !ring[1].points.empty() && fullest * 4.0 >= ring[1].points.back().y();
    const bool near_memory =
        !memory[1].points.empty() && static_cast<double>(most) * 4.0 >= memory[1].points.back().y();
    m_rows[0]->setData(tr("Receive ring"), unit.name, span,
                       near_ring ? std::vector<ChartLine>{ring[0], ring[1]} : std::vector<ChartLine>{ring[0]});
    m_rows[1]->setData(tr("Socket memory, bytes"), unit.name, span,
                       near_memory ? std::vector<ChartLine>{memory[0], memory[1]} : std::vector<ChartLine>{memory[0]});
    m_rows[2]->setData(tr("Packets"), unit.name, span, {packets.begin(), packets.end()});
    double left = 0, right = 0;
    for (const ChartRow* row : m_rows) {
        left = std::max(left, row->numbersWidth());
        right = std::max(right, row->namesWidth());
    }
    for (ChartRow* row : m_rows) row->setRoom(left, right);
    // what the chart makes of its labels differs from their widths by some pixels
    double begin = 0;
    for (const ChartRow* row : m_rows) begin = std::max(begin, row->plotLeft());
    for (ChartRow* row : m_rows) row->indent(begin - row->plotLeft());
    movePlayhead();
}

void ChartsPanel::movePlayhead() {
    if (!m_run.hasRun() || m_run.samples().empty()) return;
    const TimeUnit unit = unitOf(m_run.samples().samples.back().time);
    for (ChartRow* row : m_rows) row->setPlayhead(static_cast<double>(m_run.world().now) / unit.nanoseconds);
}

}  // namespace ringside
