#include "engine/history/exploration.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "engine/history/footprint.h"
#include "engine/step/step.h"

namespace ringside {
namespace {

constexpr std::size_t kBatch = 128;  // events made at once; they stay in the processor's nearest cache

}  // namespace

bool settleEnd(World& world, const Inputs& inputs) {
    // A CPU that goes first makes an event; what the agenda has may be none, or end the run.
    const Time cpu = world.clock.minKey();
    if (!world.stopped() && cpu != kNever && cpu < world.agenda.nextTime()) return false;
    World probe = world;
    Event event;
    if (step(probe, inputs, event)) return false;
    world = std::move(probe);
    return true;
}

void Exploration::addCheckpoint(Findings& findings) {
    const std::size_t bytes = bytesBeyond(m_state.world, m_state.last_checkpoint ? &*m_state.last_checkpoint : nullptr);
    findings.checkpoints.push_back({{m_state.world.position, 0}, m_state.world, m_state.event, bytes});
    m_state.last_checkpoint = m_state.world;
    m_state.held += bytes;
    if (m_state.held <= m_state.budget) return;
    // Every second one goes. Those handed back before are dropped by the Timeline when it learns of the new spacing.
    m_state.spacing *= 2;
    findings.spacing = m_state.spacing;
    std::erase_if(findings.checkpoints, [&](const Checkpoint& c) { return c.place.position % m_state.spacing != 0; });
    m_state.held /= 2;
}

Findings Exploration::run(std::uint64_t events, const std::stop_token& stop) {
    Findings findings;
    findings.branch = m_state.branch;
    findings.version = m_state.version;
    findings.from = m_state.world.position;
    findings.spacing = m_state.spacing;
    findings.first_chunk = static_cast<std::size_t>(m_state.world.position / kChunkEvents);
    const Inputs& inputs = *m_state.inputs;
    std::array<Event, kBatch> batch;
    const Position target = m_state.world.position + std::min(events, ~Position{0} - m_state.world.position);
    while (!m_state.ended && m_state.world.position < target && !stop.stop_requested()) {
        // up to where something is to be done besides stepping: a full chunk (checkpoints stand at chunk boundaries),
        // the target, a look at the stop token
        const Position boundary = (m_state.world.position / kChunkEvents + 1) * kChunkEvents;
        const Position until = std::min(std::min(boundary, target), m_state.world.position + 4096);
        Stepper stepper(m_state.world, inputs);  // a checkpoint, which copies the World, comes after it
        while (m_state.world.position < until) {
            const std::size_t room = std::min<Position>(batch.size(), until - m_state.world.position);
            const std::size_t made = stepper.many(std::span(batch).first(room));
            for (std::size_t i = 0; i < made; ++i) m_state.partial.add(batch[i]);
            if (made) m_state.event = batch[made - 1];
            if (made < room) {
                m_state.ended = true;
                break;
            }
        }
        if (m_state.world.position == boundary) {
            findings.summaries.push_back(std::exchange(m_state.partial, {}));
            if (boundary % m_state.spacing == 0) addCheckpoint(findings);
        }
    }
    if (!m_state.ended) m_state.ended = settleEnd(m_state.world, inputs);
    if (m_state.partial.count) findings.summaries.push_back(m_state.partial);
    findings.explored = m_state.world.position;
    findings.ended = m_state.ended;
    return findings;
}

}  // namespace ringside
