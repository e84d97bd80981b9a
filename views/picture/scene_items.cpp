#include "views/picture/scene_items.h"

namespace ringside {

void activateItem(Session& session, const QString& id) {
    if (!session.hasRun()) return;
    using Kind = Selection::Kind;
    const World& world = session.world();
    const QString kind = id.section(QLatin1Char(':'), 0, 0), rest = id.section(QLatin1Char(':'), 1);
    const auto cardNamed = [&](const QString& name) {
        std::uint32_t index = 0;
        for (std::uint32_t i = 0; i < world.machine().nics.size(); ++i) {
            if (QString::fromStdString(world.machine().nics[i]->name) == name) index = i;
        }
        return index;
    };
    if (kind == QLatin1String("packet")) {
        const std::uint32_t packet = rest.section(QLatin1Char(':'), 0, 0).toUInt();
        session.follow(packet);
        SkbId found{};
        world.machine().skbs.each([&](SkbId slot, const SkBuff& skb) {
            if (skb.packet == packet) found = slot;
        });
        if (found) session.select({Kind::skb, world.machine().skbs[found].id});
    } else if (kind == QLatin1String("nic") || kind == QLatin1String("irq")) {
        session.select({Kind::nic, cardNamed(rest)});
    } else if (kind == QLatin1String("ring") || kind == QLatin1String("desc")) {
        session.select({Kind::ring, cardNamed(rest.section(QLatin1Char(':'), 0, 0))});
    } else if (kind == QLatin1String("cpu")) {
        session.select({Kind::cpu, rest.toUInt()});
    } else if (kind == QLatin1String("frame")) {
        const std::uint32_t cpu = rest.section(QLatin1Char(':'), 0, 0).toUInt();
        const QString what = rest.section(QLatin1Char(':'), 1);
        bool number = false;
        std::uint32_t depth = what.toUInt(&number);
        if (!number && cpu < world.machine().cpus.size() &&
            world.machine().tasks.live(world.machine().cpu(static_cast<CpuNo>(cpu)).current)) {
            const Stack& stack = *world.machine().tasks[world.machine().cpu(static_cast<CpuNo>(cpu)).current].stack;
            for (std::size_t i = 0; i < stack.size(); ++i) {
                if (session.functionName(stack[i].function) == what) depth = static_cast<std::uint32_t>(i + 1);
            }
        }
        session.select({Kind::frame, cpu << 8 | depth});
    } else if (kind == QLatin1String("task")) {
        world.machine().tasks.each([&](TaskId slot, const Task& task) {
            if (task.pid != 0 && task.pid == rest.toUInt()) session.select({Kind::task, slot.slot});
        });
    } else if (kind == QLatin1String("socket")) {
        world.machine().sockets.each([&](SocketId slot, const Socket& socket) {
            if (QString::fromStdString(socket.fieldKey()) == rest || rest.endsWith(QString::number(socket.sport))) {
                session.select({Kind::socket, slot.slot});
            }
        });
    } else if (kind == QLatin1String("stop")) {
        for (const FunctionInfo& info : session.inputs().functions) {
            if (rest != QLatin1String(info.name)) continue;
            EventFilter filter = EventFilter::function(info.id);
            filter.kind = EventKind::enter;
            Found found = session.timeline().find(filter, Direction::forward, session.position(), 0);
            if (!found || found.position > session.limit()) {
                found = session.timeline().find(filter, Direction::backward, session.position(), 0);
            }
            if (found) session.seek(found.position);
        }
    }
}

}  // namespace ringside
