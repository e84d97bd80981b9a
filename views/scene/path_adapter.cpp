#include "views/scene/path_adapter.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "engine/linux/functions.h"
#include "views/scene/parts/card.h"
#include "views/scene/path_route.h"

namespace ringside {
namespace {

QString text(std::string_view view) { return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())); }

bool visible(const Frame& frame) { return frame.state != FrameState::pushed && frame.function != kNoFunction; }

/// The function of the reader's system call, if the task is in one.
const Frame* systemCall(const Task& task) {
    for (std::size_t i = 0; i < task.stack->size(); ++i) {
        if ((*task.stack)[i].function == fn::k___x64_sys_recvfrom) return &(*task.stack)[i];
    }
    return nullptr;
}

/// Collects one PathInput; a class only because its steps share the World and the route.
class Collector {
  public:
    Collector(const World& world, const Inputs& inputs, const Event* event, const PathView& view)
        : m_world(world),
          m_inputs(inputs),
          m_event(event),
          m_view(view),
          m_route(routeOf(frameOf(world, inputs, view.followed, m_scratch))) {}

    PathInput collect() {
        m_out.followed = m_view.followed;
        m_out.projector = m_view.projector;
        nic();
        cpus();
        findSocket();
        tasks();
        stations();
        packets();
        followed();
        queue();
        return std::move(m_out);
    }

  private:
    [[nodiscard]] const FunctionInfo& function(FunctionId id) const { return m_inputs.function(id); }
    [[nodiscard]] const Stack& stackOf(const Cpu& cpu) const { return *m_world.machine().tasks[cpu.current].stack; }

    void nic() {
        if (m_world.machine().nics.empty()) return;
        const Nic& nic = *m_world.machine().nics.front();
        const RxRing& rx = *nic.rx;
        m_out.nic = {text(nic.name), QStringLiteral("e1000"), {}, m_view.followed};
        for (const FifoFrame& frame : nic.fifo) m_out.nic.fifo.push_back(frame.packet);
        m_out.ring.nic = text(nic.name);
        m_out.ring.followed = m_view.followed;
        m_out.ring.next_to_use = rx.next_to_use;
        m_out.ring.next_to_clean = rx.next_to_clean;
        m_out.ring.rdh = rx.rdh;
        m_out.ring.rdt = rx.rdt;
        m_out.dmaActive = nic.dma != DmaState::idle;
        const bool cleaning = m_event && m_event->function == fn::k_e1000_clean_rx_irq;
        for (int i = 0; i < static_cast<int>(rx.descriptors.size()); ++i) {
            const RxDescriptor& d = rx.descriptors[static_cast<std::size_t>(i)];
            const bool done = d.status & E1000_RXD_STAT_DD;
            CellState state = !d.buffer ? CellState::no_buffer : done ? CellState::used : CellState::ready;
            if (done && cleaning && i == rx.next_to_clean) state = CellState::cleaning;
            std::uint32_t packet = done ? d.packet : 0;
            if (!done && nic.dma == DmaState::buffer_write && i == rx.rdh && !nic.fifo.empty()) {
                state = CellState::dma;
                packet = nic.fifo.front().packet;
            }
            m_out.ring.cells.push_back({i, state, packet, 0.5});
            if (done && packet != 0) m_places[packet] = {PathPlace::At::ring, i, 0};
        }
        for (std::size_t i = 0; i < nic.fifo.size(); ++i)
            m_places[nic.fifo[i].packet] = {PathPlace::At::fifo, static_cast<int>(i), 0};
        m_out.irq = nic.irq_asserted ? IrqState::firing : nic.ims == 0 ? IrqState::masked : IrqState::enabled;
        m_out.irqCpu = nic.affinity;
    }

    void cpus() {
        for (const Cow<Cpu>& handle : m_world.machine().cpus) {
            const Cpu& cpu = *handle;
            const Task& task = m_world.machine().tasks[cpu.current];
            StackCard card{
                cpu.id, task.idle() ? Tone::idle : Tone::user, {}, text(task.comm), m_event && m_event->cpu == cpu.id};
            const Stack& stack = stackOf(cpu);
            bool first = true;
            for (std::size_t i = stack.size(); i-- > 0;) {
                const Frame& frame = stack[i];
                if (!visible(frame)) continue;
                const Tone tone = toneOf(frame.context);
                if (first) card.tone = tone;
                const bool user = frame.function == fn::k_user_mode;
                StackLine line{user ? text(task.comm) : text(function(frame.function).name), tone, {}, user};
                if (user && first)
                    line.function = QCoreApplication::translate("Scene", "%1, in user space").arg(line.function);
                else if (user && systemCall(task))
                    line.function = QCoreApplication::translate("Scene", "%1, in a system call").arg(line.function);
                else if (user)
                    line.function = QCoreApplication::translate("Scene", "%1, interrupted").arg(line.function);
                if (first && card.active && m_event->packet != 0 && !user)
                    line.packet = QString::number(m_event->packet);
                card.lines.push_back(std::move(line));
                first = false;
            }
            // A CPU that halts is idle, whatever the context of the event that put it there.
            if (task.idle() && cpu.waiting) card.tone = Tone::idle;
            m_out.cpus.push_back(std::move(card));
        }
    }

    /// The socket the followed packet is for: its own once it has one, else the one bound to its port, else the first.
    void findSocket() {
        const SkbId skb = skbOf(m_view.followed);
        if (skb && m_world.machine().sockets.live(m_world.machine().skbs[skb].sk))
            m_socket = m_world.machine().skbs[skb].sk;
        const std::uint16_t port = destinationPort();
        m_world.machine().sockets.each([&](SocketId id, const Socket& socket) {
            if (!m_socket && port != 0 && socket.sport == port) m_socket = id;
        });
        m_world.machine().sockets.each([&](SocketId id, const Socket&) {
            if (!m_socket) m_socket = id;
        });
    }
    [[nodiscard]] std::uint16_t destinationPort() {
        const auto frame = frameOf(m_world, m_inputs, m_view.followed, m_scratch);
        constexpr std::size_t kIp = 14, kPort = 2, kIpv6 = 40;
        if (frame.size() < kIp + 20) return 0;
        const std::size_t header = frame[kIp] >> 4 == 6 ? kIpv6 : static_cast<std::size_t>(frame[kIp] & 15) * 4;
        const std::size_t at = kIp + header + kPort;
        return frame.size() < at + 2 ? std::uint16_t{0} : static_cast<std::uint16_t>(frame[at] << 8 | frame[at + 1]);
    }

    void tasks() {
        std::vector<std::pair<const Task*, bool>> shown;
        m_world.machine().tasks.each([&](TaskId, const Task& task) {
            if (task.idle() || task.kthread) return;
            shown.emplace_back(&task, std::find(task.files.begin(), task.files.end(), m_socket) != task.files.end());
        });
        bool taken = false;
        for (const auto& [task, owns] : shown) {
            TaskCard card{text(task->comm), task->pid, text(nameOf(task->state)),
                          task->state == TaskState::TASK_RUNNING, noteOf(*task)};
            if (owns && m_socket && !taken) {
                taken = true;
                m_reader = task->pid;
                m_out.reader = static_cast<int>(m_out.tasks.size());
            }
            m_out.tasks.push_back(std::move(card));
        }
    }
    [[nodiscard]] QString noteOf(const Task& task) const {
        if (task.on_cpu) {
            const auto card = std::find_if(m_out.cpus.begin(), m_out.cpus.end(),
                                           [&](const StackCard& c) { return c.cpu == task.cpu; });
            if (card != m_out.cpus.end() && (card->tone == Tone::hardirq || card->tone == Tone::softirq)) {
                return QCoreApplication::translate("Scene", "interrupted on CPU %1").arg(task.cpu);
            }
            if (const Frame* call = systemCall(task)) return text(function(call->function).name);
            return QCoreApplication::translate("Scene", "running on CPU %1").arg(task.cpu);
        }
        if (task.state == TaskState::TASK_RUNNING)
            return QCoreApplication::translate("Scene", "waiting for CPU %1").arg(task.cpu);
        return systemCall(task) ? QCoreApplication::translate("Scene", "asleep in recvfrom")
                                : QCoreApplication::translate("Scene", "asleep");
    }

    void stations() {
        for (const RouteLayer& layer : m_route) {
            PathStation station{layerName(layer), QLatin1String(layer.file), {}, layer.queue, false, Tone::softirq};
            for (const RouteStop& stop : layer.stops) {
                QString tip = QLatin1String(stop.name);
                if (!stop.functions.empty()) {
                    const FunctionInfo& info = function(stop.functions.back());
                    tip += QStringLiteral("\n") + inWords(m_view.words, info.doc) + QStringLiteral("\n") +
                           QString::fromUtf8(info.source);
                }
                station.stops.push_back(
                    {QLatin1String(stop.name), std::string_view(stop.name).starts_with("NF_"), StopState::next, tip});
            }
            m_out.stations.push_back(std::move(station));
        }
    }

    [[nodiscard]] SkbId skbOf(std::uint32_t packet) const {
        SkbId found{};
        if (packet == 0) return found;
        m_world.machine().skbs.each([&](SkbId id, const SkBuff& skb) {
            if (skb.packet == packet && skb.owner != SkbOwner::lab) found = id;
        });
        return found;
    }

    /// How far along the route a CPU that handles packets has come; -1: none does.
    int stopOnCpus(CpuNo* cpuOut) const {
        int best = -1;
        for (const Cow<Cpu>& cpu : m_world.machine().cpus) {
            const Stack& stack = stackOf(*cpu);
            for (std::size_t i = 0; i < stack.size(); ++i) {
                const Frame& frame = stack[i];
                const int stop = visible(frame) ? stopOf(m_route, frame.function) : -1;
                if (stop > best) {
                    best = stop;
                    if (cpuOut) *cpuOut = cpu->id;
                }
            }
        }
        return best;
    }

    void packets() {
        CpuNo cpu = kNoCpu;
        const int stop = stopOnCpus(&cpu);
        const int gro = stopOf(m_route, fn::k_napi_gro_receive),
                  list = stopOf(m_route, fn::k_netif_receive_skb_list_internal);
        m_world.machine().skbs.each([&](SkbId, const SkBuff& skb) {
            if (skb.packet == 0 || skb.owner == SkbOwner::lab) return;
            PathPlace place{PathPlace::At::stop, std::max(0, stop), 0};
            switch (skb.owner) {
                case SkbOwner::gro_list:
                case SkbOwner::rx_list:
                    place.index = gro;
                    break;
                case SkbOwner::backlog:
                    place.index = list;
                    break;
                case SkbOwner::receive_queue:
                case SkbOwner::reader_queue:
                    place = {PathPlace::At::queue, 0, 0};
                    break;
                case SkbOwner::frame:
                    // A packet in the hands of a process has left the stack; on a CPU's stack it is where that has come
                    // to.
                    if (stop < 0) place = {PathPlace::At::task, 0, m_reader};
                    break;
                default:
                    break;
            }
            m_places[skb.packet] = place;
        });
        if (m_inputs.traffic && m_world.wire.pending && m_world.wire.next < m_inputs.traffic->count()) {
            m_places.try_emplace(static_cast<std::uint32_t>(m_world.wire.next + 1),
                                 PathPlace{PathPlace::At::wire, 0, 0});
        }
        for (const auto& [number, place] : m_places) {
            const bool follow = number == m_view.followed;
            QString state = placeText(place, cpu);
            m_out.packets.push_back(
                {number, follow ? CapsuleKind::followed : CapsuleKind::other, place, place, std::move(state)});
        }
    }

    [[nodiscard]] QString placeText(const PathPlace& place, CpuNo cpu) const {
        switch (place.at) {
            case PathPlace::At::wire:
                return QCoreApplication::translate("Scene", "on the wire");
            case PathPlace::At::fifo:
                return QCoreApplication::translate("Scene", "in the FIFO");
            case PathPlace::At::dma:
            case PathPlace::At::ring:
                return QCoreApplication::translate("Scene", "in descriptor %1").arg(place.index);
            case PathPlace::At::queue:
                return QCoreApplication::translate("Scene", "in the receive queue");
            case PathPlace::At::task:
                return QCoreApplication::translate("Scene", "with its reader");
            case PathPlace::At::stop: {
                const QString at = QCoreApplication::translate("Scene", "at %1").arg(stopName(place.index));
                return cpu == kNoCpu ? at
                                     : QCoreApplication::translate("Scene", "%1, softirq on CPU %2").arg(at).arg(cpu);
            }
            case PathPlace::At::nowhere:
                break;
        }
        return {};
    }
    [[nodiscard]] QString stopName(int index) const {
        for (const PathStation& station : m_out.stations) {
            if (index < static_cast<int>(station.stops.size()))
                return station.stops[static_cast<std::size_t>(index)].function;
            index -= static_cast<int>(station.stops.size());
        }
        return {};
    }

    /// What became of the followed packet, if its way is over.
    [[nodiscard]] const PacketFate* fate() const {
        constexpr std::uint64_t kLookBack = 4096;  // fates are logged in about the order of the packets
        for (std::uint64_t back = 0; back < std::min(kLookBack, m_world.fates.size()); ++back) {
            const PacketFate& one = m_world.fates.fromEnd(back);
            if (one.packet == m_view.followed) return &one;
        }
        return nullptr;
    }

    void followed() {
        const auto known = m_places.find(m_view.followed);
        PathPlace place = known == m_places.end() ? PathPlace{} : known->second;
        const PacketFate* end = fate();
        if (end && end->fate == Fate::dropped) {
            const int stop = dropStop(*end);
            place = stop < 0 ? place : PathPlace{PathPlace::At::stop, stop, 0};
            m_out.followedDropped = stop >= 0;
            if (stop >= 0) putFollowed(place, CapsuleKind::dropped);
        } else if (end && end->fate == Fate::delivered && known == m_places.end()) {
            place = {PathPlace::At::task, 0, m_reader};
            putFollowed(place, CapsuleKind::followed);
        } else if (end && known == m_places.end()) {
            place = {PathPlace::At::stop, lastStop(), 0};  // consumed by its protocol
            putFollowed(place, CapsuleKind::followed);
        }
        m_out.followedFrom = m_out.followedTo = place;
        mark(place);
    }
    void putFollowed(const PathPlace& place, CapsuleKind kind) {
        std::erase_if(m_out.packets, [&](const PathPacket& p) { return p.number == m_view.followed; });
        m_out.packets.push_back({m_view.followed, kind, place, place,
                                 kind == CapsuleKind::dropped ? QCoreApplication::translate("Scene", "dropped")
                                                              : QCoreApplication::translate("Scene", "done")});
    }
    [[nodiscard]] int lastStop() const {
        int count = 0;
        for (const PathStation& station : m_out.stations) count += static_cast<int>(station.stops.size());
        return count - 1;
    }
    /// The stop at which a packet was lost: the function itself, or the nearest one that it is called from.
    [[nodiscard]] int dropStop(const PacketFate& end) const {
        if (const int stop = stopOf(m_route, end.function); stop >= 0) return stop;
        const auto at = [&](FunctionId id) { return stopOf(m_route, id); };
        switch (end.function) {
            case fn::k_ip_route_input_slow:
            case fn::k_ip_error:
            case fn::k_ip_forward:
                return at(fn::k_ip_rcv_finish_core);
            case fn::k___udp4_lib_rcv:
                return at(fn::k___udp4_lib_lookup);
            case fn::k___udp6_lib_rcv:
                return at(fn::k___udp6_lib_lookup);
            case fn::k_udp_queue_rcv_one_skb:
                return at(fn::k_udp_queue_rcv_skb);
            case fn::k_udpv6_queue_rcv_one_skb:
                return at(fn::k_udpv6_queue_rcv_skb);
            case fn::k_ip_protocol_deliver_rcu:
                return at(fn::k_ip_local_deliver_finish);
            case fn::k_ip6_protocol_deliver_rcu:
                return at(fn::k_ip6_input_finish);
            case fn::k_nic:
            case fn::k_wire:
                return -1;  // lost before it reached memory: the card shows it
            default:
                return at(fn::k_sock_def_readable);  // by its reader
        }
    }

    /// Paints the stops by how far the followed packet has come.
    void mark(const PathPlace& place) {
        int at = place.at == PathPlace::At::stop ? place.index : place.at == PathPlace::At::task ? lastStop() + 1 : -1;
        if (place.at == PathPlace::At::queue) at = lastStop();  // before the reader is woken, or after
        const bool busy = m_event && m_event->packet == m_view.followed;
        int n = 0;
        for (PathStation& station : m_out.stations) {
            for (PathStop& stop : station.stops) {
                if (n < at) stop.state = StopState::done;
                if (n == at && place.at == PathPlace::At::stop) {
                    stop.state = m_out.followedDropped ? StopState::dropped : StopState::current;
                    station.current = true;
                    if (busy && m_event->context != Context::hardware) station.tone = toneOf(m_event->context);
                }
                ++n;
            }
            if (station.queue && place.at == PathPlace::At::queue) {
                station.current = true;
                const bool woken = m_event && m_event->function != fn::k___udp_enqueue_schedule_skb;
                station.stops.back().state = woken ? StopState::done : StopState::next;
            }
        }
    }

    void queue() {
        if (!m_socket) return;
        const Socket& socket = m_world.machine().sockets[m_socket];
        QueueBar& bar = m_out.queue;
        bar.socket = text(socket.fieldKey());
        bar.followed = m_view.followed;
        bar.memory = socket.sk_rmem_alloc;
        bar.limit = socket.sk_rcvbuf;
        for (const SkbList* list : {&socket.reader_queue, &socket.sk_receive_queue}) {
            SkbId id = list->first;
            for (std::uint32_t i = 0; i < list->qlen && m_world.machine().skbs.live(id); ++i) {
                const SkBuff& skb = m_world.machine().skbs[id];
                for (PathPacket& packet : m_out.packets) {
                    if (packet.number == skb.packet && packet.to.at == PathPlace::At::queue) {
                        packet.to.index = packet.from.index = static_cast<int>(bar.packets.size());
                        if (packet.number == m_view.followed) m_out.followedFrom = m_out.followedTo = packet.to;
                    }
                }
                bar.packets.push_back(skb.packet);
                bar.perSkb = static_cast<int>(skb.truesize);
                id = skb.next;
            }
        }
        const bool coming = m_out.followedTo.at != PathPlace::At::task && m_out.followedTo.at != PathPlace::At::queue &&
                            !m_out.followedDropped;
        if (coming && m_view.followed != 0) bar.expected = m_view.followed;
        if (m_out.followedDropped && m_event && m_event->drop == Drop::SOCKET_RCVBUFF)
            bar.refused = QString::number(m_view.followed);
    }

    const World& m_world;
    const Inputs& m_inputs;
    const Event* m_event;
    PathView m_view;
    std::vector<std::uint8_t> m_scratch;
    const PacketRoute& m_route;
    PathInput m_out;
    std::map<std::uint32_t, PathPlace> m_places;  ///< ordered, so that pictures do not depend on chance
    SocketId m_socket{};
    unsigned m_reader = 0;
};

}  // namespace

std::span<const std::uint8_t> frameOf(const World& world, const Inputs& inputs, std::uint32_t number,
                                      std::vector<std::uint8_t>& scratch) {
    if (number == 0) return {};
    const std::uint64_t count = inputs.traffic ? inputs.traffic->count() : 0;
    if (number <= count) return inputs.traffic->frame(number - 1, scratch);
    const auto& injected = *world.wire.injected;
    const std::uint64_t at = number - 1 - count;
    return at < injected.size() ? injected[at].read() : std::span<const std::uint8_t>{};
}

std::uint32_t packetToFollow(const Event* event, std::uint32_t until) {
    if (event && event->packet != 0) return event->packet;
    return until != 0 ? until : 1;
}

PathInput pathInput(const World& world, const Inputs& inputs, const Event* event, const PathView& view) {
    return Collector(world, inputs, event, view).collect();
}

void moveFrom(PathInput& now, const PathInput& before) {
    std::map<std::uint32_t, PathPlace> old;
    for (const PathPacket& packet : before.packets) old[packet.number] = packet.to;
    for (PathPacket& packet : now.packets) {
        const auto known = old.find(packet.number);
        if (known != old.end())
            packet.from = known->second;
        else if (packet.to.at == PathPlace::At::wire)
            packet.from = {};
    }
    if (now.followed == before.followed) now.followedFrom = before.followedTo;
    now.ring.old_next_to_use = before.ring.next_to_use;
    now.ring.old_next_to_clean = before.ring.next_to_clean;
    now.ring.old_rdh = before.ring.rdh;
}

}  // namespace ringside
