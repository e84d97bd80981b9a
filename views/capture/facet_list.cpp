#include "views/capture/facet_list.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "views/capture/fate_summary.h"
#include "views/session/format.h"

namespace ringside {
namespace {

constexpr int kRowsShown = 5;  ///< without scrolling

}  // namespace

FacetList::FacetList(const char* name, QWidget* parent) : QWidget(parent), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName(QString::fromLatin1(name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(2);
    m_title = new QLabel;
    m_title->setProperty("tone", "secondary");
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("%1-list").arg(QString::fromLatin1(name)));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    column->addWidget(m_title);
    column->addWidget(m_list);
    connect(m_list, &QListWidget::itemClicked, this,
            [this](const QListWidgetItem* item) { choose(m_list->row(item)); });
    m_list->installEventFilter(this);
    hide();
}

/// Enter and Space do what a click does; a list's own signal for them is some styles' for a click too.
bool FacetList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<const QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
            choose(m_list->currentRow());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FacetList::setTheme(const Theme& theme) {
    m_theme = theme;
    fill();
}

void FacetList::setTitle(const QString& title) {
    m_title->setText(title);
    m_list->setAccessibleName(title);
    fill();
}

void FacetList::setItems(std::vector<FacetItem> items) {
    const bool same = std::equal(m_items.begin(), m_items.end(), items.begin(), items.end(),
                                 [](const FacetItem& a, const FacetItem& b) {
                                     return a.key == b.key && a.text == b.text && a.count == b.count;
                                 });
    m_items = std::move(items);
    if (!same) fill();
}

void FacetList::fill() {
    setVisible(!m_items.empty());
    const int before = m_list->currentRow();
    const QSignalBlocker quiet(m_list);
    while (m_list->count() > static_cast<int>(m_items.size())) delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < static_cast<int>(m_items.size())) new QListWidgetItem(m_list);
    for (int row = 0; row < m_list->count(); ++row) {
        const FacetItem& item = m_items[static_cast<std::size_t>(row)];
        QListWidgetItem* shown = m_list->item(row);
        const bool chosen = m_chosen == item.key;
        shown->setText(QStringLiteral("%1  %2").arg(countText(item.count), item.text));
        shown->setIcon(glyphIcon(item.tone, m_theme));
        QFont font = m_theme.font(TextToken::mono_small);
        font.setBold(chosen);
        shown->setFont(font);
        shown->setToolTip(chosen ? tr("%1: chosen, a click lets go").arg(item.text)
                                 : tr("%1: a click shows only these packets").arg(item.text));
        shown->setData(Qt::AccessibleTextRole, chosen ? tr("%1, chosen").arg(shown->text()) : shown->text());
        shown->setBackground(chosen ? QBrush(m_theme.color(Role::changed_tint)) : QBrush());
    }
    if (before >= 0 && before < m_list->count()) m_list->setCurrentRow(before);
    const int rows = std::clamp(m_list->count(), 1, kRowsShown);
    m_list->setFixedHeight(rows * std::max(18, m_list->sizeHintForRow(0)) + 2 * m_list->frameWidth() + 4);
}

void FacetList::choose(int row) {
    if (row < 0 || row >= static_cast<int>(m_items.size())) return;
    const std::uint64_t key = m_items[static_cast<std::size_t>(row)].key;
    if (m_chosen == key)
        m_chosen.reset();
    else
        m_chosen = key;
    fill();
    emit chosenChanged();
}

void FacetList::clear() {
    m_chosen.reset();
    fill();
}

}  // namespace ringside
