#include "views/inspector/inspected.h"

#include <algorithm>
#include <array>

#include "engine/core/fields_visitors.h"
#include "engine/protocol/layout.h"
#include "views/session/format.h"

namespace ringside {
namespace {

Value group(std::string name) {
    Value v;
    v.kind = Value::Kind::group;
    v.name = std::move(name);
    return v;
}

Value number(std::string name, std::int64_t n, Unit unit, std::string doc) {
    Value v;
    v.kind = Value::Kind::number;
    v.name = std::move(name);
    v.number = n;
    v.unit = unit;
    v.doc = std::move(doc);
    return v;
}

struct GroupOf {
    const char* name;
    std::array<std::string_view, 10> fields;
};
/// The fields of an sk_buff by what they are about; those not named here come last.
constexpr GroupOf kGroups[] = {
    {"@pointers", {"head", "data", "tail", "end"}},
    {"@lengths", {"len", "data_len", "truesize", "mac_len"}},
    {"@headers", {"mac_header", "network_header", "transport_header"}},
    {"@derived", {}},
    {"@checksum", {"ip_summed", "csum", "csum_valid", "csum_level", "csum_complete_sw"}},
    {"@ownership", {"owner", "users", "cloned", "dev", "sk", "dst", "next", "prev"}},
    {"@identity", {"id", "packet", "protocol", "pkt_type", "vlan_tci", "vlan_proto", "queue_mapping", "hash", "born"}},
};

/// The header that begins at data, as fields: its values are the packet's own bytes.
void addHeaderAtData(Value& tree, const World& world, const SkBuff& skb) {
    if (!skb.head || !world.machine().buffers.live(skb.head) || skb.tail <= skb.data) return;
    const std::span<const std::uint8_t> bytes = world.machine().buffers[skb.head].bytes.read();
    if (skb.tail > bytes.size()) return;
    const std::span<const std::uint8_t> packet = bytes.subspan(0, skb.tail);
    HeaderKind kind = HeaderKind::none;
    const HeaderKind network = headerKindOfEtherType(skb.protocol);
    if (skb.data == skb.transport_header && skb.transport_header != kUnset && skb.network_header < skb.data) {
        const std::vector<LayoutLayer> layers = layoutFrom(network, packet, skb.network_header);
        for (const LayoutLayer& layer : layers) {
            if (layer.offset == skb.data) kind = layer.kind;
        }
    } else if (skb.network_header != 0 && skb.data == skb.network_header) {
        kind = network;
    } else if (skb.mac_header == skb.data || (skb.mac_header == kUnset && skb.packet != 0)) {
        kind = HeaderKind::ethernet;
    }
    if (kind == HeaderKind::none) return;
    const LayoutLayer layer = headerLayout(kind, packet, skb.data);
    Value header = group("@header " + std::string(layer.name));
    for (const LayoutField& field : layer.fields) {
        Value v;
        v.kind = Value::Kind::text;
        v.name = field.name;
        v.text = field.text.empty() ? std::to_string(field.value) : field.text;
        v.doc = field.doc;
        header.children.push_back(std::move(v));
    }
    tree.children.push_back(std::move(header));
}

Value inspectSkb(const World& world, SkbId id) {
    const SkBuff& skb = world.machine().skbs[id];
    Value flat = valueOf(skb);
    Value tree = group("sk_buff");
    for (const GroupOf& g : kGroups) {
        Value part = group(g.name);
        if (std::string_view(g.name) == "@derived") {
            part.children = {
                number("skb_headroom()", skb.headroom(), Unit::bytes, "bytes free before data: data - head"),
                number("skb_tailroom()", skb.tailroom(), Unit::bytes, "bytes free behind tail: end - tail"),
                number("skb_headlen()", skb.headlen(), Unit::bytes, "bytes in the linear part: len - data_len"),
            };
        }
        for (const std::string_view name : g.fields) {
            const auto found = std::find_if(flat.children.begin(), flat.children.end(),
                                            [&](const Value& v) { return !name.empty() && v.name == name; });
            if (found == flat.children.end()) continue;
            part.children.push_back(std::move(*found));
            // the pointers are offsets from head, so head itself is 0 and not the number of the buffer
            if (name == "head" && skb.head)
                part.children.back() = number("head", 0, Unit::bytes, part.children.back().doc);
            flat.children.erase(found);
        }
        tree.children.push_back(std::move(part));
        if (std::string_view(g.name) == "@headers") addHeaderAtData(tree, world, skb);
    }
    if (!flat.children.empty()) {
        Value rest = group("@more");
        rest.children = std::move(flat.children);
        tree.children.push_back(std::move(rest));
    }
    if (skb.head && world.machine().buffers.live(skb.head)) {
        Value shared = valueOf(world.machine().buffers[skb.head], "skb_shared_info");
        std::erase_if(shared.children, [](const Value& v) { return v.name == "bytes"; });
        tree.children.push_back(std::move(shared));
    }
    return tree;
}

/// The frame an event is of, or the frame at a depth of a CPU's present stack.
Value inspectFrame(const World& world, const Inputs& inputs, CpuNo cpu, std::size_t depth) {
    if (cpu >= world.machine().cpus.size() || !world.machine().tasks.live(world.machine().cpu(cpu).current)) return {};
    const Stack& stack = *world.machine().tasks[world.machine().cpu(cpu).current].stack;
    if (depth == 0 || depth > stack.size()) return {};
    const Frame& frame = stack[depth - 1];
    if (frame.function >= inputs.functions.size()) return {};
    const FunctionInfo& info = inputs.function(frame.function);
    Value tree = group("@frame " + std::string(info.name));
    if (info.locals) info.locals(stack.locals(frame), tree);
    tree.name = "@frame " + std::string(info.name);
    tree.kind = Value::Kind::group;
    return tree;
}

}  // namespace

std::vector<Inspectable> inspectables(const World& world) {
    using Kind = Selection::Kind;
    std::vector<Inspectable> all;
    all.push_back({{Kind::automatic, 0}, {}});
    std::size_t skbs = 0;
    world.machine().skbs.each([&](SkbId, const SkBuff& skb) {
        if (++skbs > 60) return;
        QString name = QStringLiteral("sk_buff %1").arg(skb.id);
        if (skb.packet) name += QStringLiteral(" · #%1").arg(skb.packet);
        all.push_back({{Kind::skb, skb.id}, name});
    });
    for (std::uint32_t i = 0; i < world.machine().nics.size(); ++i) {
        const QString name = QString::fromStdString(world.machine().nics[i]->name);
        all.push_back({{Kind::nic, i}, QStringLiteral("NIC %1").arg(name)});
        all.push_back({{Kind::ring, i}, QStringLiteral("rx_ring %1").arg(name)});
        all.push_back({{Kind::device, i}, QStringLiteral("net_device %1").arg(name)});
    }
    world.machine().sockets.each([&](SocketId id, const Socket& socket) {
        all.push_back(
            {{Kind::socket, id.slot}, QStringLiteral("sock %1").arg(QString::fromStdString(socket.fieldKey()))});
    });
    world.machine().tasks.each([&](TaskId id, const Task& task) {
        all.push_back({{Kind::task, id.slot},
                       QStringLiteral("task %1 (%2)").arg(QString::fromStdString(task.comm)).arg(task.pid)});
    });
    for (std::uint32_t n = 0; n < world.machine().cpus.size(); ++n)
        all.push_back({{Kind::cpu, n}, QStringLiteral("CPU %1").arg(n)});
    all.push_back({{Kind::counters, 0}, QStringLiteral("/proc/net/snmp")});
    all.push_back({{Kind::sysctl, 0}, QStringLiteral("sysctl")});
    return all;
}

Selection resolve(const Selection& selection, const World& world, const Event* event) {
    using Kind = Selection::Kind;
    if (selection.kind != Kind::automatic) return selection;
    if (!event) return {Kind::nic, 0};
    if (event->skb && world.machine().findSkb(event->skb)) return {Kind::skb, event->skb};
    if (event->kind == EventKind::hardware || event->cpu == kNoCpu) return {Kind::nic, 0};
    return {Kind::cpu, event->cpu};
}

Value inspect(const Selection& selection, const World& world, const Inputs& inputs, const Event* event) {
    using Kind = Selection::Kind;
    const Selection thing = resolve(selection, world, event);
    Value tree;
    switch (thing.kind) {
        case Kind::skb:
            if (const SkbId id = world.machine().findSkb(thing.id)) tree = inspectSkb(world, id);
            break;
        case Kind::nic:
            if (thing.id < world.machine().nics.size()) {
                tree = valueOf(*world.machine().nics[thing.id], "NIC");
                std::erase_if(tree.children, [](const Value& v) { return v.name == "rx"; });
            }
            break;
        case Kind::ring:
            if (thing.id < world.machine().nics.size())
                tree = valueOf(*world.machine().nics[thing.id]->queues.front().rx, "rx_ring");
            break;
        case Kind::device:
            if (thing.id < world.net().devices.size()) tree = valueOf(*world.net().devices[thing.id], "net_device");
            break;
        case Kind::socket:
            if (world.machine().sockets.live(SocketId{thing.id}))
                tree = valueOf(world.machine().sockets[SocketId{thing.id}], "sock");
            break;
        case Kind::task:
            if (world.machine().tasks.live(TaskId{thing.id}))
                tree = valueOf(world.machine().tasks[TaskId{thing.id}], "task_struct");
            break;
        case Kind::cpu:
            if (thing.id < world.machine().cpus.size()) tree = valueOf(*world.machine().cpus[thing.id], "CPU");
            break;
        case Kind::counters:
            tree = valueOf(*world.net().counters, "counters");
            break;
        case Kind::sysctl:
            tree = valueOf(*world.machine().sysctl, "sysctl");
            break;
        case Kind::frame:
            return inspectFrame(world, inputs, static_cast<CpuNo>(thing.id >> 8), thing.id & 0xff);
        case Kind::automatic:
            break;
    }
    if (tree.kind != Value::Kind::none && selection.kind == Kind::automatic && event && event->cpu != kNoCpu) {
        Value frame = inspectFrame(world, inputs, event->cpu, event->depth);
        if (!frame.children.empty()) tree.children.push_back(std::move(frame));
    }
    return tree;
}

}  // namespace ringside
