#pragma once
// The played events as rows, filtered. Rows are asked for one at a time: ten million of them cost what the log's cache
// costs. With a filter the rows are found chunk by chunk while there is time.

#include <QAbstractTableModel>
#include <QTimer>
#include <optional>
#include <vector>

#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/theme/theme.h"

namespace ringside {

/// What the learner typed: "udp", "packet 3", "cpu 1", "drop", "NO_SOCKET", joined by spaces (all must hold).
struct EventQuery {
    QString text;
    std::optional<EventFilter> filter;  ///< none: every event
    bool nothing = false;               ///< no event can match
};
/// Words are function names or parts of them, `packet N`, `cpu N`, `drop`, a drop reason, a context, a task's name.
EventQuery parseEventQuery(const QString& text, const World& world, const Inputs& inputs);

class EventModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { time, cpu, function, what, packet, columns };
    enum Roles { positionRole = Qt::UserRole, contextRole, nextRole, dropRole };
    EventModel(const RunState& run, const Texts& texts, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setTheme(const Theme& theme);
    void setQuery(const QString& text);
    [[nodiscard]] const QString& query() const { return m_query.text; }
    /// Whether rows are still being looked for.
    [[nodiscard]] bool searching() const { return m_search.isActive(); }
    /// Row of the last event that is not after `position`; -1: none.
    [[nodiscard]] int rowOf(Position position) const;
    [[nodiscard]] Position positionOf(int row) const;
    /// Takes up what the session knows now.
    void refresh();
    void retranslate();

  signals:
    void found();

  private:
    void searchOn();
    void restart();

    const RunState& m_run;
    const Texts& m_texts;
    Theme m_theme;
    EventQuery m_query;
    Position m_rows = 0;            ///< without a filter: rows, one an event
    std::vector<Position> m_found;  ///< with a filter
    std::size_t m_chunk = 0;        ///< next chunk to look through
    Position m_upTo = 0;            ///< events looked at
    QTimer m_search;
};

}  // namespace ringside
