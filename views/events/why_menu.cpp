#include "views/events/why_menu.h"

#include <QAction>
#include <QCoreApplication>

#include "engine/history/why.h"
#include "views/session/format.h"

namespace ringside {
namespace {

QString say(const char* text) { return QCoreApplication::translate("ringside::WhyMenu", text); }

QString rowText(const RunState& run, const Cause& cause) {
    const QString function = run.functionName(cause.event.function);
    const QString code = cause.event.cpu == kNoCpu ? function : function + QStringLiteral("()");
    QString text;
    switch (cause.how) {
        case Cause::How::itself:
            break;
        case Cause::How::called:
            text = say(QT_TRANSLATE_NOOP("ringside::WhyMenu", "called by %1")).arg(code);
            break;
        case Cause::How::raised:
            text = say(QT_TRANSLATE_NOOP("ringside::WhyMenu", "an interrupt, raised by %1")).arg(code);
            break;
        case Cause::How::woke:
            text = say(QT_TRANSLATE_NOOP("ringside::WhyMenu", "the task was woken in %1")).arg(code);
            break;
        case Cause::How::led:
            text = say(QT_TRANSLATE_NOOP("ringside::WhyMenu", "because of %1")).arg(code);
            break;
    }
    return QStringLiteral("%1\t%2").arg(text, timeText(cause.event.time));
}

QString rootText(Why::Root root) {
    switch (root) {
        case Why::Root::wire:
            return say(QT_TRANSLATE_NOOP("ringside::WhyMenu", "The beginning: a frame arrived on the wire"));
        case Why::Root::timer:
            return say(QT_TRANSLATE_NOOP("ringside::WhyMenu", "The beginning: a timer was due"));
        case Why::Root::beginning:
            return say(QT_TRANSLATE_NOOP("ringside::WhyMenu", "The beginning: the scenario, or you, set it going"));
        case Why::Root::unknown:
            break;
    }
    return say(QT_TRANSLATE_NOOP("ringside::WhyMenu", "There are more causes before it: ask there again"));
}

}  // namespace

void addCauses(QMenu& menu, const RunState& run, Travel& travel, Position position) {
    const EventSource source{[&run](Position p) { return run.eventAt(p); },
                             [&run](const EventFilter& filter, Position from) {
                                 const Found found = run.find(filter, Direction::backward, from);
                                 return found ? std::optional(found.position) : std::nullopt;
                             }};
    const Why why = whyHappened(source, position);
    for (const Cause& cause : why.causes) {
        if (cause.how == Cause::How::itself) continue;
        QAction* action = menu.addAction(rowText(run, cause));
        QObject::connect(action, &QAction::triggered, &travel, [&travel, to = cause.event.seq] { travel.seek(to); });
    }
    menu.addSeparator();
    menu.addAction(rootText(why.root))->setEnabled(false);
}

}  // namespace ringside
