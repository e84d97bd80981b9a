#include "views/menus/thing_menus.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>

#include "views/inspector/field_path.h"
#include "views/inspector/inspected.h"
#include "views/scene/path_stations.h"
#include "views/scene/scene_widget.h"

namespace ringside {
namespace {

QString say(const char* text) { return QCoreApplication::translate("ringside::ThingMenus", text); }

/// The functions of a station, joined as a condition has them.
QString stationCondition(const QString& name) {
    for (const StationRow& row : stationRows()) {
        if (name != QLatin1String(row.name) &&
            !QString::fromLatin1(row.functions).split(QLatin1Char(' ')).contains(name))
            continue;
        if (*row.functions) return QString::fromLatin1(row.functions).split(QLatin1Char(' ')).join(QLatin1Char(','));
    }
    return name;
}

}  // namespace

void ThingMenus::addCopy(QMenu& menu, const QString& label, const QString& text) const {
    QObject::connect(menu.addAction(label), &QAction::triggered, &menu,
                     [text] { QGuiApplication::clipboard()->setText(text); });
}

void ThingMenus::addExplain(QMenu& menu, const QString& said) const {
    QObject::connect(menu.addAction(say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "What is this?"))),
                     &QAction::triggered, &menu,
                     [&messages = m_parts.messages, said] { messages.report(Messages::Kind::info, said); });
}

void ThingMenus::addStops(QMenu& menu, const QString& condition) const {
    for (const Direction direction : {Direction::forward, Direction::backward}) {
        const QString text = direction == Direction::forward
                                 ? say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Run on until the next %1"))
                                 : say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Run back to the last %1"));
        QObject::connect(menu.addAction(text.arg(condition)), &QAction::triggered, &menu,
                         [&hunt = m_parts.hunt, condition, direction] { hunt.toCondition(condition, direction); });
    }
    auto* stop = menu.addAction(say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Break here")));
    stop->setCheckable(true);
    for (const Breakpoint& one : m_parts.marks.now().breakpoints)
        if (one.text == condition) stop->setChecked(true);
    QObject::connect(stop, &QAction::triggered, &menu,
                     [&marks = m_parts.marks, condition] { marks.toggleBreakpoint(condition); });
}

void ThingMenus::addFunction(QMenu& menu, FunctionId function, const QString& condition) const {
    const QString name = m_parts.run.functionName(function);
    if (name.isEmpty()) return;
    const FunctionInfo& info = m_parts.run.inputs().function(function);
    addStops(menu, condition.isEmpty() ? name : condition);
    addExplain(menu,
               QStringLiteral("%1 (%2): %3").arg(name, QString::fromLatin1(info.source), m_parts.texts.text(info.doc)));
}

void ThingMenus::addPacket(QMenu& menu, std::uint32_t packet) const {
    if (packet == 0) return;
    QObject::connect(menu.addAction(say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Follow packet %1")).arg(packet)),
                     &QAction::triggered, &menu, [&view = m_parts.view, packet] { view.follow(packet, true); });
    addStops(menu, QStringLiteral("packet %1").arg(packet));
}

void ThingMenus::whoChanged(const Selection& selection, const QString& path) const {
    RunState& run = m_parts.run;
    if (!run.hasRun()) return;
    const Event* event = run.event() ? &*run.event() : nullptr;
    const QString name = fieldName(selection, path, run.world(), run.inputs(), event);
    m_parts.hunt.toLastChange(name.isEmpty() ? path.section(QLatin1Char('.'), -1) : name,
                              fieldReader(selection, path, run.world(), run.timeline().sharedInputs(), event));
}

void ThingMenus::addField(QMenu& menu, const Selection& selection, const QString& path, const QString& value,
                          const QString& doc) const {
    const Event* event = m_parts.run.event() ? &*m_parts.run.event() : nullptr;
    const QString name = fieldName(selection, path, m_parts.run.world(), m_parts.run.inputs(), event);
    const QString shown = name.isEmpty() ? path.section(QLatin1Char('.'), -1) : name;
    addCopy(menu, say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Copy the value")), value);
    addCopy(menu, say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Copy the name")), shown);
    addCopy(menu, say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Copy the row")), shown + QLatin1Char('\t') + value);
    menu.addSeparator();
    QObject::connect(menu.addAction(say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Who last changed this?"))),
                     &QAction::triggered, &menu,
                     [menus = *this, thing = resolve(selection, m_parts.run.world(), event), selection, path] {
                         // a variable is looked for beside its event, anything else where it is now
                         menus.whoChanged(path.startsWith(QLatin1String("@frame ")) ? selection : thing, path);
                     });
    if (!name.isEmpty()) {
        QObject::connect(menu.addAction(say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Watch it"))),
                         &QAction::triggered, &menu, [&marks = m_parts.marks, name] { marks.watch(name); });
        QObject::connect(menu.addAction(say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Break where it changes"))),
                         &QAction::triggered, &menu,
                         [&marks = m_parts.marks, name] { marks.addBreakpoint(name + QStringLiteral(" changes")); });
    }
    if (!doc.isEmpty()) {
        menu.addSeparator();
        addExplain(menu, QStringLiteral("%1: %2").arg(shown, doc));
    }
}

bool ThingMenus::addItem(QMenu& menu, const QString& item, const QString& name) const {
    if (!m_parts.run.hasRun()) return false;
    const QString kind = item.section(QLatin1Char(':'), 0, 0), rest = item.section(QLatin1Char(':'), 1);
    const auto functionNamed = [&](const QString& wanted) {
        for (const FunctionInfo& info : m_parts.run.inputs().functions)
            if (wanted == QLatin1String(info.name)) return info.id;
        return kNoFunction;
    };
    if (kind == QLatin1String("packet")) {
        addPacket(menu, rest.section(QLatin1Char(':'), 0, 0).toUInt());
    } else if (kind == QLatin1String("stop") || kind == QLatin1String("hook")) {
        addFunction(menu, functionNamed(rest), stationCondition(rest));
    } else if (const FunctionId function = functionNamed(name); function != kNoFunction) {
        // a frame of a stack is named by its function
        addFunction(menu, function);
    } else if (kind == QLatin1String("flag") && QStringList{"data", "tail", "end"}.contains(rest)) {
        // a pointer of the sk_buff that is shown
        const Selection& shown = m_parts.view.now().selection;
        const Event* event = m_parts.run.event() ? &*m_parts.run.event() : nullptr;
        const QString path = QStringLiteral("@pointers.") + rest;
        const Value value = fieldReader(shown, path, m_parts.run.world(), m_parts.run.timeline().sharedInputs(), event)(
            m_parts.run.world(), event ? *event : Event{});
        addField(menu, shown, path, QString::fromStdString(value.show()), m_parts.texts.text(value.doc));
        return true;
    } else if (kind == QLatin1String("cpu")) {
        addStops(menu, QStringLiteral("cpu %1").arg(rest.toUInt()));
    } else if (kind == QLatin1String("task")) {
        addStops(menu, QStringLiteral("task %1").arg(rest.section(QLatin1Char(':'), 0, 0)));
    } else if (kind == QLatin1String("socket")) {
        addStops(menu, QStringLiteral("socket[%1].sk_rmem_alloc changes").arg(rest));
    }
    if (!menu.isEmpty()) menu.addSeparator();
    if (!name.isEmpty()) addCopy(menu, say(QT_TRANSLATE_NOOP("ringside::ThingMenus", "Copy the name")), name);
    return !menu.isEmpty();
}

void giveMenus(SceneWidget& scene, const ThingMenus& menus) {
    QObject::connect(&scene, &SceneWidget::itemMenuWanted, &scene,
                     [&scene, menus](const QString& id, const QString& name, QPoint at) {
                         auto* menu = new QMenu(&scene);
                         menu->setObjectName(QStringLiteral("item-menu"));
                         menu->setAttribute(Qt::WA_DeleteOnClose);
                         if (menus.addItem(*menu, id, name))
                             menu->popup(at);
                         else
                             delete menu;
                     });
}

}  // namespace ringside
