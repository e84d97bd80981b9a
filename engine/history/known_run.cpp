#include "engine/history/known_run.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/history/timeline_impl.h"
#include "engine/step/step.h"

namespace ringside {
namespace {

/// Events between two looks at the stop token.
constexpr Position kLook = 4096;

/// One pass over a part of the run that no checkpoint divides.
class Pass {
  public:
    Pass(const KnownRun& run, std::span<const Quarry> quarries, const Checkpoint& begin)
        : m_run(run), m_quarries(quarries), m_world(begin.world), m_event(begin.event), m_acts(begin.place.acts) {
        m_worlds = std::any_of(quarries.begin(), quarries.end(), [](const Quarry& q) { return q.sees != nullptr; });
    }

    /// Goes on to the World at `to` with all that was done there.
    void quietly(Position to) {
        act();
        while (m_world.position < to) advance(to, [](const Event&) { return true; });
    }
    /// Goes on to `to`. `hit(position, which)` is told of what is met and says whether to go on. False: it, or the stop
    /// token, said no.
    template <class F>
    bool looking(Position to, const std::stop_token& stop, F hit) {
        act();
        for (const Quarry& q : m_quarries)
            if (q.every && q.begin) q.begin(m_world, m_event);
        while (m_world.position < to) {
            if (stop.stop_requested()) return false;
            const Position until = std::min(to, m_world.position + kLook);
            while (m_world.position < until) {
                const bool more = m_worlds ? one(hit) : advance(until, [&](const Event& e) { return events(e, hit); });
                if (!more) return false;
            }
        }
        return true;
    }
    [[nodiscard]] Position position() const { return m_world.position; }

  private:
    template <class F>
    bool events(const Event& event, F& hit) {
        for (std::size_t i = 0; i < m_quarries.size(); ++i)
            if (m_quarries[i].filter.matches(event)) return hit(event.seq, i);
        return true;
    }
    template <class F>
    bool one(F& hit) {
        advance(m_world.position + 1, [](const Event&) { return true; });
        std::optional<std::size_t> first;
        for (std::size_t i = 0; i < m_quarries.size(); ++i) {
            const Quarry& q = m_quarries[i];
            // what compares must see every World, whatever was met already
            const bool met = q.every ? q.sees(m_world, m_event)
                                     : !first && q.filter.matches(m_event) && (!q.sees || q.sees(m_world, m_event));
            if (met && !first) first = i;
        }
        return !first || hit(m_event.seq, *first);
    }
    /// Makes events up to `to`, or to the next intervention, and does what was done there.
    template <class F>
    bool advance(Position to, F seen) {
        const auto next = m_run.journal.begin() + static_cast<std::ptrdiff_t>(nextAct());
        if (next != m_run.journal.end()) to = std::min(to, next->at.position);
        bool more = true;
        const std::size_t room = std::min<Position>(m_batch.size(), to - m_world.position);
        const std::size_t made = stepMany(m_world, *m_run.inputs, std::span(m_batch).first(room));
        RS_ASSERT(made == room);
        for (std::size_t i = 0; i < made && more; ++i) more = seen(std::as_const(m_batch[i]));
        if (made) {
            m_event = m_batch[made - 1];
            m_acts = 0;
        }
        act();
        return more;
    }
    [[nodiscard]] std::size_t nextAct() const {
        const Place here{m_world.position, m_acts};
        const auto at = std::lower_bound(m_run.journal.begin(), m_run.journal.end(), here,
                                         [](const JournalEntry& e, Place p) { return e.at < p; });
        return static_cast<std::size_t>(at - m_run.journal.begin());
    }
    /// All that was done at this position, and what is left to happen at the run's end.
    void act() {
        for (std::size_t i = nextAct(); i < m_run.journal.size() && m_run.journal[i].at.position == m_world.position;
             ++i) {
            if (m_run.journal[i].after_end) settle();
            const std::optional<Error> error = applyIntervention(m_world, *m_run.inputs, m_run.journal[i].what);
            RS_ASSERT(!error);
            ++m_acts;
        }
        if (m_run.ended && m_world.position == m_run.explored) settle();
    }
    void settle() {
        Event none;
        const bool more = step(m_world, *m_run.inputs, none);
        RS_ASSERT(!more);
    }

    const KnownRun& m_run;
    std::span<const Quarry> m_quarries;
    World m_world;
    Event m_event;
    std::uint32_t m_acts;
    bool m_worlds;
    std::array<Event, 128> m_batch;
};

/// Whether one of the quarries can be among the events behind `from` up to `to`.
bool possible(const KnownRun& run, std::span<const Quarry> quarries, Position from, Position to) {
    for (const Quarry& q : quarries) {
        if (q.every) return true;
        for (std::size_t chunk = chunkOf(from + 1); chunk <= chunkOf(to) && chunk < run.summaries.size(); ++chunk)
            if (q.filter.possible(run.summaries[chunk])) return true;
    }
    return false;
}

}  // namespace

Hit KnownRun::search(std::span<const Quarry> quarries, Direction direction, Position from, const std::stop_token& stop,
                     const std::function<void(Position)>& tell) const {
    const bool forward = direction == Direction::forward;
    if (quarries.empty() || points.empty()) return {Found::How::none, forward ? explored : 0, 0};
    // events behind `low` and up to `high`
    const Position low = forward ? from : 0, high = forward ? explored : std::min(explored, from ? from - 1 : 0);
    if (low >= high) return {Found::How::none, forward ? explored : 0, 0};
    const auto pointAt = [this](Position position) {
        const auto after = std::upper_bound(points.begin(), points.end(), position,
                                            [](Position p, const Checkpoint& c) { return p < c.place.position; });
        return static_cast<std::size_t>(after - points.begin()) - 1;
    };
    std::size_t point = pointAt(forward ? low : high - 1);
    while (true) {
        const Position begin = std::max(low, points[point].place.position);
        const Position end = point + 1 < points.size() ? std::min(high, points[point + 1].place.position) : high;
        if (begin < end && possible(*this, quarries, begin, end)) {
            Pass pass(*this, quarries, points[point]);
            pass.quietly(begin);
            Hit best;
            const bool whole = pass.looking(end, stop, [&](Position position, std::size_t which) {
                best = {Found::How::found, position, which};
                return !forward;
            });
            if (best && (forward || whole)) return best;
            if (!whole) return {Found::How::stopped, forward ? pass.position() : end + 1, 0};
        }
        if (stop.stop_requested()) return {Found::How::stopped, forward ? end : begin + 1, 0};
        if (tell) tell(forward ? end : begin);
        if (forward ? end >= high : begin <= low) return {Found::How::none, forward ? explored : 0, 0};
        point = forward ? point + 1 : point - 1;
    }
}

KnownRun Timeline::known() const {
    const Impl& m = *m_impl;
    KnownRun run;
    const Branch& branch = m.branches[m.branch];
    run.inputs = m.inputs;
    run.journal = branch.journal;
    run.explored = branch.info.explored;
    run.ended = branch.info.ended;
    run.summaries.reserve(chunkCount());
    for (std::size_t chunk = 0; chunk < chunkCount(); ++chunk) run.summaries.push_back(m.summary(chunk));
    Place last{~Position{0}, 0};
    for (const Branch* b = &branch;; b = &m.branches[*b->info.parent]) {
        const std::span<const Checkpoint> all = b->checkpoints.all();
        for (auto c = all.rbegin(); c != all.rend(); ++c)
            if (c->place <= last) run.points.push_back(*c);
        if (!b->info.parent) break;
        last = std::min(last, b->info.fork);
    }
    std::reverse(run.points.begin(), run.points.end());
    return run;
}

}  // namespace ringside
