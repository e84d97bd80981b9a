#pragma once
// Requests to be where something happens: on to the next breakpoint or back to the last, until one condition, to the
// event that last changed a value. Searched on a thread of its own; what was found is said.

#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/history/known_run.h"
#include "lessons/stop_condition.h"
#include "views/session/background.h"
#include "views/session/explorer.h"
#include "views/session/mark_book.h"
#include "views/session/messages.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/travel.h"

namespace ringside {

/// What is wrong with a condition, as a sentence.
QString stopErrorText(const StopError& error, const Texts& texts);

class Hunt : public QObject {
    Q_OBJECT
  public:
    /// What a hunt needs of the session.
    struct Parts {
        RunState& run;
        Travel& travel;
        Explorer& explorer;
        MarkBook& marks;
        const Texts& texts;
        Messages& messages;
    };
    /// Where the learner was last brought by one, and by what.
    struct Met {
        Position position = 0;
        QString what;
    };
    using Read = ValueReader;

    explicit Hunt(const Parts& parts, QObject* parent = nullptr);
    ~Hunt() override;

    /// To the next (last) place at which a breakpoint that is on is met; the present one does not count.
    void toBreakpoint(Direction direction);
    /// The same for one condition that is not kept. The sentence says what is wrong with it; empty: it is searched for.
    QString toCondition(const QString& text, Direction direction);
    /// To the event before this place that last changed a value; `name` is what it is called. `read` gives a leaf, kind
    /// none where there is none, and is called on another thread.
    void toLastChange(const QString& name, Read read);
    /// The same for a name of the state, or an expression.
    void toLastChange(const QString& name);

    [[nodiscard]] bool busy() const { return m_search != nullptr; }
    void cancel();
    [[nodiscard]] const std::optional<Met>& met() const { return m_met; }
    /// What is wrong with a condition in the open run; empty: nothing.
    [[nodiscard]] QString wrong(const QString& text) const;

  signals:
    void busyChanged(bool busy);
    /// The events that were looked through, of how many.
    void progress(quint64 done, quint64 total);
    /// met() is another one.
    void arrived();

  private:
    struct Search;
    void start(std::shared_ptr<Search> search);
    /// Searches what is known behind where the search has come to.
    void searchKnown();
    void finish(const Hit& hit);
    void tellNone(const Search& search);
    void end();
    [[nodiscard]] QString change(const Search& search, Position position) const;

    Parts m_parts;
    Background m_work;
    std::shared_ptr<Search> m_search;
    bool m_waits = false;  ///< for more of the run to be known
    bool m_going = false;  ///< the move is ours
    std::optional<Met> m_met;
};

}  // namespace ringside
