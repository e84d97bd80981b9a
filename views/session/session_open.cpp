// Opening and playing on: what runs off the GUI thread.
#include <algorithm>

#include "views/session/format.h"
#include "views/session/session.h"

namespace ringside {
namespace {

/// How far a run is played on by itself: some minutes of a busy machine; the learner may ask for more.
constexpr Position kAheadEvents = 400'000'000;

}  // namespace

void Session::open(const OpenRequest& request) {
    setPlaying(false);
    auto opened = std::make_shared<std::optional<Result<OpenedRun>>>();
    const auto progress = [this](const OpenProgress& p) {
        m_opener.tell([this, p] { emit openingProgress(p.bytesDone, p.bytesTotal, p.packets); });
    };
    m_opener.start([this, request, opened, progress](std::stop_token stop) -> Background::Done {
        opened->emplace(openRun(request, m_data, progress, stop));
        return [this, opened] {
            emit openingChanged(false);
            Result<OpenedRun>& result = **opened;
            if (result)
                take(std::move(*result));
            else
                report(MessageKind::error, text(result.error()));
        };
    });
    emit openingChanged(true);
}

void Session::reopenCapture(const ReplayOptions& options) {
    if (!m_capture) return;
    OpenRequest request = m_request;
    request.kind = OpenRequest::Kind::capture;
    request.name = m_capture->path();
    request.capture = m_capture;
    request.replay = options;
    open(request);
}

void Session::cancelOpening() {
    if (!m_opener.busy()) return;
    m_opener.stop();
    emit openingChanged(false);
}

void Session::close() {
    setPlaying(false);
    cancelOpening();
    m_ahead.stop();
    m_player.reset();
    m_run.reset();
    m_lesson.reset();
    m_capture.reset();
    m_timeline.reset();
    m_previous.reset();
    m_samples = {};
    m_fates.clear();
    m_walk = {};
    m_request = {};
    emit runChanged();
    emit lessonChanged();
    emit moved(Motion::none);
}

void Session::take(OpenedRun&& run) {
    setPlaying(false);
    m_ahead.stop();
    m_player.reset();
    m_run.reset();
    m_request = std::move(run.request);
    m_scenario = std::move(run.scenario);
    m_capture = std::move(run.capture);
    m_timeline = std::move(run.timeline);
    m_run = std::make_unique<TimelineRun>(*m_timeline);
    m_lesson = run.lesson;
    if (run.lesson) m_player = std::make_unique<Player>(run.lesson, *m_run);
    m_previous.reset();
    m_fates.clear();
    m_walk = {};
    m_samples = run.samples.series();
    m_lastPacket = 0;
    m_view.selection = {};
    m_view.followed = 0;
    if (m_player) {
        m_view.step_by = StepBy::lesson;
        if (const Result<Position> first = m_player->goTo(0)) {
            m_timeline->seek(*first);
            if (*first > 0) m_previous = m_timeline->at(*first - 1);
        }
    } else if (m_view.step_by == StepBy::lesson) {
        m_view.step_by = StepBy::function;
    }
    emit runChanged();
    emit viewChanged();
    emit lessonChanged();
    emit moved(Motion::none);
    if (m_capture && m_capture->damage()) {
        const CaptureDamage& damage = *m_capture->damage();
        const QString path = QString::fromStdString(m_capture->path()), reason = QString::fromStdString(damage.reason);
        report(MessageKind::warning,
               damage.afterPacket == 0
                   ? tr("%1: the capture ends before the first packet: %2").arg(path, reason)
                   : tr("%1: the capture ends after packet %2: %3").arg(path, countText(damage.afterPacket), reason));
    }
    m_aheadLimit = kAheadEvents;
    startAhead(std::move(run.samples));
}

void Session::startAhead(SampleRecorder recorder) {
    Exploration exploration = m_timeline->exploration();
    m_fates.learn(exploration.world().fates);
    m_ahead.start(std::move(exploration), std::move(recorder), m_aheadLimit);
    emit knownChanged();
}

void Session::stopRunning() {
    m_ahead.stop();
    emit knownChanged();
}

void Session::runOn() {
    if (!m_timeline || ended() || m_ahead.busy()) return;
    m_aheadLimit = std::max(m_aheadLimit, explored()) + kAheadEvents;
    Exploration exploration = m_timeline->exploration();
    SampleRecorder recorder(m_samples, exploration.world());
    m_ahead.start(std::move(exploration), std::move(recorder), m_aheadLimit);
    emit knownChanged();
}

void Session::adopt(const RunReport& report) {
    if (!m_timeline) return;
    Findings findings = report.findings;
    if (!m_timeline->adopt(std::move(findings))) return;
    m_samples = report.series;
    m_fates.learn(report.fates);
    emit knownChanged();
}

}  // namespace ringside
