#include "views/scene/path_adapter.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <string_view>

#include "engine/protocol/header_walk.h"
#include "engine/world/frame_bytes.h"
#include "views/scene/parts/card.h"
#include "views/scene/path_places.h"
#include "views/scene/stack_cards.h"

namespace ringside {
namespace {

/// Collects one PathInput; a class only because its steps share the World and the route.
class Collector {
  public:
    Collector(const World& world, const Inputs& inputs, const Event* event, const PathView& view)
        : m_world(world), m_inputs(inputs), m_event(event), m_view(view) {
        const auto frame = frameBytes(world, inputs, view.followed, m_scratch);
        m_headers = frameHeaders(frame);
        m_wireCard = world.machine().nics.size() > 1 ? cardOf(world, frame) : 0;
        const auto& nics = world.machine().nics;
        const auto card = static_cast<std::size_t>(m_wireCard);
        m_route =
            &routeFor(waysOf(frame), card < nics.size() ? driverOf(*nics[card]) : std::string_view{}, inputs.functions);
    }

    PathInput collect() {
        m_out.followed = m_view.followed;
        m_out.projector = m_view.projector;
        m_out.otherMachines = static_cast<int>(m_world.machines.size()) - 1;
        m_out.cpus = stackCards(m_world, m_inputs, m_event);
        m_packets = placePackets(m_world, m_inputs, *m_route);
        findSocket();
        tasks();
        stations();
        cards();
        packets();
        followed();
        queue();
        return std::move(m_out);
    }

  private:
    [[nodiscard]] const FunctionInfo& function(FunctionId id) const { return m_inputs.function(id); }

    void cards() {
        const bool cleaning =
            m_event && m_event->kind != EventKind::hardware && m_route->stopOf(m_event->function) == 0;
        for (std::size_t n = 0; n < m_world.machine().nics.size(); ++n) {
            const Nic& nic = *m_world.machine().nics[n];
            // The first queue stands for the card.
            const RxRing& rx = *nic.queues.front().rx;
            const NicVector& pin = nic.vectorOf(0);
            PathCard card;
            card.nic = {fromView(nic.name), fromView(driverOf(nic)), {}, m_view.followed};
            for (const FifoFrame& frame : nic.fifo) card.nic.fifo.push_back(frame.packet);
            card.ring.nic = fromView(nic.name);
            card.ring.followed = m_view.followed;
            card.ring.next_to_use = rx.next_to_use;
            card.ring.next_to_clean = rx.next_to_clean;
            card.ring.rdh = rx.rdh;
            card.ring.rdt = rx.rdt;
            card.dmaActive = nic.dma == DmaState::buffer_write || nic.dma == DmaState::write_back;
            for (int i = 0; i < static_cast<int>(rx.descriptors.size()); ++i) {
                const RxDescriptor& d = rx.descriptors[static_cast<std::size_t>(i)];
                const bool done = d.status & E1000_RXD_STAT_DD;
                CellState state = !d.buffer ? CellState::no_buffer : done ? CellState::used : CellState::ready;
                // who cleans is the CPU that takes this card's interrupts
                if (done && cleaning && i == rx.next_to_clean &&
                    m_event->cpu == m_world.machine().irq(pin.irq).effective_affinity)
                    state = CellState::cleaning;
                std::uint32_t packet = done ? d.packet : 0;
                if (!done && nic.dma == DmaState::buffer_write && i == rx.rdh && !nic.fifo.empty()) {
                    state = CellState::dma;
                    packet = nic.fifo.front().packet;
                }
                card.ring.cells.push_back({i, state, packet, 0.5});
            }
            card.irq = pin.irq_asserted ? IrqState::firing : pin.ims == 0 ? IrqState::masked : IrqState::enabled;
            card.irqCpu = m_world.machine().irq(pin.irq).effective_affinity;
            m_out.cards.push_back(std::move(card));
        }
        m_out.card = followedCard();
        if (m_out.cards.empty()) return;
        for (PathStation& station : m_out.stations)
            if (station.file.isEmpty()) station.file = m_out.cards[static_cast<std::size_t>(m_out.card)].nic.driver;
    }
    /// The driver that registered the handler of the card's interrupt: the folder of its source.
    [[nodiscard]] std::string_view driverOf(const Nic& nic) const {
        for (const IrqAction& action : m_world.machine().irq(nic.vectorOf(0).irq).actions) {
            if (!action.handler || action.name != nic.name) continue;
            std::string_view path = function(action.handler.id).source;
            path = path.substr(0, path.find_last_of('/'));
            return path.substr(path.find_last_of('/') + 1);
        }
        return {};
    }
    /// The card the followed packet is in, or came in by.
    [[nodiscard]] int followedCard() const {
        const auto known = m_packets.find(m_view.followed);
        const int last = std::max(0, static_cast<int>(m_world.machine().nics.size()) - 1);
        int card = m_wireCard;
        if (known != m_packets.end()) {
            const PathPlace& place = known->second.place;
            if (place.at == PathPlace::At::fifo || place.at == PathPlace::At::ring || place.at == PathPlace::At::wire)
                card = place.card;
        }
        return std::clamp(card, 0, last);
    }

    /// The socket the followed packet is for: its own once it has one, else the one bound to its port, else the first.
    void findSocket() {
        const SkbId skb = skbOf(m_view.followed);
        if (skb && m_world.machine().sockets.live(m_world.machine().skbs[skb].sk))
            m_socket = m_world.machine().skbs[skb].sk;
        const std::uint16_t port = m_headers.destinationPort;
        m_world.machine().sockets.each([&](SocketId id, const Socket& socket) {
            if (!m_socket && port != 0 && socket.sport == port) m_socket = id;
        });
        m_world.machine().sockets.each([&](SocketId id, const Socket&) {
            if (!m_socket) m_socket = id;
        });
    }

    void tasks() {
        std::vector<std::pair<const Task*, bool>> shown;
        m_world.machine().tasks.each([&](TaskId, const Task& task) {
            if (task.idle() || task.kthread) return;
            shown.emplace_back(&task, std::find(task.files.begin(), task.files.end(), m_socket) != task.files.end());
        });
        bool taken = false;
        for (const auto& [task, owns] : shown) {
            TaskCard card{fromView(task->comm), task->pid, fromView(nameOf(task->state)),
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
            if (const std::string_view call = systemCall(m_inputs, task); !call.empty()) return fromView(call);
            return QCoreApplication::translate("Scene", "running on CPU %1").arg(task.cpu);
        }
        if (task.state == TaskState::TASK_RUNNING)
            return QCoreApplication::translate("Scene", "waiting for CPU %1").arg(task.cpu);
        std::string_view call = systemCall(m_inputs, task);
        if (call.empty()) return QCoreApplication::translate("Scene", "asleep");
        call.remove_prefix(kSystemCallPrefix.size());
        return QCoreApplication::translate("Scene", "asleep in %1").arg(fromView(call));
    }

    void stations() {
        for (const RouteLayer& layer : m_route->layers()) {
            PathStation station{
                layerName(*layer.row), QLatin1String(layer.row->file), {}, layer.queue, false, Tone::softirq,
                layer.row->leg};
            for (const RouteStop& stop : layer.stops) {
                QString tip = fromView(stop.name);
                if (!stop.functions.empty()) {
                    const FunctionInfo& info = function(stop.functions.back());
                    tip += QStringLiteral("\n") + inWords(m_view.words, info.doc) + QStringLiteral("\n") +
                           QString::fromUtf8(info.source);
                }
                station.stops.push_back({fromView(stop.name), stop.row->kind, StopState::next, tip});
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

    void packets() {
        for (const auto& [number, placed] : m_packets) {
            const bool follow = number == m_view.followed;
            m_out.packets.push_back({number, follow ? CapsuleKind::followed : CapsuleKind::other, placed.place,
                                     placed.place, placeText(placed)});
        }
    }

    [[nodiscard]] QString placeText(const PlacedPacket& placed) const {
        const PathPlace& place = placed.place;
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
                return placed.hand && placed.context == Context::softirq
                           ? QCoreApplication::translate("Scene", "%1, softirq on CPU %2").arg(at).arg(placed.hand->cpu)
                           : at;
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

    void followed() {
        const auto known = m_packets.find(m_view.followed);
        const bool here = known != m_packets.end();
        PathPlace place = here ? known->second.place : PathPlace{};
        const int last = m_view.walk ? lastStop(*m_route, *m_view.walk, m_world.position) : -1;
        const PacketFate* end = m_view.fate;
        // the event that drops says so itself; the fate is logged some events later, where the buffer is freed
        const bool now = !end && m_event && m_event->drop != Drop::NOT_DROPPED && m_event->packet == m_view.followed;
        if (now || (end && end->fate == Fate::dropped)) {
            // where it came to last; lost before it reached memory, the card shows it
            m_out.followedDropped = last >= 0;
            if (last >= 0) {
                place = {PathPlace::At::stop, last, 0};
                putFollowed(place, CapsuleKind::dropped);
            }
        } else if (end && end->fate == Fate::delivered && !here) {
            place = {PathPlace::At::task, 0, m_reader};
            putFollowed(place, CapsuleKind::followed);
        } else if (!here && last >= 0) {
            // consumed by its protocol, or between two steps of whoever holds it
            place = !end && withProcess() ? PathPlace{PathPlace::At::task, 0, m_reader}
                                          : PathPlace{PathPlace::At::stop, last, 0};
            putFollowed(place, CapsuleKind::followed);
        }
        m_out.followedFrom = m_out.followedTo = place;
        mark(place);
    }
    /// Whether a process had the followed packet in its hands last.
    [[nodiscard]] bool withProcess() const {
        const std::vector<WalkStep>& steps = m_view.walk->steps;
        const auto after = std::find_if(steps.begin(), steps.end(),
                                        [&](const WalkStep& step) { return step.position > m_world.position; });
        return after != steps.begin() && std::prev(after)->context == Context::process;
    }
    void putFollowed(const PathPlace& place, CapsuleKind kind) {
        std::erase_if(m_out.packets, [&](const PathPacket& p) { return p.number == m_view.followed; });
        m_out.packets.push_back({m_view.followed, kind, place, place,
                                 kind == CapsuleKind::dropped ? QCoreApplication::translate("Scene", "dropped")
                                                              : QCoreApplication::translate("Scene", "done")});
    }
    /// Paints the stops: those the followed packet has passed, the one where it is.
    void mark(const PathPlace& place) {
        const int count = m_route->stopCount();
        const int at = place.at == PathPlace::At::stop ? place.index : place.at == PathPlace::At::task ? count : -1;
        std::vector<bool> passed(static_cast<std::size_t>(count));
        if (m_view.walk) {
            passed = passedStops(*m_route, *m_view.walk, m_world.position);
        } else {
            for (int n = 0; n < at; ++n) passed[static_cast<std::size_t>(n)] = true;
        }
        const bool busy = m_event && m_event->packet == m_view.followed;
        int n = 0;
        for (PathStation& station : m_out.stations) {
            for (PathStop& stop : station.stops) {
                if (passed[static_cast<std::size_t>(n)]) stop.state = StopState::done;
                if (n == at) {
                    stop.state = m_out.followedDropped ? StopState::dropped : StopState::current;
                    station.current = true;
                    if (busy && m_event->context != Context::hardware) station.tone = toneOf(m_event->context);
                }
                ++n;
            }
            if (station.queue && place.at == PathPlace::At::queue) station.current = true;
        }
    }

    void queue() {
        if (!m_socket) return;
        const Socket& socket = m_world.machine().sockets[m_socket];
        QueueBar& bar = m_out.queue;
        bar.socket = fromView(socket.fieldKey());
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
    FrameHeaders m_headers;
    int m_wireCard = 0;
    const PacketRoute* m_route = nullptr;
    PathInput m_out;
    PlacedPackets m_packets;
    SocketId m_socket{};
    unsigned m_reader = 0;
};

}  // namespace

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
    for (std::size_t card = 0; card < std::min(now.cards.size(), before.cards.size()); ++card) {
        RingStrip& ring = now.cards[card].ring;
        const RingStrip& old_ring = before.cards[card].ring;
        ring.old_next_to_use = old_ring.next_to_use;
        ring.old_next_to_clean = old_ring.next_to_clean;
        ring.old_rdh = old_ring.rdh;
    }
}

}  // namespace ringside
