#include "views/marks/breakpoint_page.h"

#include <QEvent>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/marks/mark_list.h"
#include "views/marks/word_edit.h"
#include "views/marks/word_line.h"

namespace ringside {

BreakpointPage::BreakpointPage(const MarkParts& parts, QWidget* parent)
    : QWidget(parent), m_parts(parts), m_theme(makeTheme(ThemeKind::light)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    m_line = new WordLine(
        QStringLiteral("breakpoint"), [this] { return conditionWords(m_parts.run); },
        [this](const QString& text) { return add(text); });
    column->addWidget(m_line);
    m_list = new QListWidget;
    m_rows = new MarkList(QStringLiteral("breakpoint"), m_list);
    m_back = m_rows->addButton(QStringLiteral("breakpoint-back"));
    m_on = m_rows->addButton(QStringLiteral("breakpoint-on"));
    column->addWidget(m_rows, 1);

    connect(m_back, &QPushButton::clicked, this, [this] { m_parts.hunt.toBreakpoint(Direction::backward); });
    connect(m_on, &QPushButton::clicked, this, [this] { m_parts.hunt.toBreakpoint(Direction::forward); });
    connect(m_rows, &MarkList::removed, this,
            [this](int row) { m_parts.marks.removeBreakpoint(static_cast<std::size_t>(row)); });
    connect(m_rows, &MarkList::entered, this,
            [this](int row) { m_parts.hunt.toCondition(m_list->item(row)->text(), Direction::forward); });
    connect(m_rows, &MarkList::menuAsked, this, &BreakpointPage::fillMenu);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        m_parts.marks.setBreakpointOn(static_cast<std::size_t>(m_list->row(item)), item->checkState() == Qt::Checked);
    });
    connect(&m_parts.marks, &MarkBook::changed, this, &BreakpointPage::refresh);
    connect(&m_parts.run, &RunState::runChanged, this, &BreakpointPage::refresh);
    connect(&m_parts.hunt, &Hunt::arrived, this, &BreakpointPage::refresh);
    retranslate();
}

void BreakpointPage::setTheme(const Theme& theme) {
    m_theme = theme;
    m_line->setTheme(theme);
    m_list->setFont(theme.font(TextToken::mono));
    refresh();
}

WordEdit& BreakpointPage::edit() { return m_line->edit(); }
void BreakpointPage::focusEdit() { edit().setFocus(Qt::ShortcutFocusReason); }
QString BreakpointPage::complaint() const { return m_line->complaint(); }

QString BreakpointPage::add(const QString& text) {
    QString wrong = m_parts.run.hasRun() ? m_parts.hunt.wrong(text) : QString();
    if (wrong.isEmpty() && !text.isEmpty()) m_parts.marks.addBreakpoint(text);
    return wrong;
}

void BreakpointPage::refresh() {
    const QSignalBlocker quiet(m_list);
    const int current = m_list->currentRow();
    m_list->clear();
    const auto& met = m_parts.hunt.met();
    for (const Breakpoint& breakpoint : m_parts.marks.now().breakpoints) {
        auto* item = new QListWidgetItem(breakpoint.text, m_list);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(breakpoint.on ? Qt::Checked : Qt::Unchecked);
        const QString wrong = m_parts.run.hasRun() ? m_parts.hunt.wrong(breakpoint.text) : QString();
        const bool here = met && met->what == breakpoint.text && met->position == m_parts.run.position();
        const QString state = !wrong.isEmpty() ? wrong
                              : here           ? tr("The run stopped here because of this.")
                              : breakpoint.on  ? tr("On")
                                               : tr("Off");
        item->setToolTip(state);
        item->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(breakpoint.text, state));
        if (!wrong.isEmpty()) item->setForeground(m_theme.color(Role::text3));
        if (here) item->setFont(m_theme.font(TextToken::mono_bold));
    }
    m_rows->rowsChanged(current);
    m_back->setEnabled(m_rows->any());
    m_on->setEnabled(m_rows->any());
}

void BreakpointPage::fillMenu(int row, QMenu* menu) {
    const QString text = m_list->item(row)->text();
    connect(menu->addAction(tr("On to the next")), &QAction::triggered, this,
            [this, text] { m_parts.hunt.toCondition(text, Direction::forward); });
    connect(menu->addAction(tr("Back to the last")), &QAction::triggered, this,
            [this, text] { m_parts.hunt.toCondition(text, Direction::backward); });
    connect(menu->addAction(tr("Change")), &QAction::triggered, this, [this, text, row] {
        m_parts.marks.removeBreakpoint(static_cast<std::size_t>(row));
        edit().setText(text);
        focusEdit();
    });
}

void BreakpointPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void BreakpointPage::retranslate() {
    m_line->setTexts(
        tr("udp_rcv, drop, packet 3, skb.len > 1000"), tr("New breakpoint"),
        tr("A function, a stage (“ip_rcv_core: …”), drop and a reason, packet, cpu, task; an expression over the "
           "state, or a name with “changes”"));
    m_rows->setTexts(
        tr("Breakpoints"),
        tr("No breakpoint yet. Type where the run is to stop, or right-click a function, a packet or a value."));
    m_back->setText(tr("Back to the last"));
    m_on->setText(tr("On to the next"));
    refresh();
}

}  // namespace ringside
