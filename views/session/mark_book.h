#pragma once
// The learner's marks while a run is open: one value, one signal, changed only here.

#include <QObject>

#include "views/session/marks.h"

namespace ringside {

class MarkBook : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    [[nodiscard]] const Marks& now() const { return m_now; }
    /// All at once, as a session's file has them; tells changed() if anything is different.
    void set(Marks marks);

    // breakpoints: one text stands there once
    void addBreakpoint(const QString& text);
    void removeBreakpoint(std::size_t index);
    void setBreakpointOn(std::size_t index, bool on);
    /// Removes the one with this text, or adds it; true: it is there now.
    bool toggleBreakpoint(const QString& text);

    void watch(const QString& expression);
    void unwatch(std::size_t index);

    void setMarker(std::size_t which, std::optional<MarkedPlace> place);
    /// Index of the bookmark, a place has one at most.
    std::size_t addBookmark(MarkedPlace place, const QString& name);
    void renameBookmark(std::size_t index, const QString& name);
    void removeBookmark(std::size_t index);

  signals:
    void changed();

  private:
    Marks m_now;
};

}  // namespace ringside
