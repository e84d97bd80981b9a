// Events: one by position, the next that matches, those of a chunk.

#include "engine/history/step_kinds.h"
#include "engine/history/timeline_impl.h"

namespace ringside {
namespace {

/// Forward: the first match of the part of a chunk behind `from`; backward: the last before `from`. Events in order,
/// seq from `first` + 1.
std::optional<Position> scan(const std::vector<Event>& events, const EventFilter& filter, Direction direction,
                             Position from) {
    if (direction == Direction::forward) {
        for (const Event& event : events) {
            if (event.seq > from && filter.matches(event)) return event.seq;
        }
    } else {
        for (std::size_t i = events.size(); i-- > 0;) {
            if (events[i].seq < from && filter.matches(events[i])) return events[i].seq;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<Event> Timeline::event(Position position) {
    Impl& m = *m_impl;
    if (position == 0) return std::nullopt;
    if (m.here.event.seq == position && m.here.world.position == position) return m.here.event;
    if (position > explored()) explore(position - explored());
    if (position > explored()) return std::nullopt;
    return m.events(m.branch, chunkOf(position))[static_cast<std::size_t>((position - 1) % kChunkEvents)];
}

std::size_t Timeline::chunkCount() const { return explored() == 0 ? 0 : chunkOf(explored()) + 1; }

const ChunkSummary& Timeline::summary(std::size_t chunk) const {
    RS_ASSERT(chunk < chunkCount());
    return m_impl->summary(chunk);
}

std::vector<Position> Timeline::matches(std::size_t chunk, const EventFilter& filter) {
    std::vector<Position> found;
    if (!filter.possible(summary(chunk))) return found;
    for (const Event& event : m_impl->events(m_impl->branch, chunk)) {
        if (filter.matches(event)) found.push_back(event.seq);
    }
    return found;
}

Found Timeline::find(const EventFilter& filter, Direction direction, Position from, std::uint64_t budget,
                     const std::stop_token& stop) {
    return direction == Direction::forward ? m_impl->findForward(*this, filter, from, budget, stop)
                                           : m_impl->findBackward(filter, from, stop);
}

Found Timeline::Impl::findForward(Timeline& timeline, const EventFilter& filter, Position from, std::uint64_t budget,
                                  const std::stop_token& stop) {
    Cursor cursor;
    bool placed = false;
    Position at = from;
    while (true) {
        const BranchInfo& info = current().info;
        if (stop.stop_requested()) return {Found::How::stopped, at};
        if (at >= info.explored) {
            if (info.ended) return {Found::How::none, info.explored};
            if (budget == 0) return {Found::How::stopped, at};
            const std::uint64_t played =
                timeline.explore(std::min(budget, kChunkEvents - info.explored % kChunkEvents), stop);
            budget -= played;
            continue;
        }
        const std::size_t chunk = chunkOf(at + 1);
        const Position last = std::min((chunk + 1) * kChunkEvents, info.explored);
        if (filter.possible(summary(chunk))) {
            const std::vector<Event>* known = log.find(chunkOwner(branch, chunk), chunk);
            if (known && known->size() >= last - chunk * kChunkEvents) {
                if (const auto seq = scan(*known, filter, Direction::forward, at)) return {Found::How::found, *seq};
            } else {
                locate(branch, {at, 0}, cursor, placed ? std::optional(branch) : std::nullopt);
                placed = true;
                Position match = 0;
                replay(branch, cursor, {last, 0}, [&](const Event& event) {
                    if (match == 0 && filter.matches(event)) match = event.seq;
                });
                if (match) return {Found::How::found, match};
            }
        }
        at = last;
    }
}

Found Timeline::Impl::findBackward(const EventFilter& filter, Position from, const std::stop_token& stop) {
    Position at = std::min(from, current().info.explored + 1);  // events before this one are still to be looked at
    while (at > 1) {
        if (stop.stop_requested()) return {Found::How::stopped, at};
        const std::size_t chunk = chunkOf(at - 1);
        const Position first = chunk * kChunkEvents;
        const Position known_last = std::min(first + kChunkEvents, current().info.explored);
        if (!filter.possible(summary(chunk))) {
            at = first + 1;
            continue;
        }
        const std::vector<Event>* known = log.find(chunkOwner(branch, chunk), chunk);
        if (known && known->size() >= known_last - first) {
            if (const auto seq = scan(*known, filter, Direction::backward, at)) return {Found::How::found, *seq};
            at = first + 1;
            continue;
        }
        // Play through everything since the checkpoint once and keep the last match, rather than chunk by chunk from
        // the same place.
        const Checkpoint& checkpoint = checkpointBefore(branch, {first, 0});
        Cursor cursor{checkpoint.world, checkpoint.place.acts, checkpoint.event};
        const Position begin = checkpoint.place.position;
        Position last_match = 0;
        replay(branch, cursor, {at - 1, 0}, [&](const Event& event) {
            if (filter.matches(event)) last_match = event.seq;
        });
        if (last_match) return {Found::How::found, last_match};
        at = begin + 1;
    }
    return {Found::How::none, 0};
}

}  // namespace ringside
