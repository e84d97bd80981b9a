#include "views/marks/breakpoint_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>

#include "views/marks/word_edit.h"

namespace ringside {

BreakpointPage::BreakpointPage(const MarkParts& parts, QWidget* parent)
    : QWidget(parent), m_parts(parts), m_theme(makeTheme(ThemeKind::light)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    m_edit = new WordEdit([this] { return conditionWords(m_parts.run); });
    m_edit->setObjectName("breakpoint-edit");
    m_add = new QPushButton;
    m_add->setObjectName("breakpoint-add");
    row->addWidget(m_edit, 1);
    row->addWidget(m_add);
    column->addLayout(row);
    m_wrong = new QLabel;
    m_wrong->setObjectName("breakpoint-wrong");
    m_wrong->setWordWrap(true);
    m_wrong->hide();
    column->addWidget(m_wrong);
    m_list = new QListWidget;
    m_list->setObjectName("breakpoint-list");
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->installEventFilter(this);
    column->addWidget(m_list, 1);
    m_empty = new QLabel;
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("tone", "tertiary");
    column->addWidget(m_empty, 1);
    auto* below = new QHBoxLayout;
    m_back = new QPushButton;
    m_back->setObjectName("breakpoint-back");
    m_on = new QPushButton;
    m_on->setObjectName("breakpoint-on");
    m_remove = new QPushButton;
    m_remove->setObjectName("breakpoint-remove");
    m_remove->setProperty("flat", true);
    below->addWidget(m_back);
    below->addWidget(m_on);
    below->addStretch();
    below->addWidget(m_remove);
    column->addLayout(below);

    connect(m_edit, &QLineEdit::returnPressed, this, &BreakpointPage::add);
    connect(m_edit, &QLineEdit::textEdited, m_wrong, &QWidget::hide);
    connect(m_add, &QPushButton::clicked, this, &BreakpointPage::add);
    connect(m_back, &QPushButton::clicked, this, [this] { m_parts.hunt.toBreakpoint(Direction::backward); });
    connect(m_on, &QPushButton::clicked, this, [this] { m_parts.hunt.toBreakpoint(Direction::forward); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (m_list->currentRow() >= 0) m_parts.marks.removeBreakpoint(static_cast<std::size_t>(m_list->currentRow()));
    });
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        m_parts.marks.setBreakpointOn(static_cast<std::size_t>(m_list->row(item)), item->checkState() == Qt::Checked);
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &BreakpointPage::showMenu);
    connect(&m_parts.marks, &MarkBook::changed, this, &BreakpointPage::refresh);
    connect(&m_parts.run, &RunState::runChanged, this, &BreakpointPage::refresh);
    connect(&m_parts.hunt, &Hunt::arrived, this, &BreakpointPage::refresh);
    retranslate();
}

void BreakpointPage::setTheme(const Theme& theme) {
    m_theme = theme;
    m_edit->setFont(theme.font(TextToken::mono));
    m_list->setFont(theme.font(TextToken::mono));
    QPalette palette = m_wrong->palette();
    palette.setColor(QPalette::WindowText, theme.color(Role::drop_text));
    m_wrong->setPalette(palette);
    refresh();
}

void BreakpointPage::focusEdit() { m_edit->setFocus(Qt::ShortcutFocusReason); }

QString BreakpointPage::complaint() const { return m_wrong->isHidden() ? QString() : m_wrong->text(); }

void BreakpointPage::add() {
    const QString text = m_edit->text().trimmed();
    const QString wrong = m_parts.run.hasRun() ? m_parts.hunt.wrong(text) : QString();
    m_wrong->setText(wrong);
    m_wrong->setVisible(!wrong.isEmpty());
    if (!wrong.isEmpty() || text.isEmpty()) return;
    m_parts.marks.addBreakpoint(text);
    m_edit->clear();
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
    m_list->setCurrentRow(std::min(std::max(current, 0), m_list->count() - 1));
    const bool any = m_list->count() > 0;
    m_list->setVisible(any);
    m_empty->setVisible(!any);
    m_remove->setEnabled(any);
    m_back->setEnabled(any);
    m_on->setEnabled(any);
}

bool BreakpointPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int k = static_cast<QKeyEvent*>(event)->key();
        if ((k == Qt::Key_Delete || k == Qt::Key_Backspace) && m_list->currentRow() >= 0) {
            m_parts.marks.removeBreakpoint(static_cast<std::size_t>(m_list->currentRow()));
            return true;
        }
        if ((k == Qt::Key_Return || k == Qt::Key_Enter) && m_list->currentItem()) {
            m_parts.hunt.toCondition(m_list->currentItem()->text(), Direction::forward);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void BreakpointPage::showMenu(QPoint where) {
    const QListWidgetItem* item = m_list->itemAt(where);
    if (!item) return;
    const auto index = static_cast<std::size_t>(m_list->row(item));
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString text = item->text();
    connect(menu->addAction(tr("On to the next")), &QAction::triggered, this,
            [this, text] { m_parts.hunt.toCondition(text, Direction::forward); });
    connect(menu->addAction(tr("Back to the last")), &QAction::triggered, this,
            [this, text] { m_parts.hunt.toCondition(text, Direction::backward); });
    connect(menu->addAction(tr("Change")), &QAction::triggered, this, [this, text, index] {
        m_parts.marks.removeBreakpoint(index);
        m_edit->setText(text);
        focusEdit();
    });
    connect(menu->addAction(tr("Delete")), &QAction::triggered, this,
            [this, index] { m_parts.marks.removeBreakpoint(index); });
    menu->popup(m_list->viewport()->mapToGlobal(where));
}

void BreakpointPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void BreakpointPage::retranslate() {
    m_edit->setPlaceholderText(tr("udp_rcv, drop, packet 3, skb.len > 1000"));
    m_edit->setAccessibleName(tr("New breakpoint"));
    m_edit->setToolTip(
        tr("A function, a stage (“ip_rcv_core: …”), drop and a reason, packet, cpu, task; an expression over the "
           "state, or a name with “changes”"));
    m_add->setText(tr("Add"));
    m_list->setAccessibleName(tr("Breakpoints"));
    m_empty->setText(
        tr("No breakpoint yet. Type where the run is to stop, or right-click a function, a packet or a value."));
    m_back->setText(tr("Back to the last"));
    m_on->setText(tr("On to the next"));
    m_remove->setText(tr("Delete"));
    refresh();
}

}  // namespace ringside
