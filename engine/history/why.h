#pragma once
// Why an event happened: its causes one after another, back to the wire, a timer or the beginning of the run.
//
// On a CPU an event comes about by the frame that called its function, an interrupt by the hardware that raised it, a
// task that runs by who woke it last. Left out: why the scheduler chose this task among those that were awake.

#include <functional>
#include <optional>
#include <vector>

#include "engine/history/chunk_summary.h"

namespace ringside {

/// One event of the chain, and how it brought about the one before it in the list.
struct Cause {
    enum class How : std::uint8_t {
        itself,  ///< the event that is asked about
        called,  ///< by a call, from this event's frame
        raised,  ///< this hardware event raised the interrupt that the event before came in by
        woke,    ///< this event woke the task
        led,     ///< the hardware went on from this event
    };
    How how = How::itself;
    Event event;
};

/// The chain, and where it ends.
struct Why {
    enum class Root : std::uint8_t {
        wire,       ///< a frame that arrived from outside
        timer,      ///< the clock of a CPU
        beginning,  ///< what the scenario (or the person) set going
        unknown,    ///< more causes than `most`
    };
    Root root = Root::beginning;
    std::vector<Cause> causes;  ///< the event itself first
};

/// How the chain looks at the run.
struct EventSource {
    std::function<std::optional<Event>(Position position)> event;
    /// The last event before `from` that matches.
    std::function<std::optional<Position>(const EventFilter& filter, Position from)> before;
};

/// The causes of the event at `position`, at most `most` of them. Searches backwards some ten times; each costs what
/// Timeline::find() does.
Why whyHappened(const EventSource& run, Position position, std::size_t most = 64);

}  // namespace ringside
