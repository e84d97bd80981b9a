#include "views/charts/charts_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "views/session/series_table.h"

namespace ringside {
namespace {

double highest(const ChartLine& line) {
    double top = 0;
    for (const QPointF& p : line.points)
        if (p.y() > top) top = p.y();
    return top;
}

}  // namespace

ChartsPanel::ChartsPanel(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, QWidget* parent)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_view(view),
      m_travel(travel),
      m_theme(makeTheme(ThemeKind::light)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    m_stack = new QStackedLayout(this);
    m_empty = new QLabel;
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("tone", "secondary");
    auto* charts = new QWidget;
    auto* page = new QVBoxLayout(charts);
    page->setContentsMargins(20, 12, 20, 12);
    page->setSpacing(8);
    auto* ask = new QHBoxLayout;
    ask->setSpacing(8);
    m_expression = new QLineEdit;
    m_expression->setObjectName("series-expression");
    m_expression->setClearButtonEnabled(true);
    m_add = new QPushButton;
    m_add->setObjectName("series-add");
    m_own = new QHBoxLayout;
    m_own->setSpacing(4);
    ask->addWidget(m_expression, 1);
    ask->addWidget(m_add);
    ask->addLayout(m_own);
    page->addLayout(ask);
    m_complaint = new QLabel;
    m_complaint->setObjectName("series-complaint");
    m_complaint->setWordWrap(true);
    m_complaint->hide();
    page->addWidget(m_complaint);
    m_column = new QVBoxLayout;
    m_column->setSpacing(8);
    page->addLayout(m_column, 1);
    m_note = new QLabel;
    m_note->setProperty("tone", "secondary");
    m_note->setWordWrap(true);
    page->addWidget(m_note);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(charts);
    connect(m_expression, &QLineEdit::returnPressed, this, &ChartsPanel::addOwn);
    connect(m_add, &QPushButton::clicked, this, &ChartsPanel::addOwn);
    connect(m_expression, &QLineEdit::textChanged, m_complaint, &QLabel::hide);
    connect(&m_run, &RunState::runChanged, this, [this] {
        m_zoom.reset();
        refresh();
    });
    connect(&m_run, &RunState::knownChanged, this, &ChartsPanel::refresh);
    connect(&m_run, &RunState::lessonChanged, this, &ChartsPanel::refresh);
    connect(&m_run, &RunState::moved, this, &ChartsPanel::movePlayhead);
    connect(&m_view, &ViewState::changed, this, [this](ViewParts parts) {
        if (!parts.testFlag(ViewPart::series)) return;
        showOwn();
        refresh();
    });
    showOwn();
    retranslate();
}

void ChartsPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    for (ChartRow* row : m_rows) row->setTheme(theme);
    m_note->setFont(theme.font(TextToken::small));
    m_expression->setFont(theme.font(TextToken::mono));
    m_complaint->setStyleSheet(QStringLiteral("color: %1;").arg(theme.color(textOf(Tone::drop)).name()));
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
    m_note->setText(
        tr("Model time: the cost of each stage is notional. Click to go there; the wheel zooms, a double click shows "
           "all."));
    m_expression->setPlaceholderText(tr("Your own: nic.eth0.rx.used, cpu[0].context, sum(socket[*].sk_rmem_alloc)"));
    m_expression->setAccessibleName(tr("Expression to draw"));
    m_add->setText(tr("Add chart"));
    m_complaint->hide();
    showOwn();
    refresh();
}

QString ChartsPanel::complaint() const { return m_complaint->isHidden() ? QString() : m_complaint->text(); }

QString ChartsPanel::wrong(const std::string& expression) const {
    const Result<Expression> read = Expression::parse(expression, {});
    if (!read) return m_texts.text(read.error());
    if (read->counts()) return tr("A count over a part of the run has no value at a moment.");
    // what does not exist here may exist later
    const Result<double> now = read->evaluate({m_run.world(), m_run.inputs(), m_run.event().value_or(Event{})});
    if (now) return {};
    const auto [world, event] = m_run.lastKnown();
    const Result<double> last = read->evaluate({world, m_run.inputs(), event});
    return last ? QString() : m_texts.text(now.error());
}

void ChartsPanel::addOwn() {
    const QString text = m_expression->text().trimmed();
    if (text.isEmpty() || !m_run.hasRun()) return;
    std::vector<QString> own = m_view.now().series;
    if (const QString complaint = wrong(text.toStdString()); !complaint.isEmpty()) {
        m_complaint->setText(complaint);
        m_complaint->show();
        return;
    }
    m_expression->clear();
    if (std::find(own.begin(), own.end(), text) != own.end()) return;
    own.push_back(text);
    m_view.setSeries(std::move(own));
}

void ChartsPanel::showOwn() {
    while (QLayoutItem* item = m_own->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const QString& expression : m_view.now().series) {
        auto* remove = new QPushButton(QStringLiteral("× %1").arg(expression));
        remove->setObjectName("series-remove");
        remove->setProperty("flat", true);
        remove->setToolTip(tr("Remove this chart"));
        remove->setAccessibleName(tr("Remove the chart of %1").arg(expression));
        connect(remove, &QPushButton::clicked, this, [this, expression] {
            std::vector<QString> own = m_view.now().series;
            std::erase(own, expression);
            m_view.setSeries(std::move(own));
        });
        m_own->addWidget(remove);
    }
}

void ChartsPanel::zoomTo(std::optional<TimeSpan> span) {
    if (span) {
        // never beyond the run, never to less than a nanosecond a screen
        span->begin = std::clamp(span->begin, 0.0, m_end);
        span->end = std::clamp(span->end, 0.0, m_end);
        if (span->end - span->begin < m_end * 1e-9) return;
    }
    m_zoom = span;
    for (ChartRow* row : m_rows) row->setSpan(m_zoom.value_or(m_fit));
}

void ChartsPanel::goTo(double x) {
    const RunSamples& run = m_run.samples();
    if (run.empty()) return;
    const TimeUnit unit = unitOf(run.samples.back().time);
    m_travel.seek(run.samples[run.indexAtTime(static_cast<Time>(x * unit.nanoseconds))].position);
}

void ChartsPanel::showRows(std::size_t count) {
    while (m_rows.size() > count) {
        m_rows.back()->deleteLater();
        m_rows.back()->hide();
        m_rows.pop_back();
    }
    while (m_rows.size() < count) {
        auto* row = new ChartRow;
        row->setObjectName(QStringLiteral("chart-%1").arg(m_rows.size()));
        row->setTheme(m_theme);
        m_column->addWidget(row, 1);
        connect(row, &ChartRow::picked, this, &ChartsPanel::goTo);
        connect(row, &ChartRow::zoomed, this, &ChartsPanel::zoomTo);
        connect(row, &ChartRow::fitted, this, [this] { zoomTo({}); });
        m_rows.push_back(row);
    }
}

std::vector<ChartsPanel::Chart> ChartsPanel::charts(const TimeUnit& unit) const {
    const RunSamples& run = m_run.samples();
    const Position limit = m_run.limit();
    std::vector<Chart> all;
    const char* open = nullptr;  // the chart that the last row stands in
    for (const SeriesLook& look : seriesLooks(m_run.world(), m_view.now().series)) {
        const bool own = look.chart[0] == '\0';
        const QString expression = QString::fromStdString(look.expression);
        if (own || look.chart != open) all.push_back({own ? expression : tr(look.chart), {}});
        open = look.chart;
        QString name = own ? tr("value") : tr(look.label);
        if (!look.of.empty()) name = QStringLiteral("%1: %2").arg(QString::fromStdString(look.of), name);
        ChartLine line{name, look.role, look.style, {}, true};
        const Series* series = run.find(look.expression);
        for (std::size_t i = 0; series && i < run.samples.size(); ++i) {
            if (run.samples[i].position > limit) break;  // an open question hides the rest
            line.points.emplace_back(static_cast<double>(run.samples[i].time) / unit.nanoseconds, series->values[i]);
        }
        std::vector<ChartLine>& lines = all.back().lines;
        // a limit far above its line would press it flat; it is drawn where the run comes near it
        if (look.limit && (lines.empty() || highest(lines.back()) * 4 < highest(line))) continue;
        lines.push_back(std::move(line));
    }
    return all;
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
    const Time end = m_run.samples().samples.back().time;
    const TimeUnit unit = unitOf(end);
    const std::vector<Chart> all = charts(unit);
    showRows(all.size());
    std::vector<ChartLine> lines;
    for (const Chart& one : all) lines.insert(lines.end(), one.lines.begin(), one.lines.end());
    m_end = static_cast<double>(end) / unit.nanoseconds;
    m_fit = movingSpan(lines, m_end);
    for (std::size_t i = 0; i < all.size(); ++i)
        m_rows[i]->setData(all[i].title, unit.name, m_zoom.value_or(m_fit), all[i].lines);
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
