#pragma once
// The typed description of a starting point: machine, addresses, sockets, processes with their programs, traffic.
// lessons/ reads it from YAML; captures and tests build it directly.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/protocol/addresses.h"
#include "engine/scenario/frame_list.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// One network card with its interface.
struct NicSpec {
    std::string name = "eth0";
    std::string driver = "e1000";
    MacAddr mac{};
    std::uint32_t mtu = 1500;
    std::uint16_t ring = 256;        ///< receive descriptors
    std::uint32_t fifo = 48 * 1024;  ///< bytes
    std::uint16_t irq = 10;
    CpuNo affinity = 0;
    Time itr_gap = 0;  ///< least time between interrupts, ns; 0: no throttling
    bool promisc = false;
    std::vector<InterfaceAddress> addresses;
};

/// A UDP socket, bound before the run begins.
struct SocketSpec {
    std::uint8_t version = 4;
    IpAddr address{};  ///< version 0: any
    std::uint16_t port = 0;
    std::optional<std::int32_t>
        rcvbuf;  ///< what sk_rcvbuf becomes (SO_RCVBUF doubles its argument: give the doubled value)
};

/// A process (one thread).
struct TaskSpec {
    std::string name;
    std::uint32_t pid = 0;        ///< 0: the next free one
    CpuNo cpu = 0;                ///< where it starts
    std::vector<CpuNo> affinity;  ///< CPUs it may use; empty: all
    int nice = 0;
    std::vector<Op> program;
    std::vector<std::size_t> sockets;  ///< indices into Scenario::sockets, from descriptor 3 on
};

struct Scenario {
    std::string name;
    std::uint16_t cpus = 2;
    std::uint64_t seed = 1;
    std::vector<NicSpec> nics;
    std::vector<Route> routes;  ///< beside those that the addresses bring (local, connected, broadcast)
    std::vector<SocketSpec> sockets;
    std::vector<TaskSpec> tasks;
    Sysctl sysctl;
    NetSysctl net_sysctl;
    Pace pace = Pace::recorded;
    std::vector<TrafficFrame> frames;            ///< in order of time; not used when `traffic` is set
    std::shared_ptr<const FrameSource> traffic;  ///< a capture
};

/// A starting point: position 0 and what never changes.
struct Start {
    World world;
    std::shared_ptr<const Inputs> inputs;
};

/// Builds the World at position 0. Fails where the description contradicts itself (two programs with one pid, an
/// affinity to a CPU that does not exist, a port bound twice), naming the place as "tasks[1].cpu".
Result<Start> build(const Scenario& scenario);

/// The fingerprint of a run at its present position: state and inputs.
std::uint64_t fingerprint(const World& world, const Inputs& inputs);

}  // namespace ringside
