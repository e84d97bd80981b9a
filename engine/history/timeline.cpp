#include "engine/history/timeline.h"

#include "engine/history/timeline_impl.h"

namespace ringside {

Timeline::Timeline(Start start, TimelineOptions options) : m_impl(std::make_unique<Impl>(std::move(start), options)) {}
Timeline::~Timeline() = default;
Timeline::Timeline(Timeline&&) noexcept = default;
Timeline& Timeline::operator=(Timeline&&) noexcept = default;

Position Timeline::position() const { return m_impl->here.world.position; }
Place Timeline::place() const { return m_impl->here.place(); }
const World& Timeline::world() const { return m_impl->here.world; }
const Inputs& Timeline::inputs() const { return *m_impl->inputs; }
const std::shared_ptr<const Inputs>& Timeline::sharedInputs() const { return m_impl->inputs; }
const std::optional<Event>& Timeline::event() const { return m_impl->here_event; }

std::optional<Event> Timeline::stepForward() {
    Impl& m = *m_impl;
    Branch& b = m.current();
    Cursor& here = m.here;
    if (here.world.position < b.info.explored) {
        m.replay(m.branch, here, {here.world.position + 1, 0});
        // interventions made after that event belong to its position, as seek() has it
        m.replay(m.branch, here, b.allActs(here.world.position));
        return m.here_event = here.event;
    }
    m.replay(m.branch, here, b.frontier());
    if (b.info.ended) return std::nullopt;
    if (!step(here.world, *m.inputs, here.event)) {
        b.info.ended = true;
        return std::nullopt;
    }
    here.acts = 0;
    b.info.explored = here.world.position;
    b.summaryOf(here.event.seq).add(here.event);
    m.log.append(m.branch, here.event);
    if (b.info.explored % m.spacing == 0) {
        const World* parent = b.checkpoints.last() ? nullptr : &m.checkpointBefore(m.branch, here.place()).world;
        b.checkpoints.add({here.place(), here.world, here.event}, parent);
        m.keepToBudget();
    }
    b.info.ended = settleEnd(here.world, *m.inputs);
    return m.here_event = here.event;
}

bool Timeline::stepBack() {
    if (position() == 0) return false;
    seek(position() - 1);
    return true;
}

Position Timeline::seek(Position position, const std::stop_token& stop) {
    Branch& b = m_impl->current();
    if (position > b.info.explored) explore(position - b.info.explored, stop);
    m_impl->moveTo(b.allActs(std::min(position, b.info.explored)), m_impl->branch);
    return this->position();
}

Place Timeline::seek(Place place, const std::stop_token& stop) {
    Branch& b = m_impl->current();
    if (place.position > b.info.explored) explore(place.position - b.info.explored, stop);
    const Place most = b.allActs(std::min(place.position, b.info.explored));
    m_impl->moveTo(std::min(place, most), m_impl->branch);
    return this->place();
}

World Timeline::at(Position position) {
    Branch& b = m_impl->current();
    if (position > b.info.explored) explore(position - b.info.explored);
    Cursor cursor;
    m_impl->locate(m_impl->branch, b.allActs(std::min(position, b.info.explored)), cursor);
    return std::move(cursor.world);
}

Position Timeline::explored() const { return m_impl->current().info.explored; }

std::optional<Position> Timeline::end() const {
    const BranchInfo& info = m_impl->current().info;
    return info.ended ? std::optional(info.explored) : std::nullopt;
}

std::uint64_t Timeline::explore(std::uint64_t events, const std::stop_token& stop) {
    Impl& m = *m_impl;
    const Position before = explored();
    if (events == 0 || m.current().info.ended) return 0;
    m.ensureFrontier();
    m.adopt(m.frontier->run(events, stop), ~std::size_t{0});
    m.frontier->m_state.spacing = m.spacing;
    m.frontier->m_state.held = m.checkpointBytes();
    return explored() - before;
}

Exploration Timeline::exploration() {
    m_impl->ensureFrontier();
    return *m_impl->frontier;
}

bool Timeline::adopt(Findings findings) {
    constexpr std::size_t kDropped = 16;  // some milliseconds
    return m_impl->adopt(std::move(findings), kDropped);
}

std::size_t Timeline::checkpointCount() const {
    std::size_t count = 0;
    for (const Branch& b : m_impl->branches) count += b.checkpoints.size();
    return count;
}
std::size_t Timeline::checkpointBytes() const { return m_impl->checkpointBytes(); }
std::size_t Timeline::logBytes() const { return m_impl->log.bytes(); }
Position Timeline::spacing() const { return m_impl->spacing; }

}  // namespace ringside
