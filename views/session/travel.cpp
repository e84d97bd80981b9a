#include "views/session/travel.h"

#include <algorithm>

#include "engine/history/step_kinds.h"

namespace ringside {
namespace {

/// Events a search for the next stop may play on at once: about a twentieth of a second.
constexpr std::uint64_t kSearchBudget = 2'000'000;

StepKind kindOf(StepBy by) {
    switch (by) {
        case StepBy::stage:
            return StepKind::stage;
        case StepBy::packet:
            return StepKind::packet;
        case StepBy::into:
            return StepKind::into;
        case StepBy::over:
            return StepKind::over;
        case StepBy::out:
            return StepKind::out;
        case StepBy::same_packet:
            return StepKind::same_packet;
        case StepBy::same_task:
            return StepKind::same_task;
        case StepBy::same_cpu:
            return StepKind::same_cpu;
        case StepBy::function:
        case StepBy::lesson:
            break;
    }
    return StepKind::function;
}

/// Steps along something (a frame, a packet, a CPU): where that ends nothing moves.
bool followsSomething(StepBy by) { return by > StepBy::lesson; }

int intervalOf(int speed) { return static_cast<int>(kStepMs / kSpeeds[speed]); }

}  // namespace

Travel::Travel(RunState& run, ViewState& view, const Texts& texts, Messages& messages, QObject* parent)
    : QObject(parent), m_run(run), m_view(view), m_texts(texts), m_messages(messages) {
    m_wayTimer.setSingleShot(true);
    connect(&m_wayTimer, &QTimer::timeout, this, &Travel::nextStop);
    connect(&m_play, &QTimer::timeout, this, &Travel::playOn);
    connect(&m_run, &RunState::runChanged, this, [this] { m_wayTimer.stop(); });
    connect(&m_view, &ViewState::changed, this, [this](ViewParts parts) {
        if (parts.testFlag(ViewPart::pace) && playing()) m_play.setInterval(intervalOf(m_view.now().speed));
    });
    // made before any view, so that a view that is told of the move finds the packet there
    connect(&m_run, &RunState::moved, this, [this](Motion motion) {
        if (m_run.hasRun() && m_run.event()) m_view.arrived(packetHere(motion), motion == Motion::jump);
    });
}

void Travel::step(StepBy by) {
    if (!m_run.hasRun()) return;
    if (onTheWay()) return endWay();  // a second press skips the rest of the way
    // Stepping on at an open question is the same as skipping it.
    if (Player* player = m_run.player()) {
        const auto horizon = player->horizon();
        if (horizon && m_run.position() >= *horizon) {
            player->skip();
            m_run.tellLesson();
        }
    }
    if (by == StepBy::lesson) return lessonStep(Direction::forward);
    const Found found = search(by, Direction::forward);
    if (found.how != Found::How::found && followsSomething(by)) return tellNothing(found, Direction::forward);
    if (found.how == Found::How::none) {
        if (by != StepBy::stage && m_run.position() < m_run.limit()) m_run.moveTo(m_run.limit(), Motion::forward);
        return;
    }
    go(found.position, Motion::forward);
}

void Travel::back(StepBy by) {
    if (!m_run.hasRun()) return;
    endWay();
    if (by == StepBy::lesson) return lessonStep(Direction::backward);
    const Found found = search(by, Direction::backward);
    if (!found && followsSomething(by)) return tellNothing(found, Direction::backward);
    m_run.moveTo(found ? found.position : 0, Motion::back);
}

Found Travel::search(StepBy by, Direction direction) {
    Timeline& timeline = m_run.timeline();
    const auto filter = stepFilter(kindOf(by), direction, {timeline.event().value_or(Event{}), m_view.packet()});
    if (!filter) return {Found::How::none, timeline.position()};
    return timeline.find(*filter, direction, timeline.position(), kSearchBudget);
}

void Travel::tellNothing(const Found& found, Direction direction) {
    if (found.how == Found::How::stopped)
        m_messages.report(Messages::Kind::info, tr("Not found yet: the run is not known that far. Step again."));
    else if (direction == Direction::forward)
        m_messages.report(Messages::Kind::info, tr("There is no such step after this one."));
    else
        m_messages.report(Messages::Kind::info, tr("There is no such step before this one."));
}

void Travel::lessonStep(Direction direction) {
    Player* player = m_run.player();
    if (!player) return direction == Direction::forward ? step(StepBy::packet) : back(StepBy::packet);
    const std::size_t now = player->step();
    const Result<Position> here = player->moment(now);
    if (!here) return m_messages.report(Messages::Kind::error, m_texts.text(here.error()));
    if (direction == Direction::forward) {
        if (m_run.position() < *here) return goToStep(now);
        if (now + 1 < player->stepCount())
            travelTo(now + 1);
        else
            finishLesson();
    } else {
        // from the end page, or from events behind the moment, first back to the moment; before the first there is none
        if (player->finished() || m_run.position() != *here || now == 0) return goToStep(now);
        goToStep(now - 1);
    }
}

void Travel::finishLesson() {
    Player* player = m_run.player();
    if (!player || player->finished()) return;
    goToStep(player->stepCount() - 1);
    player->finish();
    m_run.tellLesson();
}

void Travel::travelTo(std::size_t step) {
    Player* player = m_run.player();
    // a question that is still open stops it before
    const Position last = player->allowed(m_run.explored());
    const Result<Position> target = player->moment(step);
    if (!m_travelled || !target || *target > last) return goToStep(step);
    TimelineRun run(m_run.timeline());
    m_way = planWay(run, m_run.position(), *target);
    m_wayAt = 0;
    m_wayStep = step;
    emit wayBegins(step);
    nextStop();
}

void Travel::nextStop() {
    if (m_wayAt + 1 >= m_way.size()) return endWay();
    const WayStop& stop = m_way[m_wayAt++];
    m_wayTimer.start(static_cast<int>(stop.ms / std::min(1.0, kSpeeds[m_view.now().speed])));
    m_run.moveTo(stop.position, Motion::forward);
}

void Travel::endWay() {
    if (m_way.empty()) return;
    m_wayTimer.stop();
    m_way.clear();
    arriveAt(m_wayStep, Motion::forward);
}

void Travel::goToStep(std::size_t step) {
    Player* player = m_run.player();
    if (!player) return;
    m_wayTimer.stop();
    m_way.clear();
    const Result<Position> target = player->moment(std::min(step, player->stepCount() - 1));
    arriveAt(step, !target || *target >= m_run.position() ? Motion::jump : Motion::back);
}

void Travel::arriveAt(std::size_t step, Motion motion) {
    Player* player = m_run.player();
    const Result<Position> target = player->goTo(step);
    if (!target) return m_messages.report(Messages::Kind::error, m_texts.text(target.error()));
    m_run.moveTo(*target, motion);
    (void)player->goTo(step);
    m_run.tellLesson();
}

void Travel::seek(Position target) {
    endWay();
    go(target, Motion::jump);
}

void Travel::go(Position target, Motion motion) {
    m_run.moveTo(m_run.player() ? m_run.player()->allowed(target) : target, motion);
}

void Travel::setPlaying(bool playing) {
    if (playing == m_play.isActive()) return;
    if (playing && !m_run.canStep()) return;
    // a lesson is played a step at a time: the reader says when it is read
    if (playing && m_run.player() && m_view.now().step_by == StepBy::lesson) {
        if (!m_run.player()->openQuestion()) step(StepBy::lesson);
        return;
    }
    if (playing)
        m_play.start(intervalOf(m_view.now().speed));
    else
        m_play.stop();
    emit playingChanged(playing);
}

std::uint32_t Travel::packetHere(Motion motion) {
    const std::uint32_t here = m_run.event()->packet;
    if (here || (motion != Motion::jump && motion != Motion::none)) return here;
    constexpr Position looks = 256;
    const Position from = m_run.position();
    for (Position back = 1; back < std::min(from, looks); ++back) {
        const std::optional<Event> event = m_run.eventAt(from - back);
        if (event && event->packet) return event->packet;
    }
    return 0;
}

void Travel::rest() {
    setPlaying(false);
    endWay();
}

void Travel::playOn() {
    const Position from = m_run.position();
    // Playing stops at a question; only a step of the learner's own skips it.
    if (Player* player = m_run.player()) {
        const auto horizon = player->horizon();
        if (horizon && from >= *horizon) return setPlaying(false);
    }
    // chosen while it played: a step of a lesson is read before the next
    const bool lesson = m_run.player() && m_view.now().step_by == StepBy::lesson;
    step(m_view.now().step_by);
    if (m_run.position() == from || lesson) setPlaying(false);
}

void Travel::goToPacket(std::uint32_t packet) {
    if (!m_run.hasRun()) return;
    EventFilter filter;
    filter.packet = packet;
    const Found found = m_run.timeline().find(filter, Direction::forward, 0, kSearchBudget);
    m_view.follow(packet);
    if (found) go(found.position, Motion::jump);
}

bool Travel::goToDrop(std::uint32_t packet) {
    const DropStory* why = m_run.hasRun() ? m_run.whyDropped(packet) : nullptr;
    if (!why) return false;
    const Position position = why->position;
    go(position, Motion::jump);
    m_view.follow(packet);
    return true;
}

bool Travel::toNextDrop(Direction direction) {
    if (!m_run.hasRun()) return false;
    const Position position = m_run.nextDrop(direction, m_run.position());
    if (position == 0) return false;
    go(position, Motion::jump);
    if (m_run.position() == position) {
        if (const std::optional<Event> event = m_run.eventAt(position)) m_view.follow(event->packet);
    }
    return true;
}

}  // namespace ringside
