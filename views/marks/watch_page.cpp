#include "views/marks/watch_page.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <cmath>

#include "views/marks/mark_list.h"
#include "views/marks/word_edit.h"
#include "views/marks/word_line.h"

namespace ringside {

/// Draws a row's history: the known part from left to right, a mark where the learner is.
class WatchPage::Line : public QStyledItemDelegate {
  public:
    Line(const RunState& run, QObject* parent) : QStyledItemDelegate(parent), m_run(run) {}
    Theme theme = makeTheme(ThemeKind::light);

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(p, option, index);
        const RunSamples& run = m_run.samples();
        const Series* series = run.find(index.siblingAtColumn(0).data().toString().toStdString());
        if (!series || series->values.size() < 2 || m_run.questionHides()) return;
        double least = 0, most = 0;
        bool any = false;
        for (const double v : series->values) {
            if (std::isnan(v)) continue;
            least = any ? std::min(least, v) : v;
            most = any ? std::max(most, v) : v;
            any = true;
        }
        if (!any) return;
        const QRectF box = QRectF(option.rect).adjusted(4, 4, -4, -4);
        const double end = static_cast<double>(std::max<Position>(1, run.last()));
        const auto x = [&](Position at) { return box.left() + static_cast<double>(at) / end * box.width(); };
        const auto y = [&](double v) {
            return most > least ? box.bottom() - (v - least) / (most - least) * box.height() : box.center().y();
        };
        const bool selected = option.state & QStyle::State_Selected;
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        p->setPen(QPen(theme.color(selected ? Role::onink : Role::text2), 1.2));
        // a pixel has one point at most; steps, since nothing changes between two events
        std::optional<QPointF> last;
        const std::size_t every =
            std::max<std::size_t>(1, series->values.size() / static_cast<std::size_t>(box.width() + 1));
        for (std::size_t i = 0; i < series->values.size() && i < run.samples.size(); i += every) {
            if (std::isnan(series->values[i])) {
                last.reset();
                continue;
            }
            const QPointF point(x(run.samples[i].position), y(series->values[i]));
            if (last) {
                p->drawLine(*last, QPointF(point.x(), last->y()));
                p->drawLine(QPointF(point.x(), last->y()), point);
            }
            last = point;
        }
        p->setPen(QPen(theme.color(selected ? Role::onink : Role::ink), 1));
        const double here = std::min(x(m_run.position()), box.right());
        p->drawLine(QPointF(here, option.rect.top() + 1), QPointF(here, option.rect.bottom()));
        p->restore();
    }

  private:
    const RunState& m_run;
};

WatchPage::WatchPage(const MarkParts& parts, QWidget* parent)
    : QWidget(parent), m_parts(parts), m_theme(makeTheme(ThemeKind::light)), m_history(new Line(parts.run, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    m_line = new WordLine(
        QStringLiteral("watch"), [this] { return conditionWords(m_parts.run); },
        [this](const QString& text) { return add(text); });
    column->addWidget(m_line);
    m_list = new QTreeWidget;
    m_list->setColumnCount(3);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setItemDelegateForColumn(2, m_history);
    m_list->header()->setStretchLastSection(true);
    m_rows = new MarkList(QStringLiteral("watch"), m_list);
    column->addWidget(m_rows, 1);
    connect(m_rows, &MarkList::removed, this,
            [this](int row) { m_parts.marks.unwatch(static_cast<std::size_t>(row)); });
    connect(m_rows, &MarkList::entered, this,
            [this](int row) { m_parts.hunt.toLastChange(m_list->topLevelItem(row)->text(0)); });
    connect(m_rows, &MarkList::menuAsked, this, &WatchPage::fillMenu);
    connect(&m_parts.marks, &MarkBook::changed, this, &WatchPage::refresh);
    connect(&m_parts.run, &RunState::moved, this, &WatchPage::refresh);
    connect(&m_parts.run, &RunState::knownChanged, m_list->viewport(), qOverload<>(&QWidget::update));
    retranslate();
}

void WatchPage::setTheme(const Theme& theme) {
    m_theme = theme;
    m_history->theme = theme;
    m_line->setTheme(theme);
    m_list->setFont(theme.font(TextToken::mono));
    const double scale = theme.text_percent / 100.0;
    m_list->header()->resizeSection(0, qRound(150 * scale));
    m_list->header()->resizeSection(1, qRound(110 * scale));
    refresh();
}

WordEdit& WatchPage::edit() { return m_line->edit(); }
void WatchPage::focusEdit() { edit().setFocus(Qt::ShortcutFocusReason); }
QString WatchPage::complaint() const { return m_line->complaint(); }

const Result<Expression>& WatchPage::read(const QString& text) {
    const auto known = m_read.find(text);
    return known != m_read.end() ? known->second
                                 : m_read.emplace(text, Expression::parse(text.toStdString())).first->second;
}

QString WatchPage::add(const QString& text) {
    if (text.isEmpty()) return {};
    const Result<Expression>& expression = read(text);
    if (!expression)
        return stopErrorText({StopError::Kind::expression, text.toStdString(), {}, expression.error().message()},
                             m_parts.texts);
    if (expression->counts())
        return stopErrorText({StopError::Kind::counts, text.toStdString(), {}, {}}, m_parts.texts);
    m_parts.marks.watch(text);
    return {};
}

QString WatchPage::valueOf(const QString& text, bool before) {
    const RunState& run = m_parts.run;
    if (before && !run.previous()) return {};
    const Result<Expression>& expression = read(text);
    if (!expression) return {};
    std::optional<Event> event = run.event();
    if (before) event = run.position() > 1 ? run.eventAt(run.position() - 1) : std::nullopt;
    const Result<std::string> shown =
        expression->show({before ? *run.previous() : run.world(), run.inputs(), event.value_or(Event{})});
    return shown ? QString::fromStdString(*shown) : QString();
}

void WatchPage::refresh() {
    const int current = m_rows->row();
    m_list->clear();
    for (const QString& text : m_parts.marks.now().watched) {
        auto* item = new QTreeWidgetItem(m_list, {text});
        item->setToolTip(0, text);
        if (!m_parts.run.hasRun()) continue;
        const QString now = valueOf(text, false), old = valueOf(text, true);
        const bool changed = m_parts.run.previous() && now != old;
        const QString none = QStringLiteral("–");
        const QString shown = now.isEmpty() ? none : now;
        item->setText(1, changed ? QStringLiteral("%1 → %2").arg(old.isEmpty() ? none : old, shown) : shown);
        item->setToolTip(1, now.isEmpty() ? tr("It has no value at this moment.") : item->text(1));
        if (!changed) continue;
        item->setFont(1, m_theme.font(TextToken::mono_bold));
        for (const int column : {0, 1}) item->setBackground(column, m_theme.color(Role::changed_tint));
    }
    m_rows->rowsChanged(current);
}

void WatchPage::fillMenu(int row, QMenu* menu) {
    const QTreeWidgetItem& item = *m_list->topLevelItem(row);
    const QString text = item.text(0), value = item.text(1);
    connect(menu->addAction(tr("Copy the value")), &QAction::triggered, this,
            [value] { QGuiApplication::clipboard()->setText(value); });
    connect(menu->addAction(tr("Who last changed this?")), &QAction::triggered, this,
            [this, text] { m_parts.hunt.toLastChange(text); });
    connect(menu->addAction(tr("Break where it changes")), &QAction::triggered, this,
            [this, text] { m_parts.marks.addBreakpoint(text + QStringLiteral(" changes")); });
}

void WatchPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void WatchPage::retranslate() {
    m_line->setTexts(tr("skb.len, sum(socket[*].sk_rmem_alloc)"), tr("New watched value"), {});
    m_list->setHeaderLabels({tr("Name"), tr("Value"), tr("History")});
    m_rows->setTexts(tr("Watched values"),
                     tr("Nothing is watched. Type a name of the state, or right-click a value in the inspector."));
    refresh();
}

}  // namespace ringside
