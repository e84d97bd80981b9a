#pragma once
// The typed description of a starting point. It is made of parts (parts/): each has its spec with a key list, its
// checks and its share in building the World. lessons/ reads it from YAML by the key lists; captures and tests build it
// directly.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/keys.h"
#include "engine/core/result.h"
#include "engine/scenario/frame_list.h"
#include "engine/scenario/parts/machine.h"
#include "engine/scenario/parts/nics.h"
#include "engine/scenario/parts/sockets.h"
#include "engine/scenario/parts/tasks.h"
#include "engine/scenario/parts/traffic.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// Traffic that comes from a capture, which the program opens: the engine's scenario knows only its name.
struct CaptureSpec {
    static constexpr std::string_view kShort = "file";
    std::string file;
    IpAddr host{};        ///< none: guess
    bool sockets = true;  ///< open sockets for the ports that traffic goes to

    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "file", .doc = "the capture, from the scenario's folder", .least = 1, .required = true}, s.file);
        v({.name = "host", .doc = "address of our machine", .fallback = "guessed"}, s.host);
        v({.name = "sockets", .doc = "sockets and readers are made for the ports that traffic goes to"}, s.sockets);
    }
};

struct Scenario {
    std::string name, about;
    std::uint16_t cpus = 2;
    std::uint64_t seed = 1;
    Pace pace = Pace::recorded;
    Time until = 0;  ///< when the run ends; 0: when nothing is left to happen
    std::vector<NicSpec> nics;
    std::vector<RouteSpec> routes;  ///< beside those that the addresses bring (local, connected, broadcast)
    std::vector<SocketSpec> sockets;
    std::vector<std::uint16_t> tcp_ports;  ///< with a TCP listener or connection; segments to others are refused
    std::vector<TaskSpec> tasks;
    Sysctl sysctl;
    NetSysctl net_sysctl;
    std::optional<CaptureSpec> capture;
    std::vector<TrafficFrame> frames;            ///< in order of time; not used when `traffic` is set
    std::size_t frame_bytes = 0;                 ///< of frames, as far as addTraffic() made them
    std::shared_ptr<const FrameSource> traffic;  ///< a capture, opened

    /// The keys of the language's top level. A list that another refers to comes before it.
    template <class V, class S>
    static void keys(V& v, S& s) {
        v({.name = "name", .doc = "name of the scenario", .most = 200}, s.name);
        v({.name = "about", .doc = "what it shows"}, s.about);
        v({.name = "cpus", .doc = "how many CPUs the machine has", .least = 1, .most = kMostCpus}, s.cpus);
        v({.name = "seed", .doc = "of everything drawn by lot", .most = std::int64_t{1} << 62}, s.seed);
        v({.name = "pace",
           .doc = "unlost: traffic waits while the model is slower than the machine it came from",
           .choices = kPaces},
          s.pace);
        v({.name = "until",
           .doc = "when the run ends: nothing happens at that time or later",
           .unit = Unit::nanoseconds,
           .fallback = "0, when nothing is left to happen"},
          s.until);
        v({.name = "nics", .doc = "network cards", .longest = kMostNics}, s.nics);
        v({.name = "routes", .doc = "routes beside those that addresses bring"}, s.routes);
        v({.name = "sockets", .doc = "sockets, bound before the run begins"}, s.sockets);
        v({.name = "tcp_ports",
           .doc = "TCP ports with a listener or a connection; segments to others are refused",
           .least = 1,
           .most = 65535},
          s.tcp_ports);
        v({.name = "tasks", .doc = "processes of one thread"}, s.tasks);
        SysctlSpec settings{s.sysctl, s.net_sysctl};
        v({.name = "sysctl", .doc = "settings of the kernel"}, settings);
        v.template each<TrafficSpec>({.name = "traffic", .doc = "what comes over the wire", .longest = 65536},
                                     [&](const TrafficSpec& entry) -> std::optional<Error> {
                                         if constexpr (std::is_const_v<S>)
                                             return std::nullopt;
                                         else
                                             return addTraffic(s, entry);
                                     });
        v({.name = "capture", .doc = "traffic from a capture instead"}, s.capture);
    }
};

/// A starting point: position 0 and what never changes.
struct Start {
    World world;
    std::shared_ptr<const Inputs> inputs;
};

/// What is wrong with a scenario, naming the place as "tasks[1].cpu": a value beyond the limits of its key, or a
/// contradiction (two programs with one pid, an affinity to a CPU that does not exist, a port bound twice). What it
/// finds nothing in runs without an assertion.
std::optional<Error> check(const Scenario& scenario);

/// Builds the World at position 0; fails with what check() finds.
Result<Start> build(const Scenario& scenario);

/// The fingerprint of a run at its present position: state and inputs.
std::uint64_t fingerprint(const World& world, const Inputs& inputs);

}  // namespace ringside
