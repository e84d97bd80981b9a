#include "views/marks/watch_page.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <cmath>

#include "lessons/expression.h"
#include "views/marks/word_edit.h"

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
    : QWidget(parent), m_parts(parts), m_theme(makeTheme(ThemeKind::light)), m_line(new Line(parts.run, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    m_edit = new WordEdit([this] { return conditionWords(m_parts.run); });
    m_edit->setObjectName("watch-edit");
    m_add = new QPushButton;
    m_add->setObjectName("watch-add");
    row->addWidget(m_edit, 1);
    row->addWidget(m_add);
    column->addLayout(row);
    m_wrong = new QLabel;
    m_wrong->setObjectName("watch-wrong");
    m_wrong->setWordWrap(true);
    m_wrong->hide();
    column->addWidget(m_wrong);
    m_list = new QTreeWidget;
    m_list->setObjectName("watch-list");
    m_list->setColumnCount(3);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setItemDelegateForColumn(2, m_line);
    m_list->header()->setStretchLastSection(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->installEventFilter(this);
    column->addWidget(m_list, 1);
    m_empty = new QLabel;
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("tone", "tertiary");
    column->addWidget(m_empty, 1);
    auto* below = new QHBoxLayout;
    m_remove = new QPushButton;
    m_remove->setObjectName("watch-remove");
    m_remove->setProperty("flat", true);
    below->addStretch();
    below->addWidget(m_remove);
    column->addLayout(below);
    connect(m_edit, &QLineEdit::returnPressed, this, &WatchPage::add);
    connect(m_edit, &QLineEdit::textEdited, m_wrong, &QWidget::hide);
    connect(m_add, &QPushButton::clicked, this, &WatchPage::add);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        const int at = m_list->indexOfTopLevelItem(m_list->currentItem());
        if (at >= 0) m_parts.marks.unwatch(static_cast<std::size_t>(at));
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &WatchPage::showMenu);
    connect(&m_parts.marks, &MarkBook::changed, this, &WatchPage::refresh);
    connect(&m_parts.run, &RunState::moved, this, &WatchPage::refresh);
    connect(&m_parts.run, &RunState::knownChanged, m_list->viewport(), qOverload<>(&QWidget::update));
    retranslate();
}

void WatchPage::setTheme(const Theme& theme) {
    m_theme = theme;
    m_line->theme = theme;
    m_edit->setFont(theme.font(TextToken::mono));
    m_list->setFont(theme.font(TextToken::mono));
    QPalette palette = m_wrong->palette();
    palette.setColor(QPalette::WindowText, theme.color(Role::drop_text));
    m_wrong->setPalette(palette);
    const double scale = theme.text_percent / 100.0;
    m_list->header()->resizeSection(0, qRound(150 * scale));
    m_list->header()->resizeSection(1, qRound(110 * scale));
    refresh();
}

void WatchPage::focusEdit() { m_edit->setFocus(Qt::ShortcutFocusReason); }
QString WatchPage::complaint() const { return m_wrong->isHidden() ? QString() : m_wrong->text(); }

void WatchPage::add() {
    const QString text = m_edit->text().trimmed();
    if (text.isEmpty()) return;
    QString wrong;
    if (const Result<Expression> read = Expression::parse(text.toStdString()); !read) {
        wrong =
            stopErrorText({StopError::Kind::expression, text.toStdString(), {}, read.error().message()}, m_parts.texts);
    } else if (read->counts()) {
        wrong = stopErrorText({StopError::Kind::counts, text.toStdString(), {}, {}}, m_parts.texts);
    }
    m_wrong->setText(wrong);
    m_wrong->setVisible(!wrong.isEmpty());
    if (!wrong.isEmpty()) return;
    m_parts.marks.watch(text);
    m_edit->clear();
}

QString WatchPage::valueOf(const QString& text, bool before) const {
    const RunState& run = m_parts.run;
    if (before && !run.previous()) return {};
    const Result<Expression> read = Expression::parse(text.toStdString());
    if (!read) return {};
    std::optional<Event> event = run.event();
    if (before) event = run.position() > 1 ? run.eventAt(run.position() - 1) : std::nullopt;
    const Result<std::string> shown =
        read->show({before ? *run.previous() : run.world(), run.inputs(), event.value_or(Event{})});
    return shown ? QString::fromStdString(*shown) : QString();
}

void WatchPage::refresh() {
    const int current = m_list->indexOfTopLevelItem(m_list->currentItem());
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
    if (m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(std::clamp(current, 0, m_list->topLevelItemCount() - 1)));
    const bool any = m_list->topLevelItemCount() > 0;
    m_list->setVisible(any);
    m_empty->setVisible(!any);
    m_remove->setEnabled(any);
}

bool WatchPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int k = static_cast<QKeyEvent*>(event)->key();
        const int at = m_list->indexOfTopLevelItem(m_list->currentItem());
        if ((k == Qt::Key_Delete || k == Qt::Key_Backspace) && at >= 0) {
            m_parts.marks.unwatch(static_cast<std::size_t>(at));
            return true;
        }
        if ((k == Qt::Key_Return || k == Qt::Key_Enter) && at >= 0) {
            m_parts.hunt.toLastChange(m_list->currentItem()->text(0));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void WatchPage::showMenu(QPoint where) {
    const QTreeWidgetItem* item = m_list->itemAt(where);
    if (!item) return;
    const QString text = item->text(0), value = item->text(1);
    const auto index = static_cast<std::size_t>(m_list->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(item)));
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Copy the value")), &QAction::triggered, this,
            [value] { QGuiApplication::clipboard()->setText(value); });
    connect(menu->addAction(tr("Who last changed this?")), &QAction::triggered, this,
            [this, text] { m_parts.hunt.toLastChange(text); });
    connect(menu->addAction(tr("Break where it changes")), &QAction::triggered, this,
            [this, text] { m_parts.marks.addBreakpoint(text + QStringLiteral(" changes")); });
    connect(menu->addAction(tr("Delete")), &QAction::triggered, this, [this, index] { m_parts.marks.unwatch(index); });
    menu->popup(m_list->viewport()->mapToGlobal(where));
}

void WatchPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void WatchPage::retranslate() {
    m_edit->setPlaceholderText(tr("skb.len, sum(socket[*].sk_rmem_alloc)"));
    m_edit->setAccessibleName(tr("New watched value"));
    m_add->setText(tr("Add"));
    m_list->setHeaderLabels({tr("Name"), tr("Value"), tr("History")});
    m_list->setAccessibleName(tr("Watched values"));
    m_empty->setText(tr("Nothing is watched. Type a name of the state, or right-click a value in the inspector."));
    m_remove->setText(tr("Delete"));
    refresh();
}

}  // namespace ringside
