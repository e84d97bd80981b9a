// What the learner does to the run, and the branches that come of it.
#include <algorithm>

#include "views/session/session.h"

namespace ringside {

bool Session::intervene(const Intervention& what) {
    if (!m_timeline) return false;
    setPlaying(false);
    m_ahead.stop();
    const Position here = position();
    if (const std::optional<Error> error = m_timeline->intervene(what)) {
        report(MessageKind::error, text(*error));
        startAhead(SampleRecorder(m_samples, m_timeline->exploration().world()));
        return false;
    }
    if (m_run) m_run->forget();
    resample(here);
    emit runChanged();
    emit moved(Motion::none);
    return true;
}

void Session::switchBranch(BranchId id) {
    if (!m_timeline || id == m_timeline->branch()) return;
    setPlaying(false);
    m_ahead.stop();
    m_timeline->switchBranch(id, position());
    if (m_run) m_run->forget();
    const auto branches = m_timeline->branches();
    resample(std::min(position(), branches[id].parent ? branches[id].fork.position : Position{0}));
    m_previous.reset();
    emit runChanged();
    emit moved(Motion::jump);
}

/// The samples after `from` belong to another future: those of what is known here are taken again, the rest follows in
/// the background.
void Session::resample(Position from) {
    m_samples.cutAfter(from);
    const Place here = m_timeline->place();
    m_timeline->seek(from);
    SampleRecorder recorder(m_samples, m_timeline->world());
    const Position known = m_timeline->explored();
    // a stride that keeps this short; what was coarse stays coarse
    const Position stride = std::max<Position>(recorder.stride(), (known - std::min(known, from)) / 2000);
    while (stride && m_timeline->position() < known) {
        const Position to = std::min(known, m_timeline->position() + stride);
        if (m_timeline->seek(to) != to) break;
        recorder.record(m_timeline->world(), m_timeline->event().value_or(Event{}));
    }
    m_timeline->seek(here);
    m_fates.cutAfter(from);
    m_walk = {};
    m_samples = recorder.series();
    startAhead(std::move(recorder));
}

}  // namespace ringside
