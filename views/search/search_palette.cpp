#include "views/search/search_palette.h"

#include <QApplication>
#include <QEvent>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QVBoxLayout>

#include "views/transport/icons.h"

namespace ringside {
namespace {

/// Answers of one group.
constexpr std::size_t kEach = 6;
/// Of an item of the list: index into the items of the index; -1: the name of a group.
constexpr int kItem = Qt::UserRole;

class SearchRows : public QStyledItemDelegate {
  public:
    SearchRows(QObject* parent, const Theme& theme, const SearchIndex& index)
        : QStyledItemDelegate(parent), m_theme(theme), m_index(index) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const bool group = index.data(kItem).toInt() < 0;
        return {100, qRound((group ? 30 : 32) * m_theme.text_percent / 100.0)};
    }
    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const int margin = qRound(12 * m_theme.text_percent / 100.0);
        QRect room = option.rect.adjusted(margin, 0, -margin, 0);
        const int at = index.data(kItem).toInt();
        if (at < 0) {
            p->setFont(m_theme.font(TextToken::caption_bold));
            p->setPen(m_theme.color(Role::text3));
            p->drawText(room, Qt::AlignLeft | Qt::AlignBottom, index.data(Qt::DisplayRole).toString());
            return;
        }
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || (option.state & QStyle::State_MouseOver))
            p->fillRect(option.rect, m_theme.color(selected ? Role::ink : Role::hover));
        const SearchItem& item = m_index.items()[static_cast<std::size_t>(at)];
        const QColor weak = m_theme.color(selected ? Role::onink : Role::text3);
        p->setPen(weak);
        if (!item.right.isEmpty()) {
            p->setFont(m_theme.font(TextToken::mono_small));
            p->drawText(room, Qt::AlignRight | Qt::AlignVCenter, item.right);
            room.setRight(room.right() - p->fontMetrics().horizontalAdvance(item.right) - margin);
        }
        p->setFont(m_theme.font(item.code ? TextToken::mono_medium : TextToken::ui_medium));
        p->setPen(m_theme.color(selected ? Role::onink : Role::text));
        const QFontMetrics metrics = p->fontMetrics();
        const int most = item.about.isEmpty() ? room.width() : room.width() * 6 / 10;
        const QString name = metrics.elidedText(item.name, item.code ? Qt::ElideMiddle : Qt::ElideRight, most);
        p->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, name);
        room.setLeft(room.left() + metrics.horizontalAdvance(name) + margin);
        p->setFont(m_theme.font(TextToken::small));
        p->setPen(weak);
        p->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                    p->fontMetrics().elidedText(item.about, Qt::ElideRight, room.width()));
    }

  private:
    const Theme& m_theme;
    const SearchIndex& m_index;
};

}  // namespace

SearchPalette::SearchPalette(QWidget* window) : QWidget(window), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("search-palette");
    m_box = new QFrame(this);
    m_box->setProperty("card", true);
    auto* column = new QVBoxLayout(m_box);
    column->setContentsMargins(10, 10, 10, 8);
    column->setSpacing(6);
    m_field = new QLineEdit;
    m_field->setObjectName("search-text");
    m_field->setClearButtonEnabled(true);
    m_list = new QListWidget;
    m_list->setObjectName("search-list");
    m_list->setItemDelegate(new SearchRows(m_list, m_theme, m_index));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(false);
    m_none = new QLabel;
    m_none->setObjectName("search-none");
    m_none->setWordWrap(true);
    m_none->setTextFormat(Qt::PlainText);
    m_none->setProperty("tone", "secondary");
    m_hint = new QLabel;
    m_hint->setProperty("tone", "tertiary");
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    column->addWidget(m_none, 1, Qt::AlignTop);
    column->addWidget(m_hint);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &SearchPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
        if (item->data(kItem).toInt() < 0) return;
        m_list->setCurrentItem(item);
        go();
    });
    retranslate();
    hide();
}

void SearchPalette::setTheme(const Theme& theme) {
    m_theme = theme;
    m_field->setFont(theme.font(TextToken::body));
    m_none->setFont(theme.font(TextToken::ui));
    m_hint->setFont(theme.font(TextToken::small));
    if (isVisible()) fill();
    place();
}

void SearchPalette::setIndex(SearchIndex index) {
    m_index = std::move(index);
    fill();
}

void SearchPalette::open() {
    if (!isVisible()) m_before = QApplication::focusWidget();
    m_field->clear();
    fill();
    place();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void SearchPalette::close() {
    if (!isVisible()) return;
    const QPointer<QWidget> before = m_before;
    m_before = nullptr;
    hide();
    if (before && before->isVisible()) before->setFocus(Qt::OtherFocusReason);
}

const SearchItem* SearchPalette::chosen() const {
    const QListWidgetItem* item = m_list->currentItem();
    const int at = item ? item->data(kItem).toInt() : -1;
    return at < 0 ? nullptr : &m_index.items()[static_cast<std::size_t>(at)];
}

void SearchPalette::fill() {
    m_list->clear();
    const QString query = m_field->text();
    std::optional<SearchGroup> group;
    for (const SearchIndex::Hit& hit : m_index.find(query, kEach)) {
        const SearchItem& found = m_index.items()[hit.item];
        if (group != found.group) {
            group = found.group;
            auto* head = new QListWidgetItem(groupName(found.group), m_list);
            head->setData(kItem, -1);
            head->setFlags(Qt::NoItemFlags);
        }
        auto* item = new QListWidgetItem(found.name, m_list);
        item->setData(kItem, static_cast<int>(hit.item));
        item->setData(Qt::AccessibleTextRole,
                      QStringLiteral("%1: %2. %3").arg(groupName(found.group), found.name, found.about));
        item->setToolTip(found.about.isEmpty() ? found.name : found.name + QLatin1Char('\n') + found.about);
        if (!m_list->currentItem()) m_list->setCurrentItem(item);
    }
    const bool none = m_list->count() == 0;
    m_list->setVisible(!none);
    m_none->setVisible(none);
    m_none->setText(tr("Nothing is called “%1”.").arg(query.simplified()));
    m_field->setAccessibleDescription(chosen() ? chosen()->name : m_none->text());
}

void SearchPalette::place() {
    setGeometry(parentWidget()->rect());
    const double scale = m_theme.text_percent / 100.0;
    const int wide = std::min(qRound(680 * scale), width() - 32), high = std::min(qRound(520 * scale), height() - 72);
    m_box->setGeometry((width() - wide) / 2, std::min(56, height() / 12), wide, high);
}

void SearchPalette::move(int by) {
    const int count = m_list->count();
    int row = m_list->currentRow();
    // over the names of groups, and round at the ends
    for (int tried = 0; tried < count; ++tried) {
        row = (row + by + count) % count;
        if (m_list->item(row)->data(kItem).toInt() >= 0) break;
    }
    if (count) m_list->setCurrentRow(row);
    m_field->setAccessibleDescription(chosen() ? chosen()->name : QString());
}

void SearchPalette::go() {
    const SearchItem* item = chosen();
    if (!item) return;
    // the index may be another one by the time it has gone there
    const std::function<void()> act = item->go;
    close();
    if (act) act();
}

bool SearchPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) place();
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Down:
                move(1);
                return true;
            case Qt::Key_Up:
                move(-1);
                return true;
            case Qt::Key_Return:
            case Qt::Key_Enter:
                go();
                return true;
            case Qt::Key_Escape:
                close();
                return true;
            default:
                break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

/// The field keeps the focus while the palette is open.
bool SearchPalette::focusNextPrevChild(bool next) {
    move(next ? 1 : -1);
    return true;
}

void SearchPalette::mousePressEvent(QMouseEvent* event) {
    if (!m_box->geometry().contains(event->pos())) close();
}

void SearchPalette::paintEvent(QPaintEvent*) {
    QPainter p(this);
    QColor veil = m_theme.color(Role::bg);
    veil.setAlpha(150);
    p.fillRect(rect(), veil);
}

void SearchPalette::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void SearchPalette::retranslate() {
    setAccessibleName(tr("Search"));
    m_field->setAccessibleName(tr("Search"));
    m_field->setPlaceholderText(tr("A lesson, a kernel function, a field, a counter, a command"));
    m_list->setAccessibleName(tr("What was found"));
    m_hint->setText(tr("↑ ↓ choose, Enter goes there, Esc closes"));
}

QString SearchPalette::groupName(SearchGroup group) const {
    switch (group) {
        case SearchGroup::lesson:
            return tr("Lessons");
        case SearchGroup::step:
            return tr("Steps of lessons");
        case SearchGroup::function:
            return tr("Kernel functions");
        case SearchGroup::field:
            return tr("Fields and counters");
        case SearchGroup::glossary:
            return tr("Words");
        case SearchGroup::command:
            return tr("Commands");
        case SearchGroup::file:
            return tr("Recent files");
    }
    return {};
}

}  // namespace ringside
