#include "views/events/event_model.h"

#include <QElapsedTimer>
#include <algorithm>
#include <limits>

#include "views/session/format.h"

namespace ringside {

EventModel::EventModel(const RunState& run, const Texts& texts, QObject* parent)
    : QAbstractTableModel(parent), m_run(run), m_texts(texts), m_theme(makeTheme(ThemeKind::light)) {
    m_search.setInterval(0);
    connect(&m_search, &QTimer::timeout, this, &EventModel::searchOn);
    connect(&m_run, &RunState::runChanged, this, &EventModel::restart);
    connect(&m_run, &RunState::knownChanged, this, &EventModel::refresh);
    connect(&m_run, &RunState::lessonChanged, this, &EventModel::refresh);
    restart();
}

int EventModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid()) return 0;
    const std::uint64_t rows = m_query.filter ? m_found.size() : m_rows;
    return static_cast<int>(std::min<std::uint64_t>(rows, std::numeric_limits<int>::max()));
}

int EventModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

Position EventModel::positionOf(int row) const {
    return m_query.filter ? m_found[static_cast<std::size_t>(row)] : static_cast<Position>(row) + 1;
}

int EventModel::rowOf(Position position) const {
    if (!m_query.filter) return static_cast<int>(std::min(position, m_rows)) - 1;
    const auto after = std::upper_bound(m_found.begin(), m_found.end(), position);
    return static_cast<int>(after - m_found.begin()) - 1;
}

QVariant EventModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_run.hasRun()) return {};
    const Position position = positionOf(index.row());
    if (role == positionRole) return QVariant::fromValue<qulonglong>(position);
    if (role == nextRole) return position > m_run.position();
    if (role == Qt::FontRole) return m_theme.font(index.column() == what ? TextToken::small : TextToken::mono_small);
    if (role == Qt::TextAlignmentRole) {
        const bool right = index.column() == time || index.column() == cpu || index.column() == packet;
        return QVariant(static_cast<int>((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole && role != contextRole && role != dropRole && role != Qt::ForegroundRole &&
        role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    const std::optional<Event> event = m_run.eventAt(position);
    if (!event) return {};
    if (role == dropRole) return event->drop != Drop::NOT_DROPPED;
    if (role == contextRole) return static_cast<int>(event->context);
    if (role == Qt::ForegroundRole) {
        if (position > m_run.position()) return m_theme.color(Role::text3);
        if (event->drop != Drop::NOT_DROPPED) return m_theme.color(Role::drop_text);
        return m_theme.color(index.column() == time || index.column() == what ? Role::text2 : Role::text);
    }
    const QString name = m_run.functionName(event->function);
    if (role == Qt::ToolTipRole) {
        const FunctionInfo& info = m_run.inputs().function(event->function);
        return QStringLiteral("%1 — %2\n%3").arg(name, QString::fromLatin1(info.source), m_texts.text(info.doc));
    }
    QString text = m_texts.stage(m_run.inputs(), *event);
    if (event->kind == EventKind::enter) text = tr("entered");
    if (event->drop != Drop::NOT_DROPPED) text += QStringLiteral(" · %1").arg(fromView(nameOf(event->drop)));
    if (role == Qt::AccessibleTextRole) {
        return tr("Event %1, %2, %3, %4").arg(countText(position), contextText(event->context), name, text);
    }
    switch (index.column()) {
        case time:
            return timeText(event->time);
        case cpu:
            return event->cpu == kNoCpu ? QString() : QString::number(event->cpu);
        case function:
            return name;
        case what:
            return text;
        case packet:
            return event->packet ? QString::number(event->packet) : QString();
        default:
            return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) {
        return section < rowCount() ? QVariant(countText(positionOf(section))) : QVariant();
    }
    switch (section) {
        case time:
            return tr("Time");
        case cpu:
            return tr("CPU");
        case function:
            return tr("Function");
        case what:
            return tr("What happens");
        case packet:
            return tr("Packet");
        default:
            return {};
    }
}

void EventModel::setTheme(const Theme& theme) {
    m_theme = theme;
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

void EventModel::retranslate() {
    emit headerDataChanged(Qt::Horizontal, 0, columns - 1);
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

void EventModel::setQuery(const QString& text) {
    m_query.text = text;
    restart();
}

void EventModel::restart() {
    beginResetModel();
    m_search.stop();
    const QString text = m_query.text;
    m_query = {};
    m_query.text = text;
    if (m_run.hasRun()) m_query = parseEventQuery(text, m_run.world(), m_run.inputs());
    m_found.clear();
    m_chunk = 0;
    m_upTo = 0;
    m_rows = 0;
    if (m_run.hasRun() && !m_query.filter) m_rows = m_run.limit();
    endResetModel();
    if (m_run.hasRun() && m_query.filter && !m_query.nothing) m_search.start();
    emit found();
}

void EventModel::refresh() {
    if (!m_run.hasRun()) return;
    const Position limit = m_run.limit();
    if (m_query.filter) {
        if (m_upTo > limit) return restart();
        if (m_upTo < limit && !m_query.nothing) m_search.start();
        return;
    }
    if (limit > m_rows) {
        beginInsertRows({}, static_cast<int>(m_rows), static_cast<int>(limit) - 1);
        m_rows = limit;
        endInsertRows();
    } else if (limit < m_rows) {
        beginRemoveRows({}, static_cast<int>(limit), static_cast<int>(m_rows) - 1);
        m_rows = limit;
        endRemoveRows();
    }
    emit found();
}

void EventModel::searchOn() {
    QElapsedTimer clock;
    clock.start();
    const Position limit = m_run.limit();
    std::vector<Position> more;
    while (m_upTo < limit && clock.elapsed() < 20) {
        const std::size_t chunk = chunkOf(m_upTo + 1);
        if (chunk >= m_run.chunkCount()) break;
        const Position end = std::min<Position>(limit, (static_cast<Position>(chunk) + 1) * kChunkEvents);
        for (const Position p : m_run.matches(chunk, *m_query.filter)) {
            if (p > m_upTo && p <= end) more.push_back(p);
        }
        m_upTo = end;
    }
    if (!more.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(more.size()) - 1);
        m_found.insert(m_found.end(), more.begin(), more.end());
        endInsertRows();
    }
    if (m_upTo >= limit || chunkOf(m_upTo + 1) >= m_run.chunkCount()) m_search.stop();
    emit found();
}

}  // namespace ringside
