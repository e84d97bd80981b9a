#pragma once
// Where a run is to stop, as it is typed: an event (function, stage, drop, packet, task, CPU, context), an expression
// over the state that begins to hold, or a value that changes. Read against one run; searched for in its KnownRun.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/core/value.h"
#include "engine/history/known_run.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// What is wrong with a condition. `word` is what was not understood, `near` what it could have meant, `detail` what a
/// library says of it, English.
struct StopError {
    enum class Kind : std::uint8_t {
        none,
        empty,
        word,        ///< neither a function nor anything else that is known
        stage,       ///< the function has no such stage, or several
        number,      ///< a number is wanted behind this word
        task,        ///< no task of this name here
        expression,  ///< not to be read as an expression
        counts       ///< counts over a stretch of the run, which a moment does not have
    };
    Kind kind = Kind::none;
    std::string word, near, detail;
};

/// - `udp_rcv`, `udp_rcv()`: entered; `udp_rcv,udpv6_rcv`: one of them; `udp_rcv: look up`: a stage that has these
/// words;
/// - `drop`, `drop NO_SOCKET`, `NO_SOCKET`; `packet 17`; `cpu 1`; `task udprx`; a context: `softirq`;
/// - `task udprx TASK_INTERRUPTIBLE`: its state becomes this;
/// - several of these, joined by spaces: one event must be all of it;
/// - `… if EXPRESSION`: and the expression holds after it;
/// - an expression alone: the event that makes it hold; `NAME changes`: one that changes the value.
class StopCondition {
  public:
    enum class Kind : std::uint8_t { event, state, change };

    /// `error.kind` is none where it could be read.
    static StopCondition read(const std::string& text, const World& world, const Inputs& inputs, StopError& error);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const std::string& text() const { return m_text; }
    /// Which events alone are meant, where an event is.
    [[nodiscard]] const EventFilter& filter() const { return m_filter; }
    /// For one search, on whatever thread; each has a state of its own.
    [[nodiscard]] Quarry quarry(std::shared_ptr<const Inputs> inputs) const;

  private:
    friend class StopReader;
    Kind m_kind = Kind::event;
    std::string m_text;
    EventFilter m_filter;
    std::string m_expression;  ///< of the state, or the name whose value changes; empty: none
};

/// A leaf of the state at one moment; kind none: there is none. May be called on another thread.
using ValueReader = std::function<Value(const World&, const Event&)>;
/// The one at a name, or what an expression comes to.
ValueReader valueReader(std::string name, std::shared_ptr<const Inputs> inputs);
/// Met where a value changes, appears or goes. Each search has one of its own.
Quarry changeOf(const ValueReader& read);

}  // namespace ringside
