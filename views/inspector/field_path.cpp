#include "views/inspector/field_path.h"

#include <QHash>

#include "lessons/element_name.h"
#include "lessons/state_value.h"
#include "views/inspector/inspected.h"

namespace ringside {
namespace {

using Kind = Selection::Kind;

/// A row of an sk_buff without the inspector's own groups; empty: it is no field.
QString skbField(const QString& path) {
    static const QHash<QString, QString> derived{{QStringLiteral("skb_headroom()"), QStringLiteral("headroom")},
                                                 {QStringLiteral("skb_tailroom()"), QStringLiteral("tailroom")},
                                                 {QStringLiteral("skb_headlen()"), QStringLiteral("headlen")}};
    if (path.startsWith(QLatin1String("@header ")) || path.startsWith(QLatin1String("@frame "))) return {};
    const QString first = path.section(QLatin1Char('.'), 0, 0), rest = path.section(QLatin1Char('.'), 1);
    if (first == QLatin1String("skb_shared_info")) return QStringLiteral("head.") + rest;
    // head is shown as the offset 0 that the other pointers count from
    if (!first.startsWith(QLatin1Char('@')) || rest == QLatin1String("head")) return {};
    return derived.value(rest, rest);
}

/// What the thing is called; an sk_buff and a frame have no lasting name.
QString thingName(const Selection& thing, const World& world) {
    const Machine& machine = world.machine();
    const auto element = [](const char* list, const std::string& key) {
        return QString::fromStdString(elementName(list, key));
    };
    switch (thing.kind) {
        case Kind::nic:
            return thing.id < machine.nics.size() ? element("nic", machine.nics[thing.id]->name) : QString();
        case Kind::ring:
            return thing.id < machine.nics.size() ? element("nic", machine.nics[thing.id]->name) + QStringLiteral(".rx")
                                                  : QString();
        case Kind::device:
            return thing.id < world.net().devices.size() ? element("dev", world.net().devices[thing.id]->name)
                                                         : QString();
        case Kind::socket: {
            const SocketId id{thing.id};
            if (!machine.sockets.live(id)) return {};
            return element("socket", machine.sockets[id].fieldKey());
        }
        case Kind::task: {
            const TaskId id{thing.id};
            if (!machine.tasks.live(id)) return {};
            return element("task", machine.tasks[id].comm);
        }
        case Kind::cpu:
            return QStringLiteral("cpu[%1]").arg(thing.id);
        case Kind::counters:
            return QStringLiteral("counters");
        case Kind::sysctl:
            return QStringLiteral("sysctl");
        case Kind::automatic:
        case Kind::skb:
        case Kind::frame:
            break;
    }
    return {};
}

const Value* rowOf(const Value& tree, const QString& path) {
    for (const Value& child : tree.children) {
        const QString name = QString::fromStdString(child.name);
        if (name == path) return &child;
        if (!path.startsWith(name + QLatin1Char('.'))) continue;
        if (const Value* row = rowOf(child, path.mid(name.size() + 1))) return row;
    }
    return nullptr;
}

}  // namespace

QString fieldName(const Selection& selection, const QString& path, const World& world, const Inputs& inputs,
                  const Event* event) {
    const Selection thing = resolve(selection, world, event);
    QString name;
    if (thing.kind == Kind::skb) {
        const QString field = skbField(path);
        if (!field.isEmpty() && event && event->skb == thing.id) name = QStringLiteral("skb.") + field;
    } else if (const QString owner = thingName(thing, world);
               !owner.isEmpty() && !path.startsWith(QLatin1String("@frame "))) {
        name = owner + QLatin1Char('.') + path;
    }
    if (event && path.startsWith(QLatin1String("@frame ")))
        name = QStringLiteral("frame.") + path.section(QLatin1Char('.'), 1);
    if (name.isEmpty()) return {};
    const Result<Value> value = stateValue(world, inputs, event ? *event : Event{}, name.toStdString());
    return value && value->leaf() ? name : QString();
}

ValueReader fieldReader(const Selection& selection, const QString& path, const World& world,
                        std::shared_ptr<const Inputs> inputs, const Event* event) {
    const Selection thing = resolve(selection, world, event);
    const bool frame = path.startsWith(QLatin1String("@frame "));
    if (thing.kind == Kind::skb && !frame) {
        if (const QString field = skbField(path); !field.isEmpty()) {
            return [serial = thing.id, field = field.toStdString(), inputs](const World& w, const Event& e) -> Value {
                const SkbId id = w.machine().findSkb(serial);
                if (!id) return {};
                return valueReader("skb[" + std::to_string(id.slot) + "]." + field, inputs)(w, e);
            };
        }
    } else if (const QString name = fieldName(selection, path, world, *inputs, event); !name.isEmpty() && !frame) {
        return valueReader(name.toStdString(), inputs);
    }
    // what only the inspector knows how to read: headers, variables of a frame
    const Selection of =
        frame && event ? Selection{Kind::frame, static_cast<std::uint32_t>(event->cpu) << 8 | event->depth} : thing;
    return [of, row = frame ? path.section(QLatin1Char('.'), 1) : path,
            owner = frame ? path.section(QLatin1Char('.'), 0, 0) : QString(),
            inputs](const World& w, const Event&) -> Value {
        const Value tree = inspect(of, w, *inputs, nullptr);
        // another function's frame stands there
        if (!owner.isEmpty() && QString::fromStdString(tree.name) != owner) return {};
        const Value* value = rowOf(tree, row);
        return value && value->leaf() ? *value : Value{};
    };
}

}  // namespace ringside
