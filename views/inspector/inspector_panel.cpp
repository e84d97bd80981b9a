#include "views/inspector/inspector_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include "views/menus/thing_menus.h"
#include "views/session/format.h"
#include "views/transport/icons.h"

namespace ringside {

/// Draws the changed strip, the signed difference and old -> new.
class InspectorPanel::Delegate : public QStyledItemDelegate {
  public:
    explicit Delegate(QObject* parent) : QStyledItemDelegate(parent) {}
    Theme theme;
    double tint = 1;  ///< share of the changed tint, 1 to 0.45

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const bool changed = index.data(InspectorModel::changedRole).toBool();
        const bool group = index.data(InspectorModel::groupRole).toBool();
        const bool selected = option.state & QStyle::State_Selected;
        if (!changed || group) {
            QStyledItemDelegate::paint(p, option, index);
            if (changed && index.column() == 0 && !selected) {
                p->fillRect(QRect(option.rect.left(), option.rect.top() + 4, 2, option.rect.height() - 8),
                            theme.color(Role::changed_solid));
            }
            return;
        }
        p->save();
        QColor back = theme.color(Role::changed_tint);
        back.setAlphaF(static_cast<float>(tint));
        p->fillRect(option.rect, selected ? theme.color(Role::ink) : back);
        const QColor text = theme.color(selected ? Role::onink : Role::changed_text);
        const QColor strong = theme.color(selected ? Role::onink : Role::text);
        const QRect box = option.rect.adjusted(6, 0, -6, 0);
        p->setFont(theme.font(TextToken::mono));
        if (index.column() == 0) {
            if (!selected)
                p->fillRect(QRect(option.rect.left(), option.rect.top(), 4, option.rect.height()),
                            theme.color(Role::changed_solid));
            p->setPen(strong);
            p->drawText(box, Qt::AlignVCenter,
                        p->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
        } else {
            const QString now = index.data(InspectorModel::valueRole).toString();
            const QString old = index.data(InspectorModel::oldRole).toString();
            const QString delta = index.data(InspectorModel::deltaRole).toString();
            p->setFont(theme.font(TextToken::mono_bold));
            p->setPen(strong);
            const QString shown = p->fontMetrics().elidedText(now, Qt::ElideRight, box.width());
            const int w = p->fontMetrics().horizontalAdvance(shown);
            p->drawText(box, Qt::AlignVCenter | Qt::AlignRight, shown);
            p->setFont(theme.font(TextToken::mono));
            p->setPen(text);
            const QString arrow = QStringLiteral(" → ");
            const int both = p->fontMetrics().horizontalAdvance(old + arrow);
            int left = box.right() - w;
            if (both < left - box.left()) {
                p->drawText(QRect(left - both, box.top(), both, box.height()), Qt::AlignVCenter, old + arrow);
                left -= both;
            }
            if (p->fontMetrics().horizontalAdvance(delta) + 8 < left - box.left())
                p->drawText(box, Qt::AlignVCenter, delta);
        }
        p->restore();
    }
};

InspectorPanel::InspectorPanel(const RunState& run, const Texts& texts, ViewState& view, Travel& travel,
                               QWidget* parent)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_view(view),
      m_travel(travel),
      m_theme(makeTheme(ThemeKind::light)),
      m_model(new InspectorModel(this)),
      m_delegate(new Delegate(this)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    m_choice = new QComboBox;
    m_choice->setObjectName("inspector-choice");
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMaxVisibleItems(20);
    m_filter = new QLineEdit;
    m_filter->setObjectName("inspector-filter");
    m_filter->setClearButtonEnabled(true);
    m_tree = new QTreeView;
    m_tree->setObjectName("inspector-tree");
    m_tree->setModel(m_model);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(14);
    m_tree->setItemDelegate(m_delegate);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Fixed);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty = new QWidget;
    auto* center = new QVBoxLayout(m_empty);
    m_emptyText = new QLabel;
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyText->setProperty("tone", "tertiary");
    m_clear = new QPushButton;
    center->addStretch();
    center->addWidget(m_emptyText);
    center->addWidget(m_clear, 0, Qt::AlignCenter);
    center->addStretch();
    column->addWidget(m_choice);
    column->addWidget(m_filter);
    column->addWidget(m_tree, 1);
    column->addWidget(m_empty, 1);

    m_model->setWords([this](const std::string& name) { return groupName(name); },
                      [this](std::string_view doc) { return m_texts.text(doc); });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setFilter(text);
        openGroups();
        tellEmpty();
    });
    connect(m_clear, &QPushButton::clicked, m_filter, &QLineEdit::clear);
    connect(m_choice, &QComboBox::activated, this, [this](int row) {
        const QPoint packed = m_choice->itemData(row).toPoint();
        m_view.select({static_cast<Selection::Kind>(packed.x()), static_cast<std::uint32_t>(packed.y())});
    });
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        m_open.insert(index.data(InspectorModel::pathRole).toString());
        m_closed.remove(index.data(InspectorModel::pathRole).toString());
    });
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        m_closed.insert(index.data(InspectorModel::pathRole).toString());
        m_open.remove(index.data(InspectorModel::pathRole).toString());
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &InspectorPanel::openGroups);
    connect(&m_run, &RunState::moved, this, [this](Motion motion) {
        m_fadeStep = 0;
        m_delegate->tint = 1;
        if (motion != Motion::none && !m_reduced && !m_travel.playing()) m_fade.start(100);
        refresh();
    });
    connect(&m_view, &ViewState::changed, this, &InspectorPanel::refresh);
    connect(&m_texts, &Texts::languageChanged, this, &InspectorPanel::refresh);
    // the tint of a change fades within a second of being shown, and then stays
    connect(&m_fade, &QTimer::timeout, this, [this] {
        m_delegate->tint = 1 - 0.55 * std::min(1.0, ++m_fadeStep / 10.0);
        if (m_fadeStep >= 10) m_fade.stop();
        m_tree->viewport()->update();
    });
    retranslate();
}

void InspectorPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_delegate->theme = theme;
    m_model->setTheme(theme);
    const double scale = theme.text_percent / 100.0;
    m_tree->setStyleSheet(QStringLiteral("QTreeView::item { min-height: %1px; }").arg(qRound(24 * scale)));
    m_tree->header()->resizeSection(0, qRound(168 * scale));
}

void InspectorPanel::setMenus(const ThingMenus& menus) {
    m_menus = std::make_shared<const ThingMenus>(menus);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](QPoint where) {
        const QModelIndex index = m_tree->indexAt(where);
        if (!index.isValid() || !m_run.hasRun()) return;
        QMenu* menu = rowMenu(index);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(m_tree->viewport()->mapToGlobal(where));
    });
}

QMenu* InspectorPanel::rowMenu(const QModelIndex& index) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("field-menu"));
    const QModelIndex row = index.siblingAtColumn(0);
    if (m_menus && !row.data(InspectorModel::groupRole).toBool()) {
        m_menus->addField(*menu, m_view.now().selection, row.data(InspectorModel::pathRole).toString(),
                          row.data(InspectorModel::valueRole).toString(), row.data(Qt::ToolTipRole).toString());
    }
    return menu;
}

bool InspectorPanel::whoChanged() {
    const QModelIndex row = m_tree->currentIndex().siblingAtColumn(0);
    if (!m_menus || !row.isValid() || row.data(InspectorModel::groupRole).toBool()) return false;
    m_menus->whoChanged(m_view.now().selection, row.data(InspectorModel::pathRole).toString());
    return true;
}

void InspectorPanel::focusFilter() { m_filter->setFocus(Qt::ShortcutFocusReason); }

void InspectorPanel::refreshChoices() {
    const Selection selected = m_view.now().selection;
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (const Inspectable& thing : inspectables(m_run.world())) {
        QString name = thing.name;
        if (thing.selection.kind == Selection::Kind::automatic) name = tr("What the step is about");
        m_choice->addItem(name, QPoint(static_cast<int>(thing.selection.kind), static_cast<int>(thing.selection.id)));
        if (thing.selection == selected) m_choice->setCurrentIndex(m_choice->count() - 1);
    }
    if (selected.kind == Selection::Kind::frame) {
        m_choice->addItem(tr("Frame %1 on CPU %2").arg(selected.id & 0xff).arg(selected.id >> 8),
                          QPoint(static_cast<int>(selected.kind), static_cast<int>(selected.id)));
        m_choice->setCurrentIndex(m_choice->count() - 1);
    } else if (selected.kind == Selection::Kind::skb && !m_run.world().machine().findSkb(selected.id)) {
        m_choice->addItem(tr("sk_buff %1 (not alive here)").arg(selected.id),
                          QPoint(static_cast<int>(selected.kind), static_cast<int>(selected.id)));
        m_choice->setCurrentIndex(m_choice->count() - 1);
    }
}

void InspectorPanel::refresh() {
    if (!m_run.hasRun()) {
        m_model->setValues({}, nullptr);
        tellEmpty();
        return;
    }
    refreshChoices();
    const Event* event = m_run.event() ? &*m_run.event() : nullptr;
    const Selection asked = m_view.now().selection;
    const Selection thing = resolve(asked, m_run.world(), event);
    const Value now = inspect(asked, m_run.world(), m_run.inputs(), event);
    Value before;
    if (m_run.previous()) {
        // the same thing as it was; its frame may not have existed, and is then not compared
        before = inspect(thing, *m_run.previous(), m_run.inputs(), nullptr);
    }
    m_model->setValues(now, before.kind == Value::Kind::none ? nullptr : &before);
    tellEmpty();
}

void InspectorPanel::openGroups() {
    const bool filtered = !m_filter->text().trimmed().isEmpty();
    const std::function<void(const QModelIndex&, int)> walk = [&](const QModelIndex& parent, int depth) {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            m_tree->setFirstColumnSpanned(row, parent, index.data(InspectorModel::groupRole).toBool());
            if (m_model->rowCount(index) == 0) continue;
            const QString path = index.data(InspectorModel::pathRole).toString();
            // what is short is open at first; rings and lists are not
            const bool open = filtered || m_open.contains(path) ||
                              (!m_closed.contains(path) && depth < 2 && m_model->rowCount(index) <= 16);
            const QSignalBlocker quiet(m_tree);
            m_tree->setExpanded(index, open);
            walk(index, depth + 1);
        }
    };
    walk({}, 0);
}

void InspectorPanel::tellEmpty() {
    const bool empty = m_model->empty();
    const bool filtered = !m_filter->text().trimmed().isEmpty();
    m_tree->setVisible(!empty);
    m_empty->setVisible(empty);
    m_clear->setVisible(filtered);
    if (filtered)
        m_emptyText->setText(tr("No field matches."));
    else if (!m_run.hasRun())
        m_emptyText->setText(tr("Nothing is open."));
    else
        m_emptyText->setText(tr("It does not exist at this moment."));
}

QString InspectorPanel::groupName(const std::string& name) const {
    if (name == "@pointers") return tr("Pointers (offset from head)");
    if (name == "@lengths") return tr("Lengths");
    if (name == "@headers") return tr("Headers (offset from head)");
    if (name == "@derived") return tr("Derived");
    if (name == "@checksum") return tr("Checksum");
    if (name == "@ownership") return tr("Ownership");
    if (name == "@identity") return tr("Identity");
    if (name == "@more") return tr("More");
    if (name.starts_with("@header ")) return tr("%1 at data").arg(QString::fromStdString(name.substr(8)));
    if (name.starts_with("@frame "))
        return tr("%1(): arguments and locals").arg(QString::fromStdString(name.substr(7)));
    return QString::fromStdString(name);
}

void InspectorPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void InspectorPanel::retranslate() {
    setAccessibleName(tr("Inspector"));
    m_choice->setAccessibleName(tr("What is inspected"));
    m_filter->setPlaceholderText(tr("Filter fields"));
    m_filter->setAccessibleName(tr("Filter fields"));
    m_tree->setAccessibleName(tr("Fields"));
    m_clear->setText(tr("Clear"));
    refresh();
}

}  // namespace ringside
