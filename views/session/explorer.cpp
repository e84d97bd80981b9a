#include "views/session/explorer.h"

#include <algorithm>

namespace ringside {
namespace {

/// How far a run is played on by itself: some minutes of a busy machine; the learner may ask for more.
constexpr Position kAheadEvents = 400'000'000;

}  // namespace

Explorer::Explorer(RunState& run, QObject* parent) : QObject(parent), m_run(run), m_ahead(this) {
    connect(&m_ahead, &RunAhead::advanced, this,
            [this](const std::shared_ptr<RunReport>& report) { m_run.adopt(*report); });
}

Explorer::~Explorer() { m_ahead.stop(); }

void Explorer::start(SampleRecorder recorder) {
    Exploration exploration = m_run.timeline().exploration();
    m_run.learnFates(exploration.world().fates);
    m_ahead.start(std::move(exploration), std::move(recorder), m_limit);
    m_run.tellKnown();
}

void Explorer::begin(SampleRecorder recorder) {
    m_limit = kAheadEvents;
    start(std::move(recorder));
}

void Explorer::resume() { start(SampleRecorder(m_run.samples(), m_run.timeline().exploration().world())); }

void Explorer::stop() {
    m_ahead.stop();
    m_run.tellKnown();
}

void Explorer::runOn() {
    if (!m_run.hasRun() || m_run.ended() || running()) return;
    m_limit = std::max(m_limit, m_run.explored()) + kAheadEvents;
    resume();
}

void Explorer::resample(Position from) {
    Timeline& timeline = m_run.timeline();
    SampleSeries samples = m_run.samples();
    samples.cutAfter(from);
    const Place here = timeline.place();
    timeline.seek(from);
    SampleRecorder recorder(std::move(samples), timeline.world());
    const Position known = timeline.explored();
    // a stride that keeps this short; what was coarse stays coarse
    const Position stride = std::max<Position>(recorder.stride(), (known - std::min(known, from)) / 2000);
    while (stride && timeline.position() < known) {
        const Position to = std::min(known, timeline.position() + stride);
        if (timeline.seek(to) != to) break;
        recorder.record(timeline.world(), timeline.event().value_or(Event{}));
    }
    timeline.seek(here);
    m_run.forgetAfter(from);
    m_run.setSamples(recorder.series());
    start(std::move(recorder));
}

}  // namespace ringside
