// What the learner does: interventions, and the branches they open.

#include "engine/history/timeline_impl.h"

namespace ringside {

std::optional<Error> Timeline::intervene(const Intervention& what) {
    Impl& m = *m_impl;
    const Place here = place();
    World next = world();
    if (std::optional<Error> error = applyIntervention(next, *m.inputs, what)) return error;
    const JournalEntry entry{here, what, m.current().settledAt(here)};
    if (here == m.current().frontier()) {
        Branch& b = m.current();
        b.journal.push_back(entry);
        b.info.ended = false;
        ++b.version;
    } else {
        Branch child;
        const Branch& old = m.current();
        child.info.id = static_cast<BranchId>(m.branches.size());
        child.info.parent = m.owner(m.branch, here);
        child.info.fork = here;
        child.info.label = describeIntervention(what, *m.inputs);
        child.info.explored = here.position;
        child.journal.assign(old.journal.begin(), old.journalFrom(here));
        child.journal.push_back(entry);
        child.first_chunk = static_cast<std::size_t>(here.position / kChunkEvents);
        if (const std::size_t partial = static_cast<std::size_t>(here.position % kChunkEvents)) {
            const std::vector<Event>& events = m.events(m.branch, child.first_chunk);
            ChunkSummary& summary = child.summaries.emplace_back();
            for (std::size_t i = 0; i < partial; ++i) summary.add(events[i]);
        }
        m.branches.push_back(std::move(child));
        m.branch = m.branches.back().info.id;
    }
    m.here.world = std::move(next);
    ++m.here.acts;
    m.current().info.ended = settleEnd(m.here.world, *m.inputs);
    return std::nullopt;
}

Position Timeline::finishLabCall(CpuNo cpu) {
    while (labCallActive(world(), cpu) && stepForward()) {
    }
    return position();
}

BranchId Timeline::branch() const { return m_impl->branch; }

std::vector<BranchInfo> Timeline::branches() const {
    std::vector<BranchInfo> infos;
    for (const Branch& b : m_impl->branches) infos.push_back(b.info);
    return infos;
}

const std::vector<JournalEntry>& Timeline::journal() const { return m_impl->current().journal; }

const std::vector<JournalEntry>& Timeline::journal(BranchId id) const {
    RS_ASSERT(id < m_impl->branches.size());
    return m_impl->branches[id].journal;
}

void Timeline::renameBranch(BranchId id, std::string label) { m_impl->branches[id].info.label = std::move(label); }

Position Timeline::switchBranch(BranchId id, Position position) {
    RS_ASSERT(id < m_impl->branches.size());
    const BranchId old = std::exchange(m_impl->branch, id);
    const Branch& b = m_impl->current();
    m_impl->moveTo(b.allActs(std::min(position, b.info.explored)), old);
    return this->position();
}

}  // namespace ringside
