#include "views/session/run_state.h"

#include <QFileInfo>
#include <algorithm>

namespace ringside {
namespace {

/// Events from a drop to the place where its fate is logged, at most.
constexpr Position kDropLag = 4000;

}  // namespace

RunState::RunState(QObject* parent) : QObject(parent) {}
RunState::~RunState() = default;

QString RunState::title(std::string_view language) const {
    if (!m_timeline) return {};
    if (m_player) return QString::fromStdString(m_player->lesson().text(language).title);
    return QFileInfo(QString::fromStdString(m_request.name)).fileName();
}

QString RunState::functionName(FunctionId id) const {
    if (!m_timeline || id >= inputs().functions.size()) return {};
    return QString::fromLatin1(inputs().function(id).name);
}

std::vector<BranchInfo> RunState::branches() const {
    return m_timeline ? m_timeline->branches() : std::vector<BranchInfo>{};
}

Position RunState::limit() const {
    if (!m_timeline) return 0;
    Position last = explored();
    if (m_player) {
        if (const auto horizon = m_player->horizon()) last = std::min(last, *horizon);
    }
    return std::max(last, std::min(position(), explored()));
}

bool RunState::canStep() const {
    if (!m_timeline) return false;
    return position() < limit() || questionHides() || (!ended() && position() >= explored());
}

const PacketWalk& RunState::walk(std::uint32_t packet) const {
    if (!m_timeline) return m_walk = {};
    if (m_walk.packet != packet || m_walk.known < position()) m_walk = m_timeline->walk(packet);
    return m_walk;
}

const DropStory* RunState::whyDropped(std::uint32_t packet) const {
    const PacketFate* fate = m_timeline ? m_fates.find(packet) : nullptr;
    if (!fate || fate->fate != Fate::dropped) return nullptr;
    if (!m_why || m_why->packet != packet || m_why->position > fate->position) m_why = dropStory(*m_timeline, *fate);
    return m_why ? &*m_why : nullptr;
}

Position RunState::nextDrop(Direction direction, Position from) const {
    // fates are logged where the buffer is freed, a few events after the one that drops
    const auto drops = [](const PacketFate& fate) { return fate.fate == Fate::dropped; };
    if (direction == Direction::forward) {
        for (std::size_t i = 0; i < m_fates.size(); ++i) {
            if (m_fates[i].position <= from || !drops(m_fates[i])) continue;
            if (const Position at = dropPosition(*m_timeline, m_fates[i]); at > from) return at;
        }
        return 0;
    }
    for (std::size_t i = m_fates.size(); i-- > 0;) {
        // far beyond, there is nothing to look up
        if (!drops(m_fates[i]) || m_fates[i].position >= from + kDropLag) continue;
        if (const Position at = dropPosition(*m_timeline, m_fates[i]); at < from) return at;
    }
    return 0;
}

std::optional<Event> RunState::eventAt(Position position) const {
    if (!m_timeline || position > explored()) return std::nullopt;
    return m_timeline->event(position);
}

Found RunState::find(const EventFilter& filter, Direction direction, Position from) const {
    return m_timeline ? m_timeline->find(filter, direction, from, 0) : Found{};
}

std::pair<World, Event> RunState::lastKnown() const {
    const Position last = explored();
    return {m_timeline->at(last), (last ? m_timeline->event(last) : std::nullopt).value_or(Event{})};
}

std::vector<Position> RunState::matches(std::size_t chunk, const EventFilter& filter) const {
    return m_timeline ? m_timeline->matches(chunk, filter) : std::vector<Position>{};
}

const Exercise* RunState::watched() const {
    if (!m_timeline || m_request.kind != OpenRequest::Kind::exercise) return nullptr;
    for (const Exercise& exercise : m_request.lesson->exercises) {
        if (exercise.id == m_request.exercise) return &exercise;
    }
    return nullptr;
}

void RunState::take(OpenedRun&& run, const LessonProgress& progress, std::string_view language) {
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
    m_why.reset();
    m_samples = run.samples.samples();
    if (m_player) {
        resume(*m_player, progress, language);
        if (const Result<Position> here = m_player->goTo(m_player->step())) start(*here);
    }
}

void RunState::start(Position at) {
    m_timeline->seek(at);
    remember();
}

void RunState::start(Place at) {
    m_timeline->seek(at);
    remember();
}

void RunState::remember() {
    m_previous.reset();
    if (position() > 0) m_previous = m_timeline->at(position() - 1);
}

void RunState::clear() {
    m_player.reset();
    m_run.reset();
    m_lesson.reset();
    m_capture.reset();
    m_timeline.reset();
    m_previous.reset();
    m_samples = {};
    m_fates.clear();
    m_walk = {};
    m_why.reset();
    m_request = {};
    tellRun();
}

void RunState::tellRun() {
    emit runChanged();
    emit lessonChanged();
    emit moved(Motion::none);
}

void RunState::moveTo(Position target, Motion motion) {
    if (!m_timeline || target == position()) return;
    const Position from = position();
    std::optional<World> before;
    if (motion == Motion::forward) before = m_timeline->world();
    const Position reached = m_timeline->seek(target);
    if (reached == from) return;
    if (!before && reached > 0) before = m_timeline->at(reached - 1);
    m_previous = std::move(before);
    m_fates.learn(m_timeline->world().fates);
    if (m_player) {
        const std::size_t was = m_player->step();
        m_player->movedTo(reached);
        if (m_player->step() != was) emit lessonChanged();
    }
    emit moved(motion);
}

void RunState::forgetAfter(Position from) {
    if (m_run) m_run->forget();
    m_fates.cutAfter(from);
    m_walk = {};
    m_why.reset();
}

void RunState::tellBranch(Motion motion) {
    if (motion == Motion::jump) m_previous.reset();
    emit runChanged();
    emit moved(motion);
}

void RunState::adopt(RunReport& report) {
    if (!m_timeline || !m_timeline->adopt(std::move(report.findings))) return;
    m_samples = std::move(report.samples);
    m_fates.learn(report.fates);
    emit knownChanged();
}

}  // namespace ringside
