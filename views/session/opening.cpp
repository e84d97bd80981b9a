#include "views/session/opening.h"

#include "views/session/format.h"

namespace ringside {

Opening::Opening(std::filesystem::path data, Parts parts, QObject* parent)
    : QObject(parent), m_data(std::move(data)), m(parts), m_work(this) {}

Opening::~Opening() { m_work.stop(); }

void Opening::open(const OpenRequest& request) {
    m.travel.setPlaying(false);
    if (m.run.hasRun() && m_mayLeave && !m_mayLeave()) return;
    auto opened = std::make_shared<std::optional<Result<OpenedRun>>>();
    const auto tell = [this](const OpenProgress& p) {
        m_work.tell([this, p] { emit progress(p.bytesDone, p.bytesTotal, p.packets); });
    };
    m_work.start([this, request, opened, tell](std::stop_token stop) -> Background::Done {
        opened->emplace(openRun(request, m_data, tell, stop));
        return [this, opened] {
            emit busyChanged(false);
            Result<OpenedRun>& result = **opened;
            if (result && result->not_restored)
                emit notRestored(*result->not_restored);
            else if (result)
                take(std::move(*result));
            else
                m.messages.report(Messages::Kind::error, m.texts.text(result.error()));
        };
    });
    emit busyChanged(true);
}

void Opening::reopenCapture(const ReplayOptions& options) {
    if (!m.run.capture()) return;
    OpenRequest request = m.run.request();
    request.saved.reset();
    request.kind = OpenRequest::Kind::capture;
    request.name = m.run.capture()->path();
    request.capture = m.run.capture();
    request.replay = options;
    open(request);
}

void Opening::reloadCapture() {
    if (!m.run.capture()) return;
    OpenRequest request = m.run.request();
    request.capture.reset();
    open(request);
}

void Opening::backToExercise() {
    if (!m.run.watched()) return;
    OpenRequest request = m.run.request();
    request.saved.reset();
    request.kind = OpenRequest::Kind::lesson;
    request.name = request.lesson->folder.string();
    request.at_end = true;
    open(request);
}

void Opening::cancel() {
    if (!m_work.busy()) return;
    m_work.stop();
    emit busyChanged(false);
}

void Opening::close() {
    m.travel.setPlaying(false);
    cancel();
    m.explorer.pause();
    m.run.clear();
}

void Opening::take(OpenedRun&& run) {
    m.travel.setPlaying(false);
    m.explorer.pause();
    SampleRecorder samples = std::move(run.samples);
    // what was saved tells itself how far the lesson was
    const bool saved = run.request.saved != nullptr;
    const LessonProgress progress = run.lesson && m_progress && !saved ? m_progress(*run.lesson) : LessonProgress();
    m.run.take(std::move(run), progress, m.texts.language());
    m.run.setSamples(samples.samples());
    const StepBy before = m.view.now().step_by;
    m.view.beginRun(m.run.player() ? StepBy::lesson : before == StepBy::lesson ? StepBy::function : before);
    startLesson();
    if (saved) m.run.start(m.run.request().saved->place);
    emit taken();
    m.run.tellRun();
    if (const Capture* capture = m.run.capture().get(); capture && capture->damage()) {
        const CaptureDamage& damage = *capture->damage();
        const QString path = QString::fromStdString(capture->path()), reason = m.texts.damage(damage.reason);
        m.messages.report(
            Messages::Kind::warning,
            damage.afterPacket == 0
                ? tr("%1: the capture ends before the first packet: %2").arg(path, reason)
                : tr("%1: the capture ends after packet %2: %3").arg(path, countText(damage.afterPacket), reason));
    }
    m.explorer.begin(std::move(samples));
}

void Opening::startLesson() {
    Player* player = m.run.player();
    if (!player) return;
    const OpenRequest& request = m.run.request();
    resume(*player, request.progress, m.texts.language());
    if (const auto step = player->lesson().stepIndex(request.step)) static_cast<void>(player->openAt(*step));
    if (request.at_end) {
        static_cast<void>(player->openAt(player->stepCount() - 1));
        player->finish();
    }
    if (const Result<Position> at = player->moment(player->step())) m.run.start(*at);
}

}  // namespace ringside
