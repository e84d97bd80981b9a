#include "views/session/session.h"

#include <QFileInfo>
#include <algorithm>

namespace ringside {
namespace {

/// Events a search for the next stop may play on at once: about a twentieth of a second.
constexpr std::uint64_t kSearchBudget = 2'000'000;

Granularity granularityOf(StepBy by) {
    switch (by) {
        case StepBy::stage:
            return Granularity::stage;
        case StepBy::packet:
            return Granularity::packet;
        case StepBy::function:
        case StepBy::lesson:
            break;
    }
    return Granularity::function;
}

}  // namespace

Session::Session(std::filesystem::path data, QObject* parent)
    : QObject(parent), m_data(std::move(data)), m_opener(this), m_ahead(this) {
    connect(&m_ahead, &RunAhead::advanced, this, [this](const std::shared_ptr<RunReport>& report) { adopt(*report); });
    connect(&m_play, &QTimer::timeout, this, &Session::playOn);
}

Session::~Session() {
    m_ahead.stop();
    m_opener.stop();
}

QString Session::title() const {
    if (!m_timeline) return {};
    if (m_player) return QString::fromStdString(m_player->lesson().text(m_language).title);
    return QFileInfo(QString::fromStdString(m_request.name)).fileName();
}

std::optional<Event> Session::nextEvent() {
    if (!m_timeline || position() >= limit() || position() >= explored()) return std::nullopt;
    return m_timeline->event(position() + 1);
}

Position Session::limit() {
    if (!m_timeline) return 0;
    Position last = explored();
    if (m_player) {
        if (const auto horizon = m_player->horizon()) last = std::min(last, *horizon);
    }
    return std::max(last, std::min(position(), explored()));
}

bool Session::questionHides() { return m_player && m_player->horizon().has_value(); }

const PacketWalk& Session::walk(std::uint32_t packet) {
    if (!m_timeline) return m_walk = {};
    if (m_walk.packet != packet || m_walk.known < position()) m_walk = m_timeline->walk(packet);
    return m_walk;
}

bool Session::canStep() {
    if (!m_timeline) return false;
    return position() < limit() || questionHides() || (!ended() && position() >= explored());
}

void Session::step(StepBy by) {
    if (!m_timeline) return;
    // Stepping on at an open question is the same as skipping it.
    if (m_player) {
        const auto horizon = m_player->horizon();
        if (horizon && position() >= *horizon) skipQuestion();
    }
    if (by == StepBy::lesson) return lessonStep(Direction::forward);
    const Found found = m_timeline->neighbour(granularityOf(by), Direction::forward, kSearchBudget);
    if (found.how == Found::How::none) {
        if (by != StepBy::stage && position() < limit()) goTo(limit(), Motion::forward);
        return;
    }
    go(found.position, Motion::forward);
}

void Session::back(StepBy by) {
    if (!m_timeline) return;
    if (by == StepBy::lesson) return lessonStep(Direction::backward);
    const Found found = m_timeline->neighbour(granularityOf(by), Direction::backward, kSearchBudget);
    goTo(found ? found.position : 0, Motion::back);
}

void Session::lessonStep(Direction direction) {
    if (!m_player) return direction == Direction::forward ? step(StepBy::packet) : back(StepBy::packet);
    const std::size_t now = m_player->step();
    const Result<Position> here = m_player->moment(now);
    if (!here) return report(MessageKind::error, text(here.error()));
    if (direction == Direction::forward) {
        if (position() < *here) return goToStep(now);
        if (now + 1 < m_player->stepCount())
            goToStep(now + 1);
        else
            goTo(limit(), Motion::forward);
    } else {
        if (position() > *here) return goToStep(now);
        if (now > 0)
            goToStep(now - 1);
        else
            goTo(0, Motion::back);
    }
}

void Session::goToStep(std::size_t step) {
    if (!m_player) return;
    const Result<Position> target = m_player->goTo(step);
    if (!target) return report(MessageKind::error, text(target.error()));
    const Motion motion = *target >= position() ? Motion::jump : Motion::back;
    goTo(*target, motion);
    (void)m_player->goTo(step);
    emit lessonChanged();
}

void Session::seek(Position target) { go(target, Motion::jump); }

void Session::go(Position target, Motion motion) { goTo(m_player ? m_player->allowed(target) : target, motion); }

void Session::goTo(Position target, Motion motion) {
    if (!m_timeline || target == position()) return;
    const Position from = position();
    std::optional<World> before;
    if (motion == Motion::forward) before = m_timeline->world();
    const Position reached = m_timeline->seek(target);
    if (reached == from) return;
    if (!before && reached > 0) before = m_timeline->at(reached - 1);
    m_previous = std::move(before);
    m_fates.learn(m_timeline->world().fates);
    if (event() && event()->packet) m_lastPacket = event()->packet;
    if (m_player) {
        const std::size_t was = m_player->step();
        m_player->movedTo(reached);
        if (m_player->step() != was) emit lessonChanged();
    }
    emit moved(motion);
}

void Session::setPlaying(bool playing) {
    if (playing == m_play.isActive()) return;
    if (playing && !canStep()) return;
    if (playing)
        m_play.start(static_cast<int>(kStepMs / kSpeeds[m_view.speed]));
    else
        m_play.stop();
    emit playingChanged(playing);
}

void Session::playOn() {
    const Position from = position();
    // Playing stops at a question; only a step of the learner's own skips it.
    if (m_player) {
        const auto horizon = m_player->horizon();
        if (horizon && from >= *horizon) return setPlaying(false);
    }
    step(m_view.step_by);
    if (position() == from) setPlaying(false);
}

void Session::setStepBy(StepBy by) {
    if (m_view.step_by == by) return;
    m_view.step_by = by;
    emit viewChanged();
}

void Session::setSpeed(int stop) {
    stop = std::clamp(stop, 0, kSpeedStops - 1);
    if (m_view.speed == stop) return;
    m_view.speed = stop;
    if (m_play.isActive()) m_play.setInterval(static_cast<int>(kStepMs / kSpeeds[stop]));
    emit viewChanged();
}

void Session::select(Selection selection) {
    if (m_view.selection == selection) return;
    m_view.selection = selection;
    emit viewChanged();
}

void Session::follow(std::uint32_t packet) {
    if (m_view.followed == packet) return;
    m_view.followed = packet;
    emit viewChanged();
}

void Session::goToPacket(std::uint32_t packet) {
    if (!m_timeline) return;
    EventFilter filter;
    filter.packet = packet;
    const Found found = m_timeline->find(filter, Direction::forward, 0, kSearchBudget);
    follow(packet);
    if (found) go(found.position, Motion::jump);
}

Result<Grade> Session::answer(const std::string& answer) {
    Result<Grade> grade = m_player->answer(answer, m_language);
    emit lessonChanged();
    return grade;
}

void Session::skipQuestion() {
    if (!m_player) return;
    m_player->skip();
    emit lessonChanged();
}

void Session::setLanguage(const QString& language) {
    m_language = language.toStdString();
    m_words = KernelText();
    if (m_language != "en") {
        Result<KernelText> words = KernelText::load((m_data / "assets" / "translations").string(), m_language);
        if (words)
            m_words = std::move(*words);
        else
            report(MessageKind::error, text(words.error()));
    }
    emit languageChanged();
}

QString Session::text(std::string_view english) const {
    const std::string_view words = m_words(english);
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString Session::text(const Error& error) const {
    const QString expected = text(error.expected), found = text(error.found);
    QString what = found;
    if (!error.expected.empty()) {
        what = error.found.empty() ? tr("expected %1").arg(expected) : tr("expected %1, found %2").arg(expected, found);
    }
    return error.place.empty() ? what : tr("%1: %2").arg(QString::fromStdString(error.place), what);
}

QString Session::text(const PacketNote& note) const {
    QString said = text(noteTemplate(note.kind));
    // not every note has both arguments, and QString::arg() wants each of its own to have a place
    for (const int n : {1, 2}) {
        const QString place = QStringLiteral("%%1").arg(n);
        if (said.contains(place)) said.replace(place, text(noteArgument(note, n)));
    }
    return said;
}

QString Session::functionName(FunctionId id) const {
    if (!m_timeline || id >= inputs().functions.size()) return {};
    return QString::fromLatin1(inputs().function(id).name);
}

QString Session::stageText(const Event& event) const {
    if (!m_timeline || event.function >= inputs().functions.size() || event.kind == EventKind::enter) return {};
    const FunctionInfo& info = inputs().function(event.function);
    if (event.stage >= info.stages.size()) return {};
    const std::string_view words = m_words.stage(info, event.stage);
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

}  // namespace ringside
