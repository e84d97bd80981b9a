#include "views/session/hunt.h"

#include <QElapsedTimer>
#include <algorithm>
#include <utility>

#include "views/session/format.h"

namespace ringside {

/// One search, from the place where it was asked for.
struct Hunt::Search {
    enum class Kind : std::uint8_t { breakpoints, condition, change };
    Kind kind = Kind::breakpoints;
    Direction direction = Direction::forward;
    Position asked = 0;  ///< from here
    Position at = 0;     ///< looked through so far
    std::vector<QString> names;
    std::vector<Quarry> quarries;
    Read read;  ///< of a change
};

QString stopErrorText(const StopError& error, const Texts& texts) {
    const QString word = QString::fromStdString(error.word), near = QString::fromStdString(error.near);
    switch (error.kind) {
        case StopError::Kind::none:
            return {};
        case StopError::Kind::empty:
            return Hunt::tr("Type where to stop: a function, “drop”, “packet 3”, or an expression over the state.");
        case StopError::Kind::word:
            return near.isEmpty()
                       ? Hunt::tr("“%1” is no function, drop reason or context of the model.").arg(word)
                       : Hunt::tr("“%1” is no function, drop reason or context of the model; “%2” is.").arg(word, near);
        case StopError::Kind::stage:
            return Hunt::tr("%1() has not exactly one stage with the words “%2”.").arg(near, word);
        case StopError::Kind::number:
            return Hunt::tr("“%1” needs a number behind it, as in “%1 3”.").arg(word);
        case StopError::Kind::task:
            return Hunt::tr("No task is called “%1” here.").arg(word);
        case StopError::Kind::expression:
            return Hunt::tr("“%1” cannot be read as an expression: %2")
                .arg(word, texts.language() == "en"
                               ? QString::fromStdString(error.detail)
                               : Hunt::tr("the reader says “%1”.").arg(QString::fromStdString(error.detail)));
        case StopError::Kind::counts:
            return Hunt::tr("“%1” counts over a part of the run; a breakpoint is about one moment.").arg(word);
    }
    return {};
}

Hunt::Hunt(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts), m_work(this) {
    connect(&m_parts.run, &RunState::runChanged, this, [this] {
        cancel();
        m_met.reset();
        emit arrived();
    });
    // who goes elsewhere meanwhile does not want to be fetched from there
    connect(&m_parts.run, &RunState::moved, this, [this] {
        if (!m_going) cancel();
    });
    connect(&m_parts.run, &RunState::knownChanged, this, [this] {
        if (m_waits && (m_parts.run.explored() > m_search->at || m_parts.run.ended())) searchKnown();
    });
}

Hunt::~Hunt() { m_work.stop(); }

QString Hunt::wrong(const QString& text) const {
    StopError error;
    StopCondition::read(text.toStdString(), m_parts.run.world(), m_parts.run.inputs(), error);
    return stopErrorText(error, m_parts.texts);
}

void Hunt::toBreakpoint(Direction direction) {
    if (!m_parts.run.hasRun()) return;
    auto search = std::make_shared<Search>();
    search->direction = direction;
    const auto& inputs = m_parts.run.timeline().sharedInputs();
    QString bad;
    for (const Breakpoint& breakpoint : m_parts.marks.now().breakpoints) {
        if (!breakpoint.on) continue;
        StopError error;
        const StopCondition condition =
            StopCondition::read(breakpoint.text.toStdString(), m_parts.run.world(), *inputs, error);
        if (error.kind != StopError::Kind::none) {
            bad = stopErrorText(error, m_parts.texts);
            continue;
        }
        search->names.push_back(breakpoint.text);
        search->quarries.push_back(condition.quarry(inputs));
    }
    if (search->quarries.empty()) {
        m_parts.messages.report(Messages::Kind::info,
                                !bad.isEmpty()
                                    ? bad
                                    : tr("No breakpoint is switched on. Set one by a right click, or in the list of "
                                         "breakpoints."));
        return;
    }
    start(std::move(search));
}

QString Hunt::toCondition(const QString& text, Direction direction) {
    if (!m_parts.run.hasRun()) return {};
    const auto& inputs = m_parts.run.timeline().sharedInputs();
    StopError error;
    const StopCondition condition = StopCondition::read(text.toStdString(), m_parts.run.world(), *inputs, error);
    if (error.kind != StopError::Kind::none) return stopErrorText(error, m_parts.texts);
    auto search = std::make_shared<Search>();
    search->kind = Search::Kind::condition;
    search->direction = direction;
    search->names.push_back(text.trimmed());
    search->quarries.push_back(condition.quarry(inputs));
    start(std::move(search));
    return {};
}

void Hunt::toLastChange(const QString& name, Read read) {
    if (!m_parts.run.hasRun()) return;
    auto search = std::make_shared<Search>();
    search->kind = Search::Kind::change;
    search->direction = Direction::backward;
    search->names.push_back(name);
    search->read = std::move(read);
    search->quarries.push_back(changeOf(search->read));
    start(std::move(search));
}

void Hunt::toLastChange(const QString& name) {
    if (m_parts.run.hasRun())
        toLastChange(name, valueReader(name.toStdString(), m_parts.run.timeline().sharedInputs()));
}

void Hunt::start(std::shared_ptr<Search> search) {
    cancel();
    m_parts.travel.rest();
    search->asked = search->at = m_parts.run.position();
    m_search = std::move(search);
    emit busyChanged(true);
    searchKnown();
}

void Hunt::searchKnown() {
    m_waits = false;
    auto known = std::make_shared<const KnownRun>(m_parts.run.timeline().known());
    m_work.start([this, known, search = m_search](const std::stop_token& stop) -> Background::Done {
        QElapsedTimer clock;
        clock.start();
        const Hit hit = known->search(search->quarries, search->direction, search->at, stop, [&](Position at) {
            if (clock.elapsed() < 100) return;
            clock.restart();
            const bool forward = search->direction == Direction::forward;
            const Position done =
                forward ? at - std::min(at, search->asked) : search->asked - std::min(at, search->asked);
            const Position total = forward ? known->explored - std::min(known->explored, search->asked) : search->asked;
            m_work.tell([this, done, total] { emit progress(done, total); });
        });
        return [this, hit] { finish(hit); };
    });
}

void Hunt::finish(const Hit& hit) {
    const std::shared_ptr<Search> search = m_search;
    if (!search) return;
    if (hit.how == Found::How::none && search->direction == Direction::forward && !m_parts.run.ended()) {
        // the run goes on: what becomes known of it is looked through as well
        search->at = hit.position;
        m_waits = true;
        if (!m_parts.explorer.running()) m_parts.explorer.runOn();
        return;
    }
    end();
    if (!hit) return tellNone(*search);
    const QString& name = search->names[hit.which];
    if (hit.position > m_parts.run.limit()) {
        m_parts.messages.report(Messages::Kind::info,
                                tr("“%1” comes only after the open question. Answer it, or skip it.").arg(name));
        return;
    }
    m_going = true;
    m_parts.travel.seek(hit.position);
    m_going = false;
    m_met = Met{hit.position, name};
    emit arrived();
    const QString at = countText(hit.position);
    m_parts.messages.report(Messages::Kind::info, search->kind == Search::Kind::change
                                                      ? change(*search, hit.position)
                                                      : tr("Stopped at event %1: %2").arg(at, name));
}

QString Hunt::change(const Search& search, Position position) const {
    Timeline& timeline = m_parts.run.timeline();
    const Event event = timeline.event(position).value_or(Event{});
    const Event before = position > 1 ? timeline.event(position - 1).value_or(Event{}) : Event{};
    const auto said = [](const Value& value) {
        return value.kind == Value::Kind::none ? QStringLiteral("–") : valueText(value);
    };
    const QString function = m_parts.run.functionName(event.function);
    return tr("%1: %2 → %3, by %4 at event %5")
        .arg(search.names.front(), said(search.read(timeline.at(position - 1), before)),
             said(search.read(timeline.at(position), event)),
             event.cpu == kNoCpu ? function : function + QStringLiteral("()"), countText(position));
}

void Hunt::tellNone(const Search& search) {
    const QString name = search.names.front(), at = countText(search.asked);
    const bool forward = search.direction == Direction::forward;
    QString said;
    if (search.kind == Search::Kind::change)
        said = tr("%1 did not change before event %2.").arg(name, at);
    else if (search.kind == Search::Kind::condition || search.names.size() == 1)
        said = forward ? tr("“%1” is not met after event %2, to the end of the run.").arg(name, at)
                       : tr("“%1” is not met before event %2.").arg(name, at);
    else
        said = forward ? tr("No breakpoint is met after event %1, to the end of the run.").arg(at)
                       : tr("No breakpoint is met before event %1.").arg(at);
    m_parts.messages.report(Messages::Kind::info, said);
}

void Hunt::end() {
    m_search.reset();
    m_waits = false;
    emit busyChanged(false);
}

void Hunt::cancel() {
    if (!m_search) return;
    m_work.stop();
    end();
}

}  // namespace ringside
