#include "views/marks/mark_list.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <algorithm>

namespace ringside {

MarkList::MarkList(const QString& name, QAbstractItemView* view, QWidget* parent) : QWidget(parent), m_view(view) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_view->setObjectName(name + QStringLiteral("-list"));
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->installEventFilter(this);
    column->addWidget(m_view, 1);
    m_empty = new QLabel;
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setProperty("tone", "tertiary");
    column->addWidget(m_empty, 1);
    m_buttons = new QHBoxLayout;
    m_remove = new QPushButton;
    m_remove->setObjectName(name + QStringLiteral("-remove"));
    m_remove->setProperty("flat", true);
    m_buttons->addStretch();
    m_buttons->addWidget(m_remove);
    column->addLayout(m_buttons);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (row() >= 0) emit removed(row());
    });
    connect(m_view, &QWidget::customContextMenuRequested, this, &MarkList::showMenu);
}

QPushButton* MarkList::addButton(const QString& name) {
    auto* button = new QPushButton;
    button->setObjectName(name);
    m_buttons->insertWidget(m_buttons->count() - 2, button);  // before the stretch and Delete
    QWidget::setTabOrder(button, m_remove);
    return button;
}

void MarkList::setTexts(const QString& accessible, const QString& empty) {
    m_view->setAccessibleName(accessible);
    m_empty->setText(empty);
    m_remove->setText(tr("Delete"));
}

int MarkList::row() const { return m_view->currentIndex().row(); }

bool MarkList::any() const { return m_view->model()->rowCount() > 0; }

void MarkList::rowsChanged(int chosen) {
    const int last = m_view->model()->rowCount() - 1;
    if (last >= 0) m_view->setCurrentIndex(m_view->model()->index(std::clamp(chosen, 0, last), 0));
    m_view->setVisible(any());
    m_empty->setVisible(!any());
    m_remove->setEnabled(any());
}

bool MarkList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::KeyPress && row() >= 0) {
        const int k = static_cast<QKeyEvent*>(event)->key();
        if (k == Qt::Key_Delete || k == Qt::Key_Backspace) {
            emit removed(row());
            return true;
        }
        if (k == Qt::Key_Return || k == Qt::Key_Enter) {
            emit entered(row());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void MarkList::showMenu(QPoint where) {
    const QModelIndex at = m_view->indexAt(where);
    if (!at.isValid()) return;
    const int asked = at.row();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    emit menuAsked(asked, menu);
    connect(menu->addAction(tr("Delete")), &QAction::triggered, this, [this, asked] { emit removed(asked); });
    menu->popup(m_view->viewport()->mapToGlobal(where));
}

}  // namespace ringside
