#include "views/session/explorer.h"

#include <algorithm>
#include <memory>

#include "views/session/series_table.h"

namespace ringside {
namespace {

/// How far a run is played on by itself: some minutes of a busy machine; the learner may ask for more.
constexpr Position kAheadEvents = 400'000'000;

/// A stretch of the run that nothing but time changes: from a World to the learner's next act.
struct Stretch {
    Exploration play;
    Position end = 0;
};

/// The stretches that lead from one position to another.
std::vector<Stretch> stretchesOf(Timeline& timeline, Position from, Position known) {
    std::vector<Position> begins{from};
    for (const JournalEntry& entry : timeline.journal())
        if (entry.at.position > begins.back() && entry.at.position < known) begins.push_back(entry.at.position);
    std::vector<Stretch> all;
    for (std::size_t i = 0; i < begins.size(); ++i) {
        Exploration::Start start;
        start.world = timeline.at(begins[i]);
        if (begins[i] > 0) start.event = timeline.event(begins[i]).value_or(Event{});
        start.inputs = timeline.sharedInputs();
        start.spacing = ~Position{0};  // no checkpoints: the timeline has them
        all.push_back({Exploration(std::move(start)), i + 1 < begins.size() ? begins[i + 1] : known});
    }
    return all;
}

/// Takes samples all along.
void sample(std::vector<Stretch>& stretches, SampleRecorder& recorder, const std::stop_token& stop) {
    for (Stretch& stretch : stretches) {
        Exploration& play = stretch.play;
        recorder.record(play.world(), play.inputs(), play.event());
        while (play.world().position < stretch.end && !play.ended() && !stop.stop_requested()) {
            static_cast<void>(play.run(std::min(recorder.stride(), stretch.end - play.world().position), stop));
            recorder.record(play.world(), play.inputs(), play.event());
        }
    }
}

}  // namespace

Explorer::Explorer(RunState& run, ViewState& view, MarkBook& marks, QObject* parent)
    : QObject(parent), m_run(run), m_view(view), m_marks(marks), m_ahead(this), m_again(this) {
    connect(&m_marks, &MarkBook::changed, this, [this] {
        if (!m_run.hasRun() || m_run.samples().expressions() == wanted()) return;
        pause();
        sampleAgain();
    });
    connect(&m_view, &ViewState::changed, this, [this](ViewParts parts) {
        if (!parts.testFlag(ViewPart::series) || !m_run.hasRun()) return;
        pause();
        sampleAgain();
    });
    connect(&m_ahead, &RunAhead::advanced, this,
            [this](const std::shared_ptr<RunReport>& report) { m_run.adopt(*report); });
}

Explorer::~Explorer() { pause(); }

void Explorer::pause() {
    m_ahead.stop();
    m_again.stop();
}

std::vector<std::string> Explorer::wanted() const {
    std::vector<std::string> all = seriesExpressions(m_run.world(), m_view.now().series);
    for (const QString& watched : m_marks.now().watched) {
        const std::string text = watched.toStdString();
        if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
    }
    return all;
}

void Explorer::sampleAgain() { sampleKnown(SampleRecorder(wanted())); }

void Explorer::sampleKnown(SampleRecorder begun) {
    const Position from = begun.samples().last(), known = m_run.explored();
    auto stretches = std::make_shared<std::vector<Stretch>>(stretchesOf(m_run.timeline(), from, known));
    auto recorder = std::make_shared<SampleRecorder>(std::move(begun));
    m_again.start([this, stretches, recorder](const std::stop_token& stop) -> Background::Done {
        sample(*stretches, *recorder, stop);
        return [this, recorder] {
            m_run.setSamples(recorder->samples());
            start(std::move(*recorder));
        };
    });
    m_run.tellKnown();
}

void Explorer::start(SampleRecorder recorder) {
    if (recorder.samples().expressions() != wanted()) return sampleAgain();
    // What was played in the meantime, as a lesson on its way to a step, is sampled first.
    if (m_run.explored() >= recorder.samples().last() + recorder.stride()) return sampleKnown(std::move(recorder));
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
    pause();
    m_run.tellKnown();
}

void Explorer::runOn() {
    if (!m_run.hasRun() || m_run.ended() || running()) return;
    m_limit = std::max(m_limit, m_run.explored()) + kAheadEvents;
    resume();
}

void Explorer::resample(Position from) {
    Timeline& timeline = m_run.timeline();
    RunSamples samples = m_run.samples();
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
        recorder.record(timeline.world(), timeline.inputs(), timeline.event().value_or(Event{}));
    }
    timeline.seek(here);
    m_run.forgetAfter(from);
    m_run.setSamples(recorder.samples());
    start(std::move(recorder));
}

}  // namespace ringside
