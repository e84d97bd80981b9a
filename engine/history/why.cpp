#include "engine/history/why.h"

#include "engine/history/step_kinds.h"
#include "engine/linux/functions.h"

namespace ringside {
namespace {

bool runsOnCpu(const Event& event) { return event.cpu != kNoCpu && event.depth > 0; }

std::optional<Event> lastBefore(const EventSource& run, const EventFilter& filter, Position from) {
    const std::optional<Position> position = run.before(filter, from);
    return position ? run.event(*position) : std::nullopt;
}

/// The event by which the interrupt came in that `here` is part of: the innermost frame in hardirq that stands on one
/// that is not.
std::optional<Event> interruptEntry(const EventSource& run, const Event& here, std::uint8_t depth) {
    if (here.depth == depth && here.kind == EventKind::enter) return here;
    EventFilter filter;
    filter.task = here.task;
    filter.kind = EventKind::enter;
    filter.context = Context::hardirq;
    filter.also = [machine = here.machine, depth](const Event& e) { return e.machine == machine && e.depth == depth; };
    return lastBefore(run, filter, here.seq);
}

/// Who woke the task last.
std::optional<Event> waker(const EventSource& run, const Event& here) {
    EventFilter filter;
    filter.tracepoint = Tracepoint::sched_wakeup;
    filter.also = [machine = here.machine, slot = here.task.slot](const Event& e) {
        return e.machine == machine && e.args[0] == slot;
    };
    return lastBefore(run, filter, here.seq);
}

std::optional<Cause> ofStack(const EventSource& run, const Event& here) {
    std::optional<Event> caller;
    if (const auto out = stepFilter(StepKind::out, Direction::backward, {here}))
        caller = lastBefore(run, *out, here.seq);
    if (here.context == Context::hardirq && (!caller || caller->context != Context::hardirq)) {
        const auto depth = static_cast<std::uint8_t>(caller ? caller->depth + 1 : here.depth);
        const std::optional<Event> entry = interruptEntry(run, here, depth);
        if (!entry) return std::nullopt;
        const std::optional<Event> raised = entry->cause ? run.event(entry->cause) : std::nullopt;
        if (!raised) return std::nullopt;
        return Cause{Cause::How::raised, *raised};
    }
    // a task that slept since the call goes on because it was woken
    if (here.context == Context::process || here.context == Context::user) {
        const std::optional<Event> woke = waker(run, here);
        if (woke && (!caller || woke->seq > caller->seq)) return Cause{Cause::How::woke, *woke};
    }
    if (caller) return Cause{Cause::How::called, *caller};
    return std::nullopt;
}

}  // namespace

Why whyHappened(const EventSource& run, Position position, std::size_t most) {
    Why why;
    std::optional<Event> here = run.event(position);
    if (!here) return why;
    why.causes.push_back({Cause::How::itself, *here});
    while (why.causes.size() < most) {
        std::optional<Cause> next;
        if (runsOnCpu(*here)) {
            next = ofStack(run, *here);
        } else if (here->function == fn::timer.id) {
            why.root = Why::Root::timer;
            return why;
        } else if (const auto cause = here->cause ? run.event(here->cause) : std::nullopt) {
            // a frame of the traffic follows the one before it; one that another machine sent has its sender as cause
            if (here->function != fn::wire.id || cause->function != fn::wire.id) next = Cause{Cause::How::led, *cause};
        }
        if (!next) {
            why.root = here->function == fn::wire.id ? Why::Root::wire : Why::Root::beginning;
            return why;
        }
        here = next->event;
        why.causes.push_back(*next);
    }
    why.root = Why::Root::unknown;
    return why;
}

}  // namespace ringside
