#include "views/marks/places_page.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <functional>

#include "engine/core/fields_visitors.h"
#include "views/marks/mark_list.h"
#include "views/session/format.h"

namespace ringside {
namespace {

/// Counters that moved, at most; the rest is counted.
constexpr int kMostCounters = 12;

void addMoved(QStringList& lines, const QString& prefix, const Value& before, const Value& now) {
    for (const Value& value : now.children) {
        const Value* old = before.child(value.name);
        if (!old) continue;
        const QString name = prefix.isEmpty() ? QString::fromStdString(value.name)
                                              : prefix + QLatin1Char('.') + QString::fromStdString(value.name);
        if (!value.leaf())
            addMoved(lines, name, *old, value);
        else if (value.kind == Value::Kind::number && value.number != old->number)
            lines << QStringLiteral("%1 %2%3").arg(name, value.number > old->number ? QStringLiteral("+") : QString(),
                                                   QString::number(value.number - old->number));
    }
}

}  // namespace

MarkedPlace placeHere(const RunState& run) { return {run.position(), run.branch()}; }

QString placeName(const RunState& run) {
    if (!run.event()) return PlacesPage::tr("The beginning");
    return PlacesPage::tr("%1, event %2").arg(run.functionName(run.event()->function), countText(run.position()));
}

QStringList differenceOf(RunState& run, Position from, Position to) {
    if (from > to) std::swap(from, to);
    const World before = run.timeline().at(from), now = run.timeline().at(to);
    QStringList lines{PlacesPage::tr("%1 events, %2").arg(countText(to - from), timeText(now.now - before.now))};
    QStringList moved;
    addMoved(moved, {}, valueOf(*before.net().counters), valueOf(*now.net().counters));
    lines << moved.mid(0, kMostCounters);
    if (moved.size() > kMostCounters) lines << PlacesPage::tr("and %1 more").arg(moved.size() - kMostCounters);
    if (moved.isEmpty()) lines << PlacesPage::tr("No protocol counter moved.");
    return lines;
}

PlacesPage::PlacesPage(const MarkParts& parts, QWidget* parent)
    : QWidget(parent), m_parts(parts), m_theme(makeTheme(ThemeKind::light)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    auto* grid = new QGridLayout;
    for (int i = 0; i < 2; ++i) {
        const auto which = static_cast<std::size_t>(i);
        m_at[i] = new QLabel;
        m_set[i] = new QPushButton;
        m_set[i]->setObjectName(QStringLiteral("marker-set-%1").arg(i));
        m_go[i] = new QPushButton;
        m_go[i]->setObjectName(QStringLiteral("marker-go-%1").arg(i));
        m_go[i]->setProperty("flat", true);
        grid->addWidget(m_at[i], i, 0);
        grid->addWidget(m_set[i], i, 1);
        grid->addWidget(m_go[i], i, 2);
        connect(m_set[i], &QPushButton::clicked, this, [this, which] {
            if (m_parts.run.hasRun()) m_parts.marks.setMarker(which, placeHere(m_parts.run));
        });
        connect(m_go[i], &QPushButton::clicked, this, [this, which] {
            if (const auto& place = m_parts.marks.now().markers.at(which)) m_parts.go(*place);
        });
    }
    grid->setColumnStretch(0, 1);
    column->addLayout(grid);
    m_between = new QLabel;
    m_between->setObjectName("marker-between");
    m_between->setWordWrap(true);
    m_between->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_between);
    m_title = new QLabel;
    m_title->setProperty("tone", "secondary");
    column->addWidget(m_title);
    m_list = new QListWidget;
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_rows = new MarkList(QStringLiteral("bookmark"), m_list);
    m_add = m_rows->addButton(QStringLiteral("bookmark-add"));
    column->addWidget(m_rows, 1);
    connect(m_add, &QPushButton::clicked, this, &PlacesPage::addHere);
    connect(m_rows, &MarkList::removed, this,
            [this](int row) { m_parts.marks.removeBookmark(static_cast<std::size_t>(row)); });
    connect(m_rows, &MarkList::entered, this, &PlacesPage::go);
    connect(m_rows, &MarkList::menuAsked, this, &PlacesPage::fillMenu);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { go(m_list->row(item)); });
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        m_parts.marks.renameBookmark(static_cast<std::size_t>(m_list->row(item)), item->text());
    });
    connect(&m_parts.marks, &MarkBook::changed, this, &PlacesPage::refresh, Qt::QueuedConnection);
    connect(&m_parts.run, &RunState::runChanged, this, &PlacesPage::refresh);
    retranslate();
}

void PlacesPage::setTheme(const Theme& theme) {
    m_theme = theme;
    m_between->setFont(theme.font(TextToken::small));
}

void PlacesPage::focusList() {
    m_list->isVisible() ? m_list->setFocus(Qt::ShortcutFocusReason) : m_add->setFocus(Qt::ShortcutFocusReason);
}

void PlacesPage::addHere() {
    if (!m_parts.run.hasRun()) return;
    const std::size_t index = m_parts.marks.addBookmark(placeHere(m_parts.run), placeName(m_parts.run));
    refresh();
    m_list->setCurrentRow(static_cast<int>(index));
    m_list->setFocus(Qt::ShortcutFocusReason);
    m_list->editItem(m_list->currentItem());
}

void PlacesPage::go(int row) {
    const auto& all = m_parts.marks.now().bookmarks;
    if (row < 0 || static_cast<std::size_t>(row) >= all.size()) return;
    const MarkedPlace place = all[static_cast<std::size_t>(row)].place;
    m_parts.go(place);
}

void PlacesPage::refresh() {
    const Marks& marks = m_parts.marks.now();
    const bool run = m_parts.run.hasRun();
    const auto& [a, b] = marks.markers;
    for (int i = 0; i < 2; ++i) {
        const auto& marker = marks.markers.at(static_cast<std::size_t>(i));
        const QString name = i == 0 ? QStringLiteral("A") : QStringLiteral("B");
        m_at[i]->setText(marker ? tr("%1: event %2").arg(name, countText(marker->position))
                                : tr("%1: not set").arg(name));
        m_set[i]->setEnabled(run);
        m_go[i]->setEnabled(run && marker.has_value());
    }
    const bool both = run && a && b && a->branch == m_parts.run.branch() && b->branch == m_parts.run.branch() &&
                      std::max(a->position, b->position) <= m_parts.run.limit();
    m_between->setVisible(run && a && b);
    if (both)
        m_between->setText(
            tr("Between them: %1").arg(differenceOf(m_parts.run, a->position, b->position).join(QStringLiteral("\n"))));
    else
        m_between->setText(tr("They cannot be compared here: one is on another branch, or behind an open question."));
    const QSignalBlocker quiet(m_list);
    const int current = m_list->currentRow();
    m_list->clear();
    for (const Bookmark& bookmark : marks.bookmarks) {
        auto* item = new QListWidgetItem(bookmark.name, m_list);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        const QString at = bookmark.place.branch == 0 || !run
                               ? tr("event %1").arg(countText(bookmark.place.position))
                               : tr("event %1, on another branch").arg(countText(bookmark.place.position));
        item->setToolTip(at);
        item->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(bookmark.name, at));
    }
    m_rows->rowsChanged(current);
    m_add->setEnabled(run);
}

void PlacesPage::fillMenu(int row, QMenu* menu) {
    connect(menu->addAction(tr("Go there")), &QAction::triggered, this, [this, row] { go(row); });
    connect(menu->addAction(tr("Rename")), &QAction::triggered, this, [this, row] {
        if (m_list->item(row)) m_list->editItem(m_list->item(row));
    });
}

void PlacesPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void PlacesPage::retranslate() {
    for (int i = 0; i < 2; ++i) {
        const QString name = i == 0 ? QStringLiteral("A") : QStringLiteral("B");
        m_set[i]->setText(tr("Set here"));
        m_set[i]->setAccessibleName(tr("Set marker %1 here").arg(name));
        m_go[i]->setText(tr("Go"));
        m_go[i]->setAccessibleName(tr("Go to marker %1").arg(name));
    }
    m_title->setText(tr("Bookmarks"));
    m_rows->setTexts(tr("Bookmarks"), tr("No bookmark yet. Go to a moment and add one."));
    m_add->setText(tr("Add here"));
    refresh();
}

}  // namespace ringside
