#pragma once
// A stretch of the event rows, which a table can hold: a header keeps eight bytes for each row that it has, and lays
// all of them out again when some are added. Of tens of millions of rows it has these.

#include <QAbstractTableModel>

#include "views/events/event_model.h"

namespace ringside {

class EventPage : public QAbstractTableModel {
    Q_OBJECT
  public:
    /// At most `rows` at a time.
    EventPage(EventModel& model, int rows, QObject* parent = nullptr);

    /// The row of the model that stands first.
    [[nodiscard]] int first() const { return m_first; }
    /// Moves the stretch so that there is much of it on both sides of a row of the model. False: there is already.
    bool bring(int row);
    /// Where a row of the model stands; invalid: elsewhere.
    [[nodiscard]] QModelIndex indexOf(int row, int column) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    /// As many rows as there are now.
    void fit();
    void place(int first);

    EventModel& m_model;
    int m_most;
    int m_first = 0, m_count = 0;
};

}  // namespace ringside
