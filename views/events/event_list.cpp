#include "views/events/event_list.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTableView>
#include <algorithm>

#include "views/events/why_menu.h"
#include "views/menus/thing_menus.h"
#include "views/session/format.h"
#include "views/theme/glyph.h"

namespace ringside {
namespace {

/// Draws the glyph of the context before the function's name; hollow for what has not been played.
class FunctionDelegate : public QStyledItemDelegate {
  public:
    explicit FunctionDelegate(QObject* parent) : QStyledItemDelegate(parent) {}
    Theme theme;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem shifted = option;
        shifted.rect.setLeft(option.rect.left() + 20);
        QStyledItemDelegate::paint(painter, shifted, index);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 20, option.rect.height()),
                              theme.color(Role::ink));
        const QVariant context = index.data(EventModel::contextRole);
        const bool next = index.data(EventModel::nextRole).toBool();
        const bool drops = index.data(EventModel::dropRole).toBool();
        const Tone tone = drops ? Tone::drop : toneOf(static_cast<Context>(context.toInt()));
        const Glyph glyph = next ? Glyph::hollow_circle : glyphOf(tone);
        const QColor color = theme.color(selected ? Role::onink : next ? Role::text3 : solidOf(tone));
        painter->translate(option.rect.left() + 11, option.rect.center().y() + 0.5);
        const GlyphShape& shape = shapeOf(glyph);
        if (shape.stroke > 0)
            painter->strokePath(shape.path, QPen(color, shape.stroke));
        else
            painter->fillPath(shape.path, color);
        if (shape.outlined && !selected) painter->strokePath(shape.path, QPen(theme.color(textOf(tone)), 1));
        painter->restore();
    }
};

}  // namespace

EventList::EventList(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, QWidget* parent,
                     int rows)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_view(view),
      m_travel(travel),
      m_model(new EventModel(run, texts, this)),
      m_page(new EventPage(*m_model, rows, this)),
      m_theme(makeTheme(ThemeKind::light)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    m_filter = new QLineEdit;
    m_filter->setObjectName("event-filter");
    m_filter->setClearButtonEnabled(true);
    m_count = new QLabel;
    m_count->setObjectName("event-count");
    m_count->setProperty("tone", "tertiary");
    row->addWidget(m_filter, 1);
    row->addWidget(m_count);
    column->addLayout(row);
    m_table = new QTableView;
    m_table->setObjectName("event-table");
    m_table->setModel(m_page);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setSectionResizeMode(EventModel::what, QHeaderView::Stretch);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    m_table->setItemDelegateForColumn(EventModel::function, new FunctionDelegate(this));
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->installEventFilter(this);
    m_bar = new QScrollBar(Qt::Vertical);
    m_bar->setObjectName("event-scroll");
    auto* table = new QHBoxLayout;
    table->setSpacing(0);
    table->addWidget(m_table, 1);
    table->addWidget(m_bar);
    column->addLayout(table, 1);
    m_empty = new QLabel;
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("tone", "tertiary");
    m_empty->setWordWrap(true);
    column->addWidget(m_empty, 1);

    connect(m_filter, &QLineEdit::textChanged, &m_view, &ViewState::setFilter);
    connect(&m_view, &ViewState::changed, this, [this](ViewParts parts) {
        if (parts.testFlag(ViewPart::filter)) showFilter();
    });
    const auto go = [this](const QModelIndex& at) { m_travel.seek(m_model->positionOf(m_page->first() + at.row())); };
    connect(m_table, &QTableView::clicked, this, go);
    connect(m_table, &QTableView::activated, this, go);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &EventList::scrolled);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &EventList::fitBar);
    connect(m_bar, &QScrollBar::valueChanged, this, &EventList::scrollTo);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QTableView::customContextMenuRequested, this, &EventList::showMenu);
    connect(m_model, &EventModel::found, this, &EventList::tell);
    connect(m_model, &EventModel::found, this, [this] {
        // more rows: who went elsewhere in the list stays there
        const QModelIndex at = m_table->currentIndex();
        const bool ours = at.isValid() && m_page->first() + at.row() == m_followed;
        if (!at.isValid() || (ours && m_run.hasRun() && m_model->rowOf(m_run.position()) != m_followed)) follow();
    });
    connect(&m_run, &RunState::moved, this, &EventList::follow);
    showFilter();
    retranslate();
}

void EventList::setTheme(const Theme& theme) {
    m_theme = theme;
    const double scale = theme.text_percent / 100.0;
    static_cast<FunctionDelegate*>(m_table->itemDelegateForColumn(EventModel::function))->theme = theme;
    m_model->setTheme(theme);
    // the minimum first: a default below it would be raised to it
    m_table->verticalHeader()->setMinimumSectionSize(qRound(26 * scale));
    m_table->verticalHeader()->setDefaultSectionSize(qRound(26 * scale));
    const QFontMetrics mono(theme.font(TextToken::mono_small));
    auto* header = m_table->horizontalHeader();
    header->resizeSection(EventModel::time, mono.horizontalAdvance(QStringLiteral("00.000000 ms")) + 16);
    header->resizeSection(EventModel::cpu, qRound(48 * scale));
    header->resizeSection(EventModel::function,
                          mono.horizontalAdvance(QStringLiteral("__netif_receive_skb_core")) + 32);
    header->resizeSection(EventModel::packet, qRound(64 * scale));
}

void EventList::setMenus(const ThingMenus& menus) { m_menus = std::make_shared<const ThingMenus>(menus); }

void EventList::showMenu(QPoint where) {
    const QModelIndex index = m_table->indexAt(where);
    if (!index.isValid() || !m_run.hasRun()) return;
    QMenu* menu = rowMenu(m_page->first() + index.row());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(m_table->viewport()->mapToGlobal(where));
}

QMenu* EventList::rowMenu(int row) {
    auto* menu = new QMenu(this);
    const Position position = m_model->positionOf(row);
    const std::optional<Event> event = m_run.eventAt(position);
    if (!event) return menu;
    QStringList cells;
    for (int column = 0; column < EventModel::columns; ++column)
        cells << m_model->index(row, column).data(Qt::DisplayRole).toString();
    connect(menu->addAction(tr("Copy the row")), &QAction::triggered, this,
            [text = cells.join(QLatin1Char('\t'))] { QGuiApplication::clipboard()->setText(text); });
    connect(menu->addAction(tr("Go there")), &QAction::triggered, this, [this, position] { m_travel.seek(position); });
    if (m_menus) {
        const FunctionInfo& info = m_run.inputs().function(event->function);
        QString condition;
        if (event->kind == EventKind::stage && event->stage < info.stages.size())
            condition =
                QStringLiteral("%1: %2").arg(QLatin1String(info.name), QLatin1String(info.stages[event->stage].name));
        menu->addSeparator();
        m_menus->addFunction(*menu, event->function, condition);
        if (event->packet) {
            menu->addSeparator();
            m_menus->addPacket(*menu, event->packet);
        }
        menu->addSeparator();
        addCauses(*menu->addMenu(tr("Why?")), m_run, m_travel, position);
        return menu;
    }
    if (event->packet) {
        connect(menu->addAction(tr("Follow packet %1").arg(event->packet)), &QAction::triggered, this,
                [this, packet = event->packet] { m_view.follow(packet, true); });
    }
    const QString function = m_run.functionName(event->function);
    for (const Direction direction : {Direction::forward, Direction::backward}) {
        const QString text = direction == Direction::forward ? tr("On to the next %1") : tr("Back to the last %1");
        connect(menu->addAction(text.arg(function)), &QAction::triggered, this,
                [this, position, direction, id = event->function] {
                    const Found found = m_run.find(EventFilter::function(id), direction, position);
                    if (found) m_travel.seek(found.position);
                });
    }
    menu->addSeparator();
    addCauses(*menu->addMenu(tr("Why?")), m_run, m_travel, position);
    return menu;
}

void EventList::showFilter() {
    const QString& filter = m_view.now().filter;
    if (m_filter->text() != filter) m_filter->setText(filter);
    if (m_model->query() != filter) m_model->setQuery(filter);
}

void EventList::focusFilter() {
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void EventList::follow() {
    if (!m_run.hasRun()) return;
    m_followed = m_model->rowOf(m_run.position());
    if (m_followed < 0)
        m_table->clearSelection();
    else
        choose(m_followed);
    m_table->viewport()->update();
}

void EventList::choose(int row) {
    m_scrolling = true;
    m_page->bring(row);
    const QModelIndex index = m_page->indexOf(row, EventModel::function);
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index, QAbstractItemView::EnsureVisible);
    m_scrolling = false;
    scrolled();
}

void EventList::scrollTo(int row) {
    if (m_scrolling) return;
    m_scrolling = true;
    const QModelIndex at = m_table->currentIndex();
    const int chosen = at.isValid() ? m_page->first() + at.row() : -1;
    if (m_page->bring(row + m_bar->pageStep() / 2))
        m_table->setCurrentIndex(m_page->indexOf(chosen, EventModel::function));
    m_table->verticalScrollBar()->setValue(row - m_page->first());
    m_scrolling = false;
    scrolled();
}

void EventList::scrolled() {
    if (m_scrolling) return;
    const int top = m_page->first() + m_table->verticalScrollBar()->value();
    fitBar();
    const QSignalBlocker quiet(m_bar);
    m_bar->setValue(top);
    // near an edge of what the table has, it gets other rows
    const int middle = top + m_bar->pageStep() / 2;
    const QModelIndex at = m_table->currentIndex();
    const int chosen = at.isValid() ? m_page->first() + at.row() : -1;
    m_scrolling = true;
    if (m_page->bring(middle)) {
        m_table->setCurrentIndex(m_page->indexOf(chosen, EventModel::function));
        m_table->verticalScrollBar()->setValue(top - m_page->first());
    }
    m_scrolling = false;
}

void EventList::fitBar() {
    const int shown = std::max(1, m_page->rowCount() - m_table->verticalScrollBar()->maximum());
    const QSignalBlocker quiet(m_bar);
    m_bar->setPageStep(shown);
    m_bar->setRange(0, std::max(0, m_model->rowCount() - shown));
    m_bar->setVisible(m_bar->maximum() > 0);
}

/// The first and the last row are those of all, not of what the table has.
bool EventList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress && m_model->rowCount() > 0) {
        const auto* key = static_cast<const QKeyEvent*>(event);
        const bool end = key->key() == Qt::Key_End;
        if (key->modifiers() == Qt::ControlModifier && (end || key->key() == Qt::Key_Home)) {
            choose(end ? m_model->rowCount() - 1 : 0);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void EventList::tell() {
    const bool any = m_model->rowCount() > 0;
    m_table->setVisible(any);
    fitBar();
    m_empty->setVisible(!any);
    if (!m_run.hasRun())
        m_empty->setText(tr("Nothing is open."));
    else if (m_model->searching())
        m_empty->setText(tr("Searching…"));
    else if (m_model->query().isEmpty())
        m_empty->setText(tr("No event has been played yet."));
    else
        m_empty->setText(tr("No event matches “%1”.").arg(m_model->query()));
    const QString rows = countText(static_cast<std::uint64_t>(m_model->rowCount()));
    m_count->setText(m_model->searching() ? tr("%1 so far").arg(rows) : tr("%1 events").arg(rows));
}

void EventList::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void EventList::retranslate() {
    m_filter->setPlaceholderText(tr("Filter: function, packet 3, cpu 1, drop, NO_SOCKET"));
    m_filter->setAccessibleName(tr("Filter of the event list"));
    m_table->setAccessibleName(tr("Events"));
    m_bar->setAccessibleName(tr("Place in the events"));
    m_model->retranslate();
    tell();
}

}  // namespace ringside
