#include "engine/history/step_kinds.h"

#include <iterator>

namespace ringside {
namespace {

bool onStack(const Event& event) { return event.cpu != kNoCpu && event.depth > 0; }

/// Of the events after a place on a stack, in their order, tells those of interrupts on top of the frames that were
/// there. A call is seen after the stage that made it: so the entry of a function that is not deeper, before any event
/// of the callers, is an interrupt's. It is over when a frame below it goes on.
class InterruptsOnTop {
  public:
    explicit InterruptsOnTop(const Event& here) : m_here(here) {}
    bool passes(const Event& e) {
        if (m_depth > 0 && e.depth < m_depth) m_depth = 0;
        if (m_depth == 0 && begins(e)) m_depth = e.depth;
        return m_depth > 0;
    }

  private:
    [[nodiscard]] bool begins(const Event& e) const {
        if (e.kind != EventKind::enter) return false;
        if (e.depth <= m_here.depth) return true;
        // what is called from hardirq is in hardirq too, and no interrupt comes in there
        return e.depth == m_here.depth + 1 && e.context == Context::hardirq && m_here.context != Context::hardirq;
    }
    Event m_here;
    std::uint8_t m_depth = 0;  ///< of the interrupt's frame; 0: none is there
};

/// Events on the stack of the same task of which the frames say yes. Backwards nothing needs to be passed by: between a
/// frame and the call of it, interrupts are deeper than both.
template <class Frames>
bool sameStack(const StepFrom& from, Direction direction, EventFilter& filter, Frames frames) {
    if (!onStack(from.event)) return false;
    filter.task = from.event.task;
    filter.also = [here = from.event, frames, forward = direction == Direction::forward,
                   on_top = InterruptsOnTop(from.event)](const Event& e) mutable {
        if (!onStack(e) || e.machine != here.machine) return false;
        if (forward && on_top.passes(e)) return false;
        return frames(here, e);
    };
    return true;
}

bool anyEvent(const StepFrom& /*from*/, Direction /*direction*/, EventFilter& /*filter*/) { return true; }

bool functionEntry(const StepFrom& /*from*/, Direction /*direction*/, EventFilter& filter) {
    filter.kind = EventKind::enter;
    return true;
}

bool otherPacket(const StepFrom& from, Direction /*direction*/, EventFilter& filter) {
    filter.also = [packet = from.event.packet](const Event& e) { return e.packet != 0 && e.packet != packet; };
    return true;
}

/// A call's own events are one frame deeper. So are those of an interrupt, but these are in hardirq, and what that
/// calls is deeper still.
bool into(const StepFrom& from, Direction direction, EventFilter& filter) {
    return sameStack(from, direction, filter, [](const Event& here, const Event& e) {
        if (e.depth == here.depth + 1) return e.context != Context::hardirq || here.context == Context::hardirq;
        return e.depth < here.depth;
    });
}

bool over(const StepFrom& from, Direction direction, EventFilter& filter) {
    return sameStack(from, direction, filter, [](const Event& here, const Event& e) { return e.depth <= here.depth; });
}

bool out(const StepFrom& from, Direction direction, EventFilter& filter) {
    return from.event.depth > 1 &&
           sameStack(from, direction, filter, [](const Event& here, const Event& e) { return e.depth < here.depth; });
}

bool samePacket(const StepFrom& from, Direction /*direction*/, EventFilter& filter) {
    filter.packet = from.packet;
    return from.packet != 0;
}

bool sameTask(const StepFrom& from, Direction /*direction*/, EventFilter& filter) {
    filter.task = from.event.task;
    filter.also = [machine = from.event.machine](const Event& e) { return e.cpu != kNoCpu && e.machine == machine; };
    return from.event.cpu != kNoCpu;
}

bool sameCpu(const StepFrom& from, Direction /*direction*/, EventFilter& filter) {
    filter.cpu = from.event.cpu;
    filter.also = [machine = from.event.machine](const Event& e) { return e.machine == machine; };
    return from.event.cpu != kNoCpu;
}

struct StepRow {
    StepKind kind;
    bool (*fill)(const StepFrom& from, Direction direction, EventFilter& filter);  ///< false: nothing to go by
};

constexpr StepRow kStepRows[] = {
    {StepKind::stage, anyEvent},
    {StepKind::function, functionEntry},
    {StepKind::packet, otherPacket},
    {StepKind::into, into},
    {StepKind::over, over},
    {StepKind::out, out},
    {StepKind::same_packet, samePacket},
    {StepKind::same_task, sameTask},
    {StepKind::same_cpu, sameCpu},
};
static_assert(std::size(kStepRows) == static_cast<std::size_t>(StepKind::count_));

}  // namespace

std::optional<EventFilter> stepFilter(StepKind kind, Direction direction, const StepFrom& from) {
    EventFilter filter;
    for (const StepRow& row : kStepRows) {
        if (row.kind == kind) return row.fill(from, direction, filter) ? std::optional(filter) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace ringside
