#include "views/picture/scene_items.h"

namespace ringside {

void activateItem(const ItemContext& in, const QString& id) {
    if (!in.run.hasRun()) return;
    using Kind = Selection::Kind;
    const World& world = in.run.world();
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
        in.view.follow(packet);
        SkbId found{};
        world.machine().skbs.each([&](SkbId slot, const SkBuff& skb) {
            if (skb.packet == packet) found = slot;
        });
        if (found) in.view.select({Kind::skb, world.machine().skbs[found].id});
    } else if (kind == QLatin1String("nic") || kind == QLatin1String("irq")) {
        in.view.select({Kind::nic, cardNamed(rest)});
    } else if (kind == QLatin1String("ring") || kind == QLatin1String("desc")) {
        in.view.select({Kind::ring, cardNamed(rest.section(QLatin1Char(':'), 0, 0))});
    } else if (kind == QLatin1String("cpu")) {
        in.view.select({Kind::cpu, rest.toUInt()});
    } else if (kind == QLatin1String("frame")) {
        const std::uint32_t cpu = rest.section(QLatin1Char(':'), 0, 0).toUInt();
        const QString what = rest.section(QLatin1Char(':'), 1);
        bool number = false;
        std::uint32_t depth = what.toUInt(&number);
        if (!number && cpu < world.machine().cpus.size() &&
            world.machine().tasks.live(world.machine().cpu(static_cast<CpuNo>(cpu)).current)) {
            const Stack& stack = *world.machine().tasks[world.machine().cpu(static_cast<CpuNo>(cpu)).current].stack;
            for (std::size_t i = 0; i < stack.size(); ++i) {
                if (in.run.functionName(stack[i].function) == what) depth = static_cast<std::uint32_t>(i + 1);
            }
        }
        in.view.select({Kind::frame, cpu << 8 | depth});
    } else if (kind == QLatin1String("task")) {
        world.machine().tasks.each([&](TaskId slot, const Task& task) {
            if (task.pid != 0 && task.pid == rest.section(QLatin1Char(':'), 0, 0).toUInt())
                in.view.select({Kind::task, slot.slot});
        });
    } else if (kind == QLatin1String("socket")) {
        world.machine().sockets.each([&](SocketId slot, const Socket& socket) {
            if (QString::fromStdString(socket.fieldKey()) == rest || rest.endsWith(QString::number(socket.sport))) {
                in.view.select({Kind::socket, slot.slot});
            }
        });
    } else if (kind == QLatin1String("stop")) {
        for (const FunctionInfo& info : in.run.inputs().functions) {
            if (rest != QLatin1String(info.name)) continue;
            EventFilter filter = EventFilter::function(info.id);
            filter.kind = EventKind::enter;
            Found found = in.run.find(filter, Direction::forward, in.run.position());
            if (!found || found.position > in.run.limit()) {
                found = in.run.find(filter, Direction::backward, in.run.position());
            }
            if (found) in.travel.seek(found.position);
        }
    }
}

}  // namespace ringside
