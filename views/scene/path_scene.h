#pragma once
// The way of a received packet from the wire to a process, as one picture: hardware below, the kernel's layers above
// it, user space on top, so that a packet that is received rises. A pure function of plain values; path_adapter.h takes
// these from a World.

#include <QString>
#include <cstdint>
#include <vector>

#include "views/scene/parts/capsule.h"
#include "views/scene/parts/nic_card.h"
#include "views/scene/parts/queue_bar.h"
#include "views/scene/parts/ring_strip.h"
#include "views/scene/parts/stack_card.h"
#include "views/scene/parts/task_card.h"
#include "views/scene/scene_widget.h"

namespace ringside {

/// Up from the card to a process, or down from a process to a card.
enum class PathLeg : std::uint8_t { receive, send };
enum class StopState : std::uint8_t { next, done, current, dropped };
/// A function, a netfilter hook, a queue, a descriptor ring, a place where copies are taken.
enum class StopKind : std::uint8_t { call, hook, queue, ring, tap };

/// A stop on the route.
struct PathStop {
    QString function;
    StopKind kind = StopKind::call;
    StopState state = StopState::next;
    QString tooltip;
};

/// A layer of the kernel with its stops, in the order in which a packet passes them. Stations of the two legs with the
/// same name are one layer.
struct PathStation {
    QString name;  ///< translated: "UDP"
    QString file;  ///< "udp.c"
    std::vector<PathStop> stops;
    bool queue = false;         ///< the socket's receive queue stands here, before the stops
    bool current = false;       ///< the CPU is in this layer
    Tone tone = Tone::softirq;  ///< context of the current layer
    PathLeg leg = PathLeg::receive;
};

/// A network card with its receive ring and its interrupt.
struct PathCard {
    NicCard nic;
    RingStrip ring;
    bool dmaActive = false;
    IrqState irq = IrqState::enabled;
    int irqCpu = 0;
};

/// Where a packet is.
struct PathPlace {
    enum class At : std::uint8_t { nowhere, wire, fifo, dma, ring, stop, queue, task };
    At at = At::nowhere;
    int index = 0;     ///< FIFO or queue position, descriptor, stop counted over all stations
    unsigned pid = 0;  ///< task
    int card = 0;      ///< wire, fifo, dma, ring: index of the card
    friend bool operator==(const PathPlace&, const PathPlace&) = default;
};

struct PathPacket {
    std::uint32_t number = 0;
    CapsuleKind kind = CapsuleKind::other;
    PathPlace from, to;  ///< before and after this step; equal: it stands still
    QString state;       ///< for a screen reader: "at udp_rcv, softirq on CPU 0"
};

struct PathInput {
    std::vector<PathStation> stations;  ///< the receive leg from the card up, then the send leg from the process down
    std::vector<PathPacket> packets;    ///< those to draw as capsules; drawn in this order
    std::uint32_t followed = 0;         ///< number of the packet whose route is drawn
    PathPlace followedFrom, followedTo;
    bool followedDropped = false;
    std::vector<StackCard> cpus;
    std::vector<TaskCard> tasks;
    int reader = -1;  ///< index of the task at the end of the route, -1: none
    std::vector<PathCard> cards;
    int card = 0;  ///< the one that is drawn with its ring: the followed packet's
    QueueBar queue;
    int otherMachines = 0;   ///< machines of the run that this picture does not show
    bool projector = false;  ///< passed layers collapse, flags and legend go
    QString empty;           ///< not empty: nothing is loaded, show this sentence
};

/// The picture of `input` with packets at `request.phase` of their way.
DisplayList buildPathScene(const PathInput& input, const SceneRequest& request);

/// Milliseconds the motion of a step should take forwards: min(400, 160 + 0.6 × distance); half of it, at most 200,
/// backwards; 0 when nothing moves.
int pathMotion(const PathInput& input, const SceneRequest& request, bool backwards);

}  // namespace ringside
