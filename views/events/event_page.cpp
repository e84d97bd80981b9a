#include "views/events/event_page.h"

#include <algorithm>

namespace ringside {

EventPage::EventPage(EventModel& model, int rows, QObject* parent)
    : QAbstractTableModel(parent), m_model(model), m_most(rows) {
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &EventPage::fit);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &EventPage::fit);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] { place(0); });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this] {
        if (m_count > 0) emit dataChanged(index(0, 0), index(m_count - 1, EventModel::columns - 1));
    });
    connect(&m_model, &QAbstractItemModel::headerDataChanged, this, [this](Qt::Orientation which, int from, int to) {
        if (which == Qt::Horizontal) emit headerDataChanged(which, from, to);
    });
    fit();
}

void EventPage::fit() {
    const int all = m_model.rowCount();
    if (m_first > 0 && m_first >= all) return place(all - m_most);
    const int count = std::min(m_most, all - m_first);
    if (count > m_count) {
        beginInsertRows({}, m_count, count - 1);
        m_count = count;
        endInsertRows();
    } else if (count < m_count) {
        beginRemoveRows({}, count, m_count - 1);
        m_count = count;
        endRemoveRows();
    }
}

void EventPage::place(int first) {
    beginResetModel();
    const int all = m_model.rowCount();
    m_first = std::max(0, std::min(first, all - m_most));
    m_count = std::min(m_most, all - m_first);
    endResetModel();
}

bool EventPage::bring(int row) {
    const int margin = m_most / 8, all = m_model.rowCount();
    const bool before = m_first == 0 || row >= m_first + margin;
    const bool behind = m_first + m_count >= all || row < m_first + m_count - margin;
    if (before && behind) return false;
    const int was = m_first;
    place(row - m_most / 2);
    return m_first != was;
}

QModelIndex EventPage::indexOf(int row, int column) const {
    return row >= m_first && row < m_first + m_count ? index(row - m_first, column) : QModelIndex();
}

int EventPage::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_count; }
int EventPage::columnCount(const QModelIndex& parent) const { return m_model.columnCount(parent); }

QVariant EventPage::data(const QModelIndex& index, int role) const {
    return index.isValid() ? m_model.data(m_model.index(m_first + index.row(), index.column()), role) : QVariant();
}

QVariant EventPage::headerData(int section, Qt::Orientation orientation, int role) const {
    return m_model.headerData(orientation == Qt::Vertical ? m_first + section : section, orientation, role);
}

}  // namespace ringside
