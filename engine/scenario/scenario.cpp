#include "engine/scenario/scenario.h"

#include <algorithm>
#include <set>

#include "engine/core/fields_visitors.h"
#include "engine/hardware/hardware.h"
#include "engine/linux/start.h"
#include "engine/linux/table.h"

namespace ringside {
namespace {

constexpr std::uint32_t kRxBufferSize =
    1600;  // SKB_DATA_ALIGN(NET_SKB_PAD + MAXIMUM_ETHERNET_VLAN_SIZE), what e1000 allocates at MTU 1500

std::string at(const char* list, std::size_t i, const char* field) {
    return std::string(list) + "[" + std::to_string(i) + "]." + field;
}

/// The ring as e1000_open() leaves it: every descriptor but one has a buffer, the tail register stands one before
/// next_to_use.
void fillRing(Machine& machine, Nic& nic, std::uint16_t count) {
    RxRing& ring = nic.rx.write();
    ring.descriptors.resize(count);
    for (std::uint16_t i = 0; i + 1 < count; ++i) {
        const BufferId id = machine.buffers.alloc();
        Buffer& buffer = machine.buffers.write(id);
        buffer.bytes = Bytes(kRxBufferSize);
        buffer.head_frag = true;
        ring.descriptors[i].buffer = id;
    }
    ring.next_to_use = static_cast<std::uint16_t>(count - 1);
    ring.rdt = static_cast<std::uint16_t>(count - 2);
}

Ipv4Addr masked(Ipv4Addr a, unsigned length) { return {length == 0 ? 0 : a.value & (0xffffffffU << (32 - length))}; }

/// The routes that adding an address brings: itself and the subnet's broadcast in table local, the subnet in table
/// main.
void addAddressRoutes(std::vector<Route>& routes, const InterfaceAddress& a, std::uint8_t dev) {
    if (a.address.version == 6) {
        routes.push_back({a.address, 128, 255, RouteType::RTN_LOCAL, dev, {}, false});
        Ipv6Addr net = a.address.v6();
        for (unsigned bit = a.prefix_length; bit < 128; ++bit)
            net.bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> (bit % 8)));
        if (a.prefix_length < 128)
            routes.push_back({IpAddr::of(net), a.prefix_length, 254, RouteType::RTN_UNICAST, dev, {}, false});
        return;
    }
    const Ipv4Addr address = a.address.v4();
    routes.push_back({a.address, 32, 255, RouteType::RTN_LOCAL, dev, {}, false});
    if (a.prefix_length >= 32) return;
    const Ipv4Addr net = masked(address, a.prefix_length);
    routes.push_back({IpAddr::of(net), a.prefix_length, 254, RouteType::RTN_UNICAST, dev, {}, false});
    if (a.prefix_length >= 31) return;
    const Ipv4Addr broadcast{net.value | (a.prefix_length == 0 ? 0xffffffffU : 0xffffffffU >> a.prefix_length)};
    routes.push_back({IpAddr::of(broadcast), 32, 255, RouteType::RTN_BROADCAST, dev, {}, false});
}

std::optional<Error> check(const Scenario& s) {
    if (s.cpus < 1 || s.cpus > 64) return Error{"cpus", "1 to 64", std::to_string(s.cpus)};
    if (s.nics.size() > 30) return Error{"nics", "at most 30", std::to_string(s.nics.size())};
    std::set<std::string> names;
    for (std::size_t i = 0; i < s.nics.size(); ++i) {
        const NicSpec& nic = s.nics[i];
        if (nic.driver != "e1000") return Error{at("nics", i, "driver"), "e1000", "\"" + nic.driver + "\""};
        if (!names.insert(nic.name).second)
            return Error{at("nics", i, "name"), "a name of its own", "\"" + nic.name + "\" a second time"};
        if (nic.affinity >= s.cpus)
            return Error{at("nics", i, "affinity"), "a CPU below " + std::to_string(s.cpus),
                         std::to_string(nic.affinity)};
        if (nic.ring < 48 || nic.ring > 4096 || nic.ring % 8 != 0) {
            return Error{at("nics", i, "ring"), "48 to 4096 descriptors, a multiple of 8 (as the driver has it)",
                         std::to_string(nic.ring)};
        }
        for (const InterfaceAddress& a : nic.addresses) {
            if (a.prefix_length > (a.address.version == 6 ? 128 : 32)) {
                return Error{at("nics", i, "addresses"), "a prefix length the family has", a.toString()};
            }
        }
    }
    std::set<std::tuple<int, std::string, int>> bound;
    for (std::size_t i = 0; i < s.sockets.size(); ++i) {
        const SocketSpec& socket = s.sockets[i];
        if (!bound.insert({socket.version, socket.address.toString(), socket.port}).second) {
            return Error{at("sockets", i, "port"), "a port that is free",
                         std::to_string(socket.port) + " a second time"};
        }
    }
    std::set<std::uint32_t> pids;
    for (std::size_t i = 0; i < s.tasks.size(); ++i) {
        const TaskSpec& task = s.tasks[i];
        if (task.pid && !pids.insert(task.pid).second)
            return Error{at("tasks", i, "pid"), "a pid of its own", std::to_string(task.pid) + " a second time"};
        if (task.cpu >= s.cpus)
            return Error{at("tasks", i, "cpu"), "a CPU below " + std::to_string(s.cpus), std::to_string(task.cpu)};
        if (task.nice < -20 || task.nice > 19)
            return Error{at("tasks", i, "nice"), "-20 to 19", std::to_string(task.nice)};
        for (const CpuNo cpu : task.affinity) {
            if (cpu >= s.cpus)
                return Error{at("tasks", i, "affinity"), "CPUs below " + std::to_string(s.cpus), std::to_string(cpu)};
        }
        if (!task.affinity.empty() &&
            std::find(task.affinity.begin(), task.affinity.end(), task.cpu) == task.affinity.end()) {
            return Error{at("tasks", i, "cpu"), "one of the CPUs of its affinity", std::to_string(task.cpu)};
        }
        for (const std::size_t socket : task.sockets) {
            if (socket >= s.sockets.size())
                return Error{at("tasks", i, "sockets"), "sockets of the scenario", "number " + std::to_string(socket)};
        }
        for (const Op& op : task.program) {
            if (op.kind == Op::Kind::recvfrom && (op.fd < 3 || op.fd - 3U >= task.sockets.size())) {
                return Error{at("tasks", i, "program"),
                             "a descriptor of this task (3 to " + std::to_string(2 + task.sockets.size()) + ")",
                             "recvfrom on " + std::to_string(op.fd)};
            }
            if (op.kind == Op::Kind::jump && op.to >= task.program.size())
                return Error{at("tasks", i, "program"), "a jump inside the program", std::to_string(op.to)};
        }
    }
    return std::nullopt;
}

TaskId addTask(Machine& machine, std::uint32_t pid, std::string comm, CpuNo cpu) {
    const TaskId id = machine.tasks.alloc();
    Task& task = machine.tasks.write(id);
    task.pid = task.tgid = pid;
    task.comm = std::move(comm);
    task.cpu = cpu;
    task.cpus_mask = CpuMask::first(machine.cpus.size());
    return id;
}

/// Weights of nice -20 to 19 (sched_prio_to_weight of kernel/sched/core.c; facts, each step about 1.25).
constexpr std::uint32_t kWeights[40] = {88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
                                        9548,  7620,  6100,  4904,  3906,  3121,  2501,  1991,  1586,  1277,
                                        1024,  820,   655,   526,   423,   335,   272,   215,   172,   137,
                                        110,   87,    70,    56,    45,    36,    29,    23,    18,    15};

void addNics(Machine& machine, const Scenario& scenario) {
    std::vector<Route>& routes = machine.net().routes.write();
    for (std::size_t i = 0; i < scenario.nics.size(); ++i) {
        const NicSpec& spec = scenario.nics[i];
        const auto ifindex = static_cast<std::uint8_t>(i + 2);  // 1 is lo
        Nic& nic = machine.nics.emplace_back().write();
        nic.name = spec.name;
        nic.ifindex = ifindex;
        nic.fifo_size = spec.fifo;
        nic.irq = spec.irq;
        nic.affinity = spec.affinity;
        nic.itr_gap = spec.itr_gap;
        fillRing(machine, nic, spec.ring);
        NetDevice& dev = machine.net().devices.emplace_back().write();
        dev.name = spec.name;
        dev.ifindex = ifindex;
        dev.dev_addr = spec.mac;
        dev.mtu = spec.mtu;
        dev.promiscuity = spec.promisc;
        dev.addresses = spec.addresses;
        dev.napi.napi_id += static_cast<std::uint32_t>(i);
        for (const InterfaceAddress& a : spec.addresses) addAddressRoutes(routes, a, ifindex);
    }
    routes.insert(routes.end(), scenario.routes.begin(), scenario.routes.end());
    // longest prefix first, table local before main: the first match is the kernel's
    std::stable_sort(routes.begin(), routes.end(), [](const Route& a, const Route& b) {
        if (a.table != b.table) return a.table > b.table;
        return a.prefix_length > b.prefix_length;
    });
}

void addTasks(World& world, Machine& machine, const Scenario& scenario, const std::vector<SocketId>& sockets,
              Inputs& inputs) {
    std::uint32_t pid = 400;
    std::set<std::uint32_t> taken;
    for (const TaskSpec& spec : scenario.tasks) taken.insert(spec.pid);
    for (const TaskSpec& spec : scenario.tasks) {
        std::uint32_t own = spec.pid;
        if (own == 0) {
            while (taken.contains(++pid)) {
            }
            own = pid;
        }
        const TaskId id = addTask(machine, own, spec.name, spec.cpu);
        Task& task = machine.tasks.write(id);
        task.static_prio = task.prio = static_cast<std::uint8_t>(120 + spec.nice);
        task.se.weight = kWeights[spec.nice + 20];
        if (!spec.affinity.empty()) {
            task.cpus_mask = {};
            for (const CpuNo cpu : spec.affinity) task.cpus_mask.set(cpu);
        }
        for (const std::size_t s : spec.sockets) task.files.push_back(sockets[s]);
        task.program = static_cast<std::uint16_t>(inputs.programs.size());
        inputs.programs.push_back({spec.name, spec.program});
        if (inputs.programs.back().ops.empty()) inputs.programs.back().ops.push_back({});
        startTask(world, machine, id);
    }
}

std::uint64_t hashInputs(const Inputs& inputs, std::uint64_t seed) {
    HashVisitor hash;
    hash.word(seed);
    hash.word(static_cast<std::uint64_t>(inputs.pace));
    for (const Program& program : inputs.programs) {
        for (const Op& op : program.ops) {
            hash.word(static_cast<std::uint64_t>(op.kind) | std::uint64_t{op.fd} << 8 | std::uint64_t{op.to} << 24 |
                      std::uint64_t{op.slot} << 40);
            hash.word(static_cast<std::uint64_t>(op.time));
            hash.word(op.size | std::uint64_t{op.count} << 32);
        }
    }
    hash.word(inputs.traffic->identity());
    return hash.hash();
}

}  // namespace

Result<Start> build(const Scenario& scenario) {
    if (std::optional<Error> error = check(scenario)) return *error;
    auto inputs = std::make_shared<Inputs>();
    inputs->functions = linux61Table();
    inputs->pace = scenario.pace;
    inputs->traffic = scenario.traffic ? scenario.traffic : std::make_shared<FrameList>(scenario.frames);

    World world;
    Machine& machine = world.machine();
    world.rng.state = scenario.seed;
    machine.sysctl.write() = scenario.sysctl;
    machine.net().sysctl.write() = scenario.net_sysctl;
    for (CpuNo n = 0; n < scenario.cpus; ++n) machine.cpus.emplace_back().write().id = n;
    world.numberMachines();
    for (CpuNo n = 0; n < scenario.cpus; ++n) {
        const TaskId idle = addTask(machine, 0, "swapper/" + std::to_string(n), n);
        startIdle(world, machine, idle, n);
    }
    for (CpuNo n = 0; n < scenario.cpus; ++n) {
        // the pids of the recorded machine: 14 for CPU 0, then six kernel threads further for each CPU
        const TaskId id = addTask(machine, 14U + 6U * n + (n ? 1U : 0U), "ksoftirqd/" + std::to_string(n), n);
        Task& task = machine.tasks.write(id);
        task.kthread = true;
        task.cpus_mask = CpuMask::of(n);
        startKsoftirqd(machine, id, n);
    }
    addNics(machine, scenario);
    std::vector<SocketId> sockets;
    for (const SocketSpec& spec : scenario.sockets) {
        const SocketId id = machine.sockets.alloc();
        Socket& socket = machine.sockets.write(id);
        socket.version = spec.version;
        socket.saddr = spec.address;
        socket.sport = spec.port;
        socket.sk_rcvbuf = spec.rcvbuf.value_or(static_cast<std::int32_t>(scenario.sysctl.rmem_default));
        sockets.push_back(id);
    }
    addTasks(world, machine, scenario, sockets, *inputs);
    inputs->hash = hashInputs(*inputs, scenario.seed);
    scheduleArrival(world, *inputs, 0);
    return Start{std::move(world), std::move(inputs)};
}

std::uint64_t fingerprint(const World& world, const Inputs& inputs) {
    HashVisitor hash;
    hash.word(worldHash(world));
    hash.word(inputs.hash);
    hash.word(world.position);
    return hash.hash();
}

}  // namespace ringside
